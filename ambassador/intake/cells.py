"""One cell of a table: what it may be, when it says nothing, and how it is refused."""

import re
import unicodedata
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, TypeGuard

from ambassador.errors import BadInputError

Cell = str | int | float | datetime | date | None

_UNKNOWN = frozenset({
    "n/d", "n.d.", "n.d", "nd", "n/a", "n.a.", "n.a", "na", "#n/a", "#n/d", "n/p", "-", "--", "---",
    "\u2013", "\u2014", "?", "??", "null", "none", "nan", "nil", "unknown", "sconosciuto",
    "sconosciuta", "tbd", "tbc", "\u2026", "...", "#ref!", "#value!", "#div/0!", "#valore!", "#rif!",
    "#name?", "#nome?", "non_disponibile", "non_noto", "non_pervenuto", "da_definire", "da_concordare",
    "su_richiesta", "on_request", "not_available",
})  # fmt: skip
_INVISIBLE = dict.fromkeys(
    map(
        ord,
        "\u200b\u200c\u200e\u200f\u061c\u00ad\u202a\u202b\u202c\u202d\u202e"
        "\u2060\u2066\u2067\u2068\u2069\ufeff",
    )
)
_EXACT_DIGITS = 15
WHOLE_DIGITS: Final = 18
"""Digits of a number that 64 bits hold, whatever they are."""
_LONGEST_WORD = 500
"""Characters by which words are compared: a longer text is no word."""
_LONGEST_UNKNOWN = max(map(len, _UNKNOWN))
_ANY_INVISIBLE = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]")
_AS_TEXT = re.compile(r"""^(?:="(?P<quoted>[^"]*)"|'(?P<typed>\d[\d\s./,;-]*))$""")
"""How spreadsheets are made to keep a number as text: ``="0012"`` and ``'0012``."""
_MARKS_OF_TEXT = frozenset({"=", "'"})


class CellError(BadInputError):
    """One cell cannot be used; the row it stands in is rejected and the rest of the file is not."""

    def __init__(self, message: str, /, *, column: str = "", value: str = "", **values: Any) -> None:  # noqa: ANN401
        super().__init__(message, value=value, column=column, **values)
        self.column = column
        self.value = value


class LeftOutError(Exception):
    """A row that was understood and says nothing of its own; the message tells how many there were."""

    def __init__(self, message: str, /, draft: object = None) -> None:
        super().__init__(message)
        self.message = message
        self.draft = draft
        """What the row would have been: an order that was taken back may be here from an earlier file."""


def plain(cell: Cell) -> str:
    """Write a cell as text without blanks around it and without invisible marks."""
    if isinstance(cell, str):
        shown = cell if cell.isascii() or not _ANY_INVISIBLE.search(cell) else cell.translate(_INVISIBLE)
        text = shown.strip()
        return _as_text(text) if text[:1] in _MARKS_OF_TEXT else text
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell)


def _as_text(text: str) -> str:
    found = _AS_TEXT.match(text)
    return (found["quoted"] or found["typed"] or "").strip() if found else text


def is_unknown(text: str) -> bool:
    """Tell whether a cell says in words that nobody knows; blank is unknown too.

    >>> is_unknown("N/D"), is_unknown(""), is_unknown("0")
    (True, True, False)
    """
    last = text[-1:]
    if last.isdigit() or (len(text) > _LONGEST_UNKNOWN and last != "%"):
        return False  # no such word ends in a digit, and folding makes none shorter
    return not text or text.rstrip("%").casefold().replace(" ", "_") in _UNKNOWN


def known(cell: Cell) -> str:
    """Return a cell's text, or ``""`` when the cell says that the value is unknown."""
    if isinstance(cell, str) and len(cell) <= _LONGEST_UNKNOWN:
        return _known_word(cell)
    text = plain(cell)
    return "" if is_unknown(text) else text


@lru_cache(maxsize=1 << 14)
def _known_word(cell: str) -> str:
    """Read a short text, remembering it: columns say the same things over and over."""
    text = plain(cell)
    return "" if is_unknown(text) else text


def is_whole(cell: Cell) -> TypeGuard[str]:
    """Tell whether a cell is nothing but up to 18 digits, which reads the same way everywhere.

    >>> is_whole("0042"), is_whole("4.2"), is_whole(42), is_whole("\u0664")
    (True, False, False, False)
    """
    return isinstance(cell, str) and cell.isdigit() and cell.isascii() and len(cell) <= WHOLE_DIGITS


def is_digits(cell: Cell) -> TypeGuard[str]:
    """Tell whether a cell is nothing but digits, however many: an id reads as it stands.

    >>> is_digits("1790000000000000123"), is_digits("1.79E+18"), is_digits(12)
    (True, False, False)
    """
    return isinstance(cell, str) and cell.isdigit() and cell.isascii()


def simplified(text: str) -> str:
    """Bring a word to one form for comparing: no case, no accents, no punctuation.

    >>> simplified("Città (IT)"), simplified("avgLikes"), simplified("e-mail")
    ('citta it', 'avg likes', 'e mail')
    """
    return _simplified(text[:_LONGEST_WORD])


@lru_cache(maxsize=1 << 13)
def _simplified(text: str) -> str:
    """Bring a word to one form, remembering it: headers are compared with hundreds of words."""
    spaced = "".join(
        " " + c if c.isupper() and before.islower() else c
        for before, c in zip(" " + text, text, strict=False)
    )
    bare = unicodedata.normalize("NFKD", spaced.replace("ß", "ss")).casefold()
    letters = (c if c.isalnum() or c in "%#€$" else " " for c in bare if not unicodedata.combining(c))
    return " ".join("".join(letters).split())
