"""Voters who give the same ballot at once more often than chance would bring them together."""

import numpy as np
import numpy.typing as npt
from scipy.stats import hypergeom

from ambassador.metrics.arrays import FloatArray, IntArray
from ambassador.metrics.budgeting.bursts import WINDOW

LEAST = 5
"""Fewer people than this are never called a ring."""
FALSE_ALARMS = 0.001
"""In one of a thousand votes somebody is flagged though no ballot has to do with when it was given."""


def ring_votes(ballots: IntArray, moments: FloatArray) -> npt.NDArray[np.bool_]:
    """
    Mark the voters who stand in a ring: the same whole ballot, within ten minutes, beyond chance.

    Parameters
    ----------
    ballots : ndarray of int, shape (voters,)
        Equal where voters chose exactly the same.
    moments : ndarray of float, shape (voters,)
        In seconds, in any order; NaN where nobody knows.

    Returns
    -------
    ndarray of bool, shape (voters,)
        True for voters within ten minutes that hold five equal ballots at least, where so many of the
        ballots of those minutes would be equal with a chance below ``FALSE_ALARMS`` over all voters, had the
        ballots been dealt to the moments by lot (Fisher's exact test; Bonferroni over the voters whose
        moment is known). What many want is not flagged for being wanted, nor is a rush in which people
        choose as they do at other times. A reason to look, not a verdict: friends at one table vote alike.

    Examples
    --------
    >>> alone, together = np.arange(60) * 3_600.0, 90_000.0 + np.arange(6) * 20.0
    >>> chosen = np.concatenate((np.arange(60) % 7, np.full(6, 9)))
    >>> int(ring_votes(chosen, np.concatenate((alone, together))).sum())
    6
    """
    marked = np.zeros(ballots.size, np.bool_)
    known = np.flatnonzero(np.isfinite(moments))
    if known.size < LEAST:
        return marked
    order = known[np.argsort(moments[known], kind="stable")]
    times, given = moments[order], ballots[order]
    rare = FALSE_ALARMS / known.size
    kinds, counts = np.unique(given, return_counts=True)
    for kind, count in zip(kinds.tolist(), counts.tolist(), strict=True):
        if count < LEAST:
            continue
        places = np.flatnonzero(given == kind)
        begin = times[places]
        ends = np.searchsorted(begin, begin + WINDOW, side="left")
        alike = ends - np.searchsorted(begin, begin, side="left")
        everybody = np.searchsorted(times, begin + WINDOW, side="left") - np.searchsorted(times, begin)
        chance = hypergeom.sf(alike - 1, known.size, count, everybody)
        for first in np.flatnonzero((alike >= LEAST) & (chance < rare)).tolist():
            marked[order[places[begin.searchsorted(begin[first]) : ends[first]]]] = True
    return marked
