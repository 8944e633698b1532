"""Who may have passed it on: earlier posts by those a person listens to, and how likely each is the one."""

from math import erfc, exp, log, sqrt

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.coins import node_coin, run_key
from ambassador.propagation.kernels.compiled import Bool, kernel

Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]
Float64Array = npt.NDArray[np.float64]

ROOT_TWO = sqrt(2.0)
ROOT_TWO_PI = sqrt(2.0 * np.pi)
SEARCH = 16
TWO_32 = 2.0**32
SMALLEST = 1e-12


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
def list_possible(  # noqa: PLR0913 - a network, a log, what to fill
    offsets: Int64Array,
    nodes: Int32Array,
    in_offsets: Int64Array,
    in_sources: Int32Array,
    newest: Int64Array,
    before: Int64Array,
    ends: Int64Array,
    above: Int64Array,
    place: Int64Array,
    fill: Bool,
) -> None:
    """Count the possible parents of each post into ``ends[1:]``, or fill them where ``ends`` is summed up.

    Walks either the ties into the author or the earlier posts, whichever are fewer. ``newest`` holds -1
    for every node, before and after; ``place`` takes places in ``in_sources``.
    """
    for cascade in range(offsets.size - 1):
        start, stop = offsets[cascade], offsets[cascade + 1]
        for post in range(start, stop):
            node = nodes[post]
            if node < 0:
                continue
            first, last = in_offsets[node], in_offsets[node + 1]
            found = ends[post] if fill else 0
            if last - first > SEARCH * (post - start):
                for other in range(start, post):
                    if nodes[other] < 0:
                        continue
                    tie = tie_between(in_sources, first, last, nodes[other])
                    if tie < last and in_sources[tie] == nodes[other]:
                        if fill:
                            above[found], place[found] = other, tie
                        found += 1
            else:
                for tie in range(first, last):
                    other = newest[in_sources[tie]]
                    while other >= 0:
                        if fill:
                            above[found], place[found] = other, tie
                        found += 1
                        other = before[other]
            if not fill:
                ends[post + 1] = found
            before[post] = newest[node]
            newest[node] = post
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
def weigh_possible(  # noqa: PLR0913 - the posterior takes what it rests on
    ends: Int64Array,
    waited: Float64Array,
    given: Float64Array,
    mu: float,
    sigma: float,
    outside: float,
    share: Float64Array,
    later: Float64Array,
    unknown: Float64Array,
) -> float:
    """Write the posterior of each possible parent and of nobody known; give the log-likelihood of it all.

    ``later`` takes the chance that an attempt which was not the first would have succeeded afterwards.
    """
    likelihood = 0.0
    for post in range(ends.size - 1):
        total = outside
        for i in range(ends[post], ends[post + 1]):
            share[i], later[i], silent = arrival(waited[i], given[i], mu, sigma)
            total += share[i]
            likelihood += log(silent)
        unknown[post] = outside / total if total > 0.0 else 1.0
        if total > 0.0:
            likelihood += log(total)
        for i in range(ends[post], ends[post + 1]):
            share[i] = share[i] / total if total > 0.0 else 0.0
    return likelihood


@kernel
def draw_parents(
    ends: Int64Array, above: Int64Array, share: Float64Array, key: np.uint64, run: int, parent: Int64Array
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
