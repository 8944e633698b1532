"""Opening hours as people type them, and as they are shown."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.services.care.rules import period_text
from ambassador.values.care.rules import ClosedDay, Periods

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CLOCK: Final = r"(\d{1,2})(?:[:.](\d{2}))?"
_PERIOD: Final = re.compile(rf"\s*{_CLOCK}\s*[-\u2013]\s*{_CLOCK}\s*")
_DAYS: Final = re.compile(
    r"\s*(?P<first>[a-z]{3})(?:\s*[-\u2013]\s*(?P<last>[a-z]{3}))?\s+(?P<periods>.+)", re.IGNORECASE
)
_LONGEST: Final = 366
_HOUR: Final = 60


def read_periods(text: str) -> Periods:
    """Read the periods of one day; nothing typed, nobody is there.

    Examples
    --------
    >>> read_periods("9:00-13:00, 14-18.30")
    ((540, 780), (840, 1110))
    >>> read_periods("9 to 5")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 9 to 5 is no opening period: write it like 9:00-13:00, several with \
commas
    """
    periods = []
    for part in filter(None, (one.strip() for one in text.split(","))):
        found = _PERIOD.fullmatch(part)
        if found is None or int(found[2] or 0) >= _HOUR or int(found[4] or 0) >= _HOUR:
            message = mark("{text} is no opening period: write it like 9:00-13:00, several with commas")
            raise BadInputError(message, text=part)
        opens, opens_at, closes, closes_at = (int(one or 0) for one in found.groups())
        periods.append((_HOUR * opens + opens_at, _HOUR * closes + closes_at))
    return tuple(sorted(periods))


def write_periods(periods: Periods) -> str:
    """Write the periods of a day as they are typed.

    Examples
    --------
    >>> write_periods(((540, 780), (840, 1110)))
    '09:00-13:00, 14:00-18:30'
    """
    return ", ".join(period_text(opens, closes) for opens, closes in periods)


def read_week(text: str) -> dict[int, Periods]:
    """Read the hours of a week: days or spans of days with their periods, with semicolons between.

    Examples
    --------
    >>> read_week("mon-thu 9-13, 14-18; sat 9:00-12:00")[5]
    ((540, 720),)
    >>> read_week("workdays 9-5")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: workdays 9-5 says no days: write it like mon-fri 9:00-13:00, 14:00-18:00
    """
    week: dict[int, Periods] = {}
    for part in filter(None, (one.strip() for one in text.split(";"))):
        found = _DAYS.fullmatch(part)
        names = [(found["first"] or "").lower(), (found["last"] or found["first"]).lower()] if found else []
        if found is None or any(name not in DAYS for name in names):
            message = mark("{text} says no days: write it like mon-fri 9:00-13:00, 14:00-18:00")
            raise BadInputError(message, text=part)
        first, last = (DAYS.index(name) for name in names)
        periods = read_periods(found["periods"])
        for step in range((last - first) % 7 + 1):
            day = (first + step) % 7
            week[day] = tuple(sorted((*week.get(day, ()), *periods)))
    return week


def write_week(hours: Mapping[int, Periods]) -> str:
    """Write the hours of a week as they are typed, a day at a time.

    Examples
    --------
    >>> write_week({0: ((540, 780),), 5: ((540, 720),)})
    'mon 09:00-13:00; sat 09:00-12:00'
    """
    return "; ".join(f"{DAYS[day]} {write_periods(hours[day])}" for day in sorted(hours))


def read_closed(text: str) -> tuple[ClosedDay, ...]:
    """Read closed days, one or a span a line, each with a name if it has one.

    Examples
    --------
    >>> [(str(one.day), one.name) for one in read_closed("2026-12-24 Eve; 2026-12-30..2026-12-31")]
    [('2026-12-24', 'Eve'), ('2026-12-30', ''), ('2026-12-31', '')]
    >>> read_closed("Christmas")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Christmas is no closed day: write it like 2026-08-14 or \
2026-08-10..2026-08-21, then its name
    """
    found = []
    for line in filter(None, (one.strip() for one in re.split(r"[;\n]", text))):
        days, _, name = line.partition(" ")
        first, _, last = days.partition("..")
        try:
            begin, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            message = mark(
                "{text} is no closed day: write it like 2026-08-14 or 2026-08-10..2026-08-21, then its name"
            )
            raise BadInputError(message, text=line) from None
        if not 0 <= (end - begin).days < _LONGEST:
            message = mark("{text} does not end within a year of its beginning")
            raise BadInputError(message, text=days)
        found += [
            ClosedDay(begin + timedelta(days=step), name.strip()) for step in range((end - begin).days + 1)
        ]
    return tuple(found)


def write_closed(days: tuple[ClosedDay, ...]) -> str:
    """Write closed days a line each, as they are typed.

    Examples
    --------
    >>> write_closed((ClosedDay(date(2026, 12, 24), "Eve"),))
    '2026-12-24 Eve'
    """
    return "\n".join(f"{one.day} {one.name}".strip() for one in days)


def read_minutes(text: str) -> int | None:
    """Read a length of time: 45m, 2h, 1d, 1h30m, or minutes alone; nothing typed is none.

    Examples
    --------
    >>> read_minutes("45m"), read_minutes("1h30m"), read_minutes("2d"), read_minutes("")
    (45, 90, 2880, None)
    >>> read_minutes("soon")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: soon is no length of time: write it like 45m, 2h or 1d
    """
    plain = text.strip().lower().replace(" ", "")
    if not plain:
        return None
    found = re.fullmatch(r"(?:(\d{1,5})d)?(?:(\d{1,5})h)?(?:(\d{1,7})m?)?", plain, re.ASCII)
    if found is None or not any(found.groups()):
        message = mark("{text} is no length of time: write it like 45m, 2h or 1d")
        raise BadInputError(message, text=text.strip())
    days, hours, minutes = (int(one or 0) for one in found.groups())
    return (days * 24 + hours) * _HOUR + minutes


def write_minutes(minutes: int | None) -> str:
    """Write a length of time as it is typed.

    Examples
    --------
    >>> write_minutes(90), write_minutes(2880), write_minutes(None)
    ('1h30m', '2d', '')
    """
    if minutes is None:
        return ""
    days, rest = divmod(minutes, 24 * _HOUR)
    hours, left = divmod(rest, _HOUR)
    parts = ((days, "d"), (hours, "h"), (left, "m"))
    return "".join(f"{count}{unit}" for count, unit in parts if count) or "0m"
