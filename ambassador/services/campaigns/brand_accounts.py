"""Tell which accounts are ours: a reply from one of them to a complaint is an answer."""

from collections.abc import Sequence
from operator import itemgetter

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.people.people import brand_accounts, find_or_add_account
from ambassador.store.stale import mark_stale
from ambassador.values.identity import AccountKey, parse_account


def set_brand_accounts(
    work: UnitOfWork, handles: Sequence[str], was: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Make exactly these accounts ours (``platform:handle``); one not seen yet is remembered.

    With what the form began with (``was``), a list somebody else has saved since is told, not overwritten.

    Examples
    --------
    >>> set_brand_accounts(work, ["instagram:brezza", "x:@Brezza"])
    ('instagram:brezza', 'x:brezza')
    """
    keys = [_key(text) for text in handles]
    with work.writing() as session:
        now, asked = _ours(session), tuple(sorted(map(str, keys)))
        if was is not None:
            first, stored, typed = ({"accounts": tuple(sorted(one))} for one in (was, now, asked))
            refuse_overwriting("Our accounts", first, stored, typed, itemgetter("accounts"))
        wanted = [find_or_add_account(session, key, at=work.now()) for key in keys]
        for account in (*brand_accounts(session), *wanted):
            account.is_brand = account in wanted
        session.flush()
        if _ours(session) != now:
            mark_stale(session)  # what we say ourselves is not talk about us
        return tuple(sorted(str(AccountKey(one.platform, one.handle)) for one in wanted))


def list_brand_accounts(work: UnitOfWork) -> tuple[str, ...]:
    """List our accounts as ``platform:handle``.

    Examples
    --------
    >>> list_brand_accounts(work)
    ('instagram:brezza',)
    """
    with work.reading() as session:
        return _ours(session)


def _ours(session: Session) -> tuple[str, ...]:
    return tuple(str(AccountKey(one.platform, one.handle)) for one in brand_accounts(session))


def _key(text: str) -> AccountKey:
    platform, handle = parse_account(text)
    if not platform or not handle:
        raise BadInputError("{text!r} is not an account: write it as platform:handle", text=text)
    return AccountKey(platform, handle)
