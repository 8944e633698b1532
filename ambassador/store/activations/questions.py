"""Questions people ask in a session."""

from collections.abc import Collection, Sequence

from sqlalchemy import and_
from sqlmodel import Session, col, select

from ambassador.store.bulk import chunks
from ambassador.store.tables.activations import LiveQuestion
from ambassador.store.tables.people import Account


def forget_askers(
    session: Session, accounts: Sequence[Account], names: Collection[str], mention_ids: Collection[int]
) -> None:
    """Take what somebody erased asked, and their name, out of their questions; that there was one stays."""
    handles = {(account.platform, account.handle) for account in accounts}
    unknown = and_(col(LiveQuestion.account_id).is_(None), col(LiveQuestion.asker).in_(names))
    wanted = [unknown, col(LiveQuestion.account_id).in_({account.id for account in accounts})]
    wanted += [col(LiveQuestion.mention_id).in_(ids) for ids in chunks(mention_ids)]
    first: dict[tuple[int, str, str], int] = {}
    for theirs in wanted:
        for row in session.exec(select(LiveQuestion).where(theirs).order_by(col(LiveQuestion.id))):
            if theirs is unknown and row.platform and (row.platform, row.asker) not in handles:
                continue
            number = first.setdefault((row.activation_id, row.platform, row.asker), row.id or 0)
            row.text, row.asker = "", row.asker and f"erased-{number}"
        session.flush()
