"""The one door to and from networkx."""

from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import numpy.typing as npt

from ambassador.errors import BadProbabilityError

if TYPE_CHECKING:
    from ambassador.propagation.network.network import InfluenceNetwork

Ties = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float64] | None]


def ties_of(graph: "nx.Graph[Any]", probability: str | float | None) -> Ties:
    """Give sources, targets and probabilities of a graph; nodes are numbered in the graph's order.

    Raises
    ------
    BadProbabilityError
        If a tie lacks the attribute.
    """
    node = {key: number for number, key in enumerate(graph)}
    rows = list(graph.edges(data=True))
    source = np.array([node[row[0]] for row in rows], dtype=np.int32)
    target = np.array([node[row[1]] for row in rows], dtype=np.int32)
    values = _values(rows, probability)
    if graph.is_directed():
        return source, target, values
    both = None if values is None else np.concatenate([values, values])
    return np.concatenate([source, target]), np.concatenate([target, source]), both


def _values(rows: list[Any], probability: str | float | None) -> npt.NDArray[np.float64] | None:
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


def graph_of(network: "InfluenceNetwork") -> "nx.DiGraph[Any]":
    """Give a directed graph of the network's labels with ``probability`` on every tie."""
    graph: nx.DiGraph[Any] = nx.DiGraph()
    keys = network.keys_of(range(network.node_count))
    graph.add_nodes_from(keys)
    columns = (network.out_sources.tolist(), network.out_targets.tolist(), network.probability.tolist())
    graph.add_edges_from((keys[u], keys[v], {"probability": p}) for u, v, p in zip(*columns, strict=True))
    return graph
