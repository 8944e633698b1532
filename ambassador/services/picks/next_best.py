"""Who to ask next given those already in, and what a swap by hand does to a pick."""

import numpy as np
from numpy.typing import NDArray

from ambassador.errors import BadInputError
from ambassador.metrics.expected import sample_totals
from ambassador.services.networks.network import LoadedNetwork, reopen_network
from ambassador.services.networks.nodes import cards_of
from ambassador.services.picks.pick_ambassadors import prepare, solve
from ambassador.services.picks.pick_answer import person_of_solution
from ambassador.services.picks.pick_by_figures import variation_of
from ambassador.services.picks.pick_launches import talking
from ambassador.services.picks.pick_problem import PickProblem, problem_from_json
from ambassador.services.picks.pick_record import chosen_to_json, key_of
from ambassador.services.picks.pick_solution import DRAWS, posting_of, range_of
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import find_accounts
from ambassador.store.people.track_record import past_cascades
from ambassador.store.picks.picks import get_pick
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.picks import NextBest, PickRequest, SwapEffect

FloatArray = NDArray[np.float64]
_RUNS = 2_000


def next_best(work: UnitOfWork, campaign_id: int, count: int = 5, *, progress: Progress = silent) -> NextBest:
    """Rank whom to ask next, given those already in a campaign; nothing is recorded."""
    request = PickRequest(
        count, campaign_id=campaign_id, without_fee=True, key=campaign_id, runs=_RUNS, reserve=0
    )
    prepared = prepare(work, request)
    solution = solve(prepared, progress)
    problem = prepared.shortlist.problem
    with work.reading() as session:
        cards = cards_of(session, [one.key for one in solution.picks])
        past = past_cascades(session)
        rows = [chosen_to_json(one, problem, cards.get(one.key), past) for one in solution.picks]
        people = tuple(person_of_solution(row, cards) for row in rows)
    left_out = len(prepared.shortlist.left_out)
    return NextBest(campaign_id, people, len(problem.already), prepared.rung, left_out)


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
            totals = _figures(problem, before, after)
        else:
            loaded = reopen_network(session, row.network_snapshot_id, row.arguments["probabilities"])
            if not loaded.contains([coming]).all():
                raise BadInputError("{handle} was not in the network of this pick: pick again", handle=into)
            totals = _launches(loaded, problem, before, after)
    return SwapEffect(
        out, into, float(totals[0].mean()), float(totals[1].mean()), range_of(totals[1] - totals[0])
    )


def _launches(
    loaded: LoadedNetwork, problem: PickProblem, before: list[int], after: list[int]
) -> tuple[FloatArray, FloatArray]:
    everybody = list(dict.fromkeys((*problem.already, *before, *after)))
    rng = np.random.default_rng(problem.random_key)
    key = int(rng.integers(2**63))
    posting = posting_of(problem)
    drawn = posting.sampled(everybody, min(DRAWS, problem.runs), rng)
    first, second = (
        talking(loaded, problem, keys, drawn[:, [everybody.index(one) for one in keys]], key)
        for keys in ([*problem.already, *before], [*problem.already, *after])
    )
    return first, second


def _figures(problem: PickProblem, before: list[int], after: list[int]) -> tuple[FloatArray, FloatArray]:
    everybody = list(dict.fromkeys((*before, *after)))
    values = np.array([problem.values.get(key, 0.0) for key in everybody])
    rng = np.random.default_rng(problem.random_key)
    drawn = posting_of(problem).sampled(everybody, min(DRAWS, problem.runs), rng)
    varying = variation_of(problem, everybody)
    totals = sample_totals(values, drawn, varying, runs=problem.runs, rng=rng)
    first, second = (
        totals[:, [everybody.index(key) for key in keys]].sum(axis=1) for keys in (before, after)
    )
    return first, second
