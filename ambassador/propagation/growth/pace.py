"""Where talk is heading: further posts each post brings, and the last stretch against the one before."""

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array

# Seconds, six hours and a week: a shorter stretch sees the
# time of day, a longer one hides that talk has ended.
SHORTEST, LONGEST = 6 * 3600.0, 7 * 86400.0
DAY = 86400.0  # seconds
# Seconds; round spans, as people choose them.
SPANS = tuple(days * DAY for days in (1, 3, 7, 14, 30, 60, 90, 180, 365))
# Share of cascades that had their last post by the end of a usual life: the last tenth may linger for long.
LIFE = 0.9
SETTLED = 0.95  # share of the posts that had come once a cascade hardly grows any more


def answer_delays(parent: Int64Array, times: FloatArray) -> FloatArray:
    """
    Sorted delays between answers and what they answer; those before their parent are left out.

    Parameters
    ----------
    parent : int64 array, shape (mentions,)
        Mention numbers, -1 for roots.
    times : float array, shape (mentions,)
        Seconds.

    Examples
    --------
    >>> answer_delays(np.array([-1, 0, 1]), np.array([0.0, 60.0, 90.0])).tolist()
    [30.0, 60.0]
    """
    child = np.flatnonzero(parent >= 0)
    delays = times[child] - times[parent[child]]
    return np.sort(delays[delays >= 0])


def running_reproduction(
    group: Int64Array, answers: Int64Array, times: FloatArray, delays: FloatArray, as_of: float
) -> FloatArray:
    """
    R per group: answers so far, over the posts weighed by the share of their answers due by now.

    Parameters
    ----------
    group : int64 array, shape (mentions,)
        0 .. groups - 1, for instance the cascade a mention belongs to.
    answers : int64 array, shape (mentions,)
        Direct answers to each mention so far.
    times : float array, shape (mentions,)
        Seconds.
    delays : float array
        Sorted delays of answers, the law whose distribution function F weighs young posts.
    as_of : float
        The moment up to which the data reach.

    Returns
    -------
    float array, shape (groups,)
        children / sum F(T - t); (N - 1) / N once all is over. At least one whole post is counted below.

    Examples
    --------
    >>> group, answers = np.array([0, 0]), np.array([1, 0])
    >>> running_reproduction(group, answers, np.array([0.0, 10.0]), np.array([10.0]), 100.0).tolist()
    [0.5]
    """
    age = as_of - times
    due = np.searchsorted(delays, age, side="right") / delays.size if delays.size else np.ones(age.size)
    brought = np.bincount(group, weights=answers.astype(np.float64))
    return np.asarray(brought / np.maximum(np.bincount(group, weights=due), 1.0), dtype=np.float64)


def natural_window(delays: FloatArray) -> float:
    """Length of the stretches to compare: what three answers in four take, six hours to a week.

    Examples
    --------
    >>> natural_window(np.array([60.0])) / 3600, natural_window(np.array([86400.0])) / 3600
    (6.0, 24.0)
    """
    if delays.size == 0:
        return 86400.0
    return float(np.clip(np.quantile(delays, 0.75), SHORTEST, LONGEST))


def last_two_stretches(
    times: FloatArray, group: Int64Array, groups: int, as_of: float, window: float
) -> tuple[Int64Array, Int64Array]:
    """
    Count the posts of each group in the last stretch and in the one before.

    Parameters
    ----------
    times : float array, shape (posts,)
        Seconds on any clock.
    group : int64 array, shape (posts,)
        0 .. ``groups`` - 1.
    groups : int
    as_of, window : float
        When the last stretch ends, and how long each is, on the same clock.

    Returns
    -------
    last, before : int64 arrays, shape (groups,)

    Examples
    --------
    >>> times, group = np.array([0.0, 5.0, 6.0, 9.0]), np.array([0, 0, 0, 1])
    >>> [counts.tolist() for counts in last_two_stretches(times, group, 2, as_of=10.0, window=5.0)]
    [[1, 1], [1, 0]]
    """
    age = as_of - times
    last = np.bincount(group[(age >= 0) & (age < window)], minlength=groups)
    before = np.bincount(group[(age >= window) & (age < 2 * window)], minlength=groups)
    return last.astype(np.int64), before.astype(np.int64)


def change_score(last: int, before: int) -> float:
    """Difference of two Poisson counts in standard errors; 0 where both are 0.

    Examples
    --------
    >>> change_score(9, 7), change_score(0, 0)
    (0.5, 0.0)
    """
    return (last - before) / float(np.sqrt(last + before)) if last + before else 0.0


def reached_by(share: float, seconds: FloatArray, followed: FloatArray) -> float | None:
    """
    Time by which a share of what is counted had come; None where there is nothing.

    Parameters
    ----------
    share : float
        For instance ``LIFE`` of cascades, or ``SETTLED`` of posts.
    seconds : float array, shape (counted,)
        Since the first post of its cascade: to the last post of each cascade, or to each post.
    followed : float array, shape (counted,)
        Seconds since then up to which the posts of its cascade are known. Only cascades followed at least
        half as long as the longest are asked: the younger ones could not have lived longer.

    Examples
    --------
    >>> reached_by(LIFE, np.array([5.0, 50.0, 3.0, 1.0]), np.array([100.0, 90.0, 80.0, 2.0]))
    41.0
    """
    if not seconds.size:
        return None
    return float(np.quantile(seconds[followed >= followed.max() / 2], share))


def round_span(least: float) -> float | None:
    """
    Shortest round span not below some seconds; None where there is none.

    Examples
    --------
    >>> round_span(2 * DAY) / DAY
    3.0
    """
    return next((span for span in SPANS if span >= least), None)
