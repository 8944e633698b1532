"""Accounts by their key, made where they are not known yet."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.store.people.people import find_account
from ambassador.store.tables.people import Account
from ambassador.values.identity import AccountKey


def find_or_add_account(session: Session, key: AccountKey, *, at: datetime) -> Account:
    """Give the account, adding it if nobody has that handle there yet."""
    account = find_account(session, key.platform, key.handle)
    if account is None:
        account = Account(platform=key.platform, handle=key.handle, display_handle=key.handle, created_at=at)
        session.add(account)
        session.flush()
    return account


def brand_accounts(session: Session) -> Sequence[Account]:
    """List our own accounts."""
    ours = select(Account).where(col(Account.is_brand)).order_by(col(Account.platform), col(Account.handle))
    return session.exec(ours).all()
