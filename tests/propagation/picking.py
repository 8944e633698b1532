"""Networks to pick from, and a short way to pick."""

import numpy as np

from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.selection import SeedSet, pick_seeds

TEN = [(0, 2, 0.7), (0, 3, 0.4), (1, 3, 0.6), (1, 4, 0.9), (4, 5, 0.5), (5, 6, 0.8), (7, 6, 0.3), (2, 8, 0.2)]


def pick(network: InfluenceNetwork, count: int, key: int = 1, **more: object) -> SeedSet:
    return pick_seeds(network, count, rng=np.random.default_rng(key), **more)


def launch() -> InfluenceNetwork:
    rows = [("a", f"l{i:02}", 1.0) for i in range(1, 11)] + [("b", f"l{i:02}", 1.0) for i in range(1, 10)]
    return InfluenceNetwork.from_ties(rows + [("c", f"m{i}", 1.0) for i in range(1, 5)])


FEES = [5.0, 4.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0]
