"""Forward simulation in continuous time: word reaches a listener after a delay, the earliest first.

Whoever becomes active tosses the coin of each out-tie once, the same coin as in ``simulation``; a tie
that carries the word delivers it after a delay of its own. Deliveries wait in a binary heap, the earliest
on top (an event-driven Dijkstra: Gomez-Rodriguez, Balduzzi, Schoelkopf, ICML 2011, section 2); of two at
the same moment the one entered first. Delays are looked up in tables of quantiles, so that a tie's delay
depends on (key, run, tie) alone.
"""

import math
from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int16Array, Int32Array, Int64Array
from ambassador.propagation.kernels.adjacency import CERTAIN, NODE_BITS, NODE_MASK
from ambassador.propagation.kernels.coins import GOLDEN, mixed, node_coin, run_key, tie_coin
from ambassador.propagation.kernels.compiled import Bool, Int, kernel
from ambassador.propagation.kernels.simulation import Ties

# A tie's delay is another coin than whether it carries; salts are odd constants of wyhash.
DELAY_SALT = np.uint64(0xE7037ED1A0B428DB)
VIEWS_SALT = np.uint64(0x589965CC75374CC3)  # and the views of a post another one still
CELL_BITS = 12  # a table of 4,096 quantiles takes 32 KB, about what the first cache holds
CELLS = 1 << CELL_BITS  # quantiles a table holds
CELL_SHIFT = np.uint64(64 - CELL_BITS)  # the upper bits of a word are the cell
CELL_SHIFT_OF_32 = np.uint64(32 - CELL_BITS)  # and those of a coin


class Crowd(NamedTuple):
    """What is known of each node: the law of its listeners' delays, its views, its followers outside.

    ``strength`` is alpha + beta of each tie's Beta posterior; empty: the probabilities are taken as certain.
    ``views`` and ``outside`` hold NaN where unknown and are empty where nothing is known of anybody.
    """

    strength: FloatArray
    law: Int16Array
    delays: FloatArray
    """Shape (laws, CELLS): quantiles in hours."""
    views: FloatArray
    noise: FloatArray
    """Shape (CELLS,): by what single posts vary around a person's mean; mean 1."""
    outside: FloatArray


class Starts(NamedTuple):
    """Who starts; per run when each posts (inf: not at all), its branch's frailty, and the run's pace."""

    nodes: Int32Array
    hours: FloatArray
    frailty: FloatArray
    pace: FloatArray


class Clock(NamedTuple):
    """Which runs, and until when."""

    key: np.uint64
    first_run: int
    deadline: float
    column: float
    """Hours a column of the tallies stands for."""


class Agenda(NamedTuple):
    """Arrays one thread keeps to itself: events in the order of entry, a heap of their numbers, marks."""

    when: FloatArray
    node: Int32Array
    owner: Int32Array
    weight: FloatArray
    heap: Int64Array
    size: Int64Array
    """How many events there are, and how many of them wait in the heap."""
    active: Int32Array
    seen: Int32Array
    heard: FloatArray
    heard_in: Int32Array
    stamp: Int32Array


class TimedTally(NamedTuple):
    """What becomes new in each column: shapes (runs, seeds, columns, 2) and (runs, seeds, columns, 3)."""

    counts: Int32Array
    """People active; people exposed."""
    sums: FloatArray
    """Views; followers outside the network, summed; the largest of them."""


@kernel
def comes_before(agenda: Agenda, first: Int, second: Int) -> Bool:
    """Whether one event comes before another: by time, then by entry."""
    a, b = agenda.when[first], agenda.when[second]
    return a < b or (a == b and first < second)


@kernel
def put(agenda: Agenda, when: float, node: Int, owner: Int, weight: float) -> None:
    """Enter an event."""
    event = agenda.size[0]
    agenda.when[event] = when
    agenda.node[event] = node
    agenda.owner[event] = owner
    agenda.weight[event] = weight
    agenda.size[0] += 1
    place = agenda.size[1]
    agenda.size[1] += 1
    while place > 0:
        above = (place - 1) >> 1
        if not comes_before(agenda, event, agenda.heap[above]):
            break
        agenda.heap[place] = agenda.heap[above]
        place = above
    agenda.heap[place] = event


@kernel
def take(agenda: Agenda) -> Int:
    """Take out the earliest event."""
    earliest = agenda.heap[0]
    agenda.size[1] -= 1
    size = agenda.size[1]
    last = agenda.heap[size]
    place = 0
    while 2 * place + 1 < size:
        below = 2 * place + 1
        if below + 1 < size and comes_before(agenda, agenda.heap[below + 1], agenda.heap[below]):
            below += 1
        if not comes_before(agenda, agenda.heap[below], last):
            break
        agenda.heap[place] = agenda.heap[below]
        place = below
    agenda.heap[place] = last
    return earliest


@kernel
def carries(threshold: float, strength: float, frailty: float, coin: float) -> Bool:
    """Whether a tie carries the word: frailty multiplies the hazard -log(1 - p).

    With a Beta posterior the chance at frailty h is 1 - E[(1 - p)^h] = 1 - B(a, b + h) / B(a, b), exactly,
    because a tie is tossed at most once in a run. A certain tie stays certain.
    """
    if threshold >= CERTAIN:
        return True
    if coin >= threshold * max(frailty, 1.0):
        return False
    if frailty == 1.0:
        return True
    chance = threshold / CERTAIN
    if strength > 0.0:
        silent = (1.0 - chance) * strength
        log_silent = (
            math.lgamma(silent + frailty)
            - math.lgamma(silent)
            - math.lgamma(strength + frailty)
            + math.lgamma(strength)
        )
    else:
        log_silent = frailty * math.log1p(-chance)
    return coin < -math.expm1(log_silent) * CERTAIN


@kernel
def convinced(agenda: Agenda, event: Int, coins: np.uint64) -> Bool:
    """Add what was heard to what was heard before; say whether the node's threshold is reached."""
    node = agenda.node[event]
    if agenda.heard_in[node] != agenda.stamp[0]:
        agenda.heard_in[node] = agenda.stamp[0]
        agenda.heard[node] = 0.0
    agenda.heard[node] += agenda.weight[event]
    return np.float64(node_coin(coins, node)) < agenda.heard[node]


@kernel
def count_talker(
    crowd: Crowd, node: Int, coins: np.uint64, counts: Int32Array, sums: FloatArray, column: Int
) -> None:
    """Count somebody who becomes active, with the views and the followers that are known."""
    counts[column, 0] += 1
    if crowd.views.size and not math.isnan(crowd.views[node]):
        cell = np.int64(node_coin(coins ^ VIEWS_SALT, node) >> CELL_SHIFT_OF_32)
        sums[column, 0] += crowd.views[node] * crowd.noise[cell]
    if crowd.outside.size and not math.isnan(crowd.outside[node]):
        sums[column, 1] += crowd.outside[node]
        sums[column, 2] = max(sums[column, 2], crowd.outside[node])


@kernel
def expose(ties: Ties, agenda: Agenda, node: Int, exposed: Int32Array, column: Int) -> None:
    """Mark a node and its listeners as exposed; count who was not before."""
    stamp = agenda.stamp[0]
    exposed[column, 1] += agenda.seen[node] != stamp
    agenda.seen[node] = stamp
    for tie in range(ties.offsets[node], ties.offsets[node + 1]):
        target = np.int64(ties.packed[tie] & NODE_MASK)
        exposed[column, 1] += agenda.seen[target] != stamp
        agenda.seen[target] = stamp


@kernel
def pass_on(
    ties: Ties,
    crowd: Crowd,
    agenda: Agenda,
    event: Int,
    coins: np.uint64,
    frailty: float,
    pace: float,
    end: float,
) -> None:
    """Toss the coins of a node's ties and enter what they deliver before the end."""
    node, owner = agenda.node[event], agenda.owner[event]
    first = ties.offsets[node]
    law = crowd.delays[crowd.law[node]]
    for tie in range(first, ties.offsets[node + 1]):
        target = np.int64(ties.packed[tie] & NODE_MASK)
        if agenda.active[target] == agenda.stamp[0]:
            continue
        threshold = np.float64(ties.packed[tie] >> NODE_BITS)
        weight = CERTAIN
        if ties.by_threshold:
            weight = threshold * frailty
        else:
            strength = crowd.strength[tie] if crowd.strength.size else 0.0
            if not carries(threshold, strength, frailty, np.float64(tie_coin(coins, first, tie - first))):
                continue
        word = mixed((coins ^ DELAY_SALT) + np.uint64(tie) * GOLDEN)
        when = agenda.when[event] + pace * law[np.int64(word >> CELL_SHIFT)]
        if when < end:
            put(agenda, when, target, owner, weight)


@kernel
def simulate_in_time(
    ties: Ties, crowd: Crowd, starts: Starts, clock: Clock, agenda: Agenda, tally: TimedTally
) -> None:
    """Run launches ``first_run``, ... , one per row of ``tally``, up to the deadline (exclusive).

    A node belongs to the branch of the seed whose word reached it first, and shares its frailty.
    """
    for row in range(tally.counts.shape[0]):
        coins = run_key(clock.key, clock.first_run + row)
        agenda.stamp[0] += 1
        agenda.size[:] = 0
        for i in range(starts.nodes.size):
            if starts.hours[row, i] < clock.deadline:
                put(agenda, starts.hours[row, i], starts.nodes[i], i, CERTAIN)
        while agenda.size[1] > 0:
            event = take(agenda)
            node, owner = agenda.node[event], agenda.owner[event]
            if agenda.active[node] == agenda.stamp[0]:
                continue
            if ties.by_threshold and not convinced(agenda, event, coins):
                continue
            agenda.active[node] = agenda.stamp[0]
            column = np.int64(agenda.when[event] / clock.column)
            counts, sums = tally.counts[row, owner], tally.sums[row, owner]
            count_talker(crowd, node, coins, counts, sums, column)
            expose(ties, agenda, node, counts, column)
            frailty, pace = starts.frailty[row, owner], starts.pace[row]
            pass_on(ties, crowd, agenda, event, coins, frailty, pace, clock.deadline)
