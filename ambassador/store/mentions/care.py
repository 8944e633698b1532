"""Complaints and questions, and the first answer from an account of ours."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import CTE, and_, exists, func, or_
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.mentions.search import in_perimeter
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention, MentionCampaign, MentionLabel
from ambassador.store.tables.people import Account
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.status import Label, Verdict


class CarePost(NamedTuple):
    """One post that wants an answer; a complaint that also asks counts once, as a complaint."""

    id: int
    posted_at: datetime
    text: str
    url: str
    deleted_at: datetime | None
    handle: str
    label: Label


def read_asked(
    session: Session, campaign_id: int | None = None, perimeter: PerimeterRule | None = None
) -> list[CarePost]:
    """Read the complaints and questions of other people: of a campaign, a perimeter or of all."""
    wanted = (
        columns(
            col(Mention.id),
            col(Mention.posted_at),
            col(Mention.text),
            col(Mention.url),
            col(Mention.deleted_at),
            col(Account.handle),
            col(MentionLabel.label),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .join(MentionLabel, col(MentionLabel.mention_id) == Mention.id)
        .where(
            col(MentionLabel.label).in_([Label.COMPLAINT, Label.QUESTION]),
            col(Mention.archived_at).is_(None),
            col(Account.is_brand).is_(False),
        )
        .order_by(col(Mention.posted_at), col(Mention.id), col(MentionLabel.label).desc())
    )
    if campaign_id is not None:
        wanted = wanted.where(
            exists().where(
                col(MentionCampaign.mention_id) == Mention.id,
                col(MentionCampaign.campaign_id) == campaign_id,
                col(MentionCampaign.verdict) == Verdict.MATCHED,
            )
        )
    if perimeter is not None:
        wanted = wanted.where(*in_perimeter(perimeter))
    return list({row.id: row for row in (CarePost(*found) for found in session.execute(wanted))}.values())


def first_answers(session: Session, mention_ids: Collection[int]) -> dict[int, datetime]:
    """Mention -> when an account of ours first answered it or anything further down its thread."""
    found: dict[int, datetime] = {}
    for ids in in_slices(set(mention_ids)):
        thread = _threads(ids)
        asked, answer = aliased(Mention), aliased(Mention)
        rows = session.execute(
            columns(col(asked.id), func.min(col(answer.posted_at)))
            .select_from(thread)
            .join(asked, col(asked.id) == thread.c.asked)
            .join(answer, col(answer.id) == thread.c.post)
            .join(Account, col(Account.id) == answer.account_id)
            .where(
                col(answer.id) != asked.id,
                col(Account.is_brand),
                col(answer.archived_at).is_(None),
                col(answer.posted_at) >= asked.posted_at,
            )
            .group_by(col(asked.id))
        )
        found |= {key: at for key, at in rows if key is not None}
    return found


def _threads(ids: Collection[int]) -> CTE:
    """Return every post that hangs from one of these, however far down, beside the one it hangs from."""
    start: Any = columns(col(Mention.id).label("asked"), col(Mention.id).label("post"))
    thread: CTE = start.where(col(Mention.id).in_(ids)).cte("thread", recursive=True)
    further = aliased(Mention)
    hangs = or_(
        col(further.parent_observed_id) == thread.c.post,
        and_(col(further.parent_observed_id).is_(None), col(further.parent_inferred_id) == thread.c.post),
    )
    return thread.union(columns(thread.c.asked, col(further.id)).join_from(thread, further, hangs))


def count_brands(session: Session) -> int:
    """Count the accounts marked as ours."""
    return session.exec(
        select(func.count())
        .select_from(Account)
        .where(col(Account.is_brand), col(Account.erased_at).is_(None))
    ).one()


class PostBelow(NamedTuple):
    """A post that hangs from another, however far down."""

    asked: int
    id: int
    posted_at: datetime
    account_id: int
    is_brand: bool


def posts_below(session: Session, mention_ids: Collection[int]) -> list[PostBelow]:
    """Read all that hangs from some posts and was said after them, but for what was taken out."""
    found: list[PostBelow] = []
    for ids in in_slices(set(mention_ids)):
        thread = _threads(ids)
        asked, below = aliased(Mention), aliased(Mention)
        rows = session.execute(
            columns(
                thread.c.asked,
                col(below.id),
                col(below.posted_at),
                col(below.account_id),
                col(Account.is_brand),
            )
            .select_from(thread)
            .join(asked, col(asked.id) == thread.c.asked)
            .join(below, col(below.id) == thread.c.post)
            .join(Account, col(Account.id) == below.account_id)
            .where(
                col(below.id) != asked.id,
                col(below.archived_at).is_(None),
                col(below.posted_at) >= asked.posted_at,
            )
            .order_by(col(below.posted_at), col(below.id))
        )
        found += [PostBelow(*row) for row in rows]
    return found


def same_people(session: Session, account_ids: Collection[int]) -> dict[int, int]:
    """Account -> one account of the same person, the same for all of theirs."""
    found = {account: account for account in account_ids}
    for ids in in_slices(set(account_ids)):
        mine, other = aliased(Account), aliased(Account)
        rows = session.execute(
            columns(col(mine.id), func.min(other.id))
            .join(other, col(other.person_id) == mine.person_id)
            .where(col(mine.id).in_(ids))
            .group_by(col(mine.id))
        )
        found |= {account: first for account, first in rows if account is not None}
    return found
