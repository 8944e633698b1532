"""The rows of one table as a workbook or as Parquet, read back the same.

A workbook marks texts as the CSV does and writes what XML cannot hold as ``_x000D_``, the way workbooks do.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook, load_workbook

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.store.backups.rows import OurRow, TableShape

_LONGEST_CELL: Final = 32_000
"""A cell holds 32,767 characters, its mark included."""
_REST: Final = "further text"
_MOST_ROWS: Final = 1_048_575
_EXACT: Final = 2**53
_AT_ONCE: Final = 5_000
_UNHOLDABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_WRITTEN: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


def write_sheet(
    path: Path, shape: TableShape, rows: Iterable[Sequence[Any]], again: Iterable[Sequence[Any]]
) -> None:
    """Write the rows of a table, its texts marked; the rest of long texts on a second sheet."""
    if sum(1 for _ in rows) > _MOST_ROWS:
        message = mark("no workbook holds the table {table}: write csv or parquet")
        raise BadInputError(message, table=shape.name)
    book = Workbook(write_only=True)
    sheet, rest = book.create_sheet(shape.name[:31]), book.create_sheet(_REST)
    sheet.append(list(shape.names))
    rest.append(["row", "column", "text"])
    for number, row in enumerate(again, start=1):
        cells = [_in_sheet(value) for value in row]
        sheet.append([one[:_LONGEST_CELL] if isinstance(one, str) else one for one in cells])
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                for first in range(_LONGEST_CELL, len(cell), _LONGEST_CELL):
                    rest.append([number, column, "'" + cell[first : first + _LONGEST_CELL]])
    book.save(path)


def read_sheet(path: Path) -> Iterator[Sequence[Any]]:
    """Read the rows of such a workbook, the names of its columns first."""
    book = load_workbook(path, read_only=True)
    try:
        further: dict[tuple[int, int], str] = {}
        pieces: Iterator[Any] = islice(book[_REST].iter_rows(values_only=True), 1, None)
        for row, column, text in pieces:
            further[row, column] = further.get((row, column), "") + text.removeprefix("'")
        for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True)):
            yield [
                _WRITTEN.sub(_character, one + further.get((number, column), ""))
                if isinstance(one, str)
                else one
                for column, one in enumerate(cells)
            ]
    finally:
        book.close()


def write_parquet(path: Path, shape: TableShape, rows: Iterable[OurRow], again: Iterable[OurRow]) -> None:
    """Write the rows of a table as Parquet: once through for what its columns hold, once to write."""
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    held = _kinds_held(shape, rows)
    forms = {"bytes": arrow.binary(), "int": arrow.int64(), "float": arrow.float64()}
    schema = arrow.schema([(name, forms.get(held[name], arrow.string())) for name in shape.names])
    rest = iter(again)
    try:
        with parquet.ParquetWriter(path, schema) as writer:
            while some := list(islice(rest, _AT_ONCE)):
                columns = zip(*some, strict=True)
                writer.write_table(arrow.table([_values(*one) for one in zip(columns, schema, strict=True)],
                                               schema=schema))  # fmt: skip
    except UnicodeEncodeError as error:
        message = mark("the table {table} holds half a character, which Parquet cannot: write csv")
        raise BadInputError(message, table=shape.name) from error


def read_parquet(path: Path) -> Iterator[Sequence[Any]]:
    """Read the rows of such a file, the names of its columns first."""
    parquet: Any = import_module("pyarrow.parquet")
    with parquet.ParquetFile(path) as file:
        yield file.schema_arrow.names
        for batch in file.iter_batches(_AT_ONCE):
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _kinds_held(shape: TableShape, rows: Iterable[OurRow]) -> dict[str, str]:
    """Say of which kind all known values of each column are; text where they are of several."""
    found: list[set[str]] = [set() for _ in shape.names]
    for row in rows:
        for kinds, value in zip(found, row, strict=True):
            kinds.add(type(value).__name__)
    held = {}
    for name, kinds in zip(shape.names, found, strict=True):
        known = kinds - {"NoneType"}
        held[name] = "float" if known == {"int", "float"} else known.pop() if len(known) == 1 else "str"
    return held


def _values(column: Sequence[Any], field: Any) -> Any:  # noqa: ANN401 - pyarrow is not annotated
    arrow: Any = import_module("pyarrow")
    if field.type == arrow.string():
        column = [one if one is None or isinstance(one, str) else repr(one) for one in column]
    return arrow.array(column, field.type)


def _in_sheet(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, str):
        return _UNHOLDABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    return str(value) if isinstance(value, int) and abs(value) > _EXACT else value


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
