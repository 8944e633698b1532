"""Votes that came much thicker than the others."""

import numpy as np
import numpy.typing as npt

from ambassador.metrics.arrays import FloatArray

WINDOW = 600.0
"""Seconds: a post that calls for votes brings most of its clicks over hours, a script within minutes."""
LEAST = 10
"""Fewer votes than this at once are never unusual."""
_DEVIATIONS = 5.0


def burst_votes(moments: FloatArray, lasted: float) -> npt.NDArray[np.bool_]:
    """
    Mark the votes for one idea that came in a burst.

    Parameters
    ----------
    moments : ndarray of float, shape (votes,)
        In seconds, in any order; NaN where nobody knows.
    lasted : float
        Seconds from the first vote to the last, whatever they were for.

    Returns
    -------
    ndarray of bool, shape (votes,)
        True for votes within ten minutes that hold ten votes at least, and by five standard deviations of a
        Poisson count more than ten minutes hold on average. A reason to look, not a verdict: a call for
        votes on the radio does the same.

    Examples
    --------
    >>> slow, quick = np.arange(40) * 3_600.0, 52_000.0 + np.arange(20)
    >>> int(burst_votes(np.concatenate((slow, quick)), 40 * 3_600.0).sum())
    20
    """
    known = np.flatnonzero(np.isfinite(moments))
    marked = np.zeros(moments.size, np.bool_)
    if known.size < LEAST:
        return marked
    order = known[np.argsort(moments[known], kind="stable")]
    times = moments[order]
    usual = max(times.size * WINDOW / max(lasted, WINDOW), 1.0)
    many = max(float(LEAST), usual + _DEVIATIONS * float(np.sqrt(usual)))
    ends = np.searchsorted(times, times + WINDOW, side="left")
    for first in np.flatnonzero(ends - np.arange(times.size) >= many):
        marked[order[first : ends[first]]] = True
    return marked
