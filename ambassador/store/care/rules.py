"""Opening hours, closed days and promises."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlmodel import Session, col, select

from ambassador.store.settings import get_setting, put_setting
from ambassador.store.tables.care import CarePromiseRow, ClosedDate, OpeningPeriod
from ambassador.values.care.rules import CareCalendar, CarePromise, ClosedDay, Periods

_CALENDAR: Final = "care"


def read_calendar(session: Session) -> CareCalendar:
    """Read when somebody is there."""
    said: dict[str, Any] = get_setting(session, _CALENDAR) or {}
    hours: dict[int, Periods] = {}
    rows = session.exec(
        select(OpeningPeriod).order_by(col(OpeningPeriod.weekday), col(OpeningPeriod.opens_minute))
    )
    for row in rows:
        hours[row.weekday] = (*hours.get(row.weekday, ()), (row.opens_minute, row.closes_minute))
    days = session.exec(select(ClosedDate).order_by(col(ClosedDate.day), col(ClosedDate.country)))
    return CareCalendar(
        time_zone=said.get("time_zone", CareCalendar().time_zone),
        hours=hours,
        country=said.get("country", ""),
        closed=tuple(ClosedDay(row.day, row.name, row.country) for row in days),
    )


def write_calendar(session: Session, calendar: CareCalendar) -> None:
    """Write when somebody is there, in place of what was said before; rows that stay are left alone."""
    put_setting(session, _CALENDAR, {"time_zone": calendar.time_zone, "country": calendar.country})
    wanted = {
        (weekday, opens): closes for weekday, periods in calendar.hours.items() for opens, closes in periods
    }
    for row in session.exec(select(OpeningPeriod)).all():
        closes = wanted.pop((row.weekday, row.opens_minute), None)
        if closes is None:
            session.delete(row)
        else:
            row.closes_minute = closes
    session.add_all(
        OpeningPeriod(weekday=weekday, opens_minute=opens, closes_minute=closes)
        for (weekday, opens), closes in sorted(wanted.items())
    )
    _write_days(session, calendar.closed)
    session.flush()


def _write_days(session: Session, days: Iterable[ClosedDay]) -> None:
    wanted = {(one.day, one.country): one for one in days}
    for row in session.exec(select(ClosedDate)).all():
        day = wanted.pop((row.day, row.country), None)
        if day is None:
            session.delete(row)
        else:
            row.name = day.name
    session.add_all(ClosedDate(day=one.day, name=one.name, country=one.country) for one in wanted.values())


def read_promises(session: Session) -> tuple[CarePromise, ...]:
    """Read what is promised."""
    rows = session.exec(select(CarePromiseRow).order_by(col(CarePromiseRow.id))).all()
    return tuple(_promise(row) for row in rows)


def put_promise(session: Session, promise: CarePromise) -> None:
    """Write a promise in the place of the one for the same cases."""
    row = _same(session, promise) or CarePromiseRow(kind=promise.kind, priority=promise.priority)
    row.first_minutes, row.next_minutes = promise.first_minutes, promise.next_minutes
    row.solution_minutes, row.in_opening_hours = promise.solution_minutes, promise.in_opening_hours
    session.add(row)
    session.flush()


def remove_promise(session: Session, promise: CarePromise) -> bool:
    """Take a promise away; say whether there was one."""
    row = _same(session, promise)
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def _same(session: Session, promise: CarePromise) -> CarePromiseRow | None:
    rows: Sequence[CarePromiseRow] = session.exec(select(CarePromiseRow)).all()
    return next((row for row in rows if (row.kind, row.priority) == (promise.kind, promise.priority)), None)


def _promise(row: CarePromiseRow) -> CarePromise:
    return CarePromise(
        kind=row.kind,
        priority=row.priority,
        first_minutes=row.first_minutes,
        next_minutes=row.next_minutes,
        solution_minutes=row.solution_minutes,
        in_opening_hours=row.in_opening_hours,
    )
