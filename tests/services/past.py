"""Past cascades written straight into the tables: who started, who joined."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.status import MentionKind
from tests.conftest import NOW

BEGAN = datetime(2025, 1, 1, tzinfo=UTC)


def write_cascades(work: UnitOfWork, cascades: Sequence[tuple[str, Sequence[str]]]) -> None:
    """Write one cascade a day: the starter's post and an answer an hour by each who joined."""
    with work.writing() as session:
        accounts = known_accounts(
            session, {one for starter, joined in cascades for one in (starter, *joined)}
        )
        for place, (starter, joined) in enumerate(cascades):
            root = _post(session, accounts[starter], f"c{place}", BEGAN + timedelta(days=place), None)
            for hour, handle in enumerate(joined, 1):
                at = BEGAN + timedelta(days=place, hours=hour)
                _post(session, accounts[handle], f"c{place}-{hour}", at, root)


def write_ties(work: UnitOfWork, ties: Sequence[tuple[str, str]]) -> None:
    """Write ties of a file, source influences target."""
    with work.writing() as session:
        accounts = known_accounts(session, {one for tie in ties for one in tie})
        session.add_all(
            Tie(source_id=accounts[source], target_id=accounts[target], platform="x")
            for source, target in ties
        )


def known_accounts(session: Session, handles: set[str]) -> dict[str, int]:
    """Give accounts by handle, new ones made."""
    known = {account.handle: account.id or 0 for account in session.exec(select(Account))}
    new = [Account(platform="x", handle=one, created_at=NOW) for one in sorted(handles - set(known))]
    session.add_all(new)
    session.flush()
    return known | {account.handle: account.id or 0 for account in new}


def _post(session: Session, account: int, name: str, at: datetime, root: Mention | None) -> Mention:
    mention = Mention(
        platform="x",
        post_id=name,
        account_id=account,
        kind=MentionKind.ORIGINAL if root is None else MentionKind.REPLY,
        posted_at=at,
        parent_post_id=root.post_id if root else "",
        parent_observed_id=root.id if root else None,
        recorded_at=NOW,
    )
    session.add(mention)
    session.flush()
    return mention
