"""Compute a forecast: simulated launches where ties are known, else who posts and what that brings."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.reach import reach_range
from ambassador.propagation.launches import Launches, simulate_launches
from ambassador.services.forecast_problem import ForecastProblem
from ambassador.services.network import LoadedNetwork
from ambassador.services.pick_solution import DRAWS, mean_only, range_of, told
from ambassador.values.forecasts import DayRange, ForecastResult, PersonForecast, Range
from ambassador.values.imports import Progress, silent

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
_BAND_ROWS = {50: (2, 4), 80: (1, 5), 90: (0, 6)}
_HOURS = 24
_USUAL_DAYS = 14


def forecast_result(
    problem: ForecastProblem, loaded: LoadedNetwork | None, progress: Progress = silent
) -> ForecastResult:
    """Forecast on the network, or without one where no ties are known."""
    posting, launching, figures = np.random.SeedSequence(problem.random_key).spawn(3)
    draws = min(DRAWS, problem.runs)
    drawn = problem.posting.sampled(problem.keys, draws, np.random.default_rng(posting))
    rng = np.random.default_rng(figures)
    if loaded is None:
        return _without_network(problem, drawn, rng)
    launches = simulate_launches(
        loaded.network,
        loaded.nodes_of(problem.keys),
        drawn,
        runs=problem.runs,
        key=int(np.random.default_rng(launching).integers(2**63)),
        diffusion=problem.diffusion.value,
        deadline=last_step(problem),
        progress=told(progress),
    )
    return _on_network(problem, launches, rng)


def last_step(problem: ForecastProblem) -> int | None:
    """Give the last step that begins before the deadline; the launch is step 0."""
    if problem.days is None:
        return None
    return ceil(_HOURS * problem.days / problem.hours_per_step) - 1


def _on_network(problem: ForecastProblem, launches: Launches, rng: np.random.Generator) -> ForecastResult:
    spread = launches.spread
    steps = spread.by_step.active.size
    horizon = problem.days or max(1, ceil((steps - 1) * problem.hours_per_step / _HOURS) + 1)
    posted = launches.branches > 0
    return ForecastResult(
        horizon_days=horizon,
        talkers=range_of(spread.runs_active),
        audience=range_of(spread.runs_exposed) if problem.market_ties else None,
        views=_own_posts(problem, [seed.views for seed in problem.seeds], posted, rng),
        interactions=_own_posts(problem, [seed.interactions for seed in problem.seeds], posted, rng),
        by_day=tuple(_day(problem, launches, day) for day in range(1, horizon + 1)),
        by_person=_by_person(problem, launches.branches),
        outside_share=problem.outside_share,
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
    )


def _without_network(problem: ForecastProblem, drawn: FloatArray, rng: np.random.Generator) -> ForecastResult:
    chances = np.repeat(drawn, -(-problem.runs // drawn.shape[0]), axis=0)
    posted = rng.random(chances.shape) < chances
    return ForecastResult(
        horizon_days=problem.days or _USUAL_DAYS,
        talkers=range_of(posted.sum(axis=1)),
        views=_own_posts(problem, [seed.views for seed in problem.seeds], posted, rng),
        interactions=_own_posts(problem, [seed.interactions for seed in problem.seeds], posted, rng),
        by_person=_by_person(problem, posted),
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
    )


def _own_posts(
    problem: ForecastProblem, figures: Sequence[float | None], posted: BoolArray, rng: np.random.Generator
) -> Range | None:
    """Sum what the ambassadors' own posts bring; None unless the figure of one of them is known."""
    if not any(figure is not None for figure in figures):
        return None
    values = posted * np.array([figure or 0.0 for figure in figures])
    if problem.variation is not None:
        width = np.log1p(problem.variation)
        values = values * rng.lognormal(-width / 2, np.sqrt(width), size=values.shape)
    nothing_varies = problem.variation is None and problem.posting.certain
    return mean_only(values.sum(axis=1)) if nothing_varies else range_of(values.sum(axis=1))


def _day(problem: ForecastProblem, launches: Launches, day: int) -> DayRange:
    steps = launches.spread.by_step
    step = min(ceil(_HOURS * day / problem.hours_per_step) - 1, steps.active.size - 1)
    bands = steps.active_bands.values[:, step]
    quantiles = {level: (float(bands[low]), float(bands[high])) for level, (low, high) in _BAND_ROWS.items()}
    return DayRange(day, float(steps.active[step]), quantiles)


def _by_person(problem: ForecastProblem, counts: NDArray[np.generic]) -> tuple[PersonForecast, ...]:
    return tuple(
        PersonForecast(
            seed.key // 2 if seed.key % 2 == 0 else None,
            seed.account_id,
            range_of(counts[:, place].astype(np.float64)),
        )
        for place, seed in enumerate(problem.seeds)
    )
