"""Forward simulation of independent cascade and linear threshold (Kempe, Kleinberg, Tardos 2003).

Nodes are taken from the queue in waves: first the ends of their ties are loaded for all, then coins
are tossed, then those who heard are looked up and appended. The loads of a pass do not depend on each
other, which hides the memory's latency, and appending without a branch spares the mispredictions.
Marks are stamps of the run, so nothing is cleared between runs.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.adjacency import NODE_BITS, NODE_MASK
from ambassador.propagation.kernels.coins import GOLDEN, HALF, LOW_HALF, ONE, mixed, node_coin, run_key
from ambassador.propagation.kernels.compiled import Bool, Int, kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
UInt64Array = npt.NDArray[np.uint64]
Float64Array = npt.NDArray[np.float64]

POSTING_SALT = np.uint64(0x8BB84B93962EACC9)
TWO = np.uint64(2)
WAVE = 64
ROOM = 1024
"""Live ties after which a wave is looked up; the buffer holds the widest node on top."""


class Ties(NamedTuple):
    """What a simulation walks along: out-ties packed as threshold and target, two empty ones at the end."""

    offsets: Int64Array
    packed: UInt64Array
    widest: int
    by_threshold: bool
    """True for linear threshold, False for independent cascade."""


class Seeds(NamedTuple):
    """Who starts, and the posting threshold of each (2^32: always posts)."""

    nodes: Int32Array
    posting: UInt64Array


class Scratch(NamedTuple):
    """Arrays one thread keeps to itself.

    ``active`` and ``seen`` hold the stamp of the last run in which a node was; ``queue`` the active
    nodes of this run and ``owner`` the seed of each; ``live`` and ``live_owner`` who just heard.
    """

    active: Int32Array
    seen: Int32Array
    queue: Int32Array
    owner: Int32Array
    live: Int32Array
    live_owner: Int32Array
    ends: Int64Array
    weight: UInt64Array
    weighed: Int32Array
    clock: Int32Array


class Tally(NamedTuple):
    """What is counted, a row per run: by step (cumulative) and by seed (first come)."""

    active: Int32Array
    exposed: Int32Array
    seed_active: Int32Array
    seed_exposed: Int32Array


@kernel
def next_stamp(scratch: Scratch) -> Int:
    """Open a new run: every mark of earlier runs is void."""
    scratch.clock[0] += 1
    return scratch.clock[0]


@kernel
def posts(seeds: Seeds, i: Int, coins: np.uint64) -> Bool:
    """Toss whether seed ``i`` really posts in this run."""
    return node_coin(coins ^ POSTING_SALT, seeds.nodes[i]) < seeds.posting[i]


@kernel
def start(seeds: Seeds, i: Int, stamp: Int, scratch: Scratch, tail: Int) -> Int:
    """Queue seed ``i``; give the new tail."""
    node = seeds.nodes[i]
    scratch.active[node] = stamp
    scratch.queue[tail] = node
    scratch.owner[tail] = i
    return tail + 1


@kernel
def draw_by_coin(
    ties: Ties, first: Int, end: Int, coins: np.uint64, scratch: Scratch, found: Int, owner: Int
) -> Int:
    """Write the targets of live ties, two coins per word; the tie after the last never counts."""
    tie = np.uint64(first)
    last = np.uint64(end)
    at = coins + tie * GOLDEN
    place = np.uint64(found)
    while tie < last:
        word = mixed(at)
        at += GOLDEN
        one = ties.packed[tie]
        other = ties.packed[tie + ONE]
        scratch.live[place] = np.int32(one & NODE_MASK)
        scratch.live_owner[place] = owner
        place += np.uint64((word & LOW_HALF) < (one >> NODE_BITS))
        scratch.live[place] = np.int32(other & NODE_MASK)
        scratch.live_owner[place] = owner
        place += np.uint64(((word >> HALF) < (other >> NODE_BITS)) & (tie + ONE < last))
        tie += TWO
    return np.int64(place)


@kernel
def draw_by_weight(
    ties: Ties, first: Int, end: Int, coins: np.uint64, scratch: Scratch, found: Int, owner: Int
) -> Int:
    """Add each tie's weight to its target; write the targets whose threshold is reached."""
    stamp = scratch.clock[0]
    for tie in range(first, end):
        target = np.int64(ties.packed[tie] & NODE_MASK)
        if scratch.active[target] == stamp:
            continue
        if scratch.weighed[target] != stamp:
            scratch.weighed[target] = stamp
            scratch.weight[target] = np.uint64(0)
        scratch.weight[target] += ties.packed[tie] >> NODE_BITS
        if node_coin(coins, target) < scratch.weight[target]:
            scratch.live[found] = target
            scratch.live_owner[found] = owner
            found += 1
    return found


@kernel
def append(scratch: Scratch, found: Int, tail: Int, branch: Int32Array) -> Int:
    """Queue those who heard and were not active, and count them for their seed; give the new tail."""
    stamp = scratch.clock[0]
    for i in range(found):
        target = np.uint64(scratch.live[i])
        owner = np.uint64(scratch.live_owner[i])
        fresh = np.int32(scratch.active[target] != stamp)
        scratch.active[target] = stamp
        scratch.queue[tail] = scratch.live[i]
        scratch.owner[tail] = scratch.live_owner[i]
        branch[owner] += fresh
        tail += fresh
    return tail


@kernel
def load_ends(ties: Ties, scratch: Scratch, head: Int, size: Int) -> np.uint64:
    """Load where the ties of the next nodes start and end, and touch the first of each to fetch it."""
    touched = np.uint64(0)
    for i in range(size):
        node = np.uint64(scratch.queue[head + i])
        scratch.ends[2 * i] = ties.offsets[node]
        scratch.ends[2 * i + 1] = ties.offsets[node + ONE]
    for i in range(size):
        touched ^= ties.packed[np.uint64(scratch.ends[2 * i])]
    return touched


@kernel
def spread_wave(
    ties: Ties, coins: np.uint64, scratch: Scratch, head: Int, size: Int, tail: Int, branch: Int32Array
) -> Int:
    """Let ``size`` nodes from the queue's ``head`` pass the word on; give the new tail."""
    done = 0
    while done < size:
        found: Int = 0
        while done < size and found < ROOM:
            first, end = scratch.ends[2 * done], scratch.ends[2 * done + 1]
            owner = int(scratch.owner[head + done])
            if ties.by_threshold:
                found = draw_by_weight(ties, first, end, coins, scratch, found, owner)
            else:
                found = draw_by_coin(ties, first, end, coins, scratch, found, owner)
            done += 1
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
            target = ties.packed[tie] & NODE_MASK
            fresh += scratch.seen[target] != stamp
            scratch.seen[target] = stamp
        branch[scratch.owner[head + i]] += fresh
        total += fresh
    return total


@kernel
def simulate(
    ties: Ties, seeds: Seeds, key: np.uint64, first_run: Int, last_step: Int, scratch: Scratch, tally: Tally
) -> None:
    """Run cascades ``first_run``, ... , one per row of ``tally``, step by step up to ``last_step``.

    Steps past the last column are added to it. A node belongs to the branch of the seed whose word
    came first; within a step, of the seed that stands earlier.
    """
    columns = tally.active.shape[1]
    for row in range(tally.active.shape[0]):
        coins = run_key(key, first_run + row)
        stamp = next_stamp(scratch)
        tail: Int = 0
        for i in range(seeds.nodes.size):
            if posts(seeds, i, coins):
                tail = start(seeds, i, stamp, scratch, tail)
                scratch.seen[seeds.nodes[i]] = stamp
                tally.seed_active[row, i] = 1
                tally.seed_exposed[row, i] = 1
        seen = tail
        head = 0
        step = 0
        while head < tail:
            level_end = tail
            column = min(step, columns - 1)
            tally.active[row, column] = tail
            while head < level_end:
                size = min(WAVE, level_end - head)
                load_ends(ties, scratch, head, size)
                seen += expose_wave(ties, scratch, head, size, tally.seed_exposed[row])
                if step < last_step:
                    tail = spread_wave(ties, coins, scratch, head, size, tail, tally.seed_active[row])
                head += size
            tally.exposed[row, column] = seen
            step += 1
        for column in range(max(step, 1), columns):
            tally.active[row, column] = tally.active[row, column - 1]
            tally.exposed[row, column] = tally.exposed[row, column - 1]


@kernel
def flood(
    ties: Ties, coins: np.uint64, last_step: Int, scratch: Scratch, first: Int, tail: Int, branch: Int32Array
) -> Int:
    """Spread from the queue's ``first`` for at most ``last_step`` steps; give the new tail."""
    head = first
    step = 0
    while head < tail and step < last_step:
        level_end = tail
        while head < level_end:
            size = min(WAVE, level_end - head)
            load_ends(ties, scratch, head, size)
            tail = spread_wave(ties, coins, scratch, head, size, tail, branch)
            head += size
        step += 1
    return tail


@kernel
def simulate_totals(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    last_step: Int,
    scratch: Scratch,
    totals: Int32Array,
) -> None:
    """Count the active of each run and nothing else: about twice as fast as ``simulate``."""
    branch = np.zeros(seeds.nodes.size, np.int32)
    for row in range(totals.size):
        coins = run_key(key, first_run + row)
        stamp = next_stamp(scratch)
        tail: Int = 0
        for i in range(seeds.nodes.size):
            if posts(seeds, i, coins):
                tail = start(seeds, i, stamp, scratch, tail)
        totals[row] = flood(ties, coins, last_step, scratch, 0, tail, branch)


@kernel
def worth_of(value: Float64Array, queue: Int32Array, first: Int, last: Int) -> float:
    """Sum the value of queued nodes; an empty ``value`` counts everybody as 1."""
    if value.size == 0:
        return float(last - first)
    worth = 0.0
    for place in range(first, last):
        worth += value[queue[place]]
    return worth


@kernel
def simulate_in_turn(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    value: Float64Array,
    scratch: Scratch,
    gained: Float64Array,
) -> None:
    """Let the seeds start one after the other in the same run: what each adds is its marginal spread.

    The set reached does not depend on the order, so a row sums to the spread of all.
    """
    branch = np.zeros(seeds.nodes.size, np.int32)
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        stamp = next_stamp(scratch)
        tail: Int = 0
        for i in range(seeds.nodes.size):
            first = tail
            if scratch.active[seeds.nodes[i]] != stamp and posts(seeds, i, coins):
                tail = start(seeds, i, stamp, scratch, tail)
                tail = flood(ties, coins, scratch.active.size, scratch, first, tail, branch)
            gained[row, i] = worth_of(value, scratch.queue, first, tail)


@kernel
def simulate_prefixes(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    value: Float64Array,
    last_step: Int,
    scratch: Scratch,
    gained: Float64Array,
) -> None:
    """As ``simulate_in_turn`` with a deadline: later seeds can be earlier there, so each prefix runs anew."""
    branch = np.zeros(seeds.nodes.size, np.int32)
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        before = 0.0
        for prefix in range(1, seeds.nodes.size + 1):
            stamp = next_stamp(scratch)
            tail: Int = 0
            for i in range(prefix):
                if posts(seeds, i, coins):
                    tail = start(seeds, i, stamp, scratch, tail)
            tail = flood(ties, coins, last_step, scratch, 0, tail, branch)
            worth = worth_of(value, scratch.queue, 0, tail)
            gained[row, prefix - 1] = worth - before
            before = worth
