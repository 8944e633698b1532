"""Where only mentions are known, the people whose posts brought strangers before are found."""

import numpy as np

from ambassador.services.forecasts.forecasts import forecast, recompute_forecast
from ambassador.services.mentions.refresh import refresh_in
from ambassador.services.picks.alternatives import what_if
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.services.work import UnitOfWork
from ambassador.values.forecasts.forecasts import ForecastRequest
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.picks import PickRequest
from tests.services.past import write_cascades

LOUD = {f"loud{place}": 40 for place in range(3)}
ALL = {**LOUD, **{f"quiet{place}": 4 for place in range(9)}}


def once_each(work: UnitOfWork) -> None:
    """Write five posts of each starter, answered by people nobody sees twice."""
    rng, posts, seen = np.random.default_rng(3), [], 0
    for starter in rng.permutation(sorted(ALL) * 5).tolist():
        joined = int(rng.poisson(ALL[starter]))
        posts.append((starter, [f"once{seen + one}" for one in range(joined)]))
        seen += joined
    write_cascades(work, posts)
    with work.writing() as session:
        refresh_in(session, work)


def test_the_best_starters_are_picked_and_forecast_alike(work: UnitOfWork) -> None:
    once_each(work)
    answer = pick_ambassadors(work, PickRequest(3, key=1, runs=2_000))
    assert {one.handle for one in answer.picks} == set(LOUD)
    assert answer.spread is not None and answer.certificate is not None
    assert 100 < answer.spread.mean < 150
    assert answer.certificate > 0.999
    # the last week is not over yet
    assert answer.standing is not None and answer.standing.values == {"cascades": 53, "people": 12}
    assert recompute_pick(work, answer.pick_id).spread == answer.spread
    seen = forecast(work, ForecastRequest(pick_id=answer.pick_id, runs=2_000, key=1))
    low, high = seen.result.headline.quantiles[80]
    assert low < 123 < high and abs(seen.result.headline.mean / answer.spread.mean - 1) < 0.1
    assert seen.notes[0] == answer.standing
    assert recompute_forecast(work, seen.forecast_id) == seen.result


def test_a_range_is_never_without_width_where_strangers_answer(work: UnitOfWork) -> None:
    once_each(work)
    low, high = forecast(work, ForecastRequest(("quiet1",), runs=500, key=1)).result.headline.quantiles[80]
    assert low < 5 < high


def test_a_deadline_counts_whom_posts_brought_by_then(work: UnitOfWork) -> None:
    once_each(work)
    whole = pick_ambassadors(work, PickRequest(3, key=1, runs=2_000))
    short = pick_ambassadors(work, PickRequest(3, key=1, runs=2_000, days=1))
    assert {one.handle for one in short.picks} == set(LOUD)
    assert short.standing == whole.standing
    told = short.notes[0].values
    assert whole.spread is not None and short.spread is not None
    # an answer an hour: of some forty, two thirds come within a day
    assert told["days"] == 1 and 60 < told["share"] < 80
    assert abs((short.spread.mean - 3) / (whole.spread.mean - 3) - told["share"] / 100) < 0.02
    assert what_if(work, short.pick_id).standing == short.standing


def test_a_rule_that_is_asked_for_is_said_to_leave_out_what_posts_brought(work: UnitOfWork) -> None:
    once_each(work)
    rule = ProbabilityRule.parse("constant:0.2")
    found = pick_ambassadors(work, PickRequest(3, key=1, runs=200, probabilities=rule))
    assert found.standing is not None
    assert str(found.standing).startswith("Built on ties alone, as likely as you said (constant:0.2)")
