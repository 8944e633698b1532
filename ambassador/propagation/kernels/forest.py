"""Trees of observed mentions, in time linear in their number."""

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.compiled import kernel

UNSEEN, OPEN, DONE = 0, 1, 2  # the three colours of a search for cycles


@kernel
def cut_cycles(parent: Int64Array, time: FloatArray, cut: BoolArray) -> None:
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
    parent: Int64Array, root: Int64Array, order: Int64Array, size: Int64Array, pairs: FloatArray
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


@kernel
def shape_trees(
    root: Int64Array,
    depth: Int32Array,
    parent: Int64Array,
    deepest: Int64Array,
    broadest: Int64Array,
    busiest: Int64Array,
) -> None:
    """Write per root the largest depth, the most mentions at one depth and the most answers to one mention.

    Trees are laid behind one another by their depth, so that all levels together take no more than a
    place per mention.
    """
    deepest[:] = -1
    answers = np.zeros(root.size, np.int64)
    for node in range(root.size):
        deepest[root[node]] = max(deepest[root[node]], depth[node])
        if parent[node] >= 0:
            answers[parent[node]] += 1
    first = np.zeros(root.size, np.int64)
    places = 0
    for node in range(root.size):
        first[node] = places
        places += deepest[node] + 1
    level = np.zeros(places, np.int64)
    for node in range(root.size):
        top = root[node]
        level[first[top] + depth[node]] += 1
        broadest[top] = max(broadest[top], level[first[top] + depth[node]])
        busiest[top] = max(busiest[top], answers[node])


@kernel
def count_authors(root: Int64Array, author: Int64Array, members: Int64Array, authors: Int64Array) -> None:
    """Count per root the different authors; ``members`` lists the mentions tree by tree, -1 is nobody."""
    most = np.int64(-1)
    for node in range(author.size):
        most = max(most, author[node])
    seen = np.full(most + 1, -1, np.int64)
    for i in range(members.size):
        node = members[i]
        if author[node] >= 0 and seen[author[node]] != root[node]:
            seen[author[node]] = root[node]
            authors[root[node]] += 1
