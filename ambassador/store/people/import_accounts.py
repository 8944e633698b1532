"""Accounts named by a file: found by native id or handle, made where they are new, all at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.people.suppression import suppressed
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.identity import UNSTATED_PLATFORM, AccountKey
from ambassador.values.imports.arrivals import Arrival

_ENOUGH_KNOWN = 0.2


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """One account as a file names it."""

    key: AccountKey
    native_id: str = ""
    display_handle: str = ""
    url: str = ""


@dataclass(slots=True)
class KnownAccount:
    """One account of the database, as far as an import needs it."""

    id: int
    person_id: int | None
    native_id: str
    is_new: bool = False
    is_changed: bool = False
    """Whether this file gave it another handle, or the native id it lacked."""
    is_renamed: bool = False
    """Whether this file gave it another handle."""
    is_joined: bool = False
    """Whether this file said whose it is."""
    is_adopted: bool = False
    """Whether this file told the platform that nobody had told before, for its posts too."""


def usual_platform(session: Session, handles: Collection[str]) -> str:
    """On which platform most of these handles are known already; ``unknown`` when too few are."""
    found: Counter[str] = Counter()
    for some in chunks(set(handles)):
        query = select(col(Account.platform)).where(
            among(col(Account.handle), some), col(Account.erased_at).is_(None)
        )
        found.update(session.exec(query))
    found.pop(UNSTATED_PLATFORM, None)
    if not found:
        return UNSTATED_PLATFORM
    platform, count = found.most_common(1)[0]
    return platform if count >= _ENOUGH_KNOWN * len(handles) else UNSTATED_PLATFORM


def forgotten(session: Session, named: Iterable[NamedAccount]) -> set[AccountKey]:
    """Which of these accounts belonged to somebody who was erased."""
    held = suppressed(session)
    return {one.key for one in named if held.holds(one.key.platform, one.key.handle, one.native_id)}


def ensure_accounts(
    session: Session, named: Iterable[NamedAccount], arrival: Arrival
) -> dict[AccountKey, KnownAccount]:
    """Find each account, or make it; an account that changed its handle keeps its row."""
    wanted = {one.key: one for one in named}
    found = _by_key(session, wanted)
    _follow_renamed(session, wanted, found, arrival)
    _adopt_unstated(session, wanted, found, arrival)
    missing = [one for key, one in wanted.items() if key not in found]
    insert_rows(session, Account, [_row(one, arrival) for one in missing])
    made = _by_key(session, {one.key: one for one in missing})
    for account in made.values():
        account.is_new = True
    return found | made


def _by_key(session: Session, wanted: Collection[AccountKey]) -> dict[AccountKey, KnownAccount]:
    keys = set(wanted)
    return {
        key: account
        for handles in chunks({key.handle for key in keys})
        for key, account in _known(session, among(col(Account.handle), handles))
        if key in keys
    }


def _known(session: Session, which: ColumnElement[bool]) -> Iterator[tuple[AccountKey, KnownAccount]]:
    query = columns(
        col(Account.id),
        col(Account.platform),
        col(Account.handle),
        col(Account.person_id),
        col(Account.native_id),
    ).where(which, col(Account.erased_at).is_(None))
    for number, platform, handle, person_id, native_id in session.execute(query):
        yield AccountKey(platform, handle), KnownAccount(number or 0, person_id, native_id)


def _follow_renamed(
    session: Session,
    wanted: dict[AccountKey, NamedAccount],
    found: dict[AccountKey, KnownAccount],
    arrival: Arrival,
) -> None:
    """Recognise by their native id the accounts whose handle is new to us, and learn native ids."""
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    by_native = _by_native_id(session, wanted.values())
    for key, one in wanted.items():
        known = by_native.get((key.platform, one.native_id))
        if one.native_id and known and key not in found:
            found[key] = known[0]
            known[0].is_renamed = True
            changes[known[0].id], before[known[0].id] = {"handle": key.handle}, {"handle": known[1]}
        elif one.native_id and key in found and not found[key].native_id and not known:
            account = found[key]
            account.native_id = one.native_id
            changes[account.id], before[account.id] = {"native_id": one.native_id}, {"native_id": ""}
    for account in found.values():
        account.is_changed = account.id in changes
    if changes:
        change_rows(session, Account, changes, before, arrival.batch_id)


def _by_native_id(
    session: Session, named: Iterable[NamedAccount]
) -> dict[tuple[str, str], tuple[KnownAccount, str]]:
    found = {}
    for ids in chunks({one.native_id for one in named if one.native_id}):
        for key, account in _known(session, among(col(Account.native_id), ids)):
            found[key.platform, account.native_id] = (account, key.handle)
    return found


def _adopt_unstated(
    session: Session,
    wanted: dict[AccountKey, NamedAccount],
    found: dict[AccountKey, KnownAccount],
    arrival: Arrival,
) -> None:
    """Return accounts that came without a platform the first one a file states for the same handle."""
    missing = [key for key in wanted if key not in found and key.platform != UNSTATED_PLATFORM]
    unstated = _by_key(session, [AccountKey(UNSTATED_PLATFORM, key.handle) for key in missing])
    changes: dict[int, dict[str, Any]] = {}
    for key in missing:
        account = unstated.pop(AccountKey(UNSTATED_PLATFORM, key.handle), None)
        if account:
            found[key] = account
            account.is_adopted = True
            changes[account.id] = {"platform": key.platform}
    before = {number: {"platform": UNSTATED_PLATFORM} for number in changes}
    if changes:
        change_rows(session, Account, changes, before, arrival.batch_id)
        _move_posts(session, {number: change["platform"] for number, change in changes.items()}, arrival)


def _move_posts(session: Session, platforms: Mapping[int, str], arrival: Arrival) -> None:
    """Take the posts of accounts along to the platform the accounts are known to be on by now."""
    other = aliased(Mention)
    changes: dict[int, dict[str, Any]] = {}
    for ids in chunks(platforms):
        query = columns(col(Mention.id), col(Mention.account_id), col(Mention.post_id)).where(
            among(col(Mention.account_id), ids), col(Mention.platform) == UNSTATED_PLATFORM
        )
        found = [(number or 0, platforms[account], post) for number, account, post in session.execute(query)]
        for posts in chunks({post for _, _, post in found}):
            there = columns(col(other.platform), col(other.post_id)).where(among(col(other.post_id), posts))
            taken = {tuple(row) for row in session.execute(there)}
            changes |= {
                number: {"platform": platform}
                for number, platform, post in found
                if post in set(posts) and (platform, post) not in taken
            }
    before = {number: {"platform": UNSTATED_PLATFORM} for number in changes}
    change_rows(session, Mention, changes, before, arrival.batch_id)


def _row(one: NamedAccount, arrival: Arrival) -> dict[str, Any]:
    return {
        "platform": one.key.platform,
        "handle": one.key.handle,
        "native_id": one.native_id,
        "display_handle": one.display_handle or one.key.handle,
        "url": one.url,
        "is_brand": False,
        "batch_id": arrival.batch_id,
        "created_at": arrival.at,
    }
