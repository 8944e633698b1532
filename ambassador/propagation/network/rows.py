"""From a list of ties to compressed sparse rows, sorted by (source, target), both ways round."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError, UnknownNodeError
from ambassador.propagation.arrays import AnyArray, IndexArray, Int32Array, Int64Array, RealArray
from ambassador.propagation.kernels.adjacency import (
    combine_parallel,
    drop_repeated,
    rows_of,
    scatter,
    sources_of,
    starts_of,
    turn_round,
)

LARGEST = 2**31 - 2  # node numbers are int32, and one more than the last must be too
TieColumns = tuple[Int32Array, Int32Array, RealArray | None]


@dataclass(frozen=True, eq=False)
class CompressedRows:
    """Ties in compressed sparse rows, both ways round, with the probability of each and the key of each node.

    The arrays are those of ``InfluenceNetwork``, which documents them and builds them.
    """

    out_offsets: Int64Array
    out_targets: Int32Array
    in_offsets: Int64Array
    in_sources: Int32Array
    given: RealArray | None
    labels: Sequence[Hashable] | AnyArray | None = None
    self_ties: int = 0
    merged_ties: int = 0

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return self.out_offsets.size - 1

    @property
    def tie_count(self) -> int:
        """How many ties there are, after parallel ones were combined."""
        return self.out_targets.size

    @cached_property
    def probability(self) -> RealArray:
        """Probabilities by tie number."""
        if self.given is not None:
            return self.given
        return 1.0 / np.diff(self.in_offsets)[self.out_targets]

    @cached_property
    def out_sources(self) -> Int32Array:
        """Sources by tie number."""
        sources = np.empty(self.tie_count, np.int32)
        sources_of(self.out_offsets, sources)
        return sources

    @cached_property
    def in_ties(self) -> IndexArray:
        """Tie numbers in the order of ``in_sources``."""
        return order_by(self.out_targets, self.node_count)[1]

    @cached_property
    def _node_by_key(self) -> dict[Hashable, int]:
        keys: Iterable[Hashable]
        if self.labels is None:
            keys = range(self.node_count)
        else:
            keys = self.labels.tolist() if isinstance(self.labels, np.ndarray) else self.labels
        return {key: node for node, key in enumerate(keys)}

    def nodes_of(self, keys: Iterable[Hashable]) -> Int32Array:
        """Look up the node numbers of ``keys``.

        Raises
        ------
        UnknownNodeError
            If a key is not in the network.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> InfluenceNetwork.from_ties([("ada", "bob", 0.5)]).nodes_of(["bob"]).tolist()
        [1]
        """
        found = self._node_by_key
        try:
            return np.array([found[key] for key in keys], dtype=np.int32)
        except KeyError as error:
            raise UnknownNodeError("{key} is not in the network.", key=error.args[0]) from None

    def keys_of(self, nodes: Iterable[int]) -> list[Hashable]:
        """Look up the keys of node numbers.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> InfluenceNetwork.from_ties([("ada", "bob", 0.5)]).keys_of([1, 0])
        ['bob', 'ada']
        """
        if self.labels is None:
            return [int(node) for node in nodes]
        picked = [self.labels[int(node)] for node in nodes]
        return [key.item() if isinstance(key, np.generic) else key for key in picked]

    def checked_nodes(self, nodes: Iterable[int] | npt.ArrayLike) -> Int32Array:
        """Check that ``nodes`` are distinct and make them int32 node numbers.

        Raises
        ------
        UnknownNodeError
            If one is negative or not below ``node_count``.
        BadInputError
            If one is there twice.

        Examples
        --------
        >>> from ambassador.propagation.network.network import InfluenceNetwork
        >>> InfluenceNetwork.from_arrays([0], [1], 0.5).checked_nodes([1]).tolist()
        [1]
        """
        array = np.asarray(
            nodes if hasattr(nodes, "__array__") else list(cast("Iterable[int]", nodes))
        ).astype(np.int64)
        if array.size == 0:
            return array.astype(np.int32)
        refuse_outside(array, self.node_count)
        unique, counts = np.unique(array, return_counts=True)
        if unique.size < array.size:
            raise BadInputError("Node {node} is named twice.", node=int(unique[counts > 1][0]))
        return array.astype(np.int32)


def rows_without_values(source: Int32Array, target: Int32Array, count: int) -> CompressedRows:
    """Sort ties that all count the same; beside the input it takes no more memory than the answer.

    By target first, then by source, which leaves each source's targets rising; the same once more
    the other way round.

    Examples
    --------
    >>> rows = rows_without_values(np.array([1, 0, 0], np.int32), np.array([0, 1, 1], np.int32), 2)
    >>> rows.out_targets.tolist(), rows.in_sources.tolist(), rows.merged_ties
    ([1, 0], [1, 0], 1)
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
    return CompressedRows(
        out_offsets,
        out_targets,
        in_offsets,
        in_sources,
        None,
        self_ties=source.size - kept,
        merged_ties=kept - size,
    )


def rows_with(source: Int32Array, target: Int32Array, values: RealArray, count: int) -> CompressedRows:
    """Sort ties with their probabilities and combine parallel ones as 1 - prod(1 - p).

    Examples
    --------
    >>> source, target = np.array([1, 0], np.int32), np.array([0, 1], np.int32)
    >>> rows_with(source, target, np.array([0.1, 0.2]), 2).given.tolist()
    [0.2, 0.1]
    """
    given, self_ties = source.size, int(np.count_nonzero(source == target))
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
    merged = given - self_ties - size
    return CompressedRows(
        out_offsets, target, in_offsets, source[by_target], values, self_ties=self_ties, merged_ties=merged
    )


def order_by(keys: Int32Array, count: int) -> tuple[Int64Array, IndexArray]:
    """Sort by counting, stable: where each key's entries start, and which they are.

    Examples
    --------
    >>> [array.tolist() for array in order_by(np.array([1, 0, 1], np.int32), 2)]
    [[0, 1, 3], [1, 0, 2]]
    """
    offsets = np.zeros(count + 1, np.int64)
    order: IndexArray = np.empty(keys.size, np.int32 if keys.size <= LARGEST else np.int64)
    rows_of(keys, order, offsets)
    return offsets, order


def refuse_outside(nodes: IndexArray, count: int) -> None:
    """Refuse node numbers that do not exist."""
    if nodes.size and (int(nodes.min()) < 0 or int(nodes.max()) >= count):
        wrong = nodes[(nodes < 0) | (nodes >= count)][0]
        raise UnknownNodeError("Node {node} is not among the {count} nodes.", node=int(wrong), count=count)


def checked_ends(
    source: npt.ArrayLike, target: npt.ArrayLike, node_count: int | None
) -> tuple[Int32Array, Int32Array, int]:
    """Check both ends, make them int32 and count the nodes; arrays that fit are not copied.

    Examples
    --------
    >>> heads, tails, count = checked_ends([0, 5], [1, 2], None)
    >>> heads.tolist(), tails.tolist(), count
    ([0, 5], [1, 2], 6)
    """
    heads, tails = np.asarray(source), np.asarray(target)
    if heads.shape != tails.shape or heads.ndim != 1:
        raise BadInputError(
            "{sources} sources for {targets} targets.", sources=heads.size, targets=tails.size
        )
    for nodes in (heads, tails):
        if nodes.size and nodes.dtype.kind not in "iu":
            raise BadInputError("Node numbers are whole numbers, not {kind}.", kind=str(nodes.dtype))
    largest = max((int(nodes.max()) for nodes in (heads, tails) if nodes.size), default=-1)
    count = largest + 1 if node_count is None else node_count
    if count > LARGEST:
        raise BadInputError("{count} nodes; at most {largest} are possible.", count=count, largest=LARGEST)
    for nodes in (heads, tails):
        refuse_outside(nodes, count)
    return heads.astype(np.int32, copy=False), tails.astype(np.int32, copy=False), count


def checked_probabilities(probability: npt.ArrayLike | None, ties: int) -> RealArray | None:
    """Check that there is one probability for each tie, a number in [0, 1].

    Examples
    --------
    >>> checked_probabilities(0.5, 3).tolist()
    [0.5, 0.5, 0.5]
    """
    if probability is None:
        return None
    given = np.asarray(probability)
    values: RealArray = given if given.dtype == np.float32 else given.astype(np.float64)
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
