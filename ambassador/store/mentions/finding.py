"""The newest posts that a filter finds, and how many there are: at once, however many posts there are.

A search that finds few posts takes them from the index of words and puts them in order. One that finds many
looks the newest posts through, one after the other, until there are enough: they are not far.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.mentions.mentions import conditions, newest_ids
from ambassador.store.mentions.search import narrow, seen_in
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.mentions.search import SearchQuery, parse_search

_EVERYTHING: Final = MentionFilter()


class Newest(NamedTuple):
    """What a page of a list holds."""

    ids: list[int]
    found: int
    """How many there are in all, counted up to the limit that was given."""


def find_newest(session: Session, wanted: MentionFilter, most: int) -> Newest:
    """Find which mentions the page of a filter holds, the newest first; count no further than ``most``."""
    query = _whole_query(wanted)
    if query is None:
        found = conditions(wanted)
        return Newest(newest_ids(session, wanted, found), _count(session, found, most))
    others = replace(wanted, search="", perimeter=wanted.perimeter and wanted.perimeter.by_language)
    narrowed = narrow(session, query, most)
    if narrowed is not None:
        few = [among(col(Mention.id), narrowed.ids), *conditions(others), *map(seen_in, narrowed.further)]
        return Newest(newest_ids(session, wanted, few), _count(session, few, most))
    ids = newest_ids(session, wanted, [*conditions(others), *map(seen_in, query.clauses)])
    is_sure = _is_sure_of_most(query, others)
    return Newest(ids, most if is_sure else _count(session, conditions(wanted), most))


def _whole_query(wanted: MentionFilter) -> SearchQuery | None:
    """Join what is typed and what the perimeter asks for: both are asked of the index."""
    asked = parse_search(wanted.search), wanted.perimeter.query if wanted.perimeter else None
    clauses = [clause for query in asked if query is not None for clause in query.clauses]
    return SearchQuery(tuple(clauses)) if clauses else None


def _is_sure_of_most(query: SearchQuery, others: MentionFilter) -> bool:
    """Whether the index alone says that there are more than are counted: nothing else is asked for."""
    asks_alone = replace(others, limit=_EVERYTHING.limit, offset=0) == _EVERYTHING
    looks_for_words = any(not clause.is_without for clause in query.clauses)
    by_author = any(term.author for clause in query.clauses for term in clause.terms)
    return asks_alone and looks_for_words and not by_author


def _count(session: Session, found: Sequence[ColumnElement[bool]], most: int) -> int:
    asked = columns(col(Mention.id)).join(Account, col(Account.id) == Mention.account_id)
    counted = asked.where(*found).limit(most).subquery()
    return int(session.execute(columns(func.count()).select_from(counted)).scalar_one())
