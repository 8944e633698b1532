"""Which ambassadors have spoken."""

from sqlmodel import Session, col, select

from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account
from ambassador.values.status import Verdict


def people_who_posted(session: Session, campaign_id: int) -> frozenset[int]:
    """Give the ambassadors of a campaign with a post of their own in it (taken down since or not)."""
    query = (
        select(Ambassador.id)
        .join(Account, col(Account.person_id) == col(Ambassador.person_id))
        .join(Mention, col(Mention.account_id) == col(Account.id))
        .join(MentionCampaign, col(MentionCampaign.mention_id) == col(Mention.id))
        .where(
            col(Ambassador.campaign_id) == campaign_id,
            col(MentionCampaign.campaign_id) == campaign_id,
            col(MentionCampaign.verdict) == Verdict.MATCHED.value,
            col(Mention.archived_at).is_(None),
        )
        .distinct()
    )
    return frozenset(number for number in session.exec(query) if number)
