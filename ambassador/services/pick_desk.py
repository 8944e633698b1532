"""What the Pick page reads in one go."""

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.services.pick_answer import answer_of
from ambassador.services.rung import rung_of
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import get_campaign
from ambassador.store.evidence import count_evidence
from ambassador.store.picks import get_pick, list_picks
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Device
from ambassador.store.tables.people import Account, Person
from ambassador.values.money import Money
from ambassador.values.picks import PickDesk
from ambassador.values.status import AmbassadorStatus, DeviceStatus

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
        usable = select(func.count(col(Person.id))).where(
            col(Person.is_candidate).is_(True),
            col(Person.archived_at).is_(None),
            col(Person.erased_at).is_(None),
            col(Person.objected_at).is_(None),
        )
        free = select(func.count(col(Device.id))).where(col(Device.status) == DeviceStatus.IN_STOCK)
        accounts = select(func.count(col(Account.id))).where(col(Account.erased_at).is_(None))
        return PickDesk(
            rung=rung_of(count_evidence(session)),
            answer=answer_of(session, rows[0]) if rows else None,
            people=session.exec(usable).one(),
            people_with_fee=session.exec(usable.where(col(Person.fee_minor).is_not(None))).one(),
            everyone=session.exec(accounts).one(),
            in_stock=session.exec(free).one(),
            budget_left=_budget_left(session, campaign_id),
        )


def _budget_left(session: Session, campaign_id: int | None) -> Money | None:
    campaign = get_campaign(session, campaign_id) if campaign_id else None
    if campaign is None or campaign.budget_minor is None:
        return None
    spent = session.exec(
        select(func.coalesce(func.sum(col(Ambassador.fee_minor)), 0)).where(
            col(Ambassador.campaign_id) == campaign.id, col(Ambassador.status).in_(_AGREED)
        )
    ).one()
    return Money(max(0, campaign.budget_minor - int(spent or 0)), campaign.currency)
