"""How far word travels from given seeds: people activated and people exposed, with intervals."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, BadProbabilityError
from ambassador.propagation.chunks import OnProgress, Progress, Toolbox, in_chunks, spans
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
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.wiring import Diffusion

FloatArray = npt.NDArray[np.float64]
Int32Array = npt.NDArray[np.int32]

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
COLUMNS = 64
"""Steps kept apart; what happens later is added to the last one."""
NORMAL_95 = 1.959963984540054
CHUNK_WORK = 2_000_000
MOST_RUNS_IN_CHUNK = 256


@dataclass(frozen=True)
class Bands:
    """Predictive quantiles: between which figures single runs fall.

    Attributes
    ----------
    values : float64 array, shape (7,) or (7, ...)
        Quantiles at 5, 10, 25, 50, 75, 90 and 95%.
    """

    values: FloatArray

    @classmethod
    def of(cls, totals: npt.NDArray[np.number]) -> "Bands":
        """Take quantiles over the first axis (runs)."""
        return cls(np.quantile(totals, LEVELS, axis=0))

    def interval(self, coverage: float) -> tuple[FloatArray, FloatArray]:
        """Give both ends of the 50, 80 or 90% interval.

        Examples
        --------
        >>> low, high = Bands.of(np.arange(101)).interval(0.9)
        >>> float(low), float(high)
        (5.0, 95.0)
        """
        place = {0.5: 2, 0.8: 1, 0.9: 0}[coverage]
        return self.values[place], self.values[len(LEVELS) - 1 - place]

    @property
    def median(self) -> FloatArray:
        """The middle run."""
        return self.values[3]


@dataclass(frozen=True)
class Estimate:
    """A mean over runs, the 95% confidence interval of that mean, and the predictive quantiles."""

    mean: float
    low: float
    high: float
    quantiles: Bands

    @classmethod
    def of(cls, totals: npt.NDArray[np.number]) -> "Estimate":
        """Summarise one total per run."""
        mean = float(totals.mean())
        margin = NORMAL_95 * standard_error(totals)
        return cls(mean, mean - margin, mean + margin, Bands.of(totals))


@dataclass(frozen=True)
class Steps:
    """Cumulative counts by step; step 0 is the launch."""

    active: FloatArray
    """Mean people active by the end of each step, shape (steps,)."""
    exposed: FloatArray
    active_bands: Bands
    exposed_bands: Bands


@dataclass(frozen=True)
class Branches:
    """Counts by seed, in the order of the seeds: a person belongs to the seed whose word came first."""

    active: FloatArray
    """Mean people active in each seed's branch (itself included), shape (seeds,); sums to the mean."""
    exposed: FloatArray
    active_bands: Bands
    exposed_bands: Bands


@dataclass(frozen=True)
class Spread:
    """People activated ("people who talk") and exposed ("people who may see it") in simulated runs.

    Attributes
    ----------
    mean, low, high : float
        Mean number activated, seeds included, and the 95% confidence interval of the mean.
    quantiles : Bands
        Predictive: where single runs fall.
    exposed : Estimate
        Unique people exposed (active, or an out-neighbour of somebody active), from the same runs.
    by_step, by_seed
        The same by step and by seed.
    runs_active, runs_exposed : int32 arrays, shape (runs,)
        Total of each run. Run r of two calls with the same key tosses the same coins.
    """

    mean: float
    low: float
    high: float
    runs: int
    quantiles: Bands
    exposed: Estimate
    by_step: Steps
    by_seed: Branches
    runs_active: Int32Array
    runs_exposed: Int32Array


@dataclass(frozen=True)
class Comparison:
    """Two sets of seeds in the same runs, on the same coins.

    ``wins`` is the share of runs in which A activates more people than B, ``draws`` as many.
    """

    a: Spread
    b: Spread
    gain: Estimate
    gain_exposed: Estimate
    wins: float
    draws: float


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
    chunks = spans(runs, chunk_size(network))
    network.wiring.out(diffusion)
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
) -> Comparison:
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
    return Comparison(a, b, Estimate.of(gain), Estimate.of(gain_exposed), wins, draws)


def standard_error(totals: npt.NDArray[np.number]) -> float:
    """Give the standard error of the mean; 0 for a single run, which says nothing of its own."""
    if totals.size < 2:  # noqa: PLR2004 - a deviation needs two
        return 0.0
    return float(totals.std(ddof=1) / np.sqrt(totals.size))


def thresholds_of(probability: npt.ArrayLike, shape: tuple[int, ...]) -> npt.NDArray[np.uint64]:
    """Turn probabilities of posting into 32-bit thresholds.

    Raises
    ------
    BadProbabilityError
        If one lies outside [0, 1], is not a number, or there are not as many as wanted.
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
    """Check seeds and posting probabilities and give them as kernels want them."""
    nodes = network.checked_nodes(seeds)
    return Seeds(nodes, thresholds_of(np.ones(nodes.size) if posting is None else posting, nodes.shape))


def scratch_for(network: InfluenceNetwork, diffusion: Diffusion) -> Scratch:
    """Make the arrays one thread needs for forward simulation."""
    count = network.node_count
    weighed = count if diffusion == "lt" else 0
    buffer = ROOM + network.wiring.out(diffusion).widest + 2
    return Scratch(
        active=np.zeros(count, np.int32),
        seen=np.zeros(count, np.int32),
        queue=np.empty(count + 1, np.int32),
        owner=np.empty(count + 1, np.int32),
        live=np.empty(buffer, np.int32),
        live_owner=np.empty(buffer, np.int32),
        ends=np.empty(2 * WAVE, np.int64),
        weight=np.zeros(weighed, np.uint64),
        weighed=np.zeros(weighed, np.int32),
        clock=np.zeros(1, np.int32),
    )


def chunk_size(network: InfluenceNetwork) -> int:
    """Choose how many runs make a chunk, so that each ends soon enough to be stopped."""
    return max(1, min(MOST_RUNS_IN_CHUNK, CHUNK_WORK // (network.tie_count + network.node_count + 1)))


def simulated(plan: Simulation, runs: int, threads: int | None, progress: OnProgress | None) -> Spread:
    """Simulate a checked plan."""
    if runs < 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=runs)
    tools = Toolbox(partial(scratch_for, plan.network, plan.diffusion))
    plan.network.wiring.out(plan.diffusion)
    tallies = []
    for tally in in_chunks(partial(tally_of, plan, tools), spans(runs, chunk_size(plan.network)), threads):
        tallies.append(tally)
        if progress is not None:
            progress(Progress("simulating", sum(t.active.shape[0] for t in tallies) / runs))
    return summed(Tally(*(np.concatenate(parts) for parts in zip(*tallies, strict=True))))


def _totals(plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]) -> Int32Array:
    first, runs = span
    totals = np.empty(runs, np.int32)
    ties = plan.network.wiring.out(plan.diffusion)
    with tools.borrowed() as scratch:
        simulate_totals(
            ties, plan.seeds, np.uint64(plan.key), first, last_step(plan.deadline), scratch, totals
        )
    return totals


def last_step(deadline: int | None) -> int:
    """Give the last step that counts; without a deadline no step is too late."""
    return int(np.iinfo(np.int64).max) if deadline is None else deadline


def tally_of(plan: Simulation, tools: Toolbox[Scratch], span: tuple[int, int]) -> Tally:
    """Simulate a span of runs (first, count) and count what happened in each."""
    first, runs = span
    columns = COLUMNS if plan.deadline is None else min(plan.deadline + 1, COLUMNS)
    shapes = (columns, columns, plan.seeds.nodes.size, plan.seeds.nodes.size)
    tally = Tally(*(np.zeros((runs, width), np.int32) for width in shapes))
    ties = plan.network.wiring.out(plan.diffusion)
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
