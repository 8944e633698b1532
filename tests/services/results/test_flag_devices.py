"""Devices beside the forecast of whoever holds them."""

from ambassador.services.results.page_state import flag_devices
from ambassador.services.results.results import forecast_by_day, observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Forecast
from ambassador.values.results.results import IntervalPosition
from tests.services.story import freeze_forecast, tell


def test_silent_devices_and_those_outside_the_range_come_first(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, nina=[0, 1], leo=[0, 5])
    results = observe_results(work, story.campaign)
    found = flag_devices(work, results)
    assert len(found) == 4
    assert [one.name for one in found if one.is_flagged] == ["Nina", "Zoe"]
    by_name = {one.name: one for one in found}
    assert by_name["Nina"].talkers.standing is IntervalPosition.ABOVE
    assert (by_name["Leo"].talkers.standing, by_name["Leo"].is_silent) == (IntervalPosition.INSIDE, False)


def test_of_two_devices_the_last_one_carries_the_silence(work: UnitOfWork) -> None:
    story = tell(work)
    results = observe_results(work, story.campaign)
    zoe = [one for one in flag_devices(work, results) if one.name == "Zoe"]
    assert sorted(one.is_silent for one in zoe) == [False, True]
    assert {one.days for one in zoe} <= {0, 10}


def test_what_leads_is_compared_not_what_the_network_would_have_said(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, nina=[0, 1], leo=[0, 5])
    with work.writing() as session:
        campaign = session.get(Campaign, story.campaign)
        assert campaign and campaign.launch_forecast_id
        frozen = session.get(Forecast, campaign.launch_forecast_id)
        assert frozen
        network = frozen.result
        many = {"mean": 30.0, "low": 29.0, "high": 31.0, "50": [28, 32], "80": [20, 40], "90": [15, 50]}
        past = {
            **network,
            "talkers": many,
            "by_day": [{"day": day, **many} for day in range(1, 25)],
            "by_person": [{**one, "talkers": many} for one in network["by_person"]],
            "mentions": many,
        }
        second = Forecast(
            **{**frozen.model_dump(exclude={"id"}), "result": {**network, "past": past, "past_results": many}}
        )
        session.add(second)
        session.flush()
        campaign.launch_forecast_id = second.id
    results = observe_results(work, story.campaign)
    assert results.by_the_end.quantiles[90] == (15, 50)
    assert results.mentions.quantiles[90] == (15, 50)
    assert results.talkers.standing is IntervalPosition.BELOW  # by this day, too
    assert {row.talkers.quantiles.get(90) for row in results.rows} == {(15, 50), None}
    by_name = {one.name: one for one in flag_devices(work, results)}
    assert by_name["Nina"].talkers.interval(90) == (15, 50)
    assert forecast_by_day(work, story.campaign)[0].quantiles[90] == (15, 50)
