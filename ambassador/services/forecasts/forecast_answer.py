"""A stored forecast made readable: names joined, the erased stay unnamed."""

from collections.abc import Iterator, Mapping

from sqlmodel import Session

from ambassador.services.forecasts.forecast_problem import problem_from_json
from ambassador.services.networks.nodes import NodeCard, cards_of
from ambassador.services.picks.pick_answer import handle_of
from ambassador.services.stored_json import from_json
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Forecast
from ambassador.values.forecasts.forecasts import ForecastPerson, ForecastResult, ForecastView
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import Rung


def view_of(session: Session, row: Forecast) -> ForecastView:
    """Join names to a stored forecast."""
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
