"""Forecast how far word will travel, by when and how sure: recorded, read again, computed again."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

import numpy as np
from sqlmodel import Session

from ambassador import __version__
from ambassador.errors import BadInputError
from ambassador.services.calibration.leading import LeadingLaw, leading_law, ties_note
from ambassador.services.forecasts.assumptions import forecast_notes, free_after, timing_of
from ambassador.services.forecasts.complaints_ahead import complaints_ahead
from ambassador.services.forecasts.forecast_from_past import past_laws
from ambassador.services.forecasts.forecast_problem import (
    ForecastProblem,
    ForecastSeed,
    KeptStrangers,
    problem_from_json,
    problem_to_json,
)
from ambassador.services.forecasts.forecast_solution import forecast_result
from ambassador.services.forecasts.moments_ahead import moments_of
from ambassador.services.networks.crowd import read_crowd
from ambassador.services.networks.network import LoadedNetwork, keep_network, read_known_ties, reopen_network
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.networks.rung import rung_of
from ambassador.services.networks.seed_figures import figures_of, interaction_variation
from ambassador.services.picks.pick_answer import handle_of
from ambassador.services.picks.pick_record import key_of
from ambassador.services.picks.posting import learn_posting
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.strangers.beside_ties import BesideTies
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.forecasts.forecasts import add_forecast, get_forecast
from ambassador.store.people.people import find_accounts
from ambassador.store.people.track_record import last_talkers, past_posts
from ambassador.store.picks.picks import get_pick
from ambassador.store.picks.shortlists import status_by_node
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Forecast
from ambassador.values.forecasts.forecasts import (
    ForecastPerson,
    ForecastRequest,
    ForecastResult,
    ForecastView,
)
from ambassador.values.imports.imports import Note, Progress, silent
from ambassador.values.networks.network import Rung
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import AmbassadorStatus

_KEY_BITS = 63
_MARKET_RUNG = 5
_HOTTEST = 3.0
_COVERED = 0.8
"""From this share of the followers on, the ties are taken for the audience itself."""
TAKING_PART = (AmbassadorStatus.ACCEPTED, AmbassadorStatus.DONE)


@dataclass(frozen=True)
class _Prepared:
    request: ForecastRequest
    problem: ForecastProblem
    loaded: LoadedNetwork | None
    rung: Rung
    notes: tuple[Note, ...]


def forecast(work: UnitOfWork, request: ForecastRequest, *, progress: Progress = silent) -> ForecastView:
    """Forecast for given people, a pick, or a campaign's accepted ambassadors; record it.

    Examples
    --------
    >>> view = forecast(work, ForecastRequest(handles=("nina", "leo"), runs=100, key=1))
    >>> view.runs, [one.handle for one in view.people]
    (100, ['nina', 'leo'])
    """
    prepared = _prepare(work, request)
    result = forecast_result(prepared.problem, prepared.loaded, progress)
    with work.writing() as session:
        row = add_forecast(session, _record(session, work, prepared, result))
        return view_of(session, row)


def open_forecast(work: UnitOfWork, forecast_id: int) -> ForecastView:
    """Read a recorded forecast, with today's names.

    Examples
    --------
    >>> open_forecast(work, 1).campaign_name
    'Q1 Launch'
    """
    with work.reading() as session:
        return view_of(session, get_forecast(session, forecast_id))


def recompute_forecast(work: UnitOfWork, forecast_id: int) -> ForecastResult:
    """Compute a recorded forecast again from its own network, arguments and random key.

    Examples
    --------
    >>> recompute_forecast(work, 1) == open_forecast(work, 1).result
    True
    """
    with work.reading() as session:
        row = get_forecast(session, forecast_id)
        problem = problem_from_json(row.arguments["problem"])
        if row.network_snapshot_id is None:
            return forecast_result(problem, None)
        loaded = reopen_network(session, row.network_snapshot_id, row.arguments["probabilities"])
    return forecast_result(problem, loaded)


def _prepare(work: UnitOfWork, request: ForecastRequest) -> _Prepared:
    _refuse_nonsense(request)
    key = secrets.randbits(_KEY_BITS) if request.key is None else request.key
    with work.reading() as session:
        rung = rung_of(count_evidence(session))
        keys = _who(session, request)
        cards = cards_of(session, keys)
        ties = read_known_ties(session, request.probabilities, key) if rung.word_of_mouth else None
        leads = leading_law(session, work) if ties else None
        beside = None
        if ties and leads:
            ties, beside = leads.beside_of(ties)
        loaded = ties.network(keys) if ties else None
        problem = _problem(session, request, [cards[one] for one in keys if one in cards], loaded, rung, key)
        timing = timing_of(session, request, loaded, ties.learned if ties else None)
        known = read_crowd(session, loaded.keys, timing.answers) if loaded else None
        if loaded and known:
            loaded = replace(loaded, crowd=known.arrays)
            problem = replace(problem, view_variation=known.variation)
        problem = _by_leading(session, leads, beside, replace(problem, timing=timing), request)
        moments, told = moments_of(session, work, request.campaign_id, problem.days, leads)
        problem = replace(problem, moments=moments)
        standing = (leads.note if leads else ties_note(session),) if loaded else ()
        notes = (*standing, *forecast_notes(problem, loaded, known), *told)
        return _Prepared(request, problem, loaded, rung, notes)


def _by_leading(
    session: Session,
    leads: LeadingLaw | None,
    beside: BesideTies | None,
    problem: ForecastProblem,
    request: ForecastRequest,
) -> ForecastProblem:
    """Lay the law that leads over a problem: strangers beside ties, past results, what launches share."""
    if leads is None or problem.timing is None:
        return problem
    keys = np.array(problem.keys, np.int64)
    assumed = request.heat is not None or request.hours_per_step is not None
    return replace(
        problem,
        timing=replace(problem.timing, doubt=0.0 if assumed else leads.doubt),
        past=past_laws(session, leads, problem.keys) if leads.ties_weight < 1 else None,
        strangers=KeptStrangers.of(beside.of(keys)) if beside else None,
        results_weight=1.0 - leads.ties_weight,
        doubt_within=True,
    )


def _refuse_nonsense(request: ForecastRequest) -> None:
    least = [request.runs, request.hours_per_step, request.days]
    if any(one is not None and one < 1 for one in least):
        raise BadInputError("runs, days and hours per step must be at least 1")
    hours = [request.answer_hours, request.posting_hours]
    wrong = any(one is not None and not 0 < one < inf for one in hours)
    if wrong or (request.heat is not None and not 0 <= request.heat <= _HOTTEST):
        raise BadInputError("hours are more than 0, and the heat lies between 0 and {most}", most=_HOTTEST)


def _who(session: Session, request: ForecastRequest) -> list[int]:
    """Return the nodes of the people meant, each once."""
    keys: list[int] = []
    if request.handles:
        accounts = find_accounts(session, request.handles)
        keys = [
            NodeKey.of_account(accounts[text].id or 0, accounts[text].person_id) for text in request.handles
        ]
    elif request.person_ids:
        keys = [NodeKey.of_person(one) for one in request.person_ids]
    elif request.pick_id is not None:
        keys = [key_of(one) for one in get_pick(session, request.pick_id).result["picks"]]
    elif request.campaign_id is not None:
        keys = _taking_part(session, request.campaign_id)
    if not keys:
        raise BadInputError(
            "nobody to forecast for: name people, choose a pick, or wait until somebody accepts"
        )
    return list(dict.fromkeys(keys))


def _taking_part(session: Session, campaign_id: int) -> list[int]:
    status = status_by_node(session, campaign_id)
    return [key for key, one in status.items() if one in TAKING_PART]


def _problem(
    session: Session,
    request: ForecastRequest,
    cards: Sequence[NodeCard],
    loaded: LoadedNetwork | None,
    rung: Rung,
    key: int,
) -> ForecastProblem:
    by_hand = {card.key: card.posting_probability for card in cards if card.posting_probability is not None}
    posting, past = learn_posting(session, by_hand), past_posts(session)
    keys = [card.key for card in cards]
    free = free_after(session, request.campaign_id) if request.campaign_id else {}
    return ForecastProblem(
        seeds=tuple(
            ForecastSeed(
                card.key,
                card.account_id,
                card.followers,
                *figures_of(card, past),
                free_after=free.get(card.person_id or 0, 0.0),
            )
            for card in cards
        ),
        runs=request.runs,
        days=request.days or _campaign_days(session, request.campaign_id),
        hours_per_step=request.hours_per_step,
        diffusion=request.diffusion,
        random_key=key,
        habit=posting.habit,
        history={one: posting.history[one] for one in keys if one in posting.history},
        by_hand=by_hand,
        variation=interaction_variation(past),
        market_ties=rung.number >= _MARKET_RUNG and _ties_cover(cards, loaded),
        outside_share=_outside(session, loaded),
    )


def _ties_cover(cards: Sequence[NodeCard], loaded: LoadedNetwork | None) -> bool:
    """Check whether the ties hold about as many listeners as the ambassadors have followers."""
    if loaded is None:
        return False
    listeners = loaded.listeners([card.key for card in cards])
    pairs = zip(cards, listeners, strict=True)
    return all(card.followers is None or count >= _COVERED * card.followers for card, count in pairs)


def _campaign_days(session: Session, campaign_id: int | None) -> int | None:
    if campaign_id is None:
        return None
    campaign = get_campaign(session, campaign_id)
    return max(1, (campaign.ends_on - campaign.starts_on).days + 1)


def _outside(session: Session, loaded: LoadedNetwork | None) -> float | None:
    """Tell which share of those who talked last time this network does not know."""
    talkers = last_talkers(session) if loaded else frozenset()
    if loaded is None or not talkers:
        return None
    return 1.0 - float(loaded.contains(talkers).mean())


def _record(session: Session, work: UnitOfWork, prepared: _Prepared, result: ForecastResult) -> Forecast:
    request, loaded = prepared.request, prepared.loaded
    snapshot = keep_network(session, loaded, work) if loaded else None
    learned = loaded.parameter_set_id if loaded else None
    return Forecast(
        campaign_id=request.campaign_id,
        pick_id=request.pick_id,
        network_snapshot_id=snapshot.id if snapshot else None,
        parameter_set_id=learned,
        rung=prepared.rung.number,
        arguments={
            "problem": problem_to_json(prepared.problem),
            "probabilities": loaded.rule if loaded else "",
            "asked_probabilities": str(request.probabilities),
            "rung": to_json(prepared.rung),
            "notes": to_json(
                (
                    *prepared.notes[:1],
                    *complaints_ahead(session, request.pick_id, result),
                    *prepared.notes[1:],
                )
            ),
        },
        random_key=str(prepared.problem.random_key),
        code_version=__version__,
        result=to_json(result),
        actor=work.actor,
        created_at=work.now(),
    )


def view_of(session: Session, row: Forecast) -> ForecastView:
    """Join names to a stored forecast.

    Examples
    --------
    >>> view_of(session, get_forecast(session, 1)).result.horizon_days
    24
    """
    problem = problem_from_json(row.arguments["problem"])
    campaign = session.get(Campaign, row.campaign_id) if row.campaign_id else None
    result = from_json(ForecastResult, row.result)
    chances = dict(zip(problem.keys, problem.posting.expected(problem.keys).tolist(), strict=True))
    return ForecastView(
        forecast_id=row.id or 0,
        campaign_id=row.campaign_id,
        campaign_name=campaign.name if campaign else "",
        pick_id=row.pick_id,
        result=result,
        people=tuple(_people(result, chances, cards_of(session, problem.keys), row)),
        rung=from_json(Rung, row.arguments["rung"]),
        notes=tuple(from_json(Note, note) for note in row.arguments["notes"]),
        probabilities=row.arguments["probabilities"],
        diffusion=problem.diffusion,
        timing=problem.timing,
        hours_per_step=problem.hours_per_step,
        runs=problem.runs,
        key=row.random_key,
        created_at=row.created_at,
        actor=row.actor,
        starts_on=campaign.starts_on if campaign else None,
        ties_weight=1.0 if result.past_results is None else 1.0 - problem.results_weight,
    )


def _people(
    result: ForecastResult, chances: Mapping[int, float], cards: Mapping[int, NodeCard], row: Forecast
) -> Iterator[ForecastPerson]:
    for (key, chance), one in zip(chances.items(), result.by_person, strict=True):
        card = cards.get(key)
        gone = card is None or card.erased
        yield ForecastPerson(
            person_id=one.person_id,
            account_id=one.account_id,
            handle=handle_of(card),
            platform="" if card is None or gone else card.platform,
            name="" if card is None or gone else card.name,
            posting_probability=chance,
            in_network=row.network_snapshot_id is not None,
            talkers=one.talkers,
            amounts=one.amounts,
        )
