"""Maximum coverage over sampled sets: an inverted index, gains, and the steps of the dual bound."""

from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import BoolArray, Float32Array, FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.compiled import Int, kernel


class Index(NamedTuple):
    """Sets by candidate: candidate ``c`` is in sets ``members[starts[c]:starts[c + 1]]``."""

    starts: Int64Array
    members: Int32Array
    """One place more than there are members."""


@kernel
def count_nodes(nodes: Int32Array, counts: Int64Array) -> None:
    """Count in how many sets each node is."""
    for i in range(nodes.size):
        counts[nodes[i]] += 1


@kernel
def by_falling_count(counts: Int64Array, available: BoolArray, order: Int64Array) -> Int:
    """Write the available nodes that are in some set, most sets first, then by number; give how many."""
    most = 0
    for v in range(counts.size):
        most = max(most, counts[v])
    starts = np.zeros(most + 2, np.int64)
    for v in range(counts.size):
        if counts[v] > 0 and available[v]:
            starts[most - counts[v] + 1] += 1
    for level in range(1, starts.size):
        starts[level] += starts[level - 1]
    for v in range(counts.size):
        if counts[v] > 0 and available[v]:
            level = most - counts[v]
            order[starts[level]] = v
            starts[level] += 1
    return starts[most]


@kernel
def index_sets(nodes: Int32Array, offsets: Int64Array, rank: Int32Array, index: Index) -> None:
    """Fill ``index.members`` for the nodes with a rank (from 1); ``index.starts`` is given.

    Who has none writes to the place after the last member: that spares a branch nobody can foresee.
    """
    place = np.empty(index.starts.size, np.int64)
    place[0] = index.members.size - 1
    place[1:] = index.starts[:-1]
    for s in range(offsets.size - 1):
        for i in range(offsets[s], offsets[s + 1]):
            c = rank[nodes[i]]
            index.members[place[c]] = s
            place[c] += c > 0


@kernel
def gain_of(index: Index, candidate: Int, covered: BoolArray) -> Int:
    """Count the sets of ``candidate`` that nobody covers yet."""
    gain = 0
    for i in range(index.starts[candidate], index.starts[candidate + 1]):
        gain += not covered[index.members[i]]
    return gain


@kernel
def cover(index: Index, candidate: Int, covered: BoolArray) -> None:
    """Mark the sets of ``candidate``."""
    for i in range(index.starts[candidate], index.starts[candidate + 1]):
        covered[index.members[i]] = True


@kernel
def cover_all(index: Index, candidates: Int64Array, covered: BoolArray) -> None:
    """Mark the sets of some candidates."""
    for candidate in candidates:
        cover(index, candidate, covered)


@kernel
def find_owners(index: Index, picked: Int64Array, owner: Int32Array) -> None:
    """Mark who covers each set: 0 nobody, ``i + 1`` only ``picked[i]``, ``picked.size + 1`` several."""
    for i in range(picked.size):
        for j in range(index.starts[picked[i]], index.starts[picked[i] + 1]):
            s = index.members[j]
            owner[s] = i + 1 if owner[s] == 0 else picked.size + 1


@kernel
def count_by_owner(index: Index, wanted: Int64Array, owner: Int32Array, table: Int64Array) -> None:
    """Count each wanted candidate's sets by owner: a row for each candidate, a column for each owner."""
    for row in range(wanted.size):
        for j in range(index.starts[wanted[row]], index.starts[wanted[row] + 1]):
            table[row, owner[index.members[j]]] += 1


@kernel
def sink(heap: Int32Array, size: Int, gains: Int64Array) -> None:
    """Let the root of the heap sink to where it belongs: larger gains above, smaller numbers first."""
    place = 0
    moving = heap[0]
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size:
            left, right = heap[below], heap[below + 1]
            below += gains[right] > gains[left] or (gains[right] == gains[left] and right < left)
        above = heap[below]
        if gains[moving] > gains[above] or (gains[moving] == gains[above] and moving < above):
            break
        heap[place] = above
        place = below
    heap[place] = moving


@kernel
def take_best(
    index: Index, gains: Int64Array, heap: Int32Array, covered: BoolArray, taken: Int32Array, new: Int64Array
) -> Int:
    """Take the candidate of largest gain again and again until ``taken`` is full or nothing is gained.

    ``heap`` holds the candidates by falling ``gains``, which are upper bounds: only the best is
    counted again (Minoux 1978). Writes who is taken and how many sets each adds; gives how many.
    """
    size = heap.size
    found = 0
    while size > 0 and found < taken.size:
        best = heap[0]
        gain = gain_of(index, best, covered)
        if gain == 0 and gains[best] == 0:
            break
        if gain < gains[best]:
            gains[best] = gain
        else:
            cover(index, best, covered)
            taken[found] = best
            new[found] = gain
            found += 1
            size -= 1
            heap[0] = heap[size]
        sink(heap, size, gains)
    return found


@kernel
def sets_hit(nodes: Int32Array, offsets: Int64Array, chosen: BoolArray) -> Int:
    """Count the sets that hold at least one chosen node."""
    hit = 0
    for s in range(offsets.size - 1):
        for i in range(offsets[s], offsets[s + 1]):
            if chosen[nodes[i]]:
                hit += 1
                break
    return hit


@kernel
def first_hits(nodes: Int32Array, offsets: Int64Array, place: Int32Array, hits: Int64Array) -> None:
    """Count each set for the earliest pick in it; ``place`` is past the end for everybody else."""
    for s in range(offsets.size - 1):
        earliest = hits.size
        for i in range(offsets[s], offsets[s + 1]):
            earliest = min(earliest, place[nodes[i]])
        if earliest < hits.size:
            hits[earliest] += 1


@kernel
def weigh(index: Index, multipliers: Float32Array, weights: FloatArray) -> None:
    """Sum the multipliers of each candidate's sets."""
    for c in range(weights.size):
        total = 0.0
        for i in range(index.starts[c], index.starts[c + 1]):
            total += multipliers[index.members[i]]
        weights[c] = total


@kernel
def add_cover(index: Index, chosen: Int64Array, amount: FloatArray, average: Float32Array) -> None:
    """Add ``amount`` of each chosen candidate to how much its sets are covered."""
    for j in range(chosen.size):
        for i in range(index.starts[chosen[j]], index.starts[chosen[j] + 1]):
            average[index.members[i]] += np.float32(amount[j])


@kernel
def descend(multipliers: Float32Array, average: Float32Array, step: float, fade: float) -> float:
    """Move each multiplier against its subgradient, stay in [0, 1]; give the sum of 1 - multiplier.

    ``average`` fades on the way, to make room for the next answer. Multipliers are rounded to multiples
    of 2^-23, so that sums of them are exact in float64 in whatever order they are added.
    """
    left = 0.0
    for s in range(multipliers.size):
        moved = multipliers[s] - np.float32(step) * (average[s] - np.float32(1.0))
        moved = min(max(moved, np.float32(0.0)), np.float32(1.0))
        moved = (moved + np.float32(1.0)) - np.float32(1.0)
        multipliers[s] = moved
        left += 1.0 - np.float64(moved)
        average[s] *= np.float32(fade)
    return left
