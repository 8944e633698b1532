"""Devices, who holds them, and everything that happened to each."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from ambassador.store.tables.base import Row, count_field, instant, key_field, points_at, state
from ambassador.values.status import CustodyEnd, DeviceStatus

_OPEN = text("ended_at IS NULL")


def _unique_where_known(column: str) -> Index:
    known = text(f"{column} <> ''")
    return Index(f"uq_device_{column}", column, unique=True, sqlite_where=known, postgresql_where=known)


class Device(Row, table=True):
    """One phone: its serial, the IMEI of each SIM, where it is."""

    __table_args__ = (
        _unique_where_known("serial"),
        _unique_where_known("imei1"),
        _unique_where_known("imei2"),
    )

    id: int | None = key_field()
    model: str
    serial: str = ""
    imei1: str = ""
    imei2: str = ""
    colour: str = ""
    cost_minor: int | None = count_field()
    currency: str = Field(default="EUR", max_length=3)
    status: DeviceStatus = state(DeviceStatus, DeviceStatus.IN_STOCK)
    note: str = ""
    batch_id: int | None = points_at("import_batch.id", optional=True)
    created_at: datetime = instant()


class Custody(Row, table=True):
    """One stay of one device with one ambassador, from reservation to its end."""

    __table_args__ = (
        Index("uq_custody_open_device", "device_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: int | None = key_field()
    reference: str = Field(unique=True)
    """Ours, printed on the packing list and matched in the courier's file."""
    device_id: int = points_at("device.id")
    ambassador_id: int = points_at("ambassador.id")
    replaces_id: int | None = points_at("custody.id", optional=True, index=False)
    reserved_at: datetime = instant()
    shipped_at: datetime | None = instant(optional=True)
    delivered_at: datetime | None = instant(optional=True)
    ended_at: datetime | None = instant(optional=True)
    ended_as: CustodyEnd | None = state(CustodyEnd, optional=True)
    due_back: date | None = None
    courier: str = ""
    tracking: str = ""
    note: str = ""


class DeviceEvent(Row, table=True):
    """One line of a device's history."""

    __tablename__ = "device_event"

    id: int | None = key_field()
    device_id: int = points_at("device.id")
    custody_id: int | None = points_at("custody.id", optional=True)
    from_status: str = ""
    to_status: str
    happened_at: datetime = instant()
    actor: str
    note: str = ""
    batch_id: int | None = points_at("import_batch.id", optional=True)
