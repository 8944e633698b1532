"""Rows of cells out of any readable file, as often as asked, each with the line it stands on."""

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.boundary import CSV
from ambassador.intake.cells import Cell
from ambassador.intake.columnar import CellColumns, columns_of_lines, without_quoted
from ambassador.intake.files import Content, FileFormat, TextBlock, text_blocks, text_lines
from ambassador.intake.flat import flat
from ambassador.intake.json_documents import json_documents, lists_left, lists_within, longest_list
from ambassador.intake.limits import LONGEST_LINE
from ambassador.intake.sheet_rows import sheet_rows
from ambassador.intake.stray_marks import UsualRow, literal_cells, usual_row
from ambassador.intake.workbooks import SheetEntry, Workbook, sheet_named
from ambassador.values.imports.imports import Note

NumberedRow = tuple[int, Sequence[Cell]]
RowSource = Callable[[], Iterator[NumberedRow]]

RowsBelow = Callable[[int], Iterator[NumberedRow | CellColumns]]
"""Gives the rows below a line: whole columns where the lines are sound, else one by one."""

Notes = Callable[[], tuple[Note, ...]]
IsHeader = Callable[[Sequence[Cell]], bool]

_SAMPLE_LINES = 200
_SAMPLE_SIZE = 1_000_000
_STEADY = 0.8
_DELIMITERS = (",", ";", "\t", "|")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_COMMENTS = frozenset({"#", "%"})

_MOST_LINES = 20
_MOST_SHEETS = 20
_AT_ONCE = 1 << 18
"""Characters of a text that are parted into columns at a time."""
_TOP = 20
"""Sheets looked at, and rows of each, for one that has a header."""
_STRAY = mark(
    "lines on which a quotation mark opens a cell and does not close it, read as any other sign: {lines}"
)

csv.field_size_limit(LONGEST_LINE)


def nothing_to_tell() -> tuple[Note, ...]:
    """Have nothing to say about a file."""
    return ()


@dataclass(frozen=True, slots=True)
class FileSource:
    """Where rows come from; ``named`` when the first row holds the true column names."""

    rows: RowSource
    named: bool = False
    loose: bool = False
    """Whether this may be an edge list as the literature writes them."""
    notes: Notes = nothing_to_tell
    """What a person should know of the file, once its rows were read."""
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    below: RowsBelow | None = None
    """The same rows in another way, for a form that has it."""


def open_source(
    content: Content,
    file_format: FileFormat,
    sheet: str | None = None,
    *,
    loose: bool = False,
    is_header: IsHeader | None = None,
) -> FileSource:
    """Open a table; ``loose`` also accepts blanks between columns and comment lines, as in edge lists.

    Where no sheet was named, the first that has such a header is read, as a cover has none; else the first.
    """
    if file_format is FileFormat.SPREADSHEET:
        return _sheet_source(content.memo.setdefault("workbook", Workbook(content)), sheet, is_header)
    if file_format is FileFormat.JSON:
        return _json_source(content)
    delimiter = _delimiter(content, loose=loose)
    if delimiter == " ":
        return FileSource(lambda: _blank_parted(content), loose=True)
    delimited = _DelimitedRows(content, delimiter, comments=loose)
    return FileSource(delimited.rows, loose=loose, notes=delimited.notes, below=delimited.below)


def _delimiter(content: Content, *, loose: bool) -> str:
    """Choose the delimiter that gives the most columns in a steady number; blanks come last."""
    lines = _first_lines(content)
    if lines and lines[0].strip().casefold().startswith("sep="):
        return lines[0].strip()[4:5] or ","
    if loose:
        lines = [line for line in lines if not line.startswith(("#", "%"))]
        lines = lines[1:] or lines  # the first may be a header or a line of two counts
    best, columns = ",", 1
    for candidate in (*_DELIMITERS, *([" "] if loose else [])):
        if candidate == " " and columns > 1 and not _parts_decimals(lines, best):
            break  # names with a blank between them stand in columns that something else parts
        count, steady = _columns(lines, candidate)
        if steady >= _STEADY and count > columns:
            best, columns = candidate, count
    return best if columns > 1 else _least_unsteady(lines)


def _parts_decimals(lines: list[str], delimiter: str) -> bool:
    """Tell whether commas stand only between digits, as in ``lia anna 0,5``."""
    marks = sum(line.count(delimiter) for line in lines)
    return delimiter == "," and marks == sum(len(_DECIMAL.findall(line)) for line in lines)


def _first_lines(content: Content) -> list[str]:
    lines, size = [], 0
    for line in islice(text_lines(content), _SAMPLE_LINES):
        lines.append(line)
        size += len(line)
        if size > _SAMPLE_SIZE:
            break
    return lines


def _columns(lines: list[str], delimiter: str) -> tuple[int, float]:
    if delimiter == " ":
        counts = Counter(len(line.split()) for line in lines if line.strip())
    else:
        counts = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    if not counts:
        return 1, 0.0
    count, rows = max(counts.items(), key=lambda item: (item[1], item[0]))
    return count, rows / counts.total()


def _least_unsteady(lines: list[str]) -> str:
    """Take the delimiter of ragged files: the one with the most columns in the most usual row."""
    return max(_DELIMITERS, key=lambda delimiter: _columns(lines, delimiter)[0])


class _Lines:
    """The lines of a text, whether the last one was given, and which were since the last row."""

    def __init__(self, blocks: Iterator[TextBlock]) -> None:
        self._blocks = blocks
        self._block: Iterator[str] = iter(())
        self._left = 0
        """Lines of the block that were not given yet."""
        self._again: deque[str] = deque()
        self.ended = False
        self.given: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                if not self._left and not self._open_next():
                    break
                line = next(self._block)
                self._left -= 1
            self.given.append(line)
            yield line
        self.ended = True

    def _open_next(self) -> bool:
        block = next(self._blocks, None)
        if block is not None:
            self._block, self._left = iter(block.lines), len(block.lines)
        return block is not None

    @property
    def at_edge(self) -> bool:
        """Whether all lines of the blocks opened so far were given."""
        return not self._left and not self._again

    def give_again(self) -> None:
        """Give all lines but the first of those given since the last row once more."""
        self._again.extendleft(reversed(self.given[1:]))
        del self.given[1:]


class _DelimitedRows:
    """The rows of a text with delimiters; a stray quotation mark swallows none of them."""

    def __init__(self, content: Content, delimiter: str, *, comments: bool) -> None:
        self._content, self._delimiter, self._comments = content, delimiter, comments
        self._usual: UsualRow | None = None
        self._stray: list[int] = []
        """Lines on which a quotation mark was read as a sign like any other."""

    def rows(self) -> Iterator[NumberedRow]:
        """Read the rows, each with the line on which it begins."""
        self._stray = []
        return self._one_by_one(_Lines(text_blocks(self._content)), 1, to_edge=False)

    def below(self, above: int) -> Iterator[NumberedRow | CellColumns]:
        """Read the rows of which the first stands below a line, by column where that gives the same."""
        self._stray = []
        blocks = text_blocks(self._content, _AT_ONCE)
        for block in blocks:
            found = self._columns(block, above)
            if found is not None:
                yield found
            else:
                lines = _Lines(chain([block], blocks))
                yield from self._one_by_one(lines, block.first, to_edge=True)

    def _columns(self, block: TextBlock, above: int) -> CellColumns | None:
        """Part the lines of a block below a line; None where they have to be looked at one by one."""
        text, lines, first = block.text, len(block.lines), block.first
        leaves = above + 1 - first
        if leaves > 0:
            head = "".join(block.lines[:leaves])
            if without_quoted(head, self._delimiter) is None:
                return None  # a cell of the header may run over its end
            text, lines, first = text[len(head) :], lines - leaves, first + leaves
        elif first == 1 and text[:4].casefold() == "sep=":
            return None
        found = columns_of_lines(text, lines, first, self._delimiter)
        if found is not None and self._comments and not _COMMENTS.isdisjoint(found.beginnings(0, 1)):
            return None
        return found

    def _one_by_one(self, lines: _Lines, start: int, *, to_edge: bool) -> Iterator[NumberedRow]:
        """Read rows with care; ``to_edge`` ends it where a row and a block of the text end together."""
        source, given = iter(lines), lines.given
        reader = self._reader(source)
        try:  # as ``refusing`` does, which costs more than reading a row
            while (row := next(reader, None)) is not None:
                if lines.ended:  # the row ran into the end: a mark before it opens and never closes
                    raise UnreadableFileError(CSV.message, file=self._content.name, line=start)
                if len(given) > 1 and self._is_swallowed(given):
                    row = literal_cells(given[0], self._delimiter)
                    lines.give_again()
                    self._stray.append(start)
                    reader = self._reader(source)
                if not row or not self._is_passed_over(start, row):
                    yield start, row
                start += len(given)
                given.clear()
                if to_edge and lines.at_edge:
                    return
        except CSV.raises as problem:
            raise UnreadableFileError(CSV.message, file=self._content.name, line=start) from problem

    def notes(self) -> tuple[Note, ...]:
        """Tell on which lines a mark was taken as a sign."""
        if not self._stray:
            return ()
        more = len(self._stray) - _MOST_LINES
        shown = ", ".join(map(str, self._stray[:_MOST_LINES])) + (f" (+{more})" if more > 0 else "")
        return (Note(_STRAY, {"lines": shown}),)

    def _reader(self, source: Iterator[str]) -> Iterator[list[str]]:
        return csv.reader(source, delimiter=self._delimiter, skipinitialspace=True)

    def _is_swallowed(self, given: Sequence[str]) -> bool:
        if self._usual is None:
            self._usual = usual_row(_first_lines(self._content), self._delimiter)
        if not self._usual.swallowed(given):
            return False
        self._content.watch()
        return True

    def _is_passed_over(self, line: int, row: Sequence[str]) -> bool:
        return (self._comments and row[0][:1] in _COMMENTS) or _is_sep_line(line, row)


def _is_sep_line(line: int, row: Sequence[str]) -> bool:
    return line == 1 and row[0].casefold().startswith("sep=")


def _blank_parted(content: Content) -> Iterator[NumberedRow]:
    for number, line in enumerate(text_lines(content), start=1):
        if line.strip() and not line.startswith(("#", "%")):
            yield number, line.split()


def _sheet_source(book: Workbook, wanted: str | None, is_header: IsHeader | None) -> FileSource:
    sheet = sheet_named(book, wanted)
    if wanted is None:
        sheet = _sheet_to_read(book, is_header) or sheet
    return FileSource(
        lambda: iter(sheet_rows(book, sheet)),
        notes=lambda: _sheet_notes(book, sheet, wanted),
        sheets=tuple(one.name for one in book.sheets),
        sheet=sheet.name,
    )


def _sheet_to_read(book: Workbook, is_header: IsHeader | None) -> SheetEntry | None:
    """Return the first sheet with a header among its first rows, else the first that holds anything."""
    first = None
    for sheet in [one for one in book.sheets if one.is_visible][:_MOST_SHEETS]:
        try:
            top = [cells for _, cells in islice(sheet_rows(book, sheet), _TOP)]
        except UnreadableFileError:  # said once this sheet is the one to be read
            continue
        if is_header and any(map(is_header, top)):
            return sheet
        first = first or (sheet if top else None)
    return first


def _sheet_notes(book: Workbook, sheet: SheetEntry, wanted: str | None) -> tuple[Note, ...]:
    facts = book.facts
    counts = (
        (
            mark("rows that are hidden in the sheet and were read all the same: {count} (line {lines})"),
            facts.hidden,
        ),
        (
            mark("cells that took the value of the merged cell they belong to: {count} (line {lines})"),
            facts.merged,
        ),
        (
            mark(
                "cells that hold a formula without its result and were taken as empty: {count} (line "
                "{lines}). Open the file in the spreadsheet, save it and import it again"
            ),
            facts.formulas,
        ),
    )
    told = [tally.note(text) for text, tally in counts if tally.count]
    others = [one.name for one in book.sheets if one is not sheet]
    if others and wanted is None:
        text = mark("the sheet {sheet} was read; the file also has {sheets}")
        told.append(Note(text, {"sheet": sheet.name, "sheets": ", ".join(others)}))
    return tuple(told)


def records_source(records: Sequence[Mapping[str, Cell]]) -> FileSource:
    """Lay records out as rows under the names that any of them uses."""
    headers = list(dict.fromkeys(key for record in records for key in record))

    def rows() -> Iterator[NumberedRow]:
        yield 0, headers
        for number, record in enumerate(records, start=1):
            yield number, [record.get(header) for header in headers]

    return FileSource(rows, named=True)


def _json_source(content: Content) -> FileSource:
    found: tuple[list[dict[str, Cell]], tuple[Note, ...]] | None = content.memo.get("records")
    if found is None:
        listed, others = longest_list(json_documents(content))
        records = [record for record in listed if isinstance(record, dict)]
        notes = (*lists_left(others), *lists_within(records))
        found = content.memo["records"] = [flat(record) for record in records], notes
    records_read, told = found
    if not records_read:
        message = mark("{file} holds no list of records")
        raise UnreadableFileError(message, file=content.name)
    return replace(records_source(records_read), notes=lambda: told)
