"""Hand devices out and get them back: add, reserve, release, ship, deliver, return, lose, keep, replace."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.services.devices.dispatch import check_agreements, dispatch
from ambassador.services.mentions.refresh import mark_speaker, writing_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.devices.custody import (
    change_status,
    custody_replacing,
    device_is_held,
    get_custody,
    label_of,
    move_custody,
)
from ambassador.store.devices.devices import Happening, add_event, get_device
from ambassador.store.devices.devices import add_device as store_device
from ambassador.store.devices.moments import by_the_clock, moment_of, noon_of
from ambassador.store.devices.reservation import reserve
from ambassador.store.devices.stock import custody_views
from ambassador.store.tables.devices import Custody
from ambassador.values.devices import CustodyView, Shipment
from ambassador.values.drafts import DeviceDraft
from ambassador.values.status import DEVICE_CHANGES, AmbassadorStatus, CustodyEnd, DeviceStatus, check_change

_MAY_HAVE = frozenset({AmbassadorStatus.INVITED, AmbassadorStatus.ACCEPTED, AmbassadorStatus.SILENT})
_OUT = frozenset({DeviceStatus.SHIPPED, DeviceStatus.DELIVERED})


def add_device(work: UnitOfWork, draft: DeviceDraft) -> int:
    """Add a phone to the stock by hand.

    Examples
    --------
    >>> add_device(work, DeviceDraft(0, "Q1", serial="BZ0009"))
    6
    """
    with work.writing() as session:
        return store_device(session, draft, at=work.now(), actor=work.actor).id or 0


def reserve_device(work: UnitOfWork, ambassador_id: int, device_id: int | None = None) -> CustodyView:
    """Keep a phone for an ambassador: a given one, or the next in stock.

    Examples
    --------
    >>> from ambassador.services.campaigns.invite import invite_people
    >>> reserve_device(work, invite_people(work, campaign, [4])[0]).device_status
    <DeviceStatus.RESERVED: 'reserved'>
    """
    with work.writing() as session:
        return _reserve(work, session, ambassador_id, device_id, None)


def release_device(
    work: UnitOfWork, custody_id: int, note: str = "", at: datetime | None = None
) -> CustodyView:
    """Put a phone that was only reserved back in stock.

    Examples
    --------
    >>> from ambassador.services.campaigns.invite import invite_people
    >>> kept = reserve_device(work, invite_people(work, campaign, [4])[0])
    >>> release_device(work, kept.id).device_status
    <DeviceStatus.IN_STOCK: 'in_stock'>
    """
    return _move(work, custody_id, DeviceStatus.IN_STOCK, {DeviceStatus.RESERVED}, note, at)


def ship_devices(
    work: UnitOfWork,
    custody_ids: Sequence[int],
    courier: str = "",
    tracking: str = "",
    at: datetime | None = None,
    on: date | None = None,
) -> Shipment:
    """Send reserved phones off, by a moment or on a day of the campaign; those on their way already stay.

    Examples
    --------
    >>> from ambassador.services.campaigns.invite import invite_people
    >>> kept = reserve_device(work, invite_people(work, campaign, [4])[0])
    >>> [one.holder for one in ship_devices(work, [kept.id], "DHL", "JD02").shipped]
    ['Ada Greco']
    """
    with work.writing() as session:
        custodies = [get_custody(session, number) for number in sorted(set(custody_ids))]
        waiting = [one for one in custodies if not _on_the_way(session, one)]
        unsigned = check_agreements(session, waiting)
        for custody in waiting:
            said = noon_of(session, custody, on) if on else at
            moment = moment_of(session, custody, said, work.now())
            dispatch(session, custody.ambassador_id, at=moment, actor=work.actor, channel="parcel")
            move_custody(
                session, custody, DeviceStatus.SHIPPED, at=moment, actor=work.actor,
                courier=courier, tracking=tracking,
            )  # fmt: skip
        shipped = custody_views(session, custody_ids=[one.id or 0 for one in waiting])
        already = tuple(one.reference for one in custodies if one not in waiting)
        return Shipment(shipped, already, unsigned)


def deliver_device(
    work: UnitOfWork, custody_id: int, note: str = "", at: datetime | None = None
) -> CustodyView:
    """Note that a phone arrived, or was handed over in person.

    Examples
    --------
    >>> deliver_device(work, 3).device_status
    <DeviceStatus.DELIVERED: 'delivered'>
    """
    with writing_up_to_date(work) as session:
        custody = get_custody(session, custody_id)
        moment = moment_of(session, custody, at, work.now())
        if get_device(session, custody.device_id).status is DeviceStatus.RESERVED:
            dispatch(session, custody.ambassador_id, at=moment, actor=work.actor, channel="in person")
        move_custody(session, custody, DeviceStatus.DELIVERED, at=moment, actor=work.actor, note=note)
        mark_speaker(session, custody.ambassador_id)
        return _view(session, custody_id)


def return_device(
    work: UnitOfWork, custody_id: int, note: str = "", at: datetime | None = None
) -> CustodyView:
    """Note that a phone came back: it is in stock again.

    Examples
    --------
    >>> return_device(work, 1).device_status
    <DeviceStatus.IN_STOCK: 'in_stock'>
    """
    return _move(work, custody_id, DeviceStatus.IN_STOCK, _OUT, note, at)


def lose_device(work: UnitOfWork, custody_id: int, note: str = "", at: datetime | None = None) -> CustodyView:
    """Note that a phone was lost or stolen while it counted as theirs.

    Examples
    --------
    >>> lose_device(work, 3, note="never arrived").device_status
    <DeviceStatus.LOST: 'lost'>
    """
    return _move(work, custody_id, DeviceStatus.LOST, {DeviceStatus.RESERVED, *_OUT}, note, at)


def keep_device(work: UnitOfWork, custody_id: int, note: str = "", at: datetime | None = None) -> CustodyView:
    """Leave a delivered phone with the person for good: it leaves the stock.

    Examples
    --------
    >>> keep_device(work, 1).device_status
    <DeviceStatus.RETIRED: 'retired'>
    """
    return _move(work, custody_id, DeviceStatus.RETIRED, {DeviceStatus.DELIVERED}, note, at)


def replace_device(
    work: UnitOfWork,
    custody_id: int,
    device_id: int | None = None,
    note: str = "",
    at: datetime | None = None,
) -> CustodyView:
    """Reserve a new phone in place of a lost one; one that is still out is written off first.

    Examples
    --------
    >>> replace_device(work, 3, note="never arrived").device_status
    <DeviceStatus.RESERVED: 'reserved'>
    """
    with writing_up_to_date(work) as session:
        old = get_custody(session, custody_id)
        get_ambassador(session, old.ambassador_id, lock=True)
        session.refresh(old)
        later = custody_replacing(session, custody_id)
        if later:
            message = mark("{reference} was replaced already, by {later}")
            raise ConflictError(message, reference=old.reference, later=later.reference)
        if old.ended_at is None:
            moment = moment_of(session, old, at, work.now())
            move_custody(session, old, DeviceStatus.LOST, at=moment, actor=work.actor, note=note)
            mark_speaker(session, old.ambassador_id)
        elif old.ended_as is not CustodyEnd.LOST:
            message = mark("{reference} was not lost: there is nothing to replace")
            raise IllegalStatusChangeError(message, reference=old.reference)
        return _reserve(work, session, old.ambassador_id, device_id, custody_id)


def move_device(
    work: UnitOfWork, device_id: int, to: DeviceStatus, note: str = "", at: datetime | None = None
) -> None:
    """Move a phone nobody holds: lost in the store room, found again, retired, taken into use again.

    Examples
    --------
    >>> move_device(work, 5, DeviceStatus.LOST)
    >>> get_device(session, 5).status
    <DeviceStatus.LOST: 'lost'>
    """
    with work.writing() as session:
        device = get_device(session, device_id)
        session.refresh(device, with_for_update=True)
        before = device.status
        if to is DeviceStatus.RESERVED or device_is_held(session, device_id):
            message = mark("{device} is {status}: say what becomes of it with the person it is for")
            raise IllegalStatusChangeError(message, device=label_of(device), status=before.value)
        check_change(DEVICE_CHANGES, label_of(device), before, to)
        change_status(session, device, to)
        moment = at or by_the_clock(session, device_id, work.now())
        add_event(session, device, before, to, Happening(moment, work.actor, note))


def _on_the_way(session: Session, custody: Custody) -> bool:
    device = get_device(session, custody.device_id)
    return custody.ended_at is None and device.status is DeviceStatus.SHIPPED


def _reserve(
    work: UnitOfWork, session: Session, ambassador_id: int, device_id: int | None, replaces_id: int | None
) -> CustodyView:
    ambassador = get_ambassador(session, ambassador_id, lock=True)
    if ambassador.status not in _MAY_HAVE:
        message = mark("This ambassador is {status}: phones are for people invited or in")
        raise BadInputError(message, status=ambassador.status.value)
    custody = reserve(session, ambassador, at=work.now(), actor=work.actor, device_id=device_id)
    custody.replaces_id = replaces_id
    session.flush()
    return _view(session, custody.id or 0)


def _move(
    work: UnitOfWork,
    custody_id: int,
    to: DeviceStatus,
    allowed: set[DeviceStatus] | frozenset[DeviceStatus],
    note: str,
    at: datetime | None,
) -> CustodyView:
    with writing_up_to_date(work) as session:
        custody = get_custody(session, custody_id)
        now = get_device(session, custody.device_id).status
        if custody.ended_at is None and now not in allowed:
            message = mark("{reference} is {now}: that cannot be done with it")
            raise IllegalStatusChangeError(message, reference=custody.reference, now=now.value)
        moment = moment_of(session, custody, at, work.now())
        move_custody(session, custody, to, at=moment, actor=work.actor, note=note)
        mark_speaker(session, custody.ambassador_id)
        return _view(session, custody_id)


def _view(session: Session, custody_id: int) -> CustodyView:
    session.flush()
    return custody_views(session, custody_ids=[custody_id])[0]
