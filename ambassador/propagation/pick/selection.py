"""Pick the people from whom word travels farthest, with a certificate of how good the pick is."""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.feasibility import cheapest_feasible, refuse_unmet
from ambassador.propagation.pick.problem import Limits, Scenario, SeedProblem, seed_problem
from ambassador.propagation.pick.sampling import Executor
from ambassador.propagation.pick.search import Round, Search, Stopped
from ambassador.propagation.simulate.marginals import Picked, is_cheap, marginals_of

__all__ = ["Limits", "Scenario", "SeedSet", "Stopped", "biggest_first", "pick_seeds"]


# As many next-best as a table shows at a glance.
RESERVE = 10
# Ties and nodes a simulation may touch at least, so that small picks are simulated anyway.
LEAST_WORK = 200_000


@dataclass(frozen=True)
class SeedSet:
    """Who was picked and what is known about the pick.

    Attributes
    ----------
    nodes : int32 array, shape (picked,)
        In the order of picking; those who must be in come first.
    marginal_spread : float64 array, shape (picked,)
        What each adds to those before, on fresh coins; sums to ``spread``.
    spread, low, high : float
        People (or value) the pick adds to those already in, simulated on fresh coins in ``runs``
        runs, and the 95% confidence interval of that mean. Where that would cost more than the pick
        itself, ``runs`` is 0 and both are read off the validating sets, which the choice never saw.
    certificate : float
        The pick reaches at least this share of the best feasible pick, with probability
        1 - ``delta``, under this model.
    lower, upper : float
        The two bounds whose ratio the certificate is.
    rr_sets : int
        Reverse-reachable sets sampled, for choosing and for validating together.
    stopped_because : {"certificate", "time", "memory", "rounds", "no longer improves", "nothing to gain"}
    reserve : int32 array
        Next best, in order, given the pick.
    reserve_spread : float64 array
        What each of the reserve would add, by the choosing sets.
    already_spread : float
        What those already in reach by themselves, in the same runs.
    """

    nodes: Int32Array
    marginal_spread: FloatArray
    spread: float
    certificate: float
    rr_sets: int
    stopped_because: Stopped
    low: float
    high: float
    runs: int
    lower: float
    upper: float
    delta: float
    reserve: Int32Array
    reserve_spread: FloatArray
    already_spread: float
    seconds: float


def pick_seeds(  # noqa: PLR0913 - the interface others call
    network: InfluenceNetwork,
    count: int,
    *,
    rng: np.random.Generator,
    certificate: float = 0.9,
    limits: Limits = Limits(),  # noqa: B008 - frozen
    constraints: Constraints = Constraints(),  # noqa: B008 - frozen
    scenario: Scenario = Scenario(),  # noqa: B008 - frozen
    threads: int | None = None,
    progress: OnProgress | None = None,
    diffusion: Diffusion = "ic",
    already: Iterable[int] = (),
    reserve: int = RESERVE,
    executor: Executor | None = None,
) -> SeedSet:
    """Pick at most ``count`` people so that word travels as far as it can.

    Reverse-reachable sets are doubled until the certificate is reached or a limit stops it. The same
    ``rng`` gives the same pick on any number of threads, unless the time limit stops it.

    Parameters
    ----------
    certificate : float
        Wanted guarantee, e.g. 0.9: at least 90% of what the best feasible pick would reach.
    already : node numbers
        People who are in anyway; the pick and its certificate are about what is added to them.
    reserve : int
        How many next-best people to name.
    executor : Executor, optional
        Several machines to sample and select on (see ``cluster.executor``); this one unless said. The
        answer is the same.
    progress : callable, optional
        Called between chunks; raise ``CancelledError`` in it to stop.

    Raises
    ------
    InfeasibleError
        If the demands contradict each other; the message says which.
    UnknownNodeError, BadProbabilityError, BadInputError

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0, 4], [1, 2, 3, 5], 1.0)
    >>> pick = pick_seeds(star, 2, rng=np.random.default_rng(1))
    >>> pick.nodes.tolist(), pick.marginal_spread.tolist(), pick.stopped_because
    ([0, 4], [4.0, 2.0], 'certificate')
    """
    problem = seed_problem(
        network,
        count,
        certificate=certificate,
        limits=limits,
        constraints=constraints,
        scenario=scenario,
        threads=threads,
        progress=progress,
        diffusion=diffusion,
        already=already,
        reserve=reserve,
        executor=executor,
    )
    keys = [int(key) for key in rng.integers(2**63, size=3)]
    if not problem.can_gain:
        final = replace(Round.empty(), nodes=cheapest_feasible(problem.demands))
        refuse_unmet(problem.demands, final.nodes)
        return _answer(problem, final, "nothing to gain", keys[2])
    search = Search(problem, keys[0], keys[1])
    final, reason = search.run()
    refuse_unmet(problem.demands, final.nodes)
    return _answer(problem, final, reason, keys[2], search)


def biggest_first(network: InfluenceNetwork, count: int, *, never: Iterable[int] = ()) -> Int32Array:
    """Nodes with most out-ties: what people do who only look at followers.

    Examples
    --------
    >>> biggest_first(InfluenceNetwork.from_arrays([0, 2, 2], [1, 0, 1], 1.0), 2).tolist()
    [2, 0]
    """
    degrees = np.diff(network.out_offsets)
    degrees[network.checked_nodes(never)] = -1
    order = np.lexsort((np.arange(degrees.size), -degrees))
    return order[degrees[order] >= 0][:count].astype(np.int32)


def _answer(
    problem: SeedProblem, final: Round, reason: Stopped, key: int, search: Search | None = None
) -> SeedSet:
    picked = Picked(
        problem.network,
        problem.demands.already,
        final.nodes,
        problem.posting,
        problem.value,
        problem.scenario.deadline,
        problem.diffusion,
        problem.own,
    )
    work = max(final.entries, LEAST_WORK)
    if search is None or problem.demands.already.size or is_cheap(picked, final.lower, work):
        marginals = marginals_of(picked, key, work, problem.threads, problem.progress)
    else:
        marginals = search.counted(final)
    return SeedSet(
        nodes=final.nodes,
        marginal_spread=marginals.mean,
        spread=float(marginals.mean.sum()),
        certificate=final.certificate,
        rr_sets=final.rr_sets,
        stopped_because=reason,
        low=marginals.low,
        high=marginals.high,
        runs=marginals.runs,
        lower=final.lower,
        upper=final.upper,
        delta=problem.limits.delta,
        reserve=final.reserve,
        reserve_spread=final.reserve_spread,
        already_spread=marginals.already,
        seconds=time.monotonic() - problem.started,
    )
