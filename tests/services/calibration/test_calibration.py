"""How earlier forecasts turned out, by closed campaigns and by past cascades."""

from datetime import datetime

import numpy as np
import pytest
from sqlmodel import Session, select

from ambassador.errors import FrozenRecordError
from ambassador.services.calibration import calibration
from ambassador.services.calibration.calibration import check_calibration, read_calibration
from ambassador.services.calibration.calibration_record import network_beats
from ambassador.services.forecasts.forecast_from_past import drawn_sizes
from ambassador.services.forecasts.forecast_problem import PastLaws, _past_of_now
from ambassador.services.forecasts.forecasts import forecast, recompute_forecast
from ambassador.services.networks.rung import describe_rung
from ambassador.services.stored_json import from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.network import ParameterSet
from ambassador.values.calibration.calibration import OwnPastCheck, Way
from ambassador.values.forecasts.forecasts import ForecastRequest, ForecastView
from ambassador.values.imports.imports import Progress
from ambassador.values.status import CampaignStatus
from tests.services.habits import LOUD, QUIET, by_habit
from tests.services.past import write_cascades, write_ties
from tests.services.story import freeze_forecast, tell


def test_nothing_is_judged_in_an_empty_workspace(work: UnitOfWork) -> None:
    record = check_calibration(work)
    assert (record.log, record.campaigns.campaigns) == (None, 0)
    assert record.own_past is not None and record.own_past.cascades_missing > 0


def test_too_few_cascades_are_not_judged(work: UnitOfWork) -> None:
    by_habit(work, 25)
    assert check_calibration(work).log is None


def test_past_results_are_best_where_people_differ_and_the_check_is_kept(work: UnitOfWork) -> None:
    by_habit(work)
    before = describe_rung(work).number
    record = check_calibration(work)
    log = record.log
    assert log is not None
    assert (log.cascades, log.history) == (22, 51)  # the last week is not over yet
    past, pooled = log.of(Way.PAST), log.of(Way.POOLED)
    assert past is not None and pooled is not None
    assert past.interval_score < pooled.interval_score / 2
    assert all(one.is_kept for one in past.coverage if one.level >= 80)
    assert sum(past.histogram) == log.cascades == len(log.judged)
    assert log.of(Way.FOLLOWERS) is None
    assert (log.of(Way.NETWORK), log.network_beats) == (None, None)
    assert "no ties" in log.network_reason
    assert read_calibration(work) == record
    assert describe_rung(work).number == before
    with pytest.raises(FrozenRecordError), work.writing() as session:
        session.exec(select(ParameterSet)).one().metrics = {}


def test_the_network_beats_past_results_where_it_alone_tells_starters_apart(work: UnitOfWork) -> None:
    rng = np.random.default_rng(2)
    listeners = {f"s{place}": 12 if place % 2 else 1 for place in range(100)}
    ties = [(starter, f"{starter}-{one}") for starter, count in listeners.items() for one in range(count)]
    write_ties(work, ties)
    joined = {
        starter: [f"{starter}-{one}" for one in range(count) if rng.random() < 0.8]
        for starter, count in listeners.items()
    }
    write_cascades(work, list(joined.items()))
    log = check_calibration(work).log
    assert log is not None
    network, past = log.of(Way.NETWORK), log.of(Way.PAST)
    assert network is not None and past is not None
    assert network.interval_score < past.interval_score / 2
    with work.reading() as session:
        assert network_beats(session) is True


def test_where_the_network_does_not_beat_them_past_results_lead_and_the_network_is_a_what_if(
    work: UnitOfWork,
) -> None:
    by_habit(work)
    write_ties(work, [("quiet", one) for one in LOUD] + [("loud", one) for one in QUIET])
    assert check_calibration(work).log.network_beats is False  # type: ignore[union-attr]
    loud = forecast(work, ForecastRequest(("loud",), runs=500, key=1))
    quiet = forecast(work, ForecastRequest(("quiet",), runs=500, key=1))
    assert loud.result.past_results is not None and quiet.result.past_results is not None
    assert loud.result.headline == loud.result.past_results
    assert quiet.result.past_results.quantiles[90][1] < 5 < loud.result.past_results.quantiles[90][0]
    assert recompute_forecast(work, loud.forecast_id) == loud.result
    _past_has_days(loud)


def _past_has_days(view: ForecastView) -> None:
    past, network = view.result.past, view.result.by_network
    assert past is not None and view.result.leading == past and network.past is None
    assert past.by_day[-1].quantiles == past.talkers.quantiles == view.result.headline.quantiles
    means = [one.mean for one in past.by_day]
    assert means == sorted(means) and len(means) == past.horizon_days
    assert means[-2] < 0.9999 * means[-1]  # it ends when nearly all of the talk is there
    assert past.by_person[0].talkers == past.talkers
    shown = view.leading
    assert shown.from_past and shown.people[0].talkers == past.talkers
    assert view.by_network.result.headline == network.talkers


def test_forecasts_by_past_results_recorded_before_they_had_days_are_read_and_computed_again() -> None:
    kept = {"expected": [1.0, 3.0], "residuals": [-0.5, 0.0, 0.5]}
    laws = from_json(PastLaws, _past_of_now(kept))
    assert laws == PastLaws(((0.5, 1.0, 1.5), (2.5, 3.0, 3.5)))
    place = np.random.default_rng(7).integers(3, size=(50, 2))
    slow = np.round(np.exp(np.array([1.0, 3.0]) + np.array(kept["residuals"])[place]))
    assert drawn_sizes(laws, (50, 2), np.random.default_rng(7)).tolist() == np.maximum(slow, 1).tolist()


def test_closed_campaigns_are_judged_by_their_frozen_forecast(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, nina=[0, 1], leo=[0, 5])
    assert read_calibration(work).campaigns.campaigns == 0
    with work.writing() as session:
        campaign = session.get(Campaign, story.campaign)
        assert campaign
        campaign.status = CampaignStatus.CLOSED
    found = read_calibration(work).campaigns
    assert found.campaigns == 1
    assert [(one.inside, one.of) for one in found.ambassadors] == [(1, 2)] * 3
    assert [(one.inside, one.of) for one in found.totals] == [(1, 2)] * 3  # people inside, views above
    assert {one.label for one in found.judged} == {"Nina", "Leo"}


def test_the_same_past_is_not_looked_at_twice(
    sqlite_work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_habit(sqlite_work)
    first = check_calibration(sqlite_work)
    asked: list[str] = []
    real = calibration.check_own_past

    def again(session: Session, now: datetime, *, progress: Progress) -> OwnPastCheck:
        asked.append("own past")
        return real(session, now, progress=progress)

    monkeypatch.setattr(calibration, "check_own_past", again)
    monkeypatch.setattr(calibration, "network_samples", lambda *_: pytest.fail("judged again"))
    assert check_calibration(sqlite_work).log == first.log
    assert not asked
    monkeypatch.undo()
    monkeypatch.setattr(calibration, "check_own_past", again)
    write_ties(sqlite_work, [("left", "right")])
    check_calibration(sqlite_work)
    assert asked == ["own past"]
