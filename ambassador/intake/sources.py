"""Rows of cells out of any readable file, as often as asked, each with the line it stands on."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import openpyxl

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content, FileFormat, open_text
from ambassador.intake.flat import flat

Row = tuple[int, Sequence[Cell]]
RowSource = Callable[[], Iterator[Row]]

_SAMPLE_LINES = 200
_STEADY = 0.8
_MOST_DIGITS = 40
_ASSIGNMENT = re.compile(r"^window\.[\w.]+\s*=\s*")
_DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from; ``named`` when the first row holds the true column names."""

    rows: RowSource
    named: bool = False
    loose: bool = False
    """Whether this may be an edge list as the literature writes them."""


def open_source(
    content: Content, file_format: FileFormat, sheet: str | None = None, *, loose: bool = False
) -> Source:
    """Open a table; ``loose`` also accepts blanks between columns and comment lines, as in edge lists."""
    if file_format is FileFormat.SPREADSHEET:
        return Source(lambda: _sheet_rows(content, sheet))
    if file_format is FileFormat.JSON:
        return _json_source(content)
    delimiter = _delimiter(content, loose=loose)
    if delimiter == " ":
        return Source(lambda: _blank_parted(content), loose=True)
    return Source(lambda: _delimited_rows(content, delimiter, comments=loose), loose=loose)


def _delimiter(content: Content, *, loose: bool) -> str:
    """Choose the delimiter that gives the most columns in a steady number; blanks come last."""
    with open_text(content) as stream:
        lines = [line for line, _ in zip(stream, range(_SAMPLE_LINES), strict=False)]
    if lines and lines[0].strip().casefold().startswith("sep="):
        return lines[0].strip()[4:5] or ","
    if loose:
        lines = [line for line in lines if not line.startswith(("#", "%"))]
        lines = lines[1:] or lines  # the first may be a header or a line of two counts
    best, columns = ",", 1
    for candidate in (*_DELIMITERS, *([" "] if loose else [])):
        count, steady = _columns(lines, candidate)
        if steady >= _STEADY and count > columns:
            best, columns = candidate, count
    return best if columns > 1 else _least_unsteady(lines)


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


def _delimited_rows(content: Content, delimiter: str, *, comments: bool) -> Iterator[Row]:
    with open_text(content) as stream:
        reader = csv.reader(stream, delimiter=delimiter, skipinitialspace=True)
        start = 1
        try:
            for row in reader:
                if not row or (
                    not (comments and row[0].startswith(("#", "%"))) and not _is_sep_line(start, row)
                ):
                    yield start, row
                start = reader.line_num + 1
        except csv.Error:
            message = mark("{file}: from line {line} on the quotation marks do not close")
            raise UnreadableFileError(message, file=content.name, line=start) from None


def _is_sep_line(line: int, row: Sequence[str]) -> bool:
    return line == 1 and row[0].casefold().startswith("sep=")


def _blank_parted(content: Content) -> Iterator[Row]:
    with open_text(content) as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip() and not line.startswith(("#", "%")):
                yield number, line.split()


def _sheet_rows(content: Content, sheet: str | None) -> Iterator[Row]:
    with content.open() as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except (KeyError, ValueError, OSError, zipfile.BadZipFile, SyntaxError) as problem:
            message = mark("{file} is damaged: it cannot be opened as a spreadsheet")
            raise UnreadableFileError(message, file=content.name) from problem
        try:
            page = _sheet(book, sheet, content.name)
            page.reset_dimensions()
            for number, cells in enumerate(page.iter_rows(), start=1):
                yield number, [_sheet_cell(cell.value, cell.number_format) for cell in cells]
        finally:
            book.close()


def _sheet(book: Any, wanted: str | None, file: str) -> Any:  # noqa: ANN401 - openpyxl's read-only sheets have no public type
    if wanted is None:
        visible = [page for page in book.worksheets if page.sheet_state == "visible"]
        return (visible or book.worksheets)[0]
    if wanted not in book.sheetnames:
        message = mark("{file} has no sheet {sheet}: it has {sheets}")
        raise UnreadableFileError(message, file=file, sheet=wanted, sheets=", ".join(book.sheetnames))
    return book[wanted]


def _sheet_cell(value: object, number_format: str | None) -> Cell:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{Decimal(str(value)) * 100}%" if number_format and "%" in number_format else value
    if isinstance(value, datetime):
        return value.date() if value.time() == time() and not _shows_time(number_format) else value
    if value is None or isinstance(value, str):
        return value
    return str(value)


def _shows_time(number_format: str | None) -> bool:
    return "h" in (number_format or "").casefold()


def records_source(records: Sequence[Mapping[str, Cell]]) -> Source:
    """Lay records out as rows under the names that any of them uses."""
    headers = list(dict.fromkeys(key for record in records for key in record))

    def rows() -> Iterator[Row]:
        yield 0, headers
        for number, record in enumerate(records, start=1):
            yield number, [record.get(header) for header in headers]

    return Source(rows, named=True)


def _json_source(content: Content) -> Source:
    documents = json_documents(content)
    records = [flat(record) for record in _json_records(documents) if isinstance(record, dict)]
    if not records:
        message = mark("{file} holds no list of records")
        raise UnreadableFileError(message, file=content.name)
    return records_source(records)


def json_documents(content: Content) -> list[Any]:
    """Read a JSON file: the one document it is, or one for each line."""
    with open_text(content) as stream:
        text = _without_assignment(stream.read().lstrip("\ufeff"))
    try:
        return [_loaded(text)]
    except json.JSONDecodeError:
        return _json_lines(text, content.name)
    except (RecursionError, ValueError) as problem:
        raise _not_json(content.name) from problem


def _without_assignment(text: str) -> str:
    """Leave out ``window.YTD.tweets.part0 =`` in front of what a data download holds."""
    return _ASSIGNMENT.sub("", text, count=1) if text.startswith("window.") else text


def _loaded(text: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    return json.loads(text, parse_int=_integer)


def _integer(digits: str) -> int | str:
    """Keep an integer that no column holds as the text it is."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _not_json(file: str) -> UnreadableFileError:
    return UnreadableFileError(
        mark("{file} cannot be read as JSON: it is damaged or nested too deep"), file=file
    )


def _json_records(documents: list[Any]) -> list[Any]:
    whole = documents[0] if len(documents) == 1 else documents
    if isinstance(whole, dict):
        lists = [
            value
            for value in whole.values()
            if isinstance(value, list) and value and isinstance(value[0], dict)
        ]
        return max(lists, key=len) if lists else [whole]
    return whole if isinstance(whole, list) else []


def _json_lines(text: str, file: str) -> list[Any]:
    records = []
    for number, line in enumerate(io.StringIO(text), start=1):
        try:
            records += [_loaded(line)] if line.strip() else []
        except json.JSONDecodeError:
            message = mark("{file}: line {line} is not JSON")
            raise UnreadableFileError(message, file=file, line=number) from None
        except (RecursionError, ValueError) as problem:
            raise _not_json(file) from problem
    return records
