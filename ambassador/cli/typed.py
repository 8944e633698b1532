"""What people type into options: days, words, one of several; ``none`` empties a field."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from ambassador.errors import BadInputError

Kind = TypeVar("Kind", bound=StrEnum)
Value = TypeVar("Value")
Empty = TypeVar("Empty")
NONE: Final = "none"
"""What is typed where a field is to be emptied."""


def words_of(text: str) -> tuple[str, ...]:
    """The parts of a text separated by commas.

    >>> words_of("nina, leo,")
    ('nina', 'leo')
    """
    return tuple(part.strip() for part in text.split(",") if part.strip())


def day_of(text: str) -> date:
    """The day somebody typed.

    >>> day_of("2026-05-12")
    datetime.date(2026, 5, 12)
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError("{value} is no day: write it like 2026-05-12", value=text) from None


def moment_in(zone: str, at: datetime) -> str:
    """A moment as the clock of a zone shows it.

    >>> moment_in("Europe/Rome", datetime(2026, 5, 12, 22, 30, tzinfo=UTC))
    '2026-05-13 00:30'
    """
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def moment_of(text: str) -> datetime | None:
    """The moment somebody typed, in UTC where they say no zone; nothing typed is none.

    >>> moment_of("2026-05-12T09:00+02:00").hour, moment_of("") is None
    (9, True)
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInputError("{value} is no moment: write it like 2026-05-12T09:00", value=text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def one_of(kinds: type[Kind], text: str) -> Kind:
    """The one of several kinds that somebody typed."""
    try:
        return kinds(text.strip().lower())
    except ValueError:
        known = ", ".join(kinds)
        raise BadInputError("{text!r} is none of {known}", text=text, known=known) from None


def or_empty(text: str, read: Callable[[str], Value], empty: Empty) -> Value | Empty:
    """What somebody typed for a field, or the empty value where they wrote ``none``.

    >>> or_empty("none", day_of, None) is None
    True
    """
    return empty if text.strip().lower() == NONE else read(text)
