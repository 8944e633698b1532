"""How large a cascade will be when only its starter is known: from their own past, drawn to everybody's."""

from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.growth.conformal import Residuals
from ambassador.propagation.growth.robust import LinearFit, fit_median
from ambassador.propagation.growth.rolling_origin import rolling_origin, say

ENOUGH: Final = 10  # from so many past cascades on, they alone are believed
# Of log sizes with few cascades: they differ by a factor of about three (exp(1)).
_SPREAD: Final = 1.0
_CASES_FOR_SPREAD: Final = 3.0  # cascades that belief is worth
# Of the line through how often starters start, over the square of their number: across
# a few people the slope is who they are, across a hundred it is what frequency tells.
_PENALTY: Final = 80.0
# Of a line through one figure, in cascades: as the middle ridge of ``pooled.HYPERPARAMETERS``.
_BASELINE_PENALTY: Final = 8.0
# Own cascades that the mean of all weighs where starters do not differ; no record gets near it.
_LONE: Final = 1e3
# Standard deviations to which residuals are drawn in: one
# runaway cascade must not pass for a trait of its starter.
_FAR: Final = 3.0
# The mixes weighed, from the usual alone to the starter alone in quarters.
_TRUSTS: Final = np.linspace(0.0, 1.0, 5)
# The quantiles mixes are judged by: the middle and both ends of the 80% range.
_TRIED: Final = np.array([0.1, 0.5, 0.9])


@dataclass(frozen=True, eq=False)
class Differences:
    """How starters differ: a random effect in log sizes.

    Attributes
    ----------
    line : LinearFit
        Log size by log(1 + other cascades of the starter) and log(1 + cascades of others they joined).
    worth : float
        How many own cascades the line weighs beside a starter's own mean: variance within over between.
    """

    line: LinearFit
    worth: float

    @classmethod
    def learn(cls, sizes: FloatArray, place: Int64Array, others: Int64Array, joined: Int64Array) -> Self:
        """Estimate by moments: what two cascades of one starter have in common (Henderson 1975).

        Parameters
        ----------
        sizes : float array, shape (cascades,)
            Logarithms.
        place : int64 array, shape (cascades,)
            The starter, 0 .. starters - 1.
        others : int64 array, shape (cascades,)
            How many other cascades the starter has.
        joined : int64 array, shape (cascades,)
            How many cascades of others the starter took part in.

        Examples
        --------
        >>> sizes, place = np.log([2.0, 2.0, 40.0, 50.0]), np.array([0, 0, 1, 1])
        >>> one, none = np.ones(4, np.int64), np.zeros(4, np.int64)
        >>> Differences.learn(sizes, place, one, none).worth < 1
        True
        """
        habits = _habits(others, joined)
        penalty = _PENALTY / (place.max() + 1) ** 2
        line = fit_median(habits, sizes, np.ones(sizes.size), penalty)
        off = sizes - line.at(habits)
        off -= off.mean()
        spread = off.std()
        off = np.clip(off, -_FAR * spread, _FAR * spread)
        total = np.bincount(place, weights=off)
        shared = float((total**2).sum() - (off**2).sum())
        pairs = float(others.sum())
        between = shared / pairs if pairs else 0.0
        whole = float((off**2).mean())
        worth = (whole - between) / between if between > whole / _LONE else _LONE
        return cls(line, max(worth, 1 / _LONE))

    def expected(self, others: Int64Array, joined: Int64Array, total: FloatArray) -> FloatArray:
        """Log size that is expected, ``total`` being the sum of what the others are off the line.

        Examples
        --------
        >>> from ambassador.propagation.growth.robust import LinearFit
        >>> differences = Differences(LinearFit(1.0, np.zeros(2)), worth=1.0)
        >>> differences.expected(np.array([3]), np.array([0]), np.array([4.0])).tolist()
        [2.0]
        """
        usual = self.line.at(_habits(others, joined))
        return np.asarray(usual + total / (others + self.worth), dtype=np.float64)

    def scale(self, others: Int64Array) -> FloatArray:
        """Scale in which cascades differ from it: less, the more is known of the starter.

        Examples
        --------
        >>> from ambassador.propagation.growth.robust import LinearFit
        >>> differences = Differences(LinearFit(1.0, np.zeros(2)), worth=1.0)
        >>> differences.scale(np.array([0, 9])).round(2).tolist()
        [1.41, 1.05]
        """
        return np.asarray(np.sqrt(1.0 + 1.0 / (others + self.worth)), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class PastSizes:
    """Sizes of cascades by starter.

    Attributes
    ----------
    sizes : float array, shape (cascades,)
        Logarithms.
    starters : int64 array, shape (starters,)
        Sorted node numbers of everybody who started one.
    count, total : arrays, shape (starters,)
        Their cascades, and the sum of what those are off the line.
    joined : int64 array, shape (nodes,)
        In how many cascades of others each took part; people with larger numbers in none.
    differences : Differences or None
        None while there are too few cascades to learn from.
    residuals : Residuals or None
        How far cascades were from what was expected without them, in their scale.
    trust : float
        How far what is known of the starter is believed, 0 to 1; the rest is what is usual among all.
    """

    sizes: FloatArray
    starters: Int64Array
    count: Int64Array
    total: FloatArray
    joined: Int64Array
    differences: Differences | None
    residuals: Residuals | None
    trust: float = 1.0

    @classmethod
    def learn(cls, log: CascadeLog) -> Self:
        """Learn from a log.

        A cascade is expected to be as large as those of people who start and join as often, moved towards
        the starter's own, the more the more there are. Intervals come from what each cascade was off when it
        was foretold from the others. Where the starter told little of what came next, everybody's sizes count
        instead: the mix is weighed by its losses at several moments of the past.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0, 1, 2, 2, 2], [7, 1, 2, 8, 7, 3, 4], np.arange(7.0))
        >>> past = PastSizes.learn(log)
        >>> past.starters.tolist(), past.count.tolist()
        ([7, 8], [2, 1])
        """
        found = cls._fit(log)
        return found if found.residuals is None else replace(found, trust=_trust(log))

    @classmethod
    def _fit(cls, log: CascadeLog) -> Self:
        kept = np.flatnonzero(log.sizes > 0)
        sizes = np.log(log.sizes[kept].astype(np.float64))
        starters, place = np.unique(log.nodes[log.offsets[kept]].astype(np.int64), return_inverse=True)
        count = np.bincount(place, minlength=starters.size).astype(np.int64)
        joined = np.bincount(log.nodes).astype(np.int64)
        joined[starters] -= count
        if sizes.size < ENOUGH:
            return cls(sizes, starters, count, np.zeros(starters.size), joined, None, None)
        others, elsewhere = count[place] - 1, joined[starters][place]
        differences = Differences.learn(sizes, place.astype(np.int64), others, elsewhere)
        off = sizes - differences.line.at(_habits(others, elsewhere))
        total = np.asarray(np.bincount(place, weights=off), dtype=np.float64)
        expected = differences.expected(others, elsewhere, total[place] - off)
        residuals = Residuals((sizes - expected) / differences.scale(others), np.ones(sizes.size))
        return cls(sizes, starters, count, total, joined, differences, residuals)

    def quantiles(self, starters: npt.ArrayLike, shares: npt.ArrayLike) -> FloatArray | None:
        """Quantiles of the sizes of cascades to come; None where no cascade was ever seen.

        Parameters
        ----------
        starters : array of int, shape (cascades,)
            Node numbers; people who never started one are foretold from those who rarely did.
        shares : array of float, shape (shares,)

        Returns
        -------
        float array, shape (cascades, shares)
            Whole numbers, at least 1: the starter counts.

        Examples
        --------
        >>> log = CascadeLog.from_entries(np.repeat(np.arange(12), 3), np.arange(36) % 3, np.arange(36.0))
        >>> PastSizes.learn(log).quantiles([0], [0.1, 0.5, 0.9]).tolist()
        [[3.0, 3.0, 3.0]]
        """
        wanted, asked = np.asarray(starters, dtype=np.int64), np.asarray(shares, dtype=np.float64)
        if not self.sizes.size:
            return None
        ends = self.trust * self._by_starter(wanted, asked) + (1.0 - self.trust) * self._usual(asked)
        return np.maximum(np.rint(np.exp(ends)), 1.0)

    def _by_starter(self, wanted: Int64Array, shares: FloatArray) -> FloatArray:
        if self.differences is None or self.residuals is None:
            return np.broadcast_to(self._few(shares), (wanted.size, shares.size))
        place = np.minimum(np.searchsorted(self.starters, wanted), self.starters.size - 1)
        known = self.starters[place] == wanted
        count, total = self.count[place] * known, self.total[place] * known
        seen = wanted < self.joined.size
        joined = self.joined[np.where(seen, wanted, 0)] * seen
        off = np.array([self.residuals.quantile(share) for share in shares.tolist()])
        scale = self.differences.scale(count)[:, None]
        return np.asarray(self.differences.expected(count, joined, total)[:, None] + scale * off)

    def _usual(self, shares: FloatArray) -> FloatArray:
        everybody = Residuals(self.sizes, np.ones(self.sizes.size))
        return np.array([everybody.quantile(share) for share in shares.tolist()])

    def _few(self, shares: FloatArray) -> FloatArray:
        count, mean = self.sizes.size, self.sizes.mean()
        freedom = _CASES_FOR_SPREAD + count - 1
        squares = _CASES_FOR_SPREAD * _SPREAD**2 + ((self.sizes - mean) ** 2).sum()
        spread = np.sqrt(squares / freedom * (1 + 1 / count))
        return np.asarray(mean + spread * stdtrit(freedom, shares), dtype=np.float64)


def predict_sizes(log: CascadeLog, starters: npt.ArrayLike, shares: npt.ArrayLike) -> FloatArray | None:
    """Quantiles of the sizes of cascades to come, one row a starter (see ``PastSizes``).

    Examples
    --------
    >>> sizes = [3, 4, 5, 6, 4, 5, 3, 40, 50, 60, 45, 55]
    >>> starter = [9] * 7 + [8] * 5
    >>> cascade = np.repeat(np.arange(12), sizes)
    >>> place = np.concatenate([np.arange(size) for size in sizes])
    >>> node = np.where(place, place, np.repeat(starter, sizes))
    >>> log = CascadeLog.from_entries(cascade, node, np.arange(node.size))
    >>> small, large = predict_sizes(log, [9, 8], [0.5])[:, 0]
    >>> bool(small < large)
    True
    """
    return PastSizes.learn(log).quantiles(starters, shares)


def predict_sizes_by(
    score: FloatArray, sizes: FloatArray, asked: FloatArray, shares: npt.ArrayLike
) -> FloatArray:
    """Quantiles of sizes from one figure alone, whoever starts: what past results have to beat.

    Parameters
    ----------
    score, sizes : float arrays, shape (past cascades,)
        What was known before each, all alike where nothing was, and the people who talked, at least 1.
    asked : float array, shape (cascades,)
        The same figure of cascades to come.
    shares : array of float, shape (shares,)

    Returns
    -------
    float array, shape (cascades, shares)

    Examples
    --------
    >>> score = np.arange(40.0) / 20
    >>> predict_sizes_by(score, np.exp(score), np.array([1.5]), [0.1, 0.5, 0.9]).tolist()
    [[3.0, 4.0, 5.0]]
    """
    logs = np.log(np.maximum(sizes, 1.0))
    line = fit_median(score[:, None], logs, np.ones(logs.size), _BASELINE_PENALTY / logs.size)
    residuals = Residuals(logs - line.at(score[:, None]), np.ones(logs.size))
    off = np.array([residuals.quantile(share) for share in np.asarray(shares, dtype=np.float64).tolist()])
    return np.maximum(np.rint(np.exp(line.at(asked[:, None])[:, None] + off)), 1.0)


def _habits(others: Int64Array, joined: Int64Array) -> FloatArray:
    return np.log1p(np.column_stack([others, joined]))


def _trust(log: CascadeLog) -> float:
    """Weigh mixes of what the starter tells and what is usual by what they lost on what came next.

    Lost in people, as forecasts are read: in logarithms, being off by three where five talk would weigh
    as much as being off by three hundred where five hundred do.
    """
    kept = np.flatnonzero(log.sizes > 0)
    order = kept[np.argsort(log.times[log.offsets[kept]], kind="stable")]
    loss, told = np.zeros(_TRUSTS.size), 0
    for before, after in rolling_origin(order.size):
        past, came = PastSizes._fit(_part(log, order[before])), order[after]  # noqa: SLF001 - its own maker
        if past.residuals is None:
            continue
        known = past._by_starter(log.nodes[log.offsets[came]].astype(np.int64), _TRIED)  # noqa: SLF001
        mixes = _TRUSTS[:, None, None] * (known - past._usual(_TRIED)) + past._usual(_TRIED)  # noqa: SLF001
        off = log.sizes[came][:, None] - np.exp(mixes)
        loss += np.maximum(_TRIED * off, (_TRIED - 1.0) * off).sum(axis=(1, 2))
        told += came.size
    return float(say(loss, told) @ _TRUSTS)


def _part(log: CascadeLog, chosen: Int64Array) -> CascadeLog:
    """Take some cascades of a log, in the order they have there."""
    here = np.sort(chosen)
    entries = np.isin(log.cascades, here)
    return CascadeLog(np.r_[0, np.cumsum(log.sizes[here])], log.nodes[entries], log.times[entries])
