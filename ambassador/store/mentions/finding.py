"""The newest posts that a filter finds, and how many there are: at once, however many posts there are.

A search that finds few posts takes them from the index of words and puts them in order. One that finds many
looks the newest posts through, one after the other, until there are enough: they are not far.
"""

from dataclasses import replace
from typing import Final, NamedTuple

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from ambassador.store.among import among
from ambassador.store.mentions.mentions import conditions, newest_ids
from ambassador.store.mentions.search import Narrowed, narrow, seen_in
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
    query = parse_search(wanted.search)
    if query is None:
        return Newest(newest_ids(session, wanted, conditions(wanted)), _count(session, wanted, most))
    others = replace(wanted, search="")
    narrowed = narrow(session, query, most)
    if narrowed is not None:
        return _among_few(session, others, narrowed)
    ids = newest_ids(session, wanted, [*conditions(others), *map(seen_in, query.clauses)])
    return Newest(ids, most if _is_sure_of_most(query, others) else _count(session, wanted, most))


def _among_few(session: Session, wanted: MentionFilter, narrowed: Narrowed) -> Newest:
    asked = columns(col(Mention.posted_at), col(Mention.id))
    asked = asked.join(Account, col(Account.id) == Mention.account_id)
    further = (*conditions(wanted), *map(seen_in, narrowed.further))
    rows = session.execute(asked.where(among(col(Mention.id), narrowed.ids), *further)).all()
    newest = sorted(rows, key=lambda row: (row[0], row[1] or 0), reverse=True)
    page = newest[wanted.offset : wanted.offset + wanted.limit]
    return Newest([key or 0 for _, key in page], len(rows))


def _is_sure_of_most(query: SearchQuery, others: MentionFilter) -> bool:
    """Whether the index alone says that there are more than are counted: nothing else is asked for."""
    asks_alone = replace(others, limit=_EVERYTHING.limit, offset=0) == _EVERYTHING
    return asks_alone and not any(term.author for clause in query.clauses for term in clause.terms)


def _count(session: Session, wanted: MentionFilter, most: int) -> int:
    asked = columns(col(Mention.id)).join(Account, col(Account.id) == Mention.account_id)
    found = asked.where(*conditions(wanted)).limit(most).subquery()
    return int(session.execute(columns(func.count()).select_from(found)).scalar_one())
