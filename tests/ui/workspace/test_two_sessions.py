"""Two browsers with the same form open: the second is told what changed, and keeps what was typed."""

import ast
from datetime import date
from typing import Final

import pytest
from streamlit.testing.v1 import AppTest

from ambassador.errors import EditedMeanwhileError
from ambassador.services.activations.activation_view import open_activation
from ambassador.services.activations.moments import moment_draft
from ambassador.services.campaigns.brand_accounts import list_brand_accounts, set_brand_accounts
from ambassador.services.campaigns.campaign_view import open_campaign
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.care.moves import case_fields
from ambassador.services.care.opening import open_case
from ambassador.services.care.rules import list_promises, read_calendar
from ambassador.services.devices.dispatch import sending_rules
from ambassador.services.people.edit_people import edit_people
from ambassador.services.people.people import list_people
from ambassador.services.people.person_card import open_person
from ambassador.services.workspace import score_settings
from ambassador.ui.kit.workspace import current_work
from ambassador.ui.people.edit_people import _TOGETHER, _cells, edits_of
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.care.cases import CaseDraft
from ambassador.values.devices import AgreementRule
from ambassador.values.money import Money
from ambassador.values.people.people import PersonEdit
from tests.people_samples import made
from tests.services.activations.moments import evening
from tests.services.activations.rounds import opened
from tests.ui.conftest import ROOT, OpenApp

DRAFT = CampaignDraft("Launch", date(2026, 5, 1), date(2026, 5, 24))


def press(app: AppTest, label: str) -> AppTest:
    found = next(button for button in app.button if button.label == label)
    return found.click().run()


def field(app: AppTest, kind: str, label: str):
    return next(one for one in getattr(app, kind) if one.label.startswith(label))


def told(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(box.value for box in app.warning if "Not saved" in box.value)


def test_our_accounts_in_two_browsers(open_app: OpenApp) -> None:
    set_brand_accounts(current_work(), ["x:brezza"])
    hers, his = open_app("workspace"), open_app("workspace")
    hers.text_area[0].set_value("x:brezza\nx:hers")
    assert not told(press(hers, "Save our accounts"))
    his.text_area[0].set_value("x:brezza\nx:his")
    press(his, "Save our accounts")
    assert "x:hers" in told(his).replace("\\", "")
    assert his.text_area[0].value == "x:brezza\nx:his"
    assert list_brand_accounts(current_work()) == ("x:brezza", "x:hers")
    assert not told(press(his, "Save our accounts"))
    assert list_brand_accounts(current_work()) == ("x:brezza", "x:his")
    assert hers.run().text_area[0].value == "x:brezza\nx:hers"  # nothing moves under her hands


def test_score_weights_in_two_browsers(open_app: OpenApp) -> None:
    hers, his = open_app("workspace"), open_app("workspace")
    field(hers, "number_input", "Reach").set_value(3.0)
    assert not told(press(hers, "Save"))
    field(his, "number_input", "Reach").set_value(4.0)
    field(his, "number_input", "Accounts nearest").set_value(9)
    press(his, "Save")
    assert "Reach: 3" in told(his)
    assert (field(his, "number_input", "Reach").value, score_settings(current_work()).nearest) == (4.0, 50)
    assert not told(press(his, "Save"))
    now = score_settings(current_work())
    assert (now.weights["reach"], now.nearest) == (4.0, 9)


def _sending() -> None:
    from ambassador.ui.devices.sending import sending_rules_dialog

    sending_rules_dialog()


def test_sending_rules_in_two_browsers(workspace: str) -> None:
    hers, his = (AppTest.from_function(_sending, default_timeout=120).run() for _ in range(2))
    field(hers, "text_input", "Sender").set_value("Hers").run()
    hers.radio[0].set_value(AgreementRule.REFUSE).run()
    assert not told(press(hers, "Save the rule and the name"))
    field(his, "text_input", "Sender").set_value("His").run()
    press(his, "Save the rule and the name")
    assert "Hers" in told(his)
    assert field(his, "text_input", "Sender").value == "His"
    assert not told(press(his, "Save the rule and the name"))
    rules = sending_rules(current_work())
    assert (rules.brand, rules.unsigned) == ("His", AgreementRule.REFUSE)


def test_words_that_go_with_a_phone_in_two_browsers(workspace: str) -> None:
    hers, his = (AppTest.from_function(_sending, default_timeout=120).run() for _ in range(2))
    field(hers, "text_area", "Words").set_value("hers {brand}").run()
    assert not told(press(hers, "Use these words"))
    field(his, "text_area", "Words").set_value("his {brand}").run()
    press(his, "Use these words")
    assert "hers {brand}" in told(his).replace("\\", "")
    assert field(his, "text_area", "Words").value == "his {brand}"
    assert not told(press(his, "Use these words"))
    assert "his {brand}" in {one.text for one in sending_rules(current_work()).notices}


def _editing() -> None:
    from ambassador.services.campaigns.campaign_view import open_campaign
    from ambassador.ui.campaigns.actions import edit_campaign_dialog
    from ambassador.ui.kit.workspace import current_work

    edit_campaign_dialog(open_campaign(current_work(), 1))


def test_editing_a_campaign_in_two_browsers(workspace: str) -> None:
    number = create_campaign(current_work(), DRAFT)
    hers, his = (AppTest.from_function(_editing, default_timeout=120).run() for _ in range(2))
    field(hers, "text_area", "Notes").set_value("hers").run()
    field(hers, "text_input", "Product").set_value("Phone").run()
    field(hers, "text_input", "Hashtags").set_value("#hers").run()
    assert not told(press(hers, "Save"))
    field(his, "text_area", "Notes").set_value("his").run()
    field(his, "text_input", "Keywords").set_value("his").run()
    press(his, "Save")
    assert "Notes: hers" in told(his)
    assert field(his, "text_area", "Notes").value == "his"
    assert not told(press(his, "Save"))
    view = open_campaign(current_work(), number)
    assert (view.notes, view.card.product) == ("his", "Phone")
    assert (view.rule.rule.hashtags, view.rule.rule.keywords) == (("#hers",), ("his",))


def _person() -> None:
    from ambassador.ui.people.actions import person_dialog

    person_dialog(1)


def test_one_person_in_two_browsers(workspace: str) -> None:
    made(current_work(), "anna", city="Bari", fee_minor=10_000, fee_currency="EUR", topics=["bikes"])
    hers, his = (AppTest.from_function(_person, default_timeout=120).run() for _ in range(2))
    field(hers, "text_input", "City").set_value("Lecce")
    field(hers, "text_input", "Topics").set_value("bikes, food")
    assert not told(press(hers, "Save"))
    field(his, "text_input", "City").set_value("Taranto")
    field(his, "text_area", "Notes").set_value("his")
    field(his, "number_input", "Usual fee").set_value(250.0)
    press(his, "Save")
    assert "City: Lecce" in told(his)
    assert "food" not in told(his)  # which he did not touch
    assert (field(his, "text_input", "City").value, field(his, "text_area", "Notes").value) == (
        "Taranto", "his",
    )  # fmt: skip
    assert not told(press(his, "Save"))
    card = open_person(current_work(), 1)
    assert (card.row.city, card.notes, card.row.topics) == ("Taranto", "his", ("bikes", "food"))
    assert card.row.fee == Money(25_000, "EUR")


def test_several_people_in_two_browsers(workspace: str) -> None:
    for handle in ("anna", "bea"):
        made(current_work(), handle, city="Bari")
    rows = list_people(current_work()).rows
    seen = {row.id: {name: getattr(row, name) for name in _TOGETHER} for row in rows}
    edit_people(current_work(), [PersonEdit(1, {"city": "Lecce"})])
    cells = [{**_cells(row), "city": "Taranto"} for row in rows]
    with pytest.raises(EditedMeanwhileError) as error:
        edit_people(current_work(), edits_of(rows, cells, seen))
    assert error.value.theirs == {"Anna: city": "Lecce"}
    assert list_people(current_work()).rows[1].city == "Bari"  # all or nothing
    seen.update(error.value.seen)
    edit_people(current_work(), edits_of(rows, cells, seen))
    assert [row.city for row in list_people(current_work()).rows] == ["Taranto", "Taranto"]


def _with_activation(open_app: OpenApp, number: int) -> AppTest:
    app = open_app("activations")
    app.session_state["_activation_opened"] = number
    return app.run()


def _in_dialog(app: AppTest, *labels: str) -> AppTest:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(one for one in reversed(app.button) if one.label == label).click()
    return app.run()


def test_an_idea_in_two_browsers(open_app: OpenApp) -> None:
    number = opened(current_work())
    hers, his = (_with_activation(open_app, number) for _ in range(2))
    for app, name in ((hers, "Hers"), (his, "His")):
        which = field(_in_dialog(app, "Ideas"), "selectbox", "Which one")
        which.set_value(which.options[1])
        field(_in_dialog(app, "Ideas"), "text_input", "What it is").set_value(name)
    assert not told(_in_dialog(hers, "Ideas", "Save"))
    assert "Hers" in told(_in_dialog(his, "Ideas", "Save"))
    assert open_activation(current_work(), number).entries[0].title == "Hers"
    assert field(his, "text_input", "What it is").value == "His"
    assert not told(_in_dialog(his, "Ideas", "Save"))
    assert open_activation(current_work(), number).entries[0].title == "His"


def test_an_activation_in_two_browsers(open_app: OpenApp) -> None:
    number = opened(current_work())
    hers, his = (_with_activation(open_app, number) for _ in range(2))
    for app, name in ((hers, "Hers"), (his, "His")):
        field(_in_dialog(app, "Edit"), "text_input", "Title").set_value(name)
    assert not told(_in_dialog(hers, "Edit", "Save"))
    assert "Hers" in told(_in_dialog(his, "Edit", "Save"))
    assert not told(_in_dialog(his, "Edit", "Save"))
    assert open_activation(current_work(), number).card.title == "His"


def test_a_moment_in_two_browsers(open_app: OpenApp) -> None:
    number = evening(current_work(), None)
    hers, his = (_with_activation(open_app, number) for _ in range(2))
    for app, name in ((hers, "Hers"), (his, "His")):
        field(_in_dialog(app, "When and where"), "text_input", "Where").set_value(name)
    assert not told(_in_dialog(hers, "When and where", "Save"))
    assert "Hers" in told(_in_dialog(his, "When and where", "Save"))
    assert not told(_in_dialog(his, "When and where", "Save"))
    found = moment_draft(current_work(), number)
    assert found is not None
    assert found.place == "His"


def _with_case(open_app: OpenApp, number: int) -> AppTest:
    app = open_app("care")
    app.session_state["_case_opened"] = number
    return app.run()


def test_a_case_in_two_browsers(open_app: OpenApp) -> None:
    number = open_case(current_work(), CaseDraft("Where?")).id
    hers, his = (_with_case(open_app, number) for _ in range(2))
    for app, name in ((hers, "Hers"), (his, "His")):
        field(_in_dialog(app, "Edit"), "text_input", "Subject").set_value(name)
    assert not told(_in_dialog(hers, "Edit", "Save"))
    assert "Hers" in told(_in_dialog(his, "Edit", "Save"))
    assert not told(_in_dialog(his, "Edit", "Save"))
    assert case_fields(current_work(), number).subject == "His"


def test_opening_hours_in_two_browsers_leave_a_promise_that_is_being_typed(open_app: OpenApp) -> None:
    hers, his = open_app("care"), open_app("care")
    field(hers, "text_input", "First answer within").set_value("4h")
    for app, hours in ((hers, "9-17"), (his, "8-12")):
        app.text_input(key="care-hours:0:day0").set_value(hours)
    assert not told(_in_dialog(his, "Save the opening hours"))
    assert "480, 720" in told(_in_dialog(hers, "Save the opening hours"))
    assert hers.text_input(key="care-hours:0:day0").value == "9-17"
    assert field(hers, "text_input", "First answer within").value == "4h"
    assert not told(_in_dialog(hers, "Save the opening hours"))
    assert read_calendar(current_work()).hours == {0: ((540, 1020),)}
    assert field(hers, "text_input", "First answer within").value == "4h"


def test_a_promise_in_two_browsers(open_app: OpenApp) -> None:
    hers, his = open_app("care"), open_app("care")
    for app, hours in ((hers, "4h"), (his, "2h")):
        field(app, "text_input", "First answer within").set_value(hours)
    assert not told(_in_dialog(hers, "Save the promise"))
    assert "240" in told(_in_dialog(his, "Save the promise"))
    assert not told(_in_dialog(his, "Save the promise"))
    assert list_promises(current_work())[0].first_minutes == 120


EDITING: Final = {
    "care/acting.py edit_case_dialog": "test_a_case_in_two_browsers",
    "care/rules.py calendar_form": "test_opening_hours_in_two_browsers_leave_a_promise_that_is_being_typed",
    "care/rules.py promise_form": "test_a_promise_in_two_browsers",
    "activations/actions.py _ask_entry": "test_an_idea_in_two_browsers",
    "activations/actions.py edit_activation_dialog": "test_an_activation_in_two_browsers",
    "activations/moments.py moment_dialog": "test_a_moment_in_two_browsers",
    "campaigns/actions.py edit_campaign_dialog": "test_editing_a_campaign_in_two_browsers",
    "campaigns/editor.py ambassador_editor": "tests/ui/campaigns/test_ambassador_editor.py",
    "devices/sending.py _ask_rule": "test_sending_rules_in_two_browsers",
    "devices/sending.py _ask_words": "test_words_that_go_with_a_phone_in_two_browsers",
    "incidents/watching.py watch_dialog": "tests/ui/mentions/test_incidents_on_mentions.py",
    "perimeters/actions.py edit_perimeter_dialog": "tests/ui/mentions/test_perimeters_on_mentions.py",
    "people/edit_people.py edit_together_dialog": "test_several_people_in_two_browsers",
    "people/edit_people.py person_form": "test_one_person_in_two_browsers",
    "workspace/brand_accounts.py brand_accounts_form": "test_our_accounts_in_two_browsers",
    "workspace/score_settings.py score_settings_form": "test_score_weights_in_two_browsers",
}
"""Every form that edits what is stored, and the test in which two people have it open."""
NOT_EDITING: Final = {
    "care/bringing.py bring_in_dialog": "adds",
    "tone/files.py labels_dialog": "adds; a label that was there stays in the history",
    "tone/labelling.py label_dialog": "adds; a label that was there stays in the history",
    "care/acting.py join_dialog": "a step that is refused where it was taken already",
    "care/acting.py new_case_dialog": "adds",
    "care/acting.py minutes_dialog": "a step that is refused where it was taken already",
    "care/acting.py rate_dialog": "adds",
    "care/acting.py split_dialog": "a step that is refused where it was taken already",
    "activations/actions.py entry_dialog": "holds a form of its own",
    "activations/actions.py new_activation_dialog": "adds",
    "activations/checklist.py _own_dialog": "adds",
    "activations/checklist.py _pass_dialog": "adds",
    "activations/jury.py mark_dialog": "adds",
    "activations/questions.py _answer_dialog": "adds",
    "activations/questions.py _merge_dialog": "adds",
    "activations/questions.py _refuse_dialog": "adds",
    "activations/questions.py question_dialog": "adds",
    "activations/replies.py post_dialog": "adds",
    "activations/votes.py file_dialog": "adds",
    "activations/votes.py vote_dialog": "adds",
    "campaigns/actions.py invite_dialog": "adds",
    "incidents/opened.py close_dialog": "a step that is refused where it was taken already",
    "incidents/opened.py dismiss_dialog": "a step that is refused where it was taken already",
    "perimeters/actions.py new_perimeter_dialog": "adds",
    "campaigns/actions.py launch_dialog": "a step that is refused where it was taken already",
    "campaigns/actions.py new_campaign_dialog": "adds",
    "campaigns/ambassador_actions.py answer_dialog": "a step that is refused where it was taken already",
    "campaigns/ambassador_actions.py confirm_pick_dialog": "adds",
    "cascades/actions.py open_cascade": "shows",
    "devices/actions.py add_device_dialog": "adds",
    "devices/actions.py device_dialog": "a step that is refused where it was taken already",
    "devices/actions.py reserve_dialog": "a step that is refused where it was taken already",
    "devices/actions.py scan_box": "a step that is refused where it was taken already",
    "devices/courier_words.py _ask_which": "takes off what is there",
    "devices/courier_words.py _ask_word": "adds",
    "devices/courier_words.py courier_words_dialog": "adds, or takes off what is there",
    "devices/sending.py packing_dialog": "a step that is refused where it was taken already",
    "devices/sending.py sending_rules_dialog": "holds two forms of its own",
    "forecasts/actions.py _freeze_dialog": "adds",
    "forecasts/actions.py forecast_form": "asks for a computation",
    "imports/actions.py undo_dialog": "a step that is refused where it was taken already",
    "imports/form.py _edit_mapping": "asks how to read a file",
    "kit/who.py _form": "of one browser alone",
    "live/actions.py _add_dialog": "adds",
    "mentions/actions.py paste_dialog": "adds",
    "people/actions.py add_person_dialog": "adds",
    "people/actions.py merge_dialog": "a step that is refused where it was taken already",
    "people/actions.py person_dialog": "holds a form of its own",
    "picks/actions.py swap_by_hand": "asks for a computation",
    "picks/form.py _form": "asks for a computation",
    "results/actions.py log_outcome_dialog": "adds",
}
_FORMS: Final = frozenset({"st.form", "st.data_editor", "st.dialog", "OpenForm"})


def forms() -> set[str]:
    """Name every function of the screens that draws a form, an editor or a dialog."""
    folder = ROOT / "ambassador" / "ui"
    return {
        f"{path.relative_to(folder).as_posix()} {function.name}"
        for path in folder.rglob("*.py")
        for function in ast.parse(path.read_text("utf-8")).body
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(one, ast.Call) and ast.unparse(one.func) in _FORMS for one in ast.walk(function))
    }


def test_every_form_that_edits_what_is_stored_is_tried_by_two() -> None:
    assert not set(EDITING) & set(NOT_EDITING)
    assert forms() == set(EDITING) | set(NOT_EDITING)
    for test in EDITING.values():
        assert test in globals() or (ROOT / test).is_file()
