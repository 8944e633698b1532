"""What hangs together with some posts: the posts below them and above them, seen or possible."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.people.people import in_slices
from ambassador.store.tables.mentions import Mention, ParentCandidate

_Find = Callable[[list[int]], Iterator[Any]]
"""Gives the queries that find the next posts."""


def posts_around(session: Session, ids: Collection[int]) -> set[int]:
    """Find these posts, those that hang from them or may, and those that any of these hangs from or may.

    What a post passes on reaches those below it; what reaches a post comes from those above it.
    """
    return _reached(session, _reached(session, ids, _below), _above)


def _reached(session: Session, ids: Collection[int], find: _Find) -> set[int]:
    found, waiting = set(ids), set(ids)
    while waiting:
        queries = (query for some in in_slices(sorted(waiting)) for query in find(some))
        further = {key for query in queries for (key,) in session.execute(query) if key is not None}
        waiting = further - found
        found |= waiting
    return found


def _below(ids: list[int]) -> Iterator[Any]:
    yield columns(col(Mention.id)).where(among(col(Mention.parent_observed_id), ids))
    yield columns(col(Mention.id)).where(among(col(Mention.parent_inferred_id), ids))
    yield columns(col(ParentCandidate.mention_id)).where(among(col(ParentCandidate.candidate_id), ids))


def _above(ids: list[int]) -> Iterator[Any]:
    hanging = func.coalesce(Mention.parent_observed_id, Mention.parent_inferred_id)
    yield columns(hanging).where(among(col(Mention.id), ids))
    yield columns(col(ParentCandidate.candidate_id)).where(among(col(ParentCandidate.mention_id), ids))
