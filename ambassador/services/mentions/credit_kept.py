"""Keep credit right while an ambassador or a phone moves on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlmodel import Session

from ambassador.services.mentions.credit_mentions import credit_in
from ambassador.services.mentions.match_mentions import match_in
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.mentions.credit import campaigns_of_speaker


@contextmanager
def credit_kept(session: Session, work: UnitOfWork, ambassador_id: int) -> Iterator[None]:
    """Judge anew, in the same transaction, what rests on somebody's posts; nothing to do if they made none.

    The campaigns are locked first and in the order every other writer takes them.
    """
    person_id = get_ambassador(session, ambassador_id).person_id
    campaigns = campaigns_of_speaker(session, person_id)
    for campaign_id in campaigns:
        get_campaign(session, campaign_id, lock=True)
    yield
    session.flush()
    for campaign_id in campaigns:
        match_in(session, work, campaign_id)
        credit_in(session, campaign_id)
