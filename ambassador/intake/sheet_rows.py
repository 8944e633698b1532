"""The rows of one sheet as they come, and what a reader must be told about them."""

import re
from collections.abc import Iterator, Sequence

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cell_values import CellValues
from ambassador.intake.cells import Cell
from ambassador.intake.limits import MOST_KEPT_CELLS, MOST_MERGED, MOST_SHEET_COLUMNS, MOST_SHEET_ROWS
from ambassador.intake.plain_xml import PlainCell, PlainRows, RowShape, column_number
from ambassador.intake.workbooks import SheetEntry, SheetFacts, Workbook
from ambassador.intake.xml_stream import drive

_MERGED = re.compile(
    rb"""<(?:\w+:)?mergeCell\s[^<>]*?ref=["']([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})["']"""
)
_PLACE = re.compile(r"^\$?([A-Za-z]{1,3})\$?(\d{1,10})$")


def sheet_rows(book: Workbook, sheet: SheetEntry) -> Iterator[tuple[int, list[Cell]]]:
    """Return the rows of a sheet that hold anything, each with its number."""
    if sheet.part in book.kept:
        book.facts, rows = book.kept[sheet.part]
        yield from rows
        return
    if sheet.part not in book.merged:
        book.merged[sheet.part] = _merged(book, sheet)
    handler = SheetCells(book, book.merged[sheet.part])
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


class SheetCells:
    """Collects the rows of a sheet."""

    def __init__(self, book: Workbook, merged: dict[int, list[tuple[int, int]]]) -> None:
        self.line = 0
        self.rows: list[tuple[int, list[Cell]]] = []
        self.facts = SheetFacts()
        self._file = book.content.name
        self._texts = book.texts
        self._values = CellValues(book.texts, book.forms, book.epoch)
        self._merged = merged
        self._above: dict[int, tuple[int, Cell]] = {}
        self._row = self._column = 0
        self._cells: list[Cell] = []
        self._type = self._value = ""
        self._style = "0"
        self._inline: list[str] = []
        self._formula = self._spoken = self._inside = self._hidden = False
        self._columns: dict[str, int] = {}

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
                cells[column - 1] = inline or self._values.plain(kind, style, value)
        self._row, self._cells, self._hidden = number, cells, hidden
        self._end_row()
        return True

    def keep_shaped(
        self,
        number: int,
        hidden: bool,  # noqa: FBT001 - a row has it
        values: Sequence[str],
        shape: RowShape,
    ) -> bool:
        """Take the values of a row of known shape; what has to be refused is left as by ``keep``."""
        if not self._inside or number > MOST_SHEET_ROWS:
            return False
        texts, read, width = self._texts, self._values.shaped, 0
        cells: list[Cell] = []
        try:
            for value, (column, style, kind) in zip(values, shape.cells, strict=True):
                if not value:
                    continue
                if column - width > 1:
                    cells += [None] * (column - width - 1)
                width = column
                cells.append(texts[int(value)] or None if kind == "s" else read(kind, style, value))
        except IndexError:  # a text that is not among those shared
            return False
        self._row, self._cells, self._hidden = number, cells, hidden
        self._end_row()
        return True

    def keep_rows(self, rows: Sequence[Sequence[str]], shape: RowShape) -> bool:
        """Take many rows of known shape at once, or leave them to be taken one by one."""
        if not self._inside or self._merged or self._above:
            return False
        numbers, hidden, *columns = zip(*rows, strict=True)
        lines = list(map(int, numbers))
        if max(lines) > MOST_SHEET_ROWS:
            return False
        try:
            laid = self._laid_out(columns, shape)
        except IndexError:  # a text that is not among those shared
            return False
        if laid is None:
            return False
        self._row = lines[-1]
        self.rows += zip(lines, map(list, zip(*laid, strict=True)), strict=True)
        for line, is_hidden in zip(lines, hidden, strict=True) if "1" in hidden else ():
            if is_hidden == "1":
                self.facts.hidden.add(line)
        return True

    def _laid_out(self, columns: Sequence[Sequence[str]], shape: RowShape) -> list[Sequence[Cell]] | None:
        """Read column by column; None where a column is written in two ways or the rows end unequally."""
        laid: list[Sequence[Cell]] = []
        last: Sequence[str] = ("",)
        nothing = (None,) * len(columns[0])
        for values, cell in zip(columns, shape.cells, strict=True):
            if not any(values):
                continue
            if cell[0] <= len(laid):
                return None
            laid += [nothing] * (cell[0] - len(laid) - 1)
            laid.append(self._values.column(cell, values))
            last = values
        return None if "" in last else laid

    def _is_place(self, value: str) -> bool:
        return value.isascii() and value.isdigit() and len(value) < 11 and int(value) < len(self._texts)  # noqa: PLR2004 - as _place

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet the beginning of an element."""
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
        """Meet its end."""
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
        if self._type != "s":
            return self._values.read(self._type, self._style, value)
        number = self._place(value, len(self._texts) - 1)
        if number >= len(self._texts):
            self._damaged()
        return self._texts[number] or None

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
