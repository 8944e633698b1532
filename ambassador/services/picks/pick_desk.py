"""What the Pick page reads in one go."""

from sqlmodel import Session

from ambassador.services.calibration.calibration_record import network_beats
from ambassador.services.networks.rung import rung_of
from ambassador.services.picks.pick_answer import answer_of
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.forecasts.evidence import count_evidence
from ambassador.store.picks.picks import get_pick, list_picks
from ambassador.store.picks.shortlists import (
    count_accounts,
    count_candidates,
    count_free_devices,
    fees_agreed,
)
from ambassador.values.money import Money
from ambassador.values.picks.picks import PickDesk
from ambassador.values.status import AmbassadorStatus

_AGREED = (
    AmbassadorStatus.INVITED,
    AmbassadorStatus.ACCEPTED,
    AmbassadorStatus.SILENT,
    AmbassadorStatus.DONE,
)


def pick_desk(work: UnitOfWork, campaign_id: int | None = None, pick_id: int | None = None) -> PickDesk:
    """Read what there is to pick from, and the choice asked for or the newest one."""
    with work.reading() as session:
        rows = [get_pick(session, pick_id)] if pick_id else list_picks(session, campaign_id, limit=1)
        people, with_fee = count_candidates(session)
        return PickDesk(
            rung=rung_of(count_evidence(session)),
            network_beats=network_beats(session),
            answer=answer_of(session, rows[0]) if rows else None,
            people=people,
            people_with_fee=with_fee,
            everyone=count_accounts(session),
            in_stock=count_free_devices(session),
            budget_left=_budget_left(session, campaign_id),
        )


def _budget_left(session: Session, campaign_id: int | None) -> Money | None:
    campaign = get_campaign(session, campaign_id) if campaign_id else None
    if campaign is None or campaign.budget_minor is None:
        return None
    spent = fees_agreed(session, campaign.id or 0, _AGREED)
    return Money(max(0, campaign.budget_minor - spent), campaign.currency)
