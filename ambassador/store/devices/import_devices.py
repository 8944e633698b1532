"""Devices of a file: new ones into the stock, known ones completed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.store.bulk import change_rows
from ambassador.store.devices.devices import add_devices, known_devices, lock_numbers, new_device
from ambassador.store.tables.devices import Device
from ambassador.values.devices import canonical_imei, canonical_serial
from ambassador.values.drafts import DeviceDraft
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import RejectedRow
from ambassador.values.money import Money

_TELL_EVERY = 50
_WORDS = {"model": mark("Model"), "colour": mark("Colour"), "imei2": mark("Second IMEI")}


def put_devices(session: Session, drafts: Sequence[DeviceDraft], arrival: Arrival) -> Fates:
    """Write devices; a serial or IMEI already here is the same device, two of them are a contradiction."""
    told = Fates()
    lock_numbers(session)
    known = _by_number(session, drafts)
    coming: list[Device] = []
    met: set[int] = set()
    for number, draft in enumerate(drafts, start=1):
        found = {id(device): device for one in _numbers(draft) if (device := known.get(one))}
        if any(device.id is None for device in found.values()):  # a row further up brought it
            _add(session, coming, arrival)
        try:
            new = _put(session, _as_second(draft, found, met), list(found.values()), arrival, told)
        except BadInputError as problem:
            told.refuse(
                RejectedRow(
                    draft.line,
                    "",
                    draft.serial or draft.imei1,
                    problem.message,
                    problem.values,
                    place=draft.place,
                )
            )
            continue
        if new:
            coming.append(new)
            known |= _index([new])
            found = {id(new): new}
        elif met & found.keys():
            told.note_further(draft.row)
        met |= found.keys()
        if number % _TELL_EVERY == 0:
            arrival.progress(number, len(drafts), mark("Writing"))
    _add(session, coming, arrival)
    return told


def _add(session: Session, coming: list[Device], arrival: Arrival) -> None:
    add_devices(session, coming, at=arrival.at, actor=arrival.actor)
    coming.clear()


def _put(
    session: Session, draft: DeviceDraft, found: Sequence[Device], arrival: Arrival, told: Fates
) -> Device | None:
    """Make a device of a row, or complete the one it names."""
    if not found:
        if not draft.model:
            raise BadInputError(mark("the row names no model: say which phone it is"))
        new = new_device(draft, at=arrival.at, batch_id=arrival.batch_id)
        told.note_fate(draft.row, Fate.ADDED)
        return new
    if len(found) > 1 or not _agrees(draft, found[0]):
        message = mark("the serial and the IMEIs of this row belong to different phones")
        raise BadInputError(message)
    told.note_fate(draft.row, _complete(session, draft, found[0], arrival, told))
    return None


def _as_second(draft: DeviceDraft, found: Mapping[int, Device], met: set[int]) -> DeviceDraft:
    """Take the one IMEI of a further row of a phone for its second: a list may have a row for each SIM."""
    device = next(iter(found.values()), None)
    if device is None or len(found) > 1 or not met & found.keys() or not device.imei1 or device.imei2:
        return draft
    serial, (first, second) = canonical_serial(draft.serial), _imeis(draft)
    if second or not first or first == device.imei1 or not serial or serial != device.serial:
        return draft
    return replace(draft, imei1=device.imei1, imei2=first)


def _agrees(draft: DeviceDraft, device: Device) -> bool:
    serial = canonical_serial(draft.serial)
    if serial and device.serial and serial != device.serial:
        return False
    theirs = {device.imei1, device.imei2} - {""}
    mine = {*_imeis(draft)} - {""}
    return not (theirs and mine) or bool(theirs & mine)


def _complete(session: Session, draft: DeviceDraft, device: Device, arrival: Arrival, told: Fates) -> Fate:
    said: dict[str, Any] = {
        "serial": canonical_serial(draft.serial),
        "imei2": _imeis(draft)[1] if _imeis(draft)[0] == device.imei1 else "",
        "colour": draft.colour,
        "model": draft.model,
    }
    change = {name: value for name, value in said.items() if value and not getattr(device, name)}
    if draft.cost and (device.cost_minor is None or not arrival.is_repeat):
        wanted = {"cost_minor": draft.cost.minor, "currency": draft.cost.currency}
        change |= {name: value for name, value in wanted.items() if getattr(device, name) != value}
    _tell_kept(draft, device, said, told)
    if not change or device.id is None:
        return Fate.DUPLICATE
    before = {name: getattr(device, name) for name in change}
    if before.get("cost_minor") is not None and draft.cost:
        old = Money(device.cost_minor or 0, device.currency)
        told.changed(draft.line, draft.serial or draft.imei1, mark("Cost"), old, draft.cost)
    change_rows(session, Device, {device.id: change}, {device.id: before}, arrival.batch_id)
    session.refresh(device)
    return Fate.UPDATED


def _tell_kept(draft: DeviceDraft, device: Device, said: Mapping[str, Any], told: Fates) -> None:
    """Tell what a row says differently about a phone than what stays."""
    for name, word in _WORDS.items():
        known = getattr(device, name)
        if known and said[name] and known != said[name]:
            what = draft.serial or draft.imei1
            told.changed(draft.line, what, word, known, said[name], is_taken=False)


def _by_number(session: Session, drafts: Sequence[DeviceDraft]) -> dict[str, Device]:
    serials = [canonical_serial(draft.serial) for draft in drafts]
    imeis = [imei for draft in drafts for imei in _imeis(draft)]
    found: dict[str, Device] = {}
    for first in range(0, max(len(serials), 1), 1_000):
        some = imeis[2 * first : 2 * first + 2_000]
        found |= _index(known_devices(session, serials[first : first + 1_000], some))
    return found


def _index(devices: Sequence[Device]) -> dict[str, Device]:
    return {
        one: device
        for device in devices
        for one in (f"s:{device.serial}", device.imei1, device.imei2)
        if one.strip("s:")
    }


def _numbers(draft: DeviceDraft) -> list[str]:
    serial = canonical_serial(draft.serial)
    return [one for one in (f"s:{serial}" if serial else "", *_imeis(draft)) if one]


def _imeis(draft: DeviceDraft) -> tuple[str, str]:
    return canonical_imei(draft.imei1), canonical_imei(draft.imei2)
