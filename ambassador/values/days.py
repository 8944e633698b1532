"""Which calendar day a moment falls on: that of the campaign's time zone, wherever a day is told."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from ambassador.errors import BadInputError
from ambassador.i18n import mark


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of a moment in a time zone.

    >>> day_in("Pacific/Auckland", datetime(2026, 5, 28, 13, tzinfo=UTC))
    datetime.date(2026, 5, 29)
    """
    return at.astimezone(ZoneInfo(zone)).date()


def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of a name in the IANA list.

    >>> zone_of("Europe/Rome").key
    'Europe/Rome'
    """
    if name not in available_timezones():
        message = mark("{zone} is no time zone: write one such as Europe/Rome")
        raise BadInputError(message, zone=name)
    return ZoneInfo(name)


_NEXT_OFFSET = 28
"""Days within which a zone is not expected to leave an offset and come back to it."""
_FIRST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER = timedelta(days=2)
"""A day for time zones, a day for clocks that are off."""


def is_within_reason(moment: datetime, now: datetime) -> bool:
    """Tell whether something said now can be from then: no platform is older than 1990.

    >>> now = datetime(2026, 5, 12, tzinfo=UTC)
    >>> is_within_reason(now, now), is_within_reason(datetime(2031, 1, 1, tzinfo=UTC), now)
    (True, False)
    """
    return _FIRST <= moment <= now + _CLOCKS_DIFFER


def day_begins(day: date, zone: str) -> datetime:
    """Return the instant a day begins in a time zone.

    Examples
    --------
    >>> day_begins(date(2026, 5, 1), "Europe/Rome").isoformat()
    '2026-05-01T00:00:00+02:00'
    """
    return datetime.combine(day, time(), ZoneInfo(zone))


def lies_on_the_hour(first: datetime, last: datetime, zone: ZoneInfo) -> bool:
    """Check whether a zone lies whole hours from UTC all the time: then its days begin where an hour does.

    A zone is not expected to leave an offset and come back to it within four weeks.

    Examples
    --------
    >>> at = datetime(2026, 5, 1, tzinfo=UTC)
    >>> lies_on_the_hour(at, at, ZoneInfo("Europe/Rome")), lies_on_the_hour(at, at, ZoneInfo("Asia/Kolkata"))
    (True, False)
    """
    steps = range(0, max((last - first).days, 0), _NEXT_OFFSET)
    offsets = (
        at.astimezone(zone).utcoffset() for at in (*(first + timedelta(days=one) for one in steps), last)
    )
    return all(offset is not None and offset % timedelta(hours=1) == timedelta(0) for offset in offsets)
