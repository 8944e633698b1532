"""What earlier cases teach about the next: a pooled line, and how far it was off on cases it did not see."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.conformal import Misses
from ambassador.propagation.robust import Line, fit_median

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PENALTIES: Final = (0.03, 0.1, 0.3)
FADING: Final = (np.inf, 1.0, 0.35)
"""Half-lives of old cases, in lengths of the whole past: habits and platforms change, or they do not."""
_FOLDS: Final = 7


@dataclass(frozen=True, eq=False)
class Cases:
    """Earlier cases, the oldest first; one may stand in several rows.

    Attributes
    ----------
    features : float array, shape (rows, features)
    target : float array, shape (rows,)
    case : int64 array, shape (rows,)
        0 .. cases - 1 in the order of time.
    weight : float array, shape (rows,)
        How much like the case to come the row was observed.
    judged : bool array, shape (rows,)
        Rows observed exactly as the case to come is: at most one a case.
    """

    features: FloatArray
    target: FloatArray
    case: Int64Array
    weight: FloatArray
    judged: BoolArray


@dataclass(frozen=True, eq=False)
class Pooled:
    """A prediction that is the mean of several lines, with its misses.

    Attributes
    ----------
    lines : tuple of Line
    misses : Misses
    """

    lines: tuple[Line, ...]
    misses: Misses

    @classmethod
    def learn(cls, cases: Cases) -> Self:
        """Fit all cases, and every case once more without it, a seventh at a time.

        Parameters
        ----------
        cases : Cases
            At least two, one of them judged.
        """
        everything = np.ones(cases.target.size, np.bool_)
        centre = np.zeros(cases.target.size)
        for held in _folds(cases):
            lines = _lines(cases, everything & ~held)
            asked = held & cases.judged
            centre[asked] = _mean(lines, cases.features[asked])
        judged = cases.judged
        age = _fading(cases, 1.0)[judged]
        misses = Misses((cases.target - centre)[judged], age)
        return cls(_lines(cases, everything), misses)

    def centre(self, features: FloatArray) -> FloatArray:
        """Predict; ``features`` has shape (rows, features)."""
        return _mean(self.lines, features)

    def quantiles(self, features: FloatArray, shares: FloatArray) -> FloatArray:
        """Give the quantiles of what is to come, shape (rows, shares)."""
        off = np.array([self.misses.quantile(share) for share in shares.tolist()])
        return np.asarray(self.centre(features)[:, None] + off, dtype=np.float64)


def _folds(cases: Cases) -> Iterator[BoolArray]:
    """Deal the cases out in turn: every fold holds old and new ones."""
    number = np.unique(cases.case, return_inverse=True)[1]
    for fold in range(min(_FOLDS, int(number.max()) + 1)):
        yield number % _FOLDS == fold


def _lines(cases: Cases, rows: BoolArray) -> tuple[Line, ...]:
    features, target = cases.features[rows], cases.target[rows]
    return tuple(
        fit_median(features, target, (cases.weight * _fading(cases, half_life))[rows], penalty)
        for half_life in FADING
        for penalty in PENALTIES
    )


def _fading(cases: Cases, half_life: float) -> FloatArray:
    count = int(cases.case.max()) + 1
    return np.asarray(0.5 ** ((count - 1 - cases.case) / count / half_life), dtype=np.float64)


def _mean(lines: tuple[Line, ...], features: FloatArray) -> FloatArray:
    return np.mean([line.at(features) for line in lines], axis=0)
