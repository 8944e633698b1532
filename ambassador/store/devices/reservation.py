"""Reservation: of many people asking for the last device, exactly one gets it."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import update
from sqlmodel import Session, col, select

from ambassador.errors import ConflictError
from ambassador.i18n import mark
from ambassador.store.devices.custody import changed_one, label_of, open_custody
from ambassador.store.devices.devices import Happening, add_event, get_device
from ambassador.store.devices.moments import by_the_clock
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.values.status import DeviceStatus

_TRIES = 100  # devices taken by somebody else between looking and taking; far more than people at work


def reserve(
    session: Session, ambassador: Ambassador, *, at: datetime, actor: str, device_id: int | None = None
) -> Custody:
    """Return a device in stock to an ambassador; of many asking for the last one, exactly one gets it."""
    session.refresh(ambassador, with_for_update=True)
    _refuse_second(session, ambassador)
    device = _take(session, device_id, _product_of(session, ambassador))
    at = by_the_clock(session, _id(device), at)
    custody = Custody(
        reference=uuid4().hex,
        device_id=_id(device),
        ambassador_id=_id(ambassador),
        reserved_at=at,
        due_back=ambassador.due_back,
    )
    session.add(custody)
    session.flush()
    custody.reference = _reference(session, ambassador, custody)
    add_event(session, device, DeviceStatus.IN_STOCK, DeviceStatus.RESERVED, Happening(at, actor), custody)
    return custody


def _refuse_second(session: Session, ambassador: Ambassador) -> None:
    held = open_custody(session, ambassador_id=_id(ambassador))
    if held:
        message = mark("There is a phone for them already: {reference}")
        raise ConflictError(message, reference=held.reference)


def _take(session: Session, device_id: int | None, product: str) -> Device:
    if device_id is not None:
        device = get_device(session, device_id)
        if not _take_this(session, device_id):
            session.refresh(device)
            message = mark("{device} is not in stock any more: it is {status}")
            raise ConflictError(message, device=label_of(device), status=device.status.value)
        session.refresh(device)
        return device
    for _ in range(_TRIES):
        candidate = _first_in_stock(session, product)
        if candidate is None:
            break
        if _take_this(session, candidate):
            device = get_device(session, candidate)
            session.refresh(device)
            return device
    raise ConflictError("No {product} is left in stock", product=product or "device")


def _take_this(session: Session, device_id: int) -> bool:
    wanted = update(Device).where(
        col(Device.id) == device_id, col(Device.status) == DeviceStatus.IN_STOCK.value
    )
    return changed_one(session, wanted.values(status=DeviceStatus.RESERVED))


def _first_in_stock(session: Session, product: str) -> int | None:
    wanted = select(Device.id).where(col(Device.status) == DeviceStatus.IN_STOCK.value)
    if product:
        wanted = wanted.where(col(Device.model) == product)
    return session.exec(wanted.order_by(col(Device.id))).first()


def _product_of(session: Session, ambassador: Ambassador) -> str:
    """The model to hand out: the campaign's product where the stock has a model of that name."""
    campaign = session.get_one(Campaign, ambassador.campaign_id)
    known = select(Device.id).where(col(Device.model) == campaign.product)
    return campaign.product if campaign.product and session.exec(known).first() else ""


def _reference(session: Session, ambassador: Ambassador, custody: Custody) -> str:
    campaign = session.get_one(Campaign, ambassador.campaign_id)
    short = "".join(letter for letter in campaign.product.upper() if letter.isalnum())[:8] or "P"
    return f"{short}-{custody.id:04d}"


def _id(row: Ambassador | Device) -> int:
    if row.id is None:
        message = f"{row!r} was never written"
        raise ValueError(message)
    return row.id
