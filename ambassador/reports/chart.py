"""Where the lines of a report's small pictures run; the template only draws them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import ceil, floor, log10, sqrt

from ambassador.values.forecasts.forecasts import DayRange
from ambassador.values.results.results import AmbassadorResult, ObservedDay

WIDTH, HEIGHT = 640, 210
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 12, 10, 24
_TICKS = 4
_STEPS = (1, 2, 5, 10)
STRIP_WIDTH = 100
"""Width of the small strip beside an ambassador's name."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One mark on an axis."""

    value: float
    at: float


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast over time with what was observed over it, as points of SVG lines."""

    bands: tuple[str, ...]
    """Outlines of the 90, 80 and 50% intervals."""
    middle: str
    observed: str
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    last: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Strip:
    """One ambassador's 90% interval and observed dot on the common scale."""

    low: float | None
    high: float | None
    dot: float


def draw_fan(observed: Sequence[ObservedDay], forecast: Sequence[DayRange]) -> Fan | None:
    """Place a forecast and what was observed; None where there is not a line to draw.

    Examples
    --------
    >>> from datetime import date
    >>> days = [ObservedDay(1, date(2026, 5, 1), 0, 0), ObservedDay(2, date(2026, 5, 2), 4, 5)]
    >>> draw_fan(days, ()).observed, draw_fan(days[:1], ())
    ('337,186 628,10', None)
    """
    if len(observed) < 2 and not forecast:  # noqa: PLR2004 - one point is no line
        return None
    first = min([0, *(day.day for day in observed)])
    last = max([1, *(day.day for day in observed), *(day.day for day in forecast)])
    top = max([1.0, *(float(day.talkers) for day in observed), *_tops(forecast)])
    ticks = nice_ticks(top)
    across = _Scale(first, last, _LEFT, WIDTH - _RIGHT)
    up = _Scale(0, max(top, ticks[-1]), HEIGHT - _BOTTOM, _TOP)
    seen = [(across(day.day), up(day.talkers)) for day in observed]
    return Fan(
        bands=tuple(_band(forecast, level, across, up) for level in (90, 80, 50)),
        middle=_points((across(day.day), up(day.mean)) for day in forecast),
        observed=_points(seen),
        days=tuple(Tick(day, across(day)) for day in _day_ticks(max(first, 0), last)),
        values=tuple(Tick(value, up(value)) for value in ticks),
        last=seen[-1] if seen else None,
    )


def draw_strips(rows: Sequence[AmbassadorResult]) -> dict[int, Strip]:
    """Place every ambassador's interval and dot on one scale, small figures spread out."""
    top = max([1.0, *(high for row in rows if (high := _high(row)) is not None)])
    return {
        row.ambassador_id: Strip(
            low=_spread(interval[0], top) if interval else None,
            high=_spread(interval[1], top) if interval else None,
            dot=_spread(row.figures.talkers, top),
        )
        for row in rows
        for interval in [row.talkers.interval(90)]
    }


def nice_ticks(top: float) -> tuple[float, ...]:
    """Return about four round numbers from zero up to a value.

    Examples
    --------
    >>> nice_ticks(87), nice_ticks(3)
    ((0, 20, 40, 60, 80, 100), (0, 1, 2, 3))
    """
    rough = max(top / _TICKS, 1.0)
    power = 10 ** floor(log10(rough))
    step = min((size * power for size in _STEPS), key=lambda size: abs(size - rough))
    return tuple(step * count for count in range(ceil(top / step - 1e-9) + 1))


@dataclass(frozen=True, slots=True)
class _Scale:
    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(self.start + share * (self.end - self.start), 1)


def _band(forecast: Sequence[DayRange], level: int, across: _Scale, up: _Scale) -> str:
    known = [(day.day, day.quantiles[level]) for day in forecast if level in day.quantiles]
    below = [(across(day), up(low)) for day, (low, _) in known]
    above = [(across(day), up(high)) for day, (_, high) in reversed(known)]
    return _points(below + above)


def _points(pairs: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in pairs)


def _tops(forecast: Sequence[DayRange]) -> list[float]:
    return [max(high for _, high in day.quantiles.values()) for day in forecast if day.quantiles]


def _day_ticks(first: int, last: int) -> list[int]:
    step = next(size for size in (1, 2, 5, 7, 14, 30, 90, last) if (last - first) / size <= 2 * _TICKS)
    every = range(first - first % step, last + 1, step)
    return list(takewhile(lambda day: day <= last, every))


def _high(row: AmbassadorResult) -> float | None:
    interval = row.talkers.interval(90)
    return max(float(row.figures.talkers), interval[1] if interval else 0.0)


def _spread(value: float, top: float) -> float:
    return round(5 + sqrt(max(value, 0.0) / top) * (STRIP_WIDTH - 10), 1)
