"""Compute a forecast: launches simulated in continuous time where ties are known, else who posts."""

from dataclasses import replace
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.reach import reach_range
from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.simulate import simulate_launches, simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.simulate.launches import Launches
from ambassador.propagation.simulate.timed import LONGEST, TimedLaunches
from ambassador.services.forecasts.forecast_from_past import Launched, forecast_from_past, past_total
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.forecasts.moments_ahead import drawn_moments
from ambassador.services.forecasts.run_amounts import (
    by_day,
    further_posts,
    impressions_of,
    last_range,
    mean_further_posts,
    mentions_of,
    outside_talkers,
    own_figures,
    whole_days,
)
from ambassador.services.forecasts.strangers_beside import StrangersAndTies, with_strangers
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.deadline import deadline_step
from ambassador.services.picks.pick_solution import DRAWS, range_of, told
from ambassador.values.forecasts.forecasts import (
    Amounts,
    DailyAmounts,
    DayRange,
    ForecastResult,
    PersonForecast,
)
from ambassador.values.forecasts.timing import Delay, Timing
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.node_key import NodeKey

_MOST_DAILY: Final = 100
"""Ambassadors whose branch is kept day by day."""
_BAND_ROWS = {50: (2, 4), 80: (1, 5), 90: (0, 6)}
_HOURS = 24
_USUAL_DAYS = 14


class _Counted:
    """The runs of one forecast, with what their talk amounts to."""

    def __init__(
        self,
        problem: ForecastProblem,
        loaded: LoadedNetwork,
        timing: Timing,
        launch: StrangersAndTies,
        rng: np.random.Generator,
        moments: Int64Array | None,
    ) -> None:
        self._problem, self._timing, self._rng, self._moments = problem, timing, rng, moments
        self._found = launch.launches if problem.days else _trimmed(launch.launches)
        self._knows_followers = loaded.crowd is not None and not np.isnan(loaded.crowd.followers).all()
        self._knows_views = loaded.crowd is not None and not np.isnan(loaded.crowd.views).all()
        self._outside = outside_talkers(timing, self._found.active, rng)
        self._beside = None if launch.strangers is None else launch.strangers[:, : self._found.days]
        if self._beside is not None:
            self._outside = None
        self._further = mean_further_posts(timing.repeats, problem.runs, rng)

    def result(self) -> ForecastResult:
        found, problem = self._found, self._problem
        talkers = found.active if self._outside is None else found.active + self._outside
        outside = self._outside if self._beside is None else self._beside
        if self._moments is not None:
            talkers = talkers + self._moments
        daily = self._daily(talkers)
        return ForecastResult(
            horizon_days=found.days,
            talkers=range_of(talkers[:, -1]),
            audience=range_of(found.exposed[:, -1]) if problem.market_ties else None,
            views=own_figures(problem, "views", found.branch_active > 0, self._rng),
            interactions=own_figures(problem, "interactions", found.branch_active > 0, self._rng),
            by_day=by_day(talkers),
            by_person=tuple(self._person(place) for place in range(len(problem.seeds))),
            outside_share=problem.outside_share,
            audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
            outside=None if outside is None else range_of(outside[:, -1]),
            amounts=Amounts(**{name: last_range(values) for name, values in daily.items()}),
            daily=DailyAmounts(**{name: by_day(values) for name, values in daily.items()}),
            by_moments=last_range(self._moments),
        )

    def _daily(self, talkers: Int32Array) -> dict[str, FloatArray | None]:
        found = self._found
        mentions = self._mentions(talkers)
        return {
            "mentions": mentions,
            "audience_at_least": found.exposed + found.outside_most,
            "audience_at_most": found.exposed + found.outside_sum if self._knows_followers else None,
            "impressions": self._impressions(found.views, mentions, talkers),
        }

    def _mentions(self, talkers: Int32Array) -> FloatArray | None:
        return mentions_of(talkers, self._timing.repeats, self._further, self._rng)

    def _impressions(
        self, views: FloatArray, mentions: FloatArray | None, talkers: Int32Array
    ) -> FloatArray | None:
        return impressions_of(views if self._knows_views else None, mentions, talkers)

    def _person(self, place: int) -> PersonForecast:
        found, seed = self._found, self._problem.seeds[place]
        talkers = found.branch_active[:, place]
        mentions = self._mentions(talkers[:, None])
        exposed = found.branch_exposed[:, place]
        whole: dict[str, FloatArray | None] = {
            "mentions": mentions,
            "audience_at_least": (exposed + found.branch_most[:, place])[:, None],
            "audience_at_most": (exposed + found.branch_sum[:, place])[:, None]
            if self._knows_followers
            else None,
            "impressions": self._impressions(found.branch_views[:, place, None], mentions, talkers[:, None]),
        }
        days = found.branch_days[:, :, place]
        return PersonForecast(
            NodeKey.owner(seed.key).person_id,
            seed.account_id,
            range_of(talkers),
            Amounts(**{name: last_range(values) for name, values in whole.items()}),
            by_day(days) if days.size and len(self._problem.seeds) <= _MOST_DAILY else (),
        )


def forecast_result(
    problem: ForecastProblem, loaded: LoadedNetwork | None, progress: Progress = silent
) -> ForecastResult:
    """Forecast on the network, or without one where no ties are known.

    Forecasts recorded before delays varied are computed again as they were: step by step.
    """
    if loaded is not None and problem.timing is not None:
        return forecast_in_time(problem, loaded, problem.timing, progress)
    posting, launching, figures, moments = np.random.SeedSequence(problem.random_key).spawn(4)
    draws = min(DRAWS, problem.runs)
    drawn = problem.posting.sampled(problem.keys, draws, np.random.default_rng(posting))
    rng = np.random.default_rng(figures)
    if loaded is None:
        return _without_network(problem, drawn, rng, np.random.default_rng(moments))
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
    """Return the last step that begins before the deadline; the launch is step 0.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> last_step(SimpleNamespace(days=2, hours_per_step=6))
    7
    """
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


def _without_network(
    problem: ForecastProblem, drawn: FloatArray, rng: np.random.Generator, airing: np.random.Generator
) -> ForecastResult:
    chances = np.repeat(drawn, -(-problem.runs // drawn.shape[0]), axis=0)
    posted = rng.random(chances.shape) < chances
    talkers, by_moments = posted.sum(axis=1), None
    if problem.timing is not None and problem.days is not None:
        came = drawn_moments(
            replace(problem, runs=posted.shape[0]), problem.timing.answers[0], problem.days, airing
        )
        talkers = talkers if came is None else talkers + came[:, -1]
        by_moments = last_range(came)
    return ForecastResult(
        horizon_days=problem.days or _USUAL_DAYS,
        talkers=range_of(talkers),
        views=own_figures(problem, "views", posted, rng),
        interactions=own_figures(problem, "interactions", posted, rng),
        by_person=_by_person(problem, posted),
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
        amounts=_own_amounts(problem, posted, rng),
        by_moments=by_moments,
    )


def _own_amounts(problem: ForecastProblem, posted: BoolArray, rng: np.random.Generator) -> Amounts:
    """Tell what the ambassadors alone amount to: nobody knows whom they make talk."""
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


def forecast_in_time(
    problem: ForecastProblem, loaded: LoadedNetwork, timing: Timing, progress: Progress = silent
) -> ForecastResult:
    """Simulate launches and sum up what they bring, by day and by ambassador."""
    posting, launching, tempers, figures, beside, airing = (
        np.random.default_rng(part) for part in np.random.SeedSequence(problem.random_key).spawn(6)
    )
    draws = draw_launches(problem, timing, posting, tempers)
    doubt = _lognormal(tempers, timing.doubt, (problem.runs,), mean_one=True)
    draws = replace(draws, frailty=draws.frailty * doubt[:, None])
    found = simulate_launches_in_time(
        loaded.network,
        loaded.nodes_of(problem.keys),
        facts_of(problem, loaded, timing),
        draws,
        days=problem.days or LONGEST,
        key=int(launching.integers(2**63)),
        diffusion=problem.diffusion.value,
        progress=told(progress),
    )
    launch = with_strangers(problem, found, draws, doubt, beside)
    moments = drawn_moments(problem, timing.answers[0], found.days, airing)
    result = _Counted(problem, loaded, timing, launch, figures, moments).result()
    if problem.past is None:
        return result
    if problem.past.courses is None:
        return replace(result, past_results=past_total(problem, problem.past, figures))
    past = forecast_from_past(
        problem, timing, Launched(draws.hours, doubt, launch.launches, moments), figures
    )
    return replace(result, past=past, past_results=past.talkers)


def draw_launches(
    problem: ForecastProblem, timing: Timing, posting: np.random.Generator, tempers: np.random.Generator
) -> LaunchDraws:
    """Draw, for each run, who posts and when, how hot launch and branches are, how fast people answer."""
    shape = (problem.runs, len(problem.seeds))
    posts = posting.random(shape) < problem.posting.sampled(problem.keys, problem.runs, posting)
    waits = timing.posting.median_hours * _lognormal(posting, timing.posting.sigma, shape)
    waits *= _unsure(posting, timing.posting, problem.runs)[:, None]
    free = np.array([seed.free_after for seed in problem.seeds])
    heat = _lognormal(tempers, timing.heat, (problem.runs, 1), mean_one=True)
    own = _lognormal(tempers, timing.own_heat, shape, mean_one=True)
    return LaunchDraws(
        np.where(posts, free + waits, np.inf), heat * own, _unsure(tempers, timing.answers[0], problem.runs)
    )


def facts_of(problem: ForecastProblem, loaded: LoadedNetwork, timing: Timing) -> CrowdFacts:
    """Return what is known of the network's people; followers who are nodes here are not counted twice."""
    delays = np.stack([lognormal_table(law.median_hours, law.sigma) for law in timing.answers])
    crowd = loaded.crowd
    if crowd is None:
        return CrowdFacts(delays, strength=loaded.strength)
    listeners = np.diff(loaded.network.out_offsets)
    outside = np.maximum(crowd.followers - listeners, 0.0)
    law = crowd.law
    return CrowdFacts(
        delays, law, crowd.views, outside, variation=problem.view_variation, strength=loaded.strength
    )


def _lognormal(
    rng: np.random.Generator, sigma: float, shape: tuple[int, ...], *, mean_one: bool = False
) -> FloatArray:
    return np.exp(sigma * rng.standard_normal(shape) - (sigma * sigma / 2 if mean_one else 0.0))


def _unsure(rng: np.random.Generator, law: Delay, runs: int) -> FloatArray:
    """Draw by what a law's median may be wrong; an assumption is taken as it stands."""
    return _lognormal(rng, law.sigma / np.sqrt(law.count) if law.count else 0.0, (runs,))


def _trimmed(found: TimedLaunches) -> TimedLaunches:
    """End on the day by which nearly all of the talk is there."""
    days = whole_days(found.active)
    names = ("active", "exposed", "views", "outside_sum", "outside_most")
    cut = {name: getattr(found, name)[:, :days] for name in names}
    if not found.branch_days.size:
        return replace(found, **cut)
    kept = found.branch_days[:, :days]
    return replace(found, **cut, branch_days=kept, branch_active=kept[:, -1])
