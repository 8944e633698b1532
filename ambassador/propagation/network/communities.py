"""Communities of a network, and where to draw its nodes."""

from typing import Any

import networkx as nx
import numpy as np

from ambassador.i18n import mark
from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.values.imports.imports import Progress, silent

_AT_ONCE = 10  # steps between two reports of progress


def find_communities(source: Int64Array, target: Int64Array, node_count: int, *, key: int = 0) -> Int64Array:
    """
    Group nodes that have more ties among each other than to the rest.

    Louvain's method [1]_ on the undirected network; several ties of one pair weigh as many.

    Parameters
    ----------
    source, target : int64 arrays, shape (ties,)
        Node numbers below ``node_count``.
    node_count : int
        Nodes without a tie form communities of one.
    key : int
        Decides the order nodes are visited in, and so which of several good answers is given.

    Returns
    -------
    int64 array, shape (node_count,)
        Community numbers, 0 the largest; of two as large, the one with the smaller node number first.

    References
    ----------
    .. [1] V. Blondel, J.-L. Guillaume, R. Lambiotte, E. Lefebvre, "Fast unfolding of communities in large
       networks", J. Stat. Mech. P10008, 2008.

    Examples
    --------
    Two triangles joined by one tie.

    >>> source, target = np.array([0, 1, 2, 3, 4, 5, 2]), np.array([1, 2, 0, 4, 5, 3, 3])
    >>> find_communities(source, target, 6).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    groups = nx.community.louvain_communities(_graph(source, target, node_count), weight="weight", seed=key)
    labels = np.empty(node_count, np.int64)
    for number, group in enumerate(sorted(groups, key=lambda one: (-len(one), min(one)))):
        labels[list(group)] = number
    return labels


def lay_out(
    source: Int64Array,
    target: Int64Array,
    community: Int64Array,
    *,
    key: int = 0,
    steps: int = 80,
    progress: Progress = silent,
) -> tuple[FloatArray, FloatArray]:
    """
    Place nodes so that those with ties, and those of one community, lie near each other.

    ForceAtlas2 [1]_ from a start in which every community has its own spot.

    Parameters
    ----------
    source, target : int64 arrays, shape (ties,)
        Node numbers.
    community : int64 array, shape (nodes,)
        As `find_communities` gives them.
    key : int
        Random key of the start.
    steps : int
        Rounds of moving; each costs nodes squared.
    progress : callable
        Called with (steps done, steps, stage) every few steps; may raise to stop.

    Returns
    -------
    x, y : float64 arrays, shape (nodes,)
        In [-1, 1]; far-off nodes are drawn in.

    References
    ----------
    .. [1] M. Jacomy, T. Venturini, S. Heymann, M. Bastian, "ForceAtlas2, a continuous graph layout algorithm
       for handy network visualization", PLoS ONE 9(6), 2014.

    Examples
    --------
    >>> source, target = np.array([0, 1, 2, 3]), np.array([1, 0, 3, 2])
    >>> x, y = lay_out(source, target, np.array([0, 0, 1, 1]), key=1)
    >>> bool(np.hypot(x[0] - x[1], y[0] - y[1]) < np.hypot(x[0] - x[2], y[0] - y[2]))
    True
    """
    if community.size == 0:
        return np.empty(0), np.empty(0)
    found = _start(community, np.random.default_rng(key))
    graph = _graph(source, target, community.size)
    for done in range(0, steps, _AT_ONCE):
        progress(done, steps, mark("placing people"))
        places = nx.forceatlas2_layout(
            graph, pos=dict(enumerate(found)), max_iter=min(_AT_ONCE, steps - done), weight="weight", seed=key
        )
        found = np.array([places[node] for node in range(community.size)], np.float64)
    return _fitted(found[:, 0]), _fitted(found[:, 1])


def _graph(source: Int64Array, target: Int64Array, node_count: int) -> "nx.Graph[Any]":
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_nodes_from(range(node_count))
    low, high = np.minimum(source, target), np.maximum(source, target)
    pairs, times = np.unique(np.stack([low, high], axis=1)[low != high], axis=0, return_counts=True)
    graph.add_weighted_edges_from(
        (int(u), int(v), int(count)) for (u, v), count in zip(pairs, times, strict=True)
    )
    return graph


def _start(community: Int64Array, rng: np.random.Generator) -> FloatArray:
    """Spread communities as the seeds of a sunflower, and their nodes around them."""
    rank = community.astype(np.float64)
    radius, angle = np.sqrt(rank + 0.5), rank * np.pi * (3.0 - np.sqrt(5.0))
    middle = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
    return np.asarray(middle + rng.normal(scale=0.25, size=middle.shape), np.float64)


def _fitted(values: FloatArray) -> FloatArray:
    """Scale to [-1, 1]; the far-off fiftieth part is drawn in, so that it does not shrink the rest."""
    centred = values - np.median(values)
    widest = float(np.quantile(np.abs(centred), 0.98)) or float(np.abs(centred).max()) or 1.0
    scaled = centred / widest
    far = np.abs(scaled) > 1.0
    scaled[far] = np.sign(scaled[far]) * (1.0 + 0.2 * np.log(np.abs(scaled[far])))
    return np.asarray(scaled / np.abs(scaled).max(initial=1.0), np.float64)
