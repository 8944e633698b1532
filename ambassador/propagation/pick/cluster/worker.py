"""What the workers do: pure functions of numbered batches, so that a lost result can be made again.

Arguments are never changed in place: Dask may still need them to repeat a step elsewhere.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import numpy as np
from distributed import Worker
from distributed.diagnostics.plugin import WorkerPlugin

from ambassador.errors import ClusterError
from ambassador.propagation.arrays import (
    AnyArray,
    BoolArray,
    Float32Array,
    FloatArray,
    Int32Array,
    Int64Array,
)
from ambassador.propagation.kernels.compiled import CACHE_FOLDER
from ambassador.propagation.kernels.reverse import Rules, Wave, sample_sets
from ambassador.propagation.network.chunks import Toolbox
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.sampling import SamplingModel
from ambassador.propagation.pick.set_index import LocalCover, LocalDual, LocalIndex, LocalSets

# Digest of the kernels' sources: only workers with the same ones give the same answer.
KERNELS = CACHE_FOLDER.name
# The network of the search under way and of the one before.
KEPT_OPEN = 2


@dataclass(frozen=True)
class SearchOrder:
    """One search, as it travels to the workers.

    ``path`` is named by the network's fingerprint; ``content`` is the file itself where the workers
    do not see the path.
    """

    name: str
    path: Path
    content: bytes | None
    diffusion: Diffusion
    rules: Rules
    kernels: str = KERNELS


class SearchPlugin(WorkerPlugin):
    """Carries an order to every worker, also to those that join or come back later."""

    def __init__(self, order: SearchOrder) -> None:
        self.order = order
        self.name = order.name

    def setup(self, worker: Worker) -> None:
        """Take the order in; the network is opened when it is first needed."""
        order = self.order
        if order.kernels != KERNELS:
            raise ClusterError("The worker at {address} runs another version.", address=worker.address)
        path = order.path
        if order.content is not None:
            path = _kept(Path(worker.local_directory) / order.path.name, order.content)
        _CONTEXTS[order.name] = WorkerContext(order, path)

    def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - the plugin's interface
        """Forget the order."""
        _CONTEXTS.pop(self.name, None)


class WorkerContext:
    """An order with the network open and scratch arrays to lend."""

    def __init__(self, order: SearchOrder, path: Path) -> None:
        self._order = order
        self._path = path
        self._lock = Lock()

    @property
    def ready(self) -> tuple[SamplingModel, Toolbox[Wave]]:
        """What sets are drawn from, and where threads borrow their arrays."""
        with self._lock:
            return self._ready

    @cached_property
    def _ready(self) -> tuple[SamplingModel, Toolbox[Wave]]:
        network = _opened(self._path)
        network.row_views.into(self._order.diffusion)
        sampling = SamplingModel(network, self._order.diffusion, self._order.rules)
        return sampling, Toolbox(partial(sampling.wave))


_CONTEXTS: dict[str, WorkerContext] = {}
_OPEN: "OrderedDict[Path, InfluenceNetwork]" = OrderedDict()


def worker_context_of(name: str) -> WorkerContext:
    """Look up the context of an order on this worker."""
    return _CONTEXTS[name]


def _opened(path: Path) -> InfluenceNetwork:
    """Open a network, or give the one that is open: a path says what is in it."""
    network = _OPEN.pop(path, None) or InfluenceNetwork.open(path)
    _OPEN[path] = network
    while len(_OPEN) > KEPT_OPEN:
        _OPEN.popitem(last=False)
    return network


def _kept(path: Path, content: bytes) -> Path:
    """Write once, whole or not at all."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(f".{os.getpid()}.part")
        passing.write_bytes(content)
        passing.replace(path)
    return path


class SetBlock(LocalSets):
    """Some batches of sets, held by one worker."""

    def __init__(self, nodes: Int32Array, offsets: Int64Array) -> None:
        self._nodes = nodes
        self._offsets = offsets

    def __sizeof__(self) -> int:
        return self._nodes.nbytes + self._offsets.nbytes

    @property
    def nodes(self) -> Int32Array:
        """All members of all sets, shape (entries,)."""
        return self._nodes

    @property
    def offsets(self) -> Int64Array:
        """Where each set starts, shape (sets + 1,)."""
        return self._offsets


class DualState(NamedTuple):
    """The dual of one block between two steps."""

    multipliers: Float32Array
    average: Float32Array


def sampled(order: str, key: int, first: int, batches: int) -> SetBlock:
    """Draw some numbered batches."""
    sampling, tools = worker_context_of(order).ready
    ties = sampling.network.row_views.into(sampling.diffusion)
    with tools.borrowed() as wave:
        nodes, offsets = sample_sets(ties, sampling.rules, wave, np.uint64(key), first, batches)
    return SetBlock(nodes.copy(), offsets)


def entries(block: SetBlock) -> int:
    """Count the members of all sets.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> entries(block)
    4
    """
    return int(block.nodes.size)


def joined(blocks: Sequence[SetBlock]) -> SetBlock:
    """Put small blocks end to end.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> joined([block, block]).offsets.tolist()
    [0, 2, 3, 4, 6, 7, 8]
    """
    starts = np.cumsum([0, *(block.nodes.size for block in blocks)])
    pieces = [block.offsets[1:] + start for block, start in zip(blocks, starts, strict=False)]
    nodes = np.concatenate([block.nodes for block in blocks])
    return SetBlock(nodes, np.concatenate([np.zeros(1, np.int64), *pieces]))


def added(parts: Sequence[AnyArray]) -> AnyArray:
    """Sum arrays whose sums are exact, in whatever order they come.

    Examples
    --------
    >>> added([np.array([1, 2]), np.array([3, 4])]).tolist()
    [4, 6]
    """
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total


def kept(value: AnyArray) -> AnyArray:
    """Hold a value all blocks need, so that it travels to the scheduler once.

    Examples
    --------
    >>> kept(np.array([1, 2])).tolist()
    [1, 2]
    """
    return value


def counted(block: SetBlock, nodes: int) -> Int64Array:
    """Count in how many sets each node is.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> counted(block, 3).tolist()
    [1, 2, 1]
    """
    return block.counts(nodes)


def indexed(block: SetBlock, nodes: Int32Array, node_count: int) -> LocalIndex:
    """List the sets of some nodes."""
    return block.index(nodes.astype(np.int64), block.counts(node_count))


def hit(block: SetBlock, picked: Int32Array, nodes: int) -> Int64Array:
    """Count the sets that hold somebody picked.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> hit(block, np.array([1], np.int32), 3).tolist()
    [2]
    """
    return np.array([block.hit(picked, nodes)], np.int64)


def hits(block: SetBlock, picked: Int32Array, nodes: int) -> Int64Array:
    """Count each set for the earliest of the picked in it.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> hits(block, np.array([1, 0, 2], np.int32), 3).tolist()
    [2, 0, 1]
    """
    return block.hits(picked, nodes)


def uncovered(index: LocalIndex) -> BoolArray:
    """Start with nothing covered.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> uncovered(index).tolist()
    [False, False, False]
    """
    return np.zeros(index.set_count, np.bool_)


def taken(index: LocalIndex, covered: BoolArray, candidate: int) -> BoolArray:
    """Cover the candidate's sets.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> taken(index, uncovered(index), 1).tolist()
    [True, True, False]
    """
    cover = LocalCover(index.index, covered.copy())
    cover.take(candidate)
    return cover.covered


def gained(index: LocalIndex, covered: BoolArray, candidates: Int64Array) -> Int64Array:
    """Count the sets of each candidate that nobody covers yet.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> gained(index, taken(index, uncovered(index), 0), np.array([1, 2])).tolist()
    [1, 1]
    """
    return LocalCover(index.index, covered).gains(candidates)


def by_owner(index: LocalIndex, picked: Int64Array, wanted: Int64Array) -> Int64Array:
    """Count each wanted candidate's sets by who of the picked alone covers them.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> by_owner(index, np.array([1]), np.array([0, 2])).tolist()
    [[0, 1, 0], [1, 0, 0]]
    """
    return index.by_owner(picked, wanted)


def dual(index: LocalIndex, picked: Sequence[int]) -> DualState:
    """Start with multiplier 1 for the sets the picked leave uncovered and 0 for the others.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> dual(index, [1]).multipliers.tolist()
    [0.0, 0.0, 1.0]
    """
    start = index.dual(picked)
    return DualState(start.multipliers, start.average)


def stepped(
    index: LocalIndex, state: DualState, chosen: Int64Array, amounts: FloatArray, size: float, fade: float
) -> DualState:
    """Move the multipliers one step."""
    moved = LocalDual(index.index, state.multipliers.copy(), state.average.copy())
    moved.step(chosen, amounts, size, fade)
    return DualState(moved.multipliers, moved.average)


def weighed(index: LocalIndex, state: DualState) -> FloatArray:
    """Weight of each candidate and, last, the sum of 1 - multiplier.

    Examples
    --------
    >>> block = SetBlock(np.array([0, 1, 1, 2], np.int32), np.array([0, 2, 3, 4]))
    >>> index = indexed(block, np.arange(3, dtype=np.int32), 3)
    >>> weighed(index, dual(index, [1])).tolist()
    [0.0, 0.0, 1.0, 2.0]
    """
    weights, left = LocalDual(index.index, state.multipliers, state.average).weights()
    return np.append(weights, left)
