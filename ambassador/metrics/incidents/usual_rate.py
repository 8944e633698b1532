"""How many posts are usual in each hour of the week, learned from few weeks: shrunk, and with its doubt."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ambassador.metrics.arrays import FloatArray, IntArray

BIN: Final = 900
"""Seconds of a stretch: a quarter of an hour, so that every zone's hours begin with one."""
HOURS_OF_WEEK: Final = 168
BINS_A_DAY: Final = 96
_HOURS: Final = (1, 2, 3, 6)
"""Windows, in hours, over which the spread of counts is compared with their mean."""
_BINS_AN_HOUR: Final = 4
_TRIMMED: Final = 0.01
"""Share of the oddest windows that say nothing about ordinary ones: bursts of the past."""
_TRIMMED_MEAN: Final = 0.925
"""Mean of a chi-squared variable of one degree without its largest hundredth: P(chi2_3 < 6.63) / 0.99."""
_ODD: Final = 3.0
"""Standard deviations at which a past hour stops counting as more than that."""
_HALF: Final = 0.5
"""A posts's worth of doubt where nothing was ever said (Jeffreys)."""


@dataclass(frozen=True, slots=True)
class UsualRate:
    """What is usual.

    Attributes
    ----------
    rates : float array, shape (168,)
        Posts expected in a quarter of an hour, by hour of the week (Monday's first is 0).
    dispersion : float
        Variance over mean of counts, at least 1: talk comes in bursts.
    doubt : float
        Variance of a rate relative to its square: how little is known of it.
    """

    rates: FloatArray
    dispersion: float
    doubt: float

    @property
    def an_hour(self) -> float:
        """Posts an hour, over the whole week."""
        return float(self.rates.mean()) * _BINS_AN_HOUR

    def spread(self, expected: FloatArray) -> FloatArray:
        """Return variance over mean of counts with these means, doubt included."""
        spread: FloatArray = np.maximum(self.dispersion + self.doubt * expected, 1.0)
        return spread


def learn_usual_rate(counts: IntArray, hours: IntArray) -> UsualRate:
    """
    Learn what is usual from a past in quarters of an hour.

    Hour of the day, day of the week and their 168 crossings are ratios to a level, each pulled towards 1
    as far as chance explains its distance (credibility). Hours that stand out are counted as three standard
    deviations above what the others say, so that one burst does not make the next one usual.

    Parameters
    ----------
    counts : int array, shape (bins,)
        Posts in each quarter of an hour.
    hours : int array, shape (bins,)
        Which of the 168 hours of a week each is of, by the clock on the wall.

    References
    ----------
    H. Buhlmann, A. Gisler, A Course in Credibility Theory and its Applications, 2005, ch. 3.
    P. McCullagh, J. Nelder, Generalized Linear Models, 1989, section 6.2.3: dispersion of counts.

    Examples
    --------
    >>> hours = np.repeat(np.arange(168), 4)
    >>> usual = learn_usual_rate(np.tile(np.where(hours % 24 < 8, 0, 2), 6), np.tile(hours, 6))
    >>> float(usual.rates[3].round(1)), float(usual.rates[12].round(1)), usual.dispersion
    (0.0, 2.0, 1.0)
    """
    kept = counts.astype(np.float64)
    usual = _learned(kept, hours)
    for _ in range(2):
        expected = usual.rates[hours]
        kept = np.minimum(counts, _ceiling(counts, expected, usual.dispersion))
        usual = _learned(kept, hours)
    return usual


def _ceiling(counts: IntArray, expected: FloatArray, dispersion: float) -> FloatArray:
    """Share the most that an hour may hold among its quarters as they share what it held."""
    held, usual = (_summed(one, _BINS_AN_HOUR) for one in (counts.astype(np.float64), expected))
    most = np.maximum(usual + _ODD * np.sqrt(dispersion * usual), _ODD)
    scale = np.minimum(most / np.maximum(held, 1.0), 1.0)
    inside = np.repeat(scale, _BINS_AN_HOUR)[: counts.size]
    rest = np.ones(counts.size - inside.size)
    shared: FloatArray = counts * np.concatenate([inside, rest])
    return shared


def _learned(counts: FloatArray, hours: IntArray) -> UsualRate:
    bins = np.bincount(hours, minlength=HOURS_OF_WEEK).astype(np.float64)
    held = np.bincount(hours, weights=counts, minlength=HOURS_OF_WEEK).astype(np.float64)
    level = (held.sum() + _HALF) / max(bins.sum(), 1.0)
    first: FloatArray = np.full(HOURS_OF_WEEK, level)
    place: IntArray = np.arange(HOURS_OF_WEEK)
    dispersion = 1.0
    rates: FloatArray = first
    doubt = 0.0
    for _ in range(2):
        rates, doubt = first, dispersion / (held.sum() + _HALF)
        for group in (place % 24, place // 24, place):
            ratio, left = _credible(held, bins * rates, group, dispersion)
            rates, doubt = rates * ratio[group], doubt + left
        dispersion = _dispersion(counts, rates[hours])
    return UsualRate(rates, dispersion, doubt)


def _credible(
    held: FloatArray, expected: FloatArray, group: IntArray, dispersion: float
) -> tuple[FloatArray, float]:
    """Return the ratio of each group to what was expected, pulled to 1 as far as chance explains it."""
    seen, due = (np.bincount(group, weights=column) for column in (held, expected))
    known = due > 0
    chance = np.where(known, dispersion / np.maximum(due, 1e-12), np.inf)
    ratio = np.where(known, seen / np.maximum(due, 1e-12), 1.0)
    squares = (seen[known] - due[known]) ** 2 - dispersion * due[known]
    between = max(float(squares.sum() / max((due[known] ** 2).sum(), 1e-12)), 0.0)
    weight = between / (between + chance)
    left = float((between * (1.0 - weight))[known].mean()) if known.any() else 0.0
    return 1.0 + weight * (ratio - 1.0), left


def _dispersion(counts: FloatArray, expected: FloatArray) -> float:
    """Compare spread and mean over windows of several lengths, the oddest hundredth left out; the largest."""
    found = [1.0]
    for length in _HOURS:
        held, due = (_summed(one, length * _BINS_AN_HOUR) for one in (counts, expected))
        odd = (held - due)[due > 0] ** 2 / due[due > 0]
        if odd.size > 1 / _TRIMMED:
            ordinary = np.sort(odd)[: int(odd.size * (1 - _TRIMMED))]
            found.append(float(ordinary.mean()) / _TRIMMED_MEAN)
    return max(found)


def _summed(column: FloatArray, length: int) -> FloatArray:
    whole = column.size // length * length
    summed: FloatArray = column[:whole].reshape(-1, length).sum(axis=1)
    return summed
