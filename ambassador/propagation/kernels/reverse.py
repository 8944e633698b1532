"""Reverse-reachable sets, many at a time (Borgs, Brautbar, Chayes, Lucier 2014).

A batch grows one set per lane, all on one stream keyed by (key, batch). One queue of (node, lane)
serves them all and a bit mask per node says which lanes hold it, so that each wave of the queue does
four tight passes: look up its nodes, draw their live in-ties, load the sources, mark and append. The
loads of a pass do not depend on each other, which is what hides the memory's latency.
"""

from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import (
    BoolArray,
    FloatArray,
    Int32Array,
    Int64Array,
    UInt32Array,
    UInt64Array,
)
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

# Live ties and nodes looked up at once: far more than the loads a
# core keeps on their way, and their buffers stay in the first cache.
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

    roots: FloatArray
    """Running total of the value of persons, for roots drawn by value; behind it, where there is any, of
    what the own post of each brings whoever starts: a set drawn there is that person alone."""
    posting: UInt64Array
    blocked: BoolArray
    """Sets that hold one of these people are already reached and come out empty."""
    last_step: Int
    lane_bits: int


class Wave(NamedTuple):
    """What one thread keeps to itself: the lanes' masks and the buffers of a wave."""

    mask: UInt64Array
    first: Int64Array
    degree: Int64Array
    row: Int32Array
    place: Int64Array
    lane: UInt32Array
    loaded: Int32Array
    state: UInt64Array


@kernel
def draw_each(ties: InTies, node: Int, first: Int, degree: Int, wave: Wave, found: Int) -> Int:
    """Toss a coin for each in-tie, two per word of the stream; write the live ones."""
    own = ties.thresholds.size > 0
    threshold = np.uint64(0) if own else np.uint64(ties.common[node])
    word = np.uint64(0)
    for i in range(degree):
        word = next_word(wave.state) if i % 2 == 0 else word >> HALF
        wave.place[found] = first + i
        limit = ties.thresholds[np.uint64(first + i)] if own else threshold
        found += int((word & LOW_HALF) < limit)
    return found


@kernel
def draw_by_number(ties: InTies, row: Int, first: Int, degree: Int, wave: Wave, found: Int) -> Int:
    """Draw how many in-ties are live from the table, then which ones."""
    word = next_word(wave.state)
    low = word & LOW_HALF
    live = 0
    while low >= ties.table[np.uint64(row + live)]:
        live += 1
    if live == 0:
        return found
    wave.place[found] = first + below(word >> HALF, degree)
    end = found + 1
    while end < found + live:
        wave.place[end] = first + below(next_word(wave.state) & LOW_HALF, degree)
        fresh = True
        for earlier in range(found, end):
            fresh = fresh and wave.place[earlier] != wave.place[end]
        end += fresh
    return end


@kernel
def draw_one(ties: InTies, node: Int, first: Int, degree: Int, wave: Wave, found: Int) -> Int:
    """Draw at most one in-tie by its weight: linear threshold as live ties (Kempe et al. 2003)."""
    word = next_word(wave.state)
    low = word & LOW_HALF
    if ties.thresholds.size == 0:
        if degree > 0 and low < np.uint64(ties.common[node]) * np.uint64(degree):
            wave.place[found] = first + below(word >> HALF, degree)
            found += 1
        return found
    total = np.uint64(0)
    for tie in range(first, first + degree):
        total += ties.thresholds[tie]
        if low < total:
            wave.place[found] = tie
            return found + 1
    return found


@kernel
def look_up(ties: InTies, queue: UInt32Array, head: Int, size: Int, bits: np.uint32, wave: Wave) -> None:
    """Load where the in-ties of the next nodes start, how many they are, and their tables."""
    for i in range(np.uint64(size)):
        node = np.uint64(queue[np.uint64(head) + i] >> bits)
        first = ties.offsets[node]
        wave.first[i] = first
        wave.degree[i] = ties.offsets[node + ONE] - first
        wave.row[i] = ties.row[node]


@kernel
def draw_wave(
    ties: InTies, queue: UInt32Array, head: Int, done: Int, size: Int, bits: np.uint32, wave: Wave
) -> tuple[Int, Int]:
    """Draw live in-ties from number ``done`` of the wave on, until there are enough to look up.

    Gives how many entries are done, and how many live in-ties were written with their lanes.
    """
    lane_mask = np.uint32((np.uint32(1) << bits) - np.uint32(1))
    found: Int = 0
    while done < size and found < WAVE:
        entry = queue[head + done]
        node = np.int64(entry >> bits)
        first, degree, row = wave.first[done], wave.degree[done], wave.row[done]
        before = found
        if ties.by_threshold:
            found = draw_one(ties, node, first, degree, wave, found)
        elif row >= 0:
            found = draw_by_number(ties, row, first, degree, wave, found)
        else:
            found = draw_each(ties, node, first, degree, wave, found)
        for i in range(before, found):
            wave.lane[i] = entry & lane_mask
        done += 1
    return done, found


@kernel
def append_live(ties: InTies, wave: Wave, found: Int, queue: UInt32Array, tail: Int, bits: np.uint32) -> Int:
    """Load the sources of live in-ties, mark and queue those their lane did not hold; give the new tail."""
    for i in range(np.uint64(found)):
        wave.loaded[i] = ties.sources[np.uint64(wave.place[i])]
    end = np.uint64(tail)
    for i in range(np.uint64(found)):
        source = np.uint64(wave.loaded[i])
        held = wave.mask[source]
        lane_bit = ONE << np.uint64(wave.lane[i])
        wave.mask[source] = held | lane_bit
        queue[end] = np.uint32((np.uint32(source) << bits) | wave.lane[i])
        end += np.uint64((held & lane_bit) == np.uint64(0))
    return np.int64(end)


@kernel
def root_of(rules: Rules, nodes: Int, state: UInt64Array) -> Int:
    """Draw where a set starts: evenly, or by value; ``nodes`` more for what a person's own post brings."""
    part = unit_interval(next_word(state))
    if rules.roots.size == 0:
        return np.int64(part * nodes)
    return np.searchsorted(rules.roots, part * rules.roots[-1], side="right")


@kernel
def room_for(queue: UInt32Array, wanted: Int) -> UInt32Array:
    """Make a queue with at least that much room."""
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
    persons = ties.offsets.size - 1
    alone: Int = 0
    for lane in range(lanes):
        root = root_of(rules, persons, wave.state)
        node = root - persons if root >= persons else root
        wave.mask[node] |= ONE << np.uint64(lane)
        queue[lane] = np.uint32((np.uint32(node) << bits) | np.uint32(lane))
        if root >= persons:
            queue[lane], queue[alone] = queue[alone], queue[lane]
            alone += 1
    head: Int = alone
    step = 0
    tail: Int = lanes
    level_end: Int = lanes
    while head < tail and step < rules.last_step:
        size = min(WAVE, level_end - head)
        look_up(ties, queue, head, size, bits, wave)
        done: Int = 0
        while done < size:
            done, found = draw_wave(ties, queue, head, done, size, bits, wave)
            queue = room_for(queue, tail + found)
            tail = append_live(ties, wave, found, queue, tail, bits)
        head += size
        if head == level_end:
            level_end = tail
            step += 1
    return queue, tail


@kernel
def kept(rules: Rules, coins: np.uint64, lane: Int, node: Int) -> Bool:
    """Whether the person posts in this set; those who do not cannot start it."""
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
