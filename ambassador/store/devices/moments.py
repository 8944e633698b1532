"""When something happened to a device: never before what happened to it last, whatever the clock says."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.store.bulk import change_json
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.devices import Custody, DeviceEvent
from ambassador.store.tables.imports import ImportChange
from ambassador.values.status import DeviceStatus

_MIDDLE = time(12)
_ALL_DAY = (time(), _MIDDLE)
"""How a day without an hour is written: files begin it, the form for parcels takes its middle."""
_ONE_SITTING = timedelta(days=1)
"""A reservation has no date of its own: noted so shortly before, it is noted late with what followed."""


def by_the_clock(session: Session, device_id: int, now: datetime, custody: Custody | None = None) -> datetime:
    """What the clock says, or the last moment known where the clock was set back since."""
    return max((now, *(event.happened_at for event in _moves(session, device_id)), *_stamps(custody)))


def moment_of(
    session: Session, custody: Custody, said: datetime | None, now: datetime, batch_id: int | None = None
) -> datetime:
    """When a parcel moved: as somebody says it, by the clock otherwise.

    A day without an hour stands for all of that day, and a reservation noted in the same sitting moves back
    with what is said to have followed it; anything else before the last move is refused.
    """
    if said is None:
        return by_the_clock(session, custody.device_id, now, custody)
    moves = _moves(session, custody.device_id)
    last = max((*(event.happened_at for event in moves), *_stamps(custody)))
    if said >= last:
        return said
    if _may_be_of_one_day(said, last, _zone(session, custody)):
        return last
    reservation = next((one for one in moves[-1:] if one.to_status == DeviceStatus.RESERVED.value), None)
    earlier = [one.happened_at for one in moves if one is not reservation]
    if reservation is None or now - last > _ONE_SITTING or said < max(earlier, default=said):
        message = mark("{reference}: this phone was last moved at {last}, so this cannot be from {said}")
        raise BadInputError(message, reference=custody.reference, last=last, said=said)
    _move_back(session, custody, reservation, said, batch_id)
    return said


def noon_of(session: Session, custody: Custody, day: date) -> datetime:
    """The middle of a day where the campaign is: how a day without an hour is kept."""
    return datetime.combine(day, time(12), _zone(session, custody)).astimezone(UTC)


def _move_back(
    session: Session, custody: Custody, reservation: DeviceEvent, to: datetime, batch_id: int | None
) -> None:
    if batch_id is not None:  # undoing the import puts it where it was; what the parcel held is kept anyway
        change = change_json({"happened_at": reservation.happened_at}, {"happened_at": to})
        row = reservation.id or 0
        session.add(ImportChange(batch_id=batch_id, table_name="device_event", row_id=row, before=change))
    custody.reserved_at = reservation.happened_at = to
    session.flush()


def _moves(session: Session, device_id: int) -> list[DeviceEvent]:
    """List what happened to a device since it was put in the list, in the order it was noted."""
    query = select(DeviceEvent).where(
        col(DeviceEvent.device_id) == device_id, col(DeviceEvent.from_status) != ""
    )
    return list(session.exec(query.order_by(col(DeviceEvent.id))))


def _stamps(custody: Custody | None) -> list[datetime]:
    if custody is None:
        return []
    known = (custody.reserved_at, custody.shipped_at, custody.delivered_at)
    return [moment for moment in known if moment is not None]


def _may_be_of_one_day(said: datetime, last: datetime, zone: ZoneInfo) -> bool:
    """Tell whether one of two moments is a day without an hour, and the other an hour of it."""
    return any(
        said.astimezone(one).date() == last.astimezone(one).date()
        and (said.astimezone(one).time() in _ALL_DAY or last.astimezone(one).time() == _MIDDLE)
        for one in (zone, UTC)
    )


def _zone(session: Session, custody: Custody) -> ZoneInfo:
    query = select(Campaign.time_zone).join(Ambassador, col(Ambassador.campaign_id) == col(Campaign.id))
    return ZoneInfo(session.exec(query.where(col(Ambassador.id) == custody.ambassador_id)).one())
