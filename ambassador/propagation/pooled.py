"""What earlier cases teach about the next: a pooled line, and how far it was off on cases it did not see."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.conformal import Misses
from ambassador.propagation.robust import Line, fit_median

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

PENALTIES: Final = (4.0, 12.0, 36.0, 120.0, 400.0, 4000.0)
"""Strengths of the ridge, in cases, from a line that follows every figure to hardly more than a median."""
HALF_LIFE: Final = 0.6
"""Of old cases, in lengths of the whole past: habits and platforms change."""
_FOLDS: Final = 7
_ERRORS: Final = 1.0


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
    def learn(
        cls,
        cases: Cases,
        curved: Sequence[int] = (),
        free: Sequence[int] = (),
        judge: Callable[[FloatArray], FloatArray] = np.asarray,
    ) -> Self:
        """Fit all cases, and every case once more without it, a seventh at a time.

        How much the past is followed is chosen by the cases left out: of all strengths those that did as
        well as the best, as far as chance lets tell, are averaged.

        Parameters
        ----------
        cases : Cases
            At least two, one of them judged.
        curved : sequence of int
            Features whose squares and products are used as well.
        free : sequence of int
            Features whose own slope is never held back.
        judge : callable
            Takes predictions to the scale in which errors are compared.
        """
        curves = Curves.among(cases.features, curved)
        cases = replace(cases, features=curves.of(cases.features))
        judged = cases.judged
        centre = np.zeros((len(PENALTIES), cases.target.size))
        for held in _folds(cases):
            asked = held & judged
            lines = _lines(cases, ~held, PENALTIES, free)
            centre[:, asked] = [line.at(cases.features[asked]) for line in lines]
        chosen = _as_good_as_the_best(np.abs(judge(cases.target) - judge(centre))[:, judged])
        off = cases.target - centre[chosen].mean(axis=0)
        kept = [PENALTIES[place] for place in np.flatnonzero(chosen).tolist()]
        everything = np.ones(cases.target.size, np.bool_)
        misses = Misses(off[judged], _fading(cases)[judged])
        return cls(curves, _lines(cases, everything, kept, free), misses)

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


def _lines(
    cases: Cases, rows: BoolArray, penalties: Sequence[float], free: Sequence[int]
) -> tuple[Line, ...]:
    features, target, weight = cases.features[rows], cases.target[rows], (cases.weight * _fading(cases))[rows]
    count = np.unique(cases.case[rows]).size
    return tuple(fit_median(features, target, weight, penalty / count, free) for penalty in penalties)


def _as_good_as_the_best(losses: FloatArray) -> BoolArray:
    """Mark the strengths whose losses, shape (strengths, cases), exceed the least by one error at most."""
    mean = losses.mean(axis=1)
    beside = losses - losses[int(np.argmin(mean))]
    error = beside.std(axis=1) / np.sqrt(losses.shape[1])
    return np.asarray(beside.mean(axis=1) <= _ERRORS * error, dtype=np.bool_)


def _fading(cases: Cases) -> FloatArray:
    count = int(cases.case.max()) + 1
    return np.asarray(0.5 ** ((count - 1 - cases.case) / count / HALF_LIFE), dtype=np.float64)


def _mean(lines: tuple[Line, ...], features: FloatArray) -> FloatArray:
    return np.mean([line.at(features) for line in lines], axis=0)
