"""What the workers do: pure functions of numbered batches, so that a lost result can be made again.

Arguments are never changed in place: Dask may still need them to repeat a step elsewhere.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.reverse import sample_sets
from ambassador.propagation.pick.cluster.worker_context import workshop
from ambassador.propagation.pick.set_index import CoverHere, DualHere, IndexHere, SetsHere

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]
Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
Array = npt.NDArray[Any]


class Block(SetsHere):
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


def sampled(order: str, key: int, first: int, batches: int) -> Block:
    """Draw some numbered batches."""
    sampling, tools = workshop(order).ready
    ties = sampling.network.row_views.into(sampling.diffusion)
    with tools.borrowed() as wave:
        nodes, offsets = sample_sets(ties, sampling.rules, wave, np.uint64(key), first, batches)
    return Block(nodes.copy(), offsets)


def entries(block: Block) -> int:
    """Count the members of all sets."""
    return int(block.nodes.size)


def joined(blocks: Sequence[Block]) -> Block:
    """Put small blocks end to end."""
    starts = np.cumsum([0, *(block.nodes.size for block in blocks)])
    pieces = [block.offsets[1:] + start for block, start in zip(blocks, starts, strict=False)]
    nodes = np.concatenate([block.nodes for block in blocks])
    return Block(nodes, np.concatenate([np.zeros(1, np.int64), *pieces]))


def added(parts: Sequence[Array]) -> Array:
    """Sum arrays whose sums are exact, in whatever order they come."""
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total


def kept(value: Array) -> Array:
    """Hold a value all blocks need, so that it travels to the scheduler once."""
    return value


def counted(block: Block, nodes: int) -> Int64Array:
    """Count in how many sets each node is."""
    return block.counts(nodes)


def indexed(block: Block, nodes: Int32Array, node_count: int) -> IndexHere:
    """List the sets of some nodes."""
    return block.index(nodes.astype(np.int64), block.counts(node_count))


def hit(block: Block, picked: Int32Array, nodes: int) -> Int64Array:
    """Count the sets that hold somebody picked."""
    return np.array([block.hit(picked, nodes)], np.int64)


def hits(block: Block, picked: Int32Array, nodes: int) -> Int64Array:
    """Count each set for the earliest of the picked in it."""
    return block.hits(picked, nodes)


def uncovered(index: IndexHere) -> BoolArray:
    """Start with nothing covered."""
    return np.zeros(index.set_count, np.bool_)


def taken(index: IndexHere, covered: BoolArray, candidate: int) -> BoolArray:
    """Cover the candidate's sets."""
    cover = CoverHere(index.index, covered.copy())
    cover.take(candidate)
    return cover.covered


def gained(index: IndexHere, covered: BoolArray, candidates: Int64Array) -> Int64Array:
    """Count the sets of each candidate that nobody covers yet."""
    return CoverHere(index.index, covered).gains(candidates)


def by_owner(index: IndexHere, picked: Int64Array, wanted: Int64Array) -> Int64Array:
    """Count each wanted candidate's sets by who of the picked alone covers them."""
    return index.by_owner(picked, wanted)


def dual(index: IndexHere, picked: Sequence[int]) -> DualState:
    """Start with multiplier 1 for the sets the picked leave uncovered and 0 for the others."""
    start = index.dual(picked)
    return DualState(start.multipliers, start.average)


def stepped(
    index: IndexHere, state: DualState, chosen: Int64Array, amounts: FloatArray, size: float, fade: float
) -> DualState:
    """Move the multipliers one step."""
    moved = DualHere(index.index, state.multipliers.copy(), state.average.copy())
    moved.step(chosen, amounts, size, fade)
    return DualState(moved.multipliers, moved.average)


def weighed(index: IndexHere, state: DualState) -> FloatArray:
    """Give the weight of each candidate and, last, the sum of 1 - multiplier."""
    weights, left = DualHere(index.index, state.multipliers, state.average).weights()
    return np.append(weights, left)
