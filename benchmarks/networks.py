"""The networks everything is measured on; all directed, probability 1 / in-degree unless said."""

import os
from pathlib import Path

import networkx as nx
import numpy as np

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
    rng = np.random.default_rng(nodes)
    weight = np.cumsum(np.arange(1, nodes + 1) ** (-1 / (exponent - 1)))
    weight /= weight[-1]
    name = rng.permutation(nodes)
    source, target = (name[np.searchsorted(weight, rng.random(ties))] for _ in range(2))
    return InfluenceNetwork.from_arrays(source, target, None, nodes)


def barabasi_albert(nodes: int, links: int) -> InfluenceNetwork:
    """Grow by preferential attachment (Barabasi, Albert 1999), each link both ways."""
    network = InfluenceNetwork.from_networkx(nx.barabasi_albert_graph(nodes, links, seed=1), None)
    return InfluenceNetwork.from_arrays(network.out_sources, network.out_targets, None, nodes)
