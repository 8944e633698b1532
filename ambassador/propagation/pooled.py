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
"""Strengths of the ridge, in cases: what the past teaches outweighs it as cases accrue."""
HALF_LIFE: Final = 0.6
"""Of old cases, in lengths of the whole past: habits and platforms change."""
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
    def learn(cls, cases: Cases, curved: Sequence[int] = (), free: Sequence[int] = ()) -> Self:
        """Fit all cases, and every case once more without it, a seventh at a time.

        Parameters
        ----------
        cases : Cases
            At least two, one of them judged.
        curved : sequence of int
            Features whose squares and products are used as well.
        free : sequence of int
            Features whose own slope is never held back.
        """
        curves = Curves.among(cases.features, curved)
        cases = replace(cases, features=curves.of(cases.features))
        judged = cases.judged
        centre = np.zeros(cases.target.size)
        for held in _folds(cases):
            asked = held & judged
            centre[asked] = _mean(_lines(cases, ~held, free), cases.features[asked])
        misses = Misses((cases.target - centre)[judged], _fading(cases)[judged])
        return cls(curves, _lines(cases, np.ones(judged.size, np.bool_), free), misses)

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


def _lines(cases: Cases, rows: BoolArray, free: Sequence[int]) -> tuple[Line, ...]:
    features, target, weight = cases.features[rows], cases.target[rows], (cases.weight * _fading(cases))[rows]
    count = np.unique(cases.case[rows]).size
    return tuple(fit_median(features, target, weight, penalty / count, free) for penalty in PENALTIES)


def _fading(cases: Cases) -> FloatArray:
    count = int(cases.case.max()) + 1
    return np.asarray(0.5 ** ((count - 1 - cases.case) / count / HALF_LIFE), dtype=np.float64)


def _mean(lines: tuple[Line, ...], features: FloatArray) -> FloatArray:
    return np.mean([line.at(features) for line in lines], axis=0)
