"""The first page as a reader meets it."""

from ambassador.ui.kit.workspace import current_work
from ambassador.values.forecasts.standing import TIES_WON
from tests.conftest import NOW
from tests.services.story import freeze_forecast, tell
from tests.ui.conftest import OpenApp


def test_an_empty_workspace_offers_the_first_steps(open_app: OpenApp) -> None:
    app = open_app("home")
    labels = {button.label for button in app.button}
    assert {"Import people", "Import mentions"} <= labels
    assert not app.exception


def test_a_running_campaign_shows_its_figure_and_todays_list(open_app: OpenApp) -> None:
    story = tell(current_work())
    freeze_forecast(current_work().at(NOW), story)
    app = open_app("home")
    assert not app.exception
    assert app.metric[0].label == "Q1 Launch: people who talk so far"
    assert app.metric[0].value == "5"
    assert "late" in app.metric[1].value
    assert any(TIES_WON in caption.value for caption in app.caption)
