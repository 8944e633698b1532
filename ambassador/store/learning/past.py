"""Past posts and ties as the sources told them: nothing inferred, nothing derived."""

from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.status import MentionKind


class PastRow(NamedTuple):
    """One post."""

    platform: str
    post_id: str
    account_id: int
    person_id: int | None
    handle: str
    kind: MentionKind
    posted_at: datetime
    text: str
    parent_id: str
    root_id: str


class FileTie(NamedTuple):
    """One tie of a file."""

    source_id: int
    source_person: int | None
    target_id: int
    target_person: int | None
    probability: float | None


def read_past_posts(session: Session) -> list[PastRow]:
    """Read every post that is not archived, the oldest first."""
    query = (
        sqlalchemy.select(
            col(Mention.platform),
            col(Mention.post_id),
            col(Mention.account_id),
            col(Account.person_id),
            col(Account.handle),
            col(Mention.kind),
            col(Mention.posted_at),
            col(Mention.text),
            col(Mention.parent_post_id),
            col(Mention.root_post_id),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.archived_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    rows: Any = session.connection().execute(query)
    return [PastRow(*row) for row in rows]


def read_listed_ties(session: Session) -> list[FileTie]:
    """Read the ties files listed; those derived from posts would tell what is asked of the posts."""
    source, target = aliased(Account), aliased(Account)
    query = (
        sqlalchemy.select(
            col(source.id),
            col(source.person_id),
            col(target.id),
            col(target.person_id),
            col(Tie.given_probability),
        )
        .select_from(Tie)
        .join(source, col(Tie.source_id) == col(source.id))
        .join(target, col(Tie.target_id) == col(target.id))
        .where(col(Tie.origin) == "file", col(source.erased_at).is_(None), col(target.erased_at).is_(None))
        .order_by(col(Tie.id))
    )
    rows: Any = session.connection().execute(query)
    return [FileTie(*row) for row in rows]
