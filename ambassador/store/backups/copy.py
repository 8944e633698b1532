"""Copy a whole database that is in use into one SQLite file, as it was at one moment."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ambassador.errors import ConflictError
from ambassador.i18n import mark
from ambassador.store import migrate
from ambassador.store.backups.rows import PostgresqlTables, SqliteTables, sums
from ambassador.store.database import open_engine
from ambassador.values.backups import TableSum


def copy_database(engine: Engine, to: Path) -> str | None:
    """Copy everything into a file that is not there yet; give the version of its tables.

    SQLite copies its pages in one step while others go on writing; PostgreSQL is read table by table in one
    transaction that sees one moment.
    """
    if engine.dialect.name == "sqlite":
        _copy_pages(engine, to)
    else:
        _copy_tables(engine, to)
    return _checked(to)


def sums_of_file(path: Path) -> dict[str, TableSum]:
    """Count and add up every table of an SQLite file that nobody else has open."""
    with closing(sqlite3.connect(path)) as opened:
        return sums(SqliteTables(opened))


def _copy_pages(engine: Engine, to: Path) -> None:
    lent = engine.raw_connection()
    try:
        source: Any = lent.driver_connection
        with closing(sqlite3.connect(to)) as target:
            source.backup(target)
            target.execute("PRAGMA journal_mode = DELETE").close()  # one file, no log beside it
    finally:
        lent.close()


def _copy_tables(engine: Engine, to: Path) -> None:
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        source = PostgresqlTables(connection)
        version = migrate.version_on(connection)
        if version is not None:
            make_tables(to, version)
        with closing(sqlite3.connect(to, isolation_level=None)) as target:
            filled = SqliteTables(target)
            target.execute("BEGIN")
            shapes = source.shapes()
            for name in filled.shapes():
                filled.put(shapes[name], source.rows(shapes[name]))
            target.execute("COMMIT")


def make_tables(path: Path, version: str) -> None:
    """Make a new file with the tables of a version."""
    made = open_engine(f"sqlite:///{path}")
    try:
        migrate.upgrade(made, version)
    finally:
        made.dispose()
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA journal_mode = DELETE").close()


def _checked(path: Path) -> str | None:
    """Refuse a copy with damaged pages: it would push out a good one."""
    with closing(sqlite3.connect(path)) as opened:
        (said,) = opened.execute("PRAGMA integrity_check(1)").fetchone()
        if said != "ok":
            message = mark(
                "the database is damaged ({reason}): ask ambassador doctor, and keep the older backups"
            )
            raise ConflictError(message, reason=said)
    return migrate.version_of_file(path)
