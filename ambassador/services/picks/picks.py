"""Pick ambassadors: from what is known to a list of people, recorded so that it can be read and redone."""

from dataclasses import replace

from sqlmodel import Session

from ambassador import __version__
from ambassador.services.networks.network import keep_network
from ambassador.services.picks.pick_answer import answer_of
from ambassador.services.picks.pick_asked import asked_to_json, target_to_json
from ambassador.services.picks.pick_problem import problem_to_json
from ambassador.services.picks.pick_record import (
    left_out_to_json,
    note_to_json,
    rung_to_json,
    solution_to_json,
)
from ambassador.services.picks.pick_solution import PickSolution
from ambassador.services.picks.preparation import Prepared, prepare, solve
from ambassador.services.work import UnitOfWork
from ambassador.store.picks.picks import add_pick, get_pick
from ambassador.store.tables.records import Pick
from ambassador.values.imports.imports import Progress, silent
from ambassador.values.picks.picks import Objective, PickAnswer, PickRequest


def pick_ambassadors(work: UnitOfWork, request: PickRequest, *, progress: Progress = silent) -> PickAnswer:
    """Choose whom to give a device to, and record the choice with all it depends on."""
    prepared = prepare(work, request)
    solution = solve(prepared, progress)
    with work.writing() as session:
        row = add_pick(session, _record(session, work, prepared, solution))
        return answer_of(session, row)


def open_pick(work: UnitOfWork, pick_id: int) -> PickAnswer:
    """Read a recorded choice, with today's names."""
    with work.reading() as session:
        return answer_of(session, get_pick(session, pick_id))


def _record(session: Session, work: UnitOfWork, prepared: Prepared, solution: PickSolution) -> Pick:
    problem, loaded = prepared.problem, prepared.loaded
    by_results = problem.objective is Objective.TALKERS
    rung = prepared.rung if loaded or by_results else replace(prepared.rung, word_of_mouth=False)
    snapshot = keep_network(session, loaded, work) if loaded else None
    return Pick(
        campaign_id=prepared.request.campaign_id,
        network_snapshot_id=snapshot.id if snapshot else None,
        parameter_set_id=loaded.parameter_set_id if loaded else None,
        rung=rung.number,
        arguments={
            "problem": problem_to_json(problem),
            "probabilities": loaded.rule if loaded else "",
            "asked_probabilities": str(prepared.request.probabilities),
            "target": target_to_json(prepared.target),
            "asked": asked_to_json(prepared.request, prepared.named),
        },
        random_key=str(problem.random_key),
        code_version=__version__,
        result={
            **solution_to_json(session, problem, solution, rung),
            **left_out_to_json(prepared.left_out, session),
            "rung": rung_to_json(rung),
            "standing": None if prepared.standing is None else note_to_json(prepared.standing),
            "notes": [note_to_json(note) for note in (*prepared.notes, *solution.notes)],
        },
        actor=work.actor,
        created_at=work.now(),
    )
