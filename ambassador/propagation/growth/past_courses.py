"""How past cascades came about in time, so that a total foretold from the past gets days."""

from dataclasses import dataclass
from typing import Final, NamedTuple, Self

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog

# A course is kept as the moments by which so many equal
# parts of the others had joined: steps of four percent.
PARTS: Final = 24
MOST: Final = 200  # courses kept, the newest: habits change, and a search stays quick
# A cascade takes the course of a past one of its size, or of one of so many on either side.
NEAR: Final = 5
_HOUR: Final = 3600.0  # seconds
_DAY: Final = 24.0  # hours


class Unfolded(NamedTuple):
    """One ambassador's cascades, a row a run: by the end of each day, and the course each took."""

    talkers: Int64Array
    course: Int64Array


@dataclass(frozen=True, eq=False)
class PastCourses:
    """Courses of past cascades that somebody joined, the smallest first.

    Attributes
    ----------
    sizes : float array, shape (courses,)
        People, the starter included; rising.
    hours : float array, shape (courses, PARTS)
        Hours after the start by which (i + 1/2) / PARTS of the others had joined; rising in each row.
    followers, largest, views : float arrays, shape (courses,)
        Of those who joined: the mean and the largest number of followers, the mean views of a post, as far
        as they are known; where nobody's are, the mean of the other courses. NaN where none is known.
    """

    sizes: FloatArray
    hours: FloatArray
    followers: FloatArray
    largest: FloatArray
    views: FloatArray

    @classmethod
    def learn(cls, log: CascadeLog, followers: FloatArray, views: FloatArray) -> Self:
        """Keep the newest courses of a log.

        Parameters
        ----------
        log : CascadeLog
            Of cascades that are over, in the order of time.
        followers, views : float arrays, shape (nodes,)
            NaN where not known.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0, 1], [5, 6, 7, 5], [0.0, 3600.0, 7200.0, 9.0])
        >>> past = PastCourses.learn(log, np.full(8, 10.0), np.full(8, np.nan))
        >>> past.sizes.tolist(), past.hours[0, [0, -1]].tolist(), past.followers.tolist()
        ([3.0], [1.0, 2.0], [10.0])
        """
        kept = np.flatnonzero(log.sizes > 1)[-MOST:]
        kept = kept[np.argsort(log.sizes[kept], kind="stable")]
        shares = (np.arange(PARTS) + 0.5) / PARTS
        hours = np.empty((kept.size, PARTS))
        crowd = np.full((3, kept.size), np.nan)
        for row, cascade in enumerate(kept.tolist()):
            first, last = int(log.offsets[cascade]), int(log.offsets[cascade + 1])
            waited = (log.times[first + 1 : last] - log.times[first]) / _HOUR
            hours[row] = waited[np.minimum((shares * waited.size).astype(np.int64), waited.size - 1)]
            joined = log.nodes[first + 1 : last]
            crowd[:, row] = _mean(followers[joined]), _most(followers[joined]), _mean(views[joined])
        for column in crowd:
            column[np.isnan(column)] = _mean(column)
        return cls(log.sizes[kept].astype(np.float64), hours, *crowd)

    def unfold(self, sizes: FloatArray, starts: FloatArray, days: int, rng: np.random.Generator) -> Unfolded:
        """Let cascades of given sizes come about as past ones of about their size did.

        Parameters
        ----------
        sizes : float array, shape (runs,)
            People in all, the starter included.
        starts : float array, shape (runs,)
            Hours after the launch; inf where there is no cascade.
        days : int
            Days of 24 hours.
        rng : numpy.random.Generator
            Chooses which of the near past courses each cascade takes.

        Returns
        -------
        Unfolded
            ``talkers`` of shape (runs, days): 0 before the start, whole at the latest when the course ends.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0], [5, 6, 7], [0.0, 3600.0, 90000.0])
        >>> past = PastCourses.learn(log, np.full(8, np.nan), np.full(8, np.nan))
        >>> past.unfold(np.array([3.0]), np.array([0.0]), 2, np.random.default_rng(1)).talkers.tolist()
        [[2, 3]]
        """
        ends = _DAY * np.arange(1, days + 1) - starts[:, None]
        begun = ends >= 0
        if not self.sizes.size:
            return Unfolded((begun * sizes[:, None]).astype(np.int64), np.full(sizes.size, -1))
        course = self._near(sizes, rng)
        span = max(float(self.hours.max()), _DAY * days) + 1.0
        line = (self.hours + span * np.arange(self.sizes.size)[:, None]).ravel()
        asked = np.where(begun, ends, 0.0) + span * course[:, None]
        passed = np.searchsorted(line, asked, side="right") - PARTS * course[:, None]
        others = np.rint((sizes[:, None] - 1.0) * passed / PARTS)
        return Unfolded(np.where(begun, 1 + others, 0).astype(np.int64), course)

    def _near(self, sizes: FloatArray, rng: np.random.Generator) -> Int64Array:
        """Choose evenly among the courses of the same size and ``NEAR`` on either side."""
        first = np.maximum(np.searchsorted(self.sizes, sizes, side="left") - NEAR, 0)
        last = np.minimum(np.searchsorted(self.sizes, sizes, side="right") + NEAR, self.sizes.size)
        return np.asarray(first + (rng.random(sizes.size) * (last - first)).astype(np.int64))


def _mean(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else np.nan


def _most(values: FloatArray) -> float:
    known = values[~np.isnan(values)]
    return float(known.max()) if known.size else np.nan
