"""A forecast from past results, small enough to count by hand."""

import numpy as np
import pytest

from ambassador.propagation.growth.past_courses import PARTS
from ambassador.services.forecasts.forecast_from_past import Launched, forecast_from_past
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
