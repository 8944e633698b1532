"""The same simulations by other people's programs."""

import array
import random
import time
from importlib import import_module

import numpy as np

from ambassador.propagation.arrays import Int32Array
from ambassador.propagation.network import InfluenceNetwork


def cynetdiff_seconds(network: InfluenceNetwork, seeds: Int32Array, runs: int) -> tuple[float, float] | None:
    """Time one simulation by CyNetDiff's own loop and give its mean; None where it is not installed."""
    try:
        from cynetdiff.models import IndependentCascadeModel
    except ImportError:
        return None
    model = IndependentCascadeModel(
        array.array("I", network.out_offsets[:-1].astype(np.uint32)),
        array.array("I", network.out_targets.astype(np.uint32)),
        activation_probs=array.array("f", np.asarray(network.probability, dtype=np.float32)),
    )
    model.set_seeds({int(seed) for seed in seeds})
    model.advance_until_completion()
    total = 0
    start = time.perf_counter()
    for _ in range(runs):
        model.reset_model()
        model.advance_until_completion()
        total += model.get_num_activated_nodes()
    return (time.perf_counter() - start) / runs, total / runs


def networkx_seconds(network: InfluenceNetwork, seeds: Int32Array, runs: int) -> tuple[float, float]:
    """Time one simulation by a plain loop over a networkx graph and give its mean."""
    graph = network.to_networkx()
    rng = random.Random(1)  # noqa: S311 - simulation
    total = 0
    start = time.perf_counter()
    for _ in range(runs):
        active = {int(seed) for seed in seeds}
        level = list(active)
        while level:
            heard = [
                target
                for node in level
                for target, tie in graph.adj[node].items()
                if target not in active and rng.random() < tie["probability"]
            ]
            level = list(dict.fromkeys(heard))
            active.update(level)
        total += len(active)
    return (time.perf_counter() - start) / runs, total / runs


def ndlib_seconds(network: InfluenceNetwork, seeds: Int32Array, runs: int) -> tuple[float, float] | None:
    """Time one simulation by NDlib and give its mean; None where nobody installed it.

    It is no dependency, not even of the benchmarks, because it pulls in igraph (GPL).
    """
    try:
        config = import_module("ndlib.models.ModelConfig")
        models = import_module("ndlib.models.epidemics")
    except ImportError:
        return None
    graph = network.to_networkx()
    total = 0
    start = time.perf_counter()
    for _ in range(runs):
        model = models.IndependentCascadesModel(graph)
        settings = config.Configuration()
        settings.add_model_initial_configuration("Infected", [int(seed) for seed in seeds])
        for source, target in graph.edges():
            chance = graph.edges[source, target]["probability"]
            settings.add_edge_configuration("threshold", (source, target), chance)
        model.set_initial_status(settings)
        while (counts := model.iteration()["node_count"])[1]:
            pass
        total += counts[2]
    return (time.perf_counter() - start) / runs, total / runs
