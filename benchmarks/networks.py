"""The networks everything is measured on; all directed, probability 1 / in-degree unless said."""

import os
from pathlib import Path

import numpy as np

from ambassador.propagation.arrays import Int32Array
from ambassador.propagation.network import InfluenceNetwork

DATA_FOLDER = os.environ.get("AMBASSADOR_BENCHMARK_DATA", "../shared/data")
"""Where NetHEPT lies, if it is there at all; rows that need it are left out otherwise."""


def nethept(*, both_ways: bool) -> InfluenceNetwork | None:
    """Read NetHEPT: with its own probabilities, or each tie both ways and 1 / in-degree."""
    path = Path(DATA_FOLDER) / "networks" / "NetHEPT_weighted_cascade.txt"
    if not path.exists():
        return None
    rows = np.loadtxt(path, skiprows=1)
    source, target = rows[:, 0].astype(np.int64), rows[:, 1].astype(np.int64)
    nodes = int(path.open().readline().split()[0])
    if not both_ways:
        return InfluenceNetwork.from_arrays(source, target, rows[:, 2], nodes)
    ends = np.concatenate([source, target]), np.concatenate([target, source])
    return InfluenceNetwork.from_arrays(*ends, None, nodes)


def chung_lu(nodes: int, ties: int, exponent: float = 2.5) -> InfluenceNetwork:
    """Draw both ends of each tie by power-law weights (Chung, Lu 2002)."""
    source, target = chung_lu_ties(nodes, ties, exponent)
    return InfluenceNetwork.from_arrays(source, target, None, nodes)


def chung_lu_ties(nodes: int, ties: int, exponent: float = 2.5) -> Int32Array:
    """Draw the two ends: how many ties each node has on either side, then who meets whom."""
    rng = np.random.default_rng(nodes)
    weight = np.arange(1, nodes + 1) ** (-1 / (exponent - 1))
    weight /= weight.sum()
    name = rng.permutation(nodes).astype(np.int32)
    ends = np.empty((2, ties), np.int32)
    for side in ends:
        side[:] = np.repeat(name, rng.multinomial(ties, weight))
    rng.shuffle(ends[1])
    return ends


def barabasi_albert(nodes: int, links: int) -> InfluenceNetwork:
    """Grow by preferential attachment (Barabasi, Albert 1999), each link both ways."""
    rng = np.random.default_rng(nodes)
    ends = np.empty((nodes - links) * links * 2, np.int32)
    ends[: 2 * links : 2], ends[1 : 2 * links : 2] = links, np.arange(links)
    size = 2 * links
    for node in range(links + 1, nodes):
        chosen: set[int] = set()
        while len(chosen) < links:
            chosen.update(ends[rng.integers(0, size, links - len(chosen))].tolist())
        ends[size : size + 2 * links : 2] = node
        ends[size + 1 : size + 2 * links : 2] = list(chosen)
        size += 2 * links
    one, other = ends[0:size:2], ends[1:size:2]
    return InfluenceNetwork.from_arrays(
        np.concatenate([one, other]), np.concatenate([other, one]), None, nodes
    )
