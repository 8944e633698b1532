"""The talk beneath a post: everything that answers or shares it, directly or not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.activations.people import people_behind
from ambassador.store.bulk import chunks
from ambassador.store.tables.activations import Activation, PollPost
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account


@dataclass(frozen=True, slots=True)
class TalkPost:
    """One post beneath the one that was asked about."""

    mention_id: int
    parent_id: int
    step: int
    """How far beneath."""
    account_id: int
    posted_at: datetime
    is_ours: bool
    """By one of our accounts, or by the author of the post itself."""


def talk_beneath(session: Session, mention_id: int) -> list[TalkPost]:
    """Read all posts beneath one, the nearest first; archived ones and what hangs on them left out."""
    beneath = (
        columns(col(Mention.id), col(Mention.parent_observed_id))
        .where(col(Mention.parent_observed_id) == mention_id, col(Mention.archived_at).is_(None))
        .cte("beneath", recursive=True)
    )
    further = (
        columns(col(Mention.id), col(Mention.parent_observed_id))
        .join(beneath, col(Mention.parent_observed_id) == beneath.c.id)
        .where(col(Mention.archived_at).is_(None), col(Mention.id) != mention_id)
    )
    beneath = beneath.union(further)  # each once, so that posts in a circle end it
    author = session.exec(select(Mention.account_id).where(Mention.id == mention_id)).first()
    query = (
        columns(
            beneath.c.id,
            beneath.c.parent_observed_id,
            col(Mention.account_id),
            col(Mention.posted_at),
            col(Account.is_brand),
        )
        .join(Mention, col(Mention.id) == beneath.c.id)
        .join(Account, col(Account.id) == col(Mention.account_id))
        .order_by(beneath.c.id)
    )
    rows = {row[0]: row for row in session.execute(query)}
    below: dict[int, list[int]] = defaultdict(list)
    for number, row in rows.items():
        below[row[1]].append(number)
    found: list[TalkPost] = []
    step, reached = 1, below[mention_id]
    while reached:
        for number in reached:
            _, parent, account, at, brand = rows[number]
            found.append(TalkPost(number, parent, step, account, at, brand or account == author))
        step, reached = step + 1, [one for number in reached for one in below[number]]
    return found


def discussed_post(session: Session, activation_id: int) -> int | None:
    """Read which post was put to discussion; None where none is said."""
    return session.exec(select(PollPost.mention_id).where(PollPost.activation_id == activation_id)).first()


def who_discussed(session: Session, row: Activation) -> set[str]:
    """Name everybody who took part in a discussion, each once."""
    post = discussed_post(session, row.id or 0)
    return set() if post is None else set(people_of(session, talk_beneath(session, post)).values())


def people_of(session: Session, talk: Sequence[TalkPost]) -> dict[int, str]:
    """Account -> the person who took part by it, our own posts left out; equal texts are one person."""
    accounts = sorted({one.account_id for one in talk if not one.is_ours})
    behind = people_behind(session, [(account, "", "") for account in accounts])
    return {account: person for account, (person, _) in zip(accounts, behind, strict=True)}


def first_posts(session: Session, people: Mapping[int, str]) -> dict[str, datetime]:
    """Tell when each person first posted anything that is here, by whatever account of theirs."""
    accounts = dict(people)
    for known in chunks(people):
        mine, other = aliased(Account), aliased(Account)
        same = (
            columns(col(mine.id), col(other.id))
            .join(other, col(other.person_id) == col(mine.person_id))
            .where(col(mine.id).in_(known))
        )
        accounts |= {theirs: people[one] for one, theirs in session.execute(same)}
    found: dict[str, datetime] = {}
    for known in chunks(accounts):
        query = (
            columns(col(Mention.account_id), func.min(col(Mention.posted_at)))
            .where(col(Mention.account_id).in_(known), col(Mention.archived_at).is_(None))
            .group_by(col(Mention.account_id))
        )
        for account, at in session.execute(query):
            found[accounts[account]] = min(found.get(accounts[account], at), at)
    return found
