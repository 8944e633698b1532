"""Say which accounts are ours: a reply from one of them to a complaint is an answer."""

from collections.abc import Sequence

from ambassador.errors import BadInputError
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import brand_accounts, find_or_add_account
from ambassador.values.identity import AccountKey, parse_account


def set_brand_accounts(work: UnitOfWork, handles: Sequence[str]) -> tuple[str, ...]:
    """Make exactly these accounts ours (``platform:handle``); one not seen yet is remembered."""
    with work.writing() as session:
        wanted = [find_or_add_account(session, _key(text), at=work.now()) for text in handles]
        for account in (*brand_accounts(session), *wanted):
            account.is_brand = account in wanted
        session.flush()
        return tuple(sorted(str(AccountKey(one.platform, one.handle)) for one in wanted))


def list_brand_accounts(work: UnitOfWork) -> tuple[str, ...]:
    """List our accounts as ``platform:handle``."""
    with work.reading() as session:
        return tuple(str(AccountKey(one.platform, one.handle)) for one in brand_accounts(session))


def _key(text: str) -> AccountKey:
    platform, handle = parse_account(text)
    if not platform or not handle:
        raise BadInputError("{text!r} is not an account: write it as platform:handle", text=text)
    return AccountKey(platform, handle)
