"""The network word travels on: who influences whom, and with what probability."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError
from ambassador.propagation.arrays import AnyArray, FloatArray
from ambassador.propagation.network.network_file import read, write
from ambassador.propagation.network.parquet_io import number_of_people, read_ties
from ambassador.propagation.network.row_views import RowViews
from ambassador.propagation.network.rows import (
    CompressedRows,
    TieColumns,
    checked_ends,
    checked_probabilities,
    rows_with,
    rows_without_values,
)

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, eq=False)
class InfluenceNetwork(CompressedRows):
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

    @classmethod
    def from_arrays(
        cls,
        source: npt.ArrayLike,
        target: npt.ArrayLike,
        probability: npt.ArrayLike | None,
        node_count: int | None = None,
        *,
        labels: Sequence[Hashable] | AnyArray | None = None,
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

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], [0.5, 0.25])
        >>> network.node_count, network.probability.tolist()
        (3, [0.5, 0.25])
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
        return cls(**{**vars(rows), "labels": labels})

    @classmethod
    def from_ties(
        cls,
        ties: Iterable[tuple[Hashable, Hashable] | tuple[Hashable, Hashable, float]],
        *,
        keys: Iterable[Hashable] = (),
    ) -> Self:
        """Build from (source key, target key, probability) triples, or pairs for the weighted cascade.

        Nodes are numbered in the order of ``keys``, then in the order of appearance.

        Examples
        --------
        >>> network = InfluenceNetwork.from_ties([("ada", "bob"), ("cleo", "bob")])
        >>> network.keys_of([0, 1, 2]), network.probability.tolist()
        (['ada', 'cleo', 'bob'], [0.5, 0.5])
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
        """Build from arrays of whole-number keys (database ids); nodes are numbered by rising key.

        Examples
        --------
        >>> network = InfluenceNetwork.from_keys([700, 12], [12, 55], [0.1, 0.2])
        >>> network.keys_of(range(3)), network.nodes_of([700]).tolist()
        ([12, 55, 700], [2])
        """
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
        ties = read_ties(Path(path), source, target, probability)
        count = number_of_people(Path(path), ties[0], ties[1]) if node_count is None else node_count
        return cls.from_arrays(*ties, count)

    @classmethod
    def from_networkx(cls, graph: "nx.Graph[Any]", probability: str | float | None = "probability") -> Self:
        """Build from a networkx graph; an undirected tie runs both ways.

        Parameters
        ----------
        graph : networkx.Graph, DiGraph, MultiGraph or MultiDiGraph
        probability : str, float or None
            The attribute that holds it, one number for all, or None for the weighted cascade.

        Examples
        --------
        >>> import networkx as nx
        >>> network = InfluenceNetwork.from_networkx(nx.Graph([("a", "b")]), 0.5)
        >>> network.tie_count, network.probability.tolist()
        (2, [0.5, 0.5])
        """
        return cls.from_arrays(*_ties_of_graph(graph, probability), len(graph), labels=list(graph))

    def to_networkx(self) -> "nx.DiGraph[Any]":
        """Make a ``networkx.DiGraph`` of the labels, with ``probability`` on every tie.

        Examples
        --------
        >>> network = InfluenceNetwork.from_ties([("a", "b", 0.5)])
        >>> list(network.to_networkx().edges(data="probability"))
        [('a', 'b', 0.5)]
        """
        import networkx as nx  # noqa: PLC0415 - a third of a second, which only who asks pays

        graph: nx.DiGraph[Any] = nx.DiGraph()
        keys = self.keys_of(range(self.node_count))
        graph.add_nodes_from(keys)
        columns = (self.out_sources.tolist(), self.out_targets.tolist(), self.probability.tolist())
        graph.add_edges_from((keys[u], keys[v], {"probability": p}) for u, v, p in zip(*columns, strict=True))
        return graph

    def save(self, path: str | Path) -> None:
        """Write one file that ``open`` can map into memory.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> network = InfluenceNetwork.from_ties([("a", "b", 0.5)])
        >>> with TemporaryDirectory() as folder:
        ...     network.save(Path(folder) / "n")
        ...     InfluenceNetwork.open(Path(folder) / "n").labels
        ['a', 'b']
        """
        write(self, Path(path))

    @classmethod
    def open(cls, path: str | Path, *, verify: bool | None = None) -> Self:
        """Map a saved network; sums of the arrays are checked up to 256 MB, or when ``verify`` says so."""
        return read(cls, Path(path), verify=verify)

    def with_probability(self, probability: npt.ArrayLike | None) -> Self:
        """Keep the ties and take other probabilities, by tie number (None: weighted cascade).

        Examples
        --------
        >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.9)
        >>> network.with_probability([0.1, 0.2]).probability.tolist()
        [0.1, 0.2]
        """
        return replace(self, given=checked_probabilities(probability, self.tie_count))

    @cached_property
    def row_views(self) -> RowViews:
        """The arrays kernels walk along, made when first needed."""
        return RowViews(self)


def _ties_of_graph(graph: "nx.Graph[Any]", probability: str | float | None) -> TieColumns:
    """Read sources, targets and probabilities; nodes are numbered in the graph's order."""
    node = {key: number for number, key in enumerate(graph)}
    rows = list(graph.edges(data=True))
    source = np.array([node[row[0]] for row in rows], dtype=np.int32)
    target = np.array([node[row[1]] for row in rows], dtype=np.int32)
    values = _values(rows, probability)
    if graph.is_directed():
        return source, target, values
    both = None if values is None else np.concatenate([values, values])
    return np.concatenate([source, target]), np.concatenate([target, source]), both


def _values(rows: list[Any], probability: str | float | None) -> FloatArray | None:
    if probability is None:
        return None
    if not isinstance(probability, str):
        return np.full(len(rows), float(probability))
    for source, target, data in rows:
        if probability not in data:
            raise BadProbabilityError(
                "The tie {source} -> {target} has no '{name}'.",
                source=source,
                target=target,
                name=probability,
            )
    return np.array([float(row[2][probability]) for row in rows])
