"""Simulated launches in which it is not known either how probable it is that each ambassador posts."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.chunks import OnProgress, Progress, Toolbox, in_chunks
from ambassador.propagation.kernels.simulation import Tally
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.spread import Simulation, Spread, scratch_for, seeds_of, summed, tally_of
from ambassador.propagation.wiring import Diffusion

FloatArray = npt.NDArray[np.float64]


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
    branches: npt.NDArray[np.int32]


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
    if runs < 1 or postings.shape[0] < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=min(runs, postings.shape[0]))
    share = -(-runs // postings.shape[0])
    plans = [
        (Simulation(network, seeds_of(network, seeds, row), key, diffusion, deadline), (place * share, share))
        for place, row in enumerate(postings)
    ]
    tools = Toolbox(partial(scratch_for, network, diffusion))
    network.wiring.out(diffusion)

    def launched(place: int) -> Tally:
        plan, span = plans[place]
        return tally_of(plan, tools, span)

    tallies = []
    for tally in in_chunks(launched, range(len(plans)), threads):
        tallies.append(tally)
        if progress is not None:
            progress(Progress("simulating", len(tallies) / len(plans)))
    whole = Tally(*(np.concatenate(parts) for parts in zip(*tallies, strict=True)))
    return Launches(summed(whole), whole.seed_active)
