"""What earlier cases teach about the next: a pooled line, and how far it was off on cases it did not see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final, Self

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.growth.conformal import Residuals
from ambassador.propagation.growth.robust import LinearFit, fit_median
from ambassador.propagation.growth.rolling_origin import rolling_origin, say

# Each fold is foretold from six sevenths of the cases: nearly all, in seven fits instead of one a case.
_FOLDS: Final = 7
# Hyperparameters with less say than this are not asked: they would cost a fit and move nothing.
_HEARD: Final = 0.01
# Shares of the simple ways are weighed in fifths: finer steps differ by less than chance.
_STEPS: Final = 5
# Of a simple way's line, in cases: the weakest ridge of those below.
_PLAIN_PENALTY: Final = 3.0


@dataclass(frozen=True, slots=True)
class Hyperparameters:
    """One way of weighing the past.

    Attributes
    ----------
    half_life : float
        Of old cases, in lengths of the whole past: habits and platforms change, or do not.
    penalty : float
        Strength of the ridge, in cases: what the past teaches outweighs it as cases accrue.
    """

    half_life: float
    penalty: float

    def fading(self, cases: "Cases") -> FloatArray:
        """How much each row still counts; the newest case 1.

        Examples
        --------
        >>> rows = np.zeros((3, 1)), np.zeros(3), np.arange(3), np.ones(3), np.ones(3, np.bool_)
        >>> Hyperparameters(half_life=1 / 3, penalty=1.0).fading(Cases(*rows)).round(2).tolist()
        [0.25, 0.5, 1.0]
        """
        first, count = int(cases.case.min()), int(cases.case.max() - cases.case.min()) + 1
        age = (count - 1 - (cases.case - first)) / count
        return np.asarray(0.5 ** (age / self.half_life), dtype=np.float64)

    def line(self, cases: "Cases", rows: BoolArray, free: Sequence[int]) -> LinearFit:
        """Fit some of the rows."""
        chosen = cases.only(rows)
        weight = chosen.weight * self.fading(chosen)
        strength = self.penalty / np.unique(chosen.case).size
        return fit_median(chosen.features, chosen.target, weight, strength, free)


HYPERPARAMETERS: Final = tuple(
    Hyperparameters(life, ridge) for life in (0.2, 0.5, np.inf) for ridge in (3.0, 8.0, 30.0)
)


@dataclass(frozen=True, slots=True)
class Plain:
    """A simple way: a line through a few features, of the rows observed exactly as the case to come.

    Attributes
    ----------
    columns : tuple of int
        Features it goes through; none: everybody's median.
    """

    columns: tuple[int, ...]

    def fading(self, cases: "Cases") -> FloatArray:
        """Old cases count as much as new ones."""
        return np.ones(cases.case.size)

    def line(self, cases: "Cases", rows: BoolArray, free: Sequence[int]) -> LinearFit:
        """Fit some of the rows; all slopes but its own are 0."""
        judged = rows & cases.judged
        chosen = cases.only(judged if judged.any() else rows)
        columns, count = list(self.columns), chosen.target.size
        held = [place for place, column in enumerate(columns) if column in free]
        few = fit_median(
            chosen.features[:, columns], chosen.target, np.ones(count), _PLAIN_PENALTY / count, held
        )
        slopes = np.zeros(chosen.features.shape[1])
        slopes[columns] = few.slopes
        return LinearFit(few.intercept, slopes)


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

    def only(self, rows: BoolArray) -> Self:
        """Keep some of the rows.

        Examples
        --------
        >>> times = np.arange(2)
        >>> cases = Cases(np.zeros((2, 1)), np.array([5.0, 6.0]), times, np.ones(2), np.ones(2, np.bool_))
        >>> cases.only(np.array([False, True])).target.tolist()
        [6.0]
        """
        return replace(
            self,
            features=self.features[rows],
            target=self.target[rows],
            case=self.case[rows],
            weight=self.weight[rows],
            judged=self.judged[rows],
        )


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
        """Take the middle from the rows at hand.

        Examples
        --------
        >>> Curves.among(np.array([[0.0, 1.0], [2.0, 5.0]]), [0]).middle.tolist()
        [1.0, 3.0]
        """
        left, right = np.triu_indices(len(columns))
        chosen = np.array(columns, dtype=np.int64)
        lowest, highest = features.min(axis=0), features.max(axis=0)
        return cls(lowest, highest, features.mean(axis=0), chosen[left], chosen[right])

    def of(self, features: FloatArray) -> FloatArray:
        """Put the products beside the features.

        Examples
        --------
        >>> curves = Curves.among(np.array([[0.0], [4.0]]), [0])
        >>> curves.of(np.array([[4.0], [9.0]])).tolist()
        [[2.0, 4.0], [2.0, 4.0]]
        """
        off = np.clip(features, self.lowest, self.highest) - self.middle
        return np.column_stack([off, off[:, self.left] * off[:, self.right]])


@dataclass(frozen=True, eq=False)
class Pooled:
    """A prediction that is the mean of several lines, with its residuals.

    Attributes
    ----------
    curves : Curves
    lines : tuple of LinearFit
    say : float array, shape (lines,)
        How much each line counts; sums to 1.
    residuals : Residuals
    """

    curves: Curves
    lines: tuple[LinearFit, ...]
    say: FloatArray
    residuals: Residuals

    @classmethod
    def learn(
        cls,
        cases: Cases,
        curved: Sequence[int] = (),
        free: Sequence[int] = (),
        plain: Sequence[tuple[int, ...]] = (),
    ) -> Self:
        """Weigh hyperparameters by how they would have done; fit all cases, and again without each case.

        Parameters
        ----------
        cases : Cases
            At least two, one of them judged.
        curved : sequence of int
            Features whose squares and products are used as well.
        free : sequence of int
            Features whose own slope is never held back.
        plain : sequence of tuple of int
            Features of each simple way to be mixed in: where one of them did better, it gets the say.

        Examples
        --------
        >>> x = np.arange(20.0)
        >>> cases = Cases(x[:, None], 2 * x, np.arange(20), np.ones(20), np.ones(20, np.bool_))
        >>> pooled = Pooled.learn(cases, free=[0])
        >>> pooled.centre(np.array([[10.0]])).round(1).tolist()
        [20.0]
        """
        curves = Curves.among(cases.features, curved)
        cases = replace(cases, features=curves.of(cases.features))
        simple = tuple(Plain(columns) for columns in plain)
        words = _say(cases, free, simple)
        heard = np.flatnonzero(words >= _HEARD)
        ways: tuple[Hyperparameters | Plain, ...] = (*HYPERPARAMETERS, *simple)
        choices, share = [ways[number] for number in heard], words[heard] / words[heard].sum()
        judged, centre = cases.judged, np.zeros(cases.target.size)
        for held in _folds(cases):
            asked = held & judged
            lines = tuple(way.line(cases, ~held, free) for way in choices)
            centre[asked] = _mean(lines, share, cases.features[asked])
        fading = share @ np.array([way.fading(cases) for way in choices])
        residuals = Residuals((cases.target - centre)[judged], fading[judged])
        everything = np.ones(judged.size, np.bool_)
        return cls(
            curves,
            tuple(way.line(cases, everything, free) for way in choices),
            share,
            residuals,
        )

    def centre(self, features: FloatArray) -> FloatArray:
        """Medians of what is to come; ``features`` has shape (rows, features)."""
        middle = _mean(self.lines, self.say, self.curves.of(features))
        return np.asarray(middle + self.residuals.quantile(0.5), dtype=np.float64)

    def quantiles(self, features: FloatArray, shares: FloatArray) -> FloatArray:
        """Quantiles of what is to come, shape (rows, shares)."""
        off = np.array([self.residuals.quantile(share) for share in shares.tolist()])
        middle = _mean(self.lines, self.say, self.curves.of(features))
        return np.asarray(middle[:, None] + off, dtype=np.float64)


def _folds(cases: Cases) -> Iterator[BoolArray]:
    """Deal the cases out in turn: every fold holds old and new ones."""
    number = np.unique(cases.case, return_inverse=True)[1]
    for fold in range(min(_FOLDS, int(number.max()) + 1)):
        yield number % _FOLDS == fold


def _say(cases: Cases, free: Sequence[int], simple: Sequence[Plain] = ()) -> FloatArray:
    """Weigh all ways by how far off lines fitted at several moments were on what came next.

    Among the hyperparameters, what came between two cuts was foretold by the same lines and shares its time:
    it counts as one case. Counted one by one, a few weeks in which old habits misled would silence every
    longer memory. How far the simple ways are mixed in is a matter of kind, not of memory: every mix in
    fifths is weighed by each case, all alike likely before (stacking: Wolpert 1992; Breiman 1996).
    """
    number = np.unique(cases.case, return_inverse=True)[1]
    ways: tuple[Hyperparameters | Plain, ...] = (*HYPERPARAMETERS, *simple)
    off, told = np.zeros(len(HYPERPARAMETERS)), 0
    mixes = _mixes(1 + len(simple))
    missed, foretold = np.zeros(len(mixes)), 0
    for before, after in rolling_origin(int(number.max()) + 1):
        known = number < before.stop
        asked = cases.only(cases.judged & (number >= after.start) & (number < after.stop))
        if not asked.target.size:
            continue
        every = np.array([way.line(cases, known, free).at(asked.features) for way in ways])
        ours, theirs = every[: off.size], every[off.size :]
        mixed = say(off, told) @ ours
        missed += np.abs(mixes @ np.vstack([mixed, theirs]) - asked.target).sum(axis=1)
        foretold += asked.target.size
        off += np.abs(ours - asked.target).mean(axis=1)
        told += 1
    shares = say(missed, foretold) @ mixes
    return np.r_[say(off, told) * shares[0], shares[1:]]


def _mixes(kinds: int) -> FloatArray:
    """Shares of a whole among kinds, every one in fifths."""
    parts = [one for one in product(range(_STEPS + 1), repeat=kinds) if sum(one) == _STEPS]
    return np.array(parts, dtype=np.float64) / _STEPS


def _mean(lines: tuple[LinearFit, ...], say: FloatArray, features: FloatArray) -> FloatArray:
    return np.asarray(say @ np.array([line.at(features) for line in lines]), dtype=np.float64)
