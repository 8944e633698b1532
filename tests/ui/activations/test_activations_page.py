"""The Activations page as a reader meets it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.activations.activation_view import list_activations, open_activation
from ambassador.services.activations.activations import move_activation
from ambassador.services.activations.contests import count_contest
from ambassador.services.activations.discussions import read_discussion
from ambassador.services.activations.ideas import count_ideas
from ambassador.services.activations.law import read_law
from ambassador.services.activations.questions import answer_question, read_session
from ambassador.services.activations.replies import read_replies
from ambassador.ui.kit.workspace import current_work
from ambassador.values.activations.reply_votes import ReplyRow, ReplyState
from ambassador.values.activations.states import ActivationKind, ActivationStatus, EntryStatus, PointState
from tests.hostile import FORMATTED, make_hostile
from tests.services.activations.contests import contest, marked_contest, tick_all
from tests.services.activations.moments import evening, launch, talked
from tests.services.activations.rounds import VOTES, cast, opened, polled
from tests.services.activations.test_discussions import talk
from tests.services.activations.test_questions import filled
from tests.services.activations.test_replies import asked, said
from tests.ui.conftest import OpenApp
from tests.ui.foreign.test_hostile_texts import formatted_texts


def shown(app: AppTest) -> str:
    return " ".join(one.value for one in (*app.markdown, *app.caption, *app.info))


def press(app: AppTest, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(one for one in reversed(app.button) if one.label == label).click()
    app.run()
    assert not app.exception
    assert not app.error


def field(app: AppTest, label: str) -> Any:
    kinds = (app.text_input, app.number_input, app.selectbox, app.multiselect, app.button_group)
    return next(one for kind in kinds for one in kind if one.label == label)


def test_without_any_it_says_what_can_be_started(open_app: OpenApp) -> None:
    app = open_app("activations")
    assert not app.exception
    assert "Nothing is started together" in shown(app)
    assert {"New activation", "Bring in a .pb file"} <= {one.label for one in app.button}


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_round_shows_three_rules_and_whom_each_leaves_out(
    open_app: OpenApp, workspace: str, language: str
) -> None:
    work = current_work()
    number = opened(work)
    cast(work, number, VOTES)
    app = open_app("activations", language, activation=str(number))
    app.session_state["_activation_opened"] = number
    app.run()
    assert not app.exception
    assert [one.value for one in app.metric][:2] == ["10", "0"]
    table = next(one.value for one in app.dataframe if len(one.value.columns) == 9)
    assert table.iloc[:, 0].tolist() == ["Stage", "Fair", "Ramp", "Benches"]
    assert table.iloc[:, 3:6].to_numpy().tolist() == [
        [True, False, False], [True, True, True], [False, True, True], [False, True, True],
    ]  # fmt: skip
    if language == "en":
        assert "By equal shares 100.0% of the voters get an idea they wanted, by votes 60.0%" in shown(app)


def test_a_poll_says_who_is_first_and_how_safely(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    number = polled(work)
    cast(work, number, {f"v{n}": "2" if n < 7 else "1" for n in range(10)})
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    app.run()
    assert [one.value for one in app.metric] == ["10", "70%", "4"]
    assert "blue is first unless 4 votes fall" in shown(app)


def test_a_new_one_is_made_filled_opened_and_voted_on_the_page_and_taken_back(
    open_app: OpenApp, workspace: str
) -> None:
    work = current_work()
    app = open_app("activations")
    press(app, "New activation")
    field(app, "Title").set_value("Ideas for Bari")
    field(app, "Budget for ideas").set_value(1_000.0)
    press(app, "New activation", "Create it")
    (card,) = list_activations(work)
    press(app, "Ideas")
    field(app, "Key").set_value("A")
    field(app, "What it is").set_value("Stage")
    field(app, "Cost, in EUR").set_value(600.0)
    press(app, "Ideas", "Save")
    press(app, "Open the vote")
    press(app, "Write a vote down")
    field(app, "Who votes").set_value("nina")
    field(app, "For what").set_value(["A · Stage"])
    press(app, "Write a vote down", "Write it down")
    assert count_ideas(work, card.id).ideas[0].votes == 1
    press(app, "Undo")
    assert count_ideas(work, card.id).ideas[0].votes == 0


def test_after_the_announcement_it_is_noted_what_became_of_an_idea(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    number = opened(work)
    for wanted in (ActivationStatus.CLOSED, ActivationStatus.ANNOUNCED):
        move_activation(work, number, wanted)
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    app.run()
    press(app, "Ideas")
    which = field(app, "Which one")
    which.set_value(which.options[1])
    press(app, "Ideas")
    field(app, "What became of it").set_value(EntryStatus.BUILT)
    press(app, "Ideas", "Save")
    assert open_activation(work, number).entries[0].status is EntryStatus.BUILT
    press(app, "Take the announcement back")
    assert open_activation(work, number).card.status is ActivationStatus.CLOSED


def test_an_idea_is_withdrawn_and_brought_back(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    number = opened(work)
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    app.run()
    for label, withdrawn in (("Withdraw", True), ("Bring back", False)):
        press(app, "Ideas")
        which = field(app, "Which one")
        which.set_value(which.options[1])
        press(app, "Ideas")
        press(app, "Ideas", label)
        assert open_activation(work, number).entries[0].withdrawn is withdrawn


def opened_page(open_app: OpenApp, number: int, language: str = "en") -> AppTest:
    app = open_app("activations", language)
    app.session_state["_activation_opened"] = number
    app.run()
    assert not app.exception
    return app


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_contest_shows_its_ranking_how_it_is_made_up_and_how_safe_it_is(
    open_app: OpenApp, workspace: str, language: str
) -> None:
    number = marked_contest(current_work())
    cast(current_work(), number, {"ann": "1", "ben": "1", "cia": "1", "dan": "2", "fay": "1"})
    app = opened_page(open_app, number, language)
    assert [one.value for one in app.metric] == ["8", "Dawn", "3", "3"]
    if language == "en":
        assert "Dawn is first unless 3 votes fall" in shown(app)
        assert "by the jury alone first is Nets, by the votes alone Dawn" in shown(app)
        assert "Ugo has not marked 1 entry" in shown(app)


def test_a_contest_opens_once_its_checklist_is_done_on_the_page(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    number = contest(work)
    app = opened_page(open_app, number)
    assert any("11 of 11 points are to do" in one.label for one in app.expander)
    app.button(key="law:done:deposit").click().run()
    app.button(key="law:pass:rules").click().run()
    field(app, "Why it is passed over").set_value("counsel, 3 May")
    app.button(key="law:pass:rules").click()
    press(app, "Pass it over")
    press(app, "Add a point of our own")
    field(app, "What has to be seen to").set_value("Insurance")
    press(app, "Add a point of our own", "Add it")
    states = {one.key: (one.state, one.reason) for one in read_law(work, number)}
    assert states["rules"] == (PointState.PASSED, "counsel, 3 May")
    assert (states["deposit"][0], states["own-1"][0]) == (PointState.DONE, PointState.OPEN)
    app.button(key="law:again:deposit").click().run()
    assert {one.key: one.state for one in read_law(work, number)}["deposit"] is PointState.OPEN
    tick_all(work, number)
    app.run()
    press(app, "Open the vote")
    press(app, "Entries")
    field(app, "What it is").set_value("Dawn")
    field(app, "Link").set_value("https://a.example/1")
    press(app, "Entries", "Save")
    press(app, "Mark of a juror")
    field(app, "Juror").set_value("Marta")
    field(app, "Entry").set_value("1 · Dawn")
    field(app, "Mark").set_value(8)
    press(app, "Mark of a juror", "Write the mark down")
    assert [one.name for one in count_contest(work, number).jurors] == ["Marta"]
    press(app, "Mark of a juror")
    field(app, "Juror").set_value("marta")
    field(app, "Entry").set_value("1 · Dawn")
    press(app, "Mark of a juror", "Take the mark back")
    assert count_contest(work, number).jurors == ()


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_session_shows_how_many_are_answered(open_app: OpenApp, workspace: str, language: str) -> None:
    work = current_work()
    number, (lecce, *_) = filled(work)
    answer_question(work, lecce, "In May.", "Marta")
    app = opened_page(open_app, number, language)
    assert [one.value for one in app.metric] == ["5", "1", "4", "4"]


def test_a_question_is_written_down_and_one_chosen_is_worked_on(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = current_work()
    number, (lecce, again, green, thieves, _) = filled(work)
    chosen = [again]
    monkeypatch.setattr(
        "ambassador.ui.activations.questions.show_table",
        lambda _name, rows, *_columns, **_more: [one for one in rows if getattr(one, "id", 0) in chosen],
    )
    app = opened_page(open_app, number)
    press(app, "Write a question down")
    field(app, "Asked by").set_value("x:zoe")
    next(one for one in app.text_area if one.label == "Question").set_value("Does it swim?")
    press(app, "Write a question down", "Write the question down")
    assert read_session(work, number).questions[-1].asker == "x:zoe"
    press(app, "Merge")
    field(app, "Which asks the same").set_value(field(app, "Which asks the same").options[0])
    press(app, "Merge", "Merge them")
    assert read_session(work, number).questions[1].merged_into_id == lecce
    press(app, "Part them")
    chosen[:] = [thieves]
    app.run()
    press(app, "Turn it down")
    field(app, "Why it is turned down").set_value("asks nothing")
    press(app, "Turn it down", "Turn the question down")
    press(app, "Let it wait")
    press(app, "Take it in")
    chosen[:] = [green]
    app.run()
    press(app, "Answer")
    next(one for one in app.text_area if one.label == "What was answered").set_value("In May.")
    field(app, "Answered by").set_value("Marta")
    press(app, "Answer", "Write the answer down")
    assert read_session(work, number).answered == 1
    press(app, "Take the answer back")
    assert read_session(work, number).answered == 0


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_no_text_from_outside_is_read_as_markup_in_an_opened_one(
    open_app: OpenApp, workspace: str, number: int
) -> None:
    work = current_work()
    cast(work, opened(work), {**VOTES, "odd": "A,Q"})
    cast(work, polled(work), {"nina": "1", "leo": "1", "eva": "2"})
    cast(work, marked_contest(work), {"nina": "1", "leo": "1", "eva": "2"})
    answer_question(work, filled(work)[1][0], "In May.", "Marta")
    make_hostile(work.engine)
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    app.run()
    assert not app.exception
    assert not [one for text in formatted_texts(app) for one in FORMATTED if one in text]


def test_a_moment_is_said_on_the_page_and_shows_what_it_brought(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    app = open_app("activations")
    press(app, "New activation")
    field(app, "What are people asked?").set_value(ActivationKind.MOMENT)
    field(app, "Title").set_value("A morning in a shop")
    press(app, "New activation", "Create it")
    assert "Nothing is said of it yet" in shown(app)
    press(app, "When and where")
    field(app, "Expected audience").set_value(300)
    app.date_input[-1].set_value(open_activation(work, 1).card.starts_on)
    press(app, "When and where", "Save")
    assert "As a draft it counts in no forecast" in shown(app)
    press(app, "It is settled")
    assert open_activation(work, 1).card.status is ActivationStatus.OPEN


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_hours_of_a_moment_stand_beside_those_of_other_weeks(
    open_app: OpenApp, workspace: str, language: str
) -> None:
    with current_work().writing() as session:
        campaign, _, stranger = launch(session)
        talked(session, campaign, stranger)
    number = evening(current_work(), campaign)
    app = open_app("activations", language, activation=str(number), campaign=str(campaign))
    app.session_state["_activation_opened"] = number
    app.run()
    assert not app.exception
    assert [one.value for one in app.metric][1:3] == ["12", "9.8" if language == "en" else "9,8"]
    if language == "en":
        assert "line of its own beside the credit" in shown(app)


@pytest.mark.parametrize("language", ["en", "it"])
def test_replies_to_the_post_of_a_poll_are_counted_and_one_is_decided(
    open_app: OpenApp, workspace: str, language: str
) -> None:
    work = current_work()
    number, post = asked(work)
    for minute, (who, text) in enumerate((("ann", "1"), ("bob", "Blue!"), ("cyd", "1 or 2"))):
        said(work, who, text, post, minute)
    app = open_app("activations", language)
    app.session_state["_activation_opened"] = number
    app.run()
    assert not app.exception
    app.button("count-replies").click().run()
    assert next(one.value for one in app.metric) == "2"
    table = next(one.value for one in app.dataframe if len(one.value) == 3)
    assert table.iloc[0, 0] == "1 or 2"
    if language == "en":
        assert "names several options" in table.iloc[0, 1]
        assert "2 of 3 replies are in as votes" in shown(app)


def test_the_post_of_a_poll_is_said_on_the_page_and_a_reply_decided(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = current_work()
    number, post = polled(work), said(work, "brand", "Which?")
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    app.run()
    press(app, "Say under which post")
    field(app, "Number of the mention").set_value(post)
    press(app, "Say under which post", "This post")
    assert "No reply to it is here yet" in shown(app)
    said(work, "ann", "1 or 2", post)
    monkeypatch.setattr("ambassador.ui.activations.replies.show_table", lambda _, rows, *__, **___: rows[:1])
    app.run()
    field(app, "A vote for").set_value(["2"])
    press(app, "It is a vote")
    assert "1 of 1 replies are in" in shown(app)
    press(app, "It is no vote")
    assert _only(number).state is ReplyState.NO_VOTE
    press(app, "Let its words decide")
    assert _only(number).state is ReplyState.TO_DECIDE
    press(app, "Take the post off")
    assert read_replies(work, number) is None


def _only(number: int) -> ReplyRow:
    found = read_replies(current_work(), number)
    assert found is not None
    return found.replies[0]


@pytest.mark.parametrize("language", ["en", "it"])
def test_a_post_put_to_discussion_shows_what_it_drew(
    open_app: OpenApp, workspace: str, language: str
) -> None:
    number, _ = talk(current_work())
    app = opened_page(open_app, number, language)
    assert [one.value for one in app.metric][:2] == ["4", "4"]
    assert not app.exception
    if language == "en":
        assert "3 posts on the busiest day" in shown(app)
        press(app, "Take the post off")
        assert read_discussion(current_work(), number) is None
        press(app, "Say which post")
        field(app, "Number of the mention").set_value(2)
        press(app, "Say which post", "This post")
        press(app, "Open the discussion")
        assert open_activation(current_work(), number).card.status is ActivationStatus.OPEN
