"""What was built from the rows of the database, kept until any of them changes.

A version is told by the database itself: a change made by another process, or by hand, is noticed as well as
one of our own. What was built remembers which tables it read, so that a change of ours to other tables, with
nobody else's beside it, leaves it standing.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from ambassador.store.database import WRITING, content_stamp
from ambassador.store.table_names import ANY, CHANGED, Tables, reading_noted, touching

Built = TypeVar("Built")
_MOST: Final = 16
"""Things kept for a database: those asked for last."""
_LARGEST: Final = 2**31


@dataclass(frozen=True, slots=True, eq=False)
class _Entry:
    version: Hashable
    tables: Tables
    built: Any


_kept: WeakKeyDictionary[Engine, OrderedDict[Hashable, _Entry]] = WeakKeyDictionary()
_LOCK = Lock()


def kept_for(session: Session, what: str, of: Hashable, build: Callable[[], Built]) -> Built:
    """Return what was built from the rows as they are, or build it now.

    Where the session has changed rows itself, or the version cannot be told, it is built and not kept.
    ``build`` reads all it rests on itself: what was read before it was called is not known to this.
    """
    version = version_of(session)
    if version is None:
        return build()
    engine, name = _engine(session), (what, of)
    with _LOCK:
        found = _kept.setdefault(engine, OrderedDict()).get(name)
    if found is not None and found.version == version:
        touching(found.tables)
        return cast("Built", found.built)
    with reading_noted() as tables:
        built = build()
    with _LOCK:
        here = _kept.setdefault(engine, OrderedDict())
        here[name] = _Entry(version, frozenset(tables), built)
        here.move_to_end(name)
        while len(here) > _MOST:
            here.popitem(last=False)
    return built


def version_of(session: Session) -> Hashable | None:
    """Tell which state of the database a session reads; None where it writes, or where that cannot be told.

    It is asked for inside the session's transaction, so that what is read belongs to it: SQLite's number is
    raised with every change of ours, and the file tells of changes by others; PostgreSQL names the
    transactions whose rows are visible.
    """
    connection = session.connection()
    if connection.get_execution_options().get(WRITING, False):
        return None
    return _state(connection)


def _state(connection: Connection) -> Hashable | None:
    if connection.dialect.name == "postgresql":
        return str(connection.exec_driver_sql("SELECT CAST(pg_current_snapshot() AS text)").scalar_one())
    stamp = content_stamp(str(connection.engine.url.database or ""))
    if stamp is None:
        return None
    return (int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()), *stamp)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The state a transaction of ours begins with."""

    state: Hashable | None
    changes: int


def begin_change(connection: Connection) -> Beginning:
    """Note what a transaction of ours begins with, before it changes anything."""
    return Beginning(_state(connection), _count_changes(connection))


def raise_version(connection: Connection, begun: Beginning) -> Hashable | None:
    """Raise the number of the state the transaction leaves, where it changed anything since it was begun.

    Returned is by what that state will be known if nobody else changes anything meanwhile; None where that
    cannot be told.
    """
    if connection.dialect.name == "postgresql":
        return _next_snapshot(connection, begun)
    if _count_changes(connection) == begun.changes:
        return None
    now = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    after = (now + 1) % _LARGEST
    connection.exec_driver_sql(f"PRAGMA user_version = {after}")
    return after


def keep_what_stands(engine: Engine, begun: Beginning, leaves: Hashable | None, changed: Tables) -> None:
    """After a change of ours: what rests on none of the tables it changed is as good as before it.

    Only where the database is as that change left it: what anybody else did meanwhile is not known. The
    change is in already: that a database cannot be asked now is no fault of it.
    """
    if leaves is None:
        return
    with _LOCK:
        standing = [
            (name, entry)
            for name, entry in _kept.get(engine, {}).items()
            if entry.version == begun.state and not _overlap(entry.tables, changed)
        ]
    if not standing:
        return
    try:
        with engine.connect() as connection:
            state = _state(connection)
    except SQLAlchemyError:
        return
    if state is None or (state[0] if isinstance(state, tuple) else state) != leaves:
        return
    with _LOCK:
        here = _kept.get(engine, OrderedDict())
        for name, entry in standing:
            if here.get(name) is entry:
                here[name] = replace(entry, version=state)


def _overlap(read: Tables, changed: Tables) -> bool:
    return bool(read & changed) or bool(changed and ANY in read) or ANY in changed


def changed_by(connection: Connection) -> Tables:
    """Name the tables a transaction of ours has written to so far."""
    return frozenset(connection.get_execution_options()[CHANGED])


def _count_changes(connection: Connection) -> int:
    """Count what a connection has changed so far; 0 where the database tells versions by itself."""
    if connection.dialect.name != "sqlite":
        return 0
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def _next_snapshot(connection: Connection, begun: Beginning) -> str | None:
    """Return the snapshot after this transaction, where nobody else was at work when it began or since."""
    own = connection.exec_driver_sql("SELECT CAST(pg_current_xact_id_if_assigned() AS text)").scalar_one()
    if own is None or begun.state != f"{own}:{own}:":
        return None
    after = int(own) + 1
    return f"{after}:{after}:"


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine
