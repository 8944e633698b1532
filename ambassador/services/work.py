"""The unit of work every service takes first: whose, when, and one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlmodel import Session

from ambassador.config import database_name
from ambassador.errors import ConfigurationError, ConflictError
from ambassador.i18n import mark
from ambassador.store.database import WRITING, make_folder, new_session, open_engine
from ambassador.store.migrate import upgrade


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
            session = new_session(bind=connection)
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


def _to_write(engine: Engine) -> Connection:
    return engine.connect().execution_options(**{WRITING: True})


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
