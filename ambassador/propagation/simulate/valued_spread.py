"""What launches are worth where people count differently: the value of those who talk, run by run."""

from functools import partial

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.kernels.simulation import Scratch, simulate_worth
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.network.chunks import OnProgress, Toolbox, in_chunks
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.launches import in_draws, plans_by_draw
from ambassador.propagation.simulate.spread import Simulation, last_step, pieces_of, scratch_for


def simulate_values(  # noqa: PLR0913 - as simulate_launches
    network: InfluenceNetwork,
    seeds: npt.ArrayLike,
    postings: FloatArray,
    value: FloatArray,
    *,
    runs: int,
    key: int,
    diffusion: Diffusion = "ic",
    deadline: int | None = None,
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Simulate launches as ``simulate_launches`` does, on the same coins, and sum the value of who talks.

    Parameters
    ----------
    postings : array of float, shape (draws, seeds)
        One row per draw: the probability of each seed to post.
    value : array of float, shape (node_count,)
        Value of each person, 0 outside the target audience.

    Returns
    -------
    float64 array, shape (runs,)
        Runs rounded up to a whole number per draw.

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0], [1, 2, 3], 1.0)
    >>> value = np.array([0.0, 1.0, 1.0, 0.0])
    >>> simulate_values(star, [0], np.array([[0.0], [1.0]]), value, runs=4, key=1).tolist()
    [0.0, 0.0, 2.0, 2.0]
    """
    plans = plans_by_draw(
        network, seeds, postings, runs=runs, key=key, diffusion=diffusion, deadline=deadline
    )
    return np.concatenate(in_draws(partial(worth_of_runs, value), plans, threads, progress))


def simulated_worth(plan: Simulation, value: FloatArray, runs: int, threads: int | None) -> FloatArray:
    """Sum the value of who talks in each run of a checked plan."""
    tools = Toolbox(partial(scratch_for, plan.network, plan.diffusion))
    plan.network.row_views.out(plan.diffusion)
    work = partial(worth_of_runs, value, plan, tools)
    return np.concatenate(list(in_chunks(work, pieces_of(plan.network, runs), threads)))


def worth_of_runs(
    value: FloatArray, plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]
) -> FloatArray:
    """Do so for a span of runs (first, count)."""
    first, count = span
    worth = np.empty(count)
    ties = plan.network.row_views.out(plan.diffusion)
    with tools.borrowed() as scratch:
        step = last_step(plan.deadline)
        simulate_worth(ties, plan.seeds, np.uint64(plan.key), first, step, value, scratch, worth)
    return worth
