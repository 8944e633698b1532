"""Simulated launches of a pick: how many talk in each, of the people it wants to reach."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.simulate.launches import simulate_launches
from ambassador.propagation.simulate.valued_spread import simulate_values
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.pick_demands import value_of
from ambassador.services.picks.pick_problem import PickProblem

FloatArray = NDArray[np.float64]


def talking(
    loaded: LoadedNetwork,
    problem: PickProblem,
    keys: Sequence[int],
    postings: FloatArray,
    key: int,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Count who talks in each launch of some people; launches of one key share their coins."""
    value, nodes = value_of(loaded, problem), loaded.nodes_of(keys)
    if value is not None:
        return simulate_values(
            loaded.network,
            nodes,
            postings,
            value,
            runs=problem.runs,
            key=key,
            diffusion=problem.diffusion.value,
            deadline=problem.deadline,
            progress=progress,
        )
    found = simulate_launches(
        loaded.network,
        nodes,
        postings,
        runs=problem.runs,
        key=key,
        diffusion=problem.diffusion.value,
        deadline=problem.deadline,
        progress=progress,
    )
    return found.spread.runs_active.astype(np.float64)
