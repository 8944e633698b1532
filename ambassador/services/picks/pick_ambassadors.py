"""Pick ambassadors: from what is known to a list of people, recorded so that it can be read and redone."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from ambassador import __version__
from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.calibration.leading import leading_results, ties_note
from ambassador.services.networks.network import LoadedNetwork, keep_network, read_known_ties
from ambassador.services.networks.rung import rung_of
from ambassador.services.picks.pick_answer import answer_of
from ambassador.services.picks.pick_asked import asked_to_json
from ambassador.services.picks.pick_by_figures import solve_by_figures
from ambassador.services.picks.pick_on_network import solve_on_network
from ambassador.services.picks.pick_problem import problem_to_json
from ambassador.services.picks.pick_record import (
    left_out_to_json,
    note_to_json,
    rung_to_json,
    solution_to_json,
)
from ambassador.services.picks.pick_request import refuse_unusable
from ambassador.services.picks.pick_solution import PickSolution
from ambassador.services.picks.result_values import valued
from ambassador.services.picks.shortlist import Shortlist, make_shortlist, resolve
from ambassador.services.picks.target import find_target, target_to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.picks.picks import add_pick, get_pick, list_picks
from ambassador.store.picks.shortlists import account_keys
from ambassador.store.tables.records import Pick
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.networks.network import RuleKind, Rung
from ambassador.values.picks.audience import TargetFound
from ambassador.values.picks.picks import Objective, PickAnswer, PickRequest

_KEY_BITS = 63


@dataclass(frozen=True)
class Prepared:
    """Everything read before the long computation, which holds no transaction."""

    request: PickRequest
    named: Mapping[str, int]
    """Node keys of the people the request names, by the text that names them."""
    rung: Rung
    shortlist: Shortlist
    loaded: LoadedNetwork | None
    target: TargetFound | None = None
    standing: Note | None = None
    """What leads and why, to be said before any certificate."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to tell about how it was computed."""
        return (*(self.loaded.notes if self.loaded else ()), *self.shortlist.notes)


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


def latest_pick(work: UnitOfWork, campaign_id: int | None = None) -> PickAnswer | None:
    """Read the newest choice, of one campaign or of all; None if there is none."""
    with work.reading() as session:
        rows = list_picks(session, campaign_id, limit=1)
        return answer_of(session, rows[0]) if rows else None


def prepare(work: UnitOfWork, request: PickRequest) -> Prepared:
    """Read everything a pick needs."""
    refuse_unusable(request)
    key = secrets.randbits(_KEY_BITS) if request.key is None else request.key
    with work.reading() as session:
        rung = rung_of(count_evidence(session))
        asked = resolve(session, request)
        if _by_network(rung, request):
            wanted = replace(request, objective=Objective.TALKERS)
            results = leading_results(session, work) if _may_go_by_results(request) else None
            if results is not None:
                listed = make_shortlist(session, wanted, asked, key, results.starters)
                return Prepared(wanted, asked.keys, rung, valued(listed, results), None, None, results.note)
            standing = ties_note(session)
            ties = read_known_ties(session, request.probabilities, key)
            shortlist = make_shortlist(session, wanted, asked, key, ties.network().keys.tolist())
            problem = shortlist.problem
            extra = (*(problem.candidates or ()), *problem.must, *problem.already)
            loaded = ties.network(extra)
            if not request.audience:
                return Prepared(wanted, asked.keys, rung, shortlist, loaded, None, standing)
            inside, found = find_target(session, request.audience, loaded.keys.tolist())
            aimed = replace(shortlist, problem=replace(problem, target=inside))
            return Prepared(wanted, asked.keys, rung, aimed, loaded, found, standing)
        if request.audience:
            raise BadInputError(
                "an audience needs word of mouth: without ties it is not known who is reached"
            )
        if request.days is not None:
            raise BadInputError(
                "a deadline needs word of mouth: without ties only the picked people's posts count"
            )
        wanted = replace(request, objective=request.objective or Objective.INTERACTIONS)
        shortlist = make_shortlist(session, wanted, asked, key, account_keys(session))
        return Prepared(wanted, asked.keys, rung, shortlist, None)


def solve(prepared: Prepared, progress: Progress = silent) -> PickSolution:
    """Compute the choice."""
    if prepared.loaded is None:
        progress(0, 1, mark("Choosing the best people"))
        return solve_by_figures(prepared.shortlist.problem)
    return solve_on_network(prepared.loaded, prepared.shortlist.problem, progress)


def _by_network(rung: Rung, request: PickRequest) -> bool:
    if request.objective is Objective.TALKERS and not rung.word_of_mouth:
        raise BadInputError("no ties are known: import ties or mentions, or pick by interactions or views")
    return rung.word_of_mouth and request.objective in {None, Objective.TALKERS}


def _may_go_by_results(request: PickRequest) -> bool:
    """Say whether nothing was asked that ties alone can answer: a rule for them, an audience, a deadline."""
    return request.probabilities.kind is RuleKind.AUTO and not request.audience and request.days is None


def _record(session: Session, work: UnitOfWork, prepared: Prepared, solution: PickSolution) -> Pick:
    problem, loaded = prepared.shortlist.problem, prepared.loaded
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
            **left_out_to_json(prepared.shortlist.left_out, session),
            "rung": rung_to_json(rung),
            "standing": None if prepared.standing is None else note_to_json(prepared.standing),
            "notes": [note_to_json(note) for note in (*prepared.notes, *solution.notes)],
        },
        actor=work.actor,
        created_at=work.now(),
    )
