"""What one person cost in the campaigns they were in, and what each thing they brought cost."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from ambassador.metrics.tally import add_known
from ambassador.services.results.costs import cost_of, rules_of, unit_costs
from ambassador.services.results.figures import figures_of, read_talk
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.results.outcomes import list_outcomes
from ambassador.store.results.results import custody_costs
from ambassador.values.results.results import AmbassadorCost
from ambassador.values.status import OutcomeKind


def costs_of_person(
    session: Session, deals: Iterable[tuple[int, int]], now: datetime
) -> Mapping[int, AmbassadorCost]:
    """Read what each deal cost, as Outcomes says it; ``deals`` are ambassadors with their campaigns."""
    return {ambassador: _cost_in(session, campaign, ambassador, now) for ambassador, campaign in deals}


def _cost_in(session: Session, campaign_id: int, ambassador_id: int, now: datetime) -> AmbassadorCost:
    rules = rules_of(get_campaign(session, campaign_id), now)
    row = next(row for row in ambassador_rows(session, campaign_id) if row.id == ambassador_id)
    cost = cost_of(row, custody_costs(session, [ambassador_id]), rules)
    talk = read_talk(session, campaign_id, ambassador_id)
    figures = figures_of(session, talk, talk.shares.get(ambassador_id, {}))
    orders = [
        outcome.quantity
        for outcome in list_outcomes(session, campaign_id)
        if outcome.kind is OutcomeKind.ORDERS and outcome.ambassador_id == ambassador_id
    ]
    figures = replace(figures, orders=add_known(orders))
    return AmbassadorCost(cost, unit_costs(cost, figures, len(talk.own.get(ambassador_id, ()))))
