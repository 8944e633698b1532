"""The unit of work every service takes first: whose, when, and one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import random
from time import monotonic, sleep

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlmodel import Session

from ambassador.config import database_name
from ambassador.errors import ConfigurationError, ConflictError
from ambassador.i18n import mark
from ambassador.store.database import WRITING, make_folder, new_session, open_engine
from ambassador.store.migrate import upgrade

LOCK_SECONDS = 60
"""How long a change waits for others who write, before it says so."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class UnitOfWork:
    """One organisation's database, the person at work, and the clock."""

    engine: Engine
    actor: str
    now: Callable[[], datetime] = _utc_now

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session whose changes, should there be any, are not kept."""
        with _database_told(self.engine), new_session(bind=self.engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits once at the end, and not at all if anything at all goes wrong."""
        with _database_told(self.engine), _to_write(self.engine) as connection:
            session = new_session(bind=connection, join_transaction_mode="control_fully")
            try:
                yield session
                session.commit()
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()

    def at(self, moment: datetime) -> "UnitOfWork":
        """Give the same unit of work with its clock stopped at a moment."""
        return replace(self, now=lambda: moment)

    def by(self, actor: str) -> "UnitOfWork":
        """Give the same unit of work for another person."""
        return replace(self, actor=actor)


def open_workspace(url: str, *, actor: str) -> UnitOfWork:
    """Open a database, bringing its tables up to date first; a new file is made where there is none."""
    try:
        make_folder(url)
        return UnitOfWork(_up_to_date(open_engine(url)), actor)
    except (OSError, ValueError, TypeError, DBAPIError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error)
        raise ConfigurationError(
            "The database {name} cannot be opened: {reason}", name=database_name(url), reason=reason
        ) from error


@contextmanager
def _to_write(engine: Engine) -> Iterator[Connection]:
    """Give a connection whose transaction has begun; wait, asking ever more rarely, while others write."""
    with engine.connect() as opened:
        connection = opened.execution_options(**{WRITING: True})
        until, pause = monotonic() + LOCK_SECONDS, _FIRST_PAUSE
        while True:
            try:
                connection.begin()
                break
            except OperationalError as error:
                if not _is_locked(error):
                    raise
                if monotonic() + pause > until:
                    message = mark(
                        "Somebody else has been writing to the database {name} for {seconds} seconds. "
                        "Nothing of this change is in: try again in a moment"
                    )
                    name = database_name(engine.url.render_as_string())
                    raise ConflictError(message, name=name, seconds=LOCK_SECONDS) from error
                sleep(pause * (0.5 + random()))  # noqa: S311 - two who wait should not ask in step
                pause = min(2 * pause, _LONGEST_PAUSE)
        yield connection


def _is_locked(error: OperationalError) -> bool:
    return "locked" in str(error.orig) or "busy" in str(error.orig)


@contextmanager
def _database_told(engine: Engine) -> Iterator[None]:
    """Say in words that the database is locked, full, read-only or gone."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        name = database_name(engine.url.render_as_string())
        message = mark("The database {name} cannot be used just now: {reason}")
        raise ConflictError(message, name=name, reason=str(error.orig)) from error


def _up_to_date(engine: Engine) -> Engine:
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
