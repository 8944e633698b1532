"""Forward simulation of independent cascade and linear threshold (Kempe, Kleinberg, Tardos 2003)."""

from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array, UInt64Array
from ambassador.propagation.kernels.coins import node_coin, run_key
from ambassador.propagation.kernels.compiled import Bool, Int, kernel
from ambassador.propagation.kernels.waves import (
    ROOM,
    WAVE,
    Scratch,
    Ties,
    expose_wave,
    load_ends,
    next_stamp,
    spread_wave,
)

__all__ = [
    "ROOM",
    "WAVE",
    "Scratch",
    "Seeds",
    "Tally",
    "Ties",
    "simulate",
    "simulate_answers",
    "simulate_in_turn",
    "simulate_prefixes",
    "simulate_totals",
]


# Whether somebody posts is another coin than their threshold (a constant of wyhash).
POSTING_SALT = np.uint64(0x8BB84B93962EACC9)


class Seeds(NamedTuple):
    """Who starts, and the posting threshold of each (2^32: always posts)."""

    nodes: Int32Array
    posting: UInt64Array


class Tally(NamedTuple):
    """What is counted, a row per run: by step (cumulative) and by seed (first come)."""

    active: Int32Array
    exposed: Int32Array
    seed_active: Int32Array
    seed_exposed: Int32Array


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
def flood(ties: Ties, coins: np.uint64, last_step: Int, scratch: Scratch, first: Int, tail: Int) -> Int:
    """Spread from the queue's ``first`` for at most ``last_step`` steps; give the new tail."""
    head = first
    step = 0
    while head < tail and step < last_step:
        level_end = tail
        while head < level_end:
            size = min(WAVE, level_end - head)
            load_ends(ties, scratch, head, size)
            tail = spread_wave(ties, coins, scratch, head, size, tail, None)
            head += size
        step += 1
    return tail


@kernel
def reach(ties: Ties, seeds: Seeds, count: Int, coins: np.uint64, last_step: Int, scratch: Scratch) -> Int:
    """Run one cascade from the first ``count`` seeds, give how many are active; the queue holds them."""
    stamp = next_stamp(scratch)
    tail: Int = 0
    for i in range(count):
        if posts(seeds, i, coins):
            tail = start(seeds, i, stamp, scratch, tail)
    return flood(ties, coins, last_step, scratch, 0, tail)


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
    for row in range(totals.size):
        totals[row] = reach(ties, seeds, seeds.nodes.size, run_key(key, first_run + row), last_step, scratch)


@kernel
def worth_of(value: FloatArray, queue: Int32Array, first: Int, last: Int) -> float:
    """Sum the value of queued nodes; an empty ``value`` counts everybody as 1."""
    if value.size == 0:
        return float(last - first)
    worth = 0.0
    for place in range(first, last):
        worth += value[queue[place]]
    return worth


@kernel
def simulate_worth(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    last_step: Int,
    value: FloatArray,
    scratch: Scratch,
    worth: FloatArray,
) -> None:
    """Sum the value of the active of each run."""
    for row in range(worth.size):
        coins = run_key(key, first_run + row)
        tail = reach(ties, seeds, seeds.nodes.size, coins, last_step, scratch)
        worth[row] = worth_of(value, scratch.queue, 0, tail)


@kernel
def flood_answering(
    ties: Ties, coins: np.uint64, last_step: Int, scratch: Scratch, tail: Int, answers: Int32Array
) -> Int:
    """Spread from the whole queue as ``flood`` does, and count for each person who answered them first."""
    head: Int = 0
    step = 0
    while head < tail and step < last_step:
        level_end = tail
        while head < level_end:
            size = min(WAVE, level_end - head)
            for place in range(head, head + size):
                scratch.owner[place] = scratch.queue[place]
            load_ends(ties, scratch, head, size)
            tail = spread_wave(ties, coins, scratch, head, size, tail, answers)
            head += size
        step += 1
    return tail


@kernel
def simulate_answers(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    last_step: Int,
    share: FloatArray,
    scratch: Scratch,
    found: FloatArray,
) -> None:
    """Sum a share over those who join each run: that of whom they answer, and their own.

    Who joins answers the person whose word made them active first. ``found`` has a row per run.
    """
    answers = np.zeros(share.size, np.int32)
    for row in range(found.shape[0]):
        coins = run_key(key, first_run + row)
        starters = reach(ties, seeds, seeds.nodes.size, coins, 0, scratch)
        tail = flood_answering(ties, coins, last_step, scratch, starters, answers)
        for place in range(tail):
            node = scratch.queue[place]
            found[row, 0] += share[node] * answers[node]
            answers[node] = 0
        for place in range(starters, tail):
            found[row, 1] += share[scratch.queue[place]]


@kernel
def simulate_in_turn(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    value: FloatArray,
    scratch: Scratch,
    gained: FloatArray,
) -> None:
    """Let the seeds start one after the other in the same run: what each adds is its marginal spread.

    The set reached does not depend on the order, so a row sums to the spread of all.
    """
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        stamp = next_stamp(scratch)
        tail: Int = 0
        for i in range(seeds.nodes.size):
            first = tail
            if scratch.active[seeds.nodes[i]] != stamp and posts(seeds, i, coins):
                tail = start(seeds, i, stamp, scratch, tail)
                tail = flood(ties, coins, scratch.active.size, scratch, first, tail)
            gained[row, i] = worth_of(value, scratch.queue, first, tail)


@kernel
def simulate_prefixes(
    ties: Ties,
    seeds: Seeds,
    key: np.uint64,
    first_run: Int,
    value: FloatArray,
    last_step: Int,
    scratch: Scratch,
    gained: FloatArray,
) -> None:
    """As ``simulate_in_turn`` with a deadline: later seeds can be earlier there, so each prefix runs anew."""
    for row in range(gained.shape[0]):
        coins = run_key(key, first_run + row)
        before = 0.0
        for prefix in range(1, seeds.nodes.size + 1):
            tail = reach(ties, seeds, prefix, coins, last_step, scratch)
            worth = worth_of(value, scratch.queue, 0, tail)
            gained[row, prefix - 1] = worth - before
            before = worth
