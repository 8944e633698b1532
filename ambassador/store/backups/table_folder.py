"""A folder with every table of a database as a file (CSV, XLSX or Parquet) that reads back the same.

A spreadsheet can open it without harm. A blank cell is nothing at all. Text that a spreadsheet would run
(``=``, ``+``, ``-``, ``@``, a tab or a line's end at its start) stands behind an apostrophe, and so does
empty text and text that begins with one: reading takes one apostrophe off.
"""

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.store.backups.copy import make_tables
from ambassador.store.backups.rows import OurRow, SqliteTables, TableShape
from ambassador.store.backups.table_files import read_parquet, read_sheet, write_parquet, write_sheet
from ambassador.values.table_format import TableFormat

_RUN_OR_MARKED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_LONGEST: Final = 2**31 - 1
_OTHER = mark("{name} is not the table {table} of this version: it has other columns")


def write_tables(copy: Path, folder: Path, form: TableFormat = TableFormat.CSV) -> list[str]:
    """Write each table of a copy into a file of its own; give the names of the files."""
    names = []
    with closing(sqlite3.connect(copy)) as opened:
        tables = SqliteTables(opened)
        for name, shape in sorted(tables.shapes().items()):
            names.append(f"{name}.{form.value}")
            path = folder / names[-1]
            if form is TableFormat.PARQUET:
                write_parquet(path, shape, tables.rows(shape), tables.rows(shape))
            elif form is TableFormat.XLSX:
                write_sheet(path, shape, _marked(tables.rows(shape)), _marked(tables.rows(shape)))
            else:
                _write_csv(path, shape, tables.rows(shape))
    return names


def _write_csv(path: Path, shape: TableShape, rows: Iterator[OurRow]) -> None:
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as target:
        written = csv.writer(target)
        written.writerow(shape.names)
        written.writerows([_cell(value) for value in row] for row in rows)


def read_tables(folder: Path, to: Path, version: str, form: TableFormat = TableFormat.CSV) -> None:
    """Make a database of a version and fill it with the tables of a folder."""
    make_tables(to, version)
    with closing(sqlite3.connect(to, isolation_level=None)) as opened, _long_cells():
        tables = SqliteTables(opened)
        opened.execute("BEGIN")
        for name, shape in tables.shapes().items():
            tables.put(shape, _rows(folder / f"{name}.{form.value}", shape, form))
        opened.execute("COMMIT")


def _rows(path: Path, shape: TableShape, form: TableFormat) -> Iterator[OurRow]:
    read = _READERS[form](path)
    if tuple(next(read, ())) != shape.names:
        raise UnreadableFileError(_OTHER, name=path.name, table=shape.name)
    kinds = [kind for _, kind in shape.columns]
    value = _typed if form is TableFormat.PARQUET else _value
    for cells in read:
        if form is TableFormat.XLSX:  # a row ends with its last cell that holds anything
            cells = [*cells, *[None] * (len(kinds) - len(cells))]  # noqa: PLW2901 - the same row, whole
        if len(cells) != len(kinds):
            raise UnreadableFileError(_OTHER, name=path.name, table=shape.name)
        yield tuple(map(value, cells, kinds))


def _csv_rows(path: Path) -> Iterator[Sequence[Any]]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="") as source:
        yield from csv.reader(source)


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"'{value.hex()}"
    if isinstance(value, str):
        return f"'{value}" if not value or value.startswith(_RUN_OR_MARKED) else value
    return repr(value)


def _marked(rows: Iterator[OurRow]) -> Iterator[Sequence[Any]]:
    for row in rows:
        yield [_sheet_cell(value) for value in row]


def _sheet_cell(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return value if value is None or isinstance(value, int | float) else _cell(value)


def _typed(value: Any, _: str) -> str | bytes | None:  # noqa: ANN401 - whatever a column holds
    return value if value is None or isinstance(value, str | bytes) else repr(value)


def _value(cell: Any, kind: str) -> str | bytes | None:  # noqa: ANN401 - a sheet has numbers, a CSV only texts
    if cell is None or cell == "":
        return None
    if not isinstance(cell, str):
        return repr(cell)
    text = cell.removeprefix("'")
    return bytes.fromhex(text) if kind == "bytes" else text


_READERS: Final = {
    TableFormat.CSV: _csv_rows,
    TableFormat.XLSX: read_sheet,
    TableFormat.PARQUET: read_parquet,
}


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as the rows that were written."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
