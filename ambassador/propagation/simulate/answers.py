"""Whom those who join a launch answer: sums of a share of the person answered, launch by launch."""

from functools import partial

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.kernels.simulation import Scratch, simulate_answers
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.network.chunks import OnProgress, Toolbox
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.launches import in_draws, plans_by_draw
from ambassador.propagation.simulate.spread import Simulation, last_step


def simulate_shares(  # noqa: PLR0913 - as simulate_launches
    network: InfluenceNetwork,
    seeds: npt.ArrayLike,
    postings: FloatArray,
    share: FloatArray,
    *,
    runs: int,
    key: int,
    diffusion: Diffusion = "ic",
    deadline: int | None = None,
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Simulate launches as ``simulate_launches`` does, on the same coins, and sum shares of who was answered.

    Whoever joins answers the person whose word made them talk first; starters answer nobody.

    Parameters
    ----------
    postings : array of float, shape (draws, seeds)
        One row per draw: the probability of each seed to post.
    share : array of float, shape (node_count,)
        Of the answers to each person, e.g. the share that complains.

    Returns
    -------
    float64 array, shape (runs, 2)
        Over all who joined: the share of the person they answered, and their own.

    Examples
    --------
    >>> chain = InfluenceNetwork.from_arrays([0, 1], [1, 2], 1.0)
    >>> simulate_shares(chain, [0], np.ones((1, 1)), np.array([0.5, 0.25, 1.0]), runs=1, key=1).tolist()
    [[0.75, 1.25]]
    """
    plans = plans_by_draw(
        network, seeds, postings, runs=runs, key=key, diffusion=diffusion, deadline=deadline
    )
    return np.concatenate(in_draws(partial(_shares_of_runs, share), plans, threads, progress))


def _shares_of_runs(
    share: FloatArray, plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]
) -> FloatArray:
    first, count = span
    found = np.zeros((count, 2))
    ties = plan.network.row_views.out(plan.diffusion)
    with tools.borrowed() as scratch:
        step = last_step(plan.deadline)
        simulate_answers(ties, plan.seeds, np.uint64(plan.key), first, step, share, scratch, found)
    return found
