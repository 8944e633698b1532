"""What people's own posts did: counts straight from mentions and credits."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import Executable, Select, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.mentions import Credit, Mention, MentionMetrics
from ambassador.store.tables.people import Account
from ambassador.values.status import MentionKind


@dataclass(frozen=True, slots=True)
class OwnPosts:
    """How often and when somebody posted."""

    mentions: int
    originals: int
    first_at: datetime | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class PostFigures:
    """One post's newest figures."""

    mention_id: int
    likes: int | None
    replies: int | None
    reposts: int | None
    quotes: int | None
    saves: int | None
    views: int | None
    reach: int | None


def count_mentions(session: Session) -> dict[int, int]:
    """Count the mentions of every person.

    All are counted by an index, and the few that are out of use come off: asked for at once, the database
    would look every post up.
    """
    account: Any = Mention.account_id
    out_of_use = sqlalchemy.select(account).where(
        col(Mention.archived_at).is_not(None) | col(Mention.erased_at).is_not(None)
    )
    counted = Counter(_pairs(session, sqlalchemy.select(account, func.count()).group_by(account)))
    counted.subtract(session.connection().execute(out_of_use).scalars())
    owned = sqlalchemy.select(col(Account.id), col(Account.person_id))
    found: Counter[int] = Counter()
    for number, person in _pairs(session, owned.where(col(Account.person_id).is_not(None))).items():
        found[person] += counted[number]
    return {person: mentions for person, mentions in found.items() if mentions}


def own_posts(session: Session, account_ids: Collection[int]) -> OwnPosts:
    """Sum up the posts of one person's accounts."""
    originals = func.count().filter(col(Mention.kind).in_([MentionKind.ORIGINAL, MentionKind.STORY]))
    query = sqlalchemy.select(
        func.count(), originals, func.min(col(Mention.posted_at)), func.max(col(Mention.posted_at))
    ).where(col(Mention.account_id).in_(account_ids), *_in_use())
    return OwnPosts(*session.connection().execute(query).one())


def count_answers(session: Session, account_ids: Collection[int]) -> int:
    """Count the posts of others that answered or shared a post of these accounts, at first hand."""
    child = aliased(Mention)
    query = (
        sqlalchemy.select(func.count())
        .select_from(child)
        .join(
            Mention,
            col(Mention.id) == func.coalesce(col(child.parent_observed_id), col(child.parent_inferred_id)),
        )
        .where(
            col(Mention.account_id).in_(account_ids),
            col(child.account_id).not_in(account_ids),
            col(child.archived_at).is_(None),
            *_in_use(),
        )
    )
    return int(session.connection().execute(query).scalar_one())


def credited_shares(session: Session, person_id: int) -> dict[int, float]:
    """Sum the shares of mentions credited to a person, by ambassador id."""
    query = (
        sqlalchemy.select(col(Ambassador.id), func.coalesce(func.sum(Credit.share), 0.0))
        .outerjoin(Credit, col(Credit.ambassador_id) == col(Ambassador.id))
        .where(col(Ambassador.person_id) == person_id)
        .group_by(col(Ambassador.id))
    )
    return _pairs(session, query)


def newest_post_figures(session: Session, account_ids: Collection[int]) -> list[PostFigures]:
    """Read the newest figures of each post of these accounts."""
    rank = func.row_number().over(
        partition_by=col(MentionMetrics.mention_id),
        order_by=(col(MentionMetrics.read_at).desc(), col(MentionMetrics.id).desc()),
    )
    names = [name for name in PostFigures.__dataclass_fields__ if name != "mention_id"]
    ranked: Select[tuple[int]] = (
        sqlalchemy.select(
            col(MentionMetrics.mention_id),
            *(getattr(MentionMetrics, name) for name in names),
            rank.label("age_rank"),
        )
        .join(Mention, col(Mention.id) == col(MentionMetrics.mention_id))
        .where(col(Mention.account_id).in_(account_ids), *_in_use())
    )
    newest = ranked.subquery()
    columns = [newest.c[name] for name in ("mention_id", *names)]
    rows = session.connection().execute(sqlalchemy.select(*columns).where(newest.c.age_rank == 1))
    return [PostFigures(*row) for row in rows]


def _in_use() -> tuple[sqlalchemy.ColumnElement[bool], ...]:
    return (col(Mention.archived_at).is_(None), col(Mention.erased_at).is_(None))


def _pairs(session: Session, query: Executable) -> dict[int, Any]:
    rows: Any = session.connection().execute(query).all()
    return dict(rows)
