"""Which tables statements name: what is built from rows, and what a change of ours writes, are told by them.

Names are found in the text of each statement, so rather one too many than one too few: a column of the same
name counts as the table.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Final

from sqlalchemy import Connection

from ambassador.store.tables.base import Row

Tables = frozenset[str]

ANY: Final = "*"
"""Stands for all tables: a statement that names none of ours may read or write any of them."""
CHANGED: Final = "ambassador_changed"
"""Execution option: the set of tables a transaction of ours has written to."""
_NO_ROWS: Final = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET", "SHOW", "LOCK")
_noted: ContextVar[tuple[set[str], ...]] = ContextVar("noted", default=())


@contextmanager
def reading_noted() -> Iterator[set[str]]:
    """Note the tables that statements name from here on, by what is called within as well."""
    own: set[str] = set()
    token = _noted.set((*_noted.get(), own))
    try:
        yield own
    finally:
        _noted.reset(token)


def touching(tables: Tables) -> None:
    """Note tables that were read earlier, for what is built now with what was built then."""
    for noted in _noted.get():
        noted.update(tables)


def note_statement(
    connection: Connection,
    _cursor: object,
    statement: str,
    _parameters: object,
    *_: object,
) -> None:
    """Note what a statement reads or writes: a listener to every statement of an engine."""
    changed = connection.get_execution_options().get(CHANGED)
    if changed is None and not _noted.get():
        return
    named, writes = named_tables(statement)
    touching(named)
    if changed is not None and writes:
        changed.update(named)


@lru_cache(maxsize=4_096)
def named_tables(statement: str) -> tuple[Tables, bool]:
    """Name the tables in a statement, and tell whether it may write.

    Examples
    --------
    >>> tables, writes = named_tables("INSERT INTO person (name) SELECT handle FROM account")
    >>> sorted(tables), writes
    (['account', 'person'], True)
    >>> named_tables("SELECT total_changes()"), named_tables("PRAGMA user_version")
    ((frozenset(), False), (frozenset(), False))
    >>> sorted(
    ...     named_tables("DELETE FROM mention")[0]
    ... )  # its words go with it, an incident that began with it forgets it
    ['incident', 'mention', 'mention_words']
    >>> named_tables("SELECT * FROM somewhere")
    (frozenset({'*'}), False)
    """
    verb = statement.lstrip(" (\n").split(None, 1)[0].upper() if statement.strip() else ""
    if verb.startswith(_NO_ROWS):
        return frozenset(), False
    writes = verb != "SELECT"
    found = frozenset(_names().findall(statement))
    if verb == "DELETE":
        found = found.union(*(_going_with().get(one, ()) for one in found))
    if not found and (writes or re.search(r"\bFROM\b", statement)):
        found = frozenset({ANY})
    return found, writes


@cache
def _names() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(sorted(Row.metadata.tables, key=len, reverse=True)) + r")\b")


@cache
def _going_with() -> dict[str, set[str]]:
    """Table -> those whose rows the database deletes or empties with its rows."""
    found: dict[str, set[str]] = {}
    for table in Row.metadata.tables.values():
        for key in table.foreign_keys:
            if key.ondelete:
                found.setdefault(key.column.table.name, set()).add(table.name)
    return found
