"""The unit of work every service takes first: whose, when, and one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ambassador.config import database_name
from ambassador.errors import ConfigurationError
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
        with new_session(bind=self.engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session that commits once at the end, and not at all if anything at all goes wrong."""
        with self.engine.connect().execution_options(**{WRITING: True}) as connection:
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
    except (OSError, DBAPIError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error)
        raise ConfigurationError(
            "The database {name} cannot be opened: {reason}", name=database_name(url), reason=reason
        ) from error


def _up_to_date(engine: Engine) -> Engine:
    try:
        upgrade(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine
