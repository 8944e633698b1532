"""Time in which somebody is there: how much of it lies between two moments, and when so much has passed.

A moment is open where the clock on the wall of the calendar's zone says so. On the night clocks go forward
an hour of the wall does not happen and counts for nothing; on the night they go back one happens twice and
counts twice. So what is reckoned is stretches of one offset from UTC, each moved by its own.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]
"""From a moment (with it) to a moment (without it), both in UTC."""
_DAY = timedelta(days=1)
_STRETCH = timedelta(days=400)
"""How much further the open spans are worked out when they do not reach."""
_LAST = datetime(2199, 1, 1, tzinfo=UTC)
_NEVER_WITHIN = timedelta(days=3 * 366)
"""What is not open for so long is told as never: no clock waits for longer."""


class CountingClock(Protocol):
    """Something that tells how much time counts."""

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Tell how much of the time between two moments counts."""

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """Tell when so much has counted; None where it never will."""


class WallClock:
    """Every moment counts.

    Examples
    --------
    >>> at = datetime(2026, 5, 1, 20, tzinfo=UTC)
    >>> WallClock().elapsed(at, at + timedelta(hours=14))
    datetime.timedelta(seconds=50400)
    """

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Tell the time between two moments; none where the end is earlier."""
        return max(end - start, timedelta())

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """Tell the moment so much later."""
        return start + amount


class BusinessHours:
    """The clock that runs only while somebody is there.

    Parameters
    ----------
    zone : ZoneInfo
        Whose wall clock the hours are of.
    hours : mapping of int to pairs of int
        Weekday (Monday is 0) -> periods ``(opens, closes)`` in minutes after midnight, in order, none over
        another, ``0 <= opens < closes <= 1440``.
    closed : collection of dates
        Days on which nobody is there.

    Examples
    --------
    A shop that shuts at noon, and a night on which clocks go forward from two to three:

    >>> rome = ZoneInfo("Europe/Rome")
    >>> shop = BusinessHours(rome, {day: ((540, 780), (840, 1080)) for day in range(5)}, ())
    >>> friday = datetime(2026, 5, 15, 17, tzinfo=rome)
    >>> shop.after(friday, timedelta(hours=2)).astimezone(rome).strftime("%a %H:%M")
    'Mon 10:00'
    >>> night = BusinessHours(rome, {6: ((60, 300),)}, ())
    >>> night.elapsed(datetime(2026, 3, 29, tzinfo=rome), datetime(2026, 3, 30, tzinfo=rome))
    datetime.timedelta(seconds=10800)
    """

    def __init__(
        self, zone: ZoneInfo, hours: Mapping[int, Sequence[tuple[int, int]]], closed: Collection[date]
    ) -> None:
        self._zone, self._hours, self._closed = zone, dict(hours), frozenset(closed)
        self._starts: list[datetime] = []
        self._ends: list[datetime] = []
        self._before: list[timedelta] = []
        """Open time before each span."""
        self._from: datetime | None = None
        self._until: datetime | None = None

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Tell how much open time lies between two moments; none where the end is earlier."""
        if end <= start:
            return timedelta()
        self._reach(start, end)
        return self._open_until(end) - self._open_until(start)

    def after(self, start: datetime, amount: timedelta) -> datetime | None:
        """Tell the first moment by which so much open time has passed; None where there is no such moment.

        An amount of nothing has passed at once, whether or not somebody is there.
        """
        if amount <= timedelta():
            return start
        self._reach(start, start + amount)
        target = self._open_until(start) + amount
        shut_since = start
        while not self._ends or self._total() < target:
            if self._until is None or self._until >= _LAST:
                return None
            last = max(self._ends[-1], start) if self._ends else shut_since
            if self._until - last > _NEVER_WITHIN:
                return None
            self._reach(start, self._until + _STRETCH)
        place = bisect_left(self._before, target) - 1
        return self._starts[place] + (target - self._before[place])

    def opens_within(self, start: datetime, length: timedelta) -> bool:
        """Tell whether somebody is there at all within some time."""
        return self.elapsed(start, start + length) > timedelta()

    def _total(self) -> timedelta:
        return self._before[-1] + (self._ends[-1] - self._starts[-1])

    def _open_until(self, moment: datetime) -> timedelta:
        """Open time between the beginning of what was worked out and a moment within it."""
        place = bisect_right(self._starts, moment) - 1
        if place < 0:
            return timedelta()
        return self._before[place] + (min(moment, self._ends[place]) - self._starts[place])

    def _reach(self, start: datetime, end: datetime) -> None:
        """Work the open spans out from ``start`` to ``end`` at least; what is known already stays."""
        first = start.astimezone(UTC) if self._from is None else min(self._from, start.astimezone(UTC))
        last = end.astimezone(UTC) if self._until is None else max(self._until, end.astimezone(UTC))
        if self._from is None or self._until is None or first < self._from:
            begin = first - _STRETCH if self._from is not None else first - _DAY
            self._starts, self._ends, self._before = [], [], []
            self._add(begin, last + _STRETCH)
            self._from, self._until = begin, last + _STRETCH
        elif last > self._until:
            self._add(self._until, last + _STRETCH)
            self._until = last + _STRETCH

    def _add(self, start: datetime, end: datetime) -> None:
        for opens, closes in open_spans(self._zone, self._hours, self._closed, start, end):
            total = self._total() if self._ends else timedelta()
            if self._ends and self._ends[-1] == opens:
                self._ends[-1] = closes
            else:
                self._starts.append(opens)
                self._ends.append(closes)
                self._before.append(total)


def open_spans(
    zone: ZoneInfo,
    hours: Mapping[int, Sequence[tuple[int, int]]],
    closed: Collection[date],
    start: datetime,
    end: datetime,
) -> Iterator[Span]:
    """Give the spans between two moments in which somebody is there, in their order, in UTC.

    Examples
    --------
    Clocks go back from three to two: what is open from one to half past two is open twice.

    >>> rome = ZoneInfo("Europe/Rome")
    >>> night = datetime(2026, 10, 24, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC)
    >>> for opens, closes in open_spans(rome, {6: ((60, 150),)}, (), *night):
    ...     print(f"{opens:%H:%M} - {closes:%H:%M}")
    23:00 - 00:30
    01:00 - 01:30
    """
    for first, last, offset in _stretches(zone, start.astimezone(UTC), end.astimezone(UTC)):
        here, until = (first + offset).replace(tzinfo=None), (last + offset).replace(tzinfo=None)
        day = here.date()
        while day <= until.date():
            for opens, closes in () if day in closed else hours.get(day.weekday(), ()):
                midnight = datetime.combine(day, time())
                begins = max(midnight + timedelta(minutes=opens), here)
                ends = min(midnight + timedelta(minutes=closes), until)
                if begins < ends:
                    yield (begins - offset).replace(tzinfo=UTC), (ends - offset).replace(tzinfo=UTC)
            day += _DAY


def _stretches(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Part a time into stretches over which the zone keeps one offset from UTC."""
    first, offset, now = start, _offset(zone, start), start
    while now < end:
        later = min(now + _DAY, end)
        if _offset(zone, later) != offset:
            change = _change(zone, now, later)
            yield first, change, offset
            first, offset = change, _offset(zone, change)
            later = change
        now = later
    if first < end:
        yield first, end, offset


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Find the second from which another offset holds, between two moments of different offsets."""
    offset, seconds = _offset(zone, before), int((after - before).total_seconds())
    low, high = 0, seconds
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, before + timedelta(seconds=middle)) == offset:
            low = middle
        else:
            high = middle
    return (before + timedelta(seconds=high)).replace(microsecond=0)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
