"""How many more came in some hours than in the same hours of other days, and what that lets expect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betainc, ndtri, pdtr

from ambassador.metrics.arrays import FloatArray

# Before anything is seen counts vary twice as much as Poisson ones, as if one hour had said so.
_USUAL_DISPERSION, _HOURS_BEFORE = 2.0, 1.0
# Before anything is seen two moments of one size differ by a factor of 2.7, as if two of them had said so.
_USUAL_WIDTH, _MOMENTS_BEFORE = 1.0, 2.0
_LEAST_LIFT: Final = 0.5  # of a moment that brought nobody: half a person, as logarithms need one


@dataclass(frozen=True, slots=True)
class Lift:
    """By how many a count lies above the usual.

    Attributes
    ----------
    usual : float
        As many were to be expected.
    lift, low, high : float
        What came beyond that, and the ends of its range; below zero where fewer came than usual.
    """

    usual: float
    lift: float
    low: float
    high: float


def lift_over(came: int, usual: Sequence[int], level: float = 0.8) -> Lift:
    """
    Hold a count against those of comparable hours.

    Parameters
    ----------
    came : int
    usual : sequence of int
        Counts of comparable hours, one at least.
    level : float
        How often the range holds what truly came in addition.

    Notes
    -----
    What would have come is negative binomial around the mean of the others (Jeffreys' half a count added),
    with the variance of that mean and the dispersion the others show, drawn to 2, and what a
    dispersion from so few hours leaves open (a quasi-Poisson law: McCullagh, Nelder 1989, section 6.2;
    prediction of counts as in Meeker, Hahn, Escobar 2017, chapter 7).

    Examples
    --------
    >>> found = lift_over(40, [10, 12, 9, 11])
    >>> round(found.usual, 3), round(found.lift, 3), found.low, found.high
    (10.625, 29.375, 24.0, 34.0)
    """
    seen = np.asarray(usual, np.float64)
    hours, mean = seen.size, (float(seen.sum()) + 0.5) / seen.size
    squares = float(((seen - seen.mean()) ** 2).sum()) / mean
    freedom = hours - 1 + _HOURS_BEFORE
    dispersion = (squares + _USUAL_DISPERSION * _HOURS_BEFORE) / freedom
    variance = max(dispersion, 1.0) * mean * (1.0 + 1.0 / hours) * (1 + 1 / freedom)
    low, high = (_count_at(mean, variance, share) for share in ((1 - level) / 2, (1 + level) / 2))
    return Lift(mean, came - mean, came - high, came - low)


def _count_at(mean: float, variance: float, share: float) -> float:
    """Give the smallest count at or below which this share of a negative binomial law lies."""
    counts: FloatArray = np.arange(int(mean + 12 * np.sqrt(variance)) + 10, dtype=np.float64)
    if variance > mean * (1 + 1e-9):
        shape = mean * mean / (variance - mean)
        below = np.asarray(betainc(shape, counts + 1, shape / (shape + mean)), np.float64)
    else:
        below = np.asarray(pdtr(counts, mean), np.float64)
    return float(np.searchsorted(below, share))


@dataclass(frozen=True, slots=True)
class LiftLaw:
    """How many a moment to come may bring: a Poisson law whose mean is log-normal.

    Attributes
    ----------
    log_level, width : float
        Mean and deviation of the logarithm of its mean.
    """

    log_level: float
    width: float

    @property
    def mean(self) -> float:
        """Expected count."""
        return float(np.exp(self.log_level + self.width**2 / 2))

    def ends(self, level: float = 0.8) -> tuple[float, float]:
        """Give the ends of the range of its mean.

        Examples
        --------
        >>> [round(end, 2) for end in LiftLaw(0.0, 1.0).ends()]
        [0.28, 3.6]
        """
        away = float(ndtri((1 + level) / 2)) * self.width
        return float(np.exp(self.log_level - away)), float(np.exp(self.log_level + away))


def stated_law(count: float) -> LiftLaw:
    """Give the law of a number somebody states: its mean, as unsure as moments usually are.

    Examples
    --------
    >>> round(stated_law(50.0).mean, 6)
    50.0
    """
    return LiftLaw(float(np.log(count)) - _USUAL_WIDTH**2 / 2, _USUAL_WIDTH)


def law_from_earlier(
    lifts: Sequence[float], audiences: Sequence[float], alike: Sequence[bool], audience: float
) -> LiftLaw:
    """
    Expect of a moment what earlier ones brought for each of their audience.

    Parameters
    ----------
    lifts, audiences : sequences of float
        What earlier moments brought, and how many saw or heard them; one at least.
    alike : sequence of bool
        Which of them were on the same medium.
    audience : float
        Of the moment to come.

    Notes
    -----
    Logarithms of lift per audience; the mean of those alike is drawn to that of all as if one more of them
    had said it, the deviation to 1 as if two had (a normal law of two levels: Gelman, Hill 2007, chapter 12).

    Examples
    --------
    >>> law = law_from_earlier([20.0, 20.0], [1_000.0, 1_000.0], [True, True], 2_000.0)
    >>> round(float(np.exp(law.log_level)), 6), round(law.width, 2)
    (40.0, 0.94)
    """
    rates = np.log(np.maximum(lifts, _LEAST_LIFT)) - np.log(np.asarray(audiences, np.float64))
    own = rates[np.asarray(alike, np.bool_)]
    level = (own.sum() + rates.mean()) / (own.size + 1)
    squares = float(((rates - rates.mean()) ** 2).sum())
    spread = (squares + _MOMENTS_BEFORE * _USUAL_WIDTH**2) / (rates.size - 1 + _MOMENTS_BEFORE)
    return LiftLaw(float(level + np.log(audience)), float(np.sqrt(spread * (1 + 1 / (own.size + 1)))))
