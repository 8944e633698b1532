"""Who was exposed to whom in past cascades, and who followed."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.kernels.exposure import (
    Past,
    count_candidates,
    list_candidates,
    list_exposing,
    nobody_yet,
)
from ambassador.propagation.network import InfluenceNetwork

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Exposures:
    """Every person of every cascade who had somebody active among those they listen to.

    The starter is none. A person who activated counts with those active before them, a person who never
    did with all who were.

    Attributes
    ----------
    cascade, node : int32 arrays, shape (candidates,)
    activated : bool array, shape (candidates,)
    offsets : int64 array, shape (candidates + 1,)
        Exposing ties of candidate ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    ties : int64 array, shape (exposing ties,)
        Tie numbers.
    entries : int32 array, shape (exposing ties,)
        The entry of the log each comes from.
    """

    cascade: Int32Array
    node: Int32Array
    activated: npt.NDArray[np.bool_]
    offsets: Int64Array
    ties: Int64Array
    entries: Int32Array

    @property
    def counts(self) -> Int64Array:
        """How many people exposed each candidate."""
        return np.diff(self.offsets)

    def summed(self, by_tie: FloatArray) -> FloatArray:
        """Add up a figure of the exposing ties, for each candidate."""
        return np.add.reduceat(by_tie[self.ties], self.offsets[:-1]) if self.node.size else np.empty(0)

    def any_of(self, probability: npt.NDArray[np.floating]) -> FloatArray:
        """Give 1 - prod(1 - p) over the exposing ties of each candidate."""
        with np.errstate(divide="ignore"):
            hazard = -np.log1p(-np.asarray(probability, dtype=np.float64))
        return np.asarray(-np.expm1(-self.summed(hazard)))


def list_exposures(network: InfluenceNetwork, log: CascadeLog) -> Exposures:
    """List the candidates of every cascade, in the order they were first exposed.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0, 1], [1, 2, 2], 1.0)
    >>> found = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
    >>> found.node.tolist(), found.activated.tolist(), found.counts.tolist(), found.ties.tolist()
    ([1, 2], [True, False], [1, 2], [0, 1, 2])
    """
    place, seen = nobody_yet(network.node_count), np.full(network.node_count, -1, np.int64)
    past = past_along(network, log)
    candidates, pairs = count_candidates(past, place, seen)
    who, which = np.empty(candidates, np.int32), np.empty(candidates, np.int32)
    activated, ends = np.empty(candidates, np.bool_), np.zeros(candidates + 1, np.int64)
    seen[:] = -1
    list_candidates(past, place, seen, who, which, activated, ends)
    offsets = np.cumsum(ends)
    ties, entries = np.empty(pairs, np.int64), np.empty(pairs, np.int32)
    seen[:] = -1
    list_exposing(past, place, seen, offsets[:-1].copy(), ties, entries)
    return Exposures(which, who, activated, offsets, ties, entries)


def past_along(network: InfluenceNetwork, log: CascadeLog) -> Past:
    """Hand a log and the ties by source to a kernel."""
    return Past(log.offsets, log.nodes, network.out_offsets, network.out_targets)
