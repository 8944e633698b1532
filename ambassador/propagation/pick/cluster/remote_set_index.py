"""Sampled sets that stay on the workers: the search sends questions and adds up the answers.

Source for greedy coverage over machines that each hold some of the sets: Tang, Zhu, Tang, Han,
"Distributed influence maximization for large-scale online social networks", ICDE 2022. Here gains are
asked for many candidates at once, and only while a stale one could still be the best, so that the
choice is the lazy greedy's own. Few sets are fetched and looked at here, because a journey for each
question would take longer than the answer.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.pick.cluster import worker as parts
from ambassador.propagation.pick.sampling import Piece, Sampler, SamplingModel, SetCollection
from ambassador.propagation.pick.set_index import SetIndex

# A question costs a journey, whether for one candidate or for so many.
ASKED_AT_ONCE = 64
# Members of sets; smaller blocks are not worth a task of their own.
SMALL_BLOCK = 1_000_000
# Two, so that a thread that is done early finds another block.
BLOCKS_PER_THREAD = 2


class Workers(Protocol):
    """Who carries a step out elsewhere."""

    @property
    def threads(self) -> int:
        """How many steps can run at once."""

    @property
    def near(self) -> int:
        """Up to how many members of sets are fetched."""

    def submit(self, step: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - a future
        """Start a step; futures among its arguments are waited for where they are."""

    def gather(self, futures: Sequence[Any]) -> list[Any]:
        """Wait for results and bring them here."""


def _sum(workers: Workers, futures: list[Any]) -> Any:  # noqa: ANN401 - an array
    """Add arrays up over there and bring the total here."""
    total = futures[0] if len(futures) == 1 else workers.submit(parts.added, futures)
    return workers.gather([total])[0]


class RemoteSets:
    """Sets in blocks on the workers."""

    def __init__(self, workers: Workers) -> None:
        self.size = 0
        self.entries = 0
        self._workers = workers
        self._here: SetCollection | None = SetCollection()
        self._blocks: list[tuple[Any, int]] = []
        self._fresh: list[Any] = []
        self._counts = np.empty(0, np.int64)

    def draw(self, order: str, key: int, pieces: Sequence[tuple[int, int]], lanes: int) -> None:
        """Sample some batches, a block for each piece."""
        blocks = [self._workers.submit(parts.sampled, order, key, *piece) for piece in pieces]
        sizes = self._workers.gather([self._workers.submit(parts.entries, block) for block in blocks])
        self._blocks += zip(blocks, sizes, strict=True)
        self._fresh += blocks
        self.entries += sum(sizes)
        self.size += lanes * sum(batches for _, batches in pieces)
        if self.entries > self._workers.near:
            self._here = None
        if self._here is not None:
            for block in self._workers.gather(blocks):
                self._here.extend(block.nodes, block.offsets)

    def counts(self, nodes: int) -> Int64Array:
        """Count in how many sets each node is; only new blocks are looked at."""
        if self._here is not None:
            return self._here.counts(nodes)
        if self._fresh:
            new = _sum(
                self._workers, [self._workers.submit(parts.counted, block, nodes) for block in self._fresh]
            )
            self._counts = self._counts + new if self._counts.size else new
            self._fresh = []
            self._consolidate()
        return self._counts if self._counts.size else np.zeros(nodes, np.int64)

    def index(self, nodes: Int64Array, counts: Int64Array) -> SetIndex:
        """Let each block list the sets of some nodes."""
        if self._here is not None:
            return self._here.index(nodes, counts)
        wanted = self._workers.submit(parts.kept, nodes.astype(np.int32))
        return RemoteIndex(
            self._workers,
            [self._workers.submit(parts.indexed, block, wanted, counts.size) for block, _ in self._blocks],
        )

    def hit(self, picked: Int32Array, nodes: int) -> int:
        """Count the sets that hold somebody picked."""
        if self._here is not None:
            return self._here.hit(picked, nodes)
        return int(self._summed(parts.hit, picked, nodes)[0])

    def hits(self, picked: Int32Array, nodes: int) -> Int64Array:
        """Count each set for the earliest of the picked in it."""
        if self._here is not None:
            return self._here.hits(picked, nodes)
        found: Int64Array = self._summed(parts.hits, picked, nodes)
        return found

    def _summed(self, question: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401 - an array
        return _sum(
            self._workers, [self._workers.submit(question, block, *arguments) for block, _ in self._blocks]
        )

    def _consolidate(self) -> None:
        """Join neighbours that are too small to be worth a problem of their own."""
        enough = max(SMALL_BLOCK, self.entries // (BLOCKS_PER_THREAD * max(1, self._workers.threads)))
        groups: list[list[tuple[Any, int]]] = []
        for block in self._blocks:
            if groups and sum(size for _, size in groups[-1]) + block[1] <= enough:
                groups[-1].append(block)
            else:
                groups.append([block])
        self._blocks = [self._joined(group) for group in groups]

    def _joined(self, group: list[tuple[Any, int]]) -> tuple[Any, int]:
        if len(group) == 1:
            return group[0]
        together = self._workers.submit(parts.joined, [block for block, _ in group])
        return together, sum(size for _, size in group)


class RemoteIndex:
    """Sets by candidate, block by block."""

    def __init__(self, workers: Workers, blocks: list[Any]) -> None:
        self._workers = workers
        self._blocks = blocks

    def cover(self) -> "RemoteCover":
        """Start with nothing covered."""
        return RemoteCover(self._workers, self._blocks)

    def dual(self, picked: Sequence[int]) -> "RemoteDual":
        """Start with multiplier 1 for the sets the picked leave uncovered and 0 for the others."""
        return RemoteDual(self._workers, self._blocks, [int(candidate) for candidate in picked])

    def by_owner(self, picked: Int64Array, wanted: Int64Array) -> Int64Array:
        """Count each wanted candidate's sets by who of the picked alone covers them."""
        asked = [self._workers.submit(parts.by_owner, block, picked, wanted) for block in self._blocks]
        found: Int64Array = _sum(self._workers, asked)
        return found


class RemoteCover:
    """Covered sets, block by block; each step gives a new state and the old one is let go."""

    def __init__(self, workers: Workers, blocks: list[Any]) -> None:
        self._workers = workers
        self._blocks = blocks
        self._covered = [workers.submit(parts.uncovered, block) for block in blocks]
        self._known: dict[int, int] = {}

    def ahead(self, worth: FloatArray, fresh: BoolArray) -> Int64Array:
        """Name many at once: a question costs a journey, whether for one candidate or for all of these."""
        stale = np.flatnonzero(~fresh & (worth >= 0))
        if stale.size > ASKED_AT_ONCE:
            top = np.argpartition(-worth[stale], ASKED_AT_ONCE - 1)[:ASKED_AT_ONCE]
            stale = np.union1d(stale[top], [worth.argmax()])
        return stale.astype(np.int64)

    def gains(self, candidates: Int64Array) -> Int64Array:
        """Count the sets of each candidate that nobody covers yet."""
        asked = [
            self._workers.submit(parts.gained, block, covered, candidates)
            for block, covered in zip(self._blocks, self._covered, strict=True)
        ]
        found: Int64Array = _sum(self._workers, asked)
        self._known.update(zip(candidates.tolist(), found.tolist(), strict=True))
        return found

    def take(self, candidate: int) -> int:
        """Cover the candidate's sets; give how many were new."""
        if candidate not in self._known:
            self.gains(np.array([candidate], np.int64))
        gain = self._known[candidate]
        self._covered = [
            self._workers.submit(parts.taken, block, covered, candidate)
            for block, covered in zip(self._blocks, self._covered, strict=True)
        ]
        self._known = {}
        return gain

    def take_best(self, gains: Int64Array, allowed: BoolArray, slots: int) -> None:
        """Leave it to the questions above: what a candidate gains is known only elsewhere."""


class RemoteDual:
    """Multipliers and averaged cover, block by block."""

    def __init__(self, workers: Workers, blocks: list[Any], picked: list[int]) -> None:
        self._workers = workers
        self._blocks = blocks
        self._states = [workers.submit(parts.dual, block, picked) for block in blocks]

    def weights(self) -> tuple[FloatArray, float]:
        """Sum the multipliers of each candidate's sets, and 1 - multiplier over all sets."""
        asked = [
            self._workers.submit(parts.weighed, block, state)
            for block, state in zip(self._blocks, self._states, strict=True)
        ]
        found: FloatArray = _sum(self._workers, asked)
        return found[:-1], float(found[-1])

    def step(self, chosen: Int64Array, amounts: FloatArray, size: float, fade: float) -> None:
        """Add the chosen to the average and move the multipliers against their subgradient."""
        self._states = [
            self._workers.submit(parts.stepped, block, state, chosen, amounts, size, fade)
            for block, state in zip(self._blocks, self._states, strict=True)
        ]


class RemoteSampler(Sampler):
    """Draws the same numbered batches as ``Sampler``, on the workers."""

    def __init__(self, workers: Workers, order: str, sampling: SamplingModel, key: int) -> None:
        super().__init__(sampling, key, None)
        self._remote = RemoteSets(workers)
        self.sets = self._remote
        self._workers = workers
        self._order = order

    def start_afresh(self) -> None:
        """Forget the sets, but not how large they are; the next batches have the next numbers."""
        super().start_afresh()
        self._remote = RemoteSets(self._workers)
        self.sets = self._remote

    def due(self, batches: int, at_once: int) -> list[Piece]:  # noqa: ARG002 - as in Sampler
        """Let the workers draw, a piece for each of their threads; nothing is left to do here."""
        first = self._numbered(batches)
        cuts = np.linspace(0, batches, min(batches, max(1, self._workers.threads)) + 1).astype(int).tolist()
        pieces = [(first + start, end - start) for start, end in pairwise(cuts)]
        self._remote.draw(self._order, int(self._key), pieces, self._sampling.lanes)
        return []
