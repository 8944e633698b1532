"""Every table of a database as a CSV that reads back the same, and that a spreadsheet can open without harm.

A blank cell is nothing at all. Text that a spreadsheet would run (``=``, ``+``, ``-``, ``@``, a tab or a
line's end at its start) stands behind an apostrophe, and so does empty text and text that begins with one:
reading takes one apostrophe off.
"""

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.store.backups.copy import make_tables
from ambassador.store.backups.rows import OurRow, SqliteTables, TableShape

_RUN_OR_MARKED: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "'")
_LONGEST: Final = 2**31 - 1
_OTHER = mark("{name} is not the table {table} of this version: it has other columns")


def write_tables(copy: Path, folder: Path) -> list[str]:
    """Write each table of a copy into a file of its own; give the names of the files."""
    names = []
    with closing(sqlite3.connect(copy)) as opened:
        tables = SqliteTables(opened)
        for name, shape in sorted(tables.shapes().items()):
            names.append(f"{name}.csv")
            with (folder / names[-1]).open(
                "w", encoding="utf-8", errors="surrogatepass", newline=""
            ) as target:
                written = csv.writer(target)
                written.writerow(shape.names)
                written.writerows([_cell(value) for value in row] for row in tables.rows(shape))
    return names


def read_tables(folder: Path, to: Path, version: str) -> None:
    """Make a database of a version and fill it with the tables of a folder."""
    make_tables(to, version)
    with closing(sqlite3.connect(to, isolation_level=None)) as opened, _long_cells():
        tables = SqliteTables(opened)
        opened.execute("BEGIN")
        for name, shape in tables.shapes().items():
            tables.put(shape, _rows(folder / f"{name}.csv", shape))
        opened.execute("COMMIT")


def _rows(path: Path, shape: TableShape) -> Iterator[OurRow]:
    with path.open(encoding="utf-8", errors="surrogatepass", newline="") as source:
        read = csv.reader(source)
        if tuple(next(read, ())) != shape.names:
            raise UnreadableFileError(_OTHER, name=path.name, table=shape.name)
        kinds = [kind for _, kind in shape.columns]
        for cells in read:
            if len(cells) != len(kinds):
                raise UnreadableFileError(_OTHER, name=path.name, table=shape.name)
            yield tuple(map(_value, cells, kinds))


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"'{value.hex()}"
    if isinstance(value, str):
        return f"'{value}" if not value or value.startswith(_RUN_OR_MARKED) else value
    return repr(value)


def _value(cell: str, kind: str) -> str | bytes | None:
    if not cell:
        return None
    text = cell.removeprefix("'")
    return bytes.fromhex(text) if kind == "bytes" else text


@contextmanager
def _long_cells() -> Iterator[None]:
    """Let cells be as long as the rows that were written."""
    before = csv.field_size_limit(_LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)
