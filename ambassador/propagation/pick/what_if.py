"""What another number of devices, another person or one demand less would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.kernels.adjacency import CERTAIN
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.problem import Limits, Scenario, seed_problem
from ambassador.propagation.pick.sampling import Executor
from ambassador.propagation.pick.search import Search
from ambassador.propagation.pick.selection import pick_seeds
from ambassador.propagation.simulate.spread import Simulation, compare_spread, seeds_of
from ambassador.propagation.simulate.spread_values import Estimate, SpreadComparison
from ambassador.propagation.simulate.valued_spread import simulated_worth
from ambassador.values.picks.quotas import Quota

USUAL_LIMITS = Limits()
EVERYBODY = Scenario()


@dataclass(frozen=True)
class SpreadPoint:
    """The first ``count`` picks: their spread, what the last one added, and the guarantee.

    Attributes
    ----------
    count : int
    spread : float
        By validating sets, which the choice never saw.
    per_device : float
        What each device added since the point before.
    certificate : float
        Share of the best that many people could reach; with 1 - delta for all points together.
    """

    count: int
    spread: float
    per_device: float
    certificate: float


def spread_curve(  # noqa: PLR0913 - as pick_seeds
    network: InfluenceNetwork,
    counts: Sequence[int],
    *,
    rng: np.random.Generator,
    certificate: float = 0.9,
    limits: Limits = USUAL_LIMITS,
    scenario: Scenario = EVERYBODY,
    never: Sequence[int] = (),
    threads: int | None = None,
    progress: OnProgress | None = None,
    diffusion: Diffusion = "ic",
    already: Iterable[int] = (),
    executor: Executor | None = None,
) -> list[SpreadPoint]:
    """Measure how far word travels with each number of devices, and so where the next one stops paying.

    One pick of the largest number is made; every smaller one is its beginning.

    Parameters
    ----------
    counts : rising positive numbers of devices

    Examples
    --------
    >>> stars = InfluenceNetwork.from_arrays([0, 0, 0, 4], [1, 2, 3, 5], 1.0)
    >>> curve = spread_curve(stars, [1, 2], rng=np.random.default_rng(1))
    >>> [round(point.spread) for point in curve]
    [4, 6]
    """
    numbers = list(counts)
    if not numbers or numbers[0] < 1 or sorted(set(numbers)) != numbers:
        raise BadInputError("Numbers of devices must rise from 1 on.")
    problem = seed_problem(
        network,
        numbers[-1],
        certificate=certificate,
        limits=limits,
        constraints=Constraints(never=never),
        scenario=scenario,
        threads=threads,
        progress=progress,
        diffusion=diffusion,
        already=already,
        executor=executor,
    )
    if not problem.can_gain:
        return [SpreadPoint(number, 0.0, 0.0, 1.0) for number in numbers]
    keys = rng.integers(2**63, size=2)
    search = Search(problem, int(keys[0]), int(keys[1]))
    search.run()
    points, before, count_before = [], 0.0, 0
    for number, (spread, lower, upper) in zip(numbers, search.prefixes(numbers), strict=True):
        share = min(1.0, lower / upper) if upper > 0 else 1.0
        points.append(SpreadPoint(number, spread, (spread - before) / (number - count_before), share))
        before, count_before = spread, number
    return points


def swap_effect(
    network: InfluenceNetwork,
    nodes: Sequence[int],
    leaves: int,
    enters: int,
    *,
    runs: int,
    rng: np.random.Generator,
    threads: int | None = None,
    diffusion: Diffusion = "ic",
) -> SpreadComparison:
    """Compare the pick after a swap by hand (A) with the pick before it (B), on common coins.

    Raises
    ------
    BadInputError
        If ``leaves`` is not among the picked.

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0], [1, 2, 3], 1.0)
    >>> swap_effect(star, [0], 0, 1, runs=10, rng=np.random.default_rng(1)).gain.mean
    -3.0
    """
    before = [int(node) for node in nodes]
    if leaves not in before:
        raise BadInputError("Node {node} is not among the picked.", node=leaves)
    after = [enters if node == leaves else node for node in before]
    return compare_spread(network, after, before, runs=runs, rng=rng, threads=threads, diffusion=diffusion)


@dataclass(frozen=True)
class Price:
    """What one demand costs: the pick without it (A) against the pick with all (B), in people."""

    demand: str
    gain: SpreadComparison


def price_demands(  # noqa: PLR0913 - as pick_seeds
    network: InfluenceNetwork,
    count: int,
    constraints: Constraints,
    *,
    rng: np.random.Generator,
    runs: int = 1_000,
    certificate: float = 0.9,
    limits: Limits = USUAL_LIMITS,
    scenario: Scenario = EVERYBODY,
    threads: int | None = None,
    progress: OnProgress | None = None,
    diffusion: Diffusion = "ic",
    already: Iterable[int] = (),
    outside: Sequence[int] | npt.NDArray[np.integer] = (),
    executor: Executor | None = None,
) -> list[Price]:
    """Leave out one demand at a time and say how many more people would talk, the dearest first.

    Parameters
    ----------
    outside : node numbers
        Who cannot be picked whatever is left out, e.g. because they are no candidates.

    Returns
    -------
    list of Price
        ``demand`` is 'budget', 'must', 'never', 'exclusive' or 'group: <name>'; a group whose limits
        the pick does not touch costs nothing and is not there.

    Examples
    --------
    >>> star = InfluenceNetwork.from_arrays([0, 0, 0], [1, 2, 3], 1.0)
    >>> found = price_demands(star, 1, Constraints(must=[1]), rng=np.random.default_rng(1))
    >>> [(price.demand, price.gain.gain.mean) for price in found]
    [('must', 3.0)]
    """
    key = int(rng.integers(2**63))
    before = [int(node) for node in already]
    posting = None if scenario.posting is None else np.asarray(scenario.posting)
    value, own = (
        None if one is None else np.asarray(one, np.float64) for one in (scenario.value, scenario.own)
    )
    if value is None and own is not None:
        value = np.ones(network.node_count)
    coins = int(np.random.default_rng(key + 1).integers(2**63))

    def picked(demands: Constraints) -> list[int]:
        fresh = np.random.default_rng(key)
        found = pick_seeds(
            network,
            count,
            rng=fresh,
            certificate=certificate,
            limits=limits,
            constraints=replace(demands, never=np.union1d(demands.never, outside).astype(np.int64)),
            scenario=scenario,
            threads=threads,
            progress=progress,
            diffusion=diffusion,
            already=before,
            executor=executor,
        )
        return [*before, *(int(node) for node in found.nodes)]

    with_all = picked(constraints)
    prices = []
    for demand, fewer in _without_one(constraints, set(with_all)):
        without = picked(fewer)
        chances = [None if posting is None else posting[nodes] for nodes in (without, with_all)]
        gain = compare_spread(
            network,
            without,
            with_all,
            runs=runs,
            rng=np.random.default_rng(key + 1),
            threads=threads,
            diffusion=diffusion,
            posting_a=chances[0],
            posting_b=chances[1],
            deadline=scenario.deadline,
            progress=progress,
        )
        if value is not None:
            plans = [
                Simulation(network, seeds_of(network, nodes, chance), coins, diffusion, scenario.deadline)
                for nodes, chance in zip((without, with_all), chances, strict=True)
            ]
            gain = _valued(gain, plans, value, own, runs, threads)
        prices.append(Price(demand, gain))
    return sorted(prices, key=lambda price: -price.gain.gain.mean)


def _valued(
    counted: SpreadComparison,
    plans: Sequence[Simulation],
    value: FloatArray,
    own: FloatArray | None,
    runs: int,
    threads: int | None,
) -> SpreadComparison:
    """Weigh a comparison by the value of people, on the coins it was counted on; own posts as expected."""
    with_less, with_all = (
        simulated_worth(plan, value, runs, threads)
        + (0.0 if own is None else float((own[plan.seeds.nodes] * (plan.seeds.posting / CERTAIN)).sum()))
        for plan in plans
    )
    gain = with_less - with_all
    wins, draws = float(np.mean(gain > 0)), float(np.mean(gain == 0))
    return replace(counted, gain=Estimate.of(gain), wins=wins, draws=draws)


def _without_one(constraints: Constraints, picked: set[int]) -> list[tuple[str, Constraints]]:
    """Leave out each demand in turn, save for groups whose limits the pick does not touch."""
    found = []
    if constraints.budget is not None:
        found.append(("budget", replace(constraints, budget=None)))
    if len(constraints.must):
        found.append(("must", replace(constraints, must=())))
    if len(constraints.never):
        found.append(("never", replace(constraints, never=())))
    if len(constraints.exclusive):
        found.append(("exclusive", replace(constraints, exclusive=())))
    for place, group in enumerate(constraints.groups):
        if not _touched(group, picked):
            continue
        others = [*constraints.groups[:place], *constraints.groups[place + 1 :]]
        found.append((f"group: {group.name}", replace(constraints, groups=others)))
    return found


def _touched(group: Quota, picked: set[int]) -> bool:
    inside = len(picked.intersection(int(node) for node in group.members))
    return inside <= group.at_least > 0 or (group.at_most is not None and inside >= group.at_most)
