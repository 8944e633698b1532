"""What the Pick page reads in one go."""

from dataclasses import dataclass, field

from sqlmodel import Session

from ambassador.services.calibration.calibration_record import network_beats
from ambassador.services.networks.rung import rung_of
from ambassador.services.picks.pick_answer import answer_of
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.picks.picks import get_pick, list_picks
from ambassador.store.picks.shortlists import (
    average_device_cost,
    count_accounts,
    count_candidates,
    count_free_devices,
    fees_agreed,
    status_by_node,
)
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.money import Money
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import PickPageState
from ambassador.values.status import AmbassadorStatus

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
        known = _money_of(session, campaign_id, CostsPerPerson())
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
        return _money_of(session, campaign_id, costs)


def _money_of(session: Session, campaign_id: int | None, said: CostsPerPerson) -> CampaignMoney:
    campaign = get_campaign(session, campaign_id) if campaign_id else None
    if campaign is None:
        return CampaignMoney()
    costs = said.filled(_usual_costs(session, campaign))
    if campaign.budget_minor is None:
        return CampaignMoney(campaign.currency, costs)
    agreed = fees_agreed(session, campaign.id or 0, _AGREED)
    people = sum(one in _AGREED for one in status_by_node(session, campaign.id or 0).values())
    spent = agreed + people * costs.on_top
    return CampaignMoney(
        campaign.currency, costs, Money(max(0, campaign.budget_minor - spent), campaign.currency)
    )


def _usual_costs(session: Session, campaign: Campaign) -> CostsPerPerson:
    """Take them from the campaign's newest pick, else a device costs what those in stock do on average."""
    newest = next(iter(list_picks(session, campaign.id, limit=1)), None)
    asked = newest.arguments.get("asked") if newest else None
    before = CostsPerPerson.from_json(asked.get("costs") if asked else None)
    if before.on_top and before.currency == campaign.currency:
        return before
    device = average_device_cost(session, campaign.currency)
    return CostsPerPerson(device=None if device is None else Money(device, campaign.currency))
