"""Compile every kernel into numba's cache, so that no first click waits for it.

``python -m ambassador.warm_up`` is part of the set-up of tests; ``ambassador run`` starts it behind the app,
with ``--behind``, where it was never done. What pages need comes first. A second call finds all compiled.
"""

import os
import shutil
import sys
from typing import Final

import numpy as np

from ambassador.propagation.cascades import CascadeLog, build_forest, list_cascades
from ambassador.propagation.cascades.measures import nearest_upstream
from ambassador.propagation.growth.self_exciting import Excitement
from ambassador.propagation.influence import learn, list_exposures
from ambassador.propagation.kernels.compiled import CACHE_FOLDER, KERNELS
from ambassador.propagation.kernels.cover import (
    Index,
    add_cover,
    count_by_owner,
    descend,
    find_owners,
    first_hits,
)
from ambassador.propagation.network import InfluenceNetwork, trivalency
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.parents import SeenCascades, choose_hidden_parents, learn_hidden_parents
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.selection import Scenario, pick_seeds
from ambassador.propagation.simulate import (
    estimate_spread,
    estimate_total,
    simulate_launches_in_time,
    simulate_values,
    trace_spread,
)
from ambassador.propagation.simulate.answers import simulate_shares
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.warmed import mark_warmed

SOURCE, TARGET = (0, 0, 1, 2, 3), (1, 2, 3, 3, 4)
BEHIND: Final = "--behind"
_LAST: Final = 19
DIFFUSIONS: tuple[Diffusion, ...] = ("ic", "lt")


def warm_up() -> int:
    """Call every kernel with every kind of argument; give how many had to be compiled."""
    forest = build_forest([1, 2, 3], [None, 1, 2])
    list_cascades(forest)
    nearest_upstream(forest.parent, [True, False, False])
    Excitement.even().further(np.array([0.0, 1.0]), 2.0, 3.0)
    for dtype in (np.float32, np.float64):
        given = np.array([0.2, 0.3, 0.4, 0.5, 0.6], dtype)
        _rehearse(InfluenceNetwork.from_arrays(SOURCE, TARGET, given))
    _rehearse(InfluenceNetwork.from_arrays(SOURCE, TARGET, None))
    _rehearse_what_small_networks_do_not_need()
    _rehearse_parents()
    _rehearse_learning()
    return sum(sum(kernel.stats.cache_misses.values()) for kernel in KERNELS)


def _rehearse(network: InfluenceNetwork) -> None:
    rng = np.random.default_rng(0)
    trivalency(network, rng)
    network.to_networkx()
    facts, draws = CrowdFacts(lognormal_table(1.0, 1.0)[None, :]), LaunchDraws.certain(2, 1)
    for diffusion in DIFFUSIONS:
        simulate_launches_in_time(network, [0], facts, draws, days=1, key=1, diffusion=diffusion, threads=1)
        estimate_spread(network, [0], runs=2, rng=rng, threads=1, diffusion=diffusion)
        estimate_total(network, [0], runs=2, rng=rng, threads=1, diffusion=diffusion)
        value = np.ones(network.node_count)
        simulate_values(network, [0], np.ones((1, 1)), value, runs=2, key=1, diffusion=diffusion, threads=1)
        simulate_shares(network, [0], np.ones((1, 1)), value, runs=2, key=1, diffusion=diffusion, threads=1)
        for scenario in (Scenario(), Scenario(deadline=1)):
            pick_seeds(
                network, 2, rng=rng, certificate=0.3, threads=1, scenario=scenario, diffusion=diffusion
            )


def _rehearse_what_small_networks_do_not_need() -> None:
    nobody, ends, picked = np.empty(0, np.int32), np.zeros(1, np.int64), np.empty(0, np.int64)
    first_hits(nobody, ends, nobody, ends)
    find_owners(Index(ends, nobody), picked, nobody)
    count_by_owner(Index(ends, nobody), picked, nobody, np.empty((0, 2), np.int64))
    add_cover(Index(ends, nobody), picked, np.empty(0), np.empty(0, np.float32))
    descend(np.empty(0, np.float32), np.empty(0, np.float32), 0.5, 0.5)
    network = InfluenceNetwork.from_arrays(SOURCE, TARGET, None)
    trace_spread(network, [0], key=1, run=0)
    star = InfluenceNetwork.from_arrays(np.zeros(200, np.int32), np.arange(1, 201), 0.05)
    trace_spread(star, [0], key=1, run=0)  # some of so many ties are live
    demands = Constraints(costs=[1.0] * network.node_count, budget=2.0, must=[1])
    pick_seeds(network, 2, rng=np.random.default_rng(0), certificate=0.3, threads=1, constraints=demands)


def _rehearse_parents() -> None:
    network = InfluenceNetwork.from_arrays(SOURCE, TARGET, 0.5)
    log = CascadeLog.from_entries([0, 0, 0], [0, 1, 3], [0.5, 9.0, 12.0])
    learn_hidden_parents(log, network, rng=np.random.default_rng(0)).infer(log).drawn(0, 0)
    nobody = np.full(3, -1, np.int64)
    seen = (log.offsets, log.nodes.astype(np.int64), log.times, np.array([-1, 0, 0]), np.full(3, np.nan))
    cascades = SeenCascades(*seen, nobody, np.zeros(3, np.bool_))
    choose_hidden_parents(cascades, np.array([False, True, False]), network, rng=np.random.default_rng(0))


def _rehearse_learning() -> None:
    network = InfluenceNetwork.from_arrays(SOURCE, TARGET, None)
    log = CascadeLog.from_entries([0, 0, 0, 1, 1], [0, 1, 3, 0, 2], [0.0, 1.0, 2.0, 9.0, 10.0])
    learn(network, log).predict(list_exposures(network, log))


def forget_older_kernels() -> None:
    """Remove the machine code of sources that are no more."""
    for folder in CACHE_FOLDER.parent.glob("????????????????"):
        if folder.is_dir() and folder != CACHE_FOLDER:
            shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Warm up and say what was done; behind others, whoever works on this machine comes first."""
    if BEHIND in sys.argv[1:] and hasattr(os, "nice"):
        os.nice(_LAST)
    compiled = warm_up()
    forget_older_kernels()
    mark_warmed()
    sys.stdout.write(f"{len(KERNELS)} kernels ready, {compiled} compiled now\n")


if __name__ == "__main__":
    main()
