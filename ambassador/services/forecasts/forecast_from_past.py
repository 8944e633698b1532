"""Compute a forecast from past results: how large each ambassador's cascades got, and how they came about."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import ndtr
from sqlmodel import Session

from ambassador.metrics.pooling import shared_part
from ambassador.metrics.reach import reach_range
from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.growth import PastCourses
from ambassador.propagation.growth.past_courses import Unfolded
from ambassador.propagation.simulate.timed import LONGEST, TimedLaunches
from ambassador.services.calibration.leading import LeadingLaw
from ambassador.services.forecasts.forecast_problem import ForecastProblem, PastLaws, keep_courses
from ambassador.services.forecasts.run_amounts import (
    by_day,
    impressions_of,
    last_range,
    mean_further_posts,
    mentions_of,
    own_figures,
    whole_days,
)
from ambassador.services.networks.crowd import read_crowd
from ambassador.services.picks.pick_solution import range_of
from ambassador.values.forecasts.forecasts import Amounts, DailyAmounts, ForecastResult, PersonForecast, Range
from ambassador.values.forecasts.timing import Timing
from ambassador.values.networks.node_key import NodeKey

_MOST_DAILY: Final = 100
"""Ambassadors whose cascades are kept day by day."""


@dataclass(frozen=True, eq=False)
class _PastRuns:
    """What cascades bring, run by run and day by day; NaN is not known."""

    talkers: Int64Array
    most: FloatArray
    followers: FloatArray
    views: FloatArray

    def until(self, days: int) -> "_PastRuns":
        return _PastRuns(*(getattr(self, name)[:, :days] for name in _PastRuns.__dataclass_fields__))


@dataclass(frozen=True, eq=False)
class Launched:
    """What the runs of a forecast share, whichever law a run goes by."""

    hours: FloatArray
    """Shape (runs, seeds): when each ambassador posts, inf where they do not."""
    doubt: FloatArray
    """Shape (runs,): by what everything of a launch is multiplied."""
    along_ties: TimedLaunches | None = None
    """The same launches along ties, strangers beside them."""
    by_moments: Int64Array | None = None
    """Shape (runs, days): who talks because of moments on air, by whichever law the rest goes."""


def forecast_from_past(
    problem: ForecastProblem, timing: Timing, launched: Launched, rng: np.random.Generator
) -> ForecastResult:
    """Let everybody who posts start a cascade as large and as fast as past ones; nobody is in two of them.

    Where ties count as well, each launch goes by one of the two: which is drawn once for all that is in it.
    """
    past = problem.past or PastLaws(())
    courses, hours = past.as_courses(), launched.hours
    sizes = _sizes(problem, past, timing.doubt, launched.doubt, rng)
    days = problem.days or LONGEST
    parts = [
        _part(problem, courses, place, courses.unfold(sizes[:, place], hours[:, place], days, rng))
        for place in range(len(problem.seeds))
    ]
    ties = launched.along_ties
    if ties is not None and problem.results_weight < 1:
        by_ties = rng.random(problem.runs) >= problem.results_weight
        parts = [_mixed(by_ties, one, ties, place) for place, one in enumerate(parts)]
    whole = _sum(parts)
    if launched.by_moments is not None:
        whole = replace(whole, talkers=whole.talkers + launched.by_moments)
    if not problem.days:
        days = whole_days(whole.talkers)
        whole, parts = whole.until(days), [one.until(days) for one in parts]
    posted = np.stack([one.talkers[:, -1] > 0 for one in parts], axis=1)
    further = mean_further_posts(timing.repeats, problem.runs, rng)
    daily = _amounts(whole, timing, further, rng)
    return ForecastResult(
        horizon_days=days,
        talkers=range_of(whole.talkers[:, -1]),
        views=own_figures(problem, "views", posted, rng),
        interactions=own_figures(problem, "interactions", posted, rng),
        by_day=by_day(whole.talkers),
        by_person=tuple(
            _person(problem, place, one, _amounts(one, timing, further, rng))
            for place, one in enumerate(parts)
        ),
        audience_bounds=reach_range([seed.followers for seed in problem.seeds]),
        amounts=Amounts(**{name: last_range(values) for name, values in daily.items()}),
        daily=DailyAmounts(**{name: by_day(values) for name, values in daily.items()}),
        by_moments=last_range(launched.by_moments),
    )


def _sizes(
    problem: ForecastProblem, past: PastLaws, doubt: float, factor: FloatArray, rng: np.random.Generator
) -> FloatArray:
    """Draw the cascade of each ambassador; what a launch shares is part of what each of them may miss by."""
    shape = (problem.runs, len(problem.seeds))
    if not doubt:
        return drawn_sizes(past, shape, rng)
    if not problem.doubt_within:
        sizes = drawn_sizes(past, shape, rng)
        return np.asarray(np.maximum(np.rint(1.0 + (sizes - 1.0) * factor[:, None]), 1.0))
    return sizes_together(past, doubt, (np.log(factor) + doubt**2 / 2) / doubt, rng)


def _part(problem: ForecastProblem, courses: PastCourses, place: int, found: Unfolded) -> _PastRuns:
    """Tell who may see it: the ambassador's followers as stated, those of others as in past cascades."""
    seed, talkers = problem.seeds[place], found.talkers
    posted = talkers > 0
    others = talkers - posted

    def of(figures: FloatArray) -> FloatArray:
        known = figures[found.course] if figures.size else np.full(found.course.size, np.nan)
        return np.asarray(known[:, None])

    own = np.nan if seed.followers is None else float(seed.followers)
    seen = np.nan if seed.views is None else seed.views
    return _PastRuns(
        talkers,
        np.fmax(posted * own, (others > 0) * of(courses.largest)),
        _known_sum(np.asarray(posted * own), np.asarray(others * of(courses.followers))),
        _known_sum(np.asarray(posted * seen), np.asarray(others * of(courses.views))),
    )


def _mixed(by_ties: BoolArray, past: _PastRuns, ties: TimedLaunches, place: int) -> _PastRuns:
    """Take some runs from launches along ties; who may see them comes as talk does."""
    if ties.branch_days.size:
        talkers = ties.branch_days[:, :, place].astype(np.int64)
    else:
        share = ties.active / np.maximum(ties.active[:, -1:], 1)
        talkers = np.rint(ties.branch_active[:, place, None] * share).astype(np.int64)
    done = talkers / np.maximum(talkers[:, -1:], 1)
    chosen = by_ties[:, None]

    def either(own: FloatArray, along: FloatArray) -> FloatArray:
        return np.where(chosen & ~np.isnan(own), along, own)

    return _PastRuns(
        np.where(chosen, talkers, past.talkers),
        either(past.most, (talkers > 0) * ties.branch_most[:, place, None]),
        either(past.followers, done * ties.branch_sum[:, place, None]),
        either(past.views, done * ties.branch_views[:, place, None]),
    )


def _known_sum(first: FloatArray, second: FloatArray) -> FloatArray:
    """Add what is known; NaN only where neither is."""
    unknown = np.isnan(first) & np.isnan(second)
    return np.where(unknown, np.nan, np.nan_to_num(first) + np.nan_to_num(second))


def _sum(parts: list[_PastRuns]) -> _PastRuns:
    first, *rest = parts
    talkers, most, followers, views = first.talkers, first.most, first.followers, first.views
    for one in rest:
        talkers, most = talkers + one.talkers, np.fmax(most, one.most)
        followers, views = _known_sum(followers, one.followers), _known_sum(views, one.views)
    return _PastRuns(talkers, most, followers, views)


def _amounts(
    part: _PastRuns, timing: Timing, further: FloatArray | None, rng: np.random.Generator
) -> dict[str, FloatArray | None]:
    mentions = mentions_of(part.talkers, timing.repeats, further, rng)
    return {
        "mentions": mentions,
        "audience_at_least": _known(part.most),
        "audience_at_most": _known(part.followers),
        "impressions": impressions_of(_known(part.views), mentions, part.talkers),
    }


def _known(values: FloatArray) -> FloatArray | None:
    return None if np.isnan(values).all() else np.nan_to_num(values)


def _person(
    problem: ForecastProblem, place: int, part: _PastRuns, daily: dict[str, FloatArray | None]
) -> PersonForecast:
    seed = problem.seeds[place]
    return PersonForecast(
        NodeKey.owner(seed.key).person_id,
        seed.account_id,
        range_of(part.talkers[:, -1]),
        Amounts(**{name: last_range(values) for name, values in daily.items()}),
        by_day(part.talkers) if len(problem.seeds) <= _MOST_DAILY else (),
    )


def past_laws(session: Session, leads: LeadingLaw, keys: Sequence[int]) -> PastLaws:
    """Tell how large each starter's next cascade gets, and how past ones came about."""
    history, sizes = leads.history, leads.samples(keys)
    crowd = read_crowd(session, history.people, ()).arrays
    courses = PastCourses.learn(history.log(history.people, 0, len(history)), crowd.followers, crowd.views)
    return PastLaws(tuple(tuple(row) for row in np.log(sizes).round(4).tolist()), keep_courses(courses))


def drawn_sizes(past: PastLaws, shape: tuple[int, int], rng: np.random.Generator) -> FloatArray:
    """Draw how large the cascade of each ambassador gets in each run, independently of one another.

    Examples
    --------
    >>> past = PastLaws(((0.0,), (float(np.log(9)),)))
    >>> drawn_sizes(past, (1, 2), np.random.default_rng(1))
    array([[1., 9.]])
    """
    logs = np.array(past.logs)
    place = rng.integers(logs.shape[1], size=shape)
    return np.asarray(np.maximum(np.round(np.exp(logs[np.arange(shape[1]), place])), 1.0))


def sizes_together(past: PastLaws, doubt: float, shared: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Draw the same where launches share what moves all their cascades; the law of each alone stays as it is.

    ``shared`` holds a standard normal number for each run.

    Examples
    --------
    >>> past = PastLaws(((0.0, 1.0, 2.0),) * 2)
    >>> sizes_together(past, 9.0, np.array([-2.0, 2.0]), np.random.default_rng(1)).tolist()
    [[1.0, 1.0], [7.0, 7.0]]
    """
    logs = np.sort(np.array(past.logs), axis=1)
    along, points = shared_part(doubt, logs.std(axis=1)), logs.shape[1]
    own = rng.standard_normal((shared.size, logs.shape[0]))
    luck = ndtr(along * shared[:, None] + np.sqrt(1.0 - along**2) * own)
    place = np.minimum((luck * points).astype(np.int64), points - 1)
    return np.asarray(np.maximum(np.round(np.exp(logs[np.arange(logs.shape[0]), place])), 1.0))


def past_total(problem: ForecastProblem, past: PastLaws, rng: np.random.Generator) -> Range:
    """Draw who posts and how large each one's cascade gets; nobody is taken to be in two of them."""
    shape = (problem.runs, len(problem.seeds))
    posts = rng.random(shape) < problem.posting.sampled(problem.keys, problem.runs, rng)
    return range_of((posts * drawn_sizes(past, shape, rng)).sum(axis=1))
