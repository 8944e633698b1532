"""Turn people who talk, run by run, into posts, people outside the network, and ranges by day."""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.services.forecasts.forecast_problem import ForecastProblem
from ambassador.services.picks.pick_solution import mean_only, quantiles_of, range_of
from ambassador.values.forecasts.forecasts import LEVELS, DayRange, Days, Range
from ambassador.values.forecasts.timing import Repeats, Timing

Counts = NDArray[np.integer]
_ALL_BUT: Final = 0.999
"""Where no deadline is given, the horizon is the day by which this share of the talk is there."""
FEWEST_INSIDE: Final = 10
"""Talkers inside the network a closed campaign needs to say how many come from outside."""


def by_day(values: NDArray[np.number] | None) -> Days:
    """Return mean and predictive intervals of each column of (runs, days); nothing where nothing is known.

    Examples
    --------
    >>> [day.mean for day in by_day(np.array([[1, 2], [1, 4]]))], by_day(None)
    ([1.0, 3.0], ())
    """
    if values is None:
        return ()
    ends = [end for level in LEVELS for end in ((100 - level) / 200, (100 + level) / 200)]
    found, means = np.quantile(values, ends, axis=0), values.mean(axis=0)
    flat = (found[::2] == found[1::2]).any(axis=0)

    def levels(day: int) -> dict[int, tuple[float, float]]:
        whole = {
            level: (float(found[2 * i, day]), float(found[2 * i + 1, day])) for i, level in enumerate(LEVELS)
        }
        return (flat[day] and quantiles_of(np.asarray(values[:, day], np.float64))) or whole

    return tuple(DayRange(day + 1, float(means[day]), levels(day)) for day in range(values.shape[1]))


def mean_further_posts(repeats: Repeats | None, runs: int, rng: np.random.Generator) -> FloatArray | None:
    """Draw what the mean number of further posts may truly be, one for each run.

    Examples
    --------
    >>> mean_further_posts(None, 3, np.random.default_rng(1)) is None
    True
    >>> mean_further_posts(Repeats(0.5, 1.0, 40), 2, np.random.default_rng(1)).shape
    (2,)
    """
    if repeats is None:
        return None
    return rng.gamma(repeats.mean * repeats.people + 0.5, 1 / repeats.people, runs)


def further_posts(people: Counts, mean: FloatArray, repeats: Repeats, rng: np.random.Generator) -> Int64Array:
    """Draw how many further posts so many people make: a negative binomial, as a Poisson of a gamma.

    Examples
    --------
    >>> people, mean = np.array([0, 9]), np.array([1.0, 1.0])
    >>> further_posts(people, mean, Repeats(1.0, 2.0, 9), np.random.default_rng(1))[0]
    np.int64(0)
    """
    return rng.poisson(rng.gamma(repeats.shape * people, mean / repeats.shape))


def mentions_of(
    talkers: Counts, repeats: Repeats | None, further: FloatArray | None, rng: np.random.Generator
) -> FloatArray | None:
    """Add further posts by the day their author begins to talk; (runs, days), None where not known.

    Examples
    --------
    >>> rng, talkers = np.random.default_rng(1), np.array([[1, 3]])
    >>> mentions_of(talkers, Repeats(0.0, 1.0, 9), np.zeros(1), rng)
    array([[1., 3.]])
    """
    if repeats is None or further is None:
        return None
    new = np.diff(talkers, axis=1, prepend=0)
    more = further_posts(new, further[:, None], repeats, rng)
    return np.asarray(talkers + more.cumsum(axis=1), dtype=np.float64)


def impressions_of(
    views: FloatArray | None, mentions: FloatArray | None, talkers: Counts
) -> FloatArray | None:
    """Return views of one post each, times the posts people make where that is known.

    Examples
    --------
    >>> impressions_of(np.array([[100.0]]), np.array([[6.0]]), np.array([[3]]))
    array([[200.]])
    """
    if views is None or mentions is None:
        return views
    return np.asarray(views * mentions / np.maximum(talkers, 1))


def last_range(values: NDArray[np.number] | None) -> Range | None:
    """Return the range on the last day.

    Examples
    --------
    >>> last_range(np.array([[1.0, 2.0], [1.0, 4.0]])).mean, last_range(None)
    (3.0, None)
    """
    return None if values is None else range_of(np.asarray(values[:, -1], np.float64))


def whole_days(talkers: Counts) -> int:
    """Return the day by which nearly all of the talk is there.

    Examples
    --------
    >>> whole_days(np.array([[5, 9, 10, 10]]))
    3
    """
    mean = talkers.mean(axis=0)
    return int(np.argmax(mean >= _ALL_BUT * mean[-1])) + 1


def outside_talkers(timing: Timing, active: Counts, rng: np.random.Generator) -> Int64Array | None:
    """Draw who talks outside the network: each run as one of the closed campaigns, with its uncertainty."""
    known = [one for one in timing.outside if one[1] >= FEWEST_INSIDE]
    if not known:
        return None
    counts = np.array(known, dtype=np.float64)[rng.integers(len(known), size=active.shape[0])]
    ratio = rng.gamma(counts[:, 0] + 0.5) / (counts[:, 1] + 0.5)
    new = np.diff(active, axis=1, prepend=0)
    return np.asarray(rng.poisson(ratio[:, None] * new).cumsum(axis=1))


def own_figures(
    problem: ForecastProblem,
    name: Literal["views", "interactions"],
    posted: BoolArray,
    rng: np.random.Generator,
) -> Range | None:
    """Sum what the ambassadors' own posts bring; None unless the figure of one of them is known."""
    figures = [getattr(seed, name) for seed in problem.seeds]
    if not any(figure is not None for figure in figures):
        return None
    values = posted * np.array([figure or 0.0 for figure in figures])
    if problem.variation is not None:
        width = np.log1p(problem.variation)
        values = values * rng.lognormal(-width / 2, np.sqrt(width), size=values.shape)
    nothing_varies = problem.variation is None and problem.posting.certain
    return mean_only(values.sum(axis=1)) if nothing_varies else range_of(values.sum(axis=1))
