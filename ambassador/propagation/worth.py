"""What launches are worth where people count differently: the value of those who talk, run by run."""

from functools import partial

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.chunks import OnProgress, Progress, Toolbox, in_chunks, spans
from ambassador.propagation.kernels.simulation import Scratch, simulate_worth
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.spread import Simulation, chunk_size, last_step, scratch_for, seeds_of
from ambassador.propagation.wiring import Diffusion

FloatArray = npt.NDArray[np.float64]


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
    if runs < 1 or postings.shape[0] < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=min(runs, postings.shape[0]))
    share = -(-runs // postings.shape[0])
    tools = Toolbox(partial(scratch_for, network, diffusion))
    plans = [
        (Simulation(network, seeds_of(network, seeds, row), key, diffusion, deadline), (place * share, share))
        for place, row in enumerate(postings)
    ]
    network.wiring.out(diffusion)

    def valued(place: int) -> FloatArray:
        plan, span = plans[place]
        return worth_of_runs(plan, tools, value, span)

    parts = []
    for part in in_chunks(valued, range(len(plans)), threads):
        parts.append(part)
        if progress is not None:
            progress(Progress("simulating", len(parts) / len(plans)))
    return np.concatenate(parts)


def simulated_worth(plan: Simulation, value: FloatArray, runs: int, threads: int | None) -> FloatArray:
    """Sum the value of who talks in each run of a checked plan."""
    tools = Toolbox(partial(scratch_for, plan.network, plan.diffusion))
    plan.network.wiring.out(plan.diffusion)
    pieces = spans(runs, chunk_size(plan.network))
    return np.concatenate(list(in_chunks(partial(worth_of_runs, plan, tools, value), pieces, threads)))


def worth_of_runs(
    plan: Simulation, tools: Toolbox[Scratch], value: FloatArray, span: tuple[int, int]
) -> FloatArray:
    """Do so for a span of runs (first, count)."""
    first, count = span
    worth = np.empty(count)
    ties = plan.network.wiring.out(plan.diffusion)
    with tools.borrowed() as scratch:
        step = last_step(plan.deadline)
        simulate_worth(ties, plan.seeds, np.uint64(plan.key), first, step, value, scratch, worth)
    return worth
