"""The People and Network pages as a reader meets them."""

import time
from datetime import timedelta
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.networks.network_view import network_view
from ambassador.services.people.people import list_people
from ambassador.ui.kit.markup import plain
from ambassador.ui.kit.workspace import current_work
from tests.conftest import NOW
from tests.people_samples import add_reading, add_tie, made, person_with_account
from tests.ui.conftest import OpenApp


def _some_people() -> None:
    work = current_work()
    with work.writing() as session:
        for size in range(30):
            _, account = person_with_account(session, f"p{size}", city="Bari" if size % 2 else "Roma")
            likes = 5.0 * size if size else 900.0
            add_reading(
                session, account, NOW - timedelta(days=9), followers=1_000 + 90 * size, average_likes=likes
            )


def test_an_empty_workspace_offers_an_import_or_a_form(open_app: OpenApp) -> None:
    app = open_app("people")
    assert not app.exception
    assert {"Import people", "Add a person"} <= {button.label for button in app.button}


def test_the_first_row_answers_for_the_city_and_fee_asked_for(open_app: OpenApp) -> None:
    _some_people()
    made(current_work(), "anna", city="Lecce", fee_minor=9_900, fee_currency="EUR")
    app = open_app("people")
    assert not app.exception
    assert [app.metric[0].value, app.metric[2].value] == ["31", "31"]
    app.multiselect(key="people_filter_cities").set_value(["Lecce"])
    app.number_input(key="people_filter_fee").set_value(100).run()
    assert not app.exception
    assert (app.metric[2].label, app.metric[2].value) == ("Real candidates in Lecce under €100", "1")


def test_a_small_star_is_named_above_the_picture(open_app: OpenApp) -> None:
    _some_people()
    app = open_app("people")
    assert any(
        "P0 gets 90.0% with 1,000 followers: more than 29 of the 29" in text.value for text in app.markdown
    )


def test_a_link_opens_the_person(open_app: OpenApp) -> None:
    _some_people()
    app = open_app("people", person="1")
    app.query_params["person"] = "1"
    app.run()
    assert not app.exception
    assert {"Score", "History", "Edit"} <= {tab.label for tab in app.tabs}


def _add_dialog() -> None:
    from ambassador.ui.people.actions import add_person_dialog

    add_person_dialog()


def test_a_person_is_added_by_hand(workspace: str) -> None:
    app = AppTest.from_function(_add_dialog, default_timeout=120).run()
    app.text_input[0].set_value("Anna")
    app.text_input[1].set_value("https://instagram.com/anna")
    app.button[0].click().run()
    assert not app.exception
    assert [row.handles for row in list_people(current_work()).rows] == [("instagram:anna",)]


def _merge_dialog() -> None:
    from ambassador.ui.people.actions import merge_dialog

    merge_dialog([1, 2])


def test_a_merge_is_previewed_then_done(workspace: str) -> None:
    made(current_work(), "anna")
    made(current_work(), "anna2", city="Bari")
    app = AppTest.from_function(_merge_dialog, default_timeout=120).run()
    assert any(plain("instagram:anna2") in text.value and "Bari" in text.value for text in app.markdown)
    app.button[0].click().run()
    assert not app.exception
    assert len(list_people(current_work()).rows) == 1


def _card() -> None:
    from ambassador.ui.people.actions import person_dialog

    person_dialog(1)


def test_a_person_is_edited_in_the_form(workspace: str) -> None:
    made(current_work(), "anna", city="Bari")
    app = AppTest.from_function(_card, default_timeout=120).run()
    assert not app.exception
    next(field for field in app.text_input if field.label == "City").set_value("Lecce")
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    assert list_people(current_work()).rows[0].city == "Lecce"


def test_nobody_is_erased_before_it_is_confirmed(workspace: str) -> None:
    made(current_work(), "anna")
    app = AppTest.from_function(_card, default_timeout=120).run()
    erase = next(button for button in app.button if button.label == "Erase")
    assert erase.disabled
    app.checkbox[0].check().run()
    next(button for button in app.button if button.label == "Erase").click().run()
    assert list_people(current_work()).everybody == 0


def test_a_network_without_ties_says_what_is_missing(open_app: OpenApp) -> None:
    app = open_app("network")
    assert not app.exception
    assert "Import ties or mentions" in {button.label for button in app.button}


def test_the_network_page_says_which_way_influence_flows(open_app: OpenApp) -> None:
    with current_work().writing() as session:
        _, anna = person_with_account(session, "anna")
        _, bea = person_with_account(session, "bea")
        add_tie(session, anna, bea, kind="follow")
    app = open_app("network")
    assert not app.exception
    assert [metric.value for metric in app.metric][:2] == ["2", "1"]
    said = plain("what instagram:anna posts reaches instagram:bea")
    assert any(said in text.value for text in app.caption)


def test_archived_people_are_shown_when_asked_for(open_app: OpenApp) -> None:
    made(current_work(), "anna", archived_at=NOW)
    made(current_work(), "bea")
    app = open_app("people")
    assert app.dataframe[0].value["Name"].tolist() == ["Bea"]
    app.toggle(key="people_filter_archived").set_value(True).run()
    assert not app.exception
    assert app.dataframe[0].value["Name"].tolist() == ["Anna"]


def test_weights_set_on_the_workspace_page_change_the_scores(open_app: OpenApp) -> None:
    made(current_work(), "anna", figures={"followers": 10, "average_likes": 9.0})
    made(current_work(), "bea", figures={"followers": 1_000, "average_likes": 9.0})
    app = open_app("workspace")
    next(field for field in app.number_input if field.label == "Resonance").set_value(0.0)
    next(button for button in app.button if button.label == "Save").click().run()
    assert not app.exception
    assert [round(row.score.value or 0) for row in list_people(current_work()).rows] == [25, 75]


def test_a_large_network_is_drawn_in_the_background(
    open_app: OpenApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ambassador.services.networks.network_view.SMALL", 0)
    with current_work().writing() as session:
        accounts = [person_with_account(session, f"p{number}")[1] for number in range(6)]
        for one, other in pairwise(accounts):
            add_tie(session, one, other)
    app = open_app("network")
    for _ in range(240):
        if any("communit" in text.value and "no campaign" in text.value for text in app.markdown):
            break
        time.sleep(0.25)
        app.run()
    assert not app.exception
    assert network_view(current_work()).is_drawn
