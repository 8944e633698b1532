"""How large a cascade will be when only its starter is known: from their own past, drawn to everybody's."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy.stats import t as student

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.pooled import Cases, Pooled

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]

ENOUGH: Final = 10
"""From so many past cascades on, they alone are believed."""
_WORTH: Final = 3.0
"""How many own cascades the mean of all weighs beside a starter's."""
_SPREAD: Final = 1.0
_CASES_FOR_SPREAD: Final = 3.0
"""With few cascades: sizes differ by a factor of about three, a belief worth three cascades."""


@dataclass(frozen=True, eq=False)
class PastSizes:
    """Sizes of cascades by starter.

    Attributes
    ----------
    starters : int64 array, shape (starters,)
        Sorted node numbers of everybody who started one.
    count, total : arrays, shape (starters,)
        Their cascades, and the sum of the logarithms of the sizes.
    mean : float
        Mean logarithm of all sizes.
    law : Pooled or None
        None while there are too few cascades to learn from.
    sizes : float array
        The logarithms of all sizes.
    """

    starters: Int64Array
    count: Int64Array
    total: FloatArray
    mean: float
    law: Pooled | None
    sizes: FloatArray

    @classmethod
    def learn(cls, log: CascadeLog) -> Self:
        """Learn from a log, its cascades the oldest first.

        Each cascade is foretold from its starter's *other* cascades: how many there were and how large they
        grew on average, a mean drawn to everybody's (a random effect, Robbins 1956). Intervals come from the
        misses on cascades left out.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0, 1, 2, 2, 2], [7, 1, 2, 8, 7, 3, 4], np.arange(7.0))
        >>> past = PastSizes.learn(log)
        >>> past.starters.tolist(), past.count.tolist()
        ([7, 8], [2, 1])
        """
        kept = np.flatnonzero(log.sizes > 0)
        starter = log.nodes[log.offsets[kept]].astype(np.int64)
        sizes = np.log(log.sizes[kept].astype(np.float64))
        starters, place = np.unique(starter, return_inverse=True)
        count = np.bincount(place, minlength=starters.size).astype(np.int64)
        total = np.asarray(np.bincount(place, weights=sizes, minlength=starters.size), dtype=np.float64)
        mean = float(sizes.mean()) if sizes.size else 0.0
        law = None
        if sizes.size >= ENOUGH:
            one = np.ones(sizes.size)
            others = _features(count[place] - 1, total[place] - sizes, mean)
            law = Pooled.learn(Cases(others, sizes, np.arange(sizes.size), one, one > 0))
        return cls(starters, count, total, mean, law, sizes)

    def quantiles(self, starters: npt.ArrayLike, shares: npt.ArrayLike) -> FloatArray | None:
        """Give quantiles of the sizes of cascades to come; None where no cascade was ever seen.

        Parameters
        ----------
        starters : array of int, shape (cascades,)
            Node numbers; people who never started one are foretold from everybody's.
        shares : array of float, shape (shares,)

        Returns
        -------
        float array, shape (cascades, shares)
            Whole numbers, at least 1: the starter counts.
        """
        wanted, asked = np.asarray(starters, dtype=np.int64), np.asarray(shares, dtype=np.float64)
        if not self.sizes.size:
            return None
        if self.law is None:
            ends = np.broadcast_to(self._few(asked), (wanted.size, asked.size))
        else:
            place = np.minimum(np.searchsorted(self.starters, wanted), self.starters.size - 1)
            known = self.starters[place] == wanted
            count, total = self.count[place] * known, self.total[place] * known
            ends = self.law.quantiles(_features(count, total, self.mean), asked)
        return np.maximum(np.rint(np.exp(ends)), 1.0)

    def _few(self, shares: FloatArray) -> FloatArray:
        count = self.sizes.size
        freedom = _CASES_FOR_SPREAD + count - 1
        squares = _CASES_FOR_SPREAD * _SPREAD**2 + ((self.sizes - self.mean) ** 2).sum()
        spread = np.sqrt(squares / freedom * (1 + 1 / count))
        return np.asarray(self.mean + spread * student.ppf(shares, freedom), dtype=np.float64)


def predict_sizes(log: CascadeLog, starters: npt.ArrayLike, shares: npt.ArrayLike) -> FloatArray | None:
    """Give quantiles of the sizes of cascades to come, one row a starter (see ``PastSizes``).

    Examples
    --------
    >>> sizes = [3, 4, 5, 6, 4, 5, 3, 40, 50, 60, 45, 55]
    >>> starter = [9] * 7 + [8] * 5
    >>> entries = [
    ...     (c, s if p == 0 else p) for c, (s, size) in enumerate(zip(starter, sizes)) for p in range(size)
    ... ]
    >>> log = CascadeLog.from_entries(*zip(*entries), np.arange(len(entries)))
    >>> small, large = predict_sizes(log, [9, 8], [0.5])[:, 0]
    >>> bool(small < large)
    True
    """
    return PastSizes.learn(log).quantiles(starters, shares)


def _features(count: Int64Array, total: FloatArray, mean: float) -> FloatArray:
    return np.column_stack([(total + _WORTH * mean) / (count + _WORTH), np.log1p(count)])
