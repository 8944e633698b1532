"""Ties derived from mentions: who replied to, quoted, shared or named whom, counted and dated."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, func, literal, or_, true
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.among import among, among_pairs
from ambassador.store.bulk import chunks, insert_rows, table_of, update_rows
from ambassador.store.networks.tie_columns import TieColumns
from ambassador.store.plain_columns import bare_moment, plain_parts
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.identity import canonical_handle
from ambassador.values.status import MentionKind

ORIGIN = "mentions"
_NAMED = "mention"
_KEY = ("source_id", "target_id", "platform", "kind")
_COUNTED = ("interactions", "first_at", "last_at")
_key_of, _counted_in = itemgetter(*_KEY), itemgetter(*_COUNTED)
_PAIRS = 2_000
_ANSWER_NOBODY = (MentionKind.ORIGINAL, MentionKind.STORY)
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

    def with_(self, other: "_Reaction") -> "_Reaction":
        return _Reaction(
            self.count + other.count,
            min(self.first_at, other.first_at),
            max(self.last_at, other.last_at),
        )


@dataclass(slots=True)
class _Post:
    id: int
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
    write_tie_changes(session, _changes(found, *_standing(session)))
    return len(found)


def changed_ties(session: Session) -> list[TieChange]:
    """Find the derived ties that are not what the mentions say now."""
    return _changes(_derive(session), *_standing(session))


def write_tie_changes(session: Session, changes: Sequence[TieChange]) -> None:
    """Take derived ties away and put others in their place."""
    for ids in chunks(change.gone for change in changes if change.gone is not None):
        session.execute(
            delete(Tie).where(among(col(Tie.id), ids)), execution_options={"synchronize_session": None}
        )
    insert_rows(session, Tie, [change.row for change in changes if change.row is not None])


def changed_ties_towards(session: Session, accounts: Collection[int]) -> list[TieChange]:
    """Find the derived ties towards these accounts that are not what the mentions say now."""
    found: list[TieChange] = []
    for ids in chunks(sorted(accounts)):
        derived = _derive(session, among(col(Mention.account_id), ids))
        found += _changes(derived, *_standing(session, among(col(Tie.target_id), ids)))
    return found


class AddedTies:
    """Derived ties as posts are added to them, one group after the other; what stands is read once."""

    def __init__(self, session: Session, groups: Sequence[Collection[int]]) -> None:
        self._stands: dict[_Key, _Reaction] = {}
        self._groups: list[dict[_Key, _Reaction]] = []
        posts: dict[int, _Post] = {}
        for ids in chunks({key for group in groups for key in group}):
            posts |= {post.id: post for post in _read(session, among(col(Mention.id), ids))}
        handles = _handles_in(session, posts.values())
        for group in groups:
            self._groups.append(_reactions((posts[key] for key in group if key in posts), handles))
        for pairs in chunks({key[:2] for group in self._groups for key in group}, _PAIRS):
            which = among_pairs(col(Tie.source_id), col(Tie.target_id), pairs)
            stands, _ = _standing(session, which)
            rows = (stands.row(place) for place in range(len(stands)))
            self._stands |= {_key_of(row): _Reaction(*_counted_in(row)) for row in rows}

    def take(self, number: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Add a group, each in its turn, and give the ties that come and those that change."""
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for key, reaction in sorted(self._groups[number].items(), key=itemgetter(0)):
            before = self._stands.get(key)
            together = self._stands[key] = reaction if before is None else before.with_(reaction)
            (new if before is None else changed).append(_row(key, together))
        return new, changed


def write_added_ties(
    session: Session, new: Sequence[Mapping[str, Any]], changed: Sequence[Mapping[str, Any]]
) -> None:
    """Write the ties that come and those that change."""
    insert_rows(session, Tie, new)
    if changed:
        rows = [{**row, "origin": ORIGIN} for row in changed]
        update_rows(session, table_of(Tie), ("origin", *_KEY), _COUNTED, rows)


def authors_of(session: Session, mention_ids: Collection[int]) -> dict[int, int]:
    """Post -> the account it is of."""
    found: dict[int, int] = {}
    for ids in chunks(mention_ids):
        query = columns(col(Mention.id), col(Mention.account_id)).where(among(col(Mention.id), ids))
        found.update((post, account) for post, account in session.execute(query))
    return found


def authors_naming(
    session: Session, accounts: Collection[int], apart_from: Collection[int] = frozenset()
) -> set[int]:
    """Find the accounts whose posts, some apart, name one of these: in their words or as whom they answer."""
    named: set[tuple[str, str]] = set()
    for ids in chunks(accounts):
        query = columns(col(Account.platform), col(Account.handle)).where(among(col(Account.id), ids))
        named |= {(platform, handle) for platform, handle in session.execute(query)}
    if not named:
        return set()
    found: set[int] = set()
    what = columns(
        col(Mention.id),
        col(Mention.account_id),
        col(Mention.platform),
        col(Mention.parent_author),
        col(Mention.text),
    )
    answering = (
        what.where(among(col(Mention.parent_author), handles))
        for handles in chunks({one for _, one in named})
    )
    queries: Iterable[Any] = (*answering, what.where(col(Mention.text).contains("@")))
    for query in queries:
        for post, account, platform, answered, text in session.execute(query):
            if account in found or post in apart_from:
                continue
            if any((platform, handle) in named for handle in (answered, *_tags(text))):
                found.add(account)
    return found


def _changes(found: TieColumns, stands: TieColumns, numbers: NDArray[np.int64]) -> list[TieChange]:
    gone, changed, before = found.difference(stands)
    return [
        *(TieChange(int(numbers[place]), None) for place in gone.tolist()),
        *(
            TieChange(None if stood < 0 else int(numbers[stood]), {**found.row(place), "origin": ORIGIN})
            for place, stood in zip(changed.tolist(), before.tolist(), strict=True)
        ),
    ]


def _standing(
    session: Session, which: ColumnElement[bool] | None = None
) -> tuple[TieColumns, NDArray[np.int64]]:
    """Read the derived ties that stand, and their numbers."""
    query = columns(
        col(Tie.id),
        col(Tie.source_id),
        col(Tie.target_id),
        col(Tie.platform),
        col(Tie.kind),
        func.coalesce(col(Tie.interactions), 0),
        bare_moment(session, col(Tie.first_at)),
        bare_moment(session, col(Tie.last_at)),
    ).where(col(Tie.origin) == ORIGIN, true() if which is None else which)
    parts = list(plain_parts(session, query))
    numbers = np.array([number for part in parts for number in part[0]], np.int64)
    return TieColumns.of_columns(part[1:] for part in parts), numbers


def _derive(session: Session, which: ColumnElement[bool] | None = None) -> TieColumns:
    """Count reactions, all or of some posts: answers to posts that are here in bulk, the rest by words."""
    which = true() if which is None else which
    answers = columns(
        col(_PARENT.account_id),
        col(Mention.account_id),
        col(Mention.platform),
        col(Mention.kind),
        literal(1),
        bare_moment(session, col(Mention.posted_at)),
        bare_moment(session, col(Mention.posted_at)),
    )
    known = _hanging(answers).where(
        col(_PARENT.account_id) != col(Mention.account_id), col(Mention.kind).not_in(_ANSWER_NOBODY), which
    )
    in_bulk = TieColumns.of_columns(plain_parts(session, known))
    by_words = or_(
        col(Mention.text).contains("@"),
        col(_PARENT.account_id).is_(None) & (col(Mention.parent_author) != ""),
    )
    posts = list(_read(session, by_words & which))
    handles = _handles_in(session, posts)
    rest = [
        (source, post.account_id, post.platform, kind, post.posted_at)
        for post in posts
        for source, kind in _influences(post, handles)
        if source != post.account_id and (kind == _NAMED or not post.parent_account_id)
    ]
    return TieColumns.counted(in_bulk.joined(TieColumns.of_reactions(rest)))


def _reactions(posts: Iterable[_Post], handles: Mapping[tuple[str, str], int]) -> dict[_Key, _Reaction]:
    found: dict[_Key, _Reaction] = {}
    for post in posts:
        for source, kind in _influences(post, handles):
            if source != post.account_id:
                _count(found, (source, post.account_id, post.platform, kind), post.posted_at)
    return found


def _influences(post: _Post, handles: Mapping[tuple[str, str], int]) -> Iterator[tuple[int, str]]:
    """Those whose word reached the author: of the post it answers or shares, and those it names."""
    answered = post.parent_account_id or handles.get((post.platform, post.parent_author))
    if answered and post.kind not in _ANSWER_NOBODY:
        yield answered, post.kind.value
    for named in {handles.get((post.platform, tag)) for tag in _tags(post.text)}:
        if named and named != answered:
            yield named, _NAMED


def _tags(text: str) -> set[str]:
    return {canonical_handle(tag.rstrip(".-")) for tag in _TAGGED.findall(text)} if "@" in text else set()


_PARENT = aliased(Mention)


def _hanging(query: Any) -> Any:  # noqa: ANN401 - a query, whose type names every column
    """Take posts that are here and by nobody erased, with the posts they hang from."""
    hanging = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
    return (
        query.outerjoin(_PARENT, col(_PARENT.id) == hanging)
        .join(Account, col(Account.id) == col(Mention.account_id))
        .where(
            col(Mention.archived_at).is_(None),
            col(Mention.erased_at).is_(None),
            col(Account.erased_at).is_(None),
        )
    )


def _read(session: Session, which: ColumnElement[bool]) -> Iterator[_Post]:
    query = columns(
        col(Mention.id),
        col(Mention.account_id),
        col(Mention.platform),
        col(Mention.kind),
        col(Mention.posted_at),
        col(Mention.text),
        col(Mention.parent_author),
        col(_PARENT.account_id),
    )
    for row in session.execute(_hanging(query).where(which)):
        yield _Post(*row)


def _handles_in(session: Session, posts: Iterable[_Post]) -> dict[tuple[str, str], int]:
    """Read the accounts these posts may name."""
    named = {handle for post in posts for handle in (post.parent_author, *_tags(post.text)) if handle}
    found: dict[tuple[str, str], int] = {}
    for some in chunks(named):
        query = columns(col(Account.id), col(Account.platform), col(Account.handle)).where(
            among(col(Account.handle), some), col(Account.erased_at).is_(None)
        )
        found |= {(platform, handle): number for number, platform, handle in session.execute(query)}
    return found


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
