"""Ambassadors: who is in a campaign, on what deal, where the talk with them stands, and every change of it.

A row somebody else changed meanwhile is told, never overwritten.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlmodel import Session, col, select

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.store.devices.custody import changed_one, open_custody
from ambassador.store.people.people import get_person
from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, Campaign
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.campaigns.ambassadors import (
    EDITABLE,
    AmbassadorEdit,
    AmbassadorEventView,
    EditConflict,
)
from ambassador.values.days import day_in
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money
from ambassador.values.status import AMBASSADOR_CHANGES, AmbassadorStatus, Deal, Verdict, check_change

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


def _zone(session: Session, ambassador: Ambassador) -> str:
    return session.get_one(Campaign, ambassador.campaign_id).time_zone


def get_ambassador(session: Session, ambassador_id: int, *, lock: bool = False) -> Ambassador:
    """An ambassador by number; ``lock`` makes others wait until this transaction ends."""
    found = session.get(Ambassador, ambassador_id)
    if found is None:
        raise NotFoundError("There is no ambassador number {number}", number=ambassador_id)
    if lock:
        session.refresh(found, with_for_update=True)
    return found


def ambassadors_of(session: Session, campaign_id: int) -> dict[int, Ambassador]:
    """The ambassadors of a campaign by person."""
    query = select(Ambassador).where(col(Ambassador.campaign_id) == campaign_id)
    return {row.person_id: row for row in session.exec(query.order_by(col(Ambassador.id)))}


def reserve_list(session: Session, campaign_id: int) -> Sequence[Ambassador]:
    """List those who wait on the reserve list, best first."""
    query = select(Ambassador).where(
        col(Ambassador.campaign_id) == campaign_id, col(Ambassador.status) == RESERVE.value
    )
    return session.exec(query.order_by(col(Ambassador.reserve_rank), col(Ambassador.id))).all()


def last_reserve_rank(session: Session, campaign_id: int) -> int:
    """The rank of the last person on the reserve list, 0 when it is empty."""
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
        ambassador.answered_at, ambassador.last_contact_on = at, day_in(_zone(session, ambassador), at)
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


def by_the_clock(session: Session, ambassador_id: int, now: datetime) -> datetime:
    """What the clock says, or the last moment noted where the clock was set back since."""
    query = select(func.max(col(AmbassadorEvent.happened_at)))
    last: datetime | None = session.exec(
        query.where(col(AmbassadorEvent.ambassador_id) == ambassador_id)
    ).one()
    return now if last is None else max(now, last)


def ambassador_events(session: Session, ambassador_id: int) -> tuple[AmbassadorEventView, ...]:
    """An ambassador's history in the order it was noted, whatever the clock said then."""
    query = select(AmbassadorEvent).where(col(AmbassadorEvent.ambassador_id) == ambassador_id)
    rows = session.exec(query.order_by(col(AmbassadorEvent.id)))
    return tuple(
        AmbassadorEventView(row.happened_at, row.from_status, row.to_status, row.actor, row.note)
        for row in rows
    )


def people_who_posted(session: Session, campaign_id: int) -> frozenset[int]:
    """The ambassadors of a campaign with a post of their own in it (taken down since or not)."""
    query = (
        select(Ambassador.id)
        .join(Account, col(Account.person_id) == col(Ambassador.person_id))
        .join(Mention, col(Mention.account_id) == col(Account.id))
        .join(MentionCampaign, col(MentionCampaign.mention_id) == col(Mention.id))
        .where(
            col(Ambassador.campaign_id) == campaign_id,
            col(MentionCampaign.campaign_id) == campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED.value,
            col(Mention.archived_at).is_(None),
        )
        .distinct()
    )
    return frozenset(number for number in session.exec(query) if number)


def write_edit(session: Session, edit: AmbassadorEdit) -> EditConflict | None:
    """Write one row if its revision is still the one that was seen; else say what stands there now."""
    ambassador = get_ambassador(session, edit.ambassador_id)
    columns = _columns(ambassador, edit.changes)
    _refuse_taken_code(session, ambassador, columns.get("code", ""))
    wanted = update(Ambassador).where(
        col(Ambassador.id) == edit.ambassador_id, col(Ambassador.revision) == edit.revision
    )
    written = changed_one(session, wanted.values(**columns, revision=edit.revision + 1))
    session.refresh(ambassador)
    if not written:
        return _conflict(session, ambassador, edit)
    _follow_due_back(session, ambassador, columns)
    return None


def shown(ambassador: Ambassador, field: str) -> Any:  # noqa: ANN401 - any editable value
    """An editable field as people see it."""
    if field != "fee":
        return getattr(ambassador, field)
    return None if ambassador.fee_minor is None else Money(ambassador.fee_minor, ambassador.currency)


def _columns(ambassador: Ambassador, changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(changes) - set(EDITABLE))
    if unknown:
        raise BadInputError("{field} cannot be edited here", field=unknown[0])
    columns = dict(changes)
    if "fee" in columns:
        fee = columns.pop("fee")
        columns |= {"fee_minor": fee.minor if fee else None}
        columns |= {"currency": fee.currency if fee else ambassador.currency}
    if (columns.get("fee_minor") or 0) < 0:
        raise BadInputError("A fee cannot be negative")
    if "deal" in columns:
        columns["deal"] = Deal(columns["deal"])
    return {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}


def _refuse_taken_code(session: Session, ambassador: Ambassador, code: str) -> None:
    if not code:
        return
    same = select(Ambassador).where(
        col(Ambassador.campaign_id) == ambassador.campaign_id,
        col(Ambassador.code) == code,
        col(Ambassador.id) != ambassador.id,
    )
    other = session.exec(same).first()
    if other:
        name = get_person(session, other.person_id).name or f"#{other.person_id}"
        raise ConflictError(
            "{name} has the code {code} already: orders could not be told apart", name=name, code=code
        )


def _conflict(session: Session, ambassador: Ambassador, edit: AmbassadorEdit) -> EditConflict:
    person = get_person(session, ambassador.person_id)
    theirs = {field: shown(ambassador, field) for field in edit.changes}
    return EditConflict(edit.ambassador_id, person.name or f"#{person.id}", theirs, edit.changes)


def _follow_due_back(session: Session, ambassador: Ambassador, columns: Mapping[str, Any]) -> None:
    """Return the phone they have the new day it is due back."""
    held = open_custody(session, ambassador_id=ambassador.id or 0) if "due_back" in columns else None
    if held:
        held.due_back = columns["due_back"]
        session.flush()
