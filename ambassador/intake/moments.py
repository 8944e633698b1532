"""Dates and instants as files write them; what a file leaves open (order, time zone) is never guessed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, plain, simplified
from ambassador.values.imports.imports import Note

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan gen january gennaio janvier janv januar janner enero ene janeiro",
         "feb february febbraio fevrier fevr fev februar febrero fevereiro",
         "mar march marzo mars marz maerz marco mrz", "apr april aprile avril avr abril abr",
         "may mag maggio mai mayo maio", "jun giu june giugno juin juni junio junho",
         "jul lug july luglio juillet juil juli julio julho", "aug ago august agosto aout aou",
         "sep set sept september settembre septembre septiembre setembro",
         "oct ott october ottobre octobre oktober okt octubre outubro out",
         "nov november novembre noviembre novembro",
         "dec dic december dicembre decembre dezember dez diciembre dezembro"), start=1,
    )
    for name in names.split()
}  # fmt: skip
"""The months in English, Italian, German, French, Spanish and Portuguese."""
_TIME = (
    r"(?:(?:\s*,\s*|\s+|T|\s*alle\s+|\s*ore\s+|\s*,?\s+(?:at|um|à|a\s+las?|às)\s+)"
    r"(?P<hour>\d{1,2})\s?[:.h]\s?(?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*(?-i:[Uu]hr\b|h\b))?)?"
)
_ABBREVIATIONS = {
    "": 0, "Z": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2,
    "EEST": 3, "MSK": 3, "TRT": 3, "SAST": 2, "WAT": 1, "CAT": 2, "EAT": 3,
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3,
    "JST": 9, "KST": 9, "SGT": 8, "HKT": 8, "WIB": 7, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13,
}  # fmt: skip
"""Hours ahead of UTC by the names exports write; ``IST``, which three zones share, is not among them."""
_ZONE = (
    r"\s*(?P<zone>"
    + "|".join(sorted(filter(None, _ABBREVIATIONS), key=len, reverse=True))
    + r"|(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d{2})?|UTC|GMT|[+-]\d{2}:?\d{2})?"
    r"\s*(?:\([^()]*\))?\s*$"
)
_YEAR_FIRST = re.compile(
    r"^(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME + _ZONE, re.IGNORECASE
)
_TOGETHER = re.compile(
    r"^(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})" + _TIME + _ZONE, re.IGNORECASE
)
_YEAR_LAST = re.compile(
    r"^(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<year>\d{4}|\d{2})" + _TIME + _ZONE, re.IGNORECASE
)
_DAY_NAMED = re.compile(
    r"^(?:\w+,?\s+)?(?P<day>\d{1,2})[\s./°º-]*(?:de\s+|di\s+|of\s+)?(?P<name>[^\W\d]{3,})\.?[\s,./-]*"
    r"(?:del?\s+)?(?P<year>\d{4}|\d{2})" + _TIME + _ZONE,
    re.IGNORECASE,
)
_MONTH_NAMED = re.compile(
    r"^(?:\w+,?\s+)?(?P<name>[^\W\d]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
    + _TIME
    + _ZONE,
    re.IGNORECASE,
)
_X_FORMAT = re.compile(
    r"^\w{3} (?P<name>\w{3}) (?P<day>\d{1,2}) (?P<hour>\d{2}):(?P<minute>\d{2}):(?P<second>\d{2})"
    r" (?P<zone>[+-]\d{4}|[A-Z]{1,4}) (?P<year>\d{4})$"
)
_CLOCK = re.compile(
    r"^(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?" + _ZONE,
    re.IGNORECASE,
)
_OTHER_ZONE = re.compile(r"(?<=[\d.mM])\s{0,9}(?:[A-Za-z]{2,5}|[A-Za-z]{2,20}/[A-Za-z_]{2,40})$")
"""What may be a time zone at the end of an instant."""
_SERIAL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day 0 has no zone
_SERIALS = range(20_000, 80_000)
_EPOCHS = ((10**8, 5 * 10**9, 1), (10**11, 5 * 10**12, 1_000), (10**14, 5 * 10**15, 1_000_000))
_MONTHS_IN_YEAR = 12
_PIVOT = 70
_DATE_ALONE = len("2024-03-15")
_LONGEST = 100
"""Characters of a date with its time and zone; a longer text would only be searched in vain."""


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A date, perhaps a time of day, perhaps a zone."""

    day: date
    clock: time | None
    zone: tzinfo | None

    def instant(self, default_zone: tzinfo) -> datetime:
        """Return the aware UTC instant; a date alone begins at midnight of its zone."""
        zone = self.zone or default_zone
        return datetime.combine(self.day, self.clock or time(), zone).astimezone(UTC)


def read_moment(cell: Cell, *, day_first: bool = True) -> WrittenMoment:
    """Read a date or an instant in any of the usual forms.

    >>> read_moment("15 marzo 2024").day, read_moment("03/04/2024", day_first=False).day
    (datetime.date(2024, 3, 15), datetime.date(2024, 3, 4))
    """
    if isinstance(cell, datetime):
        return WrittenMoment(cell.date(), cell.time(), cell.tzinfo)
    if isinstance(cell, date):
        return WrittenMoment(cell, None, None)
    text = plain(cell)
    if len(text) > _LONGEST:
        raise CellError(mark("{value} is not a date"), value=text[:_LONGEST])
    if text[4:5] == "-" and len(text) > _DATE_ALONE:
        try:
            at = datetime.fromisoformat(text)
            return WrittenMoment(at.date(), at.time(), at.tzinfo)
        except ValueError:
            pass
    return _from_number(text) or _from_text(text, day_first=day_first)


def read_utc(cell: Cell) -> datetime | None:
    """Read an instant of ISO 8601 that names its zone, as nearly all exports write it; None where it is not.

    >>> read_utc("2026-05-01T09:00:00+02:00"), read_utc("1 May 2026")
    (datetime.datetime(2026, 5, 1, 7, 0, tzinfo=datetime.timezone.utc), None)
    """
    if not isinstance(cell, str) or cell[4:5] != "-" or len(cell) <= _DATE_ALONE:
        return None
    try:
        at = datetime.fromisoformat(cell)
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def read_clock(text: str) -> time | None:
    """Read a time of day that stands alone; None when the text is none.

    >>> read_clock("9:05 PM"), read_clock("2024")
    (datetime.time(21, 5), None)
    """
    found = read_clock_and_zone(text)
    return found[0] if found else None


def read_clock_and_zone(text: str) -> tuple[time, tzinfo | None] | None:
    """Read a time of day that stands alone, with the zone it may name; None when the text is none.

    >>> read_clock_and_zone("21:05 EST")[1].utcoffset(None).total_seconds() / 3600
    -5.0
    """
    found = _CLOCK.match(text) if len(text) <= _LONGEST else None
    try:
        clock = _clock(found.groupdict()) if found else None
        return (clock, _zone(found["zone"])) if found and clock else None
    except ValueError:
        return None


def order_evidence(text: str) -> str | None:
    """Say what a date proves: ``"day"`` or ``"month"`` first, ``"open"`` when both work, else None.

    >>> order_evidence("15/03/2024"), order_evidence("03/04/2024"), order_evidence("2024-03-04")
    ('day', 'open', None)
    """
    found = _YEAR_LAST.match(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    one, two = int(found["one"]), int(found["two"])
    if one == two or not (one and two):
        return None
    if one <= _MONTHS_IN_YEAR and two <= _MONTHS_IN_YEAR:
        return "open"
    if one > _MONTHS_IN_YEAR and two > _MONTHS_IN_YEAR:
        return None
    return "day" if one > _MONTHS_IN_YEAR else "month"


def order_of_days(dates: Sequence[str]) -> tuple[bool, tuple[Note, ...]]:
    """Say whether the day comes first in dates of small tables, and tell it where none of them proves it.

    >>> order_of_days(["03/04/2026", "2026-05-31"])[0], order_of_days(["03/28/2026"])
    (True, (False, ()))
    """
    proofs = {order_evidence(one) for one in dates} - {None}
    if proofs == {"open"}:
        return True, (Note(mark("dates like 03/04/2026 were read with the day first")),)
    return "month" not in proofs or "day" in proofs, ()


def _from_number(text: str) -> WrittenMoment | None:
    try:
        value = float(text)
    except ValueError:
        return None
    if not 0 <= value < _EPOCHS[-1][1]:
        return None
    for low, high, per_second in _EPOCHS:
        if low <= value < high and not (low == _EPOCHS[0][0] and _TOGETHER.match(text) and len(text) == 8):  # noqa: PLR2004
            at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=value / per_second)
            return WrittenMoment(at.date(), at.time(), UTC)
    if int(value) in _SERIALS:
        day = _SERIAL_START + timedelta(seconds=round(value * 86_400))
        return WrittenMoment(day.date(), day.time() if value % 1 else None, None)
    return None


def _from_text(text: str, *, day_first: bool) -> WrittenMoment:
    for form in (_YEAR_FIRST, _TOGETHER, _YEAR_LAST, _X_FORMAT, _DAY_NAMED, _MONTH_NAMED):
        found = form.match(text)
        if found:
            try:
                return _moment(found, day_first=day_first)
            except (ValueError, OverflowError):
                message = mark("{value} is not in the calendar")
                raise CellError(message, value=text) from None
    if _OTHER_ZONE.search(text) and is_moment(_OTHER_ZONE.sub("", text)):
        raise CellError(mark("{value} names a time zone not known here: write it like +02:00"), value=text)
    message = mark("{value} is not a date")
    raise CellError(message, value=text)


def is_moment(text: str) -> bool:
    """Tell whether a text is a date or an instant.

    >>> is_moment("4 May 2026"), is_moment("soon")
    (True, False)
    """
    try:
        return bool(read_moment(text))
    except CellError:
        return False


def _moment(found: re.Match[str], *, day_first: bool) -> WrittenMoment:
    parts = found.groupdict()
    if "one" in parts:
        parts["day"], parts["month"] = (
            (parts["one"], parts["two"]) if day_first else (parts["two"], parts["one"])
        )
    month = int(parts["month"]) if parts.get("month") else _month(parts["name"])
    return WrittenMoment(
        date(_year(parts["year"]), month, int(parts["day"])), _clock(parts), _zone(parts["zone"])
    )


def _month(name: str) -> int:
    word = simplified(name)
    if word not in _MONTHS:
        raise ValueError(name)
    return _MONTHS[word]


def _year(text: str) -> int:
    number = int(text)
    if len(text) == 4:  # noqa: PLR2004 - four digits
        return number
    return number + (1900 if number >= _PIVOT else 2000)


def _clock(parts: dict[str, str | None]) -> time | None:
    if not parts.get("hour"):
        return None
    hour, half = int(parts["hour"] or 0), (parts.get("half") or "").casefold()[:1]
    if half:
        if not 1 <= hour <= _MONTHS_IN_YEAR:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = (parts.get("fraction") or "0").ljust(6, "0")[:6]
    return time(hour, int(parts["minute"] or 0), int(parts.get("second") or 0), int(fraction))


def _zone(text: str | None) -> tzinfo | None:
    if not text:
        return None
    word = text.upper().removeprefix("UTC").removeprefix("GMT").strip()
    if word in _ABBREVIATIONS:
        return timezone(timedelta(hours=_ABBREVIATIONS[word])) if _ABBREVIATIONS[word] else UTC
    if word[0] not in "+-":
        raise ValueError(text)
    digits = word[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)  # noqa: PLR2004
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if word[0] == "-" else offset)
