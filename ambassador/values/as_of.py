"""A day in the past, at whose end things are looked at as they were known then."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class AsOf:
    """A day, and what could not be brought back of it."""

    day: date
    zone: str = "UTC"
    """Where the day ends."""
    undone: int = 0
    """Imports made by then and undone since: what they brought is gone."""
    erased: int = 0
    """People known by then and erased since: their names are gone."""

    @property
    def until(self) -> datetime:
        """The first moment that is too late.

        Examples
        --------
        >>> AsOf(date(2026, 5, 12), "Europe/Rome").until.isoformat()
        '2026-05-12T22:00:00+00:00'
        """
        midnight = datetime.combine(self.day + timedelta(days=1), datetime.min.time(), ZoneInfo(self.zone))
        return midnight.astimezone(UTC)

    @property
    def last(self) -> datetime:
        """The last moment that counts."""
        return self.until - timedelta(microseconds=1)
