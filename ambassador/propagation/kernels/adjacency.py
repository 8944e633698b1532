"""Sorting ties into compressed sparse rows, and packing them for the simulations."""

import numpy as np

from ambassador.propagation.arrays import IndexArray, Int32Array, Int64Array, RealArray, UInt64Array
from ambassador.propagation.kernels.coins import node_coin
from ambassador.propagation.kernels.compiled import Int, kernel

# A node number fits 31 bits, so that a 33-bit threshold fits above it in one word.
NODE_BITS = np.uint64(31)
NODE_MASK = np.uint64(0x7FFFFFFF)  # those 31 bits
# 2^32: a coin has 32 bits; a tie is live when its coin is below probability x 2^32.
CERTAIN = 4294967296.0


@kernel
def rows_of(keys: Int32Array, order: IndexArray, offsets: Int64Array) -> None:
    """Sort by counting, stable: fill ``order`` and ``offsets`` (one more than there are keys)."""
    for i in range(keys.size):
        offsets[keys[i] + 1] += 1
    for v in range(1, offsets.size):
        offsets[v] += offsets[v - 1]
    place = offsets[:-1].copy()
    for i in range(keys.size):
        v = keys[i]
        order[place[v]] = i
        place[v] += 1


@kernel
def starts_of(keys: Int32Array, others: Int32Array, offsets: Int64Array) -> Int:
    """Count the keys and fill ``offsets``, leaving out those equal to their ``others`` if there are any."""
    for i in range(keys.size):
        if others.size == 0 or keys[i] != others[i]:
            offsets[keys[i] + 1] += 1
    for v in range(1, offsets.size):
        offsets[v] += offsets[v - 1]
    return offsets[offsets.size - 1]


@kernel
def scatter(keys: Int32Array, others: Int32Array, place: Int64Array, out: Int32Array) -> None:
    """Write each of ``others`` into its key's row, leaving out those equal to their key."""
    for i in range(keys.size):
        v = np.uint64(keys[i])
        if keys[i] != others[i]:
            out[np.uint64(place[v])] = others[i]
            place[v] += 1


@kernel
def turn_round(offsets: Int64Array, members: Int32Array, place: Int64Array, out: Int32Array) -> None:
    """Write each row's number into the rows of its members, which leaves every row rising."""
    for v in range(offsets.size - 1):
        for t in range(np.uint64(offsets[v]), np.uint64(offsets[v + 1])):
            w = np.uint64(members[t])
            out[np.uint64(place[w])] = v
            place[w] += 1


@kernel
def drop_repeated(offsets: Int64Array, members: Int32Array) -> Int:
    """Keep one of equal neighbours in each row, in place; give how many are left."""
    kept = 0
    first = offsets[0]
    for v in range(offsets.size - 1):
        end = offsets[v + 1]
        start = kept
        for t in range(first, end):
            if kept == start or members[kept - 1] != members[t]:
                members[kept] = members[t]
                kept += 1
        first = end
        offsets[v + 1] = kept
    return kept


@kernel
def combine_parallel(source: Int32Array, target: Int32Array, probability: RealArray) -> Int:
    """Merge neighbouring equal pairs in place as 1 - prod(1 - p); give how many are left."""
    kept = 0
    for i in range(source.size):
        if kept > 0 and source[kept - 1] == source[i] and target[kept - 1] == target[i]:
            probability[kept - 1] = 1.0 - (1.0 - probability[kept - 1]) * (1.0 - probability[i])
        else:
            source[kept] = source[i]
            target[kept] = target[i]
            probability[kept] = probability[i]
            kept += 1
    return kept


@kernel
def sources_of(offsets: Int64Array, source: Int32Array) -> None:
    """Write every row's number beside each of its ties."""
    for v in range(offsets.size - 1):
        for t in range(offsets[v], offsets[v + 1]):
            source[t] = v


@kernel
def toss_ties(run: np.uint64, out: UInt64Array) -> None:
    """Write 32 fair bits for every tie number."""
    for t in range(out.size):
        out[t] = node_coin(run, t)


@kernel
def packed_ties(node: Int32Array, probability: RealArray, out: UInt64Array) -> None:
    """Keep a tie in 64 bits: 33 for its threshold, 31 for the node it leads to."""
    for t in range(node.size):
        out[t] = (np.uint64(probability[t] * CERTAIN + 0.5) << NODE_BITS) | np.uint64(node[t])


@kernel
def packed_by_node(node: Int32Array, threshold: UInt64Array, out: UInt64Array) -> None:
    """Pack ties whose threshold depends on the node they lead to."""
    for t in range(node.size):
        out[t] = (threshold[node[t]] << NODE_BITS) | np.uint64(node[t])


@kernel
def common_thresholds(offsets: Int64Array, order: IndexArray, probability: RealArray, out: Int64Array) -> Int:
    """Write the threshold all in-ties of a node share, -1 where they differ; give how many differ."""
    differ = 0
    for v in range(offsets.size - 1):
        out[v] = 0
        for t in range(offsets[v], offsets[v + 1]):
            threshold = np.int64(probability[order[t]] * CERTAIN + 0.5)
            if t == offsets[v]:
                out[v] = threshold
            elif threshold != out[v]:
                out[v] = -1
                differ += 1
                break
    return differ
