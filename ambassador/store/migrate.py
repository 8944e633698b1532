"""Bring a database's tables to a version, from code and without a settings file."""

import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from ambassador.errors import ConfigurationError
from ambassador.i18n import mark
from ambassador.store.database import WRITING

_MIGRATIONS = Path(__file__).parent / "migrations"
STEPS = {
    "0001": mark("all tables are made"),
    "0002": mark("people can be merged, and scores overridden by hand"),
    "0003": mark("possible parents of posts are kept"),
    "0004": mark("amounts are kept in the minor units of their currency"),
    "0005": mark("possible parents, matches and credit are worked out once more"),
    "0006": mark("campaigns say what each person costs"),
    "0007": mark("a post is known by all its ids"),
    "0008": mark("it is kept when campaigns were launched and closed"),
    "0009": mark("people have a telephone number"),
    "0010": mark("people vote ideas and answer polls"),
    "0011": mark("accounts, hashtags and videos can be followed live"),
    "0012": mark("customers who want an answer become cases, with clocks and promises"),
    "0013": mark("the words of posts are indexed, so that they are found at once"),
    "0014": mark("people enter contests that a jury marks, and ask questions that are answered in public"),
    "0015": mark("perimeters watch words, hashtags and accounts among all mentions, and views are kept"),
    "0016": mark(
        "moments on air are held against other days, replies to a poll are counted as votes, people label the"
        " tone of posts, and what departs from the past of a perimeter opens an incident"
    ),
    "0017": mark("the minutes of work an answer to a customer took can be logged"),
}
"""What each version brings, as it is told before it happens."""
_LOCK = 7_304_118_221  # any fixed number: two processes opening one PostgreSQL database take turns


def _config(connection: Connection | None = None) -> Config:
    config = Config(stdout=StringIO())  # it would speak between the lines of an answer
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def newest_version() -> str | None:
    """Which version the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_versions() -> frozenset[str]:
    """Name every version the code can start from."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def version(engine: Engine) -> str | None:
    """Which version a database is at."""
    with engine.connect() as connection:
        return version_on(connection)


def version_on(connection: Connection) -> str | None:
    """Which version the database of a connection is at."""
    return MigrationContext.configure(connection).get_current_revision()


def version_of_file(path: Path) -> str | None:
    """Which version an SQLite file is at, leaving it as it is."""
    with closing(sqlite3.connect(path)) as opened:
        made = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        found = opened.execute("SELECT version_num FROM alembic_version").fetchone() if made else None
        return found[0] if found else None


def steps_after(now: str | None) -> list[str]:
    """Name the versions that are still to come, in order."""
    return sorted(step for step in known_versions() if now is None or step > now)


def upgrade(engine: Engine, target: str = "head") -> None:
    """Create or update the tables, all of it or nothing; nothing happens where they are up to date."""
    now = version(engine)
    if target == "head" and now == newest_version():
        return
    if now is not None and now not in known_versions():
        raise ConfigurationError(
            mark("This database was made by a newer version of the program ({version}): update the program."),
            version=now,
        )
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        upgrade_on(connection, target)


def upgrade_on(connection: Connection, target: str) -> None:
    """Update the tables inside a transaction that is already open."""
    _take_turns(connection)
    command.upgrade(_config(connection), target)


def downgrade(engine: Engine, target: str = "-1") -> None:
    """Go back to an earlier version."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        downgrade_on(connection, target)


def downgrade_on(connection: Connection, target: str) -> None:
    """Go back inside a transaction that is already open."""
    _take_turns(connection)
    command.downgrade(_config(connection), target)


def check(engine: Engine) -> None:
    """Raise if the tables in the code are not those the migrations make."""
    with engine.connect() as connection:
        command.check(_config(connection))


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
