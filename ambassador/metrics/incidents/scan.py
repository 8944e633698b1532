"""How far each quarter of an hour departs from what is usual, and the stretches that depart too far."""

from typing import Final, NamedTuple

import numpy as np
from scipy.special import betainc, gammainc

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.incidents.usual_rate import BINS_A_DAY, UsualRate

WINDOWS: Final = (4, 8, 12, 24, 48)
"""Stretches looked back over, in quarters of an hour: 1, 2, 3, 6 and 12 hours."""
QUIET: Final = BINS_A_DAY
"""Quarters of an hour without a departure after which the next one is another episode."""
_TINY: Final = 1e-300
_WORTH: Final = 1.5
"""Standard deviations below which a count needs no exact look: it cannot come near any limit."""
_POISSON: Final = 1.0 + 1e-6


class Departure(NamedTuple):
    """How odd each quarter of an hour is.

    Attributes
    ----------
    scores : float array, shape (bins,)
        -log10 of the probability of as many posts, or more, in the oddest window that ends there; or of no
        post since the last one.
    lengths : int array, shape (bins,)
        Quarters of an hour in that window.
    """

    scores: FloatArray
    lengths: IntArray


class Episode(NamedTuple):
    """A stretch that departs: quarters of an hour, the last one included."""

    first: int
    """Where the window begins that departed first."""
    noticed: int
    last: int
    peak: float
    """The highest score."""


def departures(counts: IntArray, expected: FloatArray, usual: UsualRate, *, least: int) -> Departure:
    """
    Score bursts: a scan over windows of one to twelve hours that end in each quarter of an hour.

    Parameters
    ----------
    counts, expected : arrays, shape (bins,)
        Posts seen, and posts usual.
    usual : UsualRate
        Its dispersion and doubt: counts are negative binomial with variance a multiple of the mean, so that
        sums over a window are of the same kind.
    least : int
        Fewer posts than this are never odd.

    References
    ----------
    J. Glaz, J. Naus, S. Wallenstein, Scan Statistics, 2001, ch. 8: unknown length of the burst.

    Examples
    --------
    >>> usual = UsualRate(np.full(168, 1.0), 1.0, 0.0)
    >>> counts = np.array([1, 1, 1, 1, 9, 9, 1, 1])
    >>> departures(counts, np.ones(8), usual, least=3).scores.round(1).tolist()
    [0.0, 0.0, 0.0, 0.0, 3.0, 8.0, 8.0, 8.0]
    """
    seen, due = (np.concatenate([[0.0], np.cumsum(one, dtype=np.float64)]) for one in (counts, expected))
    scores, lengths = np.zeros(counts.size), np.ones(counts.size, np.int64)
    ends = np.arange(1, counts.size + 1)
    for length in WINDOWS:
        begins = np.maximum(ends - length, 0)
        held, mean = seen[ends] - seen[begins], due[ends] - due[begins]
        spread = usual.spread(mean)
        worth = (held >= least) & (held > mean + _WORTH * np.sqrt(spread * mean))
        score = np.zeros(counts.size)
        score[worth] = -np.log10(np.maximum(_as_many(held[worth], mean[worth], spread[worth]), _TINY))
        better = score > scores
        scores[better], lengths[better] = score[better], length
    return Departure(scores, lengths)


def silences(counts: IntArray, expected: FloatArray, usual: UsualRate) -> Departure:
    """
    Score silence: how improbable no post at all is since the last one.

    Examples
    --------
    >>> usual = UsualRate(np.full(168, 1.0), 1.0, 0.0)
    >>> found = silences(np.array([1, 0, 0, 2, 0]), np.ones(5), usual)
    >>> found.scores.round(2).tolist(), found.lengths.tolist()
    ([0.0, 0.43, 0.87, 0.0, 0.43], [0, 1, 2, 0, 1])
    """
    due = np.cumsum(expected, dtype=np.float64)
    place = np.arange(counts.size)
    last = np.maximum.accumulate(np.where(counts > 0, place, -1))
    mean = np.where(last >= 0, due - due[np.maximum(last, 0)], 0.0)
    spread = usual.spread(mean)
    steps = np.where(spread < _POISSON, 1.0, np.log(spread) / np.maximum(spread - 1.0, _TINY))
    return Departure(mean * steps / np.log(10.0), np.where(last >= 0, place - last, 0))


def find_episodes(departure: Departure, limit: float, *, quiet: int = QUIET) -> list[Episode]:
    """
    Join the quarters of an hour that reach a limit into episodes.

    Examples
    --------
    >>> scores = np.array([0.0, 5.0, 0.0, 6.0, 0.0, 0.0, 0.0, 4.5])
    >>> found = find_episodes(Departure(scores, np.full(8, 2)), 4.0, quiet=3)
    >>> [(one.first, one.noticed, one.last, one.peak) for one in found]
    [(0, 1, 3, 6.0), (6, 7, 7, 4.5)]
    """
    over = np.flatnonzero(departure.scores >= limit)
    if not over.size:
        return []
    parts = np.split(over, np.flatnonzero(np.diff(over) > quiet) + 1)
    return [
        Episode(
            max(int(part[0] - departure.lengths[part[0]] + 1), 0),
            int(part[0]),
            int(part[-1]),
            float(departure.scores[part].max()),
        )
        for part in parts
    ]


def count_episodes(departure: Departure, limit: float, *, quiet: int = QUIET) -> int:
    """
    Count the episodes that reach a limit.

    Examples
    --------
    >>> count_episodes(Departure(np.array([5.0, 0.0, 6.0, 0.0, 0.0, 0.0, 4.5]), np.ones(7)), 4.0, quiet=3)
    2
    """
    over = np.flatnonzero(departure.scores >= limit)
    return int(over.size > 0) + int((np.diff(over) > quiet).sum())


def _as_many(held: FloatArray, mean: FloatArray, spread: FloatArray) -> FloatArray:
    """Return the probability of so many posts or more."""
    plain = spread < _POISSON
    over = np.where(plain, 2.0, spread)  # where it is plain the other formula is not used
    size = np.maximum(mean, _TINY) / (over - 1.0)
    clustered = betainc(held, size, 1.0 - 1.0 / over)
    return np.where(plain, gammainc(held, np.maximum(mean, _TINY)), clustered)
