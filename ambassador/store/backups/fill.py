"""Fill an empty place from a copy: all of it or nothing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url

from ambassador.errors import ConflictError
from ambassador.i18n import mark
from ambassador.store import migrate
from ambassador.store.backups.rows import PostgresqlTables, SqliteTables, Tables, sums
from ambassador.store.database import open_engine
from ambassador.values.backups import TableSum

_FULL = mark("{name} is not empty (it has rows in {tables}): restore into a new file or an empty database")


def refuse_unless_empty(url: str, name: str) -> None:
    """Refuse a place that holds a single row."""
    file = _file_of(url)
    if file is None:
        engine = open_engine(url)
        try:
            with engine.connect() as connection:
                _refuse_rows(PostgresqlTables(connection), name)
        finally:
            engine.dispose()
    elif file.exists():
        with closing(sqlite3.connect(file)) as opened:
            _refuse_rows(SqliteTables(opened), name)


def fill_place(url: str, name: str, copy: Path, wanted: dict[str, TableSum]) -> dict[str, TableSum]:
    """Put a copy into an empty place and give the sums of what is there then; other sums keep nothing."""
    file = _file_of(url)
    if file is None:
        return _fill_postgresql(url, name, copy, wanted)
    return _fill_sqlite(file, name, copy, wanted)


def _fill_sqlite(file: Path, name: str, copy: Path, wanted: dict[str, TableSum]) -> dict[str, TableSum]:
    with closing(sqlite3.connect(copy)) as source:
        found = sums(SqliteTables(source))
        _refuse_difference(found, wanted)
        if file.exists():
            refuse_unless_empty(f"sqlite:///{file}", name)
            with closing(sqlite3.connect(file)) as target:
                source.backup(target)  # one transaction: cut off, SQLite takes it back when next opened
            return _sums_of(file)
    _put_logs_aside(file)
    with copy.open("rb") as written:
        os.fsync(written.fileno())
    copy.replace(file)
    return _sums_of(file)


def _sums_of(file: Path) -> dict[str, TableSum]:
    with closing(sqlite3.connect(file)) as opened:
        return sums(SqliteTables(opened))


def _fill_postgresql(url: str, name: str, copy: Path, wanted: dict[str, TableSum]) -> dict[str, TableSum]:
    engine = open_engine(url)
    try:
        with engine.connect() as connection, connection.begin():
            _refuse_rows(PostgresqlTables(connection), name)
            _make_tables(connection, migrate.version_of_file(copy))
            target = PostgresqlTables(connection)
            with closing(sqlite3.connect(copy)) as opened, _without_foreign_keys(connection):
                source = SqliteTables(opened)
                shapes = target.shapes()
                for table, shape in source.shapes().items():
                    target.put(shapes[table], source.rows(shape))
            _number_on(connection, target)
            found = sums(target)
            _refuse_difference(found, wanted)
            return found
    finally:
        engine.dispose()


def _make_tables(connection: Connection, version: str | None) -> None:
    if migrate.version_on(connection) is not None:
        migrate.downgrade_on(connection, "base")
    if version is not None:
        migrate.upgrade_on(connection, version)


@contextmanager
def _without_foreign_keys(connection: Connection) -> Iterator[None]:
    """Take the foreign keys off while rows come in any order; putting them back checks every row."""
    kept = connection.execute(
        text(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
    ).all()
    for table, constraint, _ in kept:
        connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"'))
    yield
    for table, constraint, definition in kept:
        connection.execute(text(f'ALTER TABLE {table} ADD CONSTRAINT "{constraint}" {definition}'))


def _number_on(connection: Connection, tables: PostgresqlTables) -> None:
    """Let new rows be numbered after those that came in."""
    for name, shape in tables.shapes().items():
        if shape.key == ("id",):
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), coalesce(max(id), 1), "  # noqa: S608 - our own names
                    f'max(id) IS NOT NULL) FROM "{name}"'
                )
            )


def _refuse_rows(tables: Tables, name: str) -> None:
    full = [table for table, shape in tables.shapes().items() if any(True for _ in tables.rows(shape))]
    if full:
        raise ConflictError(_FULL, name=name, tables=", ".join(sorted(full)))


def _refuse_difference(found: dict[str, TableSum], wanted: dict[str, TableSum]) -> None:
    other = sorted(table for table in {*found, *wanted} if found.get(table) != wanted.get(table))
    if other:
        message = mark("what was restored is not what the backup says in {tables}: nothing was kept")
        raise ConflictError(message, tables=", ".join(other))


def _put_logs_aside(file: Path) -> None:
    """Keep the log of a database that is gone from being played into the one that comes."""
    for ending in ("-wal", "-shm", "-journal"):
        log = file.with_name(file.name + ending)
        if log.exists():
            log.replace(log.with_name(log.name + ".old"))


def _file_of(url: str) -> Path | None:
    if not url.startswith("sqlite"):
        return None
    return Path(make_url(url).database or "")
