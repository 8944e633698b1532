"""What the first part of a cascade looks like, in figures that do not depend on the clock."""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray

# Of the window, halving towards both of its ends: how it began and how it goes just now.
_PARTS: Final = np.array([1 / 16, 1 / 8, 1 / 4, 1 / 2, 3 / 4, 7 / 8])
# Of the posts: by when a quarter, half and three quarters had come.
_QUARTERS: Final = (0.25, 0.5, 0.75)
# Share of the window below which moments are not told apart: clocks are coarse, logarithms are not.
_INSTANT: Final = 1 / 128
_LAST: Final = 5  # posts back: since when the last few came, which one straggler does not move
# Figures whose squares and products matter as well: how many, the first and
# the last parts, when the last and the middle post came, and the window.
CURVED: Final = (0, 1, 3, 4, 5, 7, 9, 12)
# What the simple ways look at: nothing (a multiplier), or three counts (how many posts, the shares of
# the first quarter and of the last half).
PLAIN: Final = ((), (0, 3, 4))
# The window: cascades seen through another one must not blur what is known of this.
FREE: Final = (12,)


@dataclass(frozen=True, eq=False)
class Course:
    """When the posts of one cascade came.

    Attributes
    ----------
    times : float64 array, shape (posts,)
        Seconds since the start, in order, none negative.
    followed : float
        Seconds since the start up to which every post is known; infinite once nothing more is expected.
    """

    times: FloatArray
    followed: float = np.inf

    @classmethod
    def from_moments(
        cls, moments: npt.ArrayLike, start: float | None = None, until: float | None = None
    ) -> Self:
        """Build from moments in any order; unknown ones are left out, those before the start count as at it.

        Parameters
        ----------
        moments : array of float, shape (posts,)
            Seconds on any clock; NaN where unknown.
        start : float, optional
            The moment of the first post; the earliest moment unless given.
        until : float, optional
            The moment up to which posts are known; all are known unless given.

        Examples
        --------
        >>> Course.from_moments([7.0, 5.0, float("nan"), 4.0], start=5.0).times.tolist()
        [0.0, 0.0, 2.0]
        """
        known = np.asarray(moments, dtype=np.float64)
        known = known[np.isfinite(known)]
        begin = start if start is not None else float(known.min(initial=np.inf))
        times = np.sort(np.maximum(known - begin, 0.0))
        followed = np.inf if until is None else max(until - begin, 0.0)
        return cls(times[times <= followed], followed)

    def count_by(self, moment: float) -> int:
        """Count the posts up to a moment, in seconds since the start.

        Examples
        --------
        >>> Course(np.array([0.0, 5.0, 5.0, 9.0])).count_by(5.0)
        3
        """
        return int(np.searchsorted(self.times, moment, side="right"))


def describe_window(times: FloatArray, window: float) -> FloatArray:
    """Describe the posts of a window by logarithms of shares.

    Parameters
    ----------
    times : float array, shape (posts,)
        Seconds since the start, in order, at least two of them, the last not after ``window``.
    window : float
        Seconds since the start, positive.

    Returns
    -------
    float array, shape (14,)
        log posts; log share of the posts in the first sixteenth, eighth and quarter of the window and in
        its last half, quarter and eighth; since when the last post and the last five came and when a
        quarter, half and three quarters of them had come, as log shares of the window; log window; and the
        mean log moment. A change of the unit of time moves one figure only.

    Examples
    --------
    >>> seconds = describe_window(np.array([0.0, 10.0, 20.0]), 40.0)
    >>> minutes = describe_window(np.array([0.0, 10.0, 20.0]) / 60, 40.0 / 60)
    >>> np.flatnonzero(~np.isclose(seconds, minutes)).tolist()
    [12]
    """
    count = times.size
    by = np.searchsorted(times, _PARTS * window, side="right")
    early, late = by[:3], count - by[3:]
    quarters = times[[int(share * (count - 1)) for share in _QUARTERS]]
    since = window - times[[count - 1, max(count - 1 - _LAST, 0)]]
    shares = np.log((np.r_[early, late] + 0.5) / count)
    moments = np.log(np.r_[since, quarters] / window + _INSTANT)
    mean = np.log(times[1:] / window + _INSTANT).mean()
    return np.r_[np.log(count), shares, moments, np.log(window), mean]
