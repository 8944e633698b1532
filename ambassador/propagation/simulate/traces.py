"""One simulated cascade, told person by person: who heard it from whom, and when.

The kernels only count; this names. It tosses the same coins, so run ``r`` here is run ``r`` there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ambassador.propagation.kernels.adjacency import NODE_BITS
from ambassador.propagation.kernels.coins import GOLDEN, gap_word, mixed, run_key, tie_coin
from ambassador.propagation.kernels.waves import ties_until_live
from ambassador.propagation.network import InfluenceNetwork


@dataclass(frozen=True)
class Trace:
    """One cascade in the order of activation.

    Attributes
    ----------
    nodes : list of int
        Everybody activated, seeds first.
    parents : list of int
        Who activated each; -1 for a seed.
    seeds : list of int
        The seed at the top of each one's branch.
    steps : list of int
        The wave in which each was activated; 0 for a seed.
    """

    nodes: list[int]
    parents: list[int]
    seeds: list[int]
    steps: list[int]


def trace_spread(network: InfluenceNetwork, seeds: Sequence[int], *, key: int, run: int) -> Trace:
    """Follow one run of the independent cascade (Kempe, Kleinberg, Tardos 2003, section 2).

    Parameters
    ----------
    network : InfluenceNetwork
    seeds : sequence of int
        Node numbers, all of which start.
    key : int
        Random key, 64 bits.
    run : int
        Which of the key's runs.

    Returns
    -------
    Trace
        The nodes are those the simulation kernel activates in the same run.

    Raises
    ------
    UnknownNodeError
        If a seed is not a node.

    Examples
    --------
    >>> chain = InfluenceNetwork.from_ties([("a", "b", 1.0), ("b", "c", 1.0)])
    >>> trace = trace_spread(chain, [0], key=1, run=0)
    >>> trace.nodes, trace.parents, trace.steps
    ([0, 1, 2], [-1, 0, 1], [0, 1, 2])
    """
    coins = np.uint64(run_key(np.uint64(key), run))  # called from Python it comes back as an int
    starters = network.checked_nodes(seeds).tolist()
    trace = Trace(list(starters), [-1] * len(starters), list(starters), [0] * len(starters))
    active = set(starters)
    head = 0
    while head < len(trace.nodes):
        node = trace.nodes[head]
        for tie in live_ties(network, node, coins):
            target = int(network.out_targets[tie])
            if target not in active:
                active.add(target)
                trace.nodes.append(target)
                trace.parents.append(node)
                trace.seeds.append(trace.seeds[head])
                trace.steps.append(trace.steps[head] + 1)
        head += 1
    return trace


def live_ties(network: InfluenceNetwork, node: int, coins: np.uint64) -> list[int]:
    """Numbers of the ties along which ``node`` passes word on in the run with these coins.

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0], [1, 2], [1.0, 0.0])
    >>> live_ties(star, 0, np.uint64(5))
    [0]
    """
    first, end = (int(offset) for offset in network.out_offsets[node : node + 2])
    ties = network.row_views.out("ic")
    if not ties.gap:
        thresholds = ties.packed[first:end] >> NODE_BITS
        return [
            tie for tie in range(first, end) if tie_coin(coins, first, tie - first) < thresholds[tie - first]
        ]
    word = int(gap_word(coins, node))
    tie, found = first + ties_until_live(np.uint64(word), ties.gap), []
    while tie < end:
        found.append(int(tie))
        word = int(mixed(np.uint64((word + int(GOLDEN)) % 2**64)))
        tie += 1 + ties_until_live(np.uint64(word), ties.gap)
    return found
