"""What each further ambassador adds: the curve of spread against the number of devices."""

from functools import partial

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.kernels.simulation import Scratch, Seeds, Ties, simulate_in_turn
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress, Toolbox, in_chunks, spans
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.spread import chunk_size, scratch_for, seeds_of


def gains_in_turn(  # noqa: PLR0913 - as estimate_spread
    network: InfluenceNetwork,
    order: npt.ArrayLike,
    *,
    runs: int,
    key: int,
    posting: npt.ArrayLike | None = None,
    value: FloatArray | None = None,
    diffusion: Diffusion = "ic",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Let people start one after the other in every run and average what each adds.

    Parameters
    ----------
    order : node numbers
        Distinct, the first to start first.
    runs : int
        At least 1.
    key : int
        63 bits; the coins are those of every other simulation with this key.
    posting : array of float, one per node of ``order``, optional
        Probability to post; 1 unless said.
    value : array of float, shape (node_count,), optional
        Value of each person; 1 unless said.

    Returns
    -------
    float64 array, one per node of ``order``
        Sums to the spread of all of them on the same coins.

    Raises
    ------
    UnknownNodeError, BadProbabilityError, BadInputError

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0, 0, 1, 1], [2, 3, 3, 4], 1.0)
    >>> gains_in_turn(network, [0, 1], runs=10, key=1).tolist()
    [3.0, 2.0]
    """
    if runs < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=runs)
    seeds = seeds_of(network, np.asarray(order), posting)
    tools = Toolbox(partial(scratch_for, network, diffusion))
    ties = network.row_views.out(diffusion)

    def total(span: tuple[int, int]) -> FloatArray:
        return _summed(ties, seeds, tools, key, np.empty(0) if value is None else value, span)

    sums, pieces = np.zeros(seeds.nodes.size), spans(runs, chunk_size(network))
    for place, part in enumerate(in_chunks(total, pieces, threads)):
        sums += part
        if progress is not None:
            progress(Progress("simulating", (place + 1) / len(pieces)))
    gains: FloatArray = sums / runs
    return gains


def _summed(
    ties: Ties, seeds: Seeds, tools: Toolbox[Scratch], key: int, value: FloatArray, span: tuple[int, int]
) -> FloatArray:
    first, count = span
    gained = np.empty((count, seeds.nodes.size))
    with tools.borrowed() as scratch:
        simulate_in_turn(ties, seeds, np.uint64(key), first, value, scratch, gained)
    sums: FloatArray = gained.sum(axis=0)
    return sums
