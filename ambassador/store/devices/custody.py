"""Custody: who holds which device. Every move is one conditional update: two people never both win."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import CursorResult, Update, update
from sqlmodel import Session, col, select

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.devices.devices import Happening, add_event, get_device
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.people import Account, Person
from ambassador.values.identity import canonical_handle
from ambassador.values.status import DEVICE_CHANGES, CustodyEnd, DeviceStatus, check_change

_ENDS = {DeviceStatus.LOST: CustodyEnd.LOST, DeviceStatus.RETIRED: CustodyEnd.KEPT}


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
    session.refresh(custody, with_for_update=True)
    if custody.ended_at is not None:
        message = mark("{reference} ended as {ended}: it cannot become {wanted}")
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
    if not changed_one(session, wanted.values(status=to)):
        raise ConflictError("{device} was just moved by somebody else", device=label_of(device))
    session.refresh(device)


def changed_one(session: Session, statement: Update) -> bool:
    """Run an update and say whether it found exactly one row."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)  # noqa: S101 - an UPDATE always gives one; for the type checker
    return result.rowcount == 1


def find_custody(session: Session, reference: str = "", recipient: str = "") -> Custody | None:
    """Find a custody by our reference, else the one open custody of a recipient (name or handle)."""
    return _by_reference(session, reference) or _by_recipient(session, recipient)


def get_custody(session: Session, custody_id: int) -> Custody:
    """A custody by its number."""
    custody = session.get(Custody, custody_id)
    if custody is None:
        raise NotFoundError("There is no parcel number {number}", number=custody_id)
    return custody


def label_of(device: Device) -> str:
    """Name a device as people do."""
    return device.serial or device.imei1 or device.imei2 or f"#{device.id}"


def open_custody(session: Session, *, ambassador_id: int) -> Custody | None:
    """Find the device an ambassador has or is to get."""
    wanted = select(Custody).where(
        col(Custody.ambassador_id) == ambassador_id, col(Custody.ended_at).is_(None)
    )
    return session.exec(wanted).first()


def device_is_held(session: Session, device_id: int) -> bool:
    """Whether a device counts as somebody's."""
    wanted = select(Custody.id).where(col(Custody.device_id) == device_id, col(Custody.ended_at).is_(None))
    return session.exec(wanted).first() is not None


def custody_replacing(session: Session, custody_id: int) -> Custody | None:
    """Find the custody that took the place of another."""
    return session.exec(select(Custody).where(col(Custody.replaces_id) == custody_id)).first()


def _by_reference(session: Session, reference: str) -> Custody | None:
    wanted = "".join(reference.split()).upper()
    if not wanted:
        return None
    return session.exec(select(Custody).where(col(Custody.reference) == wanted)).first()


def _by_recipient(session: Session, recipient: str) -> Custody | None:
    names = {_plain(recipient), _plain(canonical_handle(recipient))} - {""}
    if not names:
        return None
    found = {
        custody.reference: custody
        for custody, name, handle in _open_parcels(session)
        if names & {_plain(name or ""), _plain(handle or "")}
    }
    if len(found) > 1:
        message = mark("{recipient} has several parcels: {references}. Say which by our reference")
        raise BadInputError(message, recipient=recipient.strip(), references=", ".join(found))
    return next(iter(found.values()), None)


def _open_parcels(session: Session) -> Iterator[tuple[Custody, str | None, str | None]]:
    query = (
        select(Custody, Person.name, Account.handle)
        .join(Ambassador, col(Custody.ambassador_id) == col(Ambassador.id))
        .join(Person, col(Ambassador.person_id) == col(Person.id))
        .outerjoin(Account, (col(Account.person_id) == col(Person.id)) & col(Account.erased_at).is_(None))
        .where(col(Custody.ended_at).is_(None))
        .order_by(col(Custody.id))
    )
    yield from session.exec(query)


def _plain(name: str) -> str:
    """A name without accents, capitals and double blanks: couriers print what their machines can."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


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
