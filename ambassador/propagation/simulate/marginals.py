"""What each pick adds to those before it, simulated on coins the choice never saw."""

from dataclasses import dataclass, field
from functools import partial

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array, UInt64Array
from ambassador.propagation.kernels.adjacency import CERTAIN
from ambassador.propagation.kernels.simulation import Scratch, Seeds, simulate_in_turn, simulate_prefixes
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress, Toolbox, in_chunks, spans, thread_count
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.spread import chunk_size, scratch_for
from ambassador.propagation.simulate.spread_values import NORMAL_95, standard_error

FEWEST_RUNS = 32  # from which a standard error can be told (to an eighth: 1 / sqrt(2 x 32))
MOST_RUNS = 10_000  # a plain bound of the time gains may take
RELATIVE_ERROR = 0.002  # standard error of the spread that is aimed at, as a share of it


@dataclass(frozen=True)
class Picked:
    """Who is in, in order, and under which scenario; empty arrays where a rule is not in force."""

    network: InfluenceNetwork
    already: Int32Array
    nodes: Int32Array
    posting: UInt64Array
    value: FloatArray
    deadline: int | None
    diffusion: Diffusion
    own: FloatArray = field(default_factory=lambda: np.empty(0))

    @property
    def seeds(self) -> Seeds:
        """Those already in, then the picks."""
        everybody = np.concatenate([self.already, self.nodes])
        certain = np.full(everybody.size, int(CERTAIN), np.uint64)
        return Seeds(everybody, self.posting[everybody] if self.posting.size else certain)


@dataclass(frozen=True)
class Marginals:
    """Mean gain of each pick, the interval of their sum, and what those already in reach alone."""

    mean: FloatArray
    low: float
    high: float
    already: float
    runs: int


def marginals_of(
    picked: Picked, key: int, work: int, threads: int | None = None, progress: OnProgress | None = None
) -> Marginals:
    """Simulate until the spread's standard error is 0.2%, or the simulations cost as much as ``work``.

    Parameters
    ----------
    work : int
        Ties and nodes that may be touched, roughly; at least 32 runs are made in any case.
    """
    gains = _gains(picked, key, 0, FEWEST_RUNS, threads)
    totals = gains.sum(axis=1)
    error = standard_error(totals) * np.sqrt(FEWEST_RUNS)
    wanted = (error / (RELATIVE_ERROR * max(float(totals.mean()), 1e-12))) ** 2
    per_run = _cost_of_run(picked, float(totals.mean()))
    more = int(min(wanted, work / per_run, MOST_RUNS)) - FEWEST_RUNS
    if more >= FEWEST_RUNS:
        if progress is not None:
            progress(Progress("simulating", 0.0))
        gains = np.concatenate([gains, _gains(picked, key, FEWEST_RUNS, more, threads, progress)])
    added = gains[:, picked.already.size :]
    sums = added.sum(axis=1)
    margin = NORMAL_95 * standard_error(sums)
    mean = float(sums.mean())
    before = float(gains[:, : picked.already.size].sum(axis=1).mean())
    return Marginals(added.mean(axis=0), mean - margin, mean + margin, before, gains.shape[0])


def is_cheap(picked: Picked, spread: float, work: int) -> bool:
    """Whether the fewest runs for a spread of about that size cost no more than ``work``."""
    return FEWEST_RUNS * _cost_of_run(picked, spread) <= work


def _cost_of_run(picked: Picked, spread: float) -> float:
    network = picked.network
    cost = (spread + 1) * (1 + network.tie_count / max(1, network.node_count))
    return cost if picked.deadline is None else cost * (picked.nodes.size + 1)


def counted_marginals(hits: Int64Array, sets: int, total: float) -> Marginals:
    """Read the gains off validating sets, ``hits`` of which each pick is the first to reach.

    These sets are coins the choice never saw either; ``runs`` is 0, and nobody may be in already.

    Examples
    --------
    >>> gains = counted_marginals(np.array([40, 10]), sets=100, total=1000.0)
    >>> gains.mean.tolist(), round(gains.low), round(gains.high)
    ([400.0, 100.0], 402, 598)
    """
    share = float(hits.sum()) / sets
    margin = NORMAL_95 * total * np.sqrt(share * (1 - share) / sets)
    spread = share * total
    gains = (hits * (total / sets)).astype(np.float64)
    return Marginals(gains, spread - margin, spread + margin, 0.0, 0)


def _gains(
    picked: Picked, key: int, first: int, runs: int, threads: int | None, progress: OnProgress | None = None
) -> FloatArray:
    tools = Toolbox(partial(scratch_for, picked.network, picked.diffusion))
    picked.network.row_views.out(picked.diffusion)
    size = min(chunk_size(picked.network), -(-runs // thread_count(threads)))
    chunks = [(first + start, count) for start, count in spans(runs, size)]
    parts = []
    for part in in_chunks(partial(_chunk, picked, picked.seeds, tools, key), chunks, threads):
        parts.append(part)
        if progress is not None:
            progress(Progress("simulating", len(parts) / len(chunks)))
    return np.concatenate(parts)


def _chunk(
    picked: Picked, seeds: Seeds, tools: Toolbox[Scratch], key: int, chunk: tuple[int, int]
) -> FloatArray:
    first, runs = chunk
    gained = np.empty((runs, seeds.nodes.size))
    ties = picked.network.row_views.out(picked.diffusion)
    with tools.borrowed() as scratch:
        if picked.deadline is None:
            simulate_in_turn(ties, seeds, np.uint64(key), first, picked.value, scratch, gained)
        else:
            simulate_prefixes(
                ties, seeds, np.uint64(key), first, picked.value, picked.deadline, scratch, gained
            )
    if picked.own.size:
        gained += picked.own[seeds.nodes] * (seeds.posting / CERTAIN)
    return gained
