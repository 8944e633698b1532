"""From which score on to speak: chance alone, and the stream's own past, reach it about once a month."""

from collections.abc import Callable
from math import ceil
from typing import Final

import numpy as np

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.incidents.scan import Departure, count_episodes
from ambassador.metrics.incidents.usual_rate import BINS_A_DAY, UsualRate

Score = Callable[[IntArray, FloatArray, UsualRate], Departure]
"""Posts seen, posts usual and what is usual -> how odd each quarter of an hour is."""
MONTH: Final = 30 * BINS_A_DAY
ALARMS_A_MONTH: Final = 1.0
_MONTHS: Final = 24
"""Simulated months: their count of alarms is known to about a fifth."""
_LOWEST, _STEPS = 1.5, 24
_SAME: Final = 1.0001
"""Variance over mean below which counts are drawn as Poisson."""
_SURE: Final = 1.0
"""The largest doubt that is simulated: a level that may be anything tells nothing."""


def limit_for(
    usual: UsualRate,
    past: tuple[IntArray, IntArray],
    score: Score,
    *,
    quiet: int,
    rng: np.random.Generator,
) -> float:
    """
    Choose the limit so that a stream that stays as usual raises one alarm a month.

    Months are simulated from what is usual, each with a level as doubtful as it is known. Where talk comes
    in clusters that no such month holds, the past itself says so: the limit is high enough that it would
    have raised not more than one alarm a month and one to spare.

    Parameters
    ----------
    usual : UsualRate
    past : pair of int arrays, shape (bins,)
        Posts in each quarter of an hour it was learned from, and the hour of the week of each.
    score : callable
        ``departures`` for bursts, ``silences`` for silence.
    quiet : int
        Quarters of an hour that part two alarms.

    Examples
    --------
    >>> from functools import partial
    >>> from ambassador.metrics.incidents.scan import departures
    >>> usual = UsualRate(np.full(168, 2.0), 1.0, 0.0)
    >>> hours = np.tile(np.repeat(np.arange(168), 4), 4)
    >>> past = (np.full(hours.size, 2), hours)
    >>> score, rng = partial(departures, least=3), np.random.default_rng(1)
    >>> 2.5 < limit_for(usual, past, score, quiet=96, rng=rng) < 4.5
    True
    """
    counts, hours = past
    week = np.arange(_MONTHS * MONTH) // (BINS_A_DAY // 24) % usual.rates.size
    drawn = _simulated(usual, week, rng)
    by_chance = _lowest(score(drawn, usual.rates[week], usual), ALARMS_A_MONTH * _MONTHS, quiet)
    spared = ceil(ALARMS_A_MONTH * counts.size / MONTH) + 1
    return max(by_chance, _lowest(score(counts, usual.rates[hours], usual), spared, quiet))


def _simulated(usual: UsualRate, week: IntArray, rng: np.random.Generator) -> IntArray:
    doubt = min(usual.doubt, _SURE)
    levels = rng.gamma(1.0 / doubt, doubt, _MONTHS) if doubt > 0 else np.ones(_MONTHS)
    means = np.maximum(usual.rates[week] * np.repeat(levels, MONTH), 1e-9)
    if usual.dispersion < _SAME:
        return rng.poisson(means)
    return rng.poisson(rng.gamma(means / (usual.dispersion - 1.0), usual.dispersion - 1.0))


def _lowest(departure: Departure, episodes: float, quiet: int) -> float:
    """Return the lowest limit that not more than so many episodes reach."""
    low, high = _LOWEST, max(float(departure.scores.max(initial=0.0)), _LOWEST) + 1e-9
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if count_episodes(departure, middle, quiet=quiet) > episodes:
            low = middle
        else:
            high = middle
    return high
