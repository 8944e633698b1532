"""Numbers as people write them: ``3.3k``, ``1,2 mln``, ``412.000``, ``4,8%``, ``1.200 €``.

The rule for a mark between digits, in this order:

1. Both marks in one number: the last one is the decimal mark (``1.234,5``).
2. One mark several times: it groups thousands (``1.234.567``).
3. Before a multiplier or a percent sign, or not followed by exactly three digits, or after a leading 0:
   it is the decimal mark (``3.3k``, ``4,8%``, ``1234,5``, ``0,125``).
4. What is left (``412.000``) has two readings. In a column of counts or of money it groups thousands: nobody
   has a fraction of a follower, and prices have two decimals (three in dinars: ``1.234 KWD`` is 1.234),
   unless other amounts of the column prove their mark. A column of money in which it stays open is told.
   Elsewhere the other numbers of the column decide, then those of the file; when nothing decides, a person
   is asked.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import unescape

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, plain
from ambassador.intake.currencies import settled_currency, without_sign
from ambassador.values.imports.imports import DECIMAL_COMMA, DECIMAL_POINT
from ambassador.values.money import Money, digits_of, money

_MULTIPLIERS = {
    "k": 3, "mila": 3, "thousand": 3, "tsd": 3, "mille": 3,
    "m": 6, "mln": 6, "mio": 6, "mn": 6, "mm": 6, "milione": 6, "milioni": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "bln": 9, "mld": 9, "mrd": 9, "miliardo": 9, "miliardi": 9, "billion": 9, "billions": 9,
}  # fmt: skip
_UNITS = frozenset({
    "follower", "followers", "seguaci", "seguiti", "following", "post", "posts", "like", "likes",
    "view", "views", "visualizzazioni", "commenti", "comments", "iscritti", "subscribers", "fan",
    "fans", "pezzi", "pz", "pcs", "ordini", "orders",
})  # fmt: skip
_EURO = "EUR"
_FREE = frozenset({"gratis", "free", "gratuito", "gratuita", "no fee", "nessun compenso"})
_NUMBER = re.compile(
    r"^(?:~|≈|ca\.?|circa|about)?\s*(?P<sign>[-+\u2212]?)\s*(?P<digits>(?:\d[\d.,'\u2019\s]*|[.,]\d+))(?P<rest>[^\d]*)$",
    re.IGNORECASE,
)
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:[.,]\d+)?e[+-]?\d{1,3}$", re.IGNORECASE)
_LONGEST = 100
"""Characters of a number: nobody writes more, and a longer text would only be searched in vain."""
_LARGEST_POWER = 300
_MOST_REMEMBERED = 1 << 14
"""Written numbers that are remembered: each is asked for several times, and figures repeat."""
_EITHER = "either"
"""Whatever single mark stands there is the decimal one: rates have no thousands."""
_GROUP = 3
_WHOLE_PERCENT = Decimal(100)
_BIGGEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class _Shape:
    sign: int
    digits: str
    power: int
    percent: bool


def read_number(cell: Cell, decimal_mark: str | None = None) -> Decimal:
    """Read a number; ``decimal_mark`` (comma or point) settles what the number itself leaves open.

    >>> read_number("1,2 mln"), read_number("412.000"), read_number("1.234,5"), read_number("4,8%")
    (Decimal('1.2E+6'), Decimal('412000'), Decimal('1234.5'), Decimal('0.048'))
    """
    if isinstance(cell, int | float):
        return _finite(Decimal(str(cell)), str(cell))
    text = plain(cell)
    if len(text) > _LONGEST:
        raise CellError(mark("{value} is not a number"), value=text[:_LONGEST])
    if _SCIENTIFIC.match(text):
        return _finite(Decimal(text.replace(",", ".")), text)
    shape = _shape(text)
    value = Decimal(_settle(shape, decimal_mark, text)) * shape.sign
    if shape.percent:
        return value / _WHOLE_PERCENT
    return value.scaleb(shape.power)


def read_count(cell: Cell, decimal_mark: str | None = None) -> int:
    """Read a whole number, zero or more."""
    if isinstance(cell, int) and 0 <= cell <= _BIGGEST:
        return int(cell)
    value = read_number(cell, decimal_mark)
    if value < 0 or value != value.to_integral_value() or value > _BIGGEST:
        message = mark("{value} is not a whole number, zero or more")
        raise CellError(message, value=plain(cell))
    return int(value)


def read_rate(cell: Cell, *, in_percent: bool = False) -> float:
    """Read a rate as a fraction: ``1.39%`` is 0.0139; a bare number is a percentage if its column is."""
    value = read_number(cell, _EITHER)
    signed = isinstance(cell, str) and "%" in cell
    fraction = value if signed or not in_percent else value / _WHOLE_PERCENT
    if fraction < 0:
        message = mark("{value} is a rate below zero")
        raise CellError(message, value=plain(cell))
    return float(fraction)


def is_free(text: str) -> bool:
    """Tell whether an amount is nothing, in words."""
    return text.casefold() in _FREE


def read_money(cell: Cell, currency: str = "EUR", decimal_mark: str | None = None) -> Money:
    """Read an amount with or without its currency: ``€ 1,200.50``, ``1.500,00 EUR``, ``gratis``.

    ``currency`` is that of the column or the file: an amount that names none is in it.
    """
    text = unescape(plain(cell))
    if is_free(text):
        return Money(0, currency or _EURO)
    named = settled_currency(text, currency)
    bare = without_sign(text).replace(",-", "").strip() if named else text
    try:
        amount = read_number(
            bare if isinstance(cell, str) else cell, decimal_mark or _mark_of(named or currency)
        )
    except CellError:
        amount = Decimal(-1)
    if amount < 0:
        message = mark("{value} is not an amount of money")
        raise CellError(message, value=text)
    try:
        return money(amount, named or currency)
    except BadInputError:  # a long number is an id, whatever its column is called
        raise CellError(mark("{value} is not an amount of money"), value=text) from None


def _mark_of(currency: str) -> str | None:
    """Where prices have three decimals, three digits after a mark are decimals: ``1.234 KWD``."""
    return _EITHER if digits_of(currency) == _GROUP else None


@lru_cache(maxsize=_MOST_REMEMBERED)
def mark_evidence(text: str) -> str | None:
    """Say which decimal mark a number proves; ``"open"`` when it has two readings, None if neither.

    >>> mark_evidence("1.234,5"), mark_evidence("412.000"), mark_evidence("17")
    ('comma', 'open', None)
    """
    try:
        shape = _shape(text)
    except CellError:
        return None
    marks = [mark for mark in ".," if mark in shape.digits]
    if not marks:
        return None
    if len(marks) == 2:  # noqa: PLR2004 - both marks
        return _name(max(marks, key=shape.digits.rfind))
    mark, other = marks[0], ".,".replace(marks[0], "")
    if shape.digits.count(mark) > 1:
        return _name(other)
    if shape.power or shape.percent:
        return None
    return "open" if _is_grouped(shape.digits.split(mark)) else _name(mark)


def is_exact(text: str) -> bool:
    """Tell whether a number is written in full, without a multiplier that rounds it."""
    try:
        return not _shape(text).power
    except CellError:
        return False


@lru_cache(maxsize=_MOST_REMEMBERED)
def _shape(text: str) -> _Shape:
    found = _NUMBER.match(text) if len(text) <= _LONGEST else None
    if not found:
        message = mark("{value} is not a number")
        raise CellError(message, value=text)
    digits = re.sub(r"[\s'\u2019]", "", found["digits"])
    power, percent = _rest(found["rest"], text)
    return _Shape(-1 if found["sign"] in ("-", "\u2212") else 1, digits, power, percent)


def _finite(number: Decimal, text: str) -> Decimal:
    if not number.is_finite() or number.adjusted() > _LARGEST_POWER:
        raise CellError(mark("{value} is not a number"), value=text)
    return number


def _rest(rest: str, text: str) -> tuple[int, bool]:
    power, percent = 0, False
    for word in rest.casefold().replace("+", " ").replace("%", " % ").split():
        if word == "%":
            percent = True
        elif word.rstrip(".") in _MULTIPLIERS and not power:
            power = _MULTIPLIERS[word.rstrip(".")]
        elif word not in _UNITS:
            message = mark("{value} is not a number")
            raise CellError(message, value=text)
    return power, percent


def _settle(shape: _Shape, decimal_mark: str | None, text: str) -> str:
    """Write the digits with a point as the decimal mark and nothing between thousands."""
    digits = shape.digits.rstrip(".,") if shape.power or shape.percent else shape.digits.rstrip(".")
    marks = [mark for mark in ".," if mark in digits]
    if not marks:
        return digits
    last = max(marks, key=digits.rfind)
    if len(marks) == 2:  # noqa: PLR2004 - both marks
        return _both(digits, last, text)
    parts = digits.split(last)
    if len(parts) > 2:  # noqa: PLR2004 - more than one mark
        return _grouped(parts, text)
    if (
        not (shape.power or shape.percent)
        and _is_grouped(parts)
        and decimal_mark not in (_name(last), _EITHER)
    ):
        return "".join(parts)
    return ".".join(part or "0" for part in parts)


def _both(digits: str, last: str, text: str) -> str:
    whole, _, fraction = digits.rpartition(last)
    other = ".,".replace(last, "")
    if last in whole or not fraction:
        message = mark("{value} is not a number")
        raise CellError(message, value=text)
    return f"{_grouped(whole.split(other), text)}.{fraction}"


def _grouped(parts: list[str], text: str) -> str:
    if not parts[0] or len(parts[0]) > _GROUP or any(len(part) != _GROUP for part in parts[1:]):
        message = mark("{value} is not a number")
        raise CellError(message, value=text)
    return "".join(parts)


def _is_grouped(parts: list[str]) -> bool:
    first, *rest = parts
    return (
        1 <= len(first) <= _GROUP and not first.startswith("0") and all(len(part) == _GROUP for part in rest)
    )


def _name(mark: str) -> str:
    return DECIMAL_COMMA if mark == "," else DECIMAL_POINT
