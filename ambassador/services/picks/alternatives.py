"""What else a pick could be: one demand less, another number of devices, a swap by hand, whom to ask next."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.metrics.expected import sample_totals
from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network.chunks import OnProgress
from ambassador.propagation.network.chunks import Progress as Step
from ambassador.propagation.pick.problem import Scenario
from ambassador.propagation.pick.what_if import Price, price_demands, spread_curve
from ambassador.services.networks.network import LoadedNetwork, reopen_network
from ambassador.services.networks.nodes import cards_of
from ambassador.services.picks.cluster import executor_at_hand
from ambassador.services.picks.pick_answer import person_of_solution
from ambassador.services.picks.pick_by_figures import (
    complaining_part,
    counted_of,
    solve_by_figures,
    variation_of,
)
from ambassador.services.picks.pick_demands import complaining, demands_of, outside, talking, worth_of
from ambassador.services.picks.pick_on_network import PICK_LIMITS
from ambassador.services.picks.pick_problem import PickProblem, problem_from_json
from ambassador.services.picks.pick_record import key_of, note_from_json, picked_to_json
from ambassador.services.picks.pick_solution import DRAWS, PickedNode, mean_only, posting_of, range_of, told
from ambassador.services.picks.preparation import prepare, solve
from ambassador.services.stored_minded import minded_from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import find_accounts
from ambassador.store.people.track_record import past_cascades
from ambassador.store.picks.picks import get_pick
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.minded import minded_notes
from ambassador.values.picks.picks import DemandPrice, DevicePoint, NextBest, PickRequest, SwapEffect, WhatIf

_STEPS = (1, 2, 5)
_BUDGET = mark("the budget")
_MUST = mark("who must be in")
_EXCLUSIVE = mark("pairs that exclude each other")
_DEMANDS = {"budget": _BUDGET, "must": _MUST, "exclusive": _EXCLUSIVE}
_GROUP = mark("the limits for {name}")


def what_if(
    work: UnitOfWork, pick_id: int, counts: Sequence[int] = (), *, progress: Progress = silent
) -> WhatIf:
    """Price each demand of a pick and draw the curve of devices; nothing is recorded."""
    if list(counts) != sorted(set(counts)) or any(count < 1 for count in counts):
        raise BadInputError("numbers of phones must rise from 1 on")
    with work.reading() as session:
        row = get_pick(session, pick_id)
        problem = problem_from_json(row.arguments["problem"])
        kept = row.result.get("standing")
        standing = note_from_json(kept) if kept else None
        minded = minded_from_json(row.result.get("minded"))
        counted = () if minded is None else minded_notes(minded)[:2]
        loaded = None
        if row.network_snapshot_id is not None:
            loaded = reopen_network(session, row.network_snapshot_id, row.arguments["probabilities"])
    if loaded is None:
        return WhatIf(tuple(_by_figures(problem)), (), standing, counted)
    searches = 3 + bool(problem.must) + bool(problem.apart) + len(problem.groups)
    counts = counts or usual_counts(problem.count)
    found = _on_network(loaded, problem, counts, _OneByOne(progress, searches))
    return replace(found, standing=standing, counted=counted)


def usual_counts(count: int) -> tuple[int, ...]:
    """Return numbers of devices worth drawing: 1, 2, 5, 10, ... up to twice those of the pick.

    Examples
    --------
    >>> usual_counts(8)
    (1, 2, 5, 8, 10, 16)
    """
    steps = (one * 10**power for power in range(6) for one in _STEPS)
    return tuple(sorted({count, 2 * count, *(step for step in steps if step < 2 * count)}))


def _on_network(
    loaded: LoadedNetwork, problem: PickProblem, counts: Sequence[int], progress: OnProgress
) -> WhatIf:
    posting = posting_of(problem)
    chances = None if posting.certain else posting.expected(loaded.keys.tolist())
    value, own = worth_of(loaded, problem)
    scenario = Scenario(value, chances, problem.deadline, own)
    pricing, drawing = np.random.SeedSequence(problem.random_key).spawn(5)[3:]
    left_out, already = outside(loaded, problem), loaded.nodes_of(problem.already).tolist()
    with executor_at_hand() as executor:
        prices = price_demands(
            loaded.network,
            problem.count,
            demands_of(loaded, problem),
            rng=np.random.default_rng(pricing),
            runs=min(problem.runs, 2_000),
            certificate=problem.certificate,
            limits=PICK_LIMITS,
            scenario=scenario,
            progress=progress,
            diffusion=problem.diffusion.value,
            already=already,
            outside=left_out,
            executor=executor,
        )
        curve = spread_curve(
            loaded.network,
            counts,
            rng=np.random.default_rng(drawing),
            certificate=problem.certificate,
            limits=PICK_LIMITS,
            scenario=scenario,
            never=left_out.tolist(),
            progress=progress,
            diffusion=problem.diffusion.value,
            already=already,
            executor=executor,
        )
    points = (DevicePoint(one.count, one.spread, one.per_device, one.certificate) for one in curve)
    return WhatIf(tuple(map(_told_price, prices)), tuple(points))


class _OneByOne:
    """Tells of several searches one after the other, so that the bar does not end with the first."""

    def __init__(self, progress: Progress, searches: int) -> None:
        self._progress, self._searches = progress, searches
        self._finished, self._stage = 0, ""
        self._told = told(self._scaled)

    def __call__(self, step: Step, /) -> None:
        """Pass one search's progress on; sampling after simulating is the next search."""
        if step.stage == "sampling" and self._stage == "simulating":
            self._finished += 1
            self._told = told(self._scaled)
        self._stage = step.stage
        self._told(step)

    def _scaled(self, done: int, total: int, stage: str) -> None:
        whole = self._searches * total
        self._progress(min(self._finished * total + done, whole), whole, stage)


def _told_price(price: Price) -> DemandPrice:
    kind, _, name = price.demand.partition(": ")
    gain = price.gain.gain
    text = _GROUP if name else _DEMANDS[kind]
    note = Note(text, {"name": name} if name else {})
    return DemandPrice(note, Range(gain.mean, gain.low, gain.high))


def _by_figures(problem: PickProblem) -> Iterator[DemandPrice]:
    """Solve again without each demand; expected figures add up, so the difference is exact."""
    with_all = solve_by_figures(problem).picks

    def total(picks: Sequence[PickedNode]) -> float:
        keys = [one.key for one in picks]
        return float((counted_of(problem, keys) * posting_of(problem).expected(keys)).sum())

    found = [
        DemandPrice(demand, mean_only(np.array([total(solve_by_figures(fewer).picks) - total(with_all)])))
        for demand, fewer in _without_one(problem, {one.key for one in with_all})
    ]
    yield from sorted(found, key=lambda price: -price.gain.mean)


def _without_one(problem: PickProblem, picked: set[int]) -> Iterator[tuple[Note, PickProblem]]:
    if problem.budget is not None:
        yield Note(_BUDGET), replace(problem, budget=None)
    if problem.must:
        yield Note(_MUST), replace(problem, must=())
    if problem.apart:
        yield Note(_EXCLUSIVE), replace(problem, apart=())
    for place, group in enumerate(problem.groups):
        inside = len(picked.union(problem.already).intersection(group.members))
        if inside > group.at_least and (group.at_most is None or inside < group.at_most):
            continue
        others = (*problem.groups[:place], *problem.groups[place + 1 :])
        yield Note(_GROUP, {"name": group.name}), replace(problem, groups=others)


_RUNS = 2_000


def next_best(work: UnitOfWork, campaign_id: int, count: int = 5, *, progress: Progress = silent) -> NextBest:
    """Rank whom to ask next, given those already in a campaign; nothing is recorded."""
    request = PickRequest(
        count, campaign_id=campaign_id, without_fee=True, key=campaign_id, runs=_RUNS, reserve=0
    )
    prepared = prepare(work, request)
    solution = solve(prepared, progress)
    problem = prepared.problem
    with work.reading() as session:
        cards = cards_of(session, [one.key for one in solution.picks])
        past = past_cascades(session)
        rows = [picked_to_json(one, problem, cards.get(one.key), past) for one in solution.picks]
        people = tuple(person_of_solution(row, cards) for row in rows)
    left_out = len(prepared.left_out)
    return NextBest(campaign_id, people, len(problem.already), prepared.rung, left_out, prepared.standing)


def swap_effect(work: UnitOfWork, pick_id: int, out: str, into: str) -> SwapEffect:
    """Say what changing one picked person for another does, on the same simulated launches."""
    with work.reading() as session:
        row = get_pick(session, pick_id)
        problem = problem_from_json(row.arguments["problem"])
        accounts = find_accounts(session, [out, into])
        leaving, coming = (
            NodeKey.of_account(one.id or 0, one.person_id) for one in (accounts[out], accounts[into])
        )
        before = [key_of(one) for one in row.result["picks"]]
        if leaving not in before or coming in before:
            raise BadInputError("{out} must be picked and {into} must not be", out=out, into=into)
        after = [coming if key == leaving else key for key in before]
        if row.network_snapshot_id is None:
            totals, complaints = _figures(problem, before, after)
        else:
            loaded = reopen_network(session, row.network_snapshot_id, row.arguments["probabilities"])
            if not loaded.contains([coming]).all():
                raise BadInputError("{handle} was not in the network of this pick: pick again", handle=into)
            totals, complaints = _launches(loaded, problem, before, after)
    return SwapEffect(
        out,
        into,
        float(totals[0].mean()),
        float(totals[1].mean()),
        range_of(totals[1] - totals[0]),
        *(float(one.mean()) for one in complaints),
    )


_Pair = tuple[FloatArray, FloatArray]


def _launches(
    loaded: LoadedNetwork, problem: PickProblem, before: list[int], after: list[int]
) -> tuple[_Pair, tuple[()] | _Pair]:
    """Play both choices on the same coins: who talks, and who complains where that is minded."""
    everybody = list(dict.fromkeys((*problem.already, *before, *after)))
    rng = np.random.default_rng(problem.random_key)
    key = int(rng.integers(2**63))
    posting = posting_of(problem)
    drawn = posting.sampled(everybody, min(DRAWS, problem.runs), rng)
    plans = [
        (keys, drawn[:, [everybody.index(one) for one in keys]])
        for keys in ([*problem.already, *before], [*problem.already, *after])
    ]
    first, second = (talking(loaded, problem, keys, postings, key) for keys, postings in plans)
    if problem.minded is None:
        return (first, second), ()
    one, other = (complaining(loaded, problem, keys, postings, key) for keys, postings in plans)
    return (first, second), (one, other)


def _figures(problem: PickProblem, before: list[int], after: list[int]) -> tuple[_Pair, tuple[()] | _Pair]:
    everybody = list(dict.fromkeys((*before, *after)))
    values = np.array([problem.values.get(key, 0.0) for key in everybody])
    rng = np.random.default_rng(problem.random_key)
    drawn = posting_of(problem).sampled(everybody, min(DRAWS, problem.runs), rng)
    varying = variation_of(problem, everybody)
    totals = sample_totals(values, drawn, varying, runs=problem.runs, rng=rng)
    places = [[everybody.index(key) for key in keys] for keys in (before, after)]
    first, second = (totals[:, place].sum(axis=1) for place in places)
    if problem.minded is None:
        return (first, second), ()
    complain = totals * complaining_part(problem, everybody)
    one, other = (complain[:, place].sum(axis=1) for place in places)
    return (first, second), (one, other)
