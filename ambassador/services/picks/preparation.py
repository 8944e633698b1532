"""What a pick needs, read in one go before the long computation, which holds no transaction."""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.calibration.leading import LeadingLaw, leading_law, ties_note
from ambassador.services.networks.network import MEASURED, LoadedNetwork, read_known_ties
from ambassador.services.networks.rung import rung_of
from ambassador.services.picks.audience_tone import minded_in, refuse_weight
from ambassador.services.picks.pick_by_figures import solve_by_figures
from ambassador.services.picks.pick_on_network import solve_on_network
from ambassador.services.picks.pick_problem import Beside, PickProblem
from ambassador.services.picks.pick_solution import PickSolution
from ambassador.services.picks.shortlist import Excluded, Shortlist
from ambassador.services.strangers.beside_ties import BesideTies
from ambassador.services.work import UnitOfWork
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.picks.shortlists import account_keys, platforms_by_node, traits_by_person
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.networks.network import RuleKind, Rung
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.picks.audience import TargetAudience, TargetFound
from ambassador.values.picks.picks import Objective, PickRequest

_KEY_BITS = 63
_DIGITS = 3  # of a value: rounded so that every machine keeps the same problem
_NOTHING = (None, None, ())
_AUDIENCE = mark(
    "Built on ties alone: you asked for an audience, and of people no file names nobody knows whether they "
    "belong to it. What earlier posts brought is not counted."
)
_RULE = mark(
    "Built on ties alone, as likely as you said ({rule}): read it as a scenario. What earlier posts brought "
    "is not counted."
)
_MEASURED = mark(
    "Built on ties, as you asked ({rule}), and on strangers beside them, whatever leads on your own past."
)
_WITHIN = mark(
    "Of those whom earlier posts brought, {share}% had come within {days} days: only so many are counted."
)


@dataclass(frozen=True)
class Prepared:
    """Everything read before the long computation, which holds no transaction."""

    request: PickRequest
    named: Mapping[str, int]
    """Node keys of the people the request names, by the text that names them."""
    rung: Rung
    problem: PickProblem
    left_out: tuple[Excluded, ...]
    told: tuple[Note, ...]
    loaded: LoadedNetwork | None
    target: TargetFound | None = None
    standing: Note | None = None
    """What leads and why, to be said before any certificate."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What to tell about how it was computed."""
        return (*(self.loaded.notes if self.loaded else ()), *self.told)


def prepare(work: UnitOfWork, request: PickRequest) -> Prepared:
    """Read everything a pick needs."""
    _refuse_unusable(request)
    key = secrets.randbits(_KEY_BITS) if request.key is None else request.key
    with work.reading() as session:
        rung = rung_of(count_evidence(session))
        shortlist = Shortlist(session, request)
        if not _by_network(rung, request):
            return _without_ties(session, request, rung, shortlist, key)
        wanted = replace(request, objective=Objective.TALKERS)
        leads, standing, told = _law(session, work, request)
        minded = None
        if request.mind_complaints:
            minded, said = minded_in(session, request.mind_complaints)
            told = (*told, said)
        if leads is not None and leads.ties_weight == 0:
            problem = _valued(shortlist.problem(wanted, key, leads.starters), leads, request.days)
            problem = replace(problem, minded=minded)
            return _prepared(wanted, rung, shortlist, problem, standing=standing, told=told)
        ties, beside = read_known_ties(session, request.probabilities, key), None
        if leads is not None:
            ties, beside = leads.beside_of(ties)
        known = [*ties.network().keys.tolist(), *(leads.starters if leads and beside else ())]
        problem = shortlist.problem(wanted, key, list(dict.fromkeys(known)))
        if leads is not None and beside is not None:
            problem = _beside(_valued(problem, leads, request.days), leads, beside, request.days)
        problem = replace(problem, minded=minded)
        extra = (*(problem.candidates or ()), *problem.must, *problem.already)
        loaded, found = ties.network(extra), None
        if request.audience:
            inside, found = find_target(session, request.audience, loaded.keys.tolist())
            problem = replace(problem, target=inside)
        return _prepared(wanted, rung, shortlist, problem, loaded, found, standing, told)


def _law(
    session: Session, work: UnitOfWork, request: PickRequest
) -> tuple[LeadingLaw | None, Note, tuple[Note, ...]]:
    """Return the law that leads, the sentence that says which it is, and what else to tell.

    None where what was asked for can be answered by ties alone; the sentence says so.
    """
    asked = request.probabilities.kind
    if request.audience:
        return None, Note(_AUDIENCE), (ties_note(session),)
    if asked not in {RuleKind.AUTO, *MEASURED}:
        return None, Note(_RULE, {"rule": str(request.probabilities)}), (ties_note(session),)
    leads = leading_law(session, work)
    if leads is None:
        return None, ties_note(session), ()
    share = round(100 * leads.history.share_within(request.days)) if request.days else 0
    told = (Note(_WITHIN, {"days": request.days, "share": share}),) if request.days else ()
    if asked is RuleKind.AUTO:
        return leads, leads.note, told
    by_ties = replace(leads, ties_weight=1.0)
    return by_ties, Note(_MEASURED, {"rule": str(request.probabilities)}), (ties_note(session), *told)


def _without_ties(
    session: Session, request: PickRequest, rung: Rung, shortlist: Shortlist, key: int
) -> Prepared:
    if request.audience:
        raise BadInputError("an audience needs word of mouth: without ties it is not known who is reached")
    if request.mind_complaints:
        raise BadInputError(
            "minding complaints needs people who talk: pick by people who talk, or let complaints count 0"
        )
    if request.days is not None:
        raise BadInputError(
            "a deadline needs word of mouth: without ties only the picked people's posts count"
        )
    wanted = replace(request, objective=request.objective or Objective.INTERACTIONS)
    return _prepared(wanted, rung, shortlist, shortlist.problem(wanted, key, account_keys(session)))


def _prepared(
    request: PickRequest,
    rung: Rung,
    shortlist: Shortlist,
    problem: PickProblem,
    loaded: LoadedNetwork | None = None,
    target: TargetFound | None = None,
    standing: Note | None = None,
    told: tuple[Note, ...] = (),
) -> Prepared:
    return Prepared(
        request,
        shortlist.named,
        rung,
        problem,
        shortlist.left_out,
        (*told, *shortlist.notes),
        loaded,
        target,
        standing,
    )


def _by_network(rung: Rung, request: PickRequest) -> bool:
    if request.objective is Objective.TALKERS and not rung.word_of_mouth:
        raise BadInputError("no ties are known: import ties or mentions, or pick by interactions or views")
    return rung.word_of_mouth and request.objective in {None, Objective.TALKERS}


def solve(prepared: Prepared, progress: Progress = silent) -> PickSolution:
    """Compute the choice."""
    if prepared.loaded is None:
        progress(0, 1, mark("Choosing the best people"))
        return solve_by_figures(prepared.problem)
    return solve_on_network(prepared.loaded, prepared.problem, progress)


def _valued(problem: PickProblem, leads: LeadingLaw, days: int | None) -> PickProblem:
    """Give candidates and those in already the people their next post is expected to make talk by then."""
    keys = _everybody(problem)
    whole, variations = leads.moments(keys)
    share = _share(leads, days)
    means = 1.0 + (whole - 1.0) * share
    variations = variations * (whole * share / means) ** 2
    values = dict(zip(keys, means.round(_DIGITS).tolist(), strict=True))
    scatter = dict(zip(keys, variations.round(_DIGITS + 1).tolist(), strict=True))
    return replace(problem, values=values, scatter=scatter)


def _everybody(problem: PickProblem) -> list[int]:
    return list(dict.fromkeys((*(problem.candidates or ()), *problem.must, *problem.already)))


def _share(leads: LeadingLaw, days: int | None) -> float:
    """Tell which share of whom posts bring counts: those who came so soon in the past."""
    return 1.0 if days is None else leads.history.share_within(days)


def _beside(problem: PickProblem, leads: LeadingLaw, law: BesideTies, days: int | None) -> PickProblem:
    """Add what strangers bring beside ties, and how much past results count against ties."""
    keys, share = _everybody(problem), _share(leads, days)
    own, scatter = law.moments(np.array(keys, np.int64))
    mean, variance = law.joiner
    beside = Beside(
        dict(zip(keys, (own * share).round(_DIGITS).tolist(), strict=True)),
        dict(zip(keys, scatter.round(_DIGITS + 1).tolist(), strict=True)),
        (round(mean * share, _DIGITS + 1), round(variance * share**2, _DIGITS + 1)),
        round(1.0 - leads.ties_weight, _DIGITS),
    )
    return replace(problem, beside=beside, doubt=leads.doubt)


def find_target(
    session: Session, asked: TargetAudience, keys: Sequence[int]
) -> tuple[tuple[int, ...], TargetFound]:
    """Return the nodes that are in, and how many are not known; those count as outside."""
    traits, platforms = traits_by_person(session), platforms_by_node(session)
    inside, unknown = [], 0
    for key in keys:
        person_id = NodeKey.owner(key).person_id
        city, language, topics = _NOTHING if person_id is None else traits.get(person_id, _NOTHING)
        known = {
            "cities": [city] if city else [],
            "languages": [language] if language else [],
            "platforms": platforms.get(key, ()),
            "topics": topics,
        }
        wanted = {name: names for name, names in asdict(asked).items() if names}
        if all(_meet(names, known[name]) for name, names in wanted.items()):
            inside.append(key)
        elif any(not known[name] for name in wanted):
            unknown += 1
    if not inside:
        raise BadInputError(
            "nobody in the network is known to be in this audience ({audience}); of {unknown} it is unknown",
            audience=str(asked),
            unknown=unknown,
        )
    return tuple(inside), TargetFound(asked, len(inside), unknown, len(keys))


def _meet(wanted: Iterable[str], known: Iterable[str]) -> bool:
    return not {name.casefold() for name in wanted}.isdisjoint(name.casefold() for name in known)


def _refuse_unusable(request: PickRequest) -> None:
    """Raise BadInputError where a number of a request is none, negative or too large."""
    if not (request.count >= 1 and float(request.count).is_integer()):
        raise BadInputError("{count} people cannot be picked: ask for at least one", count=request.count)
    if not 0 <= request.certificate <= 1:
        raise BadInputError(
            "The certificate {wanted} does not lie between 0 and 1.", wanted=request.certificate
        )
    if not (request.reserve >= 0 and float(request.reserve).is_integer()):
        raise BadInputError(
            "A reserve of {reserve} people: write a whole number, 0 or more.", reserve=request.reserve
        )
    if request.budget is not None and request.budget.minor < 0:
        raise BadInputError("the budget {value!r} is no amount", value=str(request.budget.amount))
    _refuse_costs(request)
    refuse_weight(request.mind_complaints)
    if not request.runs >= 1:
        raise BadInputError("{runs} runs; at least 1 is needed.", runs=request.runs)
    for days in (request.days, request.hours_per_step):
        if days is not None and not days >= 1:
            raise BadInputError("{days} is no deadline: write days and hours from 1 on", days=days)


def _refuse_costs(request: PickRequest) -> None:
    currency = request.budget.currency if request.budget else request.costs.currency
    for amount in request.costs:
        if amount.minor < 0:
            raise BadInputError("a cost of {amount} for each person is no amount", amount=amount.amount)
        if amount.currency != currency:
            raise BadInputError(
                "costs in {currency} and {other} cannot be added up: write all in one currency",
                currency=currency,
                other=amount.currency,
            )
