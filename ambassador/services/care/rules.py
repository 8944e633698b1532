"""When somebody is there to answer and what is promised; every case that is not solved follows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.metrics.business_hours import BusinessHours
from ambassador.services.care.clocks import bring_all_forward
from ambassador.services.care.holidays import holidays_of
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.care import rules as store
from ambassador.values.care.rules import CareCalendar, CarePromise, ClosedDay, Periods
from ambassador.values.care.states import CaseKind, CasePriority, PromiseClock
from ambassador.values.days import zone_of

_MIDNIGHT: Final = 24 * 60
_LOOKS_AHEAD: Final = timedelta(days=366)
_LONGEST: Final = 2 * 366 * _MIDNIGHT
"""Minutes of a promise: two years."""


def read_calendar(work: UnitOfWork) -> CareCalendar:
    """Read when somebody is there.

    Examples
    --------
    >>> read_calendar(work).is_always_open
    True
    """
    with work.reading() as session:
        return store.read_calendar(session)


def set_calendar(work: UnitOfWork, wanted: CareCalendar, was: CareCalendar | None = None) -> CareCalendar:
    """Set opening hours, time zone, country and closed days, and reckon anew what is due of every open case.

    Of ``wanted`` the closed days of one's own are taken; holidays are looked up for the country. With ``was``
    only what the form changed is written.

    Examples
    --------
    >>> hours = {day: ((540, 780), (840, 1080)) for day in range(5)}
    >>> set_calendar(work, CareCalendar("Europe/Rome", hours)).hours[0]
    ((540, 780), (840, 1080))
    >>> set_calendar(work, CareCalendar("Europe/Rome", {0: ((600, 540),)}))
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 10:00-09:00 closes before it opens: write what goes past midnight as \
two periods, the second on the next day
    """
    wanted = checked_calendar(wanted)
    with work.writing() as session:
        now = store.read_calendar(session)
        if was is not None:
            wanted = _laid_over(now, wanted, was)
        if wanted.country:
            known = {one.day: one for one in now.closed if one.country == wanted.country}
            today = work.now().astimezone(ZoneInfo(wanted.time_zone)).date()
            found = holidays_of(wanted.country, today, known)
            wanted = replace(wanted, closed=(*wanted.own_days, *found))
        else:
            wanted = replace(wanted, closed=wanted.own_days)
        _refuse_never_open(wanted, work.now())
        store.write_calendar(session, wanted)
        bring_all_forward(session)
        return store.read_calendar(session)


def checked_calendar(calendar: CareCalendar) -> CareCalendar:
    """Return the calendar in order, or say what cannot be used in it.

    Examples
    --------
    >>> checked_calendar(CareCalendar(hours={0: ((840, 1080), (540, 780))})).hours
    {0: ((540, 780), (840, 1080))}
    >>> checked_calendar(CareCalendar(hours={0: ((540, 780), (720, 1080))}))
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 09:00-13:00 and 12:00-18:00 of one day overlap: make one of them
    """
    zone_of(calendar.time_zone)
    hours = {day: _checked_day(periods) for day, periods in sorted(calendar.hours.items()) if periods}
    country = calendar.country.strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):  # noqa: PLR2004
        message = mark("{country} is no country: write two letters such as IT")
        raise BadInputError(message, country=calendar.country)
    own: dict[date, ClosedDay] = {}
    for one in calendar.own_days:
        own[one.day] = ClosedDay(one.day, " ".join(one.name.split()))
    return replace(calendar, hours=hours, country=country, closed=tuple(own[day] for day in sorted(own)))


def _checked_day(periods: Periods) -> Periods:
    ordered = tuple(sorted(periods))
    for opens, closes in ordered:
        if not (0 <= opens < _MIDNIGHT and 0 <= closes <= _MIDNIGHT):
            raise BadInputError(mark("{period} lies outside of the day"), period=period_text(opens, closes))
        if closes <= opens:
            message = mark(
                "{period} closes before it opens: write what goes past midnight as two periods, the second "
                "on the next day"
            )
            raise BadInputError(message, period=period_text(opens, closes))
    for (opens, closes), (next_opens, next_closes) in pairwise(ordered):
        if next_opens < closes:
            message = mark("{one} and {other} of one day overlap: make one of them")
            one, other = period_text(opens, closes), period_text(next_opens, next_closes)
            raise BadInputError(message, one=one, other=other)
    return ordered


def period_text(opens: int, closes: int) -> str:
    """Write a period as the clock shows it.

    Examples
    --------
    >>> period_text(540, 1440)
    '09:00-24:00'
    """
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


def _refuse_never_open(calendar: CareCalendar, now: datetime) -> None:
    """Refuse a calendar by which nobody will be there for a year: no promise could ever be kept."""
    if calendar.is_always_open and not calendar.closed:
        return
    hours: Mapping[int, Periods] = calendar.hours
    if calendar.is_always_open:
        hours = dict.fromkeys(range(7), ((0, _MIDNIGHT),))
    clock = BusinessHours(ZoneInfo(calendar.time_zone), hours, {one.day for one in calendar.closed})
    if not clock.opens_within(now, _LOOKS_AHEAD):
        message = mark(
            "By these hours and closed days nobody would be there within a year: open on one day at least"
        )
        raise BadInputError(message)


def _laid_over(now: CareCalendar, wanted: CareCalendar, was: CareCalendar) -> CareCalendar:
    """Change of what is stored only what was changed in the form."""
    stored, typed, first = (_parts(one) for one in (now, wanted, checked_calendar(was)))
    refuse_overwriting(
        "Opening hours",
        first,
        stored,
        typed,
        lambda values: CareCalendar(
            values["time_zone"], dict(values["hours"]), values["country"], values["closed"]
        ),
    )
    parts = {name: value if value != first[name] else stored[name] for name, value in typed.items()}
    return CareCalendar(parts["time_zone"], dict(parts["hours"]), parts["country"], parts["closed"])


def _parts(calendar: CareCalendar) -> dict[str, Any]:
    return {
        "time_zone": calendar.time_zone,
        "hours": tuple(sorted(calendar.hours.items())),
        "country": calendar.country,
        "closed": calendar.own_days,
    }


def list_promises(work: UnitOfWork) -> tuple[CarePromise, ...]:
    """List what is promised.

    Examples
    --------
    >>> list_promises(work)
    ()
    """
    with work.reading() as session:
        return store.read_promises(session)


def set_promises(work: UnitOfWork, promises: Sequence[CarePromise]) -> None:
    """Write promises, each in the place of the one for the same cases, and reckon every open case anew.

    Examples
    --------
    >>> set_promises(work, [CarePromise(first_minutes=60)])
    >>> set_promises(work, [CarePromise(first_minutes=0)])
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 0 minutes cannot be promised: write at least 1, and at most two years
    """
    for promise in promises:
        _check_promise(promise)
    with work.writing() as session:
        for promise in promises:
            store.put_promise(session, promise)
        bring_all_forward(session)


def set_promise(work: UnitOfWork, promise: CarePromise, was: CarePromise) -> None:
    """Write one promise of a form; what somebody else has changed since it was opened is told.

    Examples
    --------
    >>> set_promise(work, CarePromise(first_minutes=60), CarePromise())
    >>> list_promises(work)[0].first_minutes
    60
    """
    _check_promise(promise)
    with work.writing() as session:
        same = [one for one in store.read_promises(session) if _cases(one) == _cases(promise)]
        stored, typed, first = (_said(one) for one in (same[0] if same else CarePromise(), promise, was))
        refuse_overwriting(
            "Promise",
            first,
            stored,
            typed,
            lambda values: CarePromise(promise.kind, promise.priority, **values),
        )
        parts = {name: value if value != first[name] else stored[name] for name, value in typed.items()}
        store.put_promise(session, CarePromise(promise.kind, promise.priority, **parts))
        bring_all_forward(session)


def _cases(promise: CarePromise) -> tuple[CaseKind | None, CasePriority | None]:
    return promise.kind, promise.priority


def _said(promise: CarePromise) -> dict[str, Any]:
    return {
        "first_minutes": promise.first_minutes,
        "next_minutes": promise.next_minutes,
        "solution_minutes": promise.solution_minutes,
        "in_opening_hours": promise.in_opening_hours,
    }


def _check_promise(promise: CarePromise) -> None:
    said = [minutes for clock in PromiseClock if (minutes := promise.minutes_of(clock)) is not None]
    for minutes in said:
        if not 1 <= minutes <= _LONGEST:
            message = mark("{count} minutes cannot be promised: write at least 1, and at most two years")
            raise BadInputError(message, count=minutes)
    if not said:
        message = mark(
            "This promises nothing: say within how long the first answer, the next or the solution"
        )
        raise BadInputError(message)


def remove_promises(work: UnitOfWork, promises: Collection[CarePromise]) -> None:
    """Take promises away, and reckon anew what is due of every open case.

    Examples
    --------
    >>> remove_promises(work, [CarePromise()])
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: Nothing is promised for these cases
    """
    with work.writing() as session:
        for promise in promises:
            if not store.remove_promise(session, promise):
                raise NotFoundError("Nothing is promised for these cases")
        bring_all_forward(session)
