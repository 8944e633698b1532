"""What a search asks of sampled sets, so that it need not know on which machine they are held.

Every answer is a sum over sets of whole numbers, or of multiples of 2^-23 up to 1 (the multipliers of
the dual bound), which a float64 adds exactly up to 2^29 sets: however the sets are divided, the sums
and therefore all decisions are the same to the last bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ambassador.propagation.arrays import BoolArray, Float32Array, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.cover import (
    Index,
    add_cover,
    count_by_owner,
    count_nodes,
    cover,
    cover_all,
    descend,
    find_owners,
    first_hits,
    gain_of,
    index_sets,
    sets_hit,
    take_best,
    weigh,
)


class Cover(Protocol):
    """Which sets are covered by the candidates taken so far."""

    def ahead(self, worth: FloatArray, fresh: BoolArray) -> Int64Array:
        """Name the candidates whose gains to count next, the best among them."""

    def gains(self, candidates: Int64Array) -> Int64Array:
        """Count the sets of each candidate that nobody covers yet."""

    def take(self, candidate: int) -> int:
        """Cover the candidate's sets; give how many were new."""

    def take_best(
        self, gains: Int64Array, allowed: BoolArray, slots: int
    ) -> tuple[list[int], list[int]] | None:
        """Take the best of the allowed until nothing is gained, all in one go; None if it is no faster.

        ``gains`` falls from the first candidate to the last and is at least what each can gain.
        """


class Dual(Protocol):
    """One multiplier for each set; see ``certificate``."""

    def weights(self) -> tuple[FloatArray, float]:
        """Sum the multipliers of each candidate's sets, and 1 - multiplier over all sets."""

    def step(self, chosen: Int64Array, amounts: FloatArray, size: float, fade: float) -> None:
        """Add the chosen to the average and move the multipliers against their subgradient."""


class SetIndex(Protocol):
    """Sets by candidate."""

    def cover(self) -> Cover:
        """Start with nothing covered."""

    def dual(self, picked: Sequence[int]) -> Dual:
        """Start with multiplier 1 for the sets the picked leave uncovered and 0 for the others."""

    def by_owner(self, picked: Int64Array, wanted: Int64Array) -> Int64Array:
        """Count each wanted candidate's sets by who of the picked alone covers them.

        Shape (wanted, picked + 2): nobody, each of the picked, several.
        """


class SampledSets(Protocol):
    """Sampled sets; ``size`` of them with ``entries`` members in all."""

    size: int

    @property
    def entries(self) -> int:
        """How many members all sets have together."""

    def counts(self, nodes: int) -> Int64Array:
        """Count in how many sets each node is."""

    def index(self, nodes: Int64Array, counts: Int64Array) -> SetIndex:
        """List the sets of some nodes; ``counts`` is what ``self.counts`` gave."""

    def hit(self, picked: Int32Array, nodes: int) -> int:
        """Count the sets that hold somebody picked."""

    def hits(self, picked: Int32Array, nodes: int) -> Int64Array:
        """Count each set for the earliest of the picked in it."""


class LocalSets:
    """The questions a search asks, answered for sets in this process's memory."""

    @property
    def nodes(self) -> Int32Array:
        """All members of all sets."""
        raise NotImplementedError

    @property
    def offsets(self) -> Int64Array:
        """Where each set starts."""
        raise NotImplementedError

    def counts(self, nodes: int) -> Int64Array:
        """Count in how many sets each node is."""
        counts = np.zeros(nodes, np.int64)
        count_nodes(self.nodes, counts)
        return counts

    def index(self, nodes: Int64Array, counts: Int64Array) -> "LocalIndex":
        """List the sets of some nodes; ``counts`` is what ``self.counts`` gave."""
        rank = np.zeros(counts.size, np.int32)
        rank[nodes] = np.arange(1, nodes.size + 1)
        starts = np.zeros(nodes.size + 1, np.int64)
        np.cumsum(counts[nodes], out=starts[1:])
        index = Index(starts, np.empty(int(starts[-1]) + 1, np.int32))
        index_sets(self.nodes, self.offsets, rank, index)
        return LocalIndex(index, self.offsets.size - 1)

    def hit(self, picked: Int32Array, nodes: int) -> int:
        """Count the sets that hold somebody picked."""
        chosen = np.zeros(nodes, np.bool_)
        chosen[picked] = True
        return int(sets_hit(self.nodes, self.offsets, chosen))

    def hits(self, picked: Int32Array, nodes: int) -> Int64Array:
        """Count each set for the earliest of the picked in it."""
        place = np.full(nodes, picked.size, np.int32)
        place[picked] = np.arange(picked.size)
        hits = np.zeros(picked.size, np.int64)
        first_hits(self.nodes, self.offsets, place, hits)
        return hits


@dataclass(frozen=True)
class LocalIndex:
    """Sets by candidate, in memory."""

    index: Index
    set_count: int

    def __sizeof__(self) -> int:
        return self.index.starts.nbytes + self.index.members.nbytes

    def cover(self) -> "LocalCover":
        """Start with nothing covered."""
        return LocalCover(self.index, np.zeros(self.set_count, np.bool_))

    def dual(self, picked: Sequence[int]) -> "LocalDual":
        """Start with multiplier 1 for the sets the picked leave uncovered and 0 for the others."""
        covered = np.zeros(self.set_count, np.bool_)
        cover_all(self.index, np.asarray(picked, np.int64), covered)
        return LocalDual(self.index, (~covered).astype(np.float32))

    def by_owner(self, picked: Int64Array, wanted: Int64Array) -> Int64Array:
        """Count each wanted candidate's sets by who of the picked alone covers them."""
        owner = np.zeros(self.set_count, np.int32)
        find_owners(self.index, picked, owner)
        table = np.zeros((wanted.size, picked.size + 2), np.int64)
        count_by_owner(self.index, wanted, owner, table)
        return table


class LocalCover:
    """Covered sets as one array of booleans."""

    def __init__(self, index: Index, covered: BoolArray) -> None:
        self._index = index
        self.covered = covered

    def ahead(self, worth: FloatArray, fresh: BoolArray) -> Int64Array:  # noqa: ARG002 - as in Cover
        """Name the best alone: counting is cheap here."""
        return np.array([worth.argmax()], np.int64)

    def gains(self, candidates: Int64Array) -> Int64Array:
        """Count the sets of each candidate that nobody covers yet."""
        found = [gain_of(self._index, candidate, self.covered) for candidate in candidates]
        return np.array(found, np.int64)

    def take(self, candidate: int) -> int:
        """Cover the candidate's sets; give how many were new."""
        gain = int(gain_of(self._index, candidate, self.covered))
        cover(self._index, candidate, self.covered)
        return gain

    def take_best(
        self, gains: Int64Array, allowed: BoolArray, slots: int
    ) -> tuple[list[int], list[int]] | None:
        """Take the best of the allowed until nothing is gained."""
        taken, new = np.empty(slots, np.int32), np.empty(slots, np.int64)
        heap = np.flatnonzero(allowed).astype(np.int32)
        found = take_best(self._index, gains.copy(), heap, self.covered, taken, new)
        return taken[:found].tolist(), new[:found].tolist()


class LocalDual:
    """Multipliers and the averaged cover as one array each."""

    def __init__(
        self,
        index: Index,
        multipliers: Float32Array,
        average: Float32Array | None = None,
    ) -> None:
        self._index = index
        self.multipliers = multipliers
        self.average = np.zeros(multipliers.size, np.float32) if average is None else average
        self._left = float((1.0 - multipliers.astype(np.float64)).sum())

    def weights(self) -> tuple[FloatArray, float]:
        """Sum the multipliers of each candidate's sets, and 1 - multiplier over all sets."""
        weights = np.empty(self._index.starts.size - 1)
        weigh(self._index, self.multipliers, weights)
        return weights, self._left

    def step(self, chosen: Int64Array, amounts: FloatArray, size: float, fade: float) -> None:
        """Add the chosen to the average and move the multipliers against their subgradient."""
        add_cover(self._index, chosen, amounts, self.average)
        self._left = descend(self.multipliers, self.average, size, fade)
