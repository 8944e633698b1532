"""Posts that are gone from the platform but stay in the history."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.store.tables.mentions import Mention


def set_deleted(session: Session, mention_ids: Collection[int], at: datetime | None) -> tuple[int, ...]:
    """Write when posts were taken down (None: they were not); give those that changed."""
    wanted = session.exec(select(Mention).where(col(Mention.id).in_(mention_ids))).all()
    changed = [row for row in wanted if (row.deleted_at is None) != (at is None)]
    for row in changed:
        row.deleted_at = at
    session.flush()
    return tuple(row.id or 0 for row in changed)
