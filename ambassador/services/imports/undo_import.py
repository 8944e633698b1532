"""Take an import back, and list those that were made."""

from contextlib import suppress

from ambassador.errors import ConflictError, DatabaseBusyError
from ambassador.i18n import mark
from ambassador.services.imports.import_files import UNDER_MENTIONS
from ambassador.services.mentions.refresh import bring_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.imports.batches import get_batch, list_batches, one_at_a_time
from ambassador.store.imports.undo import moved_on_since, remove_brought, restore_changed
from ambassador.store.mentions.stale import mark_stale
from ambassador.values.imports.imports import BatchView, UndoReport
from ambassador.values.status import ImportKind


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
    with work.writing() as session:
        one_at_a_time(session)
        batch = get_batch(session, batch_id)
        if batch.undone_at is not None:
            raise ConflictError(mark("import {number} was undone already"), number=batch_id)
        parcel = moved_on_since(session, batch_id)
        if parcel:
            message = mark("import {number} cannot be undone: parcel {parcel} has moved on since")
            raise ConflictError(message, number=batch_id, parcel=parcel)
        restore_changed(session, batch_id)
        kept = remove_brought(session, batch_id, batch.created_at)
        if batch.kind in UNDER_MENTIONS:
            mark_stale(session)
        batch = get_batch(session, batch_id)
        batch.undone_at, batch.undone_by = work.now(), work.actor
        report = UndoReport(batch_id, batch.file_name, kept)
    with suppress(DatabaseBusyError):  # the mark stands: the next page or command works it out
        bring_up_to_date(work)
    return report
