"""What was built from the rows of the database, kept until any of them changes.

A version is told by the database itself: a change made by another process, or by hand, is noticed as well as
one of our own.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from ambassador.store.database import WRITING, content_stamp

Built = TypeVar("Built")
_MOST: Final = 12
"""Things kept for a database: those asked for last."""
_LARGEST: Final = 2**31
_kept: WeakKeyDictionary[Engine, OrderedDict[Hashable, tuple[Hashable, Any]]] = WeakKeyDictionary()
_LOCK = Lock()


def kept_for(session: Session, what: str, of: Hashable, build: Callable[[], Built]) -> Built:
    """Return what was built from the rows as they are, or build it now.

    Where the session has changed rows itself, or the version cannot be told, it is built and not kept.
    """
    version = version_of(session)
    if version is None:
        return build()
    engine, name = _engine(session), (what, of)
    with _LOCK:
        found = _kept.setdefault(engine, OrderedDict()).get(name)
    if found is not None and found[0] == version:
        return cast("Built", found[1])
    built = build()
    with _LOCK:
        here = _kept.setdefault(engine, OrderedDict())
        here[name] = version, built
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
    if connection.dialect.name == "postgresql":
        return str(connection.exec_driver_sql("SELECT CAST(pg_current_snapshot() AS text)").scalar_one())
    stamp = content_stamp(str(connection.engine.url.database or ""))
    if stamp is None:
        return None
    return (connection.exec_driver_sql("PRAGMA user_version").scalar_one(), *stamp)


def count_changes(connection: Connection) -> int:
    """Count what a connection has changed so far; 0 where the database tells versions by itself."""
    if connection.dialect.name != "sqlite":
        return 0
    return int(connection.exec_driver_sql("SELECT total_changes()").scalar_one())


def raise_version(connection: Connection, before: int) -> None:
    """Raise the number of the state the transaction leaves, where it changed anything since ``before``."""
    if connection.dialect.name != "sqlite" or count_changes(connection) == before:
        return
    now = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    connection.exec_driver_sql(f"PRAGMA user_version = {(now + 1) % _LARGEST}")


def _engine(session: Session) -> Engine:
    bind = session.get_bind()
    return bind if isinstance(bind, Engine) else bind.engine
