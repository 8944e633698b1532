"""Clocks that stand still at times: what they show, and when a promise is broken."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from ambassador.metrics.business_hours import CountingClock

Run = tuple[datetime, datetime | None]
"""From when to when a clock runs; without an end it still does."""


def runs_between(start: datetime, end: datetime | None, pauses: Sequence[Run]) -> tuple[Run, ...]:
    """Give the stretches in which a clock runs that is started once, stopped once and paused in between.

    Parameters
    ----------
    start, end : datetime
        When it is started, and stopped; None: it was not.
    pauses : sequence of pairs of datetime
        In their order, none over another; the last may have no end.

    Examples
    --------
    >>> from datetime import UTC
    >>> at = [datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 6)]
    >>> [(a.day, b and b.day) for a, b in runs_between(at[0], None, [(at[1], at[2])])]
    [(1, 2), (3, None)]
    >>> [(a.day, b and b.day) for a, b in runs_between(at[0], at[3], [(at[1], None)])]
    [(1, 2)]
    """
    runs: list[Run] = []
    now: datetime | None = start
    for begins, ends in pauses:
        if now is None or (end is not None and begins >= end):
            break
        if ends is not None and ends <= now:
            continue
        if begins > now:
            runs.append((now, begins))
        now = ends
    if now is not None and (end is None or now < end):
        runs.append((now, end))
    return tuple(runs)


def time_taken(clock: CountingClock, runs: Sequence[Run], now: datetime) -> timedelta:
    """Tell what a clock shows at a moment.

    Examples
    --------
    >>> from datetime import UTC
    >>> from ambassador.metrics.business_hours import WallClock
    >>> at = [datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 6)]
    >>> time_taken(WallClock(), [(at[0], at[1]), (at[3], None)], at[4]).days
    2
    """
    shown = (clock.elapsed(begins, now if ends is None else ends) for begins, ends in runs)
    return sum(shown, timedelta())


def moment_of(clock: CountingClock, runs: Sequence[Run], promised: timedelta) -> datetime | None:
    """Tell when a clock shows what is promised; None where it stands still before, or never gets there.

    Examples
    --------
    >>> from datetime import UTC
    >>> from ambassador.metrics.business_hours import WallClock
    >>> at = [datetime(2026, 5, day, tzinfo=UTC) for day in range(1, 6)]
    >>> moment_of(WallClock(), [(at[0], at[1]), (at[3], None)], timedelta(days=2)) == at[4]
    True
    >>> moment_of(WallClock(), [(at[0], at[1])], timedelta(days=2)) is None
    True
    """
    left = promised
    for begins, ends in runs:
        if ends is None:
            return clock.after(begins, left)
        shown = clock.elapsed(begins, ends)
        if shown >= left:
            return clock.after(begins, left)
        left -= shown
    return None
