"""A forecast from past results, small enough to count by hand."""

import numpy as np
import pytest

from ambassador.propagation.growth.past_courses import PARTS
from ambassador.services.forecasts.forecast_from_past import Launched, forecast_from_past, sizes_together
from ambassador.services.forecasts.forecast_problem import (
    ForecastProblem,
    ForecastSeed,
    KeptCourses,
    PastLaws,
    problem_from_json,
    problem_to_json,
)
from ambassador.values.forecasts.timing import Delay, Timing
from ambassador.values.networks.network import Diffusion

CERTAIN = Delay("", 1.0, 0.0)


def _problem(courses: KeptCourses, *seeds: ForecastSeed, days: int | None = 4) -> ForecastProblem:
    size = (float(np.log(5)),) * 3
    return ForecastProblem(
        seeds=seeds,
        runs=10,
        days=days,
        hours_per_step=None,
        diffusion=Diffusion.INDEPENDENT_CASCADE,
        random_key=1,
        habit=None,
        history={},
        by_hand={},
        variation=None,
        market_ties=False,
        outside_share=None,
        past=PastLaws((size,) * len(seeds), courses),
    )


def _courses(followers: float | None, views: float | None) -> KeptCourses:
    """One course of five people: half of the others joined at once, the others after two days."""
    hours = (0.0,) * (PARTS // 2) + (48.0,) * (PARTS // 2)
    return KeptCourses((5.0,), (hours,), (followers,), (followers,), (views,))


def test_two_ambassadors_bring_their_cascades_by_the_days_they_took() -> None:
    seeds = (ForecastSeed(2, 1, 1_000, 200.0, None), ForecastSeed(4, 2, None, None, None))
    problem = _problem(_courses(50.0, 10.0), *seeds)
    hours = np.tile([0.0, 25.0], (10, 1))  # the second posts on the second day
    assert problem.past is not None
    rng = np.random.default_rng(1)
    launched = Launched(hours, np.ones(10))
    found = forecast_from_past(problem, Timing((CERTAIN,), CERTAIN, 0.0, 0.0), launched, rng)
    assert [one.mean for one in found.by_day] == [3, 8, 8, 10]
    assert [one.mean for one in found.daily.audience_at_most] == [1100, 1300, 1300, 1400]
    assert {one.mean for one in found.daily.audience_at_least} == {1000}
    assert [one.mean for one in found.daily.impressions] == [220, 260, 260, 280]
    assert found.daily.mentions == ()  # how often people post is not known
    assert [one.talkers.mean for one in found.by_person] == [5, 5]
    assert found.by_person[0].amounts.impressions is not None
    assert found.by_person[0].amounts.impressions.mean == 240


def test_who_never_posts_starts_nothing_and_what_nobody_states_is_not_known() -> None:
    problem = _problem(_courses(None, None), ForecastSeed(2, 1, None, None, None), days=None)
    assert problem.past is not None
    hours = np.where(np.arange(10)[:, None] < 5, 0.0, np.inf)
    rng = np.random.default_rng(1)
    launched = Launched(hours, np.ones(10))
    found = forecast_from_past(problem, Timing((CERTAIN,), CERTAIN, 0.0, 0.0), launched, rng)
    assert found.horizon_days == 2  # nothing comes after the second day
    assert found.talkers.mean == pytest.approx(2.5)
    assert found.talkers.quantiles[90] == (0, 5)
    assert (found.amounts.audience_at_most, found.amounts.impressions, found.views) == (None, None, None)


def test_courses_are_kept_with_the_problem() -> None:
    problem = _problem(_courses(None, 3.0), ForecastSeed(2, 1, None, None, None))
    assert problem_from_json(problem_to_json(problem)) == problem


def test_what_a_launch_shares_widens_totals_and_leaves_each_ambassador_alone() -> None:
    rng = np.random.default_rng(2)
    past = PastLaws(tuple(tuple(np.sort(rng.normal(6.0, 0.8, 200))) for _ in range(20)))
    runs, doubt = 40_000, 0.3
    apart, together = (sizes_together(past, one, rng.standard_normal(runs), rng) for one in (1e-9, doubt))
    ends = [np.quantile(sizes[:, 0], [0.1025, 0.5025, 0.9025]) for sizes in (apart, together)]
    assert ends[1] == pytest.approx(ends[0], rel=0.07)
    assert together.mean() == pytest.approx(apart.mean(), rel=0.02)
    logs = np.log(together)
    assert np.cov(logs[:, 3], logs[:, 7])[0, 1] == pytest.approx(doubt**2, rel=0.15)
    alone, shared = (np.log(sizes.sum(axis=1)).std() for sizes in (apart, together))
    assert shared**2 == pytest.approx(alone**2 + doubt**2, rel=0.15)


def test_what_older_versions_laid_on_top_is_computed_again_as_it_was() -> None:
    problem = _problem(_courses(None, None), ForecastSeed(2, 1, None, None, None))
    hours, rng = np.zeros((10, 1)), np.random.default_rng(1)
    twice = Launched(hours, np.full(10, 2.0))
    found = forecast_from_past(problem, Timing((CERTAIN,), CERTAIN, 0.0, 0.0, doubt=0.3), twice, rng)
    assert found.talkers.mean == 9  # one starter, and twice the four others
