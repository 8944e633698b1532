"""The second forecast of a running campaign: for those whose phone arrived, frozen once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from ambassador.errors import BadInputError, IllegalStatusChangeError
from ambassador.services.forecasts.as_delivered import forecast_as_delivered
from ambassador.services.forecasts.forecasts import forecast
from ambassador.services.forecasts.page_state import forecast_page_state
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastStanding
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.status import CampaignStatus
from tests.services.story import FIRST_DAY, Story, add_ambassador, add_campaign, give_device


@pytest.fixture
def story(work: UnitOfWork) -> Story:
    """Nina's phone arrived on the third day, Leo's is under way, Zoe has none; a forecast is frozen."""
    found = Story()
    with work.writing() as session:
        found.campaign = add_campaign(session)
        for handle in ("nina", "leo", "zoe"):
            add_ambassador(session, found, handle, 1_000)
        give_device(session, found.ambassadors["nina"], delivered_at=FIRST_DAY + timedelta(days=2))
        give_device(session, found.ambassadors["leo"], delivered_at=None)
    first = forecast(work, asked(found)).forecast_id
    with work.writing() as session:
        session.get_one(Campaign, found.campaign).launch_forecast_id = first
    return found


def asked(story: Story) -> ForecastRequest:
    return ForecastRequest(campaign_id=story.campaign, runs=200, key=7)


def test_it_holds_those_whose_phone_arrived_and_is_a_second_line_beside_the_first(
    work: UnitOfWork, story: Story
) -> None:
    assert forecast_page_state(work, story.campaign).arrived == 1
    view = forecast_as_delivered(work, asked(story))
    assert [one.handle for one in view.people] == ["nina"]
    desk = forecast_page_state(work, story.campaign)
    assert (desk.standing, desk.arrived) == (ForecastStanding.FROZEN, 0)
    assert desk.view is not None and len(desk.view.people) == 3
    assert desk.delivered == view.leading.result.by_day
    second = forecast_page_state(work, story.campaign, view.forecast_id)
    assert (second.standing, second.delivered) == (ForecastStanding.DELIVERED, ())
    results = observe_results(work, story.campaign)
    assert results.as_delivered == view.result.headline


def test_it_takes_the_tie_probabilities_of_the_first(work: UnitOfWork, story: Story) -> None:
    with work.writing() as session:
        nina = session.exec(select(Account).where(Account.handle == "nina")).one()
        leo = session.exec(select(Account).where(Account.handle == "leo")).one()
        session.add(Tie(source_id=nina.id, target_id=leo.id, platform="instagram", given_probability=0.5))
    first = forecast(work, replace(asked(story), probabilities=ProbabilityRule.parse("constant:0.25")))
    with work.writing() as session:
        session.get_one(Campaign, story.campaign).launch_forecast_id = first.forecast_id
    assert forecast_as_delivered(work, asked(story)).probabilities == "constant:0.25"


def test_it_is_frozen_once(work: UnitOfWork, story: Story) -> None:
    first = forecast_as_delivered(work, asked(story))
    with pytest.raises(IllegalStatusChangeError, match="no second one"):
        forecast_as_delivered(work, asked(story))
    with work.reading() as session:
        assert session.get_one(Campaign, story.campaign).delivered_forecast_id == first.forecast_id


@pytest.mark.parametrize("status", [CampaignStatus.DRAFT, CampaignStatus.CLOSED])
def test_a_campaign_that_is_not_live_has_none(work: UnitOfWork, story: Story, status: CampaignStatus) -> None:
    with work.writing() as session:
        session.get_one(Campaign, story.campaign).status = status
    assert forecast_page_state(work, story.campaign).arrived == 0
    with pytest.raises(IllegalStatusChangeError, match="needs to be live"):
        forecast_as_delivered(work, asked(story))


def test_without_a_first_forecast_or_a_phone_or_a_campaign_it_says_what_is_missing(
    work: UnitOfWork, story: Story
) -> None:
    with pytest.raises(BadInputError, match="which campaign"):
        forecast_as_delivered(work, ForecastRequest(handles=("nina",)))
    with work.writing() as session:
        other = add_campaign(session, "Q2")
    with pytest.raises(IllegalStatusChangeError, match="frozen at its launch"):
        forecast_as_delivered(work, ForecastRequest(campaign_id=other))
    with work.writing() as session:
        session.get_one(Campaign, other).launch_forecast_id = 1
    with pytest.raises(BadInputError, match="no phone of Q2 has arrived yet"):
        forecast_as_delivered(work, ForecastRequest(campaign_id=other))
