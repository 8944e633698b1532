"""The network word travels on: who influences whom, and with what probability."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, cast

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError, UnknownNodeError
from ambassador.propagation.kernels.adjacency import sources_of
from ambassador.propagation.network.row_views import RowViews
from ambassador.propagation.network.rows import (
    checked_ends,
    checked_probabilities,
    order_by,
    refuse_outside,
    rows_with,
    rows_without_values,
)

if TYPE_CHECKING:
    import networkx as nx

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class InfluenceNetwork:
    """A directed network with a probability on every tie; it never changes.

    Influence flows source -> target, so a follower is the target. Ties are numbered in the order of
    (source, target); that number is what a coin is tossed for.

    Attributes
    ----------
    out_offsets : int64 array, shape (node_count + 1,)
        Ties of node ``v`` are numbers ``out_offsets[v]`` to ``out_offsets[v + 1] - 1``.
    out_targets : int32 array, shape (tie_count,)
    in_offsets, in_sources
        The same ties by target.
    given : float32 or float64 array, shape (tie_count,), or None
        Probabilities by tie number; None stands for the rule 1 / in-degree of the target, which then
        takes no memory.
    labels : sequence of hashables, or None
        The key of each node; None when nodes are their own keys.
    self_ties, merged_ties : int
        Self-ties that were dropped, and parallel ties that were combined as 1 - prod(1 - p).

    Examples
    --------
    >>> network = InfluenceNetwork.from_ties([("a", "b", 0.5), ("a", "b", 0.5), ("b", "b", 1.0)])
    >>> network.node_count, network.tie_count, network.self_ties, network.merged_ties
    (2, 1, 1, 1)
    >>> float(network.probability[0])
    0.75
    """

    out_offsets: Int64Array
    out_targets: Int32Array
    in_offsets: Int64Array
    in_sources: Int32Array
    given: FloatArray | None
    labels: Sequence[Hashable] | npt.NDArray[Any] | None = None
    self_ties: int = 0
    merged_ties: int = 0

    @classmethod
    def from_arrays(
        cls,
        source: npt.ArrayLike,
        target: npt.ArrayLike,
        probability: npt.ArrayLike | None,
        node_count: int | None = None,
        *,
        labels: Sequence[Hashable] | npt.NDArray[Any] | None = None,
    ) -> Self:
        """Build from one entry per tie.

        Parameters
        ----------
        source, target : arrays of int, shape (ties,)
            Node numbers from 0.
        probability : array of float, a number, or None
            None asks for the weighted cascade 1 / in-degree (Kempe, Kleinberg, Tardos 2003), in which
            parallel ties count once. float32 is kept as it is, everything else becomes float64.
        node_count : int, optional
            One more than the largest node, unless said.
        labels : optional
            Keys of the nodes, ``node_count`` of them.

        Raises
        ------
        BadProbabilityError
            If a probability lies outside [0, 1] or is not a number.
        UnknownNodeError
            If a node number is negative or not below ``node_count``.
        """
        heads, tails, count = checked_ends(source, target, node_count)
        if labels is not None and len(labels) != count:
            raise BadInputError("{labels} labels for {nodes} nodes.", labels=len(labels), nodes=count)
        values = checked_probabilities(probability, heads.size)
        rows = (
            rows_without_values(heads, tails, count)
            if values is None
            else rows_with(heads, tails, values, count)
        )
        return cls(
            rows.out_offsets,
            rows.out_targets,
            rows.in_offsets,
            rows.in_sources,
            rows.values,
            labels,
            rows.self_ties,
            heads.size - rows.self_ties - rows.out_targets.size,
        )

    @classmethod
    def from_ties(
        cls,
        ties: Iterable[tuple[Hashable, Hashable] | tuple[Hashable, Hashable, float]],
        *,
        keys: Iterable[Hashable] = (),
    ) -> Self:
        """Build from (source key, target key, probability) triples, or pairs for the weighted cascade.

        Nodes are numbered in the order of ``keys``, then in the order of appearance.
        """
        node: dict[Hashable, int] = {}
        for key in keys:
            node.setdefault(key, len(node))
        rows = list(ties)
        source = [node.setdefault(row[0], len(node)) for row in rows]
        target = [node.setdefault(row[1], len(node)) for row in rows]
        probability = [row[2] for row in rows if len(row) == 3]  # noqa: PLR2004 - a triple has three
        if probability and len(probability) != len(rows):
            missing = len(rows) - len(probability)
            raise BadProbabilityError("{missing} ties have no probability.", missing=missing)
        given = probability if probability or not rows else None
        return cls.from_arrays(source, target, given, len(node), labels=list(node))

    @classmethod
    def from_keys(
        cls,
        source: npt.ArrayLike,
        target: npt.ArrayLike,
        probability: npt.ArrayLike | None,
        *,
        keys: npt.ArrayLike = (),
    ) -> Self:
        """Build from arrays of whole-number keys (database ids); nodes are numbered by rising key."""
        sources, targets, more = (np.asarray(a, dtype=np.int64) for a in (source, target, keys))
        labels = np.unique(np.concatenate([sources, targets, more]))
        heads, tails = np.searchsorted(labels, sources), np.searchsorted(labels, targets)
        return cls.from_arrays(heads, tails, probability, labels.size, labels=labels)

    @classmethod
    def from_parquet(
        cls,
        path: str | Path,
        *,
        source: str = "source",
        target: str = "target",
        probability: str | None = None,
        node_count: int | None = None,
    ) -> Self:
        """Build from the columns of a Parquet file, a row per tie, read piece by piece; see ``from_arrays``.

        Probabilities are kept as float32; without the column the weighted cascade gives them.
        """
        from ambassador.propagation.network.parquet_io import read_ties  # noqa: PLC0415 - only who asks pays for it

        return cls.from_arrays(*read_ties(Path(path), source, target, probability), node_count)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Any]", probability: str | float | None = "probability") -> Self:
        """Build from a networkx graph; an undirected tie runs both ways.

        Parameters
        ----------
        graph : networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        probability : str, float or None
            The attribute that holds it, one number for all, or None for the weighted cascade.
        """
        from ambassador.propagation.network.networkx_io import ties_of  # noqa: PLC0415 - only who asks pays for it

        return cls.from_arrays(*ties_of(graph, probability), len(graph), labels=list(graph))

    def to_networkx(self) -> "nx.DiGraph[Any]":
        """Give a ``networkx.DiGraph`` of the labels, with ``probability`` on every tie."""
        from ambassador.propagation.network.networkx_io import graph_of  # noqa: PLC0415 - only who asks pays for it

        return graph_of(self)

    def save(self, path: str | Path) -> None:
        """Write one file that ``open`` can map into memory."""
        from ambassador.propagation.network.network_file import write  # noqa: PLC0415 - it imports this module

        write(self, Path(path))

    @classmethod
    def open(cls, path: str | Path, *, verify: bool | None = None) -> "InfluenceNetwork":
        """Map a saved network; sums of the arrays are checked up to 256 MB, or when ``verify`` says so."""
        from ambassador.propagation.network.network_file import read  # noqa: PLC0415 - it imports this module

        return read(Path(path), verify=verify)

    def with_probability(self, probability: npt.ArrayLike | None) -> Self:
        """Give the same ties with other probabilities, by tie number (None: weighted cascade)."""
        return replace(self, given=checked_probabilities(probability, self.tie_count))

    @property
    def node_count(self) -> int:
        """How many nodes there are."""
        return self.out_offsets.size - 1

    @property
    def tie_count(self) -> int:
        """How many ties there are, after parallel ones were combined."""
        return self.out_targets.size

    @cached_property
    def probability(self) -> FloatArray:
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
    def in_ties(self) -> npt.NDArray[np.signedinteger]:
        """Tie numbers in the order of ``in_sources``."""
        return order_by(self.out_targets, self.node_count)[1]

    @cached_property
    def wiring(self) -> RowViews:
        """The arrays kernels walk along, made when first needed."""
        return RowViews(self)

    @cached_property
    def _node_by_key(self) -> dict[Hashable, int]:
        keys: Iterable[Hashable]
        if self.labels is None:
            keys = range(self.node_count)
        else:
            keys = self.labels.tolist() if isinstance(self.labels, np.ndarray) else self.labels
        return {key: node for node, key in enumerate(keys)}

    def nodes_of(self, keys: Iterable[Hashable]) -> Int32Array:
        """Give the node numbers of ``keys``.

        Raises
        ------
        UnknownNodeError
            If a key is not in the network.
        """
        found = self._node_by_key
        try:
            return np.array([found[key] for key in keys], dtype=np.int32)
        except KeyError as error:
            raise UnknownNodeError("{key} is not in the network.", key=error.args[0]) from None

    def keys_of(self, nodes: Iterable[int]) -> list[Hashable]:
        """Give the keys of node numbers."""
        if self.labels is None:
            return [int(node) for node in nodes]
        picked = [self.labels[int(node)] for node in nodes]
        return [key.item() if isinstance(key, np.generic) else key for key in picked]

    def checked_nodes(self, nodes: Iterable[int] | npt.ArrayLike) -> Int32Array:
        """Give ``nodes`` as distinct int32 node numbers.

        Raises
        ------
        UnknownNodeError
            If one is negative or not below ``node_count``.
        BadInputError
            If one is there twice.
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
