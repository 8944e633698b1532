"""How often people join a cascade for no reason the network knows, by the time since its start."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.parents.possible_parents import CascadePosts

# Shares of the later posts at whose times the rate may change: a few stragglers tell little of the rest.
STEPS = (0.5, 0.9, 0.99)
FEWEST = 20  # posts between two changes: a rate is then known to a quarter (1 / sqrt(20))
LEAST = 1e-30  # a plain guard: the logarithm of no rate


@dataclass(frozen=True, eq=False)
class OutsideRate:
    """A rate per second and person that is even within steps of the time since the start.

    Attributes
    ----------
    until : float64 array, shape (steps,)
        Seconds since the start at which each step ends; the last rate holds for ever.
    rate : float64 array, shape (steps,)
    """

    until: FloatArray
    rate: FloatArray

    @classmethod
    def none(cls) -> Self:
        """Rate of a world in which everybody hears of things along ties alone.

        Examples
        --------
        >>> OutsideRate.none().rate.tolist()
        [1e-30]
        """
        return cls(np.array([np.inf]), np.array([LEAST]))

    def at(self, since: FloatArray) -> FloatArray:
        """Rate at each time since the start.

        Examples
        --------
        >>> OutsideRate(np.array([10.0, 60.0]), np.array([0.2, 0.1])).at(np.array([3.0, 20.0, 99.0])).tolist()
        [0.2, 0.1, 0.1]
        """
        return np.asarray(self.rate[self.step(since)])

    def step(self, since: FloatArray) -> Int64Array:
        """Step each time lies in.

        Examples
        --------
        >>> OutsideRate(np.array([10.0, 60.0]), np.array([0.2, 0.1])).step(np.array([3.0, 99.0])).tolist()
        [0, 1]
        """
        return np.minimum(np.searchsorted(self.until, since), self.until.size - 1).astype(np.int64)


@dataclass(frozen=True, eq=False)
class OutsideWatch:
    """How long everybody could have joined from outside, step by step, and which posts may have.

    Attributes
    ----------
    since : float64 array, shape (posts,)
        Seconds since the first post of the cascade.
    joined : bool array, shape (posts,)
        Posts after the first moment of their cascade; the others start it.
    until, watched : float64 arrays, shape (steps,)
        Ends of the steps; seconds times people times cascades in each.
    step : int64 array, shape (posts,)
    """

    since: FloatArray
    joined: BoolArray
    until: FloatArray
    watched: FloatArray
    step: Int64Array

    @classmethod
    def of(cls, posts: CascadeLog | CascadePosts, people: int) -> Self:
        """Cut the time since the start where posts have become few.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0], [4, 5, 6], [100.0, 110.0, 130.0])
        >>> watch = OutsideWatch.of(log, people=7)
        >>> watch.since.tolist(), watch.until.tolist(), watch.watched.tolist()
        ([0.0, 10.0, 30.0], [30.0], [210.0])
        """
        since = since_start(posts)
        joined = since > 0
        until = _cuts(np.sort(since[joined]))
        cascades = int(np.count_nonzero(np.diff(posts.offsets)))
        watched = np.diff(until, prepend=0.0) * cascades * max(people, 1)
        return cls(since, joined, until, watched, OutsideRate(until, watched).step(since))

    def rate(self, unknown: FloatArray) -> OutsideRate:
        """Rate at which posts came from outside, given how likely each did.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0], [4, 5, 6], [100.0, 110.0, 120.0])
        >>> OutsideWatch.of(log, people=5).rate(np.array([1.0, 1.0, 0.0])).rate.tolist()
        [0.01]
        """
        if not self.joined.any():
            return OutsideRate.none()
        came = np.bincount(self.step[self.joined], unknown[self.joined], self.until.size)
        return OutsideRate(self.until, np.maximum(came / self.watched, LEAST))


def since_start(posts: CascadeLog | CascadePosts) -> FloatArray:
    """Seconds between each post and the first of its cascade.

    Examples
    --------
    >>> since_start(CascadeLog.from_entries([0, 0, 1], [4, 5, 6], [100.0, 110.0, 900.0])).tolist()
    [0.0, 10.0, 0.0]
    """
    sizes = np.diff(posts.offsets)
    filled = np.flatnonzero(sizes)
    return np.asarray(posts.times - np.repeat(posts.times[posts.offsets[:-1][filled]], sizes[filled]))


def _cuts(since: FloatArray) -> FloatArray:
    """Cut at ``STEPS`` and at the last post of all, with enough posts between any two cuts."""
    if not since.size:
        return np.array([1.0])
    places = [0]
    for share in STEPS:
        place = int(share * since.size)
        if place - places[-1] >= FEWEST and since.size - place >= FEWEST and since[place] > since[places[-1]]:
            places.append(place)
    return np.unique([*since[places[1:]], since[-1]])
