"""From a list of ties to compressed sparse rows, sorted by (source, target), both ways round."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError, UnknownNodeError
from ambassador.propagation.kernels.adjacency import (
    combine_parallel,
    drop_repeated,
    rows_of,
    scatter,
    starts_of,
    turn_round,
)

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.floating]
LARGEST = 2**31 - 2


@dataclass(frozen=True)
class Rows:
    """Ties by source and by target."""

    out_offsets: Int64Array
    out_targets: Int32Array
    in_offsets: Int64Array
    in_sources: Int32Array
    values: FloatArray | None
    self_ties: int


def rows_without_values(source: Int32Array, target: Int32Array, count: int) -> Rows:
    """Sort ties that all count the same; beside the input it takes no more memory than the answer.

    By target first, then by source, which leaves each source's targets rising; the same once more
    the other way round.
    """
    in_offsets, out_offsets = np.zeros(count + 1, np.int64), np.zeros(count + 1, np.int64)
    kept = int(starts_of(target, source, in_offsets))
    starts_of(source, target, out_offsets)
    in_sources, out_targets = np.empty(kept, np.int32), np.empty(kept, np.int32)
    scatter(target, source, in_offsets[:-1].copy(), in_sources)
    turn_round(in_offsets, in_sources, out_offsets[:-1].copy(), out_targets)
    size = int(drop_repeated(out_offsets, out_targets))
    out_targets, in_sources = out_targets[:size], in_sources[:size]
    in_offsets[:] = 0
    starts_of(out_targets, np.empty(0, np.int32), in_offsets)
    turn_round(out_offsets, out_targets, in_offsets[:-1].copy(), in_sources)
    return Rows(out_offsets, out_targets, in_offsets, in_sources, None, source.size - kept)


def rows_with(source: Int32Array, target: Int32Array, values: FloatArray, count: int) -> Rows:
    """Sort ties with their probabilities and combine parallel ones as 1 - prod(1 - p)."""
    self_ties = int(np.count_nonzero(source == target))
    if self_ties:
        kept = source != target
        source, target, values = source[kept], target[kept], values[kept]
    order = order_by(target, count)[1]
    order = order[order_by(source[order], count)[1]]
    source, target, values = source[order], target[order], values[order]
    size = int(combine_parallel(source, target, values))
    source, target, values = source[:size], target[:size], values[:size]
    out_offsets = np.zeros(count + 1, np.int64)
    starts_of(source, np.empty(0, np.int32), out_offsets)
    in_offsets, by_target = order_by(target, count)
    return Rows(out_offsets, target, in_offsets, source[by_target], values, self_ties)


def order_by(keys: Int32Array, count: int) -> tuple[Int64Array, npt.NDArray[np.signedinteger]]:
    """Sort by counting, stable: where each key's entries start, and which they are."""
    offsets = np.zeros(count + 1, np.int64)
    order: npt.NDArray[np.signedinteger] = np.empty(keys.size, np.int32 if keys.size <= LARGEST else np.int64)
    rows_of(keys, order, offsets)
    return offsets, order


def refuse_outside(nodes: npt.NDArray[np.signedinteger], count: int) -> None:
    """Refuse node numbers that do not exist."""
    if nodes.size and (int(nodes.min()) < 0 or int(nodes.max()) >= count):
        wrong = nodes[(nodes < 0) | (nodes >= count)][0]
        raise UnknownNodeError("Node {node} is not among the {count} nodes.", node=int(wrong), count=count)


def checked_ends(
    source: npt.ArrayLike, target: npt.ArrayLike, node_count: int | None
) -> tuple[Int32Array, Int32Array, int]:
    """Give both ends as int32 and how many nodes there are; arrays that fit are not copied."""
    heads, tails = np.asarray(source), np.asarray(target)
    if heads.shape != tails.shape or heads.ndim != 1:
        raise BadInputError(
            "{sources} sources for {targets} targets.", sources=heads.size, targets=tails.size
        )
    for nodes in (heads, tails):
        if nodes.size and not np.issubdtype(nodes.dtype, np.integer):
            raise BadInputError("Node numbers are whole numbers, not {kind}.", kind=str(nodes.dtype))
    largest = max((int(nodes.max()) for nodes in (heads, tails) if nodes.size), default=-1)
    count = largest + 1 if node_count is None else node_count
    if count > LARGEST:
        raise BadInputError("{count} nodes; at most {largest} are possible.", count=count, largest=LARGEST)
    for nodes in (heads, tails):
        refuse_outside(nodes, count)
    return heads.astype(np.int32, copy=False), tails.astype(np.int32, copy=False), count


def checked_probabilities(probability: npt.ArrayLike | None, ties: int) -> FloatArray | None:
    """Give one probability for each tie, each a number in [0, 1]."""
    if probability is None:
        return None
    given = np.asarray(probability)
    values: FloatArray = given if given.dtype == np.float32 else given.astype(np.float64)
    values = np.full(ties, values, values.dtype) if values.ndim == 0 else values
    if values.shape != (ties,):
        raise BadProbabilityError("{given} probabilities for {ties} ties.", given=values.size, ties=ties)
    wrong = ~((values >= 0) & (values <= 1))
    if wrong.any():
        place = int(np.argmax(wrong))
        raise BadProbabilityError(
            "The probability of tie {place} is {value}; it must lie between 0 and 1.",
            place=place,
            value=float(values[place]),
        )
    return values
