"""Telling an unusual day from an ordinary one."""

from collections.abc import Sequence
from math import sqrt

LEAST = 10
"""Fewer posts than this are never unusual."""
_DEVIATIONS = 3.0


def usual_count(before: Sequence[int]) -> float | None:
    """
    Compute the mean of the days before.

    Examples
    --------
    >>> usual_count([4, 6, 5]), usual_count([])
    (5.0, None)
    """
    return sum(before) / len(before) if before else None


def is_spike(today: int, before: Sequence[int]) -> bool:
    """
    Check whether a day has far more posts than the days before it.

    Parameters
    ----------
    today : int
        Posts in the last 24 hours.
    before : sequence of int
        Posts in each of the 24-hour periods before; at least three are needed to know what is usual.

    Returns
    -------
    bool
        At least ten posts, and more than the mean by three standard deviations of a Poisson count with
        that mean (an alarm, not a test: talk comes in bursts).

    Examples
    --------
    >>> is_spike(40, [12, 9, 14]), is_spike(15, [12, 9, 14]), is_spike(9, [0, 0, 0]), is_spike(40, [1])
    (True, False, False, False)
    """
    usual = usual_count(before)
    if usual is None or len(before) < 3 or today < LEAST:  # noqa: PLR2004 - two days tell no habit
        return False
    return today > usual + _DEVIATIONS * sqrt(max(usual, 1.0))
