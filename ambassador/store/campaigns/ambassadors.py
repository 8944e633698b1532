"""Ambassadors: who is in a campaign, on what deal, and every change of where the talk with them stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, Campaign
from ambassador.values.campaigns.ambassadors import AmbassadorEventView
from ambassador.values.drafts import DealDraft
from ambassador.values.status import AMBASSADOR_CHANGES, AmbassadorStatus, check_change

RESERVE, INVITED = AmbassadorStatus.RESERVE, AmbassadorStatus.INVITED
_ANSWERS = frozenset({AmbassadorStatus.ACCEPTED, AmbassadorStatus.DECLINED})


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody comes into a campaign: called up, or on the reserve list at a rank."""

    status: AmbassadorStatus = INVITED
    pick_id: int | None = None
    reserve_rank: int | None = None
    replaces_id: int | None = None


def add_ambassador(
    session: Session,
    campaign: Campaign,
    person_id: int,
    deal: DealDraft,
    place: Place,
    *,
    at: datetime,
    actor: str,
) -> Ambassador:
    """Put a person into a campaign with their deal."""
    ambassador = Ambassador(
        campaign_id=campaign.id or 0,
        person_id=person_id,
        status=place.status,
        pick_id=place.pick_id,
        reserve_rank=place.reserve_rank,
        replaces_id=place.replaces_id,
        deal=deal.deal,
        fee_minor=deal.fee.minor if deal.fee else None,
        currency=deal.fee.currency if deal.fee else campaign.currency,
        code=deal.code,
        post_by=deal.post_by,
        due_back=deal.due_back,
        embargo_until=deal.embargo_until or campaign.embargo_until,
        owner=deal.owner,
        invited_at=at if place.status is INVITED else None,
        created_at=at,
    )
    session.add(ambassador)
    session.flush()
    note_event(session, ambassador, "", at=at, actor=actor)
    return ambassador


def get_ambassador(session: Session, ambassador_id: int, *, lock: bool = False) -> Ambassador:
    """Give an ambassador by number; ``lock`` makes others wait until this transaction ends."""
    found = session.get(Ambassador, ambassador_id)
    if found is None:
        raise NotFoundError("There is no ambassador number {number}", number=ambassador_id)
    if lock:
        session.refresh(found, with_for_update=True)
    return found


def ambassadors_of(session: Session, campaign_id: int) -> dict[int, Ambassador]:
    """Give the ambassadors of a campaign by person."""
    query = select(Ambassador).where(col(Ambassador.campaign_id) == campaign_id)
    return {row.person_id: row for row in session.exec(query.order_by(col(Ambassador.id)))}


def reserve_list(session: Session, campaign_id: int) -> Sequence[Ambassador]:
    """List those who wait on the reserve list, best first."""
    query = select(Ambassador).where(
        col(Ambassador.campaign_id) == campaign_id, col(Ambassador.status) == RESERVE.value
    )
    return session.exec(query.order_by(col(Ambassador.reserve_rank), col(Ambassador.id))).all()


def last_reserve_rank(session: Session, campaign_id: int) -> int:
    """Give the rank of the last person on the reserve list, 0 when it is empty."""
    query = select(func.max(Ambassador.reserve_rank)).where(col(Ambassador.campaign_id) == campaign_id)
    return session.exec(query).one() or 0


def change_ambassador(
    session: Session,
    ambassador: Ambassador,
    to: AmbassadorStatus,
    *,
    at: datetime,
    actor: str,
    note: str = "",
) -> None:
    """Move the talk with somebody on, if it may go there."""
    before = ambassador.status
    check_change(AMBASSADOR_CHANGES, f"#{ambassador.id}", before, to)
    ambassador.status = to
    if to is INVITED:
        ambassador.invited_at, ambassador.answered_at, ambassador.reserve_rank = at, None, None
    if to in _ANSWERS:
        ambassador.answered_at, ambassador.last_contact_on = at, at.date()
        ambassador.revision += 1
    session.add(ambassador)
    session.flush()
    note_event(session, ambassador, before, at=at, actor=actor, note=note)


def note_event(
    session: Session, ambassador: Ambassador, before: str, *, at: datetime, actor: str, note: str = ""
) -> None:
    """Write one line of an ambassador's history."""
    event = AmbassadorEvent(
        ambassador_id=ambassador.id or 0,
        from_status=str(before),
        to_status=str(ambassador.status),
        happened_at=at,
        actor=actor,
        note=note,
    )
    session.add(event)
    session.flush()


def ambassador_events(session: Session, ambassador_id: int) -> tuple[AmbassadorEventView, ...]:
    """Give an ambassador's history, oldest first."""
    query = select(AmbassadorEvent).where(col(AmbassadorEvent.ambassador_id) == ambassador_id)
    rows = session.exec(query.order_by(col(AmbassadorEvent.happened_at), col(AmbassadorEvent.id)))
    return tuple(
        AmbassadorEventView(row.happened_at, row.from_status, row.to_status, row.actor, row.note)
        for row in rows
    )
