"""Which calendar day a moment falls on: that of the campaign's time zone, wherever a day is told."""

from datetime import UTC, date, datetime, timedelta
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
