"""The unit of work every service takes first: whose, when, and one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import random
from time import monotonic, sleep

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlmodel import Session

from ambassador.config import database_name
from ambassador.errors import ConfigurationError, ConflictError, DatabaseBusyError
from ambassador.i18n import mark
from ambassador.store.database import WRITING, make_folder, new_session, open_engine
from ambassador.store.migrate import upgrade

LOCK_SECONDS = 60
"""How long a change waits for others who write, before it says so."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_LOCKED = ("locked", "busy", "55P03", "40P01")
"""SQLite's words, and the codes of PostgreSQL for a lock not had and a deadlock."""
_FULL = ("is full", "53100")
"""SQLite's words, and the code of PostgreSQL."""


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
    def writing(self, patience: float | None = None) -> Iterator[Session]:
        """Give a session that commits once at the end, and not at all if anything at all goes wrong.

        ``patience`` is for how many seconds it waits for others who write; None: ``LOCK_SECONDS``.
        """
        waits = LOCK_SECONDS if patience is None else patience
        with _database_told(self.engine), _to_write(self.engine, waits) as connection:
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
def _to_write(engine: Engine, patience: float) -> Iterator[Connection]:
    """Give a connection whose transaction has begun; wait, asking ever more rarely, while others write."""
    with engine.connect() as opened:
        connection = opened.execution_options(**{WRITING: True})
        until, pause = monotonic() + patience, _FIRST_PAUSE
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
                    raise DatabaseBusyError(message, name=name, seconds=round(patience)) from error
                sleep(pause * (0.5 + random()))  # noqa: S311 - two who wait should not ask in step
                pause = min(2 * pause, _LONGEST_PAUSE)
        yield connection


def _is_known(error: DBAPIError) -> bool:
    return not isinstance(error, IntegrityError) and (_is_locked(error) or _is_full(error))


def _is_full(error: DBAPIError) -> bool:
    return any(words in str(error.orig) for words in _FULL)


def _is_locked(error: DBAPIError) -> bool:
    return any(words in str(error.orig) for words in _LOCKED)


@contextmanager
def _database_told(engine: Engine) -> Iterator[None]:
    """Say in words that the database is locked, full, read-only or gone."""
    try:
        yield
    except DBAPIError as error:
        if not isinstance(error, OperationalError | InterfaceError) and not _is_known(error):
            raise
        name, reason = database_name(engine.url.render_as_string()), str(error.orig)
        kind, message = _in_words(error)
        raise kind(message, name=name, reason=reason) from error


def _in_words(error: DBAPIError) -> tuple[type[ConflictError], str]:
    """Tell a lock, a full disk and everything else apart; in every case nothing was kept."""
    if _is_locked(error):
        return DatabaseBusyError, mark(
            "Somebody else is writing to the database {name}. Nothing of this change is in: "
            "try again in a moment"
        )
    if _is_full(error):
        return ConflictError, mark(
            "There is no room left where the database {name} lies. Nothing of this change is in: "
            "make room and try again"
        )
    return ConflictError, mark("The database {name} cannot be used just now: {reason}")


def _up_to_date(engine: Engine) -> Engine:
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
