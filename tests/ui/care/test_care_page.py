"""The Care page as a reader meets it."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.care.canned import keep_answer
from ambassador.services.care.moves import answer_case
from ambassador.services.care.opening import open_case
from ambassador.services.care.queue import list_cases, open_case_view
from ambassador.services.care.rules import list_promises, read_calendar, set_promises
from ambassador.ui.kit.workspace import current_work
from ambassador.values.care.cases import CaseDraft, CaseFilter, ReadyAnswer
from ambassador.values.care.rules import CarePromise
from ambassador.values.care.states import CaseStatus
from ambassador.values.care.waiting import WaitingBy
from tests.hostile import FORMATTED, make_hostile
from tests.services.care.desk import posts
from tests.ui.conftest import OpenApp
from tests.ui.foreign.test_hostile_texts import formatted_texts


def shown(app: AppTest) -> str:
    kinds = (*app.markdown, *app.caption, *app.info, *app.warning, *app.error, *app.subheader)
    return " ".join(one.value for one in kinds)


def press(app: AppTest, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(one for one in reversed(app.button) if one.label == label).click()
    app.run()
    assert not app.exception


def field(app: AppTest, label: str) -> Any:
    kinds = (app.text_input, app.text_area, app.number_input, app.selectbox, app.multiselect)
    return next(one for kind in kinds for one in kind if one.label == label)


def opened(open_app: OpenApp, number: int, language: str = "en") -> AppTest:
    app = open_app("care", language)
    app.session_state["_case_opened"] = number
    return app.run()


def test_without_any_it_says_how_a_case_begins(open_app: OpenApp) -> None:
    app = open_app("care")
    assert not app.exception
    assert "No customer waits here yet" in shown(app)


def test_a_message_is_written_down_answered_solved_and_taken_back(open_app: OpenApp) -> None:
    app = open_app("care")
    press(app, "New case")
    field(app, "What the customer says").set_value("Where is it?")
    field(app, "Customer").set_value("Ida Neri")
    press(app, "New case", "Open the case")
    (card,) = list_cases(current_work()).rows
    assert (card.customer, card.subject) == ("Ida Neri", "Where is it?")
    text = field(app, "Answer, words of the customer, or a note")
    text.set_value("On its way")
    press(app, "Answer and wait")
    assert open_case_view(current_work(), card.id).card.status is CaseStatus.WAITING
    assert "On its way" in shown(app)
    assert field(app, "Answer, words of the customer, or a note").value == ""
    press(app, "Solved")
    assert open_case_view(current_work(), card.id).card.status is CaseStatus.SOLVED
    press(app, "Undo")
    assert open_case_view(current_work(), card.id).card.status is CaseStatus.WAITING


def test_mentions_that_wait_become_cases_at_one_press(open_app: OpenApp) -> None:
    posts(current_work())
    app = open_app("care")
    press(app, "Open cases of 3 mentions")
    assert list_cases(current_work()).total == 3
    assert not [one for one in app.button if one.key == "care-waiting"]


@pytest.mark.parametrize("language", ["en", "it"])
def test_late_cases_stand_first_and_on_home(open_app: OpenApp, language: str) -> None:
    work = current_work()
    set_promises(work, [CarePromise(first_minutes=60, in_opening_hours=False)])
    for name in ("Ugo", "Ida"):
        open_case(work.at(work.now().replace(year=2024)), CaseDraft("Where?", customer=name))
    app = open_app("care", language)
    assert not app.exception
    assert next(one.value for one in app.metric) == "2"
    home = open_app("home", language)
    assert not home.exception
    assert "Ugo" in shown(home)
    assert {"en": "is late by", "it": "è in ritardo di"}[language] in shown(home)
    one = opened(open_app, 1, language)
    assert not one.exception
    assert one.error


def test_two_who_look_at_one_case_are_told_and_nothing_typed_is_lost(open_app: OpenApp) -> None:
    number = open_case(current_work(), CaseDraft("Where?", customer="Ida")).id
    hers, his = (opened(open_app, number) for _ in range(2))
    assert "looks at this case as well" in shown(his)
    field(his, "Answer, words of the customer, or a note").set_value("On its way")
    answer_case(current_work().by("sara"), number, "We look into it")
    press(his, "Answer")
    assert "Somebody else has changed case 1 in the meantime: we answered" in shown(his)
    assert field(his, "Answer, words of the customer, or a note").value == "On its way"
    assert len(open_case_view(current_work(), number).events) == 2
    press(his, "Answer")
    assert len(open_case_view(current_work(), number).events) == 3
    assert not hers.exception


def test_cases_are_merged_split_rated_and_filled_with_what_is_kept_ready(open_app: OpenApp) -> None:
    work = current_work()
    first = open_case(work, CaseDraft("Where?", customer="Ida")).id
    second = open_case(work, CaseDraft("Hello?", customer="Ida")).id
    keep_answer(work, ReadyAnswer("Parcel", "en", "Dear {customer}"))
    app = opened(open_app, first)
    press(app, "Put it in")
    assert field(app, "Answer, words of the customer, or a note").value == "Dear Ida"
    press(app, "Merge or link")
    field(app, "Number of the other case").set_value(second)
    press(app, "Merge or link", "Merge it into this")
    assert open_case_view(work, first).merged == (second,)
    press(app, "Split")
    which = field(app, "What becomes a case of its own")
    which.set_value([which.options[1]])
    press(app, "Split", "Split it off")
    assert list_cases(work, CaseFilter()).total == 2
    press(app, "Satisfaction")
    field(app, "From 1 (not at all) to 5 (very)").set_value(5)
    press(app, "Satisfaction", "Log it")
    assert open_case_view(work, first).card.satisfaction == 5


def test_minutes_go_in_with_an_answer_and_are_corrected(open_app: OpenApp) -> None:
    work = current_work()
    number = open_case(work, CaseDraft("Where?", customer="Ida")).id
    app = opened(open_app, number)
    field(app, "Answer, words of the customer, or a note").set_value("On its way")
    field(app, "Minutes it took").set_value(8)
    press(app, "Answer")
    assert [event.minutes for event in open_case_view(work, number).events] == [None, 8]
    assert field(app, "Minutes it took").value is None and "8 min of work" in shown(app)
    press(app, "Minutes")
    assert field(app, "Minutes; empty: not logged").value == 8
    field(app, "Minutes; empty: not logged").set_value(12)
    press(app, "Minutes", "Log it")
    assert [event.minutes for event in open_case_view(work, number).events] == [None, 12]
    field(app, "Minutes it took").set_value(3)
    press(app, "Solved")
    assert [event.minutes for event in open_case_view(work, number).events] == [None, 12, 3]


def test_words_go_into_the_history_as_what_they_are(open_app: OpenApp) -> None:
    work = current_work()
    first = open_case(work, CaseDraft("Where?", customer="Ida")).id
    second = open_case(work, CaseDraft("Hello?", customer="Ida")).id
    app = opened(open_app, first)
    for label in ("It is a note", "The customer said it", "Answer and solve"):
        field(app, "Answer, words of the customer, or a note").set_value(label)
        press(app, label)
    said = [(event.kind.value, event.text) for event in open_case_view(work, first).events][1:4]
    assert said == [
        ("note", "It is a note"),
        ("asked", "The customer said it"),
        ("answered", "Answer and solve"),
    ]
    press(app, "Merge or link")
    field(app, "Number of the other case").set_value(second)
    press(app, "Merge or link", "Link it")
    assert open_case_view(work, first).linked == (second,)


def test_a_mistake_in_the_hours_is_told_and_what_was_typed_stays(open_app: OpenApp) -> None:
    app = open_app("care")
    monday = app.text_input(key="care-hours:0:day0")
    monday.set_value("9 to 5")
    press(app, "Save the opening hours")
    assert "is no opening period" in shown(app)
    assert app.text_input(key="care-hours:0:day0").value == "9 to 5"
    app.text_input(key="care-hours:0:day0").set_value("9-17")
    press(app, "Save the opening hours")
    assert read_calendar(current_work()).hours == {0: ((540, 1020),)}
    field(app, "First answer within").set_value("4h")
    press(app, "Save the promise")
    assert list_promises(current_work())[0].first_minutes == 240
    press(app, "Promise nothing for these")
    assert list_promises(current_work()) == ()


def test_hostile_texts_are_shown_letter_by_letter(open_app: OpenApp) -> None:
    work = current_work()
    open_case(work, CaseDraft("Where?", customer="Ida", subject="Parcel", owner="sara"))
    make_hostile(work.engine)
    for app in (open_app("care"), opened(open_app, 1)):
        assert not app.exception
        assert not [one for text in formatted_texts(app) for one in FORMATTED if one in text]


def test_how_long_customers_wait_is_shown_on_the_same_page(open_app: OpenApp) -> None:
    app = open_app("care")
    assert not [one for one in app.segmented_control if one.label == "View"]  # without any case
    work = current_work()
    number = open_case(work, CaseDraft("Where?", customer="Ida", owner="sara")).id
    answer_case(work, number, "Here")
    app.run()
    view = next(one for one in app.segmented_control if one.label == "View")
    view.set_value(True).run()
    assert not app.exception
    assert "began from" in shown(app)
    assert "Half within" in shown(app) or "Half within" in [one.label for one in app.metric]
    by = next(one for one in app.segmented_control if one.label == "Told apart by")
    by.set_value(WaitingBy.OWNER).run()
    assert not app.exception
    assert app.dataframe
    assert "sara" in str(app.dataframe[-1].value)


def test_a_file_is_brought_in_and_what_could_not_be_used_is_shown(open_app: OpenApp) -> None:
    app = open_app("care")
    next(one for one in app.button if one.label == "Bring in a file").click()
    app.run()
    assert not app.exception
    assert "A column called message is needed" in shown(app)
    press(app, "Bring in a file", "Bring it in")
    assert "Choose a file first." in shown(app)
    next(one for one in app.button if one.label == "Bring in a file").click()
    app.run()
    file = b"customer,message,channel\nIda,Where is it?,call\nUgo,Hm?,pigeon\n"
    app.file_uploader[0].set_value(("today.csv", file, "text/csv"))
    field(app, "Owner").set_value("sara")
    press(app, "Bring in a file", "Bring it in")
    (card,) = list_cases(current_work()).rows
    assert (card.subject, card.owner, card.channel.value) == ("Where is it?", "sara", "call")
    assert "no column says when they came: taken as now" in shown(app)
    assert "pigeon is none of" in str(app.dataframe[0].value)
    field(app, "Who or what")
