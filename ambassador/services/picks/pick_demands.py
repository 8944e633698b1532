"""A pick on a network: its demands by node number, whom it counts, its simulated launches."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.pick.complaints import Minding, share_heard
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.simulate.answers import simulate_shares
from ambassador.propagation.simulate.launches import Launches, simulate_launches
from ambassador.propagation.simulate.valued_spread import simulate_values
from ambassador.services.networks.network import LoadedNetwork
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.values.picks.quotas import Quota


def demands_of(loaded: LoadedNetwork, problem: PickProblem) -> Constraints:
    """Return what a pick must respect, save for who is no candidate.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> problem = PickProblem(1, Objective.TALKERS, (2, 4), 7, budget=9, fees={2: 5, 4: 6}, must=(4,))
    >>> demands = demands_of(loaded, problem)
    >>> demands.costs.tolist(), demands.must.tolist()
    ([5.0, 6.0, nan, nan], [1])
    """
    pairs = (loaded.nodes_of(pair).tolist() for pair in problem.apart)
    return Constraints(
        costs=_costs(loaded, problem),
        budget=problem.budget,
        groups=_groups(loaded, problem),
        must=loaded.nodes_of(problem.must),
        exclusive=[(one, other) for one, other in pairs],
        amount=problem.amount,
    )


def value_of(loaded: LoadedNetwork, problem: PickProblem) -> FloatArray | None:
    """Return 1 for whom the pick wants to reach and 0 for others; None where everybody counts.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> value_of(loaded, PickProblem(1, Objective.TALKERS, None, 7, target=(6, 8))).tolist()
    [0.0, 0.0, 1.0, 1.0]
    """
    if problem.target is not None:
        return np.isin(loaded.keys, np.array(problem.target, np.int64)).astype(np.float64)
    beside = problem.beside
    if beside is None or (beside.joiner[0] == 0 and beside.results_weight == 0):
        return None
    return np.full(loaded.keys.size, (1.0 - beside.results_weight) * (1.0 + beside.joiner[0]))


def own_of(loaded: LoadedNetwork, problem: PickProblem) -> FloatArray | None:
    """Return what the own post of each brings beside ties; None where nothing is known of that.

    Whoever starts answers nobody: what somebody who joins would bring is not counted twice.

    Examples
    --------
    >>> from ambassador.services.picks.pick_problem import Beside
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> loaded = LoadedNetwork(InfluenceNetwork.from_arrays([0], [1], 1.0, 2, labels=[2, 4]), "", ())
    >>> beside = Beside({2: 5.0}, {2: 1.0}, (0.5, 1.0), results_weight=0.5)
    >>> own_of(loaded, PickProblem(1, Objective.TALKERS, None, 7, values={4: 9.0}, beside=beside)).tolist()
    [2.25, 4.5]
    """
    beside = problem.beside
    if beside is None or problem.target is not None:
        return None
    keys = loaded.keys.tolist()
    own = np.array([beside.own.get(key, 0.0) for key in keys]) - beside.joiner[0]
    known = np.array([problem.values.get(key, 0.0) for key in keys])
    return (1.0 - beside.results_weight) * np.maximum(own, 0.0) + beside.results_weight * known


def minding_of(loaded: LoadedNetwork, problem: PickProblem) -> Minding | None:
    """Return how complaints count over the nodes of a network; None where they do not.

    Examples
    --------
    >>> from ambassador.services.picks.pick_problem import Minded
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> loaded = LoadedNetwork(InfluenceNetwork.from_arrays([0], [1], 1.0, 2, labels=[2, 4]), "", ())
    >>> problem = PickProblem(1, Objective.TALKERS, None, 7, minded=Minded(1.0, 0.1, {2: 0.3}))
    >>> minding_of(loaded, problem).heard.tolist()
    [0.0, 0.3]
    """
    if problem.minded is None:
        return None
    share = problem.minded.share_of(loaded.keys.tolist())
    return Minding(problem.minded.weight, share, share_heard(loaded.network, share))


def worth_of(loaded: LoadedNetwork, problem: PickProblem) -> tuple[FloatArray | None, FloatArray | None]:
    """Return what people and their own posts are worth in choosing: as they count, complaints against them.

    Examples
    --------
    Whoever starts answers nobody, and counts whole.

    >>> from ambassador.services.picks.pick_problem import Minded
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> loaded = LoadedNetwork(InfluenceNetwork.from_arrays([0], [1], 1.0, 2, labels=[2, 4]), "", ())
    >>> problem = PickProblem(1, Objective.TALKERS, None, 7, minded=Minded(1.0, 0.1, {2: 0.25}))
    >>> [one.tolist() for one in worth_of(loaded, problem)]
    [[1.0, 0.75], [0.0, 0.25]]
    """
    value, own = value_of(loaded, problem), own_of(loaded, problem)
    minding = minding_of(loaded, problem)
    if minding is None:
        return value, own
    nobody = np.zeros(loaded.keys.size)
    beside = problem.beside
    if beside is None or problem.target is not None:
        counted = np.ones(loaded.keys.size) if value is None else value
        return counted * minding.of_joining(0.0), counted * minding.of_starting(nobody, 0.0)
    keys, along = loaded.keys.tolist(), 1.0 - beside.results_weight
    brought = np.array([beside.own.get(key, 0.0) for key in keys])
    known = np.array([problem.values.get(key, 0.0) for key in keys])
    starting = along * minding.of_starting(brought, beside.joiner[0])
    starting += beside.results_weight * minding.of_figures(known)
    return along * minding.of_joining(beside.joiner[0]), starting


def outside(loaded: LoadedNetwork, problem: PickProblem) -> Int32Array:
    """Return the nodes that are no candidates.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> outside(loaded, PickProblem(1, Objective.TALKERS, (2, 4), 7)).tolist()
    [2, 3]
    """
    if problem.candidates is None:
        return np.empty(0, np.int32)
    inside = np.isin(loaded.keys, np.array(problem.candidates, np.int64))
    inside[loaded.nodes_of(problem.must)] = True
    return np.flatnonzero(~inside).astype(np.int32)


def _costs(loaded: LoadedNetwork, problem: PickProblem) -> FloatArray | None:
    if problem.budget is None:
        return None
    known = (problem.cost_of(key) for key in loaded.keys.tolist())
    return np.array([np.nan if cost is None else cost for cost in known], np.float64)


def _groups(loaded: LoadedNetwork, problem: PickProblem) -> list[Quota]:
    return [replace(one, members=loaded.nodes_of(one.members).tolist()) for one in problem.groups]


def demands_without_ties(problem: PickProblem, keys: Sequence[int]) -> tuple[Constraints, list[int]]:
    """Return the demands over some people alone, numbered as they stand; who is in already comes last.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> problem = PickProblem(1, Objective.VIEWS, (2, 4), 7, already=(8,), must=(4,))
    >>> demands, already = demands_without_ties(problem, (2, 4))
    >>> demands.must, already
    ([1], [2])
    """
    place = {key: number for number, key in enumerate(dict.fromkeys((*keys, *problem.already)))}
    known = np.array([problem.cost_of(key) or 0 for key in place], np.float64)
    constraints = Constraints(
        costs=None if problem.budget is None else known,
        budget=problem.budget,
        groups=[
            replace(one, members=[place[key] for key in one.members if key in place])
            for one in problem.groups
        ],
        must=[place[key] for key in problem.must],
        exclusive=[(place[one], place[other]) for one, other in problem.apart if {one, other} <= set(place)],
        amount=problem.amount,
    )
    return constraints, [place[key] for key in problem.already]


def talking(
    loaded: LoadedNetwork,
    problem: PickProblem,
    keys: Sequence[int],
    postings: FloatArray,
    key: int,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Count who talks in each launch of some people; launches of one key share their coins.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> problem = PickProblem(1, Objective.TALKERS, None, 7, runs=2)
    >>> talking(loaded, problem, [2, 4], np.ones((1, 2)), key=3).tolist()
    [4.0, 4.0]
    """
    value, nodes = value_of(loaded, problem), loaded.nodes_of(keys)
    if value is not None and problem.beside is None:
        return simulate_values(
            loaded.network,
            nodes,
            postings,
            value,
            runs=problem.runs,
            key=key,
            diffusion=problem.diffusion.value,
            deadline=problem.deadline,
            progress=progress,
        )
    found = simulate_launches(
        loaded.network,
        nodes,
        postings,
        runs=problem.runs,
        key=key,
        diffusion=problem.diffusion.value,
        deadline=problem.deadline,
        progress=progress,
    )
    active = found.spread.runs_active.astype(np.float64)
    return active if problem.beside is None else _weighed(problem, keys, found, active, key)


def complaining(
    loaded: LoadedNetwork,
    problem: PickProblem,
    keys: Sequence[int],
    postings: FloatArray,
    key: int,
    progress: OnProgress | None = None,
) -> FloatArray:
    """Expect how many of those who talk complain, in each of the launches of ``talking`` with this key.

    Each answers the person whose word made them talk; strangers answer whom they came for. Where only an
    audience counts, everybody the people reach is in it or out as in ``talking``, at the share of all.

    Examples
    --------
    >>> from ambassador.services.picks.pick_problem import Minded
    >>> from ambassador.values.picks.picks import Objective
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> star = InfluenceNetwork.from_arrays([0, 0, 1], [2, 3, 3], 1.0, 4, labels=[2, 4, 6, 8])
    >>> loaded = LoadedNetwork(star, "constant:1", ())
    >>> problem = PickProblem(1, Objective.TALKERS, None, 7, runs=2, minded=Minded(1.0, 0.1, {2: 0.25}))
    >>> complaining(loaded, problem, [2], np.ones((1, 1)), key=3).tolist()
    [0.5, 0.5]
    """
    minding = minding_of(loaded, problem)
    if minding is None:
        return np.zeros(problem.runs)
    nodes = loaded.nodes_of(keys)
    how: dict[str, Any] = {"runs": problem.runs, "key": key, "diffusion": problem.diffusion.value}
    if problem.target is not None:
        within = np.isin(loaded.keys, np.array(problem.target, np.int64)) * minding.heard
        joined = simulate_values(
            loaded.network, nodes, postings, within, deadline=problem.deadline, progress=progress, **how
        )
        started = simulate_values(loaded.network, nodes, postings, within, deadline=0, **how)
        return joined - started
    told = simulate_shares(
        loaded.network, nodes, postings, minding.share, deadline=problem.deadline, progress=progress, **how
    )
    if problem.beside is None:
        return told[:, 0]
    found = simulate_launches(loaded.network, nodes, postings, deadline=problem.deadline, **how)
    joined = found.spread.runs_active.astype(np.float64)
    own = problem.minded.share_of(keys) if problem.minded else np.zeros(len(keys))
    return _weighed(problem, keys, found, joined, key, Complaining(told, own))


class Complaining(NamedTuple):
    """Complaints along ties, run by run, and the share of complaints among answers to each starter."""

    along: FloatArray
    """Shape (runs, 2): of those who joined, by whom they answered; and of whoever answers them."""
    starters: FloatArray


def _weighed(
    problem: PickProblem,
    keys: Sequence[int],
    found: Launches,
    active: FloatArray,
    key: int,
    complaining: "Complaining | None" = None,
) -> FloatArray:
    """Lay strangers over launches along ties, and let past results count by their weight, launch by launch.

    Every person and every launch has numbers of their own: two choices meet the same luck. With
    ``complaining`` only those who complain are counted, in the same launches.
    """
    beside = problem.beside
    if beside is None:
        return active
    posted = found.branches > 0
    runs, started, results = active.size, np.zeros(active.size), np.zeros(active.size)
    for place, one in enumerate(keys):
        luck = np.random.default_rng([key, 1, one]).standard_normal(runs)
        own, known = beside.own.get(one, 0.0), problem.values.get(one, 0.0)
        if complaining is not None:
            share = float(complaining.starters[place])
            own, known = own * share, max(known - 1.0, 0.0) * share
        started += posted[:, place] * own * _lognormal(luck, beside.scatter.get(one, 0.0))
        results += posted[:, place] * known * _lognormal(luck, problem.scatter.get(one, 0.0))
    rng = np.random.default_rng([key, 2])
    joined, (mean, variance) = active - posted.sum(axis=1), beside.joiner
    late = _lognormal(rng.standard_normal(runs), variance / max(mean, 1e-9) ** 2 / np.maximum(joined, 1.0))
    if complaining is not None:
        active, joined = complaining.along[:, 0], complaining.along[:, 1]
    total = active + started + mean * joined * late
    total = np.where(rng.random(runs) < beside.results_weight, results, total)
    return np.asarray(total * _lognormal(rng.standard_normal(runs), np.expm1(problem.doubt**2)))


def _lognormal(luck: FloatArray, variation: float | FloatArray) -> FloatArray:
    """Turn standard normal numbers into log-normal ones of mean 1 and that squared variation."""
    width = np.log1p(variation)
    return np.asarray(np.exp(np.sqrt(width) * luck - width / 2))
