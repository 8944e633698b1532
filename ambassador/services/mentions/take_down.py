"""Note that posts were taken down by their authors, or that they are there after all."""

from collections.abc import Collection
from datetime import datetime

from ambassador.errors import NotFoundError
from ambassador.services.work import UnitOfWork
from ambassador.store.mentions import mentions as store


def take_down_mentions(
    work: UnitOfWork, mention_ids: Collection[int], *, at: datetime | None = None, gone: bool = True
) -> tuple[int, ...]:
    """Mark posts as taken down (they stay in the history), or undo that; give those that changed."""
    with work.writing() as session:
        missing = set(mention_ids) - store.existing_ids(session, mention_ids)
        if missing:
            raise NotFoundError("there is no mention {number} here", number=min(missing))
        return store.set_deleted(session, mention_ids, (at or work.now()) if gone else None)
