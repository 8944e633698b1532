"""Ambassadors as pages show them: with their name, main account, figures and phone."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ambassador.store.people.directory import Directory
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody, Device
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus

_ORDER = tuple(AmbassadorStatus)


def ambassador_rows(session: Session, campaign_id: int) -> tuple[AmbassadorRow, ...]:
    """List the ambassadors of a campaign, those who are in first, the reserve by rank."""
    query = select(Ambassador).where(col(Ambassador.campaign_id) == campaign_id)
    return rows_of(session, session.exec(query.order_by(col(Ambassador.id))).all())


def rows_of(session: Session, ambassadors: Sequence[Ambassador]) -> tuple[AmbassadorRow, ...]:
    """Dress ambassadors for a page."""
    directory = Directory(session, {row.person_id for row in ambassadors})
    phones = _phones(session, [row.id for row in ambassadors if row.id])
    rows = [_row(one, directory, phones.get(one.id or 0)) for one in ambassadors]
    return tuple(sorted(rows, key=lambda row: (_rank(row.status), row.reserve_rank or 0, row.id)))


def _rank(status: AmbassadorStatus) -> int:
    return len(_ORDER) if status is AmbassadorStatus.RESERVE else _ORDER.index(status)


def _phones(session: Session, ambassador_ids: Sequence[int]) -> dict[int, tuple[Custody, Device]]:
    """The phone each has, else the last one they had."""
    query = (
        select(Custody, Device)
        .join(Device, col(Custody.device_id) == col(Device.id))
        .where(col(Custody.ambassador_id).in_(ambassador_ids))
        .order_by(col(Custody.ended_at).is_not(None).desc(), col(Custody.id))
    )
    return {custody.ambassador_id: (custody, device) for custody, device in session.exec(query)}


def _row(ambassador: Ambassador, directory: Directory, phone: tuple[Custody, Device] | None) -> AmbassadorRow:
    person = directory.person(ambassador.person_id)
    account = directory.account(ambassador.person_id)
    custody, device = phone or (None, None)
    fee = None if ambassador.fee_minor is None else Money(ambassador.fee_minor, ambassador.currency)
    return AmbassadorRow(
        id=ambassador.id or 0,
        name=person.name or "",
        handle=account.handle if account else "",
        platform=account.platform if account else "",
        city=person.city or "",
        country=person.country or "",
        followers=directory.followers(ambassador.person_id),
        fee=fee,
        custody_id=custody.id if custody and custody.ended_at is None else None,
        reference=custody.reference if custody else "",
        serial=(device.serial or device.imei1) if device else "",
        device_status=device.status if device and custody and custody.ended_at is None else None,
        delivered_at=custody.delivered_at if custody else None,
        **{name: getattr(ambassador, name) for name in _COPIED},
    )


_COPIED = (
    "campaign_id", "person_id", "status", "deal", "code", "agreement_signed_on", "notice_sent_on",
    "notice_channel", "embargo_until", "post_by", "due_back", "last_contact_on", "next_action",
    "next_action_on", "owner", "notes", "pick_id", "reserve_rank", "replaces_id", "invited_at", "answered_at",
    "revision",
)  # fmt: skip
