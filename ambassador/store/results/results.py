"""What adding up a campaign needs beside its mentions: stays of devices, follower lists."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy
from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.store.people.people import in_slices
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.people import AudienceMember
from ambassador.values.status import CustodyEnd


@dataclass(frozen=True, slots=True)
class CustodyCost:
    """One stay of a device with an ambassador, and what the device cost."""

    ambassador_id: int
    shipped_at: datetime | None
    delivered_at: datetime | None
    ended_at: datetime | None
    ended_as: CustodyEnd | None
    cost_minor: int | None
    currency: str


def custody_costs(session: Session, ambassador_ids: Collection[int]) -> list[CustodyCost]:
    """Read every stay of a device with these ambassadors, oldest first."""
    found: list[CustodyCost] = []
    for ids in in_slices(ambassador_ids):
        rows = session.execute(
            sqlalchemy.select(
                col(Custody.ambassador_id),
                col(Custody.shipped_at),
                col(Custody.delivered_at),
                col(Custody.ended_at),
                col(Custody.ended_as),
                col(Device.cost_minor),
                col(Device.currency),
            )
            .join(Device, col(Device.id) == col(Custody.device_id))
            .where(col(Custody.ambassador_id).in_(ids))
            .order_by(col(Custody.id))
        )
        found += [CustodyCost(*row) for row in rows]
    return found


class DeviceCustody(NamedTuple):
    """One delivered device with one ambassador."""

    device_id: int
    serial: str
    ambassador_id: int
    delivered_at: datetime
    ended_at: datetime | None


def device_custodies(session: Session, ambassador_ids: Collection[int]) -> list[DeviceCustody]:
    """Read which device reached whom and when, oldest first."""
    found: list[DeviceCustody] = []
    for ids in in_slices(ambassador_ids):
        rows = session.execute(
            sqlalchemy.select(
                col(Custody.device_id),
                func.coalesce(func.nullif(col(Device.serial), ""), col(Device.imei1)),
                col(Custody.ambassador_id),
                col(Custody.delivered_at),
                col(Custody.ended_at),
            )
            .join(Device, col(Device.id) == col(Custody.device_id))
            .where(col(Custody.ambassador_id).in_(ids), col(Custody.delivered_at).is_not(None))
            .order_by(col(Custody.delivered_at), col(Custody.id))
        )
        found += [DeviceCustody(*row) for row in rows]
    return found


def listed_accounts(session: Session, account_ids: Collection[int]) -> set[int]:
    """For which accounts the list of followers is known."""
    found: set[int] = set()
    for ids in in_slices(account_ids):
        query = select(AudienceMember.account_id).where(col(AudienceMember.account_id).in_(ids)).distinct()
        found |= set(session.exec(query))
    return found


def count_audience(session: Session, account_ids: Collection[int]) -> int:
    """Count the different people on the follower lists of some accounts."""
    query = select(func.count(func.distinct(col(AudienceMember.member_hash))))
    return session.exec(query.where(col(AudienceMember.account_id).in_(list(account_ids)))).one()
