"""Simulated launches in which it is not known either how probable it is that each ambassador posts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.kernels.simulation import Scratch, Tally
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress, Toolbox, in_chunks
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.spread import Simulation, Spread, scratch_for, seeds_of, summed, tally_of

Span = tuple[int, int]
Part = TypeVar("Part")


@dataclass(frozen=True)
class Launches:
    """What happened in each simulated launch.

    Attributes
    ----------
    spread : Spread
        Summed over all runs; its predictive quantiles hold the uncertainty of the postings too.
    branches : int32 array, shape (runs, seeds)
        People active in each seed's branch, itself included; 0 where the seed did not post.
    """

    spread: Spread
    branches: Int32Array


def simulate_launches(  # noqa: PLR0913 - as estimate_spread
    network: InfluenceNetwork,
    seeds: npt.ArrayLike,
    postings: FloatArray,
    *,
    runs: int,
    key: int,
    diffusion: Diffusion = "ic",
    deadline: int | None = None,
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> Launches:
    """Simulate launches, an equal share of them under each draw of the posting probabilities.

    Parameters
    ----------
    seeds : node numbers, shape (seeds,)
    postings : array of float, shape (draws, seeds)
        One row per draw: the probability of each seed to post.
    runs : int
        At least 1; rounded up to a whole number per draw.
    key : int
        63 bits. Run r of two calls tosses the same coins, whoever the seeds are.
    deadline : int, optional
        Count what happens up to this step (the launch is step 0).

    Raises
    ------
    UnknownNodeError, BadProbabilityError, BadInputError

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0], [1, 2, 3], 1.0)
    >>> launches = simulate_launches(star, [0], np.array([[0.0], [1.0]]), runs=10, key=1)
    >>> launches.spread.mean, launches.branches[:, 0].tolist()
    (2.0, [0, 0, 0, 0, 0, 4, 4, 4, 4, 4])
    """
    plans = plans_by_draw(
        network, seeds, postings, runs=runs, key=key, diffusion=diffusion, deadline=deadline
    )
    tallies = in_draws(tally_of, plans, threads, progress)
    whole = Tally(*(np.concatenate(parts) for parts in zip(*tallies, strict=True)))
    return Launches(summed(whole), whole.seed_active)


def plans_by_draw(
    network: InfluenceNetwork,
    seeds: npt.ArrayLike,
    postings: FloatArray,
    *,
    runs: int,
    key: int,
    diffusion: Diffusion,
    deadline: int | None,
) -> list[tuple[Simulation, Span]]:
    """Make for each draw its checked plan and its share of the runs, as (first, count).

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> rows = np.array([[1.0], [0.5]])
    >>> plans = plans_by_draw(star, [0], rows, runs=6, key=1, diffusion="ic", deadline=None)
    >>> [span for _, span in plans]
    [(0, 3), (3, 3)]
    """
    if runs < 1 or postings.shape[0] < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=min(runs, postings.shape[0]))
    share = -(-runs // postings.shape[0])
    return [
        (Simulation(network, seeds_of(network, seeds, row), key, diffusion, deadline), (place * share, share))
        for place, row in enumerate(postings)
    ]


def in_draws(
    work: Callable[[Simulation, Toolbox[Scratch], Span], Part],
    plans: Sequence[tuple[Simulation, Span]],
    threads: int | None,
    progress: OnProgress | None,
) -> list[Part]:
    """Do the work for every draw's plan, all on the same network, in the order of the draws."""
    one = plans[0][0]
    tools = Toolbox(partial(scratch_for, one.network, one.diffusion))
    one.network.row_views.out(one.diffusion)
    parts: list[Part] = []
    for part in in_chunks(lambda drawn: work(drawn[0], tools, drawn[1]), plans, threads):
        parts.append(part)
        if progress is not None:
            progress(Progress("simulating", len(parts) / len(plans)))
    return parts
