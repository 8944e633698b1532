"""Past cascades as arrays: who became active in which, and when."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array


@dataclass(frozen=True, eq=False)
class Excused:
    """People whose silence in a cascade says nothing.

    Attributes
    ----------
    offsets : int64 array, shape (cascades + 1,)
        Those of cascade ``c`` are ``nodes[offsets[c]:offsets[c + 1]]``.
    nodes : int32 array
        None of them is active in that cascade.
    """

    offsets: Int64Array
    nodes: Int32Array

    @classmethod
    def of(cls, cascade: npt.ArrayLike, node: npt.ArrayLike, cascades: int) -> Self:
        """Build from one pair per person and cascade.

        Examples
        --------
        >>> found = Excused.of([2, 0], [7, 5], 3)
        >>> found.offsets.tolist(), found.nodes.tolist(), found.taken([2, 1]).offsets.tolist()
        ([0, 1, 1, 2], [5, 7], [0, 1, 1])
        """
        which, nodes = np.asarray(cascade, dtype=np.int64), np.asarray(node, dtype=np.int32)
        counts = np.bincount(which, minlength=cascades)
        return cls(
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int64), nodes[np.argsort(which, kind="stable")]
        )

    def taken(self, chosen: npt.ArrayLike) -> Self:
        """Keep those of some cascades, in the order asked for.

        Examples
        --------
        >>> Excused.of([2, 0], [7, 5], 3).taken([2]).nodes.tolist()
        [7]
        """
        which = np.asarray(chosen, dtype=np.int64)
        counts = np.diff(self.offsets)[which]
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        place = np.repeat(self.offsets[which] - offsets[:-1], counts) + np.arange(offsets[-1])
        return type(self)(offsets, self.nodes[place])

    def longer(self, more: int) -> Self:
        """Add cascades that excuse nobody.

        Examples
        --------
        >>> Excused.of([0], [5], 1).longer(2).offsets.tolist()
        [0, 1, 1, 1]
        """
        return type(self)(np.concatenate([self.offsets, np.full(more, self.offsets[-1])]), self.nodes)


@dataclass(frozen=True, eq=False)
class CascadeLog:
    """First activations, cascade after cascade, each in the order of time; the first entry is the starter.

    Attributes
    ----------
    offsets : int64 array, shape (cascades + 1,)
        Entries of cascade ``c`` are ``offsets[c]`` to ``offsets[c + 1] - 1``.
    nodes : int32 array, shape (entries,)
        Node numbers; nobody stands twice in one cascade.
    times : float64 array, shape (entries,)
        Seconds, on one clock for all cascades.
    excused : Excused, optional
        Who is no candidate of a cascade though exposed in it.
    waited : float64 array, shape (entries,), optional
        Chance that an answer to each entry would have come by the log's end; without, all have their time.

    Examples
    --------
    >>> log = CascadeLog.from_entries([0, 0, 0, 1], [5, 6, 6, 5], [0.0, 9.0, 4.0, 2.0])
    >>> log.offsets.tolist(), log.nodes.tolist(), log.times.tolist()
    ([0, 2, 3], [5, 6, 5], [0.0, 4.0, 2.0])
    """

    offsets: Int64Array
    nodes: Int32Array
    times: FloatArray
    excused: Excused | None = None
    waited: FloatArray | None = None

    @classmethod
    def from_entries(cls, cascade: npt.ArrayLike, node: npt.ArrayLike, time: npt.ArrayLike) -> Self:
        """Build from one entry per post; of several by one person in one cascade the earliest counts.

        Parameters
        ----------
        cascade, node : arrays of int, shape (posts,)
            Cascades are numbered from 0 without gaps. Entries with a negative node are left out: their
            author is not in the network.
        time : array of float, shape (posts,)
            Seconds. Of entries at the same moment the one that stands first comes first.

        Raises
        ------
        BadInputError
            If the columns differ in length or a moment is not a number.

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 0], [3, 4, -1], [5.0, 2.0, 1.0])
        >>> log.nodes.tolist(), log.times.tolist()
        ([4, 3], [2.0, 5.0])
        """
        cascades, nodes = np.asarray(cascade, dtype=np.int64), np.asarray(node, dtype=np.int64)
        times = np.asarray(time, dtype=np.float64)
        if not cascades.shape == nodes.shape == times.shape:
            raise BadInputError(
                "The columns have different lengths: {cascades} cascades, {nodes} people, {times} moments.",
                cascades=cascades.size,
                nodes=nodes.size,
                times=times.size,
            )
        if not np.isfinite(times).all():
            raise BadInputError("{count} posts have no moment.", count=int((~np.isfinite(times)).sum()))
        count = int(cascades.max(initial=-1)) + 1
        order = np.lexsort((times, cascades))
        order = order[nodes[order] >= 0]
        span = int(nodes.max(initial=0)) + 1
        first = np.unique(cascades[order] * span + nodes[order], return_index=True)[1]
        order = order[np.sort(first)]
        offsets = np.zeros(count + 1, np.int64)
        np.cumsum(np.bincount(cascades[order], minlength=count), out=offsets[1:])
        return cls(offsets, nodes[order].astype(np.int32), times[order])

    @property
    def cascade_count(self) -> int:
        """How many cascades there are, empty ones included."""
        return self.offsets.size - 1

    @property
    def sizes(self) -> Int64Array:
        """How many people each cascade reached."""
        return np.diff(self.offsets)

    @property
    def cascades(self) -> Int64Array:
        """The cascade of each entry."""
        return np.repeat(np.arange(self.cascade_count), self.sizes)

    def entries_of(self, cascade: npt.NDArray[np.integer], node: npt.NDArray[np.integer]) -> Int64Array:
        """Find the entry of each person in each cascade; every pair is one of the log's.

        Parameters
        ----------
        cascade, node : arrays of int, shape (pairs,)

        Examples
        --------
        >>> log = CascadeLog.from_entries([0, 0, 1], [5, 6, 5], [0.0, 4.0, 2.0])
        >>> log.entries_of(np.array([1, 0]), np.array([5, 6])).tolist()
        [2, 1]
        """
        span = int(self.nodes.max(initial=0)) + 1
        keys = self.cascades * span + self.nodes
        order = np.argsort(keys)
        found = np.searchsorted(keys, cascade.astype(np.int64) * span + node, sorter=order)
        return order[found].astype(np.int64)
