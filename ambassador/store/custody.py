"""Custody: who holds which device. Every move is one conditional update: two people never both win."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import CursorResult, Update, update
from sqlmodel import Session, col, select

from ambassador.errors import ConflictError, IllegalStatusChangeError
from ambassador.store.devices import Happening, add_event, get_device
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.values.status import DEVICE_CHANGES, CustodyEnd, DeviceStatus, check_change

_ENDS = {DeviceStatus.LOST: CustodyEnd.LOST, DeviceStatus.RETIRED: CustodyEnd.KEPT}
_TRIES = 100  # devices taken by somebody else between looking and taking; far more than people at work


def reserve(
    session: Session, ambassador: Ambassador, *, at: datetime, actor: str, device_id: int | None = None
) -> Custody:
    """Give a device in stock to an ambassador; of many asking for the last one, exactly one gets it."""
    session.refresh(ambassador, with_for_update=True)
    _refuse_second(session, ambassador)
    device = _take(session, device_id, _product_of(session, ambassador))
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


def move_custody(  # noqa: PLR0913 - one move: when, by whom, by which courier, out of which import
    session: Session,
    custody: Custody,
    to: DeviceStatus,
    *,
    at: datetime,
    actor: str,
    note: str = "",
    courier: str = "",
    tracking: str = "",
    end: CustodyEnd | None = None,
    batch_id: int | None = None,
) -> Custody:
    """Move the device of an open custody on, keep the dates, and end the custody where the move does."""
    if custody.ended_at is not None:
        message = "{reference} ended as {ended}: it cannot become {wanted}"
        ended = custody.ended_as.value if custody.ended_as else ""
        raise IllegalStatusChangeError(message, reference=custody.reference, ended=ended, wanted=to.value)
    device = get_device(session, custody.device_id)
    now = device.status
    check_change(DEVICE_CHANGES, custody.reference, now, to)
    change_status(session, device, to)
    _stamp(custody, now, to, at, end)
    custody.courier, custody.tracking = courier or custody.courier, tracking or custody.tracking
    custody.note = note or custody.note
    session.add(custody)
    add_event(session, device, now, to, Happening(at, actor, note, batch_id), custody)
    return custody


def change_status(session: Session, device: Device, to: DeviceStatus) -> None:
    """Change a device's state only if it still is what we saw."""
    seen = device.status
    wanted = update(Device).where(col(Device.id) == device.id, col(Device.status) == seen)
    if not _changed_one(session, wanted.values(status=to)):
        raise ConflictError("{device} was just moved by somebody else", device=label_of(device))
    session.refresh(device)


def label_of(device: Device) -> str:
    """Name a device as people do."""
    return device.serial or device.imei1 or device.imei2 or f"#{device.id}"


def open_custody(session: Session, *, ambassador_id: int) -> Custody | None:
    """Find the device an ambassador has or is to get."""
    wanted = select(Custody).where(
        col(Custody.ambassador_id) == ambassador_id, col(Custody.ended_at).is_(None)
    )
    return session.exec(wanted).first()


def _refuse_second(session: Session, ambassador: Ambassador) -> None:
    held = open_custody(session, ambassador_id=_id(ambassador))
    if held:
        message = "There is a phone for them already: {reference}"
        raise ConflictError(message, reference=held.reference)


def _take(session: Session, device_id: int | None, product: str) -> Device:
    if device_id is not None:
        device = get_device(session, device_id)
        if not _take_this(session, device_id):
            session.refresh(device)
            message = "{device} is not in stock any more: it is {status}"
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
    return _changed_one(session, wanted.values(status=DeviceStatus.RESERVED))


def _first_in_stock(session: Session, product: str) -> int | None:
    wanted = select(Device.id).where(col(Device.status) == DeviceStatus.IN_STOCK.value)
    if product:
        wanted = wanted.where(col(Device.model) == product)
    return session.exec(wanted.order_by(col(Device.id))).first()


def _product_of(session: Session, ambassador: Ambassador) -> str:
    """Give the model to hand out: the campaign's product where the stock has a model of that name."""
    campaign = session.get_one(Campaign, ambassador.campaign_id)
    known = select(Device.id).where(col(Device.model) == campaign.product)
    return campaign.product if campaign.product and session.exec(known).first() else ""


def _reference(session: Session, ambassador: Ambassador, custody: Custody) -> str:
    campaign = session.get_one(Campaign, ambassador.campaign_id)
    short = "".join(letter for letter in campaign.product.upper() if letter.isalnum())[:8] or "P"
    return f"{short}-{custody.id:04d}"


def _stamp(
    custody: Custody, now: DeviceStatus, to: DeviceStatus, at: datetime, end: CustodyEnd | None
) -> None:
    if to in {DeviceStatus.SHIPPED, DeviceStatus.DELIVERED}:
        custody.shipped_at = custody.shipped_at or at
    if to is DeviceStatus.DELIVERED:
        custody.delivered_at = at
    if to in {DeviceStatus.IN_STOCK, DeviceStatus.LOST, DeviceStatus.RETIRED}:
        never_left = now is DeviceStatus.RESERVED
        back = CustodyEnd.RELEASED if never_left else CustodyEnd.RETURNED
        custody.ended_at, custody.ended_as = at, end or _ENDS.get(to, back)


def _changed_one(session: Session, statement: Update) -> bool:
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE always gives one; for the type checker
    return result.rowcount == 1


def _id(row: Ambassador | Device | Custody) -> int:
    if row.id is None:
        message = f"{row!r} was never written"
        raise ValueError(message)
    return row.id
