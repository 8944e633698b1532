"""What was just done on a page can be taken back there, once."""

from streamlit.testing.v1 import AppTest

from ambassador.services.campaigns.ambassadors import list_ambassadors
from ambassador.services.campaigns.campaign_view import campaign_draft
from ambassador.store.tables.campaigns import Campaign
from ambassador.ui.kit.workspace import current_work
from ambassador.values.status import AmbassadorStatus
from tests.services.launch import add_launch, invite
from tests.ui.conftest import OpenApp


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
