"""Forms that begin at a table, a file, a line or a single press: what is seen there is what is asked, too."""

import hashlib
from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.ambassadors import answer, list_ambassadors
from ambassador.services.campaigns.campaigns import launch_campaign
from ambassador.services.devices.devices import deliver_device, reserve_device
from ambassador.services.devices.packing import packing_list
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.learning.learn import learn_influence
from ambassador.services.people.edit_people import add_person
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.store.tables.campaigns import Campaign
from ambassador.ui.imports import actions as import_actions
from ambassador.ui.imports.form import Upload
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.workspace import current_work
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.people.people import NewPerson, PersonEdit
from ambassador.values.picks.picks import PickRequest
from ambassador.values.status import AmbassadorStatus, Deal, ImportKind
from tests.services.answers import brought_in, posts
from tests.services.crowd import CERTAIN, add_ties, follower_file
from tests.services.launch import add_launch, add_phones, invite
from tests.ui.conftest import OpenApp

Calls = list[tuple[Any, ...]]


def _caught(monkeypatch: pytest.MonkeyPatch, name: str, gives: object = None) -> Calls:
    """Put something in the place of a service that keeps what it is called with, its workspace first."""
    calls: Calls = []

    def keep(*arguments: Any, **named: Any) -> object:
        named.pop("progress", None)
        calls.append((arguments[0].engine.url, *arguments[1:], named))
        return gives

    monkeypatch.setattr(name, keep)
    return calls


def _at_once(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Let a job run where it is started."""
    monkeypatch.setattr(f"{module}.start", lambda _name, run: run(lambda *_told: None))


def _press(app: AppTest, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(one for one in reversed(app.button) if one.label.startswith(label)).click()
    app.run()
    assert not app.exception


def _field(app: AppTest, kind: str, label: str) -> Any:
    return next(one for one in reversed(getattr(app, kind)) if one.label.startswith(label))


def _words(app: AppTest) -> str:
    return " ".join(one.value for kind in ("markdown", "caption", "info") for one in getattr(app, kind))


def _typed_in(monkeypatch: pytest.MonkeyPatch, column: str, row: int, value: object) -> list[pd.DataFrame]:
    """Let a table for editing come back with one cell typed; give what was shown in it."""
    shown: list[pd.DataFrame] = []

    def edited(table: pd.DataFrame, **_options: object) -> pd.DataFrame:
        shown.append(table)
        after = table.copy()
        after.loc[after.index[row], column] = value
        return after

    monkeypatch.setattr(st, "data_editor", edited, raising=False)
    return shown


@pytest.mark.parametrize(
    ("presses", "service"),
    [("Compute", "what_if"), ("Recompute this pick", "compare_recomputed")],
)
def test_what_is_computed_about_a_pick_is_about_the_one_that_is_shown(
    presses: str, service: str, open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = current_work()
    add_ties(work, follower_file())
    for picked in ("a", "c"):
        pick_ambassadors(work, PickRequest(1, probabilities=CERTAIN, key=1, runs=50, must=(picked,)))
    _at_once(monkeypatch, "ambassador.ui.picks.actions")
    calls = _caught(monkeypatch, f"ambassador.ui.picks.actions.{service}")
    app = open_app("pick", pick="1")
    assert "Pick 1 of" in _words(app)
    _press(app, presses)
    assert calls == [(work.engine.url, 1, {})]


@pytest.mark.parametrize(("presses", "more"), [("Learn", False), ("Learn again", True)])
def test_it_is_learned_from_what_is_counted_on_the_page(
    presses: str, open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch, *, more: bool
) -> None:
    work = current_work()
    brought_in(work, posts(20))
    if more:
        learn_influence(work)
        add_ties(work, [("lia", "ugo")])
    _at_once(monkeypatch, "ambassador.ui.learning.actions")
    calls = _caught(monkeypatch, "ambassador.ui.learning.actions.learn_and_judge")
    app = open_app("learn")
    assert more or "20 people joined" in _words(app)
    _press(app, presses)
    assert calls == [(work.engine.url, {})]


def test_the_past_that_is_checked_is_this_workspaces(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought_in(current_work(), posts(20))
    _at_once(monkeypatch, "ambassador.ui.calibration.actions")
    calls = _caught(monkeypatch, "ambassador.ui.calibration.actions.check_calibration")
    _press(open_app("calibration"), "Check on past cascades")
    assert calls == [(current_work().engine.url, {})]


def test_the_second_forecast_is_of_the_campaign_shown(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = current_work()
    add_phones(work, 2)
    add_ties(work, follower_file())
    for name in ("Alfa", "Beta"):
        number = add_launch(work, name)
        (person,) = invite(work, number, f"Ann {name}")
        answer(work, person, AmbassadorStatus.ACCEPTED)
        deliver_device(work, reserve_device(work, person).id)
        made = forecast(work, ForecastRequest(("a",), number, probabilities=CERTAIN, runs=50, key=1))
        launch_campaign(work, number, made.forecast_id)
        with work.writing() as session:
            session.get_one(Campaign, number).launch_forecast_id = made.forecast_id
    _at_once(monkeypatch, "ambassador.ui.forecasts.actions")
    calls = _caught(monkeypatch, "ambassador.ui.forecasts.actions.forecast_as_delivered")
    _press(open_app("forecast", campaign="1"), "Forecast again with the phones that arrived (1)")
    assert calls == [(work.engine.url, ForecastRequest(campaign_id=1), {})]


def test_a_file_goes_in_as_it_was_answered_and_its_columns_were_told(
    open_app: OpenApp, workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = b"u1,u2,weight\nlia,anna,2\nugo,anna,3\n"
    upload = Upload("ties.csv", data, hashlib.sha256(data).hexdigest())
    monkeypatch.setattr(import_actions, "choose_file", lambda: upload)
    _at_once(monkeypatch, "ambassador.ui.imports.actions")
    calls = _caught(monkeypatch, "ambassador.ui.imports.actions.import_file")
    campaign = add_launch(current_work())
    shown = _typed_in(monkeypatch, "Means", 2, "")
    app = open_app("imports", kind="ties", campaign=str(campaign))
    direction = next(one for one in app.radio if "reversed" in str(one.options))
    direction.set_value("reversed").run()
    _field(app, "checkbox", "Import nothing if a single row is bad").check().run()
    _press(app, "Import 2 rows")
    (_, kind, name, sent, options, _), = calls  # fmt: skip
    assert (kind, name, sent) == (ImportKind.TIES, "ties.csv", data)
    assert isinstance(options, ImportOptions)
    assert options.answers is not None
    assert options.answers["direction"] == "reversed"
    assert (options.all_or_nothing, options.campaign_id) == (True, campaign)
    assert shown[-1]["Column"].tolist() == ["u1", "u2", "weight"]
    told = {header for header, means in zip(shown[-1]["Column"], shown[-1]["Means"], strict=True) if means}
    assert told == {"u1", "u2", "weight"}
    assert options.mapping is not None
    assert set(options.mapping.columns.values()) == {"u1", "u2"}


@pytest.fixture
def campaign(workspace: str) -> int:
    """Give a live campaign of two who accepted; both have a phone reserved."""
    work = current_work()
    add_phones(work, 2)
    number = add_launch(work)
    for person in invite(work, number, "Ann", "Bea"):
        answer(work, person, AmbassadorStatus.ACCEPTED)
        reserve_device(work, person)
    launch_campaign(work, number)
    return number


def test_parcels_go_as_the_list_says_with_the_courier_and_day_that_were_typed(
    open_app: OpenApp, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = [line.custody_id for line in packing_list(current_work(), campaign)]
    calls = _caught(
        monkeypatch, "ambassador.ui.devices.sending.ship_devices", SimpleNamespace(shipped=(1, 2))
    )
    app = open_app("devices", campaign=str(campaign))
    _press(app, "Packing list")
    _field(app, "text_input", "Courier").set_value("GLS")
    _field(app, "date_input", "Sent on").set_value(date(2026, 5, 4))
    _press(app, "Packing list", "Send 2 parcels")
    ((_, parcels, courier, tracking, named),) = calls
    assert (parcels, courier, tracking, named) == (waiting, "GLS", "", {"on": date(2026, 5, 4)})


def test_what_is_noted_from_the_chase_list_is_noted_of_the_person_of_the_line(
    open_app: OpenApp, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    bea = next(row for row in list_ambassadors(current_work(), campaign) if row.label == "Bea")
    calls = _caught(monkeypatch, "ambassador.ui.campaigns.ambassador_actions.answer")
    app = open_app("campaigns", campaign=str(campaign))
    line = next(one.label for one in app.button if "Bea" in one.label)
    _press(app, line)
    assert [one.label for one in app.radio][-1] == "They have"
    _field(app, "radio", "They have").set_value("declined")
    _press(app, line)
    _field(app, "radio", "They have").set_value("declined")
    fate = _field(app, "radio", "And the phone")
    assert fate.value is None
    fate.set_value("it is back in stock")
    _field(app, "text_input", "Note").set_value("moved abroad")
    _press(app, line, "Note it")
    assert [call[1:4] for call in calls] == [(bea.id, AmbassadorStatus.DECLINED, "moved abroad")]


def test_a_row_of_the_table_of_ambassadors_is_saved_as_it_was_typed(
    open_app: OpenApp, campaign: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[pd.DataFrame] = []
    monkeypatch.setattr(st, "data_editor", lambda table, **_: shown.append(table), raising=False)
    report = SimpleNamespace(changed=(2,), conflicts=())
    calls = _caught(monkeypatch, "ambassador.ui.campaigns.editor.edit_ambassadors", report)
    rows = list_ambassadors(current_work(), campaign)
    app = open_app("campaigns", campaign=str(campaign))
    assert shown[-1]["who"].tolist() == [row.label for row in rows]
    typed = {"fee": 250.5, "deal": "loan", "next_action_on": "2026-05-20", "owner": "ines"}
    app.session_state[f"editor:{campaign}:0"] = {"edited_rows": {1: typed}}
    app.run()
    _press(app, "Save 1 row")
    ((_, (edit,), _),) = calls
    assert (edit.ambassador_id, edit.revision) == (rows[1].id, rows[1].revision)
    assert edit.changes == {
        "fee": edit.changes["fee"], "deal": Deal.LOAN, "next_action_on": date(2026, 5, 20), "owner": "ines",
    }  # fmt: skip
    assert (float(edit.changes["fee"].amount), edit.changes["fee"].currency) == (250.5, "EUR")


def _two_people() -> tuple[int, int]:
    ann = add_person(current_work(), NewPerson("Ann", "instagram", "ann", city="Bari"))
    return ann, add_person(current_work(), NewPerson("Bea", "instagram", "bea", city="Roma"))


def _edit_together() -> None:
    from ambassador.services.people.people import list_people
    from ambassador.ui.kit.workspace import current_work
    from ambassador.ui.people.edit_people import edit_together_dialog

    edit_together_dialog(list_people(current_work()).rows)


def test_several_people_are_saved_as_the_table_holds_them(
    workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _two_people()
    calls = _caught(monkeypatch, "ambassador.ui.people.edit_people.edit_people")
    shown = _typed_in(monkeypatch, "city", 1, "Lecce")
    app = AppTest.from_function(_edit_together, default_timeout=120).run()
    _press(app, "Save 1 change")
    ((_, (edit,), _),) = calls
    assert isinstance(edit, PersonEdit)
    assert shown[-1]["handle"].iloc[1] == ("instagram:bea" if edit.person_id == 2 else "instagram:ann")
    assert edit.changes == {"city": "Lecce"}
    assert edit.was["city"] == shown[-1]["city"].iloc[1]


def _merge() -> None:
    from ambassador.ui.people.actions import merge_dialog

    merge_dialog([1, 2])


def test_whoever_is_kept_in_a_merge_is_who_was_chosen(
    workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bea = _two_people()
    calls = _caught(monkeypatch, "ambassador.ui.people.actions.merge_people", (1,))
    app = AppTest.from_function(_merge, default_timeout=120).run()
    assert "**Ann** gets:" in _words(app)
    _field(app, "radio", "Keep").set_value(bea).run()
    assert "**Bea** gets:" in _words(app)
    _field(app, "text_input", "How do you know?").set_value("same telephone")
    _press(app, "Merge")
    assert calls == [(current_work().engine.url, bea, [ann], "same telephone", {})]


WALKED: dict[str, Callable[..., None]] = {
    "Send {count} parcel": test_parcels_go_as_the_list_says_with_the_courier_and_day_that_were_typed,
    "Import {count} row": test_a_file_goes_in_as_it_was_answered_and_its_columns_were_told,
    "Save {count} row": test_a_row_of_the_table_of_ambassadors_is_saved_as_it_was_typed,
    "Save {count} change": test_several_people_are_saved_as_the_table_holds_them,
    "Forecast again with the phones that arrived ({count})": (
        test_the_second_forecast_is_of_the_campaign_shown
    ),
    "Check again": test_the_past_that_is_checked_is_this_workspaces,
    "Learn again": test_it_is_learned_from_what_is_counted_on_the_page,
    "Compute": test_what_is_computed_about_a_pick_is_about_the_one_that_is_shown,
    "Recompute this pick": test_what_is_computed_about_a_pick_is_about_the_one_that_is_shown,
    "Merge": test_whoever_is_kept_in_a_merge_is_who_was_chosen,
}
"""What each of these is sent with: the words of its button, and the test that sends it."""
