"""Many rows at once: chunks that both drivers swallow, and what a row held before it is changed."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Dialect, Enum, Table, bindparam, text, update
from sqlalchemy.types import TypeEngine
from sqlmodel import Session

from ambassador.store.database import COPIED, LOOKED_THROUGH, refuse_unstorable_column
from ambassador.store.tables.base import Row, UTCDateTime
from ambassador.store.tables.imports import ImportChange

_ROWS_AT_ONCE = 2_000
_TO_ESCAPE: Final = re.compile(r"[\\\t\n\r]")
_ESCAPED: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

Told = Callable[[int, int], None]


def table_of(row: type[Row]) -> Table:
    """The table behind a row class."""
    found: Table = row.__table__  # type: ignore[attr-defined]
    return found


def insert_rows(
    session: Session, row: type[Row], values: Sequence[Mapping[str, Any]], told: Told | None = None
) -> None:
    """Insert many rows of one table; every mapping names the same columns."""
    if values:
        columns = {name: [one[name] for one in values] for name in values[0]}
        insert_columns(session, row, columns, len(values), told)


def insert_columns(
    session: Session,
    row: type[Row],
    columns: Mapping[str, Sequence[Any]],
    count: int,
    told: Told | None = None,
) -> None:
    """Insert many rows of one table that lie by column; ``count`` is how many they are."""
    if not count:
        return
    session.flush()
    connection, table = session.connection(), table_of(row)
    put = _insert_plain if connection.dialect.name == "sqlite" else _copy
    for first in range(0, count, _ROWS_AT_ONCE):
        last = min(first + _ROWS_AT_ONCE, count)
        put(connection, table, {name: values[first:last] for name, values in columns.items()}, last - first)
        if told:
            told(last, count)


_Columns = Mapping[str, Sequence[Any]]


def _insert_plain(connection: Connection, table: Table, values: _Columns, count: int) -> None:
    """Hand the driver plain tuples, made column by column: a third of the time of rows made one by one."""
    names, columns = _plain_columns(connection.dialect, table, values, count)
    for column in columns:
        refuse_unstorable_column(column)
    places = ", ".join("?" * len(columns))
    connection.exec_driver_sql(
        f"INSERT INTO {names} VALUES ({places})",  # noqa: S608 - our own names
        list(zip(*columns, strict=True)),
        execution_options={LOOKED_THROUGH: True},
    )


def _copy(connection: Connection, table: Table, values: _Columns, count: int) -> None:
    r"""Copy rows into PostgreSQL as lines of text: nobody reads a statement of thousands of places.

    The form is PostgreSQL's ("COPY", text format): tabs between cells, ``\N`` for what is not known.
    """
    names, columns = _plain_columns(connection.dialect, table, values, count)
    for column in columns:
        refuse_unstorable_column(column)
    cells = [[_copied(value) for value in column] for column in columns]
    lines = "\n".join(map("\t".join, zip(*cells, strict=True))) + "\n"
    options = {COPIED: lines.encode()}
    connection.exec_driver_sql(f"COPY {names} FROM STDIN", execution_options=options)


def _copied(value: Any) -> str:  # noqa: ANN401 - any value a driver takes
    text_of = _as_text(value)
    if text_of is None:
        return r"\N"
    return text_of.translate(_ESCAPED) if _TO_ESCAPE.search(text_of) else text_of


def _plain_columns(
    dialect: Dialect, table: Table, values: _Columns, count: int
) -> tuple[str, list[Sequence[Any]]]:
    """Return the table with the names of its columns, and each column as the driver takes it."""
    prepare = dialect.identifier_preparer
    given = [table.c[name] for name in values]
    rest = [column for column in table.c if column.default is not None and column.name not in values]
    columns = [_plain_column(dialect, column, values[column.name]) for column in given]
    columns += [_plain_column(dialect, column, [_default(column)] * count) for column in rest]
    names = ", ".join(prepare.format_column(column) for column in (*given, *rest))
    return f"{prepare.format_table(table)} ({names})", columns


def _plain_column(dialect: Dialect, column: Column[Any], values: Sequence[Any]) -> Sequence[Any]:
    """Turn values of a column into what the driver takes; a moment many rows share is turned once."""
    turn = column.type.dialect_impl(dialect).bind_processor(dialect)
    if turn is None:
        return values
    if not isinstance(column.type, UTCDateTime):
        return [turn(value) for value in values]
    known = {value: turn(value) for value in set(values)}
    return [known[value] for value in values]


def _default(column: Column[Any]) -> Any:  # noqa: ANN401 - any column's value
    default: Any = column.default
    return default.arg if default.is_scalar else default.arg(None)


def change_rows(
    session: Session,
    row: type[Row],
    changes: Mapping[int, Mapping[str, Any]],
    before: Mapping[int, Mapping[str, Any]],
    batch_id: int,
) -> None:
    """Change columns of many rows by id, keeping what they held for the day the import is undone."""
    kept = [
        {
            "batch_id": batch_id,
            "table_name": table_of(row).name,
            "row_id": key,
            "before": change_json({name: before[key][name] for name in change}, change),
        }
        for key, change in changes.items()
    ]
    insert_rows(session, ImportChange, kept)
    table = table_of(row)
    for names in {tuple(sorted(change)) for change in changes.values()}:
        values = [{"id": key, **change} for key, change in changes.items() if tuple(sorted(change)) == names]
        update_rows(session, table, ("id",), names, values)


def update_rows(
    session: Session,
    table: Table,
    keys: Sequence[str],
    names: Sequence[str],
    values: Sequence[Mapping[str, Any]],
) -> None:
    """Give columns of many rows new values, each row told by its keys."""
    session.flush()
    connection = session.connection()
    put = _update_one_by_one if connection.dialect.name == "sqlite" else _update_together
    for first in range(0, len(values), _ROWS_AT_ONCE):
        put(connection, table, (keys, names), values[first : first + _ROWS_AT_ONCE])


_KeysAndNames = tuple[Sequence[str], Sequence[str]]


def _update_one_by_one(
    connection: Connection, table: Table, columns: _KeysAndNames, values: Sequence[Mapping[str, Any]]
) -> None:
    keys, names = columns
    same = [table.c[name] == bindparam(f"its_{name}") for name in keys]
    statement = update(table).where(*same).values({name: bindparam(f"new_{name}") for name in names})
    given = [
        {f"its_{name}": row[name] for name in keys} | {f"new_{name}": row[name] for name in names}
        for row in values
    ]
    connection.execute(statement, given)


def _update_together(
    connection: Connection, table: Table, columns: _KeysAndNames, values: Sequence[Mapping[str, Any]]
) -> None:
    """Send all rows as one list of JSON, which PostgreSQL joins; one by one, each waits for the driver."""
    keys, names = columns
    dialect, prepare = connection.dialect, connection.dialect.identifier_preparer
    cells, given = [], []
    for place, column in enumerate(table.c[name] for name in (*keys, *names)):
        plain = _plain_column(dialect, column, [row[column.name] for row in values])
        refuse_unstorable_column(plain)
        cells.append([_as_text(value) for value in plain])
        kind = column.type.compile(dialect)
        kind = "TEXT" if kind.startswith("VARCHAR") else kind  # a cast would cut what is too long in silence
        given.append((prepare.format_column(column), f"CAST(given.value ->> {place} AS {kind})"))
    target = prepare.format_table(table)
    same = " AND ".join(f"{target}.{name} = {value}" for name, value in given[: len(keys)])
    taken = ", ".join(f"{name} = {value}" for name, value in given[len(keys) :])
    rows = "json_array_elements(CAST(:listed AS JSON)) AS given"
    statement = f"UPDATE {target} SET {taken} FROM {rows} WHERE {same}"  # noqa: S608 - our own names
    listed = json.dumps(list(zip(*cells, strict=True)), ensure_ascii=False)
    connection.execute(text(statement), {"listed": listed})


def _as_text(value: Any) -> str | None:  # noqa: ANN401 - any value a driver takes
    """Write a value as PostgreSQL reads it from a text."""
    if value is None or isinstance(value, str):
        return value
    return rf"\x{bytes(value).hex()}" if isinstance(value, bytes | bytearray | memoryview) else str(value)


def change_json(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Write what a row held and what it was given: undoing restores only what nobody has touched since."""
    return {"from": _as_json(before), "to": _as_json(after)}


def from_json(row: type[Row], values: Mapping[str, Any]) -> dict[str, Any]:
    """Read back what ``change_json`` wrote, each value in the type of its column."""
    columns = table_of(row).c
    return {name: _typed(columns[name].type, value) for name, value in values.items()}


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items()}


def chunks(values: Iterable[Any], size: int = 5_000) -> Iterable[list[Any]]:
    """Cut values into lists short enough for one IN."""
    kept = list(values)
    return (kept[first : first + size] for first in range(0, len(kept), size))


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, StrEnum) else value


def _typed(column: TypeEngine[Any], value: Any) -> Any:  # noqa: ANN401 - any column's value
    if value is None:
        return None
    if isinstance(column, UTCDateTime):
        return datetime.fromisoformat(value)
    if isinstance(column, Date):
        return date.fromisoformat(value)
    return column.python_type(value) if isinstance(column, Enum) else value
