"""Who was exposed to whom in past cascades, and who followed."""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array, RealArray
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.kernels.exposure import (
    LATE,
    NEVER,
    ExposureScratch,
    Found,
    Past,
    Sample,
    add_exposing,
    list_candidates,
)
from ambassador.propagation.kernels.hazards import add_by_candidate, largest_by_candidate
from ambassador.propagation.network import InfluenceNetwork

_WHOLE = 2.0**32  # a coin has 32 bits: a share of them is a share times 2^32


@dataclass(frozen=True, eq=False)
class Exposures:
    """People of past cascades who had somebody active among those they listen to.

    The starter is none, nor is who is excused. A person who activated counts with those active before them,
    a person who never did with all who were.

    Attributes
    ----------
    cascade, node : int32 arrays, shape (candidates,)
    activated : bool array, shape (candidates,)
    weight : float64 array, shape (candidates,)
        How many candidates each stands for: more than 1 where only a share of the silent is listed.
    offsets : int64 array, shape (candidates + 1,)
        Exposing ties of candidate ``i`` are ``offsets[i]`` to ``offsets[i + 1] - 1``.
    ties : int64 array, shape (exposing ties,)
        Tie numbers.
    entries : int32 array, shape (exposing ties,)
        The entry of the log each comes from.
    waited : float64 array, shape (exposing ties,), optional
        Chance that an answer to each would have come by the log's end; without, all have come that will.
    """

    cascade: Int32Array
    node: Int32Array
    activated: BoolArray
    weight: FloatArray
    offsets: Int64Array
    ties: Int64Array
    entries: Int32Array
    waited: FloatArray | None = None

    @property
    def counts(self) -> Int64Array:
        """How many people exposed each candidate."""
        return np.diff(self.offsets)

    @property
    def candidates(self) -> Int64Array:
        """The candidate of each exposing tie."""
        return np.repeat(np.arange(self.node.size), self.counts)

    def part(self, first: int, last: int) -> "Exposures":
        """Take the candidates from ``first`` to the one before ``last``."""
        pairs = slice(int(self.offsets[first]), int(self.offsets[last]))
        those = slice(first, last)
        return Exposures(
            self.cascade[those],
            self.node[those],
            self.activated[those],
            self.weight[those],
            self.offsets[first : last + 1] - self.offsets[first],
            self.ties[pairs],
            self.entries[pairs],
            None if self.waited is None else self.waited[pairs],
        )

    def by_the_end(self, hazard: FloatArray) -> FloatArray:
        """Part of each exposing tie's hazard that had its time before the log's end."""
        return hazard if self.waited is None else hazard * self.waited

    def own_by_the_end(self, hazard: FloatArray) -> FloatArray:
        """Part of each candidate's own hazard, since the first who exposed them, that had its time."""
        return hazard if self.waited is None else hazard * self.largest(self.waited)

    def summed(self, values: FloatArray) -> FloatArray:
        """Add up a figure of the exposing ties, one value each, by candidate.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
        >>> found = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
        >>> found.summed(np.array([0.5, 0.25])).tolist()
        [0.75]
        """
        sums = np.zeros(self.node.size)
        add_by_candidate(self.offsets, values, sums)
        return sums

    def largest(self, values: FloatArray) -> FloatArray:
        """Largest figure of the exposing ties, none below 0, by candidate.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
        >>> found = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
        >>> found.largest(np.array([0.5, 0.25])).tolist()
        [0.5]
        """
        largest = np.zeros(self.node.size)
        largest_by_candidate(self.offsets, values, largest)
        return largest

    def any_of(self, probability: RealArray) -> FloatArray:
        """Chance 1 - prod(1 - p) over the exposing ties of each candidate; probabilities are by tie number.

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
        >>> found = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
        >>> found.any_of(network.probability).tolist()
        [0.75]
        """
        sure = 1.0 - 1e-12
        hazard = -np.log1p(-np.minimum(np.asarray(probability, dtype=np.float64), sure))
        return np.asarray(-np.expm1(-self.summed(self.by_the_end(hazard[self.ties]))))


def list_exposures(
    network: InfluenceNetwork, log: CascadeLog, *, share: float = 1.0, key: int = 0
) -> Exposures:
    """List the candidates of every cascade, in the order they were first exposed.

    Parameters
    ----------
    share : float
        Part of the silent candidates to list, each then standing for 1 / share of them.
    key : int
        What decides which; a candidate's coin depends on (key, cascade, node) alone.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0, 1], [1, 2, 2], 1.0)
    >>> found = list_exposures(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
    >>> found.node.tolist(), found.activated.tolist(), found.counts.tolist(), found.ties.tolist()
    ([1, 2], [True, False], [1, 2], [0, 1, 2])
    """
    past, scratch = past_of(network, log), scratch_of(network)
    sample = Sample(np.uint64(key), np.uint64(round(min(max(share, 0.0), 1.0) * _WHOLE)))
    candidates, pairs = list_candidates(past, scratch, sample, _room(0, 0))
    scratch.seen[:] = NEVER
    found = _room(candidates, pairs)
    list_candidates(past, scratch, sample, found)
    order = np.argsort(found.candidate, kind="stable")
    offsets = np.zeros(candidates + 1, np.int64)
    np.cumsum(np.bincount(found.candidate, minlength=candidates), out=offsets[1:])
    weight = np.where(found.activated, 1.0, 1.0 / share if share > 0 else 1.0)
    entries = found.entries[order]
    waited = None if log.waited is None else log.waited[entries]
    return Exposures(
        found.which, found.who, found.activated, weight, offsets, found.ties[order], entries, waited
    )


def count_of_candidates(network: InfluenceNetwork, log: CascadeLog) -> tuple[int, int]:
    """Count the candidates, and the ties that expose them, without listing them.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
    >>> count_of_candidates(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
    (1, 2)
    """
    everybody = Sample(np.uint64(0), np.uint64(_WHOLE))
    return list_candidates(past_of(network, log), scratch_of(network), everybody, _room(0, 0))


def exposing_counts(network: InfluenceNetwork, log: CascadeLog) -> Int64Array:
    """Count for each entry of the log how many of those its author listens to were active before.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
    >>> exposing_counts(network, CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.0, 1.0, 2.0])).tolist()
    [0, 0, 2]
    """
    exposing = np.zeros(log.nodes.size, np.int64)
    add_exposing(past_of(network, log), scratch_of(network), np.ones(network.tie_count, np.int64), exposing)
    return exposing


def past_of(network: InfluenceNetwork, log: CascadeLog) -> Past:
    """Hand a log and the ties to a kernel."""
    none = np.zeros(log.offsets.size, np.int64), np.empty(0, np.int32)
    excused = none if log.excused is None else (log.excused.offsets, log.excused.nodes)
    waited = np.ones(log.nodes.size) if log.waited is None else log.waited
    return Past(log.offsets, log.nodes, network.out_offsets, network.out_targets, *excused, waited)


def scratch_of(network: InfluenceNetwork) -> ExposureScratch:
    """Make what a walk over cascades needs."""
    late, never = (np.full(network.node_count, mark, np.int64) for mark in (LATE, NEVER))
    return ExposureScratch(late, never)


def _room(candidates: int, pairs: int) -> Found:
    return Found(
        np.empty(candidates, np.int32),
        np.empty(candidates, np.int32),
        np.empty(candidates, np.bool_),
        np.empty(pairs, np.int64),
        np.empty(pairs, np.int64),
        np.empty(pairs, np.int32),
    )
