"""Reverse-reachable sets, many at a time (Borgs, Brautbar, Chayes, Lucier 2014).

A batch grows one set per lane, all on one stream keyed by (key, batch). One queue of (node, lane)
serves them all and a bit mask per node says which lanes hold it, so that each wave of the queue does
three tight passes: draw the live in-ties, load their sources, mark and append. The loads of a pass
do not depend on each other, which is what hides the memory's latency.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.coins import (
    HALF,
    LOW_HALF,
    ONE,
    below,
    next_word,
    node_coin,
    run_key,
    unit_interval,
)
from ambassador.propagation.kernels.compiled import Bool, Int, kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
UInt32Array = npt.NDArray[np.uint32]
UInt64Array = npt.NDArray[np.uint64]

WAVE = 128


class InTies(NamedTuple):
    """Ties by target, and how to draw the live ones of a node.

    ``row[v] >= 0`` points at a table of the number of live in-ties (all share one probability);
    otherwise each tie has its own coin: ``thresholds[tie]`` if there are any, else ``common[v]``.
    """

    offsets: Int64Array
    sources: Int32Array
    thresholds: UInt64Array
    common: Int64Array
    row: Int32Array
    table: UInt64Array
    widest: int
    by_threshold: Bool


class Rules(NamedTuple):
    """Where sets start and what they leave out; empty arrays where a rule is not in force."""

    roots: npt.NDArray[np.float64]
    """Running total of the value of persons, for roots drawn by value."""
    posting: UInt64Array
    blocked: npt.NDArray[np.bool_]
    """Sets that hold one of these people are already reached and come out empty."""
    last_step: Int
    lane_bits: int


class Wave(NamedTuple):
    """What one thread keeps to itself: the lanes' masks and the buffers of a wave."""

    mask: UInt64Array
    place: Int64Array
    lane: UInt32Array
    loaded: Int32Array
    state: UInt64Array


@kernel
def draw_each(ties: InTies, node: Int, state: UInt64Array, place: Int64Array, found: Int) -> Int:
    """Toss a coin for each in-tie, two per word of the stream; write the live ones."""
    first = ties.offsets[node]
    own = ties.thresholds.size > 0
    threshold = np.uint64(0) if own else np.uint64(ties.common[node])
    word = np.uint64(0)
    for i in range(ties.offsets[node + 1] - first):
        word = next_word(state) if i % 2 == 0 else word >> HALF
        place[found] = first + i
        found += (word & LOW_HALF) < (ties.thresholds[first + i] if own else threshold)
    return found


@kernel
def draw_by_number(ties: InTies, node: Int, state: UInt64Array, place: Int64Array, found: Int) -> Int:
    """Draw how many in-ties are live from the table, then which ones."""
    first = ties.offsets[node]
    degree = ties.offsets[node + 1] - first
    word = next_word(state)
    low = word & LOW_HALF
    row = ties.row[node]
    live = 0
    while low >= ties.table[row + live]:
        live += 1
    if live == 0:
        return found
    place[found] = first + below(word >> HALF, degree)
    end = found + 1
    while end < found + live:
        place[end] = first + below(next_word(state) & LOW_HALF, degree)
        fresh = True
        for earlier in range(found, end):
            fresh = fresh and place[earlier] != place[end]
        end += fresh
    return end


@kernel
def draw_one(ties: InTies, node: Int, state: UInt64Array, place: Int64Array, found: Int) -> Int:
    """Draw at most one in-tie by its weight: linear threshold as live ties (Kempe et al. 2003)."""
    first = ties.offsets[node]
    degree = ties.offsets[node + 1] - first
    word = next_word(state)
    low = word & LOW_HALF
    if ties.thresholds.size == 0:
        if degree > 0 and low < np.uint64(ties.common[node]) * np.uint64(degree):
            place[found] = first + below(word >> HALF, degree)
            found += 1
        return found
    total = np.uint64(0)
    for tie in range(first, first + degree):
        total += ties.thresholds[tie]
        if low < total:
            place[found] = tie
            return found + 1
    return found


@kernel
def draw_live(ties: InTies, node: Int, state: UInt64Array, place: Int64Array, found: Int) -> Int:
    """Write the numbers of the live in-ties of ``node``; give how many are found by now."""
    if ties.by_threshold:
        return draw_one(ties, node, state, place, found)
    if ties.row[node] >= 0:
        return draw_by_number(ties, node, state, place, found)
    return draw_each(ties, node, state, place, found)


@kernel
def root_of(rules: Rules, nodes: Int, state: UInt64Array) -> Int:
    """Draw where a set starts: evenly, or by value."""
    part = unit_interval(next_word(state))
    if rules.roots.size == 0:
        return np.int64(part * nodes)
    return np.searchsorted(rules.roots, part * rules.roots[-1], side="right")


@kernel
def room_for(queue: UInt32Array, wanted: Int) -> UInt32Array:
    """Give a queue with at least that much room."""
    if wanted <= queue.size:
        return queue
    larger = np.empty(2 * wanted, np.uint32)
    larger[: queue.size] = queue
    return larger


@kernel
def grow_batch(
    ties: InTies, rules: Rules, wave: Wave, lanes: Int, queue: UInt32Array
) -> tuple[UInt32Array, Int]:
    """Grow ``lanes`` sets; give the queue of (node, lane) and its length."""
    bits = np.uint32(rules.lane_bits)
    lane_mask = np.uint32((1 << rules.lane_bits) - 1)
    tail = 0
    for lane in range(lanes):
        root = root_of(rules, ties.offsets.size - 1, wave.state)
        wave.mask[root] |= ONE << np.uint64(lane)
        queue[tail] = np.uint32((np.uint32(root) << bits) | np.uint32(lane))
        tail += 1
    head = 0
    level_end = tail
    step = 0
    while head < tail and step < rules.last_step:
        found: Int = 0
        stop = min(head + WAVE, level_end)
        while head < stop and found < WAVE:
            entry = queue[head]
            before = found
            found = draw_live(ties, np.int64(entry >> bits), wave.state, wave.place, found)
            for i in range(before, found):
                wave.lane[i] = entry & lane_mask
            head += 1
        for i in range(found):
            wave.loaded[i] = ties.sources[wave.place[i]]
        queue = room_for(queue, tail + found)
        for i in range(found):
            held = wave.mask[wave.loaded[i]]
            lane_bit = ONE << np.uint64(wave.lane[i])
            wave.mask[wave.loaded[i]] = held | lane_bit
            queue[tail] = np.uint32((np.uint32(wave.loaded[i]) << bits) | wave.lane[i])
            tail += (held & lane_bit) == np.uint64(0)
        if head == level_end:
            level_end = tail
            step += 1
    return queue, tail


@kernel
def kept(rules: Rules, coins: np.uint64, lane: Int, node: Int) -> Bool:
    """Say whether the person posts in this set; those who do not cannot start it."""
    if rules.posting.size == 0:
        return True
    threshold = rules.posting[node]
    return node_coin(run_key(coins, lane), node) < threshold


@kernel
def unpack(
    rules: Rules,
    coins: np.uint64,
    lanes: Int,
    queue: UInt32Array,
    tail: Int,
    wave: Wave,
    nodes: Int32Array,
    offsets: Int64Array,
) -> None:
    """Sort a batch by lane to the end of ``nodes``, clear the masks, leave out what the rules say."""
    bits = np.uint32(rules.lane_bits)
    lane_mask = np.uint32((1 << rules.lane_bits) - 1)
    blocked = np.uint64(0)
    if rules.blocked.size > 0:
        for i in range(tail):
            lane = np.int64(queue[i] & lane_mask)
            node = np.int64(queue[i] >> bits)
            if rules.blocked[node] and kept(rules, coins, lane, node):
                blocked |= ONE << np.uint64(lane)
    count = np.zeros(lanes, np.int64)
    for i in range(tail):
        lane = np.int64(queue[i] & lane_mask)
        node = np.int64(queue[i] >> bits)
        wave.mask[node] = np.uint64(0)
        out = (blocked >> np.uint64(lane)) & ONE != np.uint64(0) or not kept(rules, coins, lane, node)
        count[lane] += not out
    for each in range(lanes):
        offsets[each + 1] = offsets[each] + count[each]
    at = offsets[:lanes].copy()
    for i in range(tail):
        lane = np.int64(queue[i] & lane_mask)
        node = np.int64(queue[i] >> bits)
        if (blocked >> np.uint64(lane)) & ONE == np.uint64(0) and kept(rules, coins, lane, node):
            nodes[at[lane]] = node
            at[lane] += 1


@kernel
def sample_sets(
    ties: InTies, rules: Rules, wave: Wave, key: np.uint64, first_batch: Int, batches: Int
) -> tuple[Int32Array, Int64Array]:
    """Sample some numbered batches; give the nodes of all sets and where each set starts."""
    lanes = 1 << rules.lane_bits
    offsets = np.zeros(batches * lanes + 1, np.int64)
    nodes = np.empty(batches * lanes * 4, np.int32)
    queue = np.empty(max(1024, lanes), np.uint32)
    for batch in range(batches):
        coins = run_key(key, first_batch + batch)
        wave.state[0] = coins
        queue, tail = grow_batch(ties, rules, wave, lanes, queue)
        start = offsets[batch * lanes]
        if start + tail > nodes.size:
            larger = np.empty(2 * (start + tail), np.int32)
            larger[:start] = nodes[:start]
            nodes = larger
        unpack(rules, coins, lanes, queue, tail, wave, nodes, offsets[batch * lanes :])
    return nodes[: offsets[-1]], offsets
