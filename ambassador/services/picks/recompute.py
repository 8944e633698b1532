"""A recorded pick computed again: whether the same comes out, and what has changed since."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ambassador import __version__
from ambassador.errors import AmbassadorError
from ambassador.i18n import mark
from ambassador.services.networks.network import LoadedNetwork, reopen_network
from ambassador.services.networks.nodes import cards_of
from ambassador.services.picks.pick_answer import answer_of, handle_of
from ambassador.services.picks.pick_by_figures import solve_by_figures
from ambassador.services.picks.pick_on_network import solve_on_network
from ambassador.services.picks.pick_problem import PickProblem, problem_from_json
from ambassador.services.picks.pick_record import key_of
from ambassador.services.picks.pick_solution import PickSolution
from ambassador.services.picks.preparation import prepare
from ambassador.services.stored_json import range_to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.picks.picks import get_pick
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.picks.picks import PickOutcome, PickRequest, RecomputedPick

_TIME = "time"
_DATA = {
    mark("who can be picked"): ("candidates",),
    mark("who must be in, who is in already, quotas and pairs"): ("must", "already", "groups", "apart"),
    mark("fees and costs"): ("fees", "budget", "on_top", "on_top_of", "assumed_fee"),
    mark("followers"): ("followers",),
    mark("past results"): ("values", "variation", "scatter", "beside", "doubt"),
    mark("who really posts"): ("habit", "history", "by_hand"),
    mark("who is in the audience"): ("target",),
    mark("what labels say of complaints"): ("minded",),
}


def recompute_pick(work: UnitOfWork, pick_id: int, progress: Progress = silent) -> PickSolution:
    """Solve a recorded pick again from its own network, arguments and random key."""
    problem, loaded = _recorded(work, pick_id)
    return solve_by_figures(problem) if loaded is None else solve_on_network(loaded, problem, progress)


def compare_recomputed(work: UnitOfWork, pick_id: int, *, progress: Progress = silent) -> RecomputedPick:
    """Solve a recorded pick again, and say whether the same came out and what has changed since."""
    solution = recompute_pick(work, pick_id, progress)
    problem, loaded = _recorded(work, pick_id)
    with work.reading() as session:
        row = get_pick(session, pick_id)
        answer, kept, version = answer_of(session, row), row.result, row.code_version
        cards = cards_of(session, [one.key for one in solution.picks])
        handles = tuple(handle_of(cards.get(one.key)) for one in solution.picks)
    before, now = answer.spread or answer.expected, solution.spread or solution.expected
    same = _as_text(_stored(kept)) == _as_text(_computed(solution))
    return RecomputedPick(
        pick_id,
        same=same,
        before=PickOutcome(
            tuple(one.handle for one in answer.picks),
            before.mean if before else None,
            answer.certificate,
            version,
        ),
        now=PickOutcome(handles, now.mean if now else None, solution.certificate, __version__),
        changed=(
            *_version_changed(version),
            *(() if same else _out_of_time(kept["stopped_because"], solution.stopped_because)),
            *_changed_since(work, answer.asked, problem, loaded),
        ),
    )


def _recorded(work: UnitOfWork, pick_id: int) -> tuple[PickProblem, LoadedNetwork | None]:
    with work.reading() as session:
        row = get_pick(session, pick_id)
        problem = problem_from_json(row.arguments["problem"])
        if row.network_snapshot_id is None:
            return problem, None
        return problem, reopen_network(session, row.network_snapshot_id, row.arguments["probabilities"])


def _computed(solution: PickSolution) -> dict[str, Any]:
    """Take from a solution what a stored one must repeat to the last digit."""
    gain = solution.gain
    return {
        "picks": [[one.key, one.marginal_spread, one.expected] for one in solution.picks],
        "reserve": [one.key for one in solution.reserve],
        "spread": range_to_json(solution.spread),
        "expected": range_to_json(solution.expected),
        "certificate": solution.certificate,
        "curve": solution.curve,
        "gain": None if gain is None else [gain.biggest_spread, range_to_json(gain.difference)],
        "complainers": range_to_json(solution.minded.complainers) if solution.minded else None,
    }


def _stored(kept: Mapping[str, Any]) -> dict[str, Any]:
    gain = kept["gain"]
    return {
        "picks": [[key_of(one), one["marginal_spread"], one["expected"]] for one in kept["picks"]],
        "reserve": [key_of(one) for one in kept["reserve"]],
        "spread": kept["spread"],
        "expected": kept["expected"],
        "certificate": kept["certificate"],
        "curve": kept["curve"],
        "gain": None if gain is None else [gain["biggest_first"], gain["difference"]],
        "complainers": (kept.get("minded") or {"complainers": None})["complainers"],
    }


def _as_text(figures: Mapping[str, Any]) -> str:
    return json.dumps(figures, sort_keys=True)


def _version_changed(version: str) -> Iterator[Note]:
    if version != __version__:
        text = mark("The pick was made by version {then}; this is version {now}.")
        yield Note(text, {"then": version, "now": __version__})


def _out_of_time(*reasons: str) -> Iterator[Note]:
    if _TIME in reasons:
        yield Note(mark("A time limit ended the search, which stops it elsewhere each time."))


def _changed_since(
    work: UnitOfWork, asked: PickRequest | None, problem: PickProblem, loaded: LoadedNetwork | None
) -> tuple[Note, ...]:
    """Say how the same request would meet another network or other data today."""
    if asked is None:
        return (Note(mark("What was asked was not kept yet: data of then and today are not compared.")),)
    same = replace(
        asked,
        key=problem.random_key,
        certificate=problem.certificate,
        runs=problem.runs,
        reserve=problem.reserve,
    )
    try:
        today = prepare(work, same)
    except AmbassadorError as error:
        return (
            Note(mark("Today it could not be made: {reason}"), {"reason": Note(error.message, error.values)}),
        )
    return (*_network_changed(loaded, today.loaded), *_data_changed(problem, today.problem))


def _network_changed(then: LoadedNetwork | None, now: LoadedNetwork | None) -> Iterator[Note]:
    if then is None and now is None:
        return
    if then is None or now is None:
        yield Note(
            mark("Then it was made without ties, today ties lead.")
            if then is None
            else mark("Then ties led, today it would be made without them.")
        )
        return
    if then.rule != now.rule:
        text = mark("Probabilities were {then}; today they are {now}.")
        yield Note(text, {"then": then.rule, "now": now.rule})
    if not _same_network(then, now):
        text = mark("The network has changed: {then} ties then, {now} today.")
        yield Note(text, {"then": then.network.tie_count, "now": now.network.tie_count})


def _same_network(then: LoadedNetwork, now: LoadedNetwork) -> bool:
    one, other = then.network, now.network
    given = [np.empty(0) if it.given is None else np.asarray(it.given) for it in (one, other)]
    pairs = (
        (then.keys, now.keys),
        (one.out_sources, other.out_sources),
        (one.out_targets, other.out_targets),
        (given[0], given[1]),
    )
    return all(np.array_equal(left, right) for left, right in pairs)


def _data_changed(then: PickProblem, now: PickProblem) -> Iterator[Note]:
    changed = [
        Note(what)
        for what, names in _DATA.items()
        if any(getattr(then, name) != getattr(now, name) for name in names)
    ]
    if changed:
        listed = changed[-1]
        for one in reversed(changed[:-1]):
            listed = Note(mark("{one}; {others}"), {"one": one, "others": listed})
        yield Note(mark("Other data today: {what}."), {"what": listed})
