"""Launches in continuous time: who talks by when, each run under its own draw of what is not known."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.kernels.simulation import Ties
from ambassador.propagation.kernels.timed import (
    Agenda,
    Clock,
    Crowd,
    Starts,
    TimedTally,
    simulate_in_time,
)
from ambassador.propagation.network import InfluenceNetwork, Progress
from ambassador.propagation.network.chunks import OnProgress, Toolbox, in_chunks, own_cell, spans
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws
from ambassador.propagation.simulate.spread import chunk_size

HOURS = 24.0  # of a day
LONGEST = 60  # days simulated where no deadline is given
ENTRIES = 400_000  # most (run, seed, day) entries in one chunk: a few megabytes a tally
# Up to so many (run, day, seed) counts the branches are kept day by day: 160 MB of int32.
MOST_KEPT = 40_000_000


@dataclass(frozen=True, eq=False)
class TimedLaunches:
    """What happened in each run by the end of each day; cumulative.

    Attributes
    ----------
    active, exposed : int32 arrays, shape (runs, days)
        People who talk; unique people of the network who may see it, the talkers included.
    views, outside_sum, outside_most : float64 arrays, shape (runs, days)
        Views of the posts of talkers whose views are known; followers outside the network of all talkers,
        summed (no overlap) and the largest of them (all the same people).
    branch_active, branch_exposed : int32 arrays, shape (runs, seeds)
    branch_views, branch_sum, branch_most : float64 arrays, shape (runs, seeds)
        The same at the end by seed: a person belongs to the seed whose word came first.
    branch_days : int32 array, shape (runs, days, seeds)
        People who talk by seed and day; no days where that would be too much to keep.
    """

    active: Int32Array
    exposed: Int32Array
    views: FloatArray
    outside_sum: FloatArray
    outside_most: FloatArray
    branch_active: Int32Array
    branch_exposed: Int32Array
    branch_views: FloatArray
    branch_sum: FloatArray
    branch_most: FloatArray
    branch_days: Int32Array

    @property
    def days(self) -> int:
        """How many days were simulated."""
        return self.active.shape[1]


class _Plan(NamedTuple):
    network: InfluenceNetwork
    ties: Ties
    crowd: Crowd
    nodes: Int32Array
    draws: LaunchDraws
    days: int
    key: int


def simulate_launches_in_time(  # noqa: PLR0913 - as estimate_spread
    network: InfluenceNetwork,
    seeds: npt.ArrayLike,
    facts: CrowdFacts,
    draws: LaunchDraws,
    *,
    days: int,
    key: int,
    diffusion: Diffusion = "ic",
    threads: int | None = None,
    progress: OnProgress | None = None,
) -> TimedLaunches:
    """Simulate launches in continuous time.

    Parameters
    ----------
    seeds : node numbers, shape (seeds,)
    facts : CrowdFacts
    draws : LaunchDraws
        One row per run.
    days : int
        The deadline; what happens after 24 x days hours is not counted.
    key : int
        63 bits. Run r tosses the same coin for a tie as run r of ``estimate_spread`` with this key, unless
        all ties share one small probability (there ``estimate_spread`` draws gaps).

    Notes
    -----
    A tie is tossed at most once in a run. What is not known about one tie alone can therefore be integrated
    out: a coin whose probability is itself drawn from Beta(a, b) falls as one of probability a / (a + b).
    What ties share (the frailty of the launch, of a branch; the pace) must be drawn once per run, and is.

    Raises
    ------
    UnknownNodeError, BadInputError

    Examples
    --------
    >>> from ambassador.propagation.simulate.launch_facts import lognormal_table
    >>> chain = InfluenceNetwork.from_arrays([0, 1, 2], [1, 2, 3], 1.0)
    >>> a_day = CrowdFacts(lognormal_table(24.0, 0.0)[None, :])
    >>> found = simulate_launches_in_time(chain, [0], a_day, LaunchDraws.certain(2, 1), days=3, key=1)
    >>> found.active.tolist(), found.exposed.tolist()
    ([[1, 2, 3], [1, 2, 3]], [[2, 3, 4], [2, 3, 4]])
    """
    nodes = network.checked_nodes(seeds)
    shape = (draws.runs, nodes.size)
    if draws.runs < 1 or days < 1 or draws.hours.shape != shape or draws.frailty.shape != shape:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=draws.runs)
    ties = network.row_views.tossed(diffusion)
    plan = _Plan(network, ties, facts.crowd(network), nodes, draws, days, key)
    tools = Toolbox(partial(_agenda, network))
    size = max(1, min(chunk_size(network), ENTRIES // max(1, nodes.size * days)))
    parts: list[TimedLaunches] = []
    done = 0
    for part in in_chunks(partial(_simulated, plan, tools), spans(draws.runs, size), threads):
        parts.append(part)
        done += part.active.shape[0]
        if progress is not None:
            progress(Progress("simulating", done / draws.runs))
    return _joined(parts)


def _agenda(network: InfluenceNetwork) -> Agenda:
    """Make one thread's arrays; pages of the events that no run needs are never touched."""
    nodes, events = network.node_count, network.tie_count + network.node_count
    return Agenda(
        when=np.empty(events),
        node=np.empty(events, np.int32),
        owner=np.empty(events, np.int32),
        weight=np.empty(events),
        heap=np.empty(events, np.int64),
        size=np.zeros(2, np.int64),
        active=np.zeros(nodes, np.int32),
        seen=np.zeros(nodes, np.int32),
        heard=np.zeros(nodes),
        heard_in=np.zeros(nodes, np.int32),
        stamp=own_cell(np.int32),
    )


def _simulated(plan: _Plan, tools: Toolbox[Agenda], span: tuple[int, int]) -> TimedLaunches:
    first, runs = span
    rows = slice(first, first + runs)
    starts = Starts(
        plan.nodes, *(part[rows] for part in (plan.draws.hours, plan.draws.frailty, plan.draws.pace))
    )
    shape = (runs, plan.nodes.size, plan.days)
    tally = TimedTally(np.zeros((*shape, 2), np.int32), np.zeros((*shape, 3)))
    clock = Clock(np.uint64(plan.key), first, HOURS * plan.days, HOURS)
    with tools.borrowed() as agenda:
        simulate_in_time(plan.ties, plan.crowd, starts, clock, agenda, tally)
    return _summed(tally, keep_days=plan.draws.runs * plan.nodes.size * plan.days <= MOST_KEPT)


def _summed(tally: TimedTally, *, keep_days: bool) -> TimedLaunches:
    """Add up over seeds and days: everybody exposed belongs to one seed, so the sums count nobody twice."""
    counts, sums = tally.counts, tally.sums
    by_day = counts.sum(axis=1, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    worth = sums[..., :2].sum(axis=1).cumsum(axis=1)
    ends, ends_worth = counts.sum(axis=2, dtype=np.int32), sums[..., :2].sum(axis=2)
    days = counts[..., 0].cumsum(axis=2, dtype=np.int32).transpose(0, 2, 1)
    return TimedLaunches(
        active=by_day[..., 0],
        exposed=by_day[..., 1],
        views=worth[..., 0],
        outside_sum=worth[..., 1],
        outside_most=np.maximum.accumulate(sums[..., 2].max(axis=1, initial=0.0), axis=1),
        branch_active=ends[..., 0],
        branch_exposed=ends[..., 1],
        branch_views=ends_worth[..., 0],
        branch_sum=ends_worth[..., 1],
        branch_most=sums[..., 2].max(axis=2, initial=0.0),
        branch_days=days if keep_days else days[:, :0],
    )


def _joined(parts: list[TimedLaunches]) -> TimedLaunches:
    names = TimedLaunches.__dataclass_fields__
    return TimedLaunches(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))
