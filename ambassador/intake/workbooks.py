"""Workbooks of XLSX: the cells of one sheet as they come, and what a reader must be told about them."""

import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any, Final

from defusedxml.ElementTree import fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import ARCHIVE, DAMAGED_WORKBOOK, WORKBOOK_PART, refusing
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content
from ambassador.intake.limits import (
    MOST_KEPT_CELLS,
    MOST_MERGED,
    MOST_SHARED_TEXT,
    MOST_SHEET_COLUMNS,
    MOST_SHEET_ROWS,
    MOST_UNPACKED,
)
from ambassador.intake.line_tally import LineTally
from ambassador.intake.plain_xml import PlainCell, PlainRows, PlainTexts, RowShape, column_number
from ambassador.intake.xml_stream import drive

_PIECE: Final = 1 << 16
_SMALL_PART: Final = 20_000_000
_LONGEST_INTEGER: Final = 2**63
_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']"""
)
_PLACE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,10})$")
_FEW_DIGITS: Final = 16
"""More than any number has that stands as it is in a sheet."""
_MOST_NUMBERS: Final = 50_000
"""Numbers of a sheet that are remembered with what their style makes of them."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    part: str
    is_visible: bool


@dataclass(frozen=True, slots=True)
class CellForm:
    """What the number format of a cell makes of a number."""

    percent: bool = False
    date: bool = False
    span: bool = False
    hours: bool = False


_PLAIN: Final = CellForm()


@dataclass(slots=True)
class SheetFacts:
    """What the last reading of a sheet met that a person should know."""

    hidden: LineTally = field(default_factory=LineTally)
    merged: LineTally = field(default_factory=LineTally)
    formulas: LineTally = field(default_factory=LineTally)


@dataclass
class Workbook:
    """An XLSX file: its sheets, its shared texts and the forms of its cells."""

    content: Content
    facts: SheetFacts = field(default_factory=SheetFacts)

    @cached_property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """List the sheets that hold cells."""
        found, book = [], self._book
        targets = self._targets
        for sheet in _all(book, "sheet"):
            kind, part = targets.get(_attribute(sheet, "id"), ("", ""))
            if part and not kind.endswith("/chartsheet"):
                state = sheet.get("state") or "visible"
                found.append(SheetEntry(sheet.get("name") or "", part, state == "visible"))
        if not found:
            raise self._damaged()
        return tuple(found)

    @cached_property
    def epoch(self) -> datetime:
        """Return day 0 of the workbook's dates."""
        about = next(iter(_all(self._book, "workbookPr")), None)
        is_mac = about is not None and about.get("date1904") in {"1", "true"}
        return MAC_EPOCH if is_mac else WINDOWS_EPOCH

    @cached_property
    def forms(self) -> list[CellForm]:
        """Return the form of each style of cell."""
        part = self._part("styles")
        if part is None:
            return []
        root = self._small(part)
        codes = {one.get("numFmtId"): one.get("formatCode") or "" for one in _all(root, "numFmt")}
        styles = next(iter(_all(root, "cellXfs")), None)
        ids = [one.get("numFmtId") or "0" for one in _all(styles, "xf")] if styles is not None else []
        return [_form(codes.get(one) or _builtin(one)) for one in ids]

    @cached_property
    def texts(self) -> list[str]:
        """Return the shared texts."""
        part, handler = self._part("sharedStrings"), _Texts(self.content.name)
        taker = PlainTexts(handler.keep)
        for _ in drive(self.pieces(part), self.content.name, handler, taker) if part else ():
            continue
        return handler.found

    @cached_property
    def merged(self) -> dict[str, dict[int, list[tuple[int, int]]]]:
        """Return what was found out about merged ranges, by the part that holds the sheet."""
        return {}

    @cached_property
    def kept(self) -> dict[str, tuple[SheetFacts, list[tuple[int, list[Cell]]]]]:
        """Return the rows of the sheets that were read whole and are small enough to be kept."""
        return {}

    def pieces(self, part: str) -> Iterator[bytes]:
        """Unpack one part, piece by piece."""
        with self.content.open() as stream:
            with refusing(ARCHIVE, self.content.name):
                archive = zipfile.ZipFile(stream)
            with archive:
                yield from self._unpacked(archive, part)

    def _unpacked(self, archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
        with refusing(ARCHIVE, self.content.name):
            member = archive.open(part)
        size = 0
        with member:
            while True:
                with refusing(ARCHIVE, self.content.name):
                    piece = member.read(_PIECE)
                if not piece:
                    return
                size += len(piece)
                if size > MOST_UNPACKED:
                    message = mark("{file} would unpack to {megabytes} MB: refused")
                    raise UnreadableFileError(
                        message, file=self.content.name, megabytes=MOST_UNPACKED // 1_000_000
                    )
                self.content.watch()
                yield piece

    @cached_property
    def _members(self) -> frozenset[str]:
        name = self.content.name
        with self.content.open() as stream, refusing(ARCHIVE, name), zipfile.ZipFile(stream) as archive:
            return frozenset(archive.namelist())

    @cached_property
    def _main(self) -> str:
        """Find the part that lists the sheets."""
        if "_rels/.rels" in self._members:
            for one in _all(self._small("_rels/.rels"), "Relationship"):
                target = (one.get("Target") or "").lstrip("/")
                if (one.get("Type") or "").endswith("/officeDocument") and target in self._members:
                    return target
        return "xl/workbook.xml"

    @cached_property
    def _book(self) -> Any:  # noqa: ANN401 - an element of ElementTree, which has no public type in defusedxml
        if self._main.endswith(".bin"):
            message = mark("{file} is a binary workbook: save it as .xlsx or CSV")
            raise UnreadableFileError(message, file=self.content.name)
        return self._small(self._main)

    @cached_property
    def _targets(self) -> dict[str, tuple[str, str]]:
        folder, _, name = self._main.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels".lstrip("/")
        found = {}
        for one in _all(self._small(relations), "Relationship"):
            target = one.get("Target") or ""
            part = target[1:] if target.startswith("/") else _joined(folder, target)
            found[one.get("Id") or ""] = (one.get("Type") or "", part)
        return found

    def _part(self, kind: str) -> str | None:
        named = (part for type_, part in self._targets.values() if type_.endswith("/" + kind))
        return next((part for part in (*named, f"xl/{kind}.xml") if part in self._members), None)

    def _small(self, part: str) -> Any:  # noqa: ANN401 - see _book
        data = bytearray()
        for piece in self.pieces(part):
            data += piece
            if len(data) > _SMALL_PART:
                raise self._damaged()
        with refusing(WORKBOOK_PART, self.content.name):
            return fromstring(bytes(data))

    def _damaged(self) -> UnreadableFileError:
        return UnreadableFileError(DAMAGED_WORKBOOK, file=self.content.name)


def sheet_named(book: Workbook, wanted: str | None) -> SheetEntry:
    """Choose a sheet: the one named, else the first that is not hidden."""
    if wanted is None:
        return next((sheet for sheet in book.sheets if sheet.is_visible), book.sheets[0])
    for sheet in book.sheets:
        if sheet.name == wanted:
            return sheet
    names = ", ".join(sheet.name for sheet in book.sheets)
    message = mark("{file} has no sheet {sheet}: it has {sheets}")
    raise UnreadableFileError(message, file=book.content.name, sheet=wanted, sheets=names)


def sheet_rows(book: Workbook, sheet: SheetEntry) -> Iterator[tuple[int, list[Cell]]]:
    """Return the rows of a sheet that hold anything, each with its number."""
    if sheet.part in book.kept:
        book.facts, rows = book.kept[sheet.part]
        yield from rows
        return
    if sheet.part not in book.merged:
        book.merged[sheet.part] = _merged(book, sheet)
    handler = _Cells(book, book.merged[sheet.part])
    book.facts = handler.facts
    kept: list[tuple[int, list[Cell]]] = []
    room = MOST_KEPT_CELLS
    for _ in drive(book.pieces(sheet.part), book.content.name, handler, PlainRows(handler)):
        yield from handler.rows
        room -= sum(len(cells) for _, cells in handler.rows)
        if room >= 0:
            kept += handler.rows
        else:
            kept.clear()
        handler.rows.clear()
    if room >= 0:
        book.kept[sheet.part] = (handler.facts, kept)


def _merged(book: Workbook, sheet: SheetEntry) -> dict[int, list[tuple[int, int]]]:
    """Find the ranges merged over several rows: first row -> column and last row."""
    found: dict[int, list[tuple[int, int]]] = {}
    covered, rest = 0, b""
    for piece in book.pieces(sheet.part):
        text = rest + piece
        end = 0
        for match in _MERGED.finditer(text) if b"mergeCell" in text else ():
            first, last, end = int(match[2]), int(match[3]), match.end()
            if first < last:
                covered += last - first
                found.setdefault(first, []).append((column_number(match[1].decode()), last))
        if covered > MOST_MERGED:
            message = mark("{file}: merged ranges cover more than {limit} cells")
            raise UnreadableFileError(message, file=book.content.name, limit=MOST_MERGED)
        rest = text[max(end, len(text) - 300) :]
    return found


class _Texts:
    """Collects the shared texts, leaving out how they are pronounced."""

    def __init__(self, file: str) -> None:
        self.line = 0
        self.file = file
        self.found: list[str] = []
        self._parts: list[str] = []
        self._spoken = False
        self._size = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        self._spoken = self._spoken or name == "rPh"

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._spoken:
            self._parts.append(text)
        elif name == "rPh":
            self._spoken = False
        elif name == "si":
            self.keep(["".join(self._parts)])
            self._parts.clear()

    def keep(self, texts: list[str]) -> None:
        """Take some texts."""
        kept = [text.replace("x005F_", "") for text in texts]
        self.found += kept
        self._size += sum(map(sys.getsizeof, kept))
        if self._size > MOST_SHARED_TEXT:
            message = mark("{file} holds more than {megabytes} MB of text")
            raise UnreadableFileError(message, file=self.file, megabytes=MOST_SHARED_TEXT // 1_000_000)


class _Cells:
    """Collects the rows of a sheet."""

    def __init__(self, book: Workbook, merged: dict[int, list[tuple[int, int]]]) -> None:
        self.line = 0
        self.rows: list[tuple[int, list[Cell]]] = []
        self.facts = SheetFacts()
        self._file = book.content.name
        self._texts, self._forms, self._epoch = book.texts, book.forms, book.epoch
        self._merged = merged
        self._above: dict[int, tuple[int, Cell]] = {}
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._type = self._value = ""
        self._style = "0"
        self._inline: list[str] = []
        self._formula = self._spoken = self._inside = self._hidden = False
        self._columns: dict[str, int] = {}
        self._numbers: dict[tuple[str, str], Cell] = {}
        self._bare: dict[tuple[str, str], bool] = {}

    def keep(self, number: int, hidden: bool, plain: list[PlainCell]) -> bool:  # noqa: FBT001 - a row has it
        """Take one row as it was written; what has to be refused is left to the reading tag by tag."""
        if not self._inside or number > MOST_SHEET_ROWS:
            return False
        cells: list[Cell] = []
        for _, letters, style, kind, value, inline in plain:
            column = self._columns.get(letters) or self._columns.setdefault(letters, column_number(letters))
            if column > MOST_SHEET_COLUMNS or (kind == "inlineStr") != bool(inline):
                return False
            if kind == "s" and not self._is_place(value):
                return False
            if value or inline:
                cells += [None] * (column - len(cells))
                cells[column - 1] = inline or self._plain_value(kind, style, value)
        self._row, self._cells, self._hidden = number, cells, hidden
        self._end_row()
        return True

    def keep_shaped(
        self,
        number: int,
        hidden: bool,  # noqa: FBT001 - a row has it
        values: Sequence[str | None],
        shape: RowShape,
    ) -> bool:
        """Take the values of a row of known shape; what has to be refused is left as by ``keep``."""
        if not self._inside or number > MOST_SHEET_ROWS:
            return False
        texts, width = self._texts, 0
        cells: list[Cell] = []
        try:
            for value, (column, style, kind) in zip(values, shape.cells, strict=True):
                if value is None:
                    continue
                if column - width > 1:
                    cells += [None] * (column - width - 1)
                width = column
                cells.append(
                    texts[int(value)] or None if kind == "s" else self._shaped_value(kind, style, value)
                )
        except IndexError:  # a text that is not among those shared
            return False
        self._row, self._cells, self._hidden = number, cells, hidden
        self._end_row()
        return True

    def _shaped_value(self, kind: str, style: str, value: str) -> Cell:
        if kind == "inlineStr":
            return value
        if len(value) < _FEW_DIGITS and value.isdecimal() and self._is_bare(style, kind):
            return int(value)
        return self._plain_value(kind, style, value)

    def _is_bare(self, style: str, kind: str) -> bool:
        """Tell whether a number stands as it is: its style makes neither a date nor a share of it."""
        found = self._bare.get((style, kind))
        if found is None:
            self._style = style or "0"
            form = self._form()
            found = self._bare[style, kind] = kind in {"", "n"} and not (form.date or form.percent)
        return found

    def _is_place(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 11 and int(value) < len(self._texts)  # noqa: PLR2004 - as _place

    def _plain_value(self, kind: str, style: str, value: str) -> Cell:
        if kind == "s":
            return self._texts[int(value)] or None
        if kind in {"", "n"}:
            found = self._numbers.get((style, value))
            if found is None:
                if len(self._numbers) >= _MOST_NUMBERS:
                    self._numbers.clear()
                self._style = style or "0"
                found = self._numbers[style, value] = self._number(value)
            return found
        self._type = kind
        return self._read(value)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._spoken = True
        elif name == "sheetData":
            self._inside = True

    def end(self, name: str, text: str) -> None:
        if not self._inside:
            return
        if name == "v":
            self._value = text
        elif name == "c":
            self._end_cell()
        elif name == "t" and not self._spoken:
            self._inline.append(text)
        elif name == "row":
            self._end_row()
        elif name == "rPh":
            self._spoken = False
        elif name == "sheetData":
            self._inside = False

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self._row = self._place(number, MOST_SHEET_ROWS) if number else self._row + 1
        if self._row > MOST_SHEET_ROWS:
            self._beyond(self._row)
        self._column, self._cells = 0, []
        self._hidden = attributes.get("hidden") in {"1", "true"}

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        found = _PLACE.match(place) if place else None
        if place and not found:
            self._damaged()
        self._column = column_number(found[1]) if found else self._column + 1
        if self._column > MOST_SHEET_COLUMNS:
            self._beyond(self._row)
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._value = ""
        self._inline.clear()
        self._formula = False

    def _end_cell(self) -> None:
        value = "".join(self._inline) if self._type == "inlineStr" else self._value
        if not value:
            if self._formula:
                self.facts.formulas.add(self._row)
            return
        missing = self._column - len(self._cells)
        if missing > 0:
            self._cells += [None] * missing
        self._cells[self._column - 1] = self._read(value)

    def _end_row(self) -> None:
        if not self._cells:
            return
        if self._hidden:
            self.facts.hidden.add(self._row)
        if self._merged or self._above:
            self._fill_from_above()
        self.rows.append((self._row, self._cells))

    def _fill_from_above(self) -> None:
        """Take the value of a merged range for every row it covers."""
        for column, (last, value) in list(self._above.items()):
            if self._row > last:
                del self._above[column]
            elif value is not None and (len(self._cells) < column or self._cells[column - 1] is None):
                self._cells += [None] * (column - len(self._cells))
                self._cells[column - 1] = value
                self.facts.merged.add(self._row)
        for column, last in self._merged.get(self._row, ()):
            value = self._cells[column - 1] if column <= len(self._cells) else None
            self._above[column] = (last, value)

    def _read(self, value: str) -> Cell:
        if self._type == "s":
            number = self._place(value, len(self._texts) - 1)
            if number >= len(self._texts):
                self._damaged()
            return self._texts[number] or None
        if self._type == "n":
            return self._number(value)
        if self._type == "b":
            return "true" if value.strip() in {"1", "true"} else "false"
        if self._type == "d":
            return _iso(value)
        return value

    def _number(self, text: str) -> Cell:
        number = _cast(text)
        if number is None:
            return text
        form = self._form()
        if form.date:
            return self._date(number, form)
        if form.percent:
            return f"{Decimal(str(number)) * 100}%"
        return str(number) if isinstance(number, int) and abs(number) >= _LONGEST_INTEGER else number

    def _form(self) -> CellForm:
        return self._forms[int(self._style)] if self._style.isdecimal() and self._has_style() else _PLAIN

    def _has_style(self) -> bool:
        return len(self._style) < 7 and int(self._style) < len(self._forms)  # noqa: PLR2004 - no workbook has a million styles

    def _date(self, number: float, form: CellForm) -> Cell:
        try:
            value = from_excel(number, self._epoch, timedelta=form.span)
        except (OverflowError, ValueError):  # a serial outside the calendar stays the number it is
            return number
        if isinstance(value, datetime):
            return value.date() if value.time() == time() and not form.hours else value
        return str(value)

    def _place(self, text: str, most: int) -> int:
        if not (text.isascii() and text.isdigit()):
            self._damaged()
        if len(text) > 10:  # noqa: PLR2004 - more digits than any row or text has
            self._beyond(text[:20]) if most == MOST_SHEET_ROWS else self._damaged()
        return int(text)

    def _damaged(self) -> None:
        message = mark("{file} is damaged at row {line}: it cannot be read as a spreadsheet")
        raise UnreadableFileError(message, file=self._file, line=self._row)

    def _beyond(self, row: int | str) -> None:
        message = mark("{file}: row {line} lies outside the {rows} rows and {columns} columns of a sheet")
        raise UnreadableFileError(
            message, file=self._file, line=row, rows=MOST_SHEET_ROWS, columns=MOST_SHEET_COLUMNS
        )


def _cast(text: str) -> int | float | None:
    try:
        number: int | float = float(text) if any(mark in text for mark in ".eE") else int(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _iso(text: str) -> Cell:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found.date() if found.time() == time() and len(text) == len("2024-03-15") else found


def _form(code: str) -> CellForm:
    is_date = is_date_format(code)
    return CellForm(
        percent="%" in code,
        date=is_date,
        span=is_date and is_timedelta_format(code),
        hours="h" in code.casefold(),
    )


def _builtin(number: str) -> str:
    known: dict[int, str] = BUILTIN_FORMATS
    return known.get(int(number), "") if number.isdecimal() and len(number) < 4 else ""  # noqa: PLR2004 - there are 50


def _all(root: Any, name: str) -> list[Any]:  # noqa: ANN401 - elements of ElementTree
    return [one for one in root.iter() if isinstance(one.tag, str) and one.tag.rpartition("}")[2] == name]


def _attribute(element: Any, name: str) -> str:  # noqa: ANN401 - an element of ElementTree
    """Return an attribute that stands under a namespace."""
    return next(
        (value for key, value in element.items() if key.rpartition("}")[2] == name and "}" in key), ""
    )


def _joined(folder: str, target: str) -> str:
    parts: list[str] = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in {"", "."}:
            parts.append(step)
    return "/".join(parts)
