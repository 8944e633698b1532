"""A stream judged week by week, each by what came before it: as the rule would have told at the time."""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from typing import Final, Self

import numpy as np

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.incidents.limits import Score, limit_for
from ambassador.metrics.incidents.scan import Departure
from ambassador.metrics.incidents.usual_rate import BINS_A_DAY, UsualRate, learn_usual_rate

PAST_DAYS: Final = 84
"""Twelve weeks: older habits tell less of today's."""
LEAST_DAYS: Final = 21
"""Each hour of the week three times: from less nobody can tell what is usual."""
LEAST_POSTS: Final = 20
_KEPT: Final = 512
"""Weeks: those of a dozen perimeters."""
_CONTEXT: Final = 14 * BINS_A_DAY
"""How far back a burst or a silence that reaches into a week may begin."""


@dataclass(frozen=True, slots=True)
class _Past:
    """The past of a week and how it is judged; two are the same where every count is."""

    fingerprint: bytes
    quiet: int
    key: int
    counts: IntArray = field(compare=False)
    hours: IntArray = field(compare=False)
    score: Score = field(compare=False)

    @classmethod
    def of(cls, counts: IntArray, hours: IntArray, score: Score, quiet: int, key: int) -> Self:
        """Take a past, told by all that its judgement rests on."""
        digest = hashlib.blake2b(counts.tobytes())
        digest.update(hours.tobytes())
        digest.update(repr((getattr(score, "func", score).__name__, getattr(score, "keywords", {}))).encode())
        return cls(digest.digest(), quiet, key, counts, hours, score)


@lru_cache(maxsize=_KEPT)
def _learned(past: _Past) -> tuple[UsualRate, float]:
    """Learn what is usual and the limit, or give what was learned from the same past before."""
    usual = learn_usual_rate(past.counts, past.hours)
    counted = past.counts, past.hours
    rng = np.random.default_rng(past.key)
    return usual, limit_for(usual, counted, past.score, quiet=past.quiet, rng=rng)


@dataclass(frozen=True, slots=True)
class Walked:
    """A stream judged.

    Attributes
    ----------
    departure : Departure
        Scores relative to the limit of their week: 1 reaches it; 0 where there was too little past.
    expected : float array, shape (bins,)
        Posts usual; 0 where there was too little past.
    judged : int
        Quarters of an hour that could be judged.
    usual : UsualRate or None
        What is usual in the newest week.
    missing_days, missing_posts : int
        Of past that the newest week still lacks.
    """

    departure: Departure
    expected: FloatArray
    judged: int
    usual: UsualRate | None
    missing_days: int
    missing_posts: int


def walk_weeks(
    counts: IntArray,
    hours: IntArray,
    weeks: IntArray,
    score: Score,
    *,
    of: IntArray,
    quiet: int,
    key: int,
) -> Walked:
    """
    Judge each week by the twelve before it.

    Parameters
    ----------
    counts, hours : int arrays, shape (bins,)
        Posts in each quarter of an hour, and the hour of the week it is of.
    weeks : int array
        Where the weeks to be judged begin, rising.
    score : callable
        ``departures`` or ``silences``.
    of : int array, shape (bins,)
        All posts of the stream of which ``counts`` are a part: they say how far back the past is known.
    quiet : int
        Quarters of an hour that part two alarms.
    key : int
        Of the randomness of simulated months: the same stream is judged the same way.

    Examples
    --------
    >>> from functools import partial
    >>> from ambassador.metrics.incidents.scan import departures
    >>> counts = np.ones(28 * 96, np.int64)
    >>> counts[-8:] = 9
    >>> found = walk_weeks(
    ...     counts,
    ...     np.arange(counts.size) // 4 % 168,
    ...     np.arange(0, counts.size, 672),
    ...     partial(departures, least=5),
    ...     of=counts,
    ...     quiet=96,
    ...     key=1,
    ... )
    >>> found.judged // 96, np.flatnonzero(found.departure.scores >= 1) - counts.size
    (7, array([-7, -6, -5, -4, -3, -2, -1]))
    """
    scores, lengths = np.zeros(counts.size), np.zeros(counts.size, np.int64)
    expected = np.zeros(counts.size)
    judged, usual, missing = 0, None, (LEAST_DAYS, LEAST_POSTS)
    for begins, ends in zip(weeks, [*weeks[1:], counts.size], strict=True):
        first = _known_from(of, int(begins))
        missing = _missing(of[first:begins])
        usual = None
        if any(missing):
            continue
        usual, limit = _learned(_Past.of(counts[first:begins], hours[first:begins], score, quiet, key))
        context = max(int(begins) - _CONTEXT, 0)
        due = usual.rates[hours[context:ends]]
        found = score(counts[context:ends], due, usual)
        scores[begins:ends] = found.scores[begins - context :] / limit
        lengths[begins:ends] = found.lengths[begins - context :]
        expected[begins:ends] = due[begins - context :]
        judged += int(ends - begins)
    return Walked(Departure(scores, lengths), expected, judged, usual, *missing)


def _known_from(of: IntArray, begins: int) -> int:
    """Return from where on the past of a week is known: its first post, at most twelve weeks back."""
    first = max(begins - PAST_DAYS * BINS_A_DAY, 0)
    posted = np.flatnonzero(of[first:begins])
    return first + int(posted[0]) if posted.size else begins


def _missing(past: IntArray) -> tuple[int, int]:
    days = max(LEAST_DAYS - ceil(past.size / BINS_A_DAY), 0)
    return days, max(LEAST_POSTS - int(past.sum()), 0)
