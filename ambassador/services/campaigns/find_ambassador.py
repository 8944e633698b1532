"""Find an ambassador by the handle people type."""

from ambassador.errors import NotFoundError
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassadors import ambassadors_of
from ambassador.store.people.people import find_accounts


def find_ambassador(work: UnitOfWork, campaign_id: int, handle: str) -> int:
    """Give the number of the ambassador of a campaign who has this handle (or ``platform:handle``)."""
    with work.reading() as session:
        account = find_accounts(session, [handle])[handle]
        found = ambassadors_of(session, campaign_id).get(account.person_id or 0)
        if found is None:
            raise NotFoundError("{handle} is not in this campaign", handle=handle)
        return found.id or 0
