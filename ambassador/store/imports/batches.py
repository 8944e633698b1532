"""Batches of imported files and the mappings people confirmed."""

from datetime import datetime

from sqlalchemy import String, cast, delete, exists, literal, text
from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.store.schema import metadata
from ambassador.store.tables.imports import ImportBatch, ImportChange, SavedMapping, WorkspaceSetting
from ambassador.values.imports.imports import BatchView, ColumnMapping
from ambassador.values.status import ImportKind

_IMPORT_LOCK = 7_304_118_223  # any fixed number
_UNFINISHED = "unfinished:"
"""Before the number of a batch: some of its rows are in, and nobody has said that all are."""


def one_at_a_time(session: Session) -> None:
    """Let imports take turns; SQLite's writers do so anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _IMPORT_LOCK})


def add_batch(session: Session, batch: ImportBatch) -> int:
    """Open a batch and give its number."""
    session.add(batch)
    session.flush()
    return batch.id or 0


def get_batch(session: Session, batch_id: int) -> ImportBatch:
    """Read one batch."""
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFoundError(mark("there is no import number {number}"), number=batch_id)
    return batch


def batch_of_run(session: Session, kind: ImportKind, sha256: str) -> int | None:
    """Find the import that a run of a live source began, also one that was cut off, unless it was undone."""
    wanted = select(ImportBatch.id).where(
        col(ImportBatch.kind) == kind,
        col(ImportBatch.sha256) == sha256,
        col(ImportBatch.undone_at).is_(None),
    )
    return session.exec(wanted.order_by(col(ImportBatch.id).desc())).first()


def is_pointed_at(session: Session, batch_id: int) -> bool:
    """Check whether any row of any table came with a batch, or was changed by it."""
    columns = [
        key.parent
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == ImportBatch.__tablename__
    ]
    return any(
        session.execute(select(literal(1)).where(column == batch_id).limit(1)).first() for column in columns
    )


def drop_batch(session: Session, batch_id: int) -> None:
    """Forget a batch that changed nothing."""
    session.delete(get_batch(session, batch_id))
    session.flush()


def forget_batch(session: Session, batch_id: int) -> None:
    """Forget a batch and what it changed, once all of it is taken back."""
    session.execute(delete(ImportChange).where(col(ImportChange.batch_id) == batch_id))
    session.execute(delete(WorkspaceSetting).where(col(WorkspaceSetting.key) == f"{_UNFINISHED}{batch_id}"))
    session.expire_all()
    drop_batch(session, batch_id)


def first_coming(
    session: Session, kind: ImportKind, sha256: str, other_than: int | None = None
) -> datetime | None:
    """Say when this very file was first imported and kept; ``other_than`` is the batch under way."""
    wanted = (
        select(ImportBatch.created_at)
        .where(
            col(ImportBatch.kind) == kind,
            col(ImportBatch.sha256) == sha256,
            col(ImportBatch.undone_at).is_(None),
            col(ImportBatch.id) != (other_than or 0),
        )
        .order_by(col(ImportBatch.id))
    )
    return session.exec(wanted).first()


def came_whole(session: Session, kind: ImportKind, sha256: str, other_than: int | None = None) -> bool:
    """Check whether this very file was imported to its end before."""
    wanted = select(ImportBatch.id).where(
        col(ImportBatch.kind) == kind,
        col(ImportBatch.sha256) == sha256,
        col(ImportBatch.undone_at).is_(None),
        col(ImportBatch.id) != (other_than or 0),
        ~exists().where(col(WorkspaceSetting.key) == _UNFINISHED + cast(ImportBatch.id, String)),
    )
    return session.exec(wanted.limit(1)).first() is not None


def begin_pieces(session: Session, batch_id: int) -> None:
    """Note that the rows of a batch come piece by piece, and that it is not through."""
    session.add(WorkspaceSetting(key=f"{_UNFINISHED}{batch_id}", value=batch_id))
    session.flush()


def end_pieces(session: Session, kind: ImportKind, sha256: str) -> None:
    """Note that all rows of a file are in, whoever brought them and was cut off."""
    ids = session.exec(
        select(ImportBatch.id).where(col(ImportBatch.kind) == kind, col(ImportBatch.sha256) == sha256)
    )
    keys = [f"{_UNFINISHED}{number}" for number in ids]
    session.execute(delete(WorkspaceSetting).where(col(WorkspaceSetting.key).in_(keys)))


def list_batches(session: Session, kind: ImportKind | None = None) -> tuple[BatchView, ...]:
    """List past imports, newest first."""
    query = select(ImportBatch).order_by(col(ImportBatch.id).desc())
    if kind is not None:
        query = query.where(col(ImportBatch.kind) == kind)
    return tuple(map(_view, session.exec(query)))


def saved_mapping(session: Session, kind: ImportKind, signature: str) -> ColumnMapping | None:
    """Find the mapping confirmed for a layout."""
    row = _saved(session, kind, signature)
    return ColumnMapping(dict(row.columns), dict(row.answers)) if row else None


def save_mapping(
    session: Session, kind: ImportKind, signature: str, mapping: ColumnMapping, at: datetime
) -> None:
    """Keep the mapping and the answers confirmed for a layout; a layout without a header has no name."""
    if not signature:
        return
    row = _saved(session, kind, signature) or SavedMapping(kind=kind, signature=signature, saved_at=at)
    row.columns, row.answers, row.saved_at = dict(mapping.columns), dict(mapping.answers), at
    session.add(row)
    session.flush()


def _saved(session: Session, kind: ImportKind, signature: str) -> SavedMapping | None:
    if not signature:
        return None
    wanted = select(SavedMapping).where(
        col(SavedMapping.kind) == kind, col(SavedMapping.signature) == signature
    )
    return session.exec(wanted).first()


def _view(batch: ImportBatch) -> BatchView:
    return BatchView(
        id=batch.id or 0,
        kind=batch.kind,
        file_name=batch.file_name,
        imported_at=batch.created_at,
        actor=batch.actor,
        added=batch.added,
        updated=batch.updated,
        duplicates=batch.duplicates,
        rejected=batch.rejected,
        undone_at=batch.undone_at,
    )
