"""The order of reading with its worth: figures, the list, what is said of the ticked, how it is checked."""

from collections.abc import Sequence
from typing import Final

from ambassador.services.tone.figures import tone_figures
from ambassador.services.tone.labelling import label_tone, let_care_count, tone_history
from ambassador.services.tone.order import order_posts
from ambassador.services.tone.words import chance_note, found_note
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.empty import empty_state
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import (
    interval,
    moment,
    note_text,
    number,
    percent,
    rich_count,
    t,
    t_count,
    unknown,
)
from ambassador.ui.kit.words import heading, word
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.tone.files import labels_buttons, show_report
from ambassador.ui.tone.labelling import label_dialog
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.tone import MOST_ORDERED, Tone, ToneFigures, ToneOrder, ToneRow, ToneScores

SHOWN: Final = 200
_ROUNDS: Final = "tone:rounds"


def nothing_to_read(work: UnitOfWork, stream: MentionFilter) -> bool:
    """Say what is missing where no post is here."""
    if order_posts(work, stream, limit=0).ordered:
        return False
    empty_state(
        t("No post by anybody else is here: import an export of posts, or choose another perimeter."),
        fix=t("Import mentions"),
        page="imports",
        kind="mentions",
    )
    return True


def choose_view() -> bool:
    """Offer the order of reading and the topics; say whether the topics are wanted."""
    views = {False: t("Likely complaints first"), True: t("Topics")}
    chosen = st.segmented_control(
        t("View"),
        list(views),
        default=False,
        format_func=lambda one: views[one],
        required=True,
        label_visibility="collapsed",
        key="tone-view",
    )
    return bool(chosen)


def draw_reading(work: UnitOfWork, stream: MentionFilter) -> None:
    """Draw how good the order is, then the posts in it."""
    figures = tone_figures(work)
    first_row(*_figures(figures))
    st.markdown(note_text(found_note(figures)))
    chance = chance_note(figures)
    if chance is not None:
        st.caption(note_text(chance))
    with st.container(horizontal=True):
        if st.button(t("Label one by one"), type="primary", icon=":material/label:"):
            label_dialog(stream)
        labels_buttons(work)
    show_report()
    labelled = _choose_list()
    order = order_posts(work, stream, limit=SHOWN, labelled=labelled)
    _tell_of_order(order)
    _actions(_table(order, figures, labelled=labelled))
    _draw_check(figures)


def _figures(figures: ToneFigures) -> tuple[Figure, ...]:
    found, ours = figures.found, figures.ours
    error = ours.calibration_error if ours is not None else None
    return (
        Figure(
            t("Labels"),
            number(figures.told),
            t("{count} drawn at random", count=number(figures.random)),
            help=t(
                "Posts whose tone somebody said: negative, neutral or positive. Those that cannot be told are"
                " kept, but nothing is learned from them."
            ),
        ),
        Figure(
            t("The first 20% finds"),
            percent(found.share) if found else t("too few labels"),
            interval(found.low, found.high, percent) if found else "",
            help=t(
                "Of the complaints (negative posts), the share among the fifth that is read first; each label"
                " is judged by what the others teach. The range holds 9 times in 10. By chance it is 20%."
            ),
        ),
        Figure(
            t("Probabilities are off by"),
            t("{points} points", points=number(100 * error)) if error is not None else t("not shown yet"),
            help=t(
                "How far, on average, the probability of being a complaint lies from how often it was so;"
                " each label is judged by what the others teach."
            ),
        ),
    )


def _choose_list() -> bool:
    lists = {False: t("To read"), True: t("Labelled")}
    chosen = st.segmented_control(
        t("Show"),
        list(lists),
        default=False,
        format_func=lambda one: lists[one],
        required=True,
        label_visibility="collapsed",
        key="tone-list",
    )
    return bool(chosen)


def _tell_of_order(order: ToneOrder) -> None:
    if not order.labels:
        st.caption(t("Nobody has labelled a post yet: the order follows our list of words alone."))
    else:
        st.caption(t_count("Learned from {count} label.", "Learned from {count} labels.", order.labels))
    if order.found > MOST_ORDERED:
        st.caption(
            t(
                "The newest {count} posts are in order; our own are left out, and older ones.",
                count=number(order.ordered),
            )
        )
    else:
        st.caption(
            t(
                "{count} of {all} posts have no label; our own are left out. The first {shown} are listed.",
                count=number(order.unlabelled),
                all=number(order.ordered),
                shown=number(SHOWN),
            )
        )


def _table(order: ToneOrder, figures: ToneFigures, *, labelled: bool) -> list[ToneRow]:
    rounds = st.session_state.get(_ROUNDS, 0)
    name = "tone-labelled" if labelled else "tone-order"
    columns: list[Column[ToneRow]] = [
        Column(t("Place"), "place", Kind.NUMBER, help=t("1 is the likeliest complaint.")),
        Column(t("Text"), lambda row: row.mention.text, pinned=True),
    ]
    if labelled:
        columns.append(Column(t("Tone"), _said))
    elif figures.has_chance:
        columns.append(Column(t("A complaint"), _chance, help=t("How probable it is.")))
    columns += [
        Column(t("Author"), lambda row: f"@{row.mention.handle}"),
        Column(t("When"), lambda row: row.mention.posted_at, Kind.MOMENT),
        Column(t("Link"), lambda row: row.mention.url or None, Kind.LINK),
    ]
    if not order.rows:
        st.info(t("No post has a label yet.") if labelled else t("Every post that is here has a label."))
        return []
    return show_table(f"{name}-{rounds}", order.rows, columns, title=t("Tone"), choose="many")


def _said(row: ToneRow) -> str:
    return t("{tone} (customer care)", tone=word(row.tone)) if row.by_care else word(row.tone)


def _chance(row: ToneRow) -> str:
    if row.chance is None:
        return unknown()
    said = percent(row.chance)
    return t("cannot tell ({chance})", chance=said) if row.cannot_tell else said


def _actions(chosen: Sequence[ToneRow]) -> None:
    if not chosen:
        st.caption(t("Tick rows to say what their tone is."))
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(rich_count("**{count} mention ticked**", "**{count} mentions ticked**", len(chosen)))
        for tone in Tone:
            if st.button(heading(tone), key=f"tone:{tone}"):
                _label(chosen, tone)
        if len(chosen) == 1:
            _draw_history(chosen[0])
        if any(row.tone is not None and not row.by_care for row in chosen) and st.button(
            t("Take labels off"), key="tone:off", type="tertiary"
        ):
            _label(chosen, None)


def _draw_history(row: ToneRow) -> None:
    said = tone_history(current_work(), row.mention.id)
    lines = [
        t(
            "{moment}: {tone}, by {who}",
            moment=moment(one.at),
            tone=word(one.tone) if one.tone else t("taken off"),
            who=one.actor or t("nobody named"),
        )
        for one in said
    ]
    if lines:
        st.caption(" · ".join(lines))


def _label(chosen: Sequence[ToneRow], tone: Tone | None) -> None:
    with errors_shown():
        work = current_work().noting()
        changed = label_tone(work, [row.mention.id for row in chosen], tone)
        words = t_count("{count} mention is labelled.", "{count} mentions are labelled.", len(changed))
        say_done(t("The labels are off.") if tone is None else words, undo=undo_of(work))
        st.session_state[_ROUNDS] = st.session_state.get(_ROUNDS, 0) + 1
        st.rerun()


def _draw_check(figures: ToneFigures) -> None:
    """Show the order beside what it has to beat, and what counts as a label."""
    with st.expander(t("How this was checked"), icon=":material/rule:"):
        named = (
            (t("the order learned here"), figures.ours),
            (t("our list of words alone"), figures.lexicon),
            (t("what most labels say"), figures.majority),
        )
        rows = [(name, scores) for name, scores in named if scores is not None]
        if rows:
            show_table("tone-check", rows, _check_columns(), title=t("How this was checked"))
        st.caption(
            t(
                "Each label is judged by what the other four fifths teach; posts of the same words stay"
                " together. Posts drawn at random stand for all that nobody chose."
            )
        )
        _care_buttons(figures)


def _check_columns() -> list[Column[tuple[str, ToneScores]]]:
    return [
        Column(t("Order by"), lambda row: row[0]),
        Column(t("The first 20% finds"), lambda row: row[1].found, Kind.PERCENT),
        Column(
            t("F1 over three tones"),
            lambda row: row[1].macro_f1,
            Kind.DECIMAL,
            help=t("Mean over negative, neutral and positive of F1: 1 is without a fault (macro-F1)."),
        ),
        Column(t("Probabilities are off by"), lambda row: row[1].calibration_error, Kind.PERCENT),
    ]


def _care_buttons(figures: ToneFigures) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        if figures.care_counts:
            st.markdown(
                t_count(
                    "Complaints and praise of customer care count as labels: {count} of these.",
                    "Complaints and praise of customer care count as labels: {count} of these.",
                    figures.by_care,
                )
            )
            if st.button(t("Do not count them"), key="tone:care-off"):
                _let_care_count(counts=False)
            return
        st.markdown(
            t("Complaints and praise of customer care do not count as labels: only what is said here.")
        )
        if st.button(t("Let them count"), key="tone:care-on"):
            _let_care_count(counts=True)


def _let_care_count(*, counts: bool) -> None:
    with errors_shown():
        work = current_work().noting()
        let_care_count(work, counts=counts)
        said = t("Complaints and praise of customer care count as labels.")
        say_done(said if counts else t("Only what is said of the tone itself counts."), undo=undo_of(work))
        st.rerun()
