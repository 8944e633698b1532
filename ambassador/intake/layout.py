"""How the rows of one file are to be read, and a row read that way."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, tzinfo
from sys import intern
from typing import Any, TypeVar

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, is_digits, is_unknown, is_whole, known, plain
from ambassador.intake.currencies import currency_in, read_currency, settled_currency
from ambassador.intake.limits import LONGEST_CELL
from ambassador.intake.line_tally import LineTally
from ambassador.intake.moments import WrittenMoment, read_clock_and_zone, read_moment, read_utc
from ambassador.intake.quantities import is_free, read_count, read_money, read_number, read_rate
from ambassador.values.identity import KNOWN_PLATFORMS, canonical_handle, canonical_platform, parse_account
from ambassador.values.money import Money

_LONGEST_HANDLE = 200
_MOST_REMEMBERED = 50_000
"""Quantities of one file that are remembered: figures repeat, and what does not is not worth the memory."""
_ROUNDED_FROM = 10**15
_POINT_ZERO = re.compile(r"^\d+\.0$")
_E_MAIL = mark("{value} is an e-mail address, not a handle")
_BELOW_ZERO = re.compile(r"^(?=[^\d]*[-\u2212(])[^\d]*?[-\u2212(]\s*(?P<amount>[^-\u2212()]*\d[^()]*?)\)?$")
_PLAIN_HANDLE = re.compile(r"@?[A-Za-z0-9][A-Za-z0-9_.-]{0,98}")
"""A handle that needs no thought: no address, no server, nothing but letters of ASCII."""

Q = TypeVar("Q")


@dataclass(slots=True)
class Layout:
    """Where each field stands and everything that was decided about how its cells read."""

    headers: tuple[str, ...]
    positions: Mapping[str, int]
    platform: str = ""
    day_first: bool = True
    zone: tzinfo = UTC
    decimal_marks: Mapping[str, str] = field(default_factory=dict)
    in_percent: frozenset[str] = frozenset()
    author: str = ""
    """Whose posts these are, where no row says it."""
    values: Mapping[str, str] = field(default_factory=dict)
    """What a field is in every row, where no column says it."""
    codes: frozenset[str] = frozenset()
    """Fields whose column holds codes of two letters."""
    stated_platform: str = ""
    """The platform a person said: it wins over what addresses and names seem to tell."""
    overruled: Counter[str] = field(default_factory=Counter)
    """Platforms that rows seemed to be of, where a person said another."""
    kept: Counter[str] = field(default_factory=Counter)
    """Platforms that a column of the file names for rows, where a person said another."""
    names_programs: bool = False
    """Whether the column of platforms may name what somebody posted with instead: ``Hootsuite``."""
    days_only: LineTally = field(default_factory=LineTally)
    """Rows that say on which day something was posted and not at which hour."""
    rounded: LineTally = field(default_factory=LineTally)
    """Rows with an id that a spreadsheet rounded and that they can do without."""
    currency: str = "EUR"
    """The currency of amounts that name none; "" where rows name several and each has to."""
    are_comments: bool = False
    """Whether the words stand under a heading of comments."""
    courier_words: Mapping[str, str] = field(default_factory=dict)
    """What a courier's words mean that somebody here explained."""
    _handles: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    _platforms: dict[str, str] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _quantities: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    _found: dict[str, Any] = field(default_factory=dict)

    def row(self, line: int, cells: Sequence[Cell]) -> "FileRow":
        """Return one row, refusing it when it is wider than the header: its cells have slipped."""
        if not _is_sound(cells):
            self._check_texts(cells)
        if len(cells) > len(self.headers) and any(plain(cell) for cell in cells[len(self.headers) :]):
            message = mark("the row has more cells than the header has columns: {value}")
            raise CellError(message, column=self.headers[-1], value=" | ".join(map(plain, cells))[:200])
        return FileRow(self, line, cells)

    def _check_texts(self, cells: Sequence[Cell]) -> None:
        for position, cell in enumerate(cells):
            if isinstance(cell, str) and ("\0" in cell or len(cell) > LONGEST_CELL):
                self._refuse_text(self.headers[position] if position < len(self.headers) else "", cell)

    def _refuse_text(self, header: str, text: str) -> None:
        shown = text.replace("\0", "\ufffd")[:200]
        if "\0" in text:
            message = mark("the cell holds a NUL, which no text can: the file is damaged here")
            raise CellError(message, column=header, value=shown)
        message = mark("the cell has {count} characters: up to {limit} can be read")
        raise CellError(message, column=header, value=shown, count=len(text), limit=LONGEST_CELL)

    def account(self, cell: Cell) -> tuple[str, str, str]:
        """Read platform and handle, or why it is none, remembering it: networks name people over and over."""
        text = cell if isinstance(cell, str) else plain(cell)
        found = self._handles.get(text)
        if found is None:
            found = self._handles[text] = account_in(plain(text))
        return found

    def accounts(self) -> Mapping[str, tuple[str, str, str]]:
        """Return what was read of accounts so far, by what the cell says."""
        return self._handles

    def once(self, what: str, find: Callable[[], Q]) -> Q:
        """Find something out about the columns, the first time it is asked for."""
        found: Q | None = self._found.get(what)
        if found is None:
            found = self._found[what] = find()
        return found

    def names(self, name: str) -> list[str]:
        """List the columns of one field: ``text``, ``text.2``."""
        found = self._names.get(name)
        if found is None:
            found = [one for one in (name, f"{name}.2", f"{name}.3") if one in self.positions]
            self._names[name] = found
        return found

    def quantity(self, name: str, cell: Cell, read: Callable[[], Q], unit: str = "") -> Q:
        """Read a number, a rate or an amount, remembering what a text says in one column."""
        if not isinstance(cell, str):
            return read()
        key = (name, cell, unit)
        found: Q | None = self._quantities.get(key)
        if found is None:
            if len(self._quantities) >= _MOST_REMEMBERED:
                self._quantities.clear()
            found = self._quantities[key] = read()
        return found

    def named_platform(self, text: str) -> str:
        """Return a platform's one spelling, remembering it."""
        found = self._platforms.get(text)
        if found is None:
            found = self._platforms[text] = intern(canonical_platform(known(text)))
        return found


@dataclass(slots=True)
class FileRow:
    """One row of data; every reading gives None or ``""`` for unknown, or refuses the cell by name."""

    layout: Layout
    line: int
    cells: Sequence[Cell]

    def cell(self, name: str) -> Cell:
        """Return the raw cell of a field, None where the file has no such column."""
        position = self.layout.positions.get(name)
        return None if position is None or position >= len(self.cells) else self.cells[position]

    def raw(self, name: str) -> str:
        """Return the text as it stands, unknown markers included: what somebody wrote is not a marker."""
        return plain(self.cell(name))

    def text(self, name: str) -> str:
        """Return the text, ``""`` for unknown."""
        layout = self.layout
        position = layout.positions.get(name)
        if position is not None and position < len(self.cells):
            found = known(self.cells[position])
            if found:
                return found
        return layout.values.get(name, "") if layout.values else ""

    def place(self, name: str) -> str:
        """Return the name of a place: Nan in Thailand, and NA for Namibia in a column of countries' codes."""
        raw = self.raw(name)
        return raw if raw == "Nan" or (raw == "NA" and name in self.layout.codes) else self.text(name)

    def first(self, name: str) -> str:
        """Return the first text among the columns that can hold a field, as it stands."""
        return next((text for one in self.names(name) if (text := self.raw(one))), "")

    def names(self, name: str) -> list[str]:
        """List the columns of one field: ``text``, ``text.2``."""
        return self.layout.names(name)

    def count(self, name: str) -> int | None:
        """Read a whole number."""
        cell = self.cell(name)
        if cell is None:
            return None
        whole = whole_number(cell)
        if whole is not None:
            return whole
        cell = self._known_cell(name)
        if cell is None:
            return None
        try:
            return read_count(cell, self.layout.decimal_marks.get(name))
        except CellError as problem:
            raise self.refusal(name, problem) from None

    def number(self, name: str) -> float | None:
        """Read a number, zero or more."""
        cell = self.cell(name)
        if cell is None:
            return None
        if is_whole(cell):
            return float(cell)
        cell = self._known_cell(name)
        return None if cell is None else self.layout.quantity(name, cell, lambda: self._number(name, cell))

    def _number(self, name: str, cell: Cell) -> float:
        try:
            value = read_number(cell, self.layout.decimal_marks.get(name))
        except CellError as problem:
            raise self.refusal(name, problem) from None
        if value < 0:
            raise self.refusal(name, CellError(mark("{value} is below zero"), value=plain(cell)))
        return float(value)

    def rate(self, name: str) -> float | None:
        """Read a rate as a fraction."""
        cell = self._known_cell(name)
        return None if cell is None else self.layout.quantity(name, cell, lambda: self._rate(name, cell))

    def _rate(self, name: str, cell: Cell) -> float:
        try:
            return read_rate(cell, in_percent=name in self.layout.in_percent)
        except CellError as problem:
            raise self.refusal(name, problem) from None

    def probability(self, name: str) -> float | None:
        """Read a probability, at most 1."""
        value = self.rate(name)
        if value is not None and value > 1:
            raise self.refusal(
                name, CellError(mark("{value} is no probability: it is above 1"), value=self.raw(name))
            )
        return value

    def money(self, name: str, *, signed: bool = False) -> Money | None:
        """Read an amount; the header may name its currency. ``signed`` takes one below zero, too."""
        cell = self._known_cell(name)
        if cell is None:
            return None
        currency = self.currency(name)
        self._check_currency(name, plain(cell), currency)
        negative = _BELOW_ZERO.match(plain(cell)) if signed else None
        if negative:
            taken = self._money(name, negative["amount"], currency)
            return Money(-taken.minor, taken.currency)
        return self.layout.quantity(name, cell, lambda: self._money(name, cell, currency), currency)

    def _money(self, name: str, cell: Cell, currency: str) -> Money:
        try:
            return read_money(cell, currency, self.layout.decimal_marks.get(name))
        except CellError as problem:
            raise self.refusal(name, problem) from None

    def currency(self, name: str) -> str:
        """Return the currency of an amount that names none: its own column's, its heading's, the file's."""
        cell = self._known_cell("currency")
        if cell is not None:
            try:
                return self.layout.quantity("currency", cell, lambda: read_currency(cell))
            except CellError as problem:
                raise self.refusal("currency", problem) from None
        return self.layout.once(f"currency of {name}", lambda: currency_in(self.header(name)) or "") or (
            self.layout.currency
        )

    def _check_currency(self, name: str, text: str, stated: str) -> None:
        """Refuse an amount that names no currency where the file has several, or another than its column."""
        named = settled_currency(text, stated)
        if not (named or stated or is_free(text)):
            message = mark("{value} names no currency, and the file has several")
            raise self.refusal(name, CellError(message, value=text))
        if named and named != stated and self.text("currency"):
            message = mark("{value} is in {named}, the column of currencies says {stated}")
            raise self.refusal(name, CellError(message, value=text, named=named, stated=stated))

    def clock(self, name: str) -> tuple[time | None, tzinfo | None]:
        """Read a time of day and the zone it names; one that cannot be read is refused, never midnight."""
        cell = self._known_cell(name)
        if cell is None:
            return None, None
        if isinstance(cell, datetime):
            return cell.time(), cell.tzinfo
        found = read_clock_and_zone(plain(cell))
        if found is None:
            message = mark("{value} is not a time of day")
            raise self.refusal(name, CellError(message, value=plain(cell)))
        return found

    def instant(self, name: str) -> datetime | None:
        """Read an aware UTC instant."""
        at = read_utc(self.cell(name))
        if at is not None:
            return at
        moment = self._moment(name)
        if moment and moment.clock is None and name == "created_at":
            clock, zone = self.clock("clock")
            moment = replace(moment, clock=clock, zone=zone or moment.zone)
            if clock is None:
                self.layout.days_only.add(self.line)
        try:
            return moment.instant(self.layout.zone) if moment else None
        except OverflowError:
            raise self.refusal(
                name, CellError(mark("{value} is not in the calendar"), value=self.raw(name))
            ) from None

    def is_day(self, name: str) -> bool:
        """Tell whether a moment is a day without an hour."""
        if read_utc(self.cell(name)) is not None:
            return False
        moment = self._moment(name)
        return moment is not None and moment.clock is None

    def day(self, name: str) -> date | None:
        """Read a calendar day."""
        moment = self._moment(name)
        return moment.day if moment else None

    def identifier(self, name: str) -> str:
        """Read an id as text; one that a spreadsheet rounded is refused."""
        cell = self.cell(name)
        if is_digits(cell):
            return cell
        cell = self._known_cell(name)
        if cell is None:
            return ""
        if is_mangled(cell):
            message = mark("{value} was rounded by a spreadsheet: the id is lost, export it again as text")
            raise self.refusal(name, CellError(message, value=plain(cell)))
        text = plain(cell)
        return text[:-2] if _POINT_ZERO.match(text) else text

    def spare_id(self, name: str) -> str:
        """Read an id that the row can do without: one that a spreadsheet rounded is left out and told."""
        if is_mangled(self.cell(name)):
            self.layout.rounded.add(self.line)
            return ""
        return self.identifier(name)

    def handle(self, name: str, *, platform: str = "") -> tuple[str, str]:
        """Read a handle and its platform, ``("", "")`` when the cell says nothing."""
        named, handle, why = self.layout.account(self.cell(name))
        if why == _E_MAIL and "mastodon" in (platform, self.platform()):
            return "mastodon", handle
        if why:
            raise self.refusal(name, CellError(why, value=self.raw(name)))
        return (named or platform or self.platform(), handle) if handle else ("", "")

    def platform(self) -> str:
        """Return the row's platform: its own column, else the file's."""
        return self.own_platform() or self.layout.platform

    def own_platform(self) -> str:
        """Return the platform the row's own column names; what somebody posted with is none."""
        if "platform" not in self.layout.positions:
            return ""
        named = self.layout.named_platform(self.raw("platform"))
        return "" if self.layout.names_programs and named not in KNOWN_PLATFORMS else named

    def header(self, name: str) -> str:
        """Return the column a field stands in."""
        position = self.layout.positions.get(name)
        return "" if position is None else self.layout.headers[position]

    def refusal(self, name: str, problem: CellError) -> CellError:
        """Say in which column a cell was refused."""
        values = {key: value for key, value in problem.values.items() if key not in {"value", "column"}}
        return CellError(problem.message, column=self.header(name), value=problem.value, **values)

    def missing(self, name: str, message: str) -> CellError:
        """Say that a needed cell is empty."""
        return CellError(message, column=self.header(name), value=self.raw(name))

    def _known_cell(self, name: str) -> Cell:
        cell = self.cell(name)
        return None if cell is None or (isinstance(cell, str) and not known(cell)) else cell

    def _moment(self, name: str) -> WrittenMoment | None:
        cell = self._known_cell(name)
        if cell is None:
            return None
        try:
            return read_moment(cell, day_first=self.layout.day_first)
        except CellError as problem:
            raise self.refusal(name, problem) from None


def _is_sound(cells: Sequence[Cell]) -> bool:
    """Tell whether a row is all text and short enough to need no look at each cell."""
    try:
        text = "".join(cells)  # type: ignore[arg-type]
    except TypeError:  # a number, a date or nothing among them
        text = "".join([cell for cell in cells if isinstance(cell, str)])
    return len(text) <= LONGEST_CELL and "\0" not in text


def whole_number(cell: Cell) -> int | None:
    """Read a cell that holds a whole number and needs no thought; None for any other."""
    if type(cell) is int:
        return cell if 0 <= cell < _ROUNDED_FROM else None
    return int(cell) if is_whole(cell) else None


def is_mangled(cell: Cell) -> bool:
    """Tell whether a spreadsheet turned an id into a rounded number, as in ``1.23E+18``."""
    if isinstance(cell, int | float):
        return isinstance(cell, float) and abs(cell) >= _ROUNDED_FROM
    if cell is None or (isinstance(cell, str) and "+" not in cell):
        return False
    text = plain(cell).replace(",", ".")
    mantissa, letter, power = text.upper().partition("E+")
    return bool(letter) and power.isdigit() and mantissa.replace(".", "", 1).isdigit()


def account_in(text: str) -> tuple[str, str, str]:
    """Read platform and handle, or why it is none."""
    if _PLAIN_HANDLE.fullmatch(text) and not is_unknown(text):
        return "", intern(text.removeprefix("@").lower()), ""
    if not text or (is_unknown(text) and not text.isalnum()):
        return "", "", ""
    platform, handle = parse_account(text)
    return intern(platform or ""), intern(handle), _why_no_handle(text, handle)


def _why_no_handle(text: str, handle: str) -> str:
    if not handle or not any(character.isalnum() for character in handle):
        return mark("{value} is not a handle")
    if "/" in handle:
        return mark("{value} is an address, but of nobody's profile")
    if len(handle) > _LONGEST_HANDLE:
        return mark("{value} is too long for a handle")
    if "@" in handle and not text.strip().startswith("@") and handle == canonical_handle(text):
        return _E_MAIL
    if any(mark in handle for mark in ",;|") or " / " in text:
        return mark("{value} names several accounts: one to a cell")
    return ""
