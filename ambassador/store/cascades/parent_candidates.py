"""Possible parents of posts whose parent the source hides, and what they are inferred from."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.bulk import insert_rows
from ambassador.store.cascades.parents import is_hidden
from ambassador.store.networks.derived_ties import ORIGIN
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention, ParentCandidate
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.cascades.cascades import NAMED_IN_TEXT
from ambassador.values.networks.node_key import NodeKey


class Possibility(NamedTuple):
    """One possible parent; ``candidate_id`` is None for nobody known."""

    candidate_id: int | None
    probability: float
    method: str


class TextPost(NamedTuple):
    """A post whose text may say whom it was taken from, or that may be what was taken."""

    id: int
    account_id: int
    platform: str
    posted_at: datetime
    text: str
    handle: str
    inferred_id: int | None
    inferred_by: str
    is_observed: bool


class HeardFrom(NamedTuple):
    """That one node hears from another, and how likely it passes on what it hears, if a file says so."""

    source_key: int
    target_key: int
    probability: float | None


def read_candidates(
    session: Session, mention_ids: Collection[int] | None = None
) -> dict[int, list[Possibility]]:
    """Read the possible parents of these posts, or of all, the likeliest first."""
    wanted = columns(
        col(ParentCandidate.mention_id),
        col(ParentCandidate.candidate_id),
        col(ParentCandidate.probability),
        col(ParentCandidate.method),
    ).order_by(
        col(ParentCandidate.mention_id), col(ParentCandidate.probability).desc(), col(ParentCandidate.id)
    )
    found: dict[int, list[Possibility]] = defaultdict(list)
    parts = (
        [wanted]
        if mention_ids is None
        else [
            wanted.where(among(col(ParentCandidate.mention_id), ids)) for ids in in_slices(set(mention_ids))
        ]
    )
    for part in parts:
        for mention, *rest in session.execute(part):
            found[mention].append(Possibility(*rest))
    return dict(found)


def candidate_method(session: Session) -> str | None:
    """What the possible parents rest on: all are made at once; None where there are none."""
    return session.execute(
        columns(col(ParentCandidate.method)).order_by(col(ParentCandidate.id)).limit(1)
    ).scalar_one_or_none()


def write_candidates(session: Session, wanted: Mapping[int, Sequence[Possibility]], version: int) -> None:
    """Replace the possible parents that are not these already."""
    replace_candidates(session, changed_candidates(session, wanted), version)


def changed_candidates(
    session: Session, wanted: Mapping[int, Sequence[Possibility]]
) -> dict[int, list[Possibility]]:
    """Find the posts whose possible parents are not the wanted ones, each with what it should have."""
    stands = read_candidates(session)
    return {
        mention: list(wanted.get(mention, ()))
        for mention in sorted(stands.keys() | wanted.keys())
        if stands.get(mention, []) != list(wanted.get(mention, ()))
    }


def replace_candidates(session: Session, changes: Mapping[int, Sequence[Possibility]], version: int) -> None:
    """Replace the possible parents of these posts."""
    for ids in in_slices(changes):
        session.execute(
            delete(ParentCandidate).where(among(col(ParentCandidate.mention_id), ids)),
            execution_options={"synchronize_session": None},
        )
    rows = [
        {"mention_id": mention, "version": version, **row._asdict()}
        for mention, group in changes.items()
        for row in group
    ]
    insert_rows(session, ParentCandidate, rows)


def read_naming(session: Session, mention_ids: Collection[int] | None = None) -> list[TextPost]:
    """Read the posts that may name somebody in their words or were pointed at what they name, oldest first.

    With ``mention_ids`` only those that may name one of these, or are one: none is older than the oldest.
    """
    names = or_(
        col(Mention.text).contains("@"),
        col(Mention.text).contains("\uff20"),
        col(Mention.inferred_by) == NAMED_IN_TEXT,
    )
    wanted = _texts().where(col(Mention.parent_observed_id).is_(None), names)
    if mention_ids is not None:
        moments = (
            session.execute(
                columns(func.min(Mention.posted_at)).where(among(col(Mention.id), ids))
            ).scalar_one()
            for ids in in_slices(mention_ids)
        )
        since = min((at for at in moments if at is not None), default=None)
        if since is None:
            return []
        wanted = wanted.where(col(Mention.posted_at) >= since)
    return [TextPost(*row) for row in session.execute(wanted)]


def read_said_by(session: Session, authors: Collection[tuple[str, str]]) -> list[TextPost]:
    """Read what these people (platform, handle) posted, oldest first."""
    found = []
    for handles in in_slices({handle for _, handle in authors}):
        posts = (
            TextPost(*row) for row in session.execute(_texts().where(among(col(Account.handle), handles)))
        )
        found += [post for post in posts if (post.platform, post.handle) in authors]
    return sorted(found, key=lambda post: (post.posted_at, post.id))


def _texts() -> Any:  # noqa: ANN401 - a query, whose type names every column
    return (
        columns(
            col(Mention.id),
            col(Mention.account_id),
            col(Mention.platform),
            col(Mention.posted_at),
            col(Mention.text),
            col(Account.handle),
            col(Mention.parent_inferred_id),
            col(Mention.inferred_by),
            col(Mention.parent_observed_id).is_not(None),
        )
        .join(Account, col(Account.id) == Mention.account_id)
        .where(col(Mention.archived_at).is_(None), col(Mention.erased_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )


def has_hidden(session: Session) -> bool:
    """Check whether any post hangs from the start of its cascade only for want of its parent."""
    by_index = col(Mention.parent_inferred_id) > 0  # of all posts few are inferred: the index lists those
    hidden = columns(col(Mention.id)).where(by_index, is_hidden(), col(Mention.archived_at).is_(None))
    return session.execute(hidden.limit(1)).first() is not None


def erased_posts(session: Session) -> set[int]:
    """Read which posts were blanked at their author's wish."""
    rows = session.execute(columns(col(Mention.id)).where(col(Mention.erased_at).is_not(None)))
    return {key for (key,) in rows}


def point_by_text(session: Session, wanted: Mapping[int, int | None]) -> None:
    """Point posts at the parent their text names; None takes such a parent away again."""
    for mention, parent in wanted.items():
        values: dict[str, Any] = {
            "parent_inferred_id": parent,
            "inferred_by": NAMED_IN_TEXT if parent is not None else "",
        }
        session.execute(
            update(Mention)
            .where(col(Mention.id) == mention, col(Mention.parent_observed_id).is_(None))
            .values(values),
            execution_options={"synchronize_session": "fetch"},
        )
    session.flush()


def read_heard(session: Session) -> list[HeardFrom]:
    """Read who hears from whom: ties of files, and reactions to a parent seen or named in the text."""
    people = session.execute(columns(col(Account.id), col(Account.person_id)))
    key = {account: NodeKey.of_account(account, person) for account, person in people}
    ties = session.execute(
        columns(col(Tie.source_id), col(Tie.target_id), col(Tie.given_probability)).where(
            col(Tie.origin) != ORIGIN
        )
    )
    found = [HeardFrom(key[source], key[target], given) for source, target, given in ties]
    parent = aliased(Mention)
    seen = or_(
        col(Mention.parent_observed_id) == parent.id,
        (col(Mention.parent_inferred_id) == parent.id) & (col(Mention.inferred_by) == NAMED_IN_TEXT),
    )
    rows = session.execute(
        columns(col(parent.account_id), col(Mention.account_id))
        .join(parent, seen)
        .where(col(Mention.archived_at).is_(None))
        .distinct()
    )
    return found + [HeardFrom(key[source], key[target], None) for source, target in rows]


def named_sources(session: Session, mention_ids: Collection[int]) -> dict[int, tuple[str, str, str]]:
    """Read platform, the parent's author as the source names them, and the words of these posts."""
    found: dict[int, tuple[str, str, str]] = {}
    for ids in in_slices(set(mention_ids)):
        rows = session.execute(
            columns(
                col(Mention.id), col(Mention.platform), col(Mention.parent_author), col(Mention.text)
            ).where(among(col(Mention.id), ids), col(Mention.erased_at).is_(None))
        )
        found |= {key: (platform, author, text) for key, platform, author, text in rows}
    return found
