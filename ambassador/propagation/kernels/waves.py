"""How word passes on in a wave of nodes: live ties are drawn, then who heard is looked up and queued.

First the ends of all nodes' ties are loaded and the ties there touched, then coins are tossed, then
those who heard are appended. The loads of a pass do not depend on each other, which hides the
memory's latency, and appending without a branch spares the mispredictions. Marks are stamps of the
run, so nothing is cleared between runs.

Where all ties share one small probability no coin is tossed for a tie that stays silent: the gap to
the next live one is drawn instead (geometric), on a stream of (run, node), so that what a node's ties
do is still a function of key, run and node alone.

Without owners (``branch`` is None) numba leaves out what only owners need.
"""

from math import log
from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import Int32Array, Int64Array, UInt8Array, UInt64Array
from ambassador.propagation.kernels.adjacency import NODE_BITS, NODE_MASK
from ambassador.propagation.kernels.coins import (
    GOLDEN,
    HALF,
    ONE,
    gap_word,
    mixed,
    node_coin,
    open_unit,
)
from ambassador.propagation.kernels.compiled import Int, kernel

TWO = np.uint64(2)  # an unsigned operand, as in ``coins``
# Nodes of a wave: far more than the loads a core keeps on
# their way, and their buffers stay in the first cache.
WAVE = 128
ROOM = 1024  # live ties after which a wave is looked up; the buffer holds the widest node on top
LAST_STAMP = 255  # a mark is a byte: after so many runs all are cleared
FAR = 2.0**40  # a gap wider than any node's ties


class Ties(NamedTuple):
    """What a simulation walks along: out-ties packed as threshold and target, two empty ones at the end."""

    offsets: Int64Array
    targets: Int32Array
    packed: UInt64Array
    """Empty where gaps are drawn."""
    widest: int
    gap: float
    """1 / ln(1 - p) where gaps are drawn, 0 where coins are tossed."""
    by_threshold: bool
    """True for linear threshold, False for independent cascade."""


class Scratch(NamedTuple):
    """Arrays one thread keeps to itself.

    ``active`` and ``seen`` hold the stamp of the last run in which a node was; ``queue`` the active
    nodes of this run and ``owner`` the seed of each; ``live`` and ``live_owner`` who just heard.
    """

    active: UInt8Array
    seen: UInt8Array
    queue: Int32Array
    owner: Int32Array
    live: Int32Array
    live_owner: Int32Array
    ends: Int64Array
    weight: UInt64Array
    weighed: UInt8Array
    clock: Int32Array
    touched: UInt64Array
    """Where reads end that only fetch memory: unused, the compiler would leave them out."""


@kernel
def next_stamp(scratch: Scratch) -> Int:
    """Open a new run: every mark of earlier runs is void. Small stamps run out, but fit into the cache."""
    if scratch.clock[0] >= LAST_STAMP:
        scratch.active[:] = 0
        scratch.seen[:] = 0
        scratch.weighed[:] = 0
        scratch.clock[0] = 0
    scratch.clock[0] += 1
    return scratch.clock[0]


@kernel
def draw_by_coin(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, done: Int, size: Int, branch: Int32Array | None
) -> tuple[Int, Int]:
    """Write the targets of live ties, two coins per word; the tie after the last never counts."""
    place = np.uint64(0)
    at_node, nodes = np.uint64(done), np.uint64(size)
    while at_node < nodes and place < ROOM:
        tie, last = np.uint64(scratch.ends[TWO * at_node]), np.uint64(scratch.ends[TWO * at_node + ONE])
        at = coins + tie * GOLDEN
        owner = 0 if branch is None else scratch.owner[np.uint64(head) + at_node]
        while tie < last:
            word = mixed(at)
            at += GOLDEN
            one = ties.packed[tie]
            tie += ONE
            other = ties.packed[tie]
            scratch.live[place] = np.int32(one & NODE_MASK)
            if branch is not None:
                scratch.live_owner[place] = owner
            place += np.uint64((((word << HALF) >> ONE) | NODE_MASK) < one)
            scratch.live[place] = np.int32(other & NODE_MASK)
            if branch is not None:
                scratch.live_owner[place] = owner
            place += np.uint64((((word >> ONE) | NODE_MASK) < other) & (tie < last))
            tie += ONE
        at_node += ONE
    return np.int64(at_node), np.int64(place)


@kernel
def ties_until_live(word: np.uint64, gap: float) -> Int:
    """Turn 64 fair bits into how many ties stay silent before one is live."""
    return np.int64(min(FAR, log(open_unit(word)) * gap))


@kernel
def draw_by_gap(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, done: Int, size: Int, branch: Int32Array | None
) -> tuple[Int, Int]:
    """Write the targets of live ties, drawing the gaps between them."""
    found = 0
    while done < size and found < ROOM:
        word = gap_word(coins, int(scratch.queue[head + done]))
        tie = scratch.ends[2 * done] + ties_until_live(word, ties.gap)
        while tie < scratch.ends[2 * done + 1]:
            scratch.live[found] = ties.targets[np.uint64(tie)]
            if branch is not None:
                scratch.live_owner[found] = scratch.owner[head + done]
            found += 1
            word = mixed(word + GOLDEN)
            tie += 1 + ties_until_live(word, ties.gap)
        done += 1
    return done, found


@kernel
def draw_by_weight(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, done: Int, size: Int, branch: Int32Array | None
) -> tuple[Int, Int]:
    """Add each tie's weight to its target; write the targets whose threshold is reached."""
    stamp = scratch.clock[0]
    found = 0
    while done < size and found < ROOM:
        for tie in range(scratch.ends[2 * done], scratch.ends[2 * done + 1]):
            target = np.int64(ties.packed[tie] & NODE_MASK)
            if scratch.active[target] == stamp:
                continue
            if scratch.weighed[target] != stamp:
                scratch.weighed[target] = stamp
                scratch.weight[target] = np.uint64(0)
            scratch.weight[target] += ties.packed[tie] >> NODE_BITS
            if node_coin(coins, target) < scratch.weight[target]:
                scratch.live[found] = target
                if branch is not None:
                    scratch.live_owner[found] = scratch.owner[head + done]
                found += 1
        done += 1
    return done, found


@kernel
def draw_live(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, done: Int, size: Int, branch: Int32Array | None
) -> tuple[Int, Int]:
    """Draw for the wave's nodes from number ``done`` on until there is enough to look up.

    Gives how many nodes are done and how many live ties were written. Owners are kept only where
    ``branch`` counts them.
    """
    if ties.by_threshold:
        return draw_by_weight(ties, coins, scratch, head, done, size, branch)
    if ties.gap < 0:
        return draw_by_gap(ties, coins, scratch, head, done, size, branch)
    return draw_by_coin(ties, coins, scratch, head, done, size, branch)


@kernel
def append(scratch: Scratch, found: Int, tail: Int, branch: Int32Array | None) -> Int:
    """Queue those who heard and were not active, and count them for their seed; give the new tail."""
    stamp = scratch.clock[0]
    end = np.uint64(tail)
    for i in range(np.uint64(found)):
        target = np.uint64(scratch.live[i])
        fresh = scratch.active[target] != stamp
        scratch.active[target] = stamp
        scratch.queue[end] = scratch.live[i]
        if branch is not None:
            scratch.owner[end] = scratch.live_owner[i]
            branch[np.uint64(scratch.live_owner[i])] += fresh
        end += np.uint64(fresh)
    return np.int64(end)


@kernel
def load_ends(ties: Ties, scratch: Scratch, head: Int, size: Int) -> None:
    """Load where the ties of the next nodes start and end, and fetch the ties there."""
    for i in range(size):
        node = np.uint64(scratch.queue[head + i])
        scratch.ends[2 * i] = ties.offsets[node]
        scratch.ends[2 * i + 1] = ties.offsets[node + ONE]
    if ties.packed.size > 0:
        seen = np.uint64(0)
        for place in range(2 * size):
            seen ^= ties.packed[np.uint64(scratch.ends[place])]
        scratch.touched[0] = seen


@kernel
def spread_wave(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, size: Int, tail: Int, branch: Int32Array | None
) -> Int:
    """Let ``size`` nodes from the queue's ``head`` pass the word on; give the new tail."""
    done: Int = 0
    while done < size:
        done, found = draw_live(ties, coins, scratch, head, done, size, branch)
        tail = append(scratch, found, tail, branch)
    return tail


@kernel
def expose_wave(ties: Ties, scratch: Scratch, head: Int, size: Int, branch: Int32Array) -> Int:
    """Mark everybody the wave's nodes lead to as exposed; give how many were not before."""
    stamp = scratch.clock[0]
    total = 0
    for i in range(size):
        fresh = 0
        for tie in range(np.uint64(scratch.ends[2 * i]), np.uint64(scratch.ends[2 * i + 1])):
            target = np.uint64(ties.targets[tie])
            fresh += scratch.seen[target] != stamp
            scratch.seen[target] = stamp
        branch[scratch.owner[head + i]] += fresh
        total += fresh
    return total
