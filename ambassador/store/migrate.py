"""Bring a database's tables to a version, from code and without a settings file."""

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
_LOCK = 7_304_118_221  # any fixed number: two processes opening one PostgreSQL database take turns


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def newest_version() -> str | None:
    """Say which version the code expects."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def known_versions() -> frozenset[str]:
    """Name every version the code can start from."""
    return frozenset(step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions())


def version(engine: Engine) -> str | None:
    """Say which version a database is at."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, target: str = "head") -> None:
    """Create or update the tables; nothing happens where they are up to date."""
    now = version(engine)
    if target == "head" and now == newest_version():
        return
    if now is not None and now not in known_versions():
        raise ConfigurationError(
            mark("This database was made by a newer version of the program ({version}): update the program."),
            version=now,
        )
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _take_turns(connection)
        command.upgrade(_config(connection), target)


def downgrade(engine: Engine, target: str = "-1") -> None:
    """Go back to an earlier version."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        _take_turns(connection)
        command.downgrade(_config(connection), target)


def check(engine: Engine) -> None:
    """Raise if the tables in the code are not those the migrations make."""
    with engine.connect() as connection:
        command.check(_config(connection))


def _take_turns(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
