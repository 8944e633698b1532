"""Where the lines of a report's pictures run."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ambassador.reports.chart import HEIGHT, WIDTH, draw_fan, nice_ticks
from ambassador.values.forecasts.forecasts import DayRange
from ambassador.values.results.results import ObservedDay


def _observed(*talkers: int, first: int = 1) -> list[ObservedDay]:
    return [
        ObservedDay(day, date(2026, 5, max(day, 1)), count, count)
        for day, count in enumerate(talkers, start=first)
    ]


def _points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())]


@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=20), st.integers(-5, 1))
def test_every_point_lies_on_the_paper(talkers: list[int], first: int) -> None:
    fan = draw_fan(_observed(*talkers, first=first), ())
    assert fan is not None
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in _points(fan.observed))


def test_more_people_stand_higher_and_later_days_further_right() -> None:
    fan = draw_fan(_observed(1, 5), ())
    assert fan is not None
    (x1, y1), (x2, y2) = _points(fan.observed)
    assert x2 > x1
    assert y2 < y1


def test_a_forecast_is_drawn_with_its_three_bands() -> None:
    quantiles = {50: (2.0, 4.0), 80: (1.0, 5.0), 90: (0.0, 6.0)}
    fan = draw_fan([], [DayRange(day, 3.0, quantiles) for day in (1, 2, 3)])
    assert fan is not None
    assert [len(_points(band)) for band in fan.bands] == [6, 6, 6]
    assert len(_points(fan.middle)) == 3
    assert fan.last is None


def test_one_day_alone_is_no_line() -> None:
    assert draw_fan(_observed(3), ()) is None


@given(st.floats(1, 1e9))
def test_ticks_are_few_round_and_reach_the_top(top: float) -> None:
    ticks = nice_ticks(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-6)
    assert len(ticks) <= 9
