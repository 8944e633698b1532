"""What a look back cannot bring back: it was taken away for good since."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.people import Person


def count_gaps(session: Session, until: datetime) -> tuple[int, int]:
    """Count the imports made before a moment and undone since, and the people known then and erased since."""
    undone = select(func.count()).select_from(ImportBatch)
    erased = select(func.count()).select_from(Person)
    return (
        session.exec(
            undone.where(col(ImportBatch.created_at) < until, col(ImportBatch.undone_at) >= until)
        ).one(),
        session.exec(erased.where(col(Person.created_at) < until, col(Person.erased_at) >= until)).one(),
    )
