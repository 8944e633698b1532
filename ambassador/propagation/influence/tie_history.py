"""What some past cascades say about ties and people, counted."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.exposures import exposing_counts, past_of, scratch_of
from ambassador.propagation.kernels.exposure import Counts, count_records
from ambassador.propagation.network import InfluenceNetwork


@dataclass(frozen=True, eq=False)
class TieHistory:
    """Counts over a set of cascades; those of other sets can be taken away.

    Attributes
    ----------
    cascades : float
        How many there were.
    active, started, exposed, followed : float64 arrays, shape (node_count,)
        In how many cascades a person took part, was first, was exposed, and followed after exposure.
    trials, successes, credit, together : float64 arrays, shape (tie_count,)
        How often the source exposed the target, the target then followed, the credit for it when all who
        exposed share alike (Goyal, Bonchi, Lakshmanan 2010, "partial credit"), and how often both took
        part in whatever order. An exposure counts for the part of its answers that had come by the log's
        end (``CascadeLog.waited``).
    """

    cascades: float
    active: FloatArray
    started: FloatArray
    exposed: FloatArray
    followed: FloatArray
    trials: FloatArray
    successes: FloatArray
    credit: FloatArray
    together: FloatArray

    @classmethod
    def of(cls, network: InfluenceNetwork, log: CascadeLog) -> Self:
        """Count.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 0, 1], [1, 2, 2], 1.0)
        >>> log = CascadeLog.from_entries([0, 0, 1, 1], [0, 2, 2, 0], [0.0, 1.0, 0.0, 1.0])
        >>> found = TieHistory.of(network, log)
        >>> found.trials.tolist(), found.successes.tolist(), found.together.tolist()
        ([2.0, 1.0, 0.0], [0.0, 1.0, 0.0], [0.0, 2.0, 0.0])
        """
        nodes, ties = network.node_count, network.tie_count
        counts = Counts(
            np.zeros(ties),
            np.zeros(ties, np.int64),
            np.zeros(ties),
            np.zeros(ties, np.int64),
            np.zeros(nodes),
            np.zeros(nodes, np.int64),
        )
        count_records(past_of(network, log), scratch_of(network), exposing_counts(network, log), counts)
        first = log.nodes[log.offsets[:-1][log.sizes > 0]]
        return cls(
            float(log.cascade_count),
            np.bincount(log.nodes, minlength=nodes).astype(np.float64),
            np.bincount(first, minlength=nodes).astype(np.float64),
            counts.exposed,
            counts.followed.astype(np.float64),
            counts.trials,
            counts.successes.astype(np.float64),
            counts.credit,
            counts.together.astype(np.float64),
        )

    def without(self, other: "TieHistory") -> "TieHistory":
        """Take the counts of a part of the cascades away.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0)
        >>> log = CascadeLog.from_entries([0, 1, 1], [0, 0, 1], [0.0, 5.0, 6.0])
        >>> whole, first = TieHistory.of(network, log), TieHistory.of(network, taken(log, [0]))
        >>> whole.trials.tolist(), whole.without(first).trials.tolist()
        ([2.0], [1.0])
        """
        left = (getattr(self, one.name) - getattr(other, one.name) for one in fields(self))
        return TieHistory(*(np.maximum(one, 0.0) for one in left))


def taken(log: CascadeLog, chosen: npt.ArrayLike) -> CascadeLog:
    """Take some cascades of a log, in the order asked for.

    Examples
    --------
    >>> log = CascadeLog.from_entries([0, 1, 1], [7, 8, 9], [0.0, 5.0, 6.0])
    >>> taken(log, [1]).nodes.tolist()
    [8, 9]
    """
    which = np.asarray(chosen, dtype=np.int64)
    sizes = log.sizes[which]
    offsets = np.zeros(which.size + 1, np.int64)
    np.cumsum(sizes, out=offsets[1:])
    place = np.repeat(log.offsets[which] - offsets[:-1], sizes) + np.arange(offsets[-1])
    excused = None if log.excused is None else log.excused.taken(which)
    waited = None if log.waited is None else log.waited[place]
    return CascadeLog(offsets, log.nodes[place], log.times[place], excused, waited)


def in_order_of_time(log: CascadeLog) -> Int64Array:
    """Cascades that hold anybody, the oldest first.

    Examples
    --------
    >>> in_order_of_time(CascadeLog.from_entries([0, 1], [7, 8], [9.0, 5.0])).tolist()
    [1, 0]
    """
    held = np.flatnonzero(log.sizes > 0)
    return held[np.argsort(log.times[log.offsets[held]], kind="stable")]
