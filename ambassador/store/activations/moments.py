"""Moments on air or in a shop, and the posts that came by themselves around them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from ambassador.store.tables.activations import Activation, Moment
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.activations.states import ActivationStatus
from ambassador.values.status import Verdict


def find_moment(session: Session, activation_id: int) -> Moment | None:
    """Read the moment of an activation; None before it is said when it is."""
    return session.exec(select(Moment).where(Moment.activation_id == activation_id)).first()


def settled_moments(session: Session) -> Sequence[tuple[Activation, Moment]]:
    """List the moments that are no drafts and not archived, the first one first."""
    query = (
        select(Activation, Moment)
        .join(Moment, col(Moment.activation_id) == col(Activation.id))
        .where(Activation.status != ActivationStatus.DRAFT, col(Activation.archived_at).is_(None))
        .order_by(col(Moment.begins_at), col(Moment.id))
    )
    return session.exec(query).all()


def name_of(session: Session, account_id: int | None) -> str:
    """Say who speaks, as ``platform:handle``; nothing where nobody is named or they were erased."""
    account = session.get(Account, account_id) if account_id else None
    return f"{account.platform}:{account.handle}" if account and not account.erased_at else ""


def arrivals(session: Session, campaign_id: int | None) -> list[datetime]:
    """Read when posts came by themselves: no parent is known, and no ambassador is credited with them."""
    query = columns(col(Mention.posted_at)).where(
        col(Mention.archived_at).is_(None),
        col(Mention.parent_observed_id).is_(None),
        col(Mention.parent_inferred_id).is_(None),
        col(Mention.parent_post_id) == "",
    )
    ours = exists().where(col(Credit.mention_id) == Mention.id, col(Credit.ambassador_id).is_not(None))
    if campaign_id is not None:
        ours = ours.where(col(Credit.campaign_id) == campaign_id)
        query = query.join(MentionCampaign, col(MentionCampaign.mention_id) == Mention.id).where(
            col(MentionCampaign.campaign_id) == campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED,
        )
    return sorted(session.scalars(query.where(~ours)))


def last_post(session: Session) -> datetime | None:
    """Say when the newest post here was made."""
    return session.exec(select(func.max(Mention.posted_at)).where(col(Mention.archived_at).is_(None))).one()
