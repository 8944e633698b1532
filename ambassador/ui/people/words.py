"""Notes about people in words: numbers, shares, days and states in the reader's form."""

import datetime as dt
from typing import Final

from ambassador.i18n import STATES, mark
from ambassador.ui.kit.text import day, number, percent, t
from ambassador.values.imports.imports import Note
from ambassador.values.people.people import PersonRow
from ambassador.values.status import Deal
from ambassador.values.status_words import WORDS

_WORDS: Final[dict[str, str]] = {
    **STATES,
    **WORDS[Deal],
    "likes": mark("likes"),
    "comments": mark("comments"),
}
_SPOKEN: Final = frozenset({"counted", "status"})


def said(note: Note) -> str:
    """Say a note with its values in the reader's form."""
    return t(note.text, **{name: _value(name, value) for name, value in note.values.items()}).strip()


def words(listed: str) -> str:
    """Say a list of known words, such as the interactions counted, in the reader's language."""
    return ", ".join(t(_WORDS.get(word, word)) for word in listed.split(", "))


def flags_of(row: PersonRow) -> str:
    """Say all flags with their evidence."""
    return "; ".join(said(flag.evidence) for flag in row.flags)


def whole(value: float | None) -> int | None:
    """Round a figure from 0 to 100; unknown stays unknown."""
    return None if value is None else round(value)


def _value(name: str, value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | dt.date):
        return words(str(value)) if name in _SPOKEN else str(value)
    if isinstance(value, dt.date):
        return day(value)
    if name == "share":
        return percent(value, 1)
    return str(value) if name == "number" else number(value, 0 if float(value).is_integer() else 1)
