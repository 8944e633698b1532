"""Engines: one per database, SQLite made safe for several writers, PostgreSQL as it is."""

import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import sessionmaker
from sqlalchemy.pool import NullPool, StaticPool
from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.store.schema import guard_records
from ambassador.store.table_names import note_statement

WRITING = "ambassador_writing"
COPIED = "ambassador_copied"
"""Execution option: the bytes of a ``COPY`` into PostgreSQL."""
LOOKED_THROUGH = "ambassador_looked_through"
"""Execution option: the texts of a statement were looked through by ``refuse_unstorable_column`` already."""
_BUSY_SECONDS = 30
# Severity, code, schema, table, column, type and constraint of an error; its detail and context quote rows
# (PostgreSQL, "Error and Notice Message Fields").
_NAMING_NO_VALUES = frozenset("SVCstcdn")
# ``invalid input syntax for type integer: "..."``
_QUOTED_VALUE = re.compile(r":\s*[\"'].*", re.DOTALL)

_HALF: Final = re.compile("[\ud800-\udfff]")
"""Half a character: in files of damaged text and in file names that are no Unicode."""
_SHOWN: Final = 40
_ESCAPED_NUL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


class GuardedSession(Session):
    """A session in which picks, forecasts and snapshots cannot be changed."""


guard_records(GuardedSession)
new_session = sessionmaker(class_=GuardedSession, expire_on_commit=False)


def open_copy(path: Path) -> Engine:
    """Make the engine for a copy that is taken back in time: no connection stays open, no key is checked."""
    engine = create_engine(
        f"sqlite:///{path}",
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS},
    )
    event.listen(engine, "connect", _prepare_copy)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def open_engine(url: str) -> Engine:
    """Make the engine for a database URL."""
    if url.startswith("sqlite"):
        return _open_sqlite(url)
    engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, json_serializer=_as_json)
    event.listen(engine, "handle_error", _without_values)
    event.listen(engine, "before_cursor_execute", _refuse_unstorable)
    event.listen(engine, "before_cursor_execute", note_statement)
    event.listen(engine, "do_execute", _copy_in)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # this driver sends rows one by one otherwise
    return engine


FileIdentity = tuple[int, int]


def file_identity(url: str) -> FileIdentity | None:
    """Tell the file of an SQLite database from any other of its name; None where there is no file."""
    file = make_url(url).database
    if not url.startswith("sqlite") or not file or file == ":memory:":
        return None
    try:
        about = os.stat(file)  # noqa: PTH116 - asked before every transaction
    except OSError:
        return None
    return about.st_dev, about.st_ino


def content_stamp(file: str) -> tuple[int, ...] | None:
    """Tell when an SQLite file and its log were last written, and how long they are; None without a file."""
    found: list[int] = []
    for name in (file, f"{file}-wal"):
        try:
            about = os.stat(name)  # noqa: PTH116 - asked before every reading of what is kept
        except OSError:
            continue
        found += [about.st_mtime_ns, about.st_size]
    return tuple(found) or None


def make_folder(url: str) -> None:
    """Make the folder of an SQLite file; nothing to do for other databases."""
    file = make_url(url).database
    if url.startswith("sqlite") and file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)


def _open_sqlite(url: str) -> Engine:
    options: dict[str, Any] = {
        "hide_parameters": True,
        "json_serializer": _as_json,
        "connect_args": {"check_same_thread": False, "timeout": _BUSY_SECONDS},
    }
    if url in {"sqlite://", "sqlite:///:memory:"}:
        options["poolclass"] = StaticPool
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "before_cursor_execute", _refuse_unstorable)
    event.listen(engine, "before_cursor_execute", note_statement)
    return engine


def _copy_in(cursor: Any, statement: str, _values: object, context: Any) -> bool:  # noqa: ANN401 - the driver's
    """Send what a ``COPY ... FROM STDIN`` copies, which the driver takes beside the statement."""
    sent = context.execution_options.get(COPIED)
    if sent is None:
        return False
    cursor.execute(statement, stream=[sent])
    return True


def _refuse_unstorable(
    _connection: Connection,
    _cursor: object,
    _statement: str,
    parameters: Any,  # noqa: ANN401 - one row or many, by place or by name
    context: Any,  # noqa: ANN401 - the driver's
    _many: bool,  # noqa: FBT001 - the signature of the event
) -> None:
    """Refuse texts that PostgreSQL cannot hold and SQLite would: on both alike, before they are sent."""
    if context is not None and LOOKED_THROUGH in context.execution_options:
        return
    rows = parameters.values() if isinstance(parameters, Mapping) else parameters
    loose: list[Any] = []
    for row in rows:
        if isinstance(row, tuple):
            refuse_unstorable(row)
        elif isinstance(row, Mapping):
            refuse_unstorable(row.values())
        elif isinstance(row, list):
            refuse_unstorable(row)
        else:
            loose.append(row)
    refuse_unstorable(loose)


def refuse_unstorable(values: Iterable[Any]) -> None:
    """Refuse texts that PostgreSQL cannot hold."""
    for value in values:
        if value.__class__ is str and (not value.isascii() or "\0" in value) and _is_unstorable(value):
            _refuse_text(value)


def refuse_unstorable_column(values: Sequence[Any]) -> None:
    """Refuse texts that PostgreSQL cannot hold, in a whole column: plain texts are read as one."""
    try:
        text = "".join(values)
    except TypeError:  # numbers, or some that are not known
        refuse_unstorable(values)
    else:
        if not text.isascii() or "\0" in text:
            refuse_unstorable(values)


def _is_unstorable(text: str) -> bool:
    return "\0" in text or _HALF.search(text) is not None


def _refuse_text(text: str) -> NoReturn:
    shown = _HALF.sub("\ufffd", text.replace("\0", "\ufffd"))[:_SHOWN]
    raise BadInputError("“{text}” holds a character that is none (a NUL or half a character)", text=shown)


def _as_json(value: Any) -> str:  # noqa: ANN401 - any JSON value
    text = json.dumps(value)
    if "\\u0000" in text or "\\ud" in text:  # pairs of halves are whole characters
        whole = json.dumps(value, ensure_ascii=False)
        if _ESCAPED_NUL.search(whole) or _HALF.search(whole):
            _refuse_text(_ESCAPED_NUL.sub("\ufffd", whole))
    return text


def _without_values(context: ExceptionContext) -> None:
    """Take what rows hold out of PostgreSQL's words: errors are shown and logged, people's data are not."""
    error: BaseException | None = context.original_exception
    while error is not None:  # the driver raises a second error out of its first
        error.args = tuple(_naming(told) if isinstance(told, dict) else told for told in error.args)
        error = error.__context__
    if context.sqlalchemy_exception is not None:  # its text was written before this was called
        kind = type(context.original_exception).__name__
        context.sqlalchemy_exception.args = (f"({kind}) {context.original_exception}",)


def _naming(told: dict[str, Any]) -> dict[str, Any]:
    kept = {key: text for key, text in told.items() if key in _NAMING_NO_VALUES}
    return {**kept, "M": _QUOTED_VALUE.sub(": ...", str(told.get("M", "")))}


def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own connection
    """Leave BEGIN to us, and switch on what SQLite leaves off."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only unlinked
    cursor.close()


def _prepare_copy(connection: Any, _record: Any) -> None:  # noqa: ANN401 - the driver's own connection
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = OFF")
    cursor.execute("PRAGMA synchronous = OFF")  # lost, it is made again
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once where the unit of work writes: a late upgrade would oversell."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def fold_in(engine: Engine) -> None:
    """Write SQLite's log into the file and empty it: a log still holds what was erased."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()  # outside a transaction, in which nothing can be folded in
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
    finally:
        connection.close()
