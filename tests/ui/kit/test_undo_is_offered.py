"""What was just done on a page can be taken back there, once."""

import ast

from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.ambassadors import list_ambassadors
from ambassador.services.campaigns.campaign_view import campaign_draft
from ambassador.store.tables.campaigns import Campaign
from ambassador.ui.kit.workspace import current_work
from ambassador.values.status import AmbassadorStatus
from tests.conventions.sources import PACKAGE, called, modules, name_of, tree
from tests.services.launch import add_launch, invite
from tests.ui.conftest import OpenApp

WITHOUT_UNDO = {
    ("ambassador/ui/campaigns/actions.py", "new_campaign_dialog"): "a draft; it is archived beside",
    ("ambassador/ui/campaigns/ambassador_actions.py", "_begin"): "a draft; it is archived beside",
    ("ambassador/ui/imports/actions.py", "undo_dialog"): "asks first; the file can be brought in again",
    ("ambassador/ui/kit/notices.py", "_take_back"): "is the undo itself",
    ("ambassador/ui/people/actions.py", "_erase"): "asks twice, and is meant to last",
    ("ambassador/ui/workspace/backups.py", "backups_section"): "adds a backup; older ones go once confirmed",
}
"""What is done without an undo, and why that is no trap."""


def test_whatever_is_done_can_be_taken_back_or_it_is_said_why_not() -> None:
    found = {
        (name_of(path), function.name)
        for path in modules(PACKAGE / "ui")
        for function in tree(path).body
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and called(call) == "say_done"
        and not any(word.arg == "undo" for word in call.keywords)
    }
    assert found == set(WITHOUT_UNDO)


def _labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def _press(app: AppTest, *labels: str) -> None:
    """Press buttons together: a dialog stays open only while the button that opened it is pressed."""
    for label in labels:
        next(button for button in reversed(app.button) if button.label == label).click()
    app.run()
    assert not app.exception


def test_an_answer_that_was_noted_is_taken_back_where_it_was_noted(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    campaign = add_launch(work)
    invite(work, campaign, "Ann")
    app = open_app("campaigns", campaign=str(campaign))
    who = next(one for one in app.selectbox if one.label.startswith("Somebody answered"))
    who.set_value(who.options[0])
    _press(app, "Note what happened")
    next(one for one in app.radio if one.label == "They have").set_value("declined")
    _press(app, "Note what happened", "Note it")
    assert list_ambassadors(work, campaign)[0].status is AmbassadorStatus.DECLINED
    _press(app, "Undo")
    assert list_ambassadors(work, campaign)[0].status is AmbassadorStatus.INVITED
    assert "Undo" not in _labels(app)


def test_what_somebody_changed_since_is_told_beside_the_undo(open_app: OpenApp, workspace: str) -> None:
    work = current_work()
    campaign = add_launch(work)
    app = open_app("campaigns", campaign=str(campaign))
    _press(app, "Edit")
    next(one for one in app.text_input if one.label == "Name").set_value("Q1 in May")
    _press(app, "Edit", "Save")
    assert campaign_draft(work, campaign).name == "Q1 in May"
    with work.writing() as session:
        session.get_one(Campaign, campaign).name = "Q1 in June"
    _press(app, "Undo")
    assert any("Q1 in May became Q1 in June" in error.value for error in app.error)
    assert campaign_draft(work, campaign).name == "Q1 in June"
