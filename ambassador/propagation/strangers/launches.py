"""What strangers bring to a launch beside ties: drawn run by run, and spread over its days."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from scipy.special import ndtr

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.strangers.law import Branching

_GENERATIONS: Final = 40  # of strangers told apart in time: at 0.9 answers each, 1.5% of them come later
_HOURS: Final = 24  # of a day


class Brought(NamedTuple):
    """Strangers in each run, shape (runs, seeds): by seeds' own posts, and by those ties make talk."""

    started: Int64Array
    joined: Int64Array


@dataclass(frozen=True, eq=False)
class StrangersBeside:
    """What the posts of some people bring beside their ties: people no tie leads to.

    Attributes
    ----------
    log_level, width : float arrays, shape (seeds,)
        Mean and deviation of what is known of the log of each seed's strangers per post of their own.
    shape : float
        Of the negative binomial within one person.
    joined : Branching
        Strangers who answer somebody who joined along a tie.
    branching : Branching
        Whom strangers bring.
    """

    log_level: FloatArray
    width: FloatArray
    shape: float
    joined: Branching
    branching: Branching

    @property
    def per_start(self) -> FloatArray:
        """Expected strangers of each seed's own post, with all who come after."""
        return np.asarray(np.exp(self.log_level + self.width**2 / 2) * self.branching.per_stranger)

    @property
    def per_joiner(self) -> float:
        """Expected strangers of somebody who joined along a tie, with all who come after."""
        return self.joined.mean * self.branching.per_stranger

    def draw(
        self, posted: BoolArray, joined: Int64Array, heat: FloatArray, rng: np.random.Generator
    ) -> Brought:
        """Draw who comes beside ties; what is not known of a law is drawn once per run.

        Parameters
        ----------
        posted : bool array, shape (runs, seeds)
            Whether each seed posts.
        joined : int64 array, shape (runs, seeds)
            People ties made talk in the branch of each.
        heat : float array, shape (runs,)
            By what everything is multiplied in a run.

        Examples
        --------
        >>> few = Branching(mean=0.5, shape=1.0, seen=1e9)
        >>> beside = StrangersBeside(np.log([8.0]), np.zeros(1), 4.0, few, few)
        >>> one, posted = np.ones(4000), np.ones((4000, 1), bool)
        >>> found = beside.draw(posted, np.full((4000, 1), 2), one, np.random.default_rng(1))
        >>> round(float(found.started.mean())), round(float(found.joined.mean()))
        (16, 2)
        """
        runs, shape = posted.shape[0], posted.shape
        level = np.exp(self.log_level + self.width * rng.standard_normal(shape)) * heat[:, None]
        first = rng.poisson(level * rng.gamma(self.shape, 1.0 / self.shape, shape)) * posted
        own, means = self.joined.draw_means(runs, rng), self.branching.draw_means(runs, rng)
        rate = (own * heat / self.joined.shape)[:, None]
        answers = rng.poisson(rng.gamma(self.joined.shape * joined) * rate)
        return Brought(self.branching.grow(first, means, rng), self.branching.grow(answers, means, rng))


def arrivals(median_hours: float, sigma: float, mean: float, hours: int) -> FloatArray:
    """Tell which share of a post's strangers is there after 0, 1, ..., ``hours`` hours, all generations.

    Each answer takes a log-normal delay; a share 1 - ``mean`` of all strangers answer the post itself.

    Examples
    --------
    >>> arrivals(6.0, 1.0, 0.0, 48)[[0, 6, 48]].round(2).tolist()
    [0.0, 0.5, 0.98]
    >>> bool(arrivals(6.0, 1.0, 0.5, 48)[6] < 0.5)
    True
    """
    grid = np.arange(1, hours + 1, dtype=np.float64)
    if sigma > 0 and median_hours > 0:
        reached = ndtr(np.log(grid / median_hours) / sigma)
    else:
        reached = (grid >= median_hours).astype(np.float64)
    step = np.diff(reached, prepend=0.0)
    generation, share, total = step, 1.0 - mean, np.zeros(hours)
    for _ in range(_GENERATIONS):
        total += share * generation
        share *= mean
        generation = np.convolve(generation, step)[:hours]
    return np.concatenate([[0.0], np.minimum(np.cumsum(total), 1.0)])


def share_by_day(arrived: FloatArray, hours: FloatArray, days: int) -> FloatArray:
    """Read off which share is there by the end of each day where a post came after so many hours.

    Returns
    -------
    float array, shape (*hours.shape, days)

    Examples
    --------
    >>> share_by_day(np.linspace(0, 1, 49), np.array([0.0, 24.0]), 2).tolist()
    [[0.5, 1.0], [0.0, 0.5]]
    """
    ends = _HOURS * np.arange(1, days + 1)
    since = np.clip(ends - hours[..., None], 0, arrived.size - 1)
    return np.asarray(np.interp(since, np.arange(arrived.size), arrived))


def share_after_joining(arrived: FloatArray, joined: FloatArray) -> FloatArray:
    """Read off which share of joiners' strangers is there by each day; joiners come at noon of theirs.

    Parameters
    ----------
    joined : float array, shape (runs, days)
        How many join on each day.

    Examples
    --------
    >>> share_after_joining(np.ones(99), np.array([[0.0, 2.0, 2.0]])).tolist()
    [[0.0, 0.5, 1.0]]
    """
    days = joined.shape[1]
    found = np.zeros(joined.shape)
    for later in range(days):
        reached = float(np.interp(_HOURS * later + _HOURS / 2, np.arange(arrived.size), arrived))
        found[:, later:] += reached * joined[:, : days - later]
    return found / np.maximum(joined.sum(axis=1, keepdims=True), 1e-12)


def by_days(total: Int64Array, share: FloatArray, rng: np.random.Generator) -> Int64Array:
    """Lay totals out over days, cumulative; what comes later is left out.

    Parameters
    ----------
    total : int64 array, shape (runs, seeds)
    share : float array, shape (runs, seeds or 1, days)
        Of each total that is there by the end of each day.

    Returns
    -------
    int64 array, shape (runs, seeds, days)

    Examples
    --------
    >>> by_days(np.array([[4]]), np.array([[[0.0, 1.0, 1.0]]]), np.random.default_rng(1)).tolist()
    [[[0, 4, 4]]]
    """
    runs, seeds = total.shape
    days = share.shape[2]
    found = np.empty((runs, seeds, days), np.int64)
    left, before = total.copy(), np.zeros(share.shape[:2])
    for day in range(days):
        chance = (share[:, :, day] - before) / np.maximum(1.0 - before, 1e-12)
        new = rng.binomial(left, np.broadcast_to(np.clip(chance, 0.0, 1.0), left.shape))
        left, before = left - new, share[:, :, day]
        found[:, :, day] = total - left
    return found
