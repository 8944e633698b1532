"""Ties derived from mentions: who replied to, quoted, shared or named whom, counted and dated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, func
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.bulk import chunks, insert_rows
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.identity import canonical_handle
from ambassador.values.status import MentionKind

ORIGIN = "mentions"
_NAMED = "mention"
_TAGGED = re.compile(r"(?<![\w@/.])@([\w][\w.\-]*)")

_Key = tuple[int, int, str, str]


class TieChange(NamedTuple):
    """One derived tie that is not what the mentions say: the row that goes, what comes in its place."""

    gone: int | None
    row: dict[str, Any] | None


@dataclass(slots=True)
class _Reaction:
    count: int
    first_at: datetime
    last_at: datetime


@dataclass(slots=True)
class _Post:
    account_id: int
    platform: str
    kind: MentionKind
    posted_at: datetime
    text: str
    parent_author: str
    parent_account_id: int | None


def rebuild_derived_ties(session: Session) -> int:
    """Replace the derived ties that are not what the mentions say now; say how many there are."""
    session.flush()
    found = _derive(session)
    write_tie_changes(session, _changes(session, found))
    return len(found)


def changed_ties(session: Session) -> list[TieChange]:
    """Find the derived ties that are not what the mentions say now."""
    return _changes(session, _derive(session))


def write_tie_changes(session: Session, changes: Sequence[TieChange]) -> None:
    """Take derived ties away and put others in their place."""
    for ids in chunks(change.gone for change in changes if change.gone is not None):
        session.execute(
            delete(Tie).where(col(Tie.id).in_(ids)), execution_options={"synchronize_session": None}
        )
    insert_rows(session, Tie, [change.row for change in changes if change.row is not None])


def _changes(session: Session, found: Mapping[_Key, _Reaction]) -> list[TieChange]:
    stands: dict[_Key, tuple[int, _Reaction]] = {}
    query = columns(
        col(Tie.id),
        col(Tie.source_id),
        col(Tie.target_id),
        col(Tie.platform),
        col(Tie.kind),
        col(Tie.interactions),
        col(Tie.first_at),
        col(Tie.last_at),
    ).where(col(Tie.origin) == ORIGIN)
    for number, source, target, platform, kind, count, first, last in session.execute(query):
        stands[source, target, platform, kind] = number, _Reaction(count, first, last)
    gone = [TieChange(number, None) for key, (number, _) in stands.items() if key not in found]
    changed = [
        TieChange(stands[key][0] if key in stands else None, _row(key, reaction))
        for key, reaction in sorted(found.items(), key=itemgetter(0))
        if key not in stands or stands[key][1] != reaction
    ]
    return gone + changed


def _derive(session: Session) -> dict[_Key, _Reaction]:
    handles = _handles(session)
    found: dict[_Key, _Reaction] = {}
    for post in _posts(session):
        for source, kind in _influences(post, handles):
            if source != post.account_id:
                _count(found, (source, post.account_id, post.platform, kind), post.posted_at)
    return found


def _influences(post: _Post, handles: dict[tuple[str, str], int]) -> Iterator[tuple[int, str]]:
    """Those whose word reached the author: of the post it answers or shares, and those it names."""
    answered = post.parent_account_id or handles.get((post.platform, post.parent_author))
    if answered and post.kind not in (MentionKind.ORIGINAL, MentionKind.STORY):
        yield answered, post.kind.value
    for tag in set(_TAGGED.findall(post.text)):
        named = handles.get((post.platform, canonical_handle(tag.rstrip(".-"))))
        if named and named != answered:
            yield named, _NAMED


def _posts(session: Session) -> Iterator[_Post]:
    parent = aliased(Mention)
    hanging = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
    query = (
        columns(
            col(Mention.account_id),
            col(Mention.platform),
            col(Mention.kind),
            col(Mention.posted_at),
            col(Mention.text),
            col(Mention.parent_author),
            col(parent.account_id),
        )
        .outerjoin(parent, col(parent.id) == hanging)
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(
            col(Mention.archived_at).is_(None),
            col(Mention.erased_at).is_(None),
            col(Account.erased_at).is_(None),
        )
    )
    for row in session.execute(query):
        yield _Post(*row)


def _handles(session: Session) -> dict[tuple[str, str], int]:
    query = columns(col(Account.id), col(Account.platform), col(Account.handle))
    rows = session.execute(query.where(col(Account.erased_at).is_(None)))
    return {(platform, handle): number for number, platform, handle in rows}


def _count(found: dict[_Key, _Reaction], key: _Key, at: datetime) -> None:
    reaction = found.get(key)
    if reaction is None:
        found[key] = _Reaction(1, at, at)
        return
    reaction.count += 1
    reaction.first_at, reaction.last_at = min(reaction.first_at, at), max(reaction.last_at, at)


def _row(key: _Key, reaction: _Reaction) -> dict[str, Any]:
    source, target, platform, kind = key
    return {
        "source_id": source,
        "target_id": target,
        "platform": platform,
        "kind": kind,
        "origin": ORIGIN,
        "interactions": reaction.count,
        "first_at": reaction.first_at,
        "last_at": reaction.last_at,
    }
