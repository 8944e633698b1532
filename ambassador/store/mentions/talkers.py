"""Who talked in a campaign, and who its ambassadors are, as node keys."""

from typing import Any

import sqlalchemy
from sqlmodel import Session, col, select

from ambassador.store.networks.node_keys import node_key
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.networks.node_key import NodeKey
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Verdict

_IN = (AmbassadorStatus.ACCEPTED, AmbassadorStatus.SILENT, AmbassadorStatus.DONE)


def last_campaign(session: Session, campaign_id: int | None = None) -> Campaign | None:
    """The campaign asked for, else the last one that began."""
    if campaign_id is not None:
        return session.get(Campaign, campaign_id)
    begun = select(Campaign).where(
        Campaign.status != CampaignStatus.DRAFT, col(Campaign.archived_at).is_(None)
    )
    return session.exec(begun.order_by(col(Campaign.starts_on).desc(), col(Campaign.id).desc())).first()


def talker_keys(session: Session, campaign_id: int) -> set[int]:
    """The node keys of everybody whose posts belong to a campaign."""
    query = (
        sqlalchemy.select(node_key(Account))
        .distinct()
        .select_from(Mention)
        .join(MentionCampaign, col(MentionCampaign.mention_id) == col(Mention.id))
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(
            col(MentionCampaign.campaign_id) == campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED,
            col(Mention.archived_at).is_(None),
            col(Account.is_brand).is_(False),
        )
    )
    rows: Any = session.connection().execute(query).scalars().all()
    return {int(row) for row in rows}


def ambassador_keys(session: Session, campaign_id: int) -> set[int]:
    """The node keys of the people who said yes to a campaign."""
    query = select(Ambassador.person_id).where(
        Ambassador.campaign_id == campaign_id, col(Ambassador.status).in_(_IN)
    )
    return {NodeKey.of_person(person_id) for person_id in session.exec(query)}
