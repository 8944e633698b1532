"""Devices: adding them, finding them by what is printed on them, and their history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, text
from sqlmodel import Session, col, select

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.bulk import insert_rows
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.values.devices import canonical_imei, canonical_serial, checked_imei
from ambassador.values.drafts import DeviceDraft
from ambassador.values.row_numbers import row_number
from ambassador.values.status import DeviceStatus

_IMEI_LOCK = 7_304_118_222  # any fixed number: IMEIs are unique across two columns, which no index can say


@dataclass(frozen=True, slots=True)
class Happening:
    """When, by whom, why, and through which import something happened."""

    at: datetime
    actor: str
    note: str = ""
    batch_id: int | None = None


def add_device(
    session: Session, draft: DeviceDraft, *, at: datetime, actor: str, batch_id: int | None = None
) -> Device:
    """Add a device to the stock; its serial and IMEIs must be nobody else's."""
    device = new_device(draft, at=at, batch_id=batch_id)
    lock_numbers(session)
    _refuse_known(session, device.serial, (device.imei1, device.imei2))
    session.add(device)
    session.flush()
    add_event(session, device, "", DeviceStatus.IN_STOCK, Happening(at, actor, batch_id=batch_id))
    return device


def add_devices(session: Session, devices: Sequence[Device], *, at: datetime, actor: str) -> None:
    """Add many devices whose numbers were looked for already, each with the first line of its history."""
    session.add_all(devices)
    session.flush()
    events = [
        {
            "device_id": device.id,
            "custody_id": None,
            "from_status": "",
            "to_status": DeviceStatus.IN_STOCK.value,
            "happened_at": at,
            "actor": actor,
            "note": "",
            "batch_id": device.batch_id,
        }
        for device in devices
    ]
    insert_rows(session, DeviceEvent, events)


def new_device(draft: DeviceDraft, *, at: datetime, batch_id: int | None = None) -> Device:
    """Make a device of what is said of it, or refuse what cannot be one."""
    serial = canonical_serial(draft.serial)
    imeis = [checked_imei(draft.imei1), checked_imei(draft.imei2)]
    _refuse_unusable(draft, serial, imeis)
    return Device(
        model=draft.model.strip(),
        serial=serial,
        imei1=imeis[0],
        imei2=imeis[1],
        colour=draft.colour.strip(),
        cost_minor=draft.cost.minor if draft.cost else None,
        currency=draft.cost.currency if draft.cost else "EUR",
        batch_id=batch_id,
        created_at=at,
    )


def lock_numbers(session: Session) -> None:
    """Keep others from adding devices meanwhile: numbers are looked for before they are added."""
    if session.get_bind().dialect.name == "postgresql":  # SQLite's writers take turns anyway
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _IMEI_LOCK})


def add_event(
    session: Session,
    device: Device,
    before: str,
    after: str,
    happening: Happening,
    custody: Custody | None = None,
) -> None:
    """Write one line of a device's history."""
    event = DeviceEvent(
        device_id=device.id or 0,
        custody_id=custody.id if custody else None,
        from_status=str(before),
        to_status=str(after),
        happened_at=happening.at,
        actor=happening.actor,
        note=happening.note,
        batch_id=happening.batch_id,
    )
    session.add(event)
    session.flush()


def get_device(session: Session, device_id: int) -> Device:
    """A device by its number."""
    device = session.get(Device, device_id)
    if device is None:
        raise NotFoundError("No phone is number {number} here", number=device_id)
    return device


def find_device(session: Session, printed: str) -> Device:
    """Find a device by its serial, one of its IMEIs, our reference, or its number as ``#12``."""
    said = printed.strip()
    if said.startswith("#") and (number := row_number(said[1:])) is not None:
        return get_device(session, number)
    found = known_devices(session, (canonical_serial(printed),), (canonical_imei(printed),))
    if not found:
        named = select(Custody.device_id).where(col(Custody.reference) == canonical_serial(printed))
        found = [get_device(session, number) for number in session.exec(named)]
    if not found:
        raise NotFoundError("No phone has the serial or IMEI {printed}", printed=printed.strip() or "''")
    return found[0]


def known_devices(session: Session, serials: Sequence[str], imeis: Sequence[str]) -> list[Device]:
    """List the devices that carry any of these serials or, in either column, any of these IMEIs."""
    wanted_serials, wanted_imeis = [one for one in serials if one], [one for one in imeis if one]
    printed = or_(
        col(Device.serial).in_(wanted_serials),
        col(Device.imei1).in_(wanted_imeis),
        col(Device.imei2).in_(wanted_imeis),
    )
    return list(session.exec(select(Device).where(printed).order_by(col(Device.id))))


def _refuse_unusable(draft: DeviceDraft, serial: str, imeis: Sequence[str]) -> None:
    if not draft.model.strip():
        raise BadInputError("A phone needs a model")
    if not serial and not any(imeis):
        raise BadInputError("A phone needs a serial or an IMEI, else nobody can tell it from the others")
    if imeis[0] and imeis[0] == imeis[1]:
        raise BadInputError("Both IMEIs are {imei}: a second SIM has its own", imei=imeis[0])


def _refuse_known(session: Session, serial: str, imeis: Sequence[str]) -> None:
    for known in known_devices(session, (serial,), imeis):
        same = {known.serial, known.imei1, known.imei2} & {serial, *imeis} - {""}
        message = mark("{printed} is in the list already: phone #{number}, {model}")
        raise ConflictError(message, printed=min(same), number=known.id, model=known.model)
