"""Business hours, minute by minute: whoever is asked looks at the clock on the wall."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)


class NaiveHours:
    """The same as ``BusinessHours``, one minute after the other."""

    def __init__(
        self, zone: ZoneInfo, hours: Mapping[int, Sequence[tuple[int, int]]], closed: Collection[date]
    ) -> None:
        self.zone, self.hours, self.closed = zone, hours, closed

    def is_open(self, moment: datetime) -> bool:
        """Look at the wall."""
        here = moment.astimezone(self.zone)
        minute = 60 * here.hour + here.minute
        if here.date() in self.closed:
            return False
        return any(opens <= minute < closes for opens, closes in self.hours.get(here.weekday(), ()))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Count the open minutes; both moments are whole minutes."""
        now, count = start.astimezone(UTC), 0
        while now < end:
            count += self.is_open(now)
            now += _MINUTE
        return count * _MINUTE

    def after(self, start: datetime, amount: timedelta, at_most: timedelta) -> datetime | None:
        """Wait until so many open minutes have passed, but not for ever."""
        now, left = start.astimezone(UTC), amount
        while left > timedelta():
            if now - start > at_most:
                return None
            if self.is_open(now):
                left -= _MINUTE
            now += _MINUTE
        return now
