"""Forecasting a running campaign again, with the phones that arrived."""

import time

from streamlit.testing.v1 import AppTest

from ambassador.services.forecasts.forecasts import forecast
from ambassador.store.tables.campaigns import Campaign
from ambassador.ui.kit.workspace import current_work
from ambassador.values.forecasts.forecasts import ForecastRequest
from tests.services.story import Story, add_ambassador, add_campaign, give_device
from tests.ui.conftest import OpenApp


def _running_campaign() -> int:
    work, story = current_work(), Story()
    with work.writing() as session:
        story.campaign = add_campaign(session)
        for handle in ("nina", "leo"):
            add_ambassador(session, story, handle, 1_000)
        give_device(session, story.ambassadors["nina"])
    first = forecast(work, ForecastRequest(campaign_id=story.campaign, runs=100, key=1))
    with work.writing() as session:
        session.get_one(Campaign, story.campaign).launch_forecast_id = first.forecast_id
    return story.campaign


def _again(app: AppTest) -> list[object]:
    return [one for one in app.button if "phones that arrived" in one.label]


def test_the_button_makes_the_second_forecast_once(open_app: OpenApp, workspace: str) -> None:
    campaign = _running_campaign()
    app = open_app("forecast", campaign=str(campaign))
    assert not app.exception
    (button,) = _again(app)
    assert button.label == "Forecast again with the phones that arrived (1)"  # type: ignore[attr-defined]
    button.click().run()  # type: ignore[attr-defined]
    for _ in range(100):
        with current_work().reading() as session:
            second = session.get_one(Campaign, campaign).delivered_forecast_id
        if second is not None:
            break
        time.sleep(0.1)
    assert second is not None
    app.run()
    assert not app.exception
    assert not _again(app)
    captions = " ".join(one.value for one in app.caption)
    assert "frozen later, with the phones that really arrived" in captions
