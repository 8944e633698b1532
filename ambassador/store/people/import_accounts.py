"""Accounts named by a file: found by native id or handle, made where they are new, all at once."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.i18n import mark
from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.people.suppression import suppressed
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.identity import UNSTATED_PLATFORM, AccountKey
from ambassador.values.imports.arrivals import Arrival, Fates
from ambassador.values.imports.imports import Note

_ENOUGH_KNOWN = 0.2
_NOW_CALLED = mark("line {line}: {handle} is called {other} by now: both have the account id {id}")
_OTHER_ID = mark("line {line}: {handle} has the account id {id}, but {known} so far: taken as one account")
_SAME_ID = mark("line {line}: {handle} has the account id {id}, as {other} has: merge them if they are one")
_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
Seen = Mapping[AccountKey, datetime]
"""When a file last saw each account under a handle; one it gives no date for is not in it."""
_NO_DATES: Seen = {}


class NamedAccount(NamedTuple):
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
    handle: str = ""
    former: str = ""
    """What it was called until this file gave it another handle."""
    other_id: str = ""
    """Another native id that this file gives its handle."""
    same_id: str = ""
    """The handle of another account that has that id already."""
    is_joined: bool = False
    """Whether this file said whose it is."""
    is_adopted: bool = False
    """Whether this file told the platform that nobody had told before, for its posts too."""

    def is_called_otherwise(self, key: AccountKey) -> bool:
        """Tell whether a file that names the account so is worth a word on its handle or its id."""
        return bool(key.handle != self.handle or self.former or self.same_id or self.other_id)


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
    if not held.hashes:
        return set()
    return {one.key for one in named if held.holds(one.key.platform, one.key.handle, one.native_id)}


def ensure_accounts(
    session: Session, named: Iterable[NamedAccount], arrival: Arrival, seen: Seen = _NO_DATES
) -> dict[AccountKey, KnownAccount]:
    """Find each account, or make it; one that changed its handle, in the file or before it, keeps its row."""
    wanted = {one.key: one for one in named}
    now_called = _former_names(wanted, seen)
    former = {key: wanted.pop(key) for key in now_called}
    if former:
        known = _by_key(session, former)
        _follow_ids(session, {key: former[key] for key in known}, known, arrival, seen)
    found = _by_key(session, wanted)
    _follow_ids(session, wanted, found, arrival, seen)
    _adopt_unstated(session, wanted, found, arrival)
    missing = [one for key, one in wanted.items() if key not in found]
    insert_rows(session, Account, [_row(one, arrival) for one in missing])
    made = _by_key(session, {one.key: one for one in missing})
    for account in made.values():
        account.is_new = True
    both = found | made
    return both | {key: both[current] for key, current in now_called.items()}


def _former_names(wanted: Mapping[AccountKey, NamedAccount], seen: Seen) -> dict[AccountKey, AccountKey]:
    """Find the handles that the file itself gives up for later ones of the same account, and these."""
    by_id: dict[tuple[str, str], list[AccountKey]] = {}
    for key, one in wanted.items():
        if one.native_id:
            by_id.setdefault((key.platform, one.native_id), []).append(key)
    former: dict[AccountKey, AccountKey] = {}
    for keys in by_id.values():
        if len(keys) > 1:
            current = max(enumerate(keys), key=lambda item: (seen.get(item[1], _LONG_AGO), item[0]))[1]
            former |= {key: current for key in keys if key != current}
    return former


def tell_of_names(named: Iterable[tuple[int, KnownAccount, AccountKey]], told: Fates) -> None:
    """Tell whose handle is another one by now, and where handle and id do not agree; by the first line."""
    seen: set[AccountKey] = set()
    for line, account, key in named:
        if key in seen:
            continue
        seen.add(key)
        values = {"line": line, "handle": f"@{key.handle}", "id": account.other_id or account.native_id}
        if key.handle != account.handle:
            told.warn(Note(_NOW_CALLED, {**values, "other": f"@{account.handle}"}))
        elif account.former:
            told.changed(line, f"@{account.former}", mark("Handle"), account.former, account.handle)
        elif account.same_id:
            told.warn(Note(_SAME_ID, {**values, "other": f"@{account.same_id}"}))
        elif account.other_id:
            told.warn(Note(_OTHER_ID, {**values, "known": account.native_id}))


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
        yield AccountKey(platform, handle), KnownAccount(number or 0, person_id, native_id, handle=handle)


def _follow_ids(
    session: Session,
    wanted: Mapping[AccountKey, NamedAccount],
    found: dict[AccountKey, KnownAccount],
    arrival: Arrival,
    seen: Seen,
) -> None:
    """Recognise by their native id the accounts whose handle is new to us, and learn native ids."""
    by_native = _by_native_id(session, wanted.values())
    renamed: dict[int, NamedAccount] = {}
    learned: dict[int, dict[str, Any]] = {}
    for key, one in wanted.items():
        if not one.native_id:
            continue
        account, known = found.get(key), by_native.get((key.platform, one.native_id))
        if account is not None:
            _compare_ids(account, one, known, learned)
        elif known is not None:
            found[key] = known
            renamed[known.id] = one
    _rename(session, found.values(), renamed, arrival, seen)
    change_rows(
        session, Account, learned, {number: {"native_id": ""} for number in learned}, arrival.batch_id
    )
    for account in found.values():
        account.is_changed = account.id in learned or bool(account.former)


def _compare_ids(
    account: KnownAccount, one: NamedAccount, known: KnownAccount | None, learned: dict[int, dict[str, Any]]
) -> None:
    """Learn the id of an account found by its handle, or note that another stands against it."""
    if account.native_id:
        if account.native_id != one.native_id:
            account.other_id = one.native_id
    elif known is not None:
        account.same_id, account.other_id = known.handle, one.native_id
    else:
        account.native_id = one.native_id
        learned[account.id] = {"native_id": one.native_id}


def _rename(
    session: Session,
    accounts: Iterable[KnownAccount],
    renamed: Mapping[int, NamedAccount],
    arrival: Arrival,
    seen: Seen,
) -> None:
    """Give accounts the handle that the file has, unless a later post of theirs is known under the other."""
    if not renamed:
        return
    latest = _latest_posts(session, renamed)
    changes: dict[int, dict[str, Any]] = {}
    for account in {one.id: one for one in accounts if one.id in renamed}.values():
        one = renamed[account.id]
        at, last = seen.get(one.key), latest.get(account.id)
        if at is None or last is None or at >= last:
            account.former, account.handle = account.handle, one.key.handle
            called = one.display_handle or one.key.handle
            # the address of the former handle leads nowhere by now
            changes[account.id] = {"handle": one.key.handle, "display_handle": called, "url": one.url}
    change_rows(session, Account, changes, _as_called(session, changes), arrival.batch_id)


def _latest_posts(session: Session, ids: Collection[int]) -> dict[int, datetime]:
    latest: dict[int, datetime] = {}
    for some in chunks(ids):
        query = columns(col(Mention.account_id), func.max(col(Mention.posted_at)))
        query = query.where(among(col(Mention.account_id), some)).group_by(col(Mention.account_id))
        latest |= {number: at for number, at in session.execute(query) if number and at}
    return latest


def _as_called(session: Session, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    called = {}
    for some in chunks(ids):
        query = columns(col(Account.id), col(Account.handle), col(Account.display_handle), col(Account.url))
        for number, *names in session.execute(query.where(among(col(Account.id), some))):
            called[number] = dict(zip(("handle", "display_handle", "url"), names, strict=True))
    return called


def _by_native_id(session: Session, named: Iterable[NamedAccount]) -> dict[tuple[str, str], KnownAccount]:
    return {
        (key.platform, account.native_id): account
        for ids in chunks({one.native_id for one in named if one.native_id})
        for key, account in _known(session, among(col(Account.native_id), ids))
    }


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
