"""The posts of some accounts, word for word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ambassador.store.tables.mentions import Mention


@dataclass(frozen=True, slots=True)
class PostText:
    """One post as its author wrote it."""

    platform: str
    post_id: str
    posted_at: datetime
    url: str
    text: str


def texts_of(session: Session, account_ids: Collection[int]) -> list[PostText]:
    """Read the posts of some accounts, oldest first."""
    columns: list[Any] = [Mention.platform, Mention.post_id, Mention.posted_at, Mention.url, Mention.text]
    query = select(*columns).where(col(Mention.account_id).in_(account_ids), col(Mention.erased_at).is_(None))
    return [PostText(*row) for row in session.exec(query.order_by(col(Mention.posted_at)))]
