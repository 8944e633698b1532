"""Reverse-reachable sets in flat arrays that grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np

from ambassador.propagation.arrays import IndexArray, Int32Array, Int64Array
from ambassador.propagation.kernels.reverse import WAVE, Rules, Wave, sample_sets
from ambassador.propagation.network.chunks import Toolbox, in_chunks, own_cell, spans, thread_count
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.set_index import LocalSets, SampledSets

# 64 sets are drawn side by side: as many as a machine word has bits.
LANE_BITS = 6
# Members a thread draws in one go (1.6 MB): a stop is seen soon.
CHUNK_ENTRIES = 400_000
# What a set is taken to hold before any was drawn: so much that few are drawn first.
UNKNOWN_ENTRIES = 10_000_000
# An entry holds a node and a lane in 32 bits.
ENTRY_BITS = 32


class SetCollection(LocalSets):
    """Sets of nodes, end to end: set ``s`` is ``nodes[offsets[s]:offsets[s + 1]]``."""

    def __init__(self) -> None:
        self._nodes = np.empty(1024, np.int32)
        self._offsets = np.zeros(1024, np.int64)
        self.size = 0

    @property
    def nodes(self) -> Int32Array:
        """All members of all sets, shape (entries,)."""
        return self._nodes[: self.entries]

    @property
    def offsets(self) -> Int64Array:
        """Where each set starts, shape (sets + 1,)."""
        return self._offsets[: self.size + 1]

    @property
    def entries(self) -> int:
        """How many members all sets have together."""
        return int(self._offsets[self.size])

    def extend(self, nodes: Int32Array, offsets: Int64Array) -> None:
        """Append some sets."""
        entries, sets = self.entries, offsets.size - 1
        self._nodes = _with_room(self._nodes, entries + nodes.size)
        self._offsets = _with_room(self._offsets, self.size + sets + 1)
        self._nodes[entries : entries + nodes.size] = nodes
        self._offsets[self.size + 1 : self.size + sets + 1] = offsets[1:] + entries
        self.size += sets


def _with_room(array: IndexArray, wanted: int) -> IndexArray:
    if wanted <= array.size:
        return array
    larger = np.empty(max(wanted, 3 * array.size // 2), array.dtype)
    larger[: array.size] = array
    return larger


@dataclass(frozen=True)
class SamplingModel:
    """What sets are drawn from: the network, the diffusion, and the rules of the scenario."""

    network: InfluenceNetwork
    diffusion: Diffusion
    rules: Rules

    @property
    def lanes(self) -> int:
        """How many sets make a batch."""
        return 1 << self.rules.lane_bits

    def wave(self) -> Wave:
        """Make the arrays one thread needs."""
        widest = self.network.row_views.into(self.diffusion).widest
        return Wave(
            mask=np.zeros(self.network.node_count, np.uint64),
            first=np.empty(WAVE, np.int64),
            degree=np.empty(WAVE, np.int64),
            row=np.empty(WAVE, np.int32),
            place=np.empty(widest, np.int64),
            lane=np.empty(widest, np.uint32),
            loaded=np.empty(widest, np.int32),
            state=own_cell(np.uint64),
        )


class Sampler:
    """Draws numbered batches on one key; which batches are drawn in one go makes no difference."""

    def __init__(
        self, sampling: SamplingModel, key: int, threads: int | None, tools: Toolbox[Wave] | None = None
    ) -> None:
        self._here = SetCollection()
        self.sets: SampledSets = self._here
        self.threads = thread_count(threads)
        self._sampling = sampling
        self._key = np.uint64(key)
        self._tools = tools or Toolbox(partial(sampling.wave))
        self._batches = 0
        self._typical = UNKNOWN_ENTRIES

    def start_afresh(self) -> None:
        """Forget the sets, but not how large they are; the next batches have the next numbers."""
        self._typical = self.expected(1)
        self._here = SetCollection()
        self.sets = self._here

    def grow(self, wanted: int) -> None:
        """Draw as many whole batches as ``wanted`` sets in all need."""
        grow_all([self], [wanted])

    def expected(self, sets: int) -> int:
        """Count the members so many more sets will have, judged by those drawn so far."""
        if self.sets.size == 0:
            return sets * self._typical
        return sets * (1 + self.sets.entries // self.sets.size)

    def missing(self, wanted: int) -> int:
        """Count the batches ``wanted`` sets in all need more."""
        return max(0, -(-(wanted - self.sets.size) // self._sampling.lanes))

    def due(self, batches: int, at_once: int) -> "list[Piece]":
        """Cut so many more batches as pieces to draw here, of ``at_once`` or less where sets are large."""
        most = max(1, min(at_once, CHUNK_ENTRIES // (self.expected(1) * self._sampling.lanes)))
        first = self._numbered(batches)
        return [Piece(self, first + start, count) for start, count in spans(batches, most)]

    def _numbered(self, batches: int) -> int:
        """Take the number of the first of so many more batches; no other has these numbers."""
        self._batches += batches
        return self._batches - batches

    def draw(self, first: int, batches: int) -> tuple[Int32Array, Int64Array]:
        """Draw some batches and leave the collection as it is."""
        ties = self._sampling.network.row_views.into(self._sampling.diffusion)
        with self._tools.borrowed() as wave:
            return sample_sets(ties, self._sampling.rules, wave, self._key, first, batches)

    def keep(self, nodes: Int32Array, offsets: Int64Array) -> None:
        """Add what was drawn, in the order of the batches."""
        self._here.extend(nodes, offsets)


class Piece(NamedTuple):
    """Some batches of one sampler that a thread draws in one go."""

    sampler: Sampler
    first: int
    batches: int


def grow_all(samplers: Sequence[Sampler], wanted: Sequence[int]) -> None:
    """Grow several collections in one go, a piece for each thread: none waits between one and the next."""
    missing = [sampler.missing(sets) for sampler, sets in zip(samplers, wanted, strict=True)]
    threads = samplers[0].threads
    at_once = -(-sum(missing) // threads)
    pieces = [
        piece
        for sampler, batches in zip(samplers, missing, strict=True)
        if batches
        for piece in sampler.due(batches, at_once)
    ]
    drawn = in_chunks(lambda piece: piece.sampler.draw(*piece[1:]), pieces, threads)
    for piece, found in zip(pieces, drawn, strict=True):
        piece.sampler.keep(*found)


class Executor(Protocol):
    """Who draws and keeps the sets of a search: this machine, or several (see ``cluster``)."""

    def samplers(self, sampling: SamplingModel, keys: Sequence[int]) -> list[Sampler]:
        """Make one sampler for each key."""


@dataclass(frozen=True)
class LocalExecutor:
    """The threads of this process."""

    threads: int | None

    def samplers(self, sampling: SamplingModel, keys: Sequence[int]) -> list[Sampler]:
        """Make one sampler for each key; they share their scratch arrays."""
        sampling.network.row_views.into(sampling.diffusion)
        tools = Toolbox(partial(sampling.wave))
        return [Sampler(sampling, key, self.threads, tools) for key in keys]


def lane_bits(node_count: int) -> int:
    """Count the bits an entry of 32 leaves for the lane, at most six.

    Examples
    --------
    >>> lane_bits(1_000), lane_bits(2**28)
    (6, 4)
    """
    return max(0, min(LANE_BITS, ENTRY_BITS - max(1, node_count - 1).bit_length()))
