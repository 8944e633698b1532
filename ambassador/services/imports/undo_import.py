"""Take an import back, many rows piece by piece, and list those that were made.

It has a way of its own, beside the undo of ten minutes: a file of 100,000 rows is neither noted twice nor
taken back in one transaction, it is taken back days later, and what is in use by then stays.

Cut off in between, the import stands there as one that brought less: undoing it again takes back the rest.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import partial
from time import monotonic
from typing import Final, NamedTuple

from sqlmodel import Session

from ambassador.errors import ConflictError, DatabaseBusyError
from ambassador.i18n import mark
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.work import UnitOfWork, let_others
from ambassador.store.imports import undo
from ambassador.store.imports.batches import forget_batch, get_batch, list_batches, one_at_a_time
from ambassador.store.stale import mark_stale
from ambassador.values.imports.imports import BatchView, UndoReport
from ambassador.values.status import ImportKind

UNDER_MENTIONS: Final = frozenset(
    {ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.COURIER, ImportKind.TIES}
)
"""Imports on which matches and credit rest; ties say whom a post with a hidden parent may hang from."""
AT_ONCE = 1_000
"""Rows taken back in one transaction; an import that moved phones is always taken back in one."""


class _Batch(NamedTuple):
    number: int
    kind: ImportKind
    made_at: datetime
    rows: int


_Step = Callable[[Session], bool]
"""Takes back some rows and says whether there are more."""


def list_imports(work: UnitOfWork, kind: ImportKind | None = None) -> tuple[BatchView, ...]:
    """List past imports, newest first.

    Examples
    --------
    >>> [(one.kind.value, one.added) for one in list_imports(work)]
    [('mentions', 7), ('ties', 6), ('people', 4)]
    """
    with work.reading() as session:
        return list_batches(session, kind)


def undo_import(work: UnitOfWork, batch_id: int) -> UndoReport:
    """Restore what an import changed and remove what it brought; what is in use by now stays.

    Examples
    --------
    >>> undo_import(work, 3).file_name
    'mentions.csv'
    """
    restored = _take_steps(work, batch_id)
    with work.writing() as session:
        for step in _steps(_begin(session, batch_id), restored=restored):
            _all(session, step)
        kept = undo.release(session, batch_id)
        batch = get_batch(session, batch_id)
        batch.undone_at, batch.undone_by = work.now(), work.actor
        report = UndoReport(batch_id, batch.file_name, kept)
    with suppress(DatabaseBusyError):  # the mark stands: the next page or command works it out
        bring_up_to_date(work)
    return report


def take_back(work: UnitOfWork, batch_id: int) -> None:
    """Take back a file of which only some rows are in, and forget that it came.

    Examples
    --------
    >>> take_back(work, 3)
    >>> [one.id for one in list_imports(work)]
    [2, 1]
    """
    restored = _take_steps(work, batch_id)
    with work.writing() as session:
        for step in _steps(_begin(session, batch_id), restored=restored):
            _all(session, step)
        undo.release(session, batch_id)
        forget_batch(session, batch_id)


def _take_steps(work: UnitOfWork, batch_id: int) -> bool:
    """Take back an import of many rows, each step with the mark in a transaction of its own; say so."""
    with work.reading() as session:
        batch = _batch(session, batch_id)
    if batch.kind not in UNDER_MENTIONS - {ImportKind.COURIER} or batch.rows <= AT_ONCE:
        return False
    for step in _steps(batch):
        more = True
        while more:
            began = monotonic()
            with work.writing() as session:
                _begin(session, batch_id)
                more = step(session)
            let_others(began)
    return True


def _batch(session: Session, batch_id: int) -> _Batch:
    row = get_batch(session, batch_id)
    return _Batch(batch_id, row.kind, row.created_at, row.added + row.updated)


def _begin(session: Session, batch_id: int) -> _Batch:
    """Look whether an import can be undone, others waiting, and mark what rests on it."""
    one_at_a_time(session)
    batch = _batch(session, batch_id)
    if get_batch(session, batch_id).undone_at is not None:
        raise ConflictError(mark("import {number} was undone already"), number=batch_id)
    if batch.kind in {ImportKind.COURIER, ImportKind.DEVICES}:
        parcel = undo.moved_on_since(session, batch_id)
        if parcel:
            message = mark("import {number} cannot be undone: parcel {parcel} has moved on since")
            raise ConflictError(message, number=batch_id, parcel=parcel)
    if batch.kind in UNDER_MENTIONS:
        mark_stale(session)
    return batch


def _steps(batch: _Batch, *, restored: bool = False) -> Iterator[_Step]:
    """Name what has to be done one after the other: what is said goes before what it is said of."""
    number, made = batch.number, batch.made_at
    if not restored:
        yield _Restoring(number)
    for row in undo.SAID:
        yield partial(undo.remove_rows, row=row, batch_id=number, at_most=AT_ONCE)
    yield partial(undo.remove_mentions, batch_id=number, at_most=AT_ONCE)
    yield partial(undo.remove_readings, batch_id=number, at_most=AT_ONCE)
    yield partial(undo.remove_devices, batch_id=number)
    yield partial(undo.remove_people, batch_id=number, made_at=made, at_most=AT_ONCE)
    yield partial(undo.remove_accounts, batch_id=number, made_at=made, at_most=AT_ONCE)


class _Restoring:
    """Restores what was changed, the latest first, and knows how far it is."""

    def __init__(self, batch_id: int) -> None:
        self._batch_id = batch_id
        self._below: int | None = None

    def __call__(self, session: Session) -> bool:
        """Restore the next changes: each is a row read and written by itself, so fewer at once."""
        self._below = undo.restore_changed(session, self._batch_id, self._below, AT_ONCE // 2)
        return self._below is not None


def _all(session: Session, step: _Step) -> None:
    while step(session):
        pass
