"""Mentions as plain rows for building trees."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.cascades.parents import is_hidden
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.status import MentionKind

MISSING = 0
"""Stands for a parent the source names and we do not hold; no mention has this number."""


class TreePost(NamedTuple):
    """One post of a tree."""

    id: int
    parent_id: int | None
    """What it hangs from; ``MISSING`` where that is not here."""
    hidden: bool
    """The parent is only the start of the cascade."""
    account_id: int
    person_id: int | None
    is_brand: bool
    posted_at: datetime
    platform: str = ""


class Face(NamedTuple):
    """What a drawing says about one post."""

    platform: str
    handle: str
    kind: MentionKind
    text: str
    url: str
    account_id: int
    person_id: int | None
    post_id: str = ""


def read_posts(session: Session) -> list[TreePost]:
    """Read every post not archived, oldest first."""
    rows = session.execute(
        columns(
            col(Mention.id),
            col(Mention.parent_observed_id),
            col(Mention.parent_inferred_id),
            (col(Mention.parent_post_id) != "").label("named"),
            (col(Mention.parent_post_id) == col(Mention.post_id)).label("itself"),
            col(Mention.account_id),
            col(Account.person_id),
            col(Account.is_brand),
            col(Mention.posted_at),
            is_hidden(),
            col(Mention.platform),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.archived_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    return [
        TreePost(
            key or 0,
            observed or inferred or (key if itself else MISSING if named else None),
            hidden,
            account,
            person,
            brand,
            at,
            platform,
        )
        for key, observed, inferred, named, itself, account, person, brand, at, hidden, platform in rows
    ]


def read_faces(session: Session, mention_ids: Collection[int]) -> dict[int, Face]:
    """Read what a drawing says about these posts."""
    found: dict[int, Face] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(
            columns(
                col(Mention.id),
                col(Mention.platform),
                col(Account.handle),
                col(Mention.kind),
                col(Mention.text),
                col(Mention.url),
                col(Mention.account_id),
                col(Account.person_id),
                col(Mention.post_id),
            )
            .join(Account, col(Account.id) == Mention.account_id)
            .where(col(Mention.id).in_(ids))
        )
        found |= {row[0] or 0: Face(*row[1:]) for row in rows}
    return found


def newest_post(session: Session) -> datetime | None:
    """When the newest post of all was made: the data reach that far."""
    return session.exec(
        select(func.max(col(Mention.posted_at))).where(col(Mention.archived_at).is_(None))
    ).one()
