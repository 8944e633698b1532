"""A table as Parquet, for notebooks and warehouses: numbers, days and instants keep their kind."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from importlib import import_module
from io import BytesIO
from typing import Any, Final

from ambassador.reports.plain_table import Cell, printable
from ambassador.values.money import Money

_LARGEST: Final = 2**63
_TESTS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "truth": lambda value: isinstance(value, bool),
    "whole": lambda value: _is_whole(value),  # noqa: PLW0108 - it stands further down
    "number": lambda value: isinstance(value, float) or _is_whole(value),
    "instant": lambda value: isinstance(value, datetime) and value.tzinfo is not None,
    "clock": lambda value: isinstance(value, datetime) and value.tzinfo is None,
    "day": lambda value: isinstance(value, date) and not isinstance(value, datetime),
}
"""What all known cells of a column have to be for it to be kept as such; any other is text."""


def parquet_table(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as Parquet; unknown is null, instants are in UTC.

    Examples
    --------
    >>> parquet_table(["Name", "Views"], [["Nina", None], ["Ugo", 4]])[:4]
    b'PAR1'
    """
    cells = [[_plain(cell) for cell in row] for row in rows]
    columns = [_column([row[place] for row in cells]) for place in range(len(headers))]
    arrow: Any = import_module("pyarrow")
    parquet: Any = import_module("pyarrow.parquet")
    out = BytesIO()
    parquet.write_table(arrow.Table.from_arrays(columns, names=_apart(headers)), out)
    return out.getvalue()


def _column(values: list[Any]) -> Any:  # noqa: ANN401 - pyarrow is not annotated
    arrow: Any = import_module("pyarrow")
    forms = {
        "truth": arrow.bool_(),
        "whole": arrow.int64(),
        "number": arrow.float64(),
        "instant": arrow.timestamp("us", "UTC"),
        "clock": arrow.timestamp("us"),
        "day": arrow.date32(),
    }
    known = [value for value in values if value is not None]
    kind = next((kind for kind, fits in _TESTS.items() if known and all(map(fits, known))), "")
    if kind:
        return arrow.array(values, forms[kind])
    return arrow.array([None if value is None else _text(value) for value in values], arrow.string())


def _is_whole(value: Any) -> bool:  # noqa: ANN401 - whatever a cell holds
    return isinstance(value, int) and not isinstance(value, bool) and -_LARGEST <= value < _LARGEST


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - what a column can hold
    if isinstance(cell, Money):
        return float(cell.amount)
    if isinstance(cell, Enum):
        return str(cell.value)
    if isinstance(cell, tuple | list | set | frozenset):
        return ", ".join(str(part) for part in cell)
    if isinstance(cell, datetime) and cell.tzinfo is not None:
        return cell.astimezone(UTC)
    return cell


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a cell holds
    return printable(value if isinstance(value, str) else str(value))


def _apart(headers: Sequence[str]) -> list[str]:
    """Tell columns of one name apart, as a table of names needs."""
    names: list[str] = []
    for header in headers:
        name, number = printable(header), 2
        while name in names:
            name, number = f"{printable(header)} {number}", number + 1
        names.append(name)
    return names
