"""The stock as pages show it: each device with its holder, each custody with its campaign."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.store.people.directory import Directory
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.values.days import day_in
from ambassador.values.devices import CustodyView, DeviceEventView, DeviceView
from ambassador.values.money import Money
from ambassador.values.status import CustodyEnd, DeviceStatus

_Chain = tuple[Custody, Ambassador, Campaign]


def device_views(session: Session, *, now: datetime, device_id: int | None = None) -> tuple[DeviceView, ...]:
    """List all devices (or one) with who holds them."""
    query = select(Device).order_by(col(Device.id))
    if device_id is not None:
        query = query.where(col(Device.id) == device_id)
    devices = session.exec(query).all()
    last = {custody.device_id: (custody, ambassador, campaign)
            for custody, ambassador, campaign in _chains(session, device_id=device_id)}  # fmt: skip
    directory = Directory(session, {ambassador.person_id for _, ambassador, _ in last.values()})
    since = _since(session, device_id)
    return tuple(
        _device_view(device, last.get(device.id or 0), directory, since.get(device.id or 0), now)
        for device in devices
    )


def custody_views(session: Session, **wanted: Any) -> tuple[CustodyView, ...]:  # noqa: ANN401 - see _chains
    """List custodies, oldest first: of a ``device_id``, a ``campaign_id``, or some ``custody_ids``."""
    chains = _chains(session, **wanted)
    directory = Directory(session, {ambassador.person_id for _, ambassador, _ in chains})
    devices = {row.id: row for row in session.exec(select(Device))} if chains else {}
    return tuple(_custody_view(chain, devices[chain[0].device_id], directory) for chain in chains)


def device_events(session: Session, device_id: int) -> tuple[DeviceEventView, ...]:
    """A device's history, oldest first."""
    held = {one.id: one for one in custody_views(session, device_id=device_id)}
    query = select(DeviceEvent).where(col(DeviceEvent.device_id) == device_id)
    rows = session.exec(query.order_by(col(DeviceEvent.id)))
    return tuple(_event_view(row, held.get(row.custody_id or 0)) for row in rows)


def _chains(
    session: Session,
    *,
    device_id: int | None = None,
    campaign_id: int | None = None,
    custody_ids: Sequence[int] | None = None,
    only_open: bool = False,
) -> list[_Chain]:
    query = (
        select(Custody, Ambassador, Campaign)
        .join(Ambassador, col(Custody.ambassador_id) == col(Ambassador.id))
        .join(Campaign, col(Ambassador.campaign_id) == col(Campaign.id))
        .order_by(col(Custody.reserved_at), col(Custody.id))
    )
    if device_id is not None:
        query = query.where(col(Custody.device_id) == device_id)
    if campaign_id is not None:
        query = query.where(col(Ambassador.campaign_id) == campaign_id)
    if custody_ids is not None:
        query = query.where(col(Custody.id).in_(custody_ids))
    if only_open:
        query = query.where(col(Custody.ended_at).is_(None))
    return [(custody, ambassador, campaign) for custody, ambassador, campaign in session.exec(query)]


def _since(session: Session, device_id: int | None) -> dict[int, datetime]:
    query = select(DeviceEvent.device_id, func.max(col(DeviceEvent.happened_at))).group_by(
        col(DeviceEvent.device_id)
    )
    if device_id is not None:
        query = query.where(col(DeviceEvent.device_id) == device_id)
    return dict(session.exec(query).all())


def _device_view(
    device: Device, chain: _Chain | None, directory: Directory, since: datetime | None, now: datetime
) -> DeviceView:
    held = _holding(chain, directory, now) if chain and _is_theirs(device, chain[0]) else {}
    return DeviceView(
        id=device.id or 0,
        model=device.model,
        serial=device.serial,
        imei1=device.imei1,
        imei2=device.imei2,
        colour=device.colour,
        cost=cost_of(device),
        status=device.status,
        note=device.note,
        since=since,
        **held,
    )


def _is_theirs(device: Device, last: Custody) -> bool:
    """Whether a device belongs beside the person who had it last: held now, or lost by them."""
    lost_by_them = device.status is DeviceStatus.LOST and last.ended_as is CustodyEnd.LOST
    return last.ended_at is None or lost_by_them


def _holding(chain: _Chain, directory: Directory, now: datetime) -> dict[str, Any]:
    custody, ambassador, campaign = chain
    today = day_in(campaign.time_zone, now)
    late = (today - custody.due_back).days if custody.due_back and custody.ended_at is None else 0
    return {
        "custody_id": custody.id,
        "reference": custody.reference,
        "ambassador_id": ambassador.id,
        "holder": directory.name(ambassador.person_id),
        "campaign_id": campaign.id,
        "campaign": campaign.name,
        "due_back": custody.due_back,
        "overdue_days": max(late, 0) if custody.delivered_at or custody.shipped_at else 0,
        "time_zone": campaign.time_zone,
        "courier": custody.courier,
        "tracking": custody.tracking,
    }


def cost_of(device: Device) -> Money | None:
    """What a device costs; None is unknown."""
    return None if device.cost_minor is None else Money(device.cost_minor, device.currency)


def _custody_view(chain: _Chain, device: Device, directory: Directory) -> CustodyView:
    custody, ambassador, campaign = chain
    return CustodyView(
        id=custody.id or 0,
        device_id=device.id or 0,
        model=device.model,
        serial=device.serial,
        imei1=device.imei1,
        device_status=device.status,
        ambassador_id=ambassador.id or 0,
        ambassador_status=ambassador.status,
        person_id=ambassador.person_id,
        holder=directory.name(ambassador.person_id),
        campaign_id=campaign.id or 0,
        campaign=campaign.name,
        time_zone=campaign.time_zone,
        deal=ambassador.deal,
        agreement_signed_on=ambassador.agreement_signed_on,
        **{name: getattr(custody, name) for name in _COPIED},
    )


def _event_view(row: DeviceEvent, custody: CustodyView | None) -> DeviceEventView:
    return DeviceEventView(
        happened_at=row.happened_at,
        from_status=row.from_status,
        to_status=row.to_status,
        actor=row.actor,
        note=row.note,
        reference=custody.reference if custody else "",
        holder=custody.holder if custody else "",
        time_zone=custody.time_zone if custody else "",
    )


_COPIED = (
    "reference", "reserved_at", "shipped_at", "delivered_at", "ended_at", "ended_as", "due_back", "courier",
    "tracking", "note", "replaces_id",
)  # fmt: skip
