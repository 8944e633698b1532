"""Compute a forecast: simulated launches where ties are known, else who posts and what that brings."""

from math import ceil

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.reach import reach_range
from ambassador.propagation.simulate import simulate_launches
from ambassador.propagation.simulate.launches import Launches
from ambassador.services.forecasts.forecast_in_time import forecast_in_time
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.forecasts.run_amounts import further_posts, mean_further_posts, own_figures
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.deadline import deadline_step
from ambassador.services.picks.pick_solution import DRAWS, range_of, told
from ambassador.values.forecasts.forecasts import Amounts, DayRange, ForecastResult, PersonForecast
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.node_key import NodeKey

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
_BAND_ROWS = {50: (2, 4), 80: (1, 5), 90: (0, 6)}
_HOURS = 24
_USUAL_DAYS = 14


def forecast_result(
    problem: ForecastProblem, loaded: LoadedNetwork | None, progress: Progress = silent
) -> ForecastResult:
    """Forecast on the network, or without one where no ties are known.

    Forecasts recorded before delays varied are computed again as they were: step by step.
    """
    if loaded is not None and problem.timing is not None:
        return forecast_in_time(problem, loaded, problem.timing, progress)
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
    return deadline_step(problem.days, _step_hours(problem))


def _step_hours(problem: ForecastProblem) -> int:
    return problem.hours_per_step or _HOURS


def _on_network(problem: ForecastProblem, launches: Launches, rng: np.random.Generator) -> ForecastResult:
    spread = launches.spread
    steps = spread.by_step.active.size
    horizon = problem.days or max(1, ceil((steps - 1) * _step_hours(problem) / _HOURS) + 1)
    posted = launches.branches > 0
    return ForecastResult(
        horizon_days=horizon,
        talkers=range_of(spread.runs_active),
        audience=range_of(spread.runs_exposed) if problem.market_ties else None,
        views=own_figures(problem, "views", posted, rng),
        interactions=own_figures(problem, "interactions", posted, rng),
        by_day=tuple(_day(problem, launches, day) for day in range(1, horizon + 1)),
        by_person=_by_person(problem, launches.branches),
        outside_share=problem.outside_share,
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
    )


def _without_network(problem: ForecastProblem, drawn: FloatArray, rng: np.random.Generator) -> ForecastResult:
    chances = np.repeat(drawn, -(-problem.runs // drawn.shape[0]), axis=0)
    posted = rng.random(chances.shape) < chances
    talkers = posted.sum(axis=1)
    return ForecastResult(
        horizon_days=problem.days or _USUAL_DAYS,
        talkers=range_of(talkers),
        views=own_figures(problem, "views", posted, rng),
        interactions=own_figures(problem, "interactions", posted, rng),
        by_person=_by_person(problem, posted),
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
        amounts=_own_amounts(problem, posted, rng),
    )


def _own_amounts(problem: ForecastProblem, posted: BoolArray, rng: np.random.Generator) -> Amounts:
    """Say what the ambassadors alone amount to: nobody knows whom they make talk."""
    sizes = np.array([np.nan if seed.followers is None else seed.followers for seed in problem.seeds])
    known = not np.isnan(sizes).all()
    followers = posted * np.nan_to_num(sizes)
    repeats = problem.timing.repeats if problem.timing else None
    mean = mean_further_posts(repeats, posted.shape[0], rng)
    talkers = posted.sum(axis=1)
    mentions = None
    if repeats is not None and mean is not None:
        mentions = range_of(talkers + further_posts(talkers, mean, repeats, rng))
    return Amounts(
        mentions=mentions,
        audience_at_least=range_of(followers.max(axis=1)) if known else None,
        audience_at_most=range_of(followers.sum(axis=1)) if known else None,
    )


def _day(problem: ForecastProblem, launches: Launches, day: int) -> DayRange:
    steps = launches.spread.by_step
    step = min(ceil(_HOURS * day / _step_hours(problem)) - 1, steps.active.size - 1)
    bands = steps.active_bands.values[:, step]
    quantiles = {level: (float(bands[low]), float(bands[high])) for level, (low, high) in _BAND_ROWS.items()}
    return DayRange(day, float(steps.active[step]), quantiles)


def _by_person(problem: ForecastProblem, counts: NDArray[np.generic]) -> tuple[PersonForecast, ...]:
    return tuple(
        PersonForecast(
            NodeKey.owner(seed.key).person_id,
            seed.account_id,
            range_of(counts[:, place].astype(np.float64)),
        )
        for place, seed in enumerate(problem.seeds)
    )
