"""Where to draw the nodes of a tree: rings by depth, one slot of the circle per leaf."""

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array

# Nodes of one ring from which on it is spread over three: dots would lie on each other.
_CROWDED = 60
_GOLDEN = np.pi * (3.0 - np.sqrt(5.0))


def in_proportion(parent: Int64Array, below: Int64Array, group: Int64Array, count: int) -> Int64Array:
    """
    Choose which nodes to draw: of every group the same share, those with most below them first.

    A parent has more below it than any child, so whoever is drawn hangs from somebody drawn.

    Parameters
    ----------
    parent, below : int64 arrays, shape (nodes,)
        Node numbers (-1 for the root), and how many nodes hang below each.
    group : int64 array, shape (nodes,)
        The node right under the root that each hangs from, itself included; -1 for the root.
    count : int
        At most so many.

    Returns
    -------
    int64 array
        Node numbers, ascending.

    Examples
    --------
    >>> parent, below = np.array([-1, 0, 1, 1, 1, 0, 5]), np.array([6, 3, 0, 0, 0, 1, 0])
    >>> in_proportion(parent, below, np.array([-1, 1, 1, 1, 1, 5, 5]), 4).tolist()
    [0, 1, 2, 5]
    """
    nodes = np.arange(parent.size, dtype=np.int64)
    if parent.size <= count:
        return nodes
    order = np.lexsort((nodes, depths(parent), -below, group))
    sizes = np.unique(group[order], return_counts=True)[1]
    starts = np.repeat(np.cumsum(sizes) - sizes, sizes)
    share = (nodes - starts) / np.repeat(sizes, sizes)
    return np.sort(order[np.lexsort((-below[order], share))][:count]).astype(np.int64)


def depths(parent: Int64Array) -> Int64Array:
    """Distance of every node from its root; ``parent`` holds no cycle.

    Examples
    --------
    >>> depths(np.array([-1, 0, 1, 0])).tolist()
    [0, 1, 2, 1]
    """
    depth = np.zeros(parent.size, dtype=np.int64)
    here = parent.copy()
    while (above := np.flatnonzero(here >= 0)).size:
        depth[above] += 1
        here[above] = parent[here[above]]
    return depth


def radial_layout(parent: Int64Array, weight: Int64Array) -> tuple[FloatArray, FloatArray]:
    """
    Place a tree: the root in the middle, each level on a ring, subtrees in sectors as wide as their leaves.

    Parameters
    ----------
    parent : int64 array, shape (nodes,)
        Node numbers; exactly one root (-1), no cycle.
    weight : int64 array, shape (nodes,)
        Siblings are ordered by it, the heaviest first.

    Returns
    -------
    x, y : float arrays, shape (nodes,)
        In [-1, 1].

    Examples
    --------
    >>> x, y = radial_layout(np.array([-1, 0, 0]), np.array([3, 1, 1]))
    >>> np.abs(x).round(3).tolist(), y.round(3).tolist()
    ([0.0, 0.0, 0.0], [0.0, 1.0, -1.0])
    """
    depth = depths(parent)
    by_depth = np.argsort(depth, kind="stable")
    leaves = _leaves(parent, by_depth)
    first = _first_slots(parent, weight, leaves, depth)
    angle = 2 * np.pi * (first + leaves / 2) / max(int(leaves.max(initial=1)), 1)
    radius = depth / max(int(depth.max(initial=1)), 1)
    crowd = np.bincount(depth)[depth] > _CROWDED
    ring = 1.0 / max(int(depth.max(initial=1)), 1)
    radius = radius - np.where(crowd & (depth > 0), ring * 0.36 * (first % 3) / 2, 0.0)
    return radius * np.cos(angle), radius * np.sin(angle)


def spiral_layout(count: int) -> tuple[FloatArray, FloatArray]:
    """Place nodes in the order of time, from the middle outwards, as the seeds of a sunflower.

    Examples
    --------
    >>> x, y = spiral_layout(3)
    >>> np.hypot(x, y).round(2).tolist()
    [0.0, 0.71, 1.0]
    """
    rank = np.arange(count, dtype=np.float64)
    radius = np.sqrt(rank / max(count - 1, 1))
    return radius * np.cos(rank * _GOLDEN), radius * np.sin(rank * _GOLDEN)


def _leaves(parent: Int64Array, by_depth: Int64Array) -> Int64Array:
    leaves = np.zeros(parent.size, dtype=np.int64)
    for node in by_depth[::-1].tolist():
        leaves[node] = max(leaves[node], 1)
        if parent[node] >= 0:
            leaves[parent[node]] += leaves[node]
    return leaves


def _first_slots(parent: Int64Array, weight: Int64Array, leaves: Int64Array, depth: Int64Array) -> Int64Array:
    first = np.zeros(parent.size, dtype=np.int64)
    taken = np.zeros(parent.size, dtype=np.int64)
    for node in np.lexsort((np.arange(parent.size), -weight, depth)).tolist():
        above = int(parent[node])
        if above >= 0:
            first[node] = first[above] + taken[above]
            taken[above] += leaves[node]
    return first
