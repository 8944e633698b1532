"""Who may have passed it on: earlier posts by those a person listens to, and how likely each is the one."""

from math import erfc, exp, log, sqrt

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array
from ambassador.propagation.kernels.coins import node_coin, run_key
from ambassador.propagation.kernels.compiled import kernel

ROOT_TWO = sqrt(2.0)
ROOT_TWO_PI = sqrt(2.0 * np.pi)
# An earlier post is looked up among the ties where there are so many
# times more ties than earlier posts: a search costs about as many steps.
SEARCH = 16
TWO_32 = 2.0**32  # a coin has 32 bits
SMALLEST = 1e-12  # a plain guard: a chance that is divided by


@kernel
def tie_between(sources: Int32Array, first: int, last: int, source: int) -> int:
    """Find where a source stands, or would stand, among the rising ``sources[first:last]``."""
    while first < last:
        middle = (first + last) // 2
        if sources[middle] < source:
            first = middle + 1
        else:
            last = middle
    return first


@kernel
def keep(above: Int64Array, place: Int64Array, found: int, other: int, tie: int) -> int:
    """Write a possible parent and its tie where there is room for them; give how many there are now."""
    if found < above.size:
        above[found], place[found] = other, tie
    return found + 1


@kernel
def among_posts(  # noqa: PLR0913, PLR0917 - where to look, what to fill
    nodes: Int32Array,
    start: int,
    stop: int,
    sources: Int32Array,
    first: int,
    last: int,
    above: Int64Array,
    place: Int64Array,
    found: int,
) -> int:
    """Look up each earlier post's author among the ties."""
    for other in range(start, stop):
        tie = tie_between(sources, first, last, nodes[other]) if nodes[other] >= 0 else last
        if tie < last and sources[tie] == nodes[other]:
            found = keep(above, place, found, other, tie)
    return found


@kernel
def among_ties(
    newest: Int64Array,
    before: Int64Array,
    sources: Int32Array,
    first: int,
    last: int,
    above: Int64Array,
    place: Int64Array,
    found: int,
) -> int:
    """Go through the earlier posts of each tie's source."""
    for tie in range(first, last):
        other = newest[sources[tie]]
        while other >= 0:
            found = keep(above, place, found, other, tie)
            other = before[other]
    return found


@kernel
def list_possible(  # noqa: PLR0913, PLR0917 - a network, a log, what to fill
    offsets: Int64Array,
    nodes: Int32Array,
    in_offsets: Int64Array,
    in_sources: Int32Array,
    newest: Int64Array,
    before: Int64Array,
    ends: Int64Array,
    above: Int64Array,
    place: Int64Array,
) -> None:
    """List the possible parents of each post, and where each post's end in ``ends[1:]``.

    Walks either the ties into the author or the earlier posts, whichever are fewer. ``newest`` holds -1
    for every node, before and after; ``place`` takes places in ``in_sources``. Without room in ``above``
    they are only counted.
    """
    found = 0
    for cascade in range(offsets.size - 1):
        start, stop = offsets[cascade], offsets[cascade + 1]
        for post in range(start, stop):
            node = nodes[post]
            if node >= 0:
                first, last = in_offsets[node], in_offsets[node + 1]
                if last - first > SEARCH * (post - start):
                    found = among_posts(nodes, start, post, in_sources, first, last, above, place, found)
                else:
                    found = among_ties(newest, before, in_sources, first, last, above, place, found)
                before[post] = newest[node]
                newest[node] = post
            ends[post + 1] = found
        for post in range(start, stop):
            if nodes[post] >= 0:
                newest[nodes[post]] = -1


@kernel
def arrival(waited: float, probability: float, mu: float, sigma: float) -> tuple[float, float, float]:
    """Give, for a log-normal attempt: its hazard p f / (1 - p F), its chance yet to come, and 1 - p F."""
    z = (log(waited) - mu) / sigma
    density = exp(-0.5 * z * z) / (waited * sigma * ROOT_TWO_PI)
    left = 0.5 * erfc(z / ROOT_TWO)
    silent = max(1.0 - probability * (1.0 - left), SMALLEST)
    return probability * density / silent, probability * left / silent, silent


@kernel
def weigh_possible(  # noqa: PLR0913, PLR0917 - the posterior takes what it rests on
    ends: Int64Array,
    waited: FloatArray,
    given: FloatArray,
    mu: FloatArray,
    sigma: FloatArray,
    outside: FloatArray,
    share: FloatArray,
    later: FloatArray,
    unknown: FloatArray,
) -> float:
    """Write the posterior of each possible parent and of nobody known; give the log-likelihood of it all.

    ``mu`` and ``sigma`` hold a delay law per post, ``outside`` a rate. ``later`` takes the chance that an
    attempt which was not the first would have succeeded afterwards.
    """
    likelihood = 0.0
    for post in range(ends.size - 1):
        total = outside[post]
        for i in range(ends[post], ends[post + 1]):
            share[i], later[i], silent = arrival(waited[i], given[i], mu[post], sigma[post])
            total += share[i]
            likelihood += log(silent)
        unknown[post] = outside[post] / total if total > 0.0 else 1.0
        if total > 0.0:
            likelihood += log(total)
        for i in range(ends[post], ends[post + 1]):
            share[i] = share[i] / total if total > 0.0 else 0.0
    return likelihood


@kernel
def draw_parents(
    ends: Int64Array, above: Int64Array, share: FloatArray, key: np.uint64, run: int, parent: Int64Array
) -> None:
    """Draw one parent per post on the coins of (key, run, post); -1 for nobody known."""
    coins = run_key(key, run)
    for post in range(parent.size):
        parent[post] = -1
        if ends[post] == ends[post + 1]:
            continue
        left = np.float64(node_coin(coins, post)) / TWO_32
        for i in range(ends[post], ends[post + 1]):
            left -= share[i]
            if left < 0.0:
                parent[post] = above[i]
                break
