"""Totals get days as past cascades took them."""

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.growth.past_courses import NEAR, PARTS, PastCourses

UNKNOWN = np.full(500, np.nan)


def log_of(waits: list[list[float]]) -> CascadeLog:
    """Let somebody start a cascade every hundred days, others joining after so many hours."""
    rows = [
        (number, 100 * number + place, 3600.0 * (2400 * number + hour))
        for number, hours in enumerate(waits)
        for place, hour in enumerate([0.0, *sorted(hours)])
    ]
    cascade, node, time = zip(*rows, strict=True) if rows else ((), (), ())
    return CascadeLog.from_entries(cascade, node, time)


def unfolded_slowly(
    past: PastCourses, sizes: list[int], starts: list[float], days: int, rng: np.random.Generator
) -> list[list[int]]:
    """Walk through the days of every run, one part of the others after another."""
    shares = rng.random(len(sizes)).tolist()
    found = []
    for size, start, share in zip(sizes, starts, shares, strict=True):
        known = past.sizes.tolist()
        alike = [place for place, one in enumerate(known) if one == size]
        smaller = sum(one < size for one in known)
        near = range(max(smaller - NEAR, 0), min(smaller + len(alike) + NEAR, len(known)))
        course = near[int(share * len(near))]
        row = []
        for day in range(1, days + 1):
            since = 24 * day - start
            passed = sum(hour <= since for hour in past.hours[course].tolist())
            row.append(0 if since < 0 else 1 + round((size - 1) * passed / PARTS))
        found.append(row)
    return found


@given(
    waits=st.lists(st.lists(st.floats(0, 400), min_size=1, max_size=6), min_size=1, max_size=12),
    runs=st.lists(st.tuples(st.integers(1, 9), st.floats(0, 200) | st.just(np.inf)), min_size=1, max_size=6),
    days=st.integers(1, 20),
)
def test_courses_unfold_as_one_would_count_them(
    waits: list[list[float]], runs: list[tuple[int, float]], days: int
) -> None:
    past = PastCourses.learn(log_of(waits), UNKNOWN.repeat(3), UNKNOWN.repeat(3))
    sizes, starts = ([one[place] for one in runs] for place in (0, 1))
    found = past.unfold(np.array(sizes, float), np.array(starts), days, np.random.default_rng(1))
    assert found.talkers.tolist() == unfolded_slowly(past, sizes, starts, days, np.random.default_rng(1))
    assert (np.diff(found.talkers, axis=1) >= 0).all()
    assert (found.talkers <= np.array(sizes)[:, None]).all()


def test_the_days_of_launches_to_come_are_those_of_past_ones() -> None:
    rng = np.random.default_rng(2)
    past = PastCourses.learn(
        log_of([rng.exponential(48.0, 40).tolist() for _ in range(100)]), *[UNKNOWN.repeat(30)] * 2
    )
    runs = 400
    found = past.unfold(np.full(runs, 41.0), np.zeros(runs), 10, rng).talkers
    expected = 1 + 40 * (1 - np.exp(-24 * np.arange(1, 11) / 48))
    spread = 4 * np.sqrt(40 * 0.25 / 100)  # a hundred courses of forty each
    assert np.abs(found.mean(axis=0) - expected).max() < spread
    assert found.std(axis=0)[1] > 2  # courses differ, and so do the days of launches


def test_without_a_course_everybody_joins_at_once() -> None:
    past = PastCourses.learn(log_of([]), UNKNOWN, UNKNOWN)
    found = past.unfold(np.array([7.0, 3.0]), np.array([30.0, np.inf]), 3, np.random.default_rng(1))
    assert found.talkers.tolist() == [[0, 7, 7], [0, 0, 0]]
    assert found.course.tolist() == [-1, -1]


def test_what_is_known_of_those_who_joined_stands_in_for_those_of_whom_nothing_is() -> None:
    followers: npt.NDArray[np.float64] = np.full(500, np.nan)
    followers[[1, 2]] = 10.0, 30.0  # of the first cascade; nobody of the second is known
    past = PastCourses.learn(log_of([[1.0, 2.0], [1.0, 2.0, 3.0]]), followers, UNKNOWN)
    assert past.followers.tolist() == [20.0, 20.0]
    assert past.largest.tolist() == [30.0, 30.0]
    assert np.isnan(past.views).all()
