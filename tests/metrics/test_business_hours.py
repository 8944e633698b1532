"""The clock of opening hours against one that looks at the wall every minute, on nights clocks change too."""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ambassador.metrics.business_hours import BusinessHours, WallClock
from ambassador.metrics.running_clocks import moment_of, runs_between, time_taken
from tests.naive.minutes import NaiveHours

ZONES = (
    "Europe/Rome", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Kathmandu",
    "Africa/Casablanca", "Europe/Dublin", "Pacific/Apia", "UTC",
)  # fmt: skip
NIGHTS = {
    "Europe/Rome": (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)),
    "America/New_York": (datetime(2027, 3, 13, 12, tzinfo=UTC), datetime(2027, 11, 6, 12, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2028, 4, 1, 6, tzinfo=UTC), datetime(2028, 9, 30, 6, tzinfo=UTC)),
    "America/Santiago": (datetime(2026, 4, 4, 12, tzinfo=UTC), datetime(2026, 9, 5, 12, tzinfo=UTC)),
}
"""The noons before clocks change."""
MINUTE = timedelta(minutes=1)


def any_hours(rng: random.Random) -> dict[int, tuple[tuple[int, int], ...]]:
    """Make a week of up to three periods a day, often in the small hours, sometimes up to midnight."""
    hours = {}
    for day in range(7):
        cuts = sorted(rng.sample([*range(0, 1441, 15), 1440 - 7, 61, 119, 150], 2 * rng.randint(0, 3)))
        periods = tuple((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b)
        if periods:
            hours[day] = periods
    return hours


def any_days(rng: random.Random, around: datetime) -> frozenset[date]:
    return frozenset(around.date() + timedelta(days=rng.randint(-3, 12)) for _ in range(rng.randint(0, 6)))


def starts(rng: random.Random, zone: str) -> datetime:
    """Take a moment of ten years, or of a night on which clocks change."""
    if zone in NIGHTS and rng.random() < 0.5:
        return rng.choice(NIGHTS[zone]) + rng.randint(0, 36 * 60) * MINUTE
    return datetime(2020, 1, 1, tzinfo=UTC) + rng.randint(0, 10 * 365 * 24 * 60) * MINUTE


@pytest.mark.parametrize("zone", ZONES)
def test_open_time_is_what_a_look_at_the_wall_every_minute_counts(zone: str) -> None:
    rng = random.Random(zone)
    for _ in range(25):
        start = starts(rng, zone)
        hours, closed = any_hours(rng), any_days(rng, start)
        fast = BusinessHours(ZoneInfo(zone), hours, closed)
        slow = NaiveHours(ZoneInfo(zone), hours, closed)
        end = start + rng.randint(0, 6 * 24 * 60) * MINUTE
        assert fast.elapsed(start, end) == slow.elapsed(start, end), (hours, closed, start, end)
        amount = rng.randint(1, 600) * MINUTE
        naive = slow.after(start, amount, timedelta(days=9))
        if naive is not None:
            assert fast.after(start, amount) == naive, (hours, closed, start, amount)


@pytest.mark.parametrize("zone", ["Europe/Rome", "Australia/Lord_Howe", "America/New_York"])
def test_one_clock_asked_for_earlier_and_later_moments_stays_right_over_ten_years(zone: str) -> None:
    rng = random.Random(zone)
    hours = any_hours(rng) | {2: ((0, 1440),), 6: ((90, 150), (175, 200))}
    closed = any_days(rng, datetime(2024, 7, 1, tzinfo=UTC))
    fast, slow = (kind(ZoneInfo(zone), hours, closed) for kind in (BusinessHours, NaiveHours))
    asked = [starts(rng, zone) for _ in range(30)]
    for start in asked:
        end = start + rng.randint(0, 3 * 24 * 60) * MINUTE
        assert fast.elapsed(start, end) == slow.elapsed(start, end)
    ordered = sorted(asked)
    parts = [fast.elapsed(a, b) for a, b in pairwise(ordered)]
    assert sum(parts, timedelta()) == fast.elapsed(ordered[0], ordered[-1])


def test_after_is_the_first_moment_by_which_so_much_has_passed() -> None:
    rng = random.Random(7)
    shop = BusinessHours(ZoneInfo("Europe/Rome"), {0: ((540, 780), (840, 1080)), 6: ((60, 300),)}, ())
    for _ in range(200):
        start = starts(rng, "Europe/Rome") + timedelta(seconds=rng.randint(0, 59))
        amount = timedelta(seconds=rng.randint(1, 90_000))
        due = shop.after(start, amount)
        assert due is not None
        assert shop.elapsed(start, due) == amount
        assert shop.elapsed(start, due - timedelta(seconds=1)) < amount


def test_a_calendar_that_never_opens_has_no_moment() -> None:
    shut = BusinessHours(ZoneInfo("Europe/Rome"), {}, ())
    start = datetime(2026, 5, 1, tzinfo=UTC)
    assert shut.after(start, MINUTE) is None
    assert shut.after(start, timedelta()) == start
    assert not shut.opens_within(start, timedelta(days=365))
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=week) for week in range(60 * 52))
    assert BusinessHours(ZoneInfo("UTC"), {0: ((0, 1440),)}, mondays).after(start, MINUTE) is None


def test_a_clock_that_is_paused_shows_what_the_minutes_outside_the_pauses_come_to() -> None:
    rng = random.Random(11)
    zone = "Europe/Rome"
    for _ in range(40):
        start = starts(rng, zone)
        hours = any_hours(rng)
        fast, slow = (kind(ZoneInfo(zone), hours, ()) for kind in (BusinessHours, NaiveHours))
        cuts = sorted(start + rng.randint(0, 3 * 24 * 60) * MINUTE for _ in range(2 * rng.randint(0, 2)))
        pauses = list(zip(cuts[::2], cuts[1::2], strict=True))
        now = start + 4 * 24 * 60 * MINUTE
        runs = runs_between(start, None, pauses)
        paused = sum((slow.elapsed(a, b) for a, b in pauses), timedelta())
        assert time_taken(fast, runs, now) == slow.elapsed(start, now) - paused
        promised = rng.randint(1, 900) * MINUTE
        due = moment_of(fast, runs, promised)
        if due is not None and due <= now:
            assert time_taken(fast, runs_between(start, due, pauses), due) == promised


def test_a_pause_without_an_end_stops_the_clock() -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    runs = runs_between(start, None, [(start + timedelta(hours=1), None)])
    assert time_taken(WallClock(), runs, start + timedelta(days=3)) == timedelta(hours=1)
    assert moment_of(WallClock(), runs, timedelta(hours=2)) is None
    assert moment_of(WallClock(), runs, timedelta(minutes=30)) == start + timedelta(minutes=30)
