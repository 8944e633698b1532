"""Write a courier's file: each line moves one parcel on, unless it is there already."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from ambassador.errors import AmbassadorError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.devices.dispatch import dispatch
from ambassador.store.bulk import change_json
from ambassador.store.devices.custody import find_custody, move_custody
from ambassador.store.devices.devices import get_device
from ambassador.store.devices.moments import moment_of
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.imports import ImportChange
from ambassador.values.drafts import CourierDraft
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.parcel_order import in_order_of_events
from ambassador.values.status import CustodyEnd, DeviceStatus

_TO = {
    "shipped": DeviceStatus.SHIPPED,
    "delivered": DeviceStatus.DELIVERED,
    "returned": DeviceStatus.IN_STOCK,
    "lost": DeviceStatus.LOST,
}
_PASSED = {
    DeviceStatus.SHIPPED: frozenset({DeviceStatus.SHIPPED, DeviceStatus.DELIVERED}),
    DeviceStatus.DELIVERED: frozenset({DeviceStatus.DELIVERED}),
}
_ENDED = {DeviceStatus.IN_STOCK: CustodyEnd.RETURNED, DeviceStatus.LOST: CustodyEnd.LOST}
_KEPT = ("reserved_at", "shipped_at", "delivered_at", "ended_at", "ended_as", "courier", "tracking", "note")


def put_courier_lines(session: Session, drafts: Sequence[CourierDraft], arrival: Arrival) -> Fates:
    """Move the parcels of a courier's file, in the order of what happened."""
    told = Fates()
    in_order = in_order_of_events(drafts)
    for number, draft in enumerate(in_order, start=1):
        try:
            with session.begin_nested():
                told.note_fate(draft.row, _move(session, draft, arrival))
        except AmbassadorError as problem:
            shown = draft.reference or draft.recipient
            told.refuse(
                RejectedRow(draft.line, "", shown, problem.message, problem.values, place=draft.place)
            )
        arrival.progress(number, len(drafts), mark("Writing"))
    return told


def _move(session: Session, draft: CourierDraft, arrival: Arrival) -> Fate:
    custody = find_custody(session, draft.reference, draft.recipient)
    if custody is None:
        parcel = draft.reference or draft.recipient
        raise NotFoundError(mark("no parcel of ours is {parcel}"), parcel=parcel)
    to = _TO[draft.status]
    device = get_device(session, custody.device_id)
    if _is_there_already(custody, device, to):
        return Fate.DUPLICATE
    before = _held(custody, device)
    at = moment_of(session, custody, draft.happened_at, arrival.at, arrival.batch_id)
    if device.status is DeviceStatus.RESERVED and to in _PASSED:
        dispatch(session, custody.ambassador_id, at=at, actor=arrival.actor, channel="parcel")
    move_custody(
        session,
        custody,
        to,
        at=at,
        actor=arrival.actor,
        courier=draft.courier,
        tracking=draft.tracking,
        batch_id=arrival.batch_id,
    )
    _remember(session, custody, device, before, arrival)
    return Fate.UPDATED


def _is_there_already(custody: Custody, device: Device, to: DeviceStatus) -> bool:
    if custody.ended_at is not None:
        return to in _PASSED or custody.ended_as is _ENDED.get(to)
    return device.status in _PASSED.get(to, ())


def _held(custody: Custody, device: Device) -> tuple[dict[str, Any], dict[str, Any]]:
    return {name: getattr(custody, name) for name in _KEPT}, {"status": device.status}


def _remember(
    session: Session,
    custody: Custody,
    device: Device,
    before: tuple[dict[str, Any], dict[str, Any]],
    arrival: Arrival,
) -> None:
    """Keep what parcel and phone were, so that the import can be undone."""
    after = _held(custody, device)
    for number, row, name in ((0, custody, "custody"), (1, device, "device")):
        change = ImportChange(
            batch_id=arrival.batch_id,
            table_name=name,
            row_id=row.id or 0,
            before=change_json(before[number], after[number]),
        )
        session.add(change)
