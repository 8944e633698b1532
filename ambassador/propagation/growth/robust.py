"""A regression for the median that few or odd cascades cannot pull away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.one_core import rows_at_once

_ROUNDS: Final = 15  # of reweighting: a plain bound, each round a solve of a few dozen unknowns
# A round that moves what is foretold by less than this share of the usual residual is the last one: what is
# then still to come is about three times as much, far below what any of these lines can be trusted for.
_STILL: Final = 0.003
_REMEMBERED: Final = 2  # earlier rounds that the next one is extrapolated from; more gain nothing here
# Residuals nearer than this share of the usual one weigh as if they were there: the
# smoothing of the absolute value that keeps exact hits from taking all the weight.
_NEAREST: Final = 0.07
_TINY: Final = 1e-9  # a plain guard against dividing by nothing


@dataclass(frozen=True, eq=False)
class LinearFit:
    """A linear prediction.

    Attributes
    ----------
    intercept : float
    slopes : float array, shape (features,)
    """

    intercept: float
    slopes: FloatArray

    def at(self, features: FloatArray) -> FloatArray:
        """Predict; ``features`` has shape (rows, features).

        Examples
        --------
        >>> LinearFit(1.0, np.array([2.0])).at(np.array([[0.0], [3.0]])).tolist()
        [1.0, 7.0]
        """
        return np.asarray(features @ self.slopes + self.intercept, dtype=np.float64)


def fit_median(
    features: FloatArray,
    target: FloatArray,
    weight: FloatArray,
    penalty: float,
    free: Sequence[int] = (),
) -> LinearFit:
    """Fit least absolute deviations with a ridge penalty, by reweighted least squares.

    Features are standardised inside, and residuals measured in their median, so that neither unit matters:
    the answer follows any shift or rescaling of features and target.

    Parameters
    ----------
    features : float array, shape (rows, features)
    target : float array, shape (rows,)
    weight : float array, shape (rows,)
        Not negative; at least one is positive.
    penalty : float
        Strength of the ridge per unit of weight; without bound, the line becomes the weighted median.
    free : sequence of int
        Features the ridge leaves alone.

    Notes
    -----
    Iteratively reweighted least squares for the l1 norm (Schlossmacher 1973, JASA 68); a smoothed absolute
    value keeps rows that are met exactly from taking all the weight. Each round starts from what the last
    few have in common (Anderson acceleration: Walker, Ni 2011, SIAM J. Numer. Anal. 49), which needs about
    half the rounds.

    Examples
    --------
    >>> x = np.arange(9.0)[:, None]
    >>> line = fit_median(x, np.r_[2 * x[:8, 0] + 1, 1000.0], np.ones(9), 1e-6)
    >>> round(float(line.slopes[0]), 2), round(line.intercept, 2)
    (2.0, 1.0)
    """
    share = weight / weight.sum()
    middle = share @ features
    spread = np.sqrt(share @ (features - middle) ** 2)
    spread[spread < _TINY * (1.0 + np.abs(middle))] = np.inf
    scaled = np.column_stack([np.ones(len(features)), (features - middle) / spread])
    strength = np.full(features.shape[1], penalty)
    strength[list(free)] = min(_TINY, penalty)
    ridge = np.diag(np.r_[_TINY, strength])
    both, rounds = np.column_stack([scaled, target]), _Rounds()

    def solved(now: FloatArray) -> FloatArray:
        sums = _products(both, now)
        return np.linalg.solve(sums[:-1, :-1] + ridge, sums[:-1, -1])

    found = at = solved(share)
    told = _along(scaled, at)
    for _ in range(_ROUNDS - 1):
        off = np.abs(target - told)
        usual = weighted_quantile(off, share, 0.5)
        if usual < _TINY:
            break
        found = solved(share / np.maximum(off / usual, _NEAREST))
        after = _along(scaled, found)
        if np.sqrt(share @ (after - told) ** 2) < _STILL * usual:
            break
        at = rounds.next(at, found)
        told = _along(scaled, at)
    slopes = found[1:] / spread
    return LinearFit(float(found[0] - slopes @ middle), slopes)


class _Rounds:
    """The last few rounds: where each began and where it led."""

    def __init__(self) -> None:
        self._began: list[FloatArray] = []
        self._led: list[FloatArray] = []

    def next(self, began: FloatArray, led: FloatArray) -> FloatArray:
        """Choose where the next round begins: where these rounds, as if they were linear, would not move."""
        self._began = [*self._began, began][-_REMEMBERED - 1 :]
        self._led = [*self._led, led][-_REMEMBERED - 1 :]
        moves = np.array(self._led) - np.array(self._began)
        if len(moves) == 1:
            return led
        shares = np.linalg.lstsq(np.diff(moves, axis=0).T, moves[-1])[0]
        return np.asarray(led - shares @ np.diff(np.array(self._led), axis=0))


def _along(table: FloatArray, slopes: FloatArray) -> FloatArray:
    return np.asarray(np.einsum("ij,j->i", table, slopes))


def _products(columns: FloatArray, weight: FloatArray) -> FloatArray:
    """Add up weighted products of columns with each other, on one core."""
    found = np.zeros((columns.shape[1], columns.shape[1]))
    step = rows_at_once(found.size)
    for first in range(0, len(columns), step):
        rows = columns[first : first + step]
        found += rows.T @ (rows * weight[first : first + step, None])
    return found


def weighted_quantile(values: FloatArray, weight: FloatArray, share: float) -> float:
    """Least value at or below which ``share`` of the weight lies.

    Examples
    --------
    >>> weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0]), 0.5)
    2.0
    """
    order = np.argsort(values, kind="stable")
    passed = np.cumsum(weight[order])
    place = int(np.searchsorted(passed, share * passed[-1] * (1 - _TINY)))
    return float(values[order[min(place, values.size - 1)]])
