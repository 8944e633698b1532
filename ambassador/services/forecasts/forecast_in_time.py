"""Compute a forecast in continuous time: every simulated launch under its own draw of what is not known."""

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.reach import reach_range
from ambassador.propagation.simulate import simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.simulate.timed import LONGEST, TimedLaunches
from ambassador.services.forecasts.forecast_from_past import forecast_from_past
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.forecasts.past_sizes import past_total
from ambassador.services.forecasts.run_amounts import (
    by_day,
    impressions_of,
    last_range,
    mean_further_posts,
    mentions_of,
    outside_talkers,
    own_figures,
    whole_days,
)
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.pick_solution import range_of, told
from ambassador.values.forecasts.forecasts import Amounts, DailyAmounts, ForecastResult, PersonForecast
from ambassador.values.forecasts.timing import Delay, Timing
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.node_key import NodeKey

FloatArray = NDArray[np.float64]
_MOST_DAILY: Final = 100
"""Ambassadors whose branch is kept day by day."""


def forecast_in_time(
    problem: ForecastProblem, loaded: LoadedNetwork, timing: Timing, progress: Progress = silent
) -> ForecastResult:
    """Simulate launches and sum up what they bring, by day and by ambassador."""
    posting, launching, tempers, figures = (
        np.random.default_rng(part) for part in np.random.SeedSequence(problem.random_key).spawn(4)
    )
    draws = draw_launches(problem, timing, posting, tempers)
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
    result = _Counted(problem, loaded, timing, found, figures).result()
    if problem.past is None:
        return result
    if problem.past.courses is None:
        return replace(result, past_results=past_total(problem, problem.past, figures))
    past = forecast_from_past(problem, problem.past, timing, draws.hours, figures)
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
    """Give what is known of the network's people; followers who are nodes here are not counted twice."""
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


class _Counted:
    """The runs of one forecast, with what their talk amounts to."""

    def __init__(
        self,
        problem: ForecastProblem,
        loaded: LoadedNetwork,
        timing: Timing,
        found: TimedLaunches,
        rng: np.random.Generator,
    ) -> None:
        self._problem, self._timing, self._rng = problem, timing, rng
        self._found = found if problem.days else _trimmed(found)
        self._knows_followers = loaded.crowd is not None and not np.isnan(loaded.crowd.followers).all()
        self._knows_views = loaded.crowd is not None and not np.isnan(loaded.crowd.views).all()
        self._outside = outside_talkers(timing, self._found.active, rng)
        self._further = mean_further_posts(timing.repeats, problem.runs, rng)

    def result(self) -> ForecastResult:
        found, problem = self._found, self._problem
        talkers = found.active if self._outside is None else found.active + self._outside
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
            outside=None if self._outside is None else range_of(self._outside[:, -1]),
            amounts=Amounts(**{name: last_range(values) for name, values in daily.items()}),
            daily=DailyAmounts(**{name: by_day(values) for name, values in daily.items()}),
        )

    def _daily(self, talkers: NDArray[np.int32]) -> dict[str, FloatArray | None]:
        found = self._found
        mentions = self._mentions(talkers)
        return {
            "mentions": mentions,
            "audience_at_least": found.exposed + found.outside_most,
            "audience_at_most": found.exposed + found.outside_sum if self._knows_followers else None,
            "impressions": self._impressions(found.views, mentions, talkers),
        }

    def _mentions(self, talkers: NDArray[np.int32]) -> FloatArray | None:
        return mentions_of(talkers, self._timing.repeats, self._further, self._rng)

    def _impressions(
        self, views: FloatArray, mentions: FloatArray | None, talkers: NDArray[np.int32]
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


def _trimmed(found: TimedLaunches) -> TimedLaunches:
    """End on the day by which nearly all of the talk is there."""
    days = whole_days(found.active)
    names = ("active", "exposed", "views", "outside_sum", "outside_most")
    cut = {name: getattr(found, name)[:, :days] for name in names}
    if not found.branch_days.size:
        return replace(found, **cut)
    kept = found.branch_days[:, :days]
    return replace(found, **cut, branch_days=kept, branch_active=kept[:, -1])
