"""Who joined past cascades though no tie known by then led to them."""

from typing import Final

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array

_AT_ONCE: Final = 2_000_000  # pairs of a post and a tie looked at in one go: some 100 MB


def reached_by_ties(
    cascade: Int64Array,
    person: Int64Array,
    time: FloatArray,
    ties: tuple[Int64Array, Int64Array, FloatArray],
    began: FloatArray,
) -> BoolArray:
    """Tell of each post whether its author listened, by a tie known before, to somebody active earlier.

    Parameters
    ----------
    cascade, person : int64 arrays, shape (posts,)
        The cascade and who posted, any numbers from 0 on.
    time : float array, shape (posts,)
    ties : int64, int64 and float arrays, shape (ties,)
        Who is heard, who listens, and since when that is known: -inf where a file says so.
    began : float array, shape (cascades,)
        A tie first seen later than its cascade began would tell the answer.

    Examples
    --------
    >>> posts = np.zeros(3, np.int64), np.array([0, 1, 2]), np.array([0.0, 1.0, 2.0])
    >>> ties = np.array([0, 1]), np.array([1, 2]), np.array([-np.inf, 5.0])
    >>> reached_by_ties(*posts, ties, np.zeros(1)).tolist()
    [False, True, False]
    """
    source, target, since = ties
    by_target = np.argsort(target, kind="stable")
    source, target, since = source[by_target], target[by_target], since[by_target]
    low, high = (np.searchsorted(target, person, side=side) for side in ("left", "right"))
    span = int(max(person.max(initial=0), source.max(initial=0))) + 1
    code = cascade * span + person
    order = np.lexsort((time, code))
    codes, first = np.unique(code[order], return_index=True)
    earliest = time[order][first]
    found = np.zeros(person.size, np.bool_)
    counts = high - low
    ends = np.cumsum(counts)
    start = 0
    while start < person.size:
        stop = int(np.searchsorted(ends, (ends[start - 1] if start else 0) + _AT_ONCE, side="right"))
        stop = min(max(stop, start + 1), person.size)
        part = counts[start:stop]
        post = np.repeat(np.arange(start, stop), part)
        tie = np.arange(post.size) - np.repeat(np.cumsum(part) - part, part) + low[post]
        kept = since[tie] < began[cascade[post]]
        post, tie = post[kept], tie[kept]
        wanted = cascade[post] * span + source[tie]
        place = np.minimum(np.searchsorted(codes, wanted), codes.size - 1)
        heard = (codes[place] == wanted) & (earliest[place] < time[post])
        found[post[heard]] = True
        start = stop
    return found
