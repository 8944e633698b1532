"""What the Pick page reads in one go."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from ambassador.services.calibration.calibration_record import network_beats
from ambassador.services.countries import country_code
from ambassador.services.networks.rung import rung_of
from ambassador.services.picks.pick_answer import answer_of
from ambassador.services.results.costs import cost_of, rules_of, value_lost
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import costs_of, get_campaign
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.picks.picks import get_pick, list_picks
from ambassador.store.picks.shortlists import (
    average_device_cost,
    count_accounts,
    count_candidates,
    count_free_devices,
)
from ambassador.store.results.results import CustodyCost, custody_costs
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.campaigns.unit_costs import CampaignCosts
from ambassador.values.money import Money
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import PickPageState
from ambassador.values.status import AmbassadorStatus, Deal

_AGREED = (
    AmbassadorStatus.INVITED,
    AmbassadorStatus.ACCEPTED,
    AmbassadorStatus.SILENT,
    AmbassadorStatus.DONE,
)


@dataclass(frozen=True, slots=True)
class CampaignMoney:
    """What a campaign gives a pick: its currency, what each person usually costs, what is left."""

    currency: str = "EUR"
    costs: CostsPerPerson = field(default_factory=CostsPerPerson)
    left: Money | None = None
    """None: the campaign has no budget."""


def pick_page_state(
    work: UnitOfWork, campaign_id: int | None = None, pick_id: int | None = None
) -> PickPageState:
    """Read what there is to pick from, and the choice asked for or the newest one."""
    with work.reading() as session:
        rows = [get_pick(session, pick_id)] if pick_id else list_picks(session, campaign_id, limit=1)
        people, with_fee = count_candidates(session)
        known = _money_of(session, campaign_id, CostsPerPerson(), work.now())
        return PickPageState(
            rung=rung_of(count_evidence(session)),
            network_beats=network_beats(session),
            answer=answer_of(session, rows[0]) if rows else None,
            people=people,
            people_with_fee=with_fee,
            everyone=count_accounts(session),
            in_stock=count_free_devices(session),
            budget_left=known.left,
            usual_costs=known.costs,
            currency=known.currency,
        )


def campaign_money(work: UnitOfWork, campaign_id: int, costs: CostsPerPerson) -> CampaignMoney:
    """Read what a campaign gives a pick; ``costs`` win over what is usual."""
    with work.reading() as session:
        return _money_of(session, campaign_id, costs, work.now())


def _money_of(
    session: Session, campaign_id: int | None, said: CostsPerPerson, now: datetime
) -> CampaignMoney:
    campaign = get_campaign(session, campaign_id) if campaign_id else None
    if campaign is None:
        return CampaignMoney()
    costs = said.filled(_usual_costs(session, campaign))
    if campaign.budget_minor is None:
        return CampaignMoney(campaign.currency, costs)
    left = campaign.budget_minor - _committed(session, campaign, costs, now)
    return CampaignMoney(campaign.currency, costs, Money(max(0, left), campaign.currency))


def _committed(session: Session, campaign: Campaign, costs: CostsPerPerson, now: datetime) -> int:
    """Add up what the people of a campaign will cost in all, or have cost where that is more."""
    rules, rows = rules_of(campaign, now), ambassador_rows(session, campaign.id or 0)
    stays: dict[int, list[CustodyCost]] = defaultdict(list)
    for stay in custody_costs(session, [row.id for row in rows]):
        stays[stay.ambassador_id].append(stay)
    spent = 0
    for row in rows:
        so_far = cost_of(row, stays[row.id], rules).total.minor
        spent += max(so_far, _planned(row, costs, campaign.currency)) if row.status in _AGREED else so_far
    return spent


def _planned(row: AmbassadorRow, costs: CostsPerPerson, currency: str) -> int:
    """Say what somebody who is in was to cost: the fee agreed, and what each costs beside it."""
    fee = costs.assumed_fee if row.fee is None and row.deal is Deal.PAID else row.fee
    agreed = fee.minor if fee and fee.currency == currency else 0
    return agreed + costs.on_top_in(country_code(row.country) or "")


def _usual_costs(session: Session, campaign: Campaign) -> CostsPerPerson:
    """Take them from the campaign, else from its newest pick; a phone costs what those in stock do."""
    stored, currency = costs_of(campaign), campaign.currency
    newest = (
        None if stored != CampaignCosts() else next(iter(list_picks(session, campaign.id, limit=1)), None)
    )
    asked = newest.arguments.get("asked") if newest else None
    before = CostsPerPerson.from_json(asked.get("costs") if asked else None)
    if before.any_on_top and before.currency == currency:
        return before
    average = average_device_cost(session, currency)
    price = stored.device or (None if average is None else Money(average, currency))
    return CostsPerPerson(
        device=None if price is None else value_lost(stored, price, stored.loan_days or 0),
        shipping=stored.shipping,
        other=stored.other,
        shipping_to=stored.shipping_to,
    )
