"""How far word travels from given seeds: people activated and people exposed, with intervals."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError
from ambassador.propagation.arrays import Int32Array, UInt64Array
from ambassador.propagation.kernels.adjacency import CERTAIN
from ambassador.propagation.kernels.simulation import (
    ROOM,
    WAVE,
    Scratch,
    Seeds,
    Tally,
    simulate,
    simulate_totals,
)
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress, Toolbox, growing_spans, in_chunks, own_cell
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.spread_values import (
    Bands,
    Branches,
    Estimate,
    Spread,
    SpreadComparison,
    Steps,
)

__all__ = [
    "Bands",
    "Branches",
    "Estimate",
    "Spread",
    "SpreadComparison",
    "Steps",
    "compare_spread",
    "estimate_spread",
    "estimate_total",
]


COLUMNS = 64  # steps kept apart; what happens later is added to the last one
# Ties and nodes a chunk of runs may touch: tens of milliseconds, so that a run is stopped soon.
CHUNK_WORK = 8_000_000
MOST_RUNS_IN_CHUNK = 256  # so that tallies of a chunk stay small and threads end together


class Simulation(NamedTuple):
    """Everything a run depends on besides its number."""

    network: InfluenceNetwork
    seeds: Seeds
    key: int
    diffusion: Diffusion = "ic"
    deadline: int | None = None


def estimate_spread(  # noqa: PLR0913 - the interface others call
    network: InfluenceNetwork,
    seeds: Iterable[int] | npt.ArrayLike,
    *,
    runs: int,
    rng: np.random.Generator,
    threads: int | None = None,
    diffusion: Diffusion = "ic",
    posting: npt.ArrayLike | None = None,
    deadline: int | None = None,
    progress: OnProgress | None = None,
) -> Spread:
    """Simulate how far word travels from ``seeds``.

    Parameters
    ----------
    seeds : node numbers
        Distinct; see ``InfluenceNetwork.nodes_of`` for keys.
    runs : int
        Simulated launches, at least 1.
    rng : numpy.random.Generator
        One 63-bit key is drawn from it; the answer is the same on any number of threads.
    diffusion : {"ic", "lt"}
        Independent cascade or linear threshold (Kempe, Kleinberg, Tardos 2003).
    posting : array of float, one per seed, optional
        Probability that the ambassador really posts; 1 unless said.
    deadline : int, optional
        Count what happens up to this step (the launch is step 0).
    progress : callable, optional
        Called between chunks; raise ``CancelledError`` in it to stop.

    Raises
    ------
    UnknownNodeError, BadProbabilityError, BadInputError

    Examples
    --------
    >>> chain = InfluenceNetwork.from_arrays([0, 1, 2], [1, 2, 3], 1.0)
    >>> spread = estimate_spread(chain, [1], runs=100, rng=np.random.default_rng(1))
    >>> spread.mean, spread.exposed.mean, spread.by_step.active.tolist()
    (3.0, 3.0, [1.0, 2.0, 3.0])
    """
    key = int(rng.integers(2**63))
    plan = Simulation(network, seeds_of(network, seeds, posting), key, diffusion, deadline)
    return simulated(plan, runs, threads, progress)


def estimate_total(
    network: InfluenceNetwork,
    seeds: Iterable[int] | npt.ArrayLike,
    *,
    runs: int,
    rng: np.random.Generator,
    threads: int | None = None,
    diffusion: Diffusion = "ic",
    posting: npt.ArrayLike | None = None,
    deadline: int | None = None,
) -> Estimate:
    """Simulate as ``estimate_spread`` does, on the same coins, and count nothing but the active.

    Examples
    --------
    >>> chain = InfluenceNetwork.from_arrays([0, 1, 2], [1, 2, 3], 1.0)
    >>> estimate_total(chain, [1], runs=100, rng=np.random.default_rng(1)).mean
    3.0
    """
    if runs < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=runs)
    key = int(rng.integers(2**63))
    plan = Simulation(network, seeds_of(network, seeds, posting), key, diffusion, deadline)
    tools = Toolbox(partial(scratch_for, network, diffusion))
    chunks = pieces_of(network, runs)
    network.row_views.out(diffusion)
    return Estimate.of(np.concatenate(list(in_chunks(partial(_totals, plan, tools), chunks, threads))))


def compare_spread(  # noqa: PLR0913 - as estimate_spread, for two sets
    network: InfluenceNetwork,
    seeds_a: Iterable[int] | npt.ArrayLike,
    seeds_b: Iterable[int] | npt.ArrayLike,
    *,
    runs: int,
    rng: np.random.Generator,
    threads: int | None = None,
    diffusion: Diffusion = "ic",
    posting_a: npt.ArrayLike | None = None,
    posting_b: npt.ArrayLike | None = None,
    deadline: int | None = None,
    progress: OnProgress | None = None,
) -> SpreadComparison:
    """Simulate two sets of seeds on common coins: how much A gains over B, and how often it wins.

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0], [1, 2, 3], 1.0)
    >>> duel = compare_spread(star, [0], [1], runs=100, rng=np.random.default_rng(1))
    >>> duel.gain.mean, duel.wins, duel.draws
    (3.0, 1.0, 0.0)
    """
    key = int(rng.integers(2**63))
    a, b = (
        simulated(
            Simulation(network, seeds_of(network, seeds, posting), key, diffusion, deadline),
            runs,
            threads,
            progress,
        )
        for seeds, posting in ((seeds_a, posting_a), (seeds_b, posting_b))
    )
    gain = a.runs_active.astype(np.int64) - b.runs_active
    gain_exposed = a.runs_exposed.astype(np.int64) - b.runs_exposed
    wins, draws = float(np.mean(gain > 0)), float(np.mean(gain == 0))
    return SpreadComparison(a, b, Estimate.of(gain), Estimate.of(gain_exposed), wins, draws)


def thresholds_of(probability: npt.ArrayLike, shape: tuple[int, ...]) -> UInt64Array:
    """Turn probabilities of posting into 32-bit thresholds.

    Raises
    ------
    BadProbabilityError
        If one lies outside [0, 1], is not a number, or there are not as many as wanted.

    Examples
    --------
    >>> (thresholds_of([0.0, 0.5, 1.0], (3,)) / 2**32).tolist()
    [0.0, 0.5, 1.0]
    """
    values = np.asarray(probability, dtype=np.float64)
    if values.shape != shape:
        raise BadProbabilityError(
            "{given} posting probabilities for {seeds}.", given=values.size, seeds=shape[0]
        )
    wrong = ~((values >= 0) & (values <= 1))
    if wrong.any():
        raise BadProbabilityError(
            "The posting probability {value} does not lie between 0 and 1.", value=float(values[wrong][0])
        )
    return (values * CERTAIN + 0.5).astype(np.uint64)


def seeds_of(
    network: InfluenceNetwork, seeds: Iterable[int] | npt.ArrayLike, posting: npt.ArrayLike | None
) -> Seeds:
    """Check seeds and posting probabilities and give them as kernels want them.

    Examples
    --------
    >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0)
    >>> seeds_of(network, [1], None).nodes.tolist()
    [1]
    """
    nodes = network.checked_nodes(seeds)
    return Seeds(nodes, thresholds_of(np.ones(nodes.size) if posting is None else posting, nodes.shape))


def scratch_for(network: InfluenceNetwork, diffusion: Diffusion) -> Scratch:
    """Make the arrays one thread needs for forward simulation."""
    count = network.node_count
    weighed = count if diffusion == "lt" else 0
    buffer = ROOM + network.row_views.out(diffusion).widest + 2
    return Scratch(
        active=np.zeros(count, np.uint8),
        seen=np.zeros(count, np.uint8),
        queue=np.empty(count + 1, np.int32),
        owner=np.empty(count + 1, np.int32),
        live=np.empty(buffer, np.int32),
        live_owner=np.empty(buffer, np.int32),
        ends=np.empty(2 * WAVE, np.int64),
        weight=np.zeros(weighed, np.uint64),
        weighed=np.zeros(weighed, np.uint8),
        clock=own_cell(np.int32),
        touched=own_cell(np.uint64),
    )


def chunk_size(network: InfluenceNetwork) -> int:
    """Choose how many runs make a chunk, so that each ends soon enough to be stopped.

    Examples
    --------
    >>> chunk_size(InfluenceNetwork.from_arrays([0], [1], 1.0))
    256
    """
    return max(1, min(MOST_RUNS_IN_CHUNK, CHUNK_WORK // (network.tie_count + network.node_count + 1)))


def pieces_of(network: InfluenceNetwork, runs: int) -> list[tuple[int, int]]:
    """Cut runs into (first, count), however quick a run of this network turns out to be.

    Examples
    --------
    >>> pieces_of(InfluenceNetwork.from_arrays([0], [1], 1.0), 300)
    [(0, 256), (256, 44)]
    """
    return growing_spans(runs, chunk_size(network), MOST_RUNS_IN_CHUNK)


def simulated(plan: Simulation, runs: int, threads: int | None, progress: OnProgress | None) -> Spread:
    """Simulate a checked plan."""
    if runs < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=runs)
    tools = Toolbox(partial(scratch_for, plan.network, plan.diffusion))
    plan.network.row_views.out(plan.diffusion)
    tallies = []
    for tally in in_chunks(partial(tally_of, plan, tools), pieces_of(plan.network, runs), threads):
        tallies.append(tally)
        if progress is not None:
            progress(Progress("simulating", sum(t.active.shape[0] for t in tallies) / runs))
    return summed(Tally(*(np.concatenate(parts) for parts in zip(*tallies, strict=True))))


def _totals(plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]) -> Int32Array:
    first, runs = span
    totals = np.empty(runs, np.int32)
    ties = plan.network.row_views.out(plan.diffusion)
    with tools.borrowed() as scratch:
        simulate_totals(
            ties, plan.seeds, np.uint64(plan.key), first, last_step(plan.deadline), scratch, totals
        )
    return totals


def last_step(deadline: int | None) -> int:
    """Last step that counts; without a deadline no step is too late.

    Examples
    --------
    >>> last_step(3), last_step(None) > 10**18
    (3, True)
    """
    return int(np.iinfo(np.int64).max) if deadline is None else deadline


def tally_of(plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]) -> Tally:
    """Simulate a span of runs (first, count) and count what happened in each."""
    first, runs = span
    columns = COLUMNS if plan.deadline is None else min(plan.deadline + 1, COLUMNS)
    shapes = (columns, columns, plan.seeds.nodes.size, plan.seeds.nodes.size)
    tally = Tally(*(np.zeros((runs, width), np.int32) for width in shapes))
    ties = plan.network.row_views.out(plan.diffusion)
    with tools.borrowed() as scratch:
        simulate(ties, plan.seeds, np.uint64(plan.key), first, last_step(plan.deadline), scratch, tally)
    return tally


def summed(tally: Tally) -> Spread:
    """Summarise the counts of all runs."""
    active, exposed = tally.active, tally.exposed
    totals = Estimate.of(active[:, -1])
    grows = (np.diff(active, axis=1) != 0) | (np.diff(exposed, axis=1) != 0)
    steps = int(np.flatnonzero(grows.any(axis=0)).max(initial=-1)) + 2
    active, exposed = active[:, :steps], exposed[:, :steps]
    return Spread(
        totals.mean,
        totals.low,
        totals.high,
        active.shape[0],
        totals.quantiles,
        Estimate.of(exposed[:, -1]),
        Steps(active.mean(axis=0), exposed.mean(axis=0), Bands.of(active), Bands.of(exposed)),
        Branches(
            tally.seed_active.mean(axis=0),
            tally.seed_exposed.mean(axis=0),
            Bands.of(tally.seed_active),
            Bands.of(tally.seed_exposed),
        ),
        np.ascontiguousarray(active[:, -1]),
        np.ascontiguousarray(exposed[:, -1]),
    )
