"""Trees of observed mentions, in time linear in their number."""

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.compiled import kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
Float64Array = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

UNSEEN, OPEN, DONE = 0, 1, 2


@kernel
def cut_cycles(parent: Int64Array, time: Float64Array, cut: BoolArray) -> None:
    """Make the earliest mention of each cycle a root; mark it. Changes ``parent`` in place."""
    colour = np.zeros(parent.size, np.int8)
    for start in range(parent.size):
        node = start
        while node >= 0 and colour[node] == UNSEEN:
            colour[node] = OPEN
            node = parent[node]
        first = -1
        if node >= 0 and colour[node] == OPEN:
            first = node
            other = parent[node]
            while other != node:
                if time[other] < time[first] or (time[other] == time[first] and other < first):
                    first = other
                other = parent[other]
        node = start
        while node >= 0 and colour[node] == OPEN:
            colour[node] = DONE
            node = parent[node]
        if first >= 0:
            cut[first] = True
            parent[first] = -1


@kernel
def descend_trees(parent: Int64Array, root: Int64Array, depth: Int32Array, order: Int64Array) -> None:
    """Write each mention's root and depth, and an order in which parents stand before children.

    A chain is walked up to what is known and then written downwards, so nothing is walked twice.
    """
    root[:] = -1
    chain = np.empty(parent.size, np.int64)
    done = 0
    for start in range(parent.size):
        length = 0
        node = start
        while node >= 0 and root[node] < 0:
            chain[length] = node
            length += 1
            node = parent[node]
        for i in range(length - 1, -1, -1):
            node = chain[i]
            above = parent[node]
            root[node] = node if above < 0 else root[above]
            depth[node] = 0 if above < 0 else depth[above] + 1
            order[done] = node
            done += 1


@kernel
def measure_trees(
    parent: Int64Array, root: Int64Array, order: Int64Array, size: Int64Array, pairs: Float64Array
) -> None:
    """Sum subtree sizes upwards and, per root, s (n - s) over the ties: Goel et al. 2016, linear time."""
    size[:] = 1
    for i in range(order.size - 1, -1, -1):
        above = parent[order[i]]
        if above >= 0:
            size[above] += size[order[i]]
    for node in range(parent.size):
        if parent[node] >= 0:
            whole = np.float64(size[root[node]])
            pairs[root[node]] += size[node] * (whole - size[node])


@kernel
def nearest_marked(parent: Int64Array, order: Int64Array, marked: BoolArray, nearest: Int64Array) -> None:
    """Write the nearest marked mention upstream, itself included; -1 where there is none."""
    for i in range(order.size):
        node = order[i]
        if marked[node]:
            nearest[node] = node
        elif parent[node] >= 0:
            nearest[node] = nearest[parent[node]]
        else:
            nearest[node] = -1
