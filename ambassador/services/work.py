"""The unit of work every service takes first: whose, when, and one transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from random import random
from time import monotonic, sleep

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DatabaseError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    StatementError,
)
from sqlmodel import Session

from ambassador.config import database_name
from ambassador.errors import (
    AmbassadorError,
    ConfigurationError,
    ConflictError,
    DatabaseBusyError,
    NotFoundError,
)
from ambassador.i18n import mark
from ambassador.services.backups.daily import keep_before_migration, keep_daily
from ambassador.store.changes import RowChange, RowWatch
from ambassador.store.database import (
    WRITING,
    FileIdentity,
    file_identity,
    make_folder,
    new_session,
    open_engine,
)
from ambassador.store.kept import begin_change, changed_by, keep_what_stands, raise_version
from ambassador.store.migrate import STEPS, known_versions, newest_version, steps_after, upgrade, version
from ambassador.store.table_names import CHANGED
from ambassador.values.as_of import AsOf
from ambassador.values.imports.imports import Note

Told = Callable[[Note], None]

LOCK_SECONDS = 60
"""How long a change waits for others who write, before it says so."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_LONG_TURN, _PAUSE = 0.1, 0.12
"""Seconds; SQLite's writers ask for their turn ten times a second."""
_LOCKED = ("locked", "busy", "55P03", "40P01")
"""SQLite's words, and the codes of PostgreSQL for a lock not had and a deadlock."""
_NO_SUCH_ROW = "23503"
"""The code of PostgreSQL for a pointer to nothing, which its driver does not call an IntegrityError."""
_TOO_LARGE = ("too large to convert to SQLite INTEGER", "out of range for type integer", "'22003'")
_NO_SUCH_NUMBER = mark("Nothing here has a number as large as that")
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
    file: FileIdentity | None = None
    """The file that was opened; where another or none is in its place, nothing is read or written."""
    as_of: AsOf | None = None
    """Of when everything in it is; None: now. Of another time nothing can be changed."""
    kept: list[RowChange] | None = field(default=None, compare=False)
    """Where what is written is noted row by row, so that it can be taken back; None: nowhere."""

    @contextmanager
    def reading(self, *, one_moment: bool = False) -> Iterator[Session]:
        """Return a session whose changes, should there be any, are not kept.

        With ``one_moment`` all it reads is as of its first question, on PostgreSQL too.
        """
        self.refuse_another_file()
        engine = self.engine
        if one_moment and engine.dialect.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with _database_told(self.engine), new_session(bind=engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[Session]:
        """Return a session that commits once at the end, and not at all if anything at all goes wrong.

        ``patience`` is for how many seconds it waits for others who write; None: ``LOCK_SECONDS``.
        """
        if self.as_of is not None:
            raise ConflictError("What was known on {day} cannot be changed", day=self.as_of.day)
        waits = LOCK_SECONDS if patience is None else patience
        self.refuse_another_file()
        with _database_told(self.engine), _to_write(self.engine, waits) as connection:
            session = new_session(bind=connection, join_transaction_mode="control_fully")
            begun = begin_change(connection)
            watch = None if self.kept is None else RowWatch(session)
            if watch is not None:
                watch.begin()
            try:
                yield session
                session.flush()
                written = watch.changes() if watch is not None else []
                leaves = raise_version(connection, begun)
                changed = changed_by(connection)
                self.refuse_another_file()
                session.commit()
                if self.kept is not None:
                    self.kept.extend(written)
            except BaseException:
                session.rollback()
                raise
            finally:
                session.close()
        keep_what_stands(self.engine, begun, leaves, changed)

    def refuse_another_file(self) -> None:
        """Refuse to go on where the database's file was deleted or replaced: all writing would be lost."""
        if self.file is not None and self.file_now() != self.file:
            message = mark(
                "The file of the database {name} was deleted or replaced while the program ran: nothing was "
                "written. Put it back or restore a backup, then start again"
            )
            raise ConflictError(message, name=database_name(self.engine.url.render_as_string()))

    def file_now(self) -> FileIdentity | None:
        """Tell which file is in the database's place now."""
        return file_identity(self.engine.url.render_as_string())

    def at(self, moment: datetime) -> "UnitOfWork":
        """Return the same unit of work with its clock stopped at a moment."""
        return replace(self, now=lambda: moment)

    def noting(self) -> "UnitOfWork":
        """Return the same unit of work, which notes what it writes: ``services.undo.take_back`` undoes it."""
        return replace(self, kept=[])

    def by(self, actor: str) -> "UnitOfWork":
        """Return the same unit of work for another person."""
        return replace(self, actor=actor)


def let_others(began: float) -> None:
    """Pause after a long turn at writing, so that those who wait for theirs get it before the next."""
    if monotonic() - began > _LONG_TURN:
        sleep(_PAUSE)


def _unheard(_note: Note) -> None:
    """Tell nobody."""


def open_workspace(url: str, *, actor: str, told: Told = _unheard) -> UnitOfWork:
    """Open a database, bringing its tables up to date first; a new file is made where there is none.

    Whatever is worth knowing (tables that changed, a backup that failed) is ``told``.

    Examples
    --------
    >>> opened = open_workspace(f"sqlite:///{folder / 'new.db'}", actor="nina")
    >>> opened.actor
    'nina'
    >>> opened.engine.dispose()
    """
    try:
        make_folder(url)
        engine = open_engine(url)
        try:
            _bring_up_to_date(url, engine, actor, told)
            _keep_daily(url, engine, actor, told)
        except BaseException:
            engine.dispose()
            raise
        return UnitOfWork(engine, actor, file=file_identity(url))
    except (OSError, ValueError, TypeError, DBAPIError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error)
        raise ConfigurationError(
            "The database {name} cannot be opened: {reason}", name=database_name(url), reason=reason
        ) from error


@contextmanager
def _to_write(engine: Engine, patience: float) -> Iterator[Connection]:
    """Return a connection whose transaction has begun; wait, asking ever more rarely, while others write."""
    with engine.connect() as opened:
        connection = opened.execution_options(**{WRITING: True, CHANGED: set()})
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


def is_about_other_rows(error: DBAPIError) -> bool:
    """Tell whether a row was refused because of another: it is there already, or one it names is not."""
    return isinstance(error, IntegrityError) or _NO_SUCH_ROW in str(error.orig)


def _is_known(error: DBAPIError) -> bool:
    return not isinstance(error, IntegrityError) and (_is_locked(error) or _is_full(error))


def _is_too_large(error: BaseException | None) -> bool:
    return any(words in str(error) for words in _TOO_LARGE)


def _is_full(error: DBAPIError) -> bool:
    return any(words in str(error.orig) for words in _FULL)


def _is_locked(error: DBAPIError) -> bool:
    return any(words in str(error.orig) for words in _LOCKED)


@contextmanager
def _database_told(engine: Engine) -> Iterator[None]:
    """Tell in words that the database is locked, full, read-only or gone, or that a number is none of its."""
    try:
        yield
    except OverflowError as error:
        if _is_too_large(error):
            raise NotFoundError(_NO_SUCH_NUMBER) from error
        raise
    except DBAPIError as error:
        if _is_too_large(error.orig):
            raise NotFoundError(_NO_SUCH_NUMBER) from error
        if not (
            isinstance(error, OperationalError | InterfaceError) or _is_known(error) or _is_damaged(error)
        ):
            raise
        name, reason = database_name(engine.url.render_as_string()), str(error.orig)
        kind, message = _in_words(error)
        raise kind(message, name=name, reason=reason) from error
    except StatementError as error:
        if isinstance(error.orig, AmbassadorError):  # a value refused on its way into a row
            raise error.orig from error
        raise


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
    if _is_damaged(error):
        return ConflictError, mark(
            "The file of the database {name} is damaged ({reason}): nothing of this change is in. "
            "Ask ambassador doctor, and restore the last backup"
        )
    return ConflictError, mark("The database {name} cannot be used just now: {reason}")


def _is_damaged(error: DBAPIError) -> bool:
    return type(error) is DatabaseError  # neither a constraint nor a value: the file


def _bring_up_to_date(url: str, engine: Engine, actor: str, told: Told) -> None:
    """Change the tables if they are older, after a backup; what fails on the way leaves them as they were."""
    before = version(engine)
    if before is None or before == newest_version() or before not in known_versions():
        upgrade(engine)
        return
    name = database_name(url)
    kept = keep_before_migration(url, engine, actor=actor, version=before)
    backup = str(kept.path) if kept else "-"
    try:
        upgrade(engine)
    except Exception as error:
        reason = str(getattr(error, "orig", None) or error) or type(error).__name__
        message = mark(
            "The tables of {name} could not be brought from version {before} to {after} ({reason}). They are "
            "as they were; a backup lies in {backup}"
        )
        raise ConfigurationError(
            message, name=name, before=before, after=newest_version(), reason=reason, backup=backup
        ) from error
    message = mark("The tables of {name} were brought from version {before} to {after}; backup: {backup}")
    told(Note(message, {"name": name, "before": before, "after": newest_version(), "backup": backup}))
    for step in steps_after(before):
        told(Note(STEPS[step]))


def _keep_daily(url: str, engine: Engine, actor: str, told: Told) -> None:
    """Make the day's backup at its first start; where that fails, work goes on and it is said."""
    try:
        keep_daily(url, engine, actor=actor, today=date.today())  # noqa: DTZ011 - a day is local here
    except (AmbassadorError, DBAPIError, OSError) as error:
        told(Note(mark("There is no backup of today: {reason}"), {"reason": str(error)}))
