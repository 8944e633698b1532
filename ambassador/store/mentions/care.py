"""Complaints and questions, and the first answer from an account of ours."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention, MentionCampaign, MentionLabel
from ambassador.store.tables.people import Account
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


def read_asked(session: Session, campaign_id: int | None = None) -> list[CarePost]:
    """Read the complaints and questions of other people, of a campaign or of all."""
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
    return list({row.id: row for row in (CarePost(*found) for found in session.execute(wanted))}.values())


def first_answers(session: Session, mention_ids: Collection[int]) -> dict[int, datetime]:
    """Mention -> when an account of ours first answered it directly, for those it did."""
    asked = aliased(Mention)
    parent = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
    found: dict[int, datetime] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(
            columns(col(asked.id), func.min(col(Mention.posted_at)))
            .join(asked, col(asked.id) == parent)
            .join(Account, col(Account.id) == Mention.account_id)
            .where(
                col(asked.id).in_(ids),
                col(Account.is_brand),
                col(Mention.archived_at).is_(None),
                col(Mention.posted_at) >= asked.posted_at,
            )
            .group_by(col(asked.id))
        )
        found |= {key: at for key, at in rows if key is not None}
    return found


def count_brands(session: Session) -> int:
    """Count the accounts marked as ours."""
    return session.exec(
        select(func.count())
        .select_from(Account)
        .where(col(Account.is_brand), col(Account.erased_at).is_(None))
    ).one()
