"""What the Forecast page is told of the forecast it shows."""

import pytest

from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.forecasts.page_state import forecast_page_state
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastStanding
from ambassador.values.status import CampaignStatus
from tests.services.story import Story, tell


@pytest.fixture
def story(work: UnitOfWork) -> Story:
    found = tell(work)
    frozen = _forecast(work, found)
    with work.writing() as session:
        campaign = session.get_one(Campaign, found.campaign)
        campaign.launch_forecast_id, campaign.status = frozen, CampaignStatus.LIVE
    return found


def _forecast(work: UnitOfWork, story: Story, key: int = 7) -> int:
    request = ForecastRequest(campaign_id=story.campaign, handles=("nina",), runs=100, key=key)
    return forecast(work, request).forecast_id


def test_results_are_held_against_the_frozen_one_and_it_says_so(work: UnitOfWork, story: Story) -> None:
    desk = forecast_page_state(work, story.campaign)
    assert desk.standing is ForecastStanding.FROZEN
    with work.reading() as session:
        assert desk.campaign == session.get_one(Campaign, story.campaign).name


def test_the_campaign_is_named_where_none_was_chosen(work: UnitOfWork, story: Story) -> None:
    assert forecast_page_state(work).campaign == forecast_page_state(work, story.campaign).campaign != ""


def test_one_made_after_the_launch_is_not_taken_for_the_frozen_one(work: UnitOfWork, story: Story) -> None:
    later = _forecast(work, story, key=8)
    assert forecast_page_state(work, story.campaign, later).standing is ForecastStanding.LATER
    with work.writing() as session:
        session.get_one(Campaign, story.campaign).delivered_forecast_id = later
    assert forecast_page_state(work, story.campaign, later).standing is ForecastStanding.DELIVERED


def test_before_the_launch_nothing_is_held_against_a_forecast(work: UnitOfWork, story: Story) -> None:
    later = _forecast(work, story, key=8)
    with work.writing() as session:
        session.get_one(Campaign, story.campaign).status = CampaignStatus.DRAFT
    assert forecast_page_state(work, story.campaign, later).standing is ForecastStanding.OPEN
