"""Phones whose state is not what their custody and their history say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from ambassador.store.devices.custody import label_of
from ambassador.store.devices.devices import Happening, add_event
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.values.status import CustodyEnd, DeviceStatus

_HELD: Final = frozenset({DeviceStatus.RESERVED, DeviceStatus.SHIPPED, DeviceStatus.DELIVERED})


@dataclass(frozen=True, slots=True)
class UnequalDevice:
    """A phone whose state contradicts who holds it."""

    device_id: int
    label: str
    status: DeviceStatus
    held_as: DeviceStatus | None
    """What its open custody says; None where nobody has it."""
    told: DeviceStatus | None
    """The state its history ends with; None where it has none."""
    ended: CustodyEnd | None = None
    """How its last custody ended; None where it never had one that did."""

    @property
    def right(self) -> DeviceStatus:
        """What it should be: as who holds it says, else as it ended, else where its history ended."""
        if self.held_as is not None:
            return self.held_as
        if self.status not in _HELD:
            return self.status
        if self.told is not None and self.told not in _HELD:
            return self.told
        return DeviceStatus.LOST if self.ended is CustodyEnd.LOST else DeviceStatus.IN_STOCK

    @property
    def is_nobodys(self) -> bool:
        """Whether it is said to be with somebody, or on its way, and no custody of it is open."""
        return self.held_as is None and self.status in _HELD


def unequal_stock(session: Session) -> list[UnequalDevice]:
    """Compare every phone with its open custody and the end of its history."""
    held = {
        row.device_id: row for row in session.exec(select(Custody).where(col(Custody.ended_at).is_(None)))
    }
    ended = select(Custody.device_id, Custody.ended_as).where(col(Custody.ended_at).is_not(None))
    ends = dict(session.exec(ended.order_by(col(Custody.ended_at), col(Custody.id))).all())
    events = session.exec(select(DeviceEvent.device_id, DeviceEvent.to_status).order_by(col(DeviceEvent.id)))
    told = dict(events.all())
    found = []
    for device in session.exec(select(Device).order_by(col(Device.id))):
        number = device.id or 0
        custody = held.get(number)
        right = _state_of(custody) if custody else None
        if right != (device.status if device.status in _HELD else None) or told.get(
            number, device.status
        ) != str(device.status.value):
            last = told.get(number)
            found.append(
                UnequalDevice(
                    number,
                    label_of(device),
                    device.status,
                    right,
                    DeviceStatus(last) if last else None,
                    CustodyEnd(end) if (end := ends.get(number)) else None,
                )
            )
    return found


def put_stock_right(session: Session, *, at: datetime, actor: str, note: str) -> int:
    """Set each such phone to what its custody says, else to where its history ended, and note it."""
    found = unequal_stock(session)
    for one in found:
        device = session.get_one(Device, one.device_id)
        before, device.status = device.status, one.right
        session.add(device)
        add_event(session, device, before, device.status, Happening(at, actor, note))
    session.flush()
    return len(found)


def _state_of(custody: Custody) -> DeviceStatus:
    if custody.delivered_at is not None:
        return DeviceStatus.DELIVERED
    return DeviceStatus.SHIPPED if custody.shipped_at is not None else DeviceStatus.RESERVED
