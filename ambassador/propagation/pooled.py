"""What earlier cases teach about the next: a pooled line, and how far it was off on cases it did not see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.conformal import Misses
from ambassador.propagation.robust import Line, fit_median

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PENALTIES: Final = (8.0, 30.0)
"""Strength of the ridge, in cases: what the past teaches outweighs it as cases accrue."""
FADING: Final = (1.0, 0.35)
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
class Curves:
    """Squares and products of some features, taken from their middle.

    Features beyond those learned from count as the outermost ones: a parabola is not to be believed there.
    """

    lowest: FloatArray
    highest: FloatArray
    middle: FloatArray
    left: Int64Array
    right: Int64Array

    @classmethod
    def among(cls, features: FloatArray, columns: Sequence[int]) -> Self:
        """Take the middle from the rows at hand."""
        left, right = np.triu_indices(len(columns))
        chosen = np.array(columns, dtype=np.int64)
        lowest, highest = features.min(axis=0), features.max(axis=0)
        return cls(lowest, highest, features.mean(axis=0), chosen[left], chosen[right])

    def of(self, features: FloatArray) -> FloatArray:
        """Put the products beside the features."""
        off = np.clip(features, self.lowest, self.highest) - self.middle
        return np.column_stack([off, off[:, self.left] * off[:, self.right]])


@dataclass(frozen=True, eq=False)
class Pooled:
    """A prediction that is the mean of several lines, with its misses.

    Attributes
    ----------
    curves : Curves
    lines : tuple of Line
    misses : Misses
    """

    curves: Curves
    lines: tuple[Line, ...]
    misses: Misses

    @classmethod
    def learn(cls, cases: Cases, curved: Sequence[int] = ()) -> Self:
        """Fit all cases, and every case once more without it, a seventh at a time.

        Parameters
        ----------
        cases : Cases
            At least two, one of them judged.
        curved : sequence of int
            Features whose squares and products are used as well.
        """
        curves = Curves.among(cases.features, curved)
        cases = replace(cases, features=curves.of(cases.features))
        everything = np.ones(cases.target.size, np.bool_)
        centre = np.zeros(cases.target.size)
        for held in _folds(cases):
            lines = _lines(cases, everything & ~held)
            asked = held & cases.judged
            centre[asked] = _mean(lines, cases.features[asked])
        judged = cases.judged
        age = _fading(cases, 1.0)[judged]
        misses = Misses((cases.target - centre)[judged], age)
        return cls(curves, _lines(cases, everything), misses)

    def centre(self, features: FloatArray) -> FloatArray:
        """Give the medians of what is to come; ``features`` has shape (rows, features)."""
        middle = _mean(self.lines, self.curves.of(features))
        return np.asarray(middle + self.misses.quantile(0.5), dtype=np.float64)

    def quantiles(self, features: FloatArray, shares: FloatArray) -> FloatArray:
        """Give the quantiles of what is to come, shape (rows, shares)."""
        off = np.array([self.misses.quantile(share) for share in shares.tolist()])
        middle = _mean(self.lines, self.curves.of(features))
        return np.asarray(middle[:, None] + off, dtype=np.float64)


def _folds(cases: Cases) -> Iterator[BoolArray]:
    """Deal the cases out in turn: every fold holds old and new ones."""
    number = np.unique(cases.case, return_inverse=True)[1]
    for fold in range(min(_FOLDS, int(number.max()) + 1)):
        yield number % _FOLDS == fold


def _lines(cases: Cases, rows: BoolArray) -> tuple[Line, ...]:
    features, target = cases.features[rows], cases.target[rows]
    count = np.unique(cases.case[rows]).size
    return tuple(
        fit_median(features, target, (cases.weight * _fading(cases, half_life))[rows], penalty / count)
        for half_life in FADING
        for penalty in PENALTIES
    )


def _fading(cases: Cases, half_life: float) -> FloatArray:
    count = int(cases.case.max()) + 1
    return np.asarray(0.5 ** ((count - 1 - cases.case) / count / half_life), dtype=np.float64)


def _mean(lines: tuple[Line, ...], features: FloatArray) -> FloatArray:
    return np.mean([line.at(features) for line in lines], axis=0)
