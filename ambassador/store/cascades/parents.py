"""Who answered whom: parents found by the ids the source names, whenever they arrive."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CursorResult, Select, Update, case, func, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.store.among import among
from ambassador.store.bulk import chunks
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention, PostAlias
from ambassador.values.cascades.cascades import NAMED_IN_TEXT, PLATFORM_HIDES
from ambassador.values.status import MentionKind

NOT_HERE = "the parent is not here"
"""The source names a parent we do not hold; the start of the cascade stands in for it."""


class PostBranch(NamedTuple):
    """One post and the one it hangs from; ``hidden`` where that is only the start of the cascade."""

    id: int
    account_id: int
    parent_id: int | None
    hidden: bool
    named: bool
    """What it hangs from is known from its text."""
    kind: MentionKind
    platform: str
    posted_at: datetime


def resolve_parents(session: Session) -> int:
    """Point every post at its parent where that is here by now; say how many were pointed anew."""
    session.flush()
    pointed = _point_at_parents(session, _here)
    if session.execute(columns(col(PostAlias.id)).limit(1)).first() is not None:
        pointed += _point_at_parents(session, _by_alias) + _point_at_roots(session, _by_alias)
    return pointed + _point_at_roots(session, _here)


def resolve_arrived(session: Session, ids: Collection[int], names: Iterable[tuple[str, str]]) -> set[int]:
    """Point posts that have just come at their parents, and at them those that waited for them; give these.

    ``ids`` are of those that name another post; ``names`` is what all that came are called: platform, and an
    id or another id. Every other post is taken to hang from the right one already; how many came before makes
    no difference to what this costs.
    """
    waited = set(_waiting_for(session, names))
    touched = sorted({*ids, *waited})
    has_aliases = session.execute(columns(col(PostAlias.id)).limit(1)).first() is not None
    ways: list[_Find] = [_here, _by_alias] if has_aliases else [_here]
    for find in ways:
        for some in chunks(touched):
            _point_at_parents(session, find, some)
    for find in reversed(ways):
        for some in chunks(touched):
            _point_at_roots(session, find, some)
    return waited


def _count(session: Session, statement: Update) -> int:
    """Change posts and say how many; those that the session holds are read again when they are looked at."""
    result = session.execute(statement, execution_options={"synchronize_session": False})
    for one in session.identity_map.values():
        if isinstance(one, Mention):
            session.expire(one)
    return result.rowcount if isinstance(result, CursorResult) else 0


def _waiting_for(session: Session, names: Iterable[tuple[str, str]]) -> Iterator[int]:
    """Find the posts whose parent or start is called so, and that hang from none yet."""
    called: dict[str, list[str]] = {}
    for platform, name in names:
        called.setdefault(platform, []).append(name)
    for platform, every in called.items():
        for some in chunks(every):
            for column in (Mention.parent_post_id, Mention.root_post_id):
                waiting = columns(col(Mention.id)).where(
                    col(Mention.platform) == platform,
                    among(col(column), some),
                    col(Mention.parent_observed_id).is_(None),
                )
                yield from (key for (key,) in session.execute(waiting))


def has_unresolved(session: Session) -> bool:
    """Check whether any post can be pointed at its parent or its start anew."""
    missing = [
        conditions
        for find in (_here, _by_alias)
        for conditions in (
            _without_parent(find(Mention.parent_post_id)),
            _without_root(find(Mention.root_post_id)),
        )
    ]
    wanted = (columns(col(Mention.id)).where(*conditions).limit(1) for conditions in missing)
    return any(session.execute(query).first() is not None for query in wanted)


def read_branchings(session: Session, ids: Collection[int] | None = None) -> Sequence[PostBranch]:
    """Read every post not archived, or some of them, with what it hangs from, oldest first."""
    hanging = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
    wanted = (
        columns(
            col(Mention.id),
            col(Mention.account_id),
            hanging,
            is_hidden(),
            col(Mention.parent_observed_id).is_(None) & (col(Mention.inferred_by) == NAMED_IN_TEXT),
            col(Mention.kind),
            col(Mention.platform),
            col(Mention.posted_at),
        )
        .where(col(Mention.archived_at).is_(None))
        .order_by(col(Mention.posted_at), col(Mention.id))
    )
    if ids is None:
        return [PostBranch(*row) for row in session.execute(wanted)]
    parts = (wanted.where(among(col(Mention.id), some)) for some in in_slices(ids))
    found = [PostBranch(*row) for part in parts for row in session.execute(part)]
    return sorted(found, key=lambda post: (post.posted_at, post.id))


def is_hidden() -> ColumnElement[bool]:
    """Whether a post hangs from the start of its cascade only for want of its parent."""
    return (
        col(Mention.parent_observed_id).is_(None)
        & col(Mention.parent_inferred_id).is_not(None)
        & (col(Mention.inferred_by) != NAMED_IN_TEXT)
    )


_Find = Callable[[Any], Select[Any]]
"""Finds the mention whose post has the id that stands in a column."""


def _point_at_parents(session: Session, find: _Find, ids: Collection[int] | None = None) -> int:
    here = find(Mention.parent_post_id)
    wanted = update(Mention).where(*_without_parent(here), *_among(ids))
    return _count(
        session,
        wanted.values(parent_observed_id=_one(here), parent_inferred_id=None, inferred_by=""),
    )


def _point_at_roots(session: Session, find: _Find, ids: Collection[int] | None = None) -> int:
    here = find(Mention.root_post_id)
    wanted = update(Mention).where(*_without_root(here), *_among(ids))
    why = case((col(Mention.parent_post_id) == "", PLATFORM_HIDES), else_=NOT_HERE)
    return _count(session, wanted.values(parent_inferred_id=_one(here), inferred_by=why))


def _among(ids: Collection[int] | None) -> tuple[ColumnElement[bool], ...]:
    return () if ids is None else (among(col(Mention.id), ids),)


def _without_parent(here: Select[Any]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Mention.parent_observed_id).is_(None),
        col(Mention.parent_post_id) != "",
        col(Mention.parent_post_id) != col(Mention.post_id),
        here.exists(),
    )


def _without_root(here: Select[Any]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Mention.parent_observed_id).is_(None),
        col(Mention.parent_inferred_id).is_(None),
        col(Mention.root_post_id) != "",
        col(Mention.root_post_id) != col(Mention.post_id),
        here.exists(),
    )


def _here(post_id: Any) -> Select[Any]:  # noqa: ANN401 - a column, which is a text on the class
    """Find the mention whose post has the id that stands in a column of another on the same platform."""
    other = aliased(Mention)
    return (
        select(other.id)
        .where(col(other.platform) == Mention.platform, col(other.post_id) == post_id)
        .correlate(Mention)
    )


def _by_alias(post_id: Any) -> Select[Any]:  # noqa: ANN401 - a column, which is a text on the class
    """Find the mention whose post is called so, too."""
    return (
        select(PostAlias.mention_id)
        .where(
            col(PostAlias.platform) == Mention.platform,
            col(PostAlias.alias) == post_id,
            col(PostAlias.mention_id) != Mention.id,
        )
        .correlate(Mention)
    )


def _one(here: Select[Any]) -> Any:  # noqa: ANN401 - a scalar subquery has no better type here
    return here.scalar_subquery()
