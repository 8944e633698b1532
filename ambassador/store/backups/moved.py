"""Every moment and every day of a database, moved by the same length of time."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import Column, Connection, Date, Engine, Table, bindparam, select, update

from ambassador.store.schema import metadata
from ambassador.store.tables.base import UTCDateTime

_DAY: Final = timedelta(days=1)
_WRITTEN: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = (("import_batch", "file_name"),)
"""Texts of ours that name a day."""


def move_in_time(engine: Engine, by: timedelta) -> None:
    """Move moments by a length of time, days by the nearest whole number of them, all or nothing."""
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                _move(connection, table, column, by)


def _move(connection: Connection, table: Table, column: "Column[Any]", by: timedelta) -> None:
    days = timedelta(days=round(by / _DAY))
    if isinstance(column.type, UTCDateTime):
        moved = [(key, value + by) for key, value in _values(connection, table, column, by)]
    elif isinstance(column.type, Date):
        moved = [(key, value + days) for key, value in _values(connection, table, column, by)]
    elif (table.name, column.name) in _NAMES:
        moved = [(key, _renamed(value, days)) for key, value in _values(connection, table, column, by)]
    else:
        return
    if moved:
        keys = list(table.primary_key.columns)
        change = update(table).values({column.name: bindparam("moved")})
        for place, key in enumerate(keys):
            change = change.where(key == bindparam(f"key_{place}"))
        rows = [
            {"moved": value, **{f"key_{place}": part for place, part in enumerate(key)}}
            for key, value in moved
        ]
        connection.execute(change, rows)


def _values(
    connection: Connection, table: Table, column: "Column[Any]", by: timedelta
) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Read a column by key, in the order in which no two rows are ever at the same moment."""
    first = column.desc() if by > timedelta() else column.asc()
    asked = select(*table.primary_key.columns, column).where(column.is_not(None)).order_by(first)
    for *key, value in connection.execute(asked).all():
        yield tuple(key), value


def _renamed(name: str, by: timedelta) -> str:
    return _WRITTEN.sub(lambda found: str(date.fromisoformat(found.group()) + by), name)
