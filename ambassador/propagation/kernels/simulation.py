"""Forward simulation of independent cascade and linear threshold (Kempe, Kleinberg, Tardos 2003).

One ``state`` per node says where it stands in the present run, so nothing is cleared between runs:
below ``stamp`` untouched, ``stamp`` exposed, ``stamp + 1`` active.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.adjacency import NODE_BITS, NODE_MASK
from ambassador.propagation.kernels.coins import node_coin, run_key, tie_coin
from ambassador.propagation.kernels.compiled import Bool, Int, kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
UInt64Array = npt.NDArray[np.uint64]

POSTING_SALT = np.uint64(0x8BB84B93962EACC9)
EXPOSED, ACTIVE = 0, 1


class Ties(NamedTuple):
    """What a simulation walks along: out-ties packed as threshold and target."""

    offsets: Int64Array
    packed: UInt64Array
    by_threshold: Bool
    """True for linear threshold, False for independent cascade."""


class Seeds(NamedTuple):
    """Who starts, and the posting threshold of each (2^32: always posts)."""

    nodes: Int32Array
    posting: UInt64Array


class Scratch(NamedTuple):
    """Arrays one thread keeps to itself; ``clock[0]`` is the last stamp given."""

    state: Int64Array
    queue: Int32Array
    owner: Int32Array
    weight: UInt64Array
    weight_stamp: Int64Array
    clock: Int64Array


class Tally(NamedTuple):
    """What is counted, a row per run: by step (cumulative) and by seed (first come)."""

    active: Int32Array
    exposed: Int32Array
    seed_active: Int32Array
    seed_exposed: Int32Array


@kernel
def next_stamp(scratch: Scratch) -> Int:
    """Open a new run: every state of earlier runs becomes 'untouched'."""
    scratch.clock[0] += 2
    return scratch.clock[0]


@kernel
def posts(seeds: Seeds, i: Int, coins: np.uint64) -> Bool:
    """Toss whether seed ``i`` really posts in this run."""
    return node_coin(coins ^ POSTING_SALT, seeds.nodes[i]) < seeds.posting[i]


@kernel
def live(ties: Ties, tie: Int, coins: np.uint64, scratch: Scratch, stamp: Int) -> Bool:
    """Say whether word passes along ``tie`` now: its coin, or the target's threshold is reached."""
    packed = ties.packed[tie]
    if not ties.by_threshold:
        return tie_coin(coins, tie) < (packed >> NODE_BITS)
    target = np.int64(packed & NODE_MASK)
    if scratch.weight_stamp[target] != stamp:
        scratch.weight_stamp[target] = stamp
        scratch.weight[target] = np.uint64(0)
    scratch.weight[target] += packed >> NODE_BITS
    return node_coin(coins, target) < scratch.weight[target]


@kernel
def plant(seeds: Seeds, coins: np.uint64, stamp: Int, scratch: Scratch, tally: Tally, row: Int) -> Int:
    """Activate the seeds that post; give how many there are."""
    tail = 0
    for i in range(seeds.nodes.size):
        if posts(seeds, i, coins):
            node = seeds.nodes[i]
            scratch.state[node] = stamp + ACTIVE
            scratch.owner[node] = i
            scratch.queue[tail] = node
            tail += 1
            tally.seed_active[row, i] += 1
            tally.seed_exposed[row, i] += 1
    return tail


@kernel
def reach_out(
    ties: Ties, node: Int, coins: np.uint64, stamp: Int, scratch: Scratch, tail: Int, grows: Bool
) -> tuple[Int, Int]:
    """Let one active node expose its neighbours and activate some; give the new tail and the exposed."""
    exposed = 0
    for tie in range(ties.offsets[node], ties.offsets[node + 1]):
        target = np.int64(ties.packed[tie] & NODE_MASK)
        if scratch.state[target] == stamp + ACTIVE:
            continue
        if scratch.state[target] < stamp:
            scratch.state[target] = stamp
            exposed += 1
        if grows and live(ties, tie, coins, scratch, stamp):
            scratch.state[target] = stamp + ACTIVE
            scratch.owner[target] = scratch.owner[node]
            scratch.queue[tail] = target
            tail += 1
    return tail, exposed


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
        tail = plant(seeds, coins, stamp, scratch, tally, row)
        seen = tail
        head = 0
        step = 0
        while head < tail:
            level_end = tail
            tally.active[row, min(step, columns - 1)] = tail
            while head < level_end:
                node = scratch.queue[head]
                head += 1
                before = tail
                tail, exposed = reach_out(ties, node, coins, stamp, scratch, tail, step < last_step)
                tally.seed_active[row, scratch.owner[node]] += tail - before
                tally.seed_exposed[row, scratch.owner[node]] += exposed
                seen += exposed
            tally.exposed[row, min(step, columns - 1)] = seen
            step += 1
        for column in range(max(step, 1), columns):
            tally.active[row, column] = tally.active[row, column - 1]
            tally.exposed[row, column] = tally.exposed[row, column - 1]


@kernel
def flood(ties: Ties, start: Int, coins: np.uint64, stamp: Int, scratch: Scratch, tail: Int) -> Int:
    """Follow live ties from the queue's ``start`` until nothing is left; give the new tail."""
    head = start
    while head < tail:
        node = scratch.queue[head]
        head += 1
        for tie in range(ties.offsets[node], ties.offsets[node + 1]):
            target = np.int64(ties.packed[tie] & NODE_MASK)
            if scratch.state[target] != stamp and live(ties, tie, coins, scratch, stamp):
                scratch.state[target] = stamp
                scratch.queue[tail] = target
                tail += 1
    return tail


@kernel
def worth_of(value: npt.NDArray[np.float64], queue: Int32Array, first: Int, last: Int) -> float:
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
    value: npt.NDArray[np.float64],
    scratch: Scratch,
    gained: npt.NDArray[np.float64],
) -> None:
    """Let the seeds start one after the other in the same run: what each adds is its marginal spread.

    The set reached does not depend on the order, so a row sums to the spread of all.
    """
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        stamp = next_stamp(scratch)
        tail: Int = 0
        for i in range(seeds.nodes.size):
            node = seeds.nodes[i]
            start = tail
            if scratch.state[node] != stamp and posts(seeds, i, coins):
                scratch.state[node] = stamp
                scratch.queue[tail] = node
                tail = flood(ties, start, coins, stamp, scratch, tail + 1)
            gained[row, i] = worth_of(value, scratch.queue, start, tail)


@kernel
def within(ties: Ties, coins: np.uint64, stamp: Int, last_step: Int, scratch: Scratch, tail: Int) -> Int:
    """Follow live ties from the queued nodes for at most ``last_step`` steps; give the new tail."""
    head = 0
    for _ in range(last_step):
        level_end = tail
        while head < level_end:
            node = scratch.queue[head]
            head += 1
            for tie in range(ties.offsets[node], ties.offsets[node + 1]):
                target = np.int64(ties.packed[tie] & NODE_MASK)
                if scratch.state[target] != stamp and live(ties, tie, coins, scratch, stamp):
                    scratch.state[target] = stamp
                    scratch.queue[tail] = target
                    tail += 1
        if head == tail:
            break
    return tail


@kernel
def simulate_prefixes(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    value: npt.NDArray[np.float64],
    last_step: Int,
    scratch: Scratch,
    gained: npt.NDArray[np.float64],
) -> None:
    """As ``simulate_in_turn`` with a deadline: later seeds can be earlier there, so each prefix runs anew."""
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        before = 0.0
        for prefix in range(1, seeds.nodes.size + 1):
            stamp = next_stamp(scratch)
            tail: Int = 0
            for i in range(prefix):
                if posts(seeds, i, coins):
                    scratch.state[seeds.nodes[i]] = stamp
                    scratch.queue[tail] = seeds.nodes[i]
                    tail += 1
            tail = within(ties, coins, stamp, last_step, scratch, tail)
            worth = worth_of(value, scratch.queue, 0, tail)
            gained[row, prefix - 1] = worth - before
            before = worth
