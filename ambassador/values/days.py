"""Which calendar day a moment falls on: that of the campaign's time zone, wherever a day is told."""

from datetime import date, datetime
from zoneinfo import ZoneInfo


def day_in(zone: str, at: datetime) -> date:
    """The calendar day of a moment in a time zone.

    >>> from datetime import UTC
    >>> day_in("Pacific/Auckland", datetime(2026, 5, 28, 13, tzinfo=UTC))
    datetime.date(2026, 5, 29)
    """
    return at.astimezone(ZoneInfo(zone)).date()
