"""Every row of every table in one form, whichever database holds it: to copy a database and to compare two.

The form is SQLite's own: instants as text in UTC, JSON as the text it was written as, truth as 0 or 1.
Rows come by their key and columns by their name, so equal tables have equal checksums on both databases.
"""

import hashlib
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from sqlalchemy import JSON, Boolean, Connection, Date, DateTime, Engine, LargeBinary, inspect, text
from sqlalchemy.types import TypeEngine

from ambassador.store.tables.mentions import SEARCH_INDEX
from ambassador.values.backups import TableSum

OurRow = tuple[Any, ...]
NOT_OURS: Final = frozenset({"alembic_version"})
_WORTH_KEEPING: Final = (
    "person",
    "account",
    "campaign",
    "device",
    "mention",
    "tie",
    "import_batch",
    "outcome",
    "activation",
    "care_case",
    "perimeter",
)
_AT_ONCE: Final = 5_000
_BLOBS_AT_ONCE: Final = 4
"""A row of a network may hold 64 MB."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table's columns by name, each with its kind, and the columns of its key."""

    name: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self.columns)


class Tables(Protocol):
    """The tables of one open database."""

    def shapes(self) -> dict[str, TableShape]:
        """Every table of ours."""

    def rows(self, shape: TableShape) -> Iterator[OurRow]:
        """Read a table's rows by key."""

    def put(self, shape: TableShape, rows: Iterable[OurRow]) -> None:
        """Write rows into a table."""


def sums(tables: Tables) -> dict[str, TableSum]:
    """Count and add up every table."""
    return {name: sum_of(tables, shape) for name, shape in sorted(tables.shapes().items())}


def sum_of(tables: Tables, shape: TableShape) -> TableSum:
    """Count a table's rows and take the checksum over them."""
    written = json.JSONEncoder(default=bytes.hex, separators=(",", ":")).encode
    total = hashlib.sha256(written(shape.names).encode())
    count = 0
    for row in tables.rows(shape):
        total.update(b"\n" + written(row).encode())
        count += 1
    return TableSum(count, total.hexdigest())


def holds_rows(engine: Engine) -> bool:
    """Whether a database holds anything but settings."""
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        return any(
            connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() is not None  # noqa: S608 - our own names
            for name in _WORTH_KEEPING
            if name in there
        )


class SqliteTables:
    """The tables of an SQLite file, straight from the driver."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def shapes(self) -> dict[str, TableShape]:
        """Every table of ours."""
        found = self._connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
        ).fetchall()
        ours = (name for (name,) in found if name not in NOT_OURS and not name.startswith(SEARCH_INDEX))
        return {name: self._shape(name) for name in ours}

    def _shape(self, name: str) -> TableShape:
        columns = self._connection.execute(f'PRAGMA table_info("{name}")').fetchall()
        kinds = {column: _SQLITE_KINDS.get(kind.upper(), "") for _, column, kind, *_ in columns}
        key = sorted((place, column) for _, column, _, _, _, place in columns if place)
        return TableShape(name, tuple(sorted(kinds.items())), tuple(column for _, column in key))

    def rows(self, shape: TableShape) -> Iterator[OurRow]:
        """Read a table's rows by key."""
        asked = f'SELECT {_listed(shape.names)} FROM "{shape.name}" ORDER BY {_listed(shape.key) or "rowid"}'  # noqa: S608 - our own names
        jsons = [place for place, (_, kind) in enumerate(shape.columns) if kind == "json"]
        for row in self._connection.execute(asked):
            yield _with_plain_json(row, jsons)

    def put(self, shape: TableShape, rows: Iterable[OurRow]) -> None:
        """Write rows into a table."""
        places = ", ".join("?" * len(shape.columns))
        statement = f'INSERT INTO "{shape.name}" ({_listed(shape.names)}) VALUES ({places})'  # noqa: S608 - our own names
        self._connection.executemany(statement, rows)


class PostgresqlTables:
    """The tables of a PostgreSQL database, on one connection in one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def shapes(self) -> dict[str, TableShape]:
        """Every table of ours."""
        asked = inspect(self._connection)
        found = {}
        for name in asked.get_table_names():
            if name not in NOT_OURS:
                kinds = {str(one["name"]): _kind(one["type"]) for one in asked.get_columns(name)}
                key = tuple(asked.get_pk_constraint(name)["constrained_columns"])
                found[name] = TableShape(name, tuple(sorted(kinds.items())), key)
        return found

    def rows(self, shape: TableShape) -> Iterator[OurRow]:
        """Read a table's rows by key, some at a time: the driver keeps all that was asked for at once."""
        key = shape.key[0]
        place = shape.names.index(key)
        ordered = f'"{key}"' + (' COLLATE "C"' if self._is_text(shape, key) else "")
        chosen = ", ".join(_as_ours(name, kind) for name, kind in shape.columns)
        heavy = any(kind == "bytes" for _, kind in shape.columns)
        limit = _BLOBS_AT_ONCE if heavy else _AT_ONCE
        last: Any = None
        while True:
            beyond = "" if last is None else f"WHERE {ordered} > :last"
            asked = f'SELECT {chosen} FROM "{shape.name}" {beyond} ORDER BY {ordered} LIMIT {limit}'  # noqa: S608 - our own names
            found = self._connection.execute(text(asked), {} if last is None else {"last": last}).all()
            jsons = [at for at, (_, kind) in enumerate(shape.columns) if kind == "json"]
            yield from (_with_plain_json(tuple(row), jsons) for row in found)
            if len(found) < limit:
                return
            last = found[-1][place]

    def _is_text(self, shape: TableShape, key: str) -> bool:
        return dict(shape.columns)[key] == "" and key != "id"

    def put(self, shape: TableShape, rows: Iterable[OurRow]) -> None:
        """Write rows into a table by COPY, a few thousand at a time."""
        statement = f'COPY "{shape.name}" ({_listed(shape.names)}) FROM STDIN'
        kinds = [kind for _, kind in shape.columns]
        driver: Any = self._connection.connection.driver_connection
        for some in _chunks(rows, _BLOBS_AT_ONCE if "bytes" in kinds else _AT_ONCE):
            lines = "".join("\t".join(map(_copied, row, kinds)) + "\n" for row in some)
            driver.cursor().execute(statement, stream=io.BytesIO(lines.encode("utf-8", "surrogatepass")))


_SQLITE_KINDS: Final = {
    "JSON": "json",
    "DATETIME": "instant",
    "DATE": "day",
    "BOOLEAN": "truth",
    "BLOB": "bytes",
}
_KINDS: Final[tuple[tuple[type[TypeEngine[Any]], str], ...]] = (
    (JSON, "json"),
    (DateTime, "instant"),
    (Date, "day"),
    (Boolean, "truth"),
    (LargeBinary, "bytes"),
)
_ESCAPES: Final = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _kind(column: TypeEngine[Any]) -> str:
    return next(
        (kind for base, kind in _KINDS if isinstance(column, base)), "bytes" if _is_bytea(column) else ""
    )


def _is_bytea(column: TypeEngine[Any]) -> bool:
    return type(column).__name__ == "BYTEA"


def _as_ours(name: str, kind: str) -> str:
    """How PostgreSQL gives a column in our form."""
    return {
        "json": f'"{name}"::text',
        "instant": f"""to_char("{name}" AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')""",
        "day": f"""to_char("{name}", 'YYYY-MM-DD')""",
        "truth": f'"{name}"::int',
    }.get(kind, f'"{name}"')


def _copied(value: object, kind: str) -> str:
    """Write a value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bytes):
        return "\\\\x" + value.hex()
    written = str(value).translate(_ESCAPES)
    return f"{written}+00" if kind == "instant" else written


def _with_plain_json(row: OurRow, places: Sequence[int]) -> OurRow:
    """Write bare numbers one way: SQLite keeps them as numbers, PostgreSQL as the text they came in."""
    if not places:
        return row
    values = list(row)
    for place in places:
        values[place] = _plain_json(values[place])
    return tuple(values)


def _plain_json(value: object) -> object:
    if value is None or (isinstance(value, str) and value[:1] not in "-0123456789"):
        return value
    number = json.loads(value) if isinstance(value, str) else value
    return json.dumps(int(number) if isinstance(number, float) and number.is_integer() else number)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _chunks(rows: Iterable[OurRow], size: int) -> Iterator[list[OurRow]]:
    kept: list[OurRow] = []
    for row in rows:
        kept.append(row)
        if len(kept) == size:
            yield kept
            kept = []
    if kept:
        yield kept
