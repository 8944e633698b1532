"""A session of questions: how many are answered, the questions, and what can be done with a chosen one."""

from collections.abc import Callable
from functools import partial
from typing import Final

from ambassador.services.activations.questions import (
    FEWEST,
    answer_question,
    ask_question,
    merge_question,
    moderate_question,
    take_answer_back,
)
from ambassador.services.activations.transcript import transcript_file
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.markup import joined, link, quoted
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import language, moment, number, percent, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.activations import ActivationView
from ambassador.values.activations.questions import (
    QuestionDraft,
    QuestionRow,
    QuestionsResult,
    QuestionTopic,
)
from ambassador.values.activations.states import ActivationStatus, QuestionStatus

_Q: Final = QuestionStatus
_SHORT: Final = 80


def draw_questions(view: ActivationView, result: QuestionsResult) -> None:
    """Draw a session of questions; before anybody asked how they come in."""
    first_row(*_figures(view, result))
    if not result.questions:
        st.info(
            t(
                "Nobody has asked yet: open the session, then write questions down, take them from posts by "
                "the number they have on Mentions, or bring in a file with the column question."
            ),
            icon=":material/live_help:",
        )
        return
    st.caption(t("Click a question to take it in, answer it or merge it."))
    chosen = show_table("questions", result.questions, _columns(), title=t("Questions"), choose="one")
    if chosen:
        _draw_question(view, result, chosen[0])
    _draw_topics(result)
    _downloads(view)


def _figures(view: ActivationView, result: QuestionsResult) -> tuple[Figure, ...]:
    share = result.share_answered
    return (
        Figure(
            t("Questions"),
            number(len(result.standing)),
            t("{count} came in", count=number(len(result.questions))),
            help=t("Those that ask for an answer: neither turned down nor merged into another."),
        ),
        Figure(
            t("With an answer"),
            number(result.answered),
            t("{share} of the questions", share=percent(share)) if share is not None else t("no data yet"),
        ),
        Figure(
            t("Wait for a look"),
            number(result.waiting),
            t("{refused} turned down, {merged} merged", refused=result.refused, merged=result.merged),
        ),
        Figure(
            t("People who asked"),
            number(result.people),
            t_count("{count} for the first time", "{count} for the first time", view.card.new),
            help=t("Each once, accounts of one person together. The first time: in no activation before."),
        ),
    )


def _columns() -> list[Column[QuestionRow]]:
    return [
        Column(t("Question"), "text"),
        Column(t("State"), _state),
        Column(
            t("People"),
            lambda row: row.askers or None,
            Kind.NUMBER,
            help=t("With those whose question was merged into it."),
        ),
        Column(t("Asked by"), "asker"),
        Column(t("Asked on"), "asked_at", Kind.MOMENT),
        Column(t("What was answered"), "answer"),
        Column(t("Answered by"), "answered_by"),
        Column(t("Answered on"), "answered_at", Kind.MOMENT),
        Column(
            t("Looks like"), "like_id", Kind.NUMBER, help=t("An earlier question in nearly the same words.")
        ),
        Column(t("Number"), "id", Kind.NUMBER),
    ]


def _draw_topics(result: QuestionsResult) -> None:
    """Draw what the questions are about, or say that no two are about one thing."""
    if len(result.standing) < FEWEST:
        return
    st.subheader(t("What they ask about"))
    if not result.topics:
        st.caption(t("Each asks about something else: no two share words that the others do not have."))
        return
    st.caption(
        t(
            "{count} of {questions} questions share words with others; found anew as questions come in.",
            count=number(sum(len(topic.questions) for topic in result.topics)),
            questions=number(len(result.standing)),
        )
    )
    show_table("question-topics", result.topics, _topic_columns(), title=t("What they ask about"))


def _topic_columns() -> list[Column[QuestionTopic]]:
    return [
        Column(t("Words"), lambda topic: ", ".join(topic.words)),
        Column(t("Questions"), lambda topic: len(topic.questions), Kind.NUMBER),
        Column(t("With an answer"), "answered", Kind.NUMBER),
        Column(t("A typical question"), "typical"),
        Column(t("Numbers"), lambda topic: ", ".join(map(str, topic.questions))),
    ]


def _state(row: QuestionRow) -> str:
    if row.merged_into_id is not None:
        return t("stands in {number}", number=row.merged_into_id)
    return t("answered") if row.is_answered else word(row.status)


def _draw_question(view: ActivationView, result: QuestionsResult, row: QuestionRow) -> None:
    with st.container(border=True):
        st.markdown(quoted(row.text or t("taken back")))
        when = moment(row.asked_at, view.card.time_zone) if row.asked_at else ""
        post = link(t("the post"), row.url) if row.url else ""
        st.caption(joined(" · ", (t("Question {number}", number=row.id), row.asker, when, _state(row), post)))
        if row.reason:
            st.caption(t("Turned down: {reason}", reason=row.reason))
        if row.is_answered:
            st.markdown(row.answer)
            st.caption(joined(" · ", (row.answered_by, moment(row.answered_at, view.card.time_zone))))
        if view.card.status is not ActivationStatus.ANNOUNCED:
            with st.container(horizontal=True):
                _buttons(result, row)


def _buttons(result: QuestionsResult, row: QuestionRow) -> None:
    """Offer what can be done with a question in its state."""
    if row.merged_into_id is not None:
        if st.button(t("Part them"), key=f"q:part:{row.id}"):
            _do(t("They stand apart again."), lambda work: merge_question(work, row.id, None))
        return
    if row.is_answered:
        if st.button(t("Take the answer back"), key=f"q:open:{row.id}"):
            _do(t("It is open again."), lambda work: take_answer_back(work, row.id))
        return
    if row.status is not _Q.ACCEPTED and st.button(t("Take it in"), key=f"q:in:{row.id}", type="primary"):
        _do(t("It is taken in."), lambda work: moderate_question(work, row.id, _Q.ACCEPTED))
    if row.status is not _Q.REFUSED:
        _dialog_buttons(result, row)
    if row.status is not _Q.WAITING and st.button(t("Let it wait"), key=f"q:wait:{row.id}", type="tertiary"):
        _do(t("It waits for a look."), lambda work: moderate_question(work, row.id, _Q.WAITING))


def _dialog_buttons(result: QuestionsResult, row: QuestionRow) -> None:
    if st.button(t("Answer"), key=f"q:answer:{row.id}", icon=":material/reply:"):
        _answer_dialog(row)
    if st.button(t("Merge"), key=f"q:merge:{row.id}", icon=":material/merge:"):
        _merge_dialog(result, row)
    if st.button(t("Turn it down"), key=f"q:down:{row.id}", type="tertiary"):
        _refuse_dialog(row)


def _do(done: str, change: Callable[[UnitOfWork], object]) -> None:
    with errors_shown():
        work = current_work().noting()
        change(work)
        say_done(done, undo=undo_of(work))
        st.rerun()


def _answer_dialog(row: QuestionRow) -> None:
    """Ask for the answer, and who gave it."""

    @st.dialog(t("Answer"))
    def ask() -> None:
        st.markdown(quoted(row.text))
        text = st.text_area(t("What was answered"), height=120)
        by = st.text_input(t("Answered by"))
        if st.button(t("Write the answer down"), type="primary") and given(
            text and by, t("Write the answer and who gave it first.")
        ):
            _do(t("The answer is in."), lambda work: answer_question(work, row.id, text, by))

    ask()


def _merge_dialog(result: QuestionsResult, row: QuestionRow) -> None:
    """Ask which question asks the same; the one that looks alike stands first."""

    @st.dialog(t("Merge"))
    def ask() -> None:
        st.markdown(quoted(row.text))
        others = [one for one in result.standing if one.id != row.id]
        others.sort(key=lambda one: one.id != row.like_id)
        there = {one.id: one for one in others}
        into = st.selectbox(
            t("Which asks the same"), list(there), index=None, format_func=lambda key: _label(there[key])
        )
        if st.button(t("Merge them"), type="primary") and given(into, t("Choose a question first.")):
            _do(t("They are one question now."), lambda work: merge_question(work, row.id, into))

    ask()


def _refuse_dialog(row: QuestionRow) -> None:
    """Ask why a question is turned down."""

    @st.dialog(t("Turn it down"))
    def ask() -> None:
        st.markdown(quoted(row.text))
        reason = st.text_input(t("Why it is turned down"))
        if st.button(t("Turn the question down"), type="primary") and given(
            reason, t("Write a reason first.")
        ):
            _do(t("It is turned down."), lambda work: moderate_question(work, row.id, _Q.REFUSED, reason))

    ask()


def question_dialog(view: ActivationView) -> None:
    """Ask for a question, or for the post in which it was asked."""

    @st.dialog(t("Write a question down"))
    def ask() -> None:
        text = st.text_area(t("Question"), height=80)
        by = st.text_input(t("Asked by"), help=t("Such as instagram:nina."))
        post = st.number_input(
            t("Number of the mention"),
            min_value=1,
            value=None,
            step=1,
            help=t("Of a post on Mentions: words and name are taken from it where they are empty."),
        )
        if st.button(t("Write the question down"), type="primary") and given(
            text or post, t("Write the question first.")
        ):
            draft = QuestionDraft(text, by, mention_id=int(post) if post else None)
            _do(t("The question is in."), lambda work: ask_question(work, view.card.id, draft))

    ask()


def _label(row: QuestionRow) -> str:
    short = row.text if len(row.text) <= _SHORT else f"{row.text[:_SHORT]}…"
    return f"{row.id} · {short}"


def _downloads(view: ActivationView) -> None:
    stem = "".join(letter if letter.isalnum() else "-" for letter in view.card.title)[:60]
    names = st.toggle(t("Name who asked in the files"))
    with st.container(horizontal=True):
        for label, ending in ((t("Transcript (Markdown)"), ".md"), (t("Questions (CSV)"), ".csv")):
            maker = partial(transcript_file, current_work(), view.card.id, ending, language(), names=names)
            st.download_button(
                label,
                maker,
                file_name=f"{stem}{ending}",
                key=f"transcript:{ending}",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
            )
