"""Ties as people look at them: with handles, counted by origin, around one person."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy
from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person


@dataclass(frozen=True, slots=True)
class TieLine:
    """One tie with the names at both ends; influence flows source -> target."""

    source_account_id: int
    source_person_id: int | None
    source_handle: str
    source_name: str
    target_account_id: int
    target_person_id: int | None
    target_handle: str
    target_name: str
    platform: str
    kind: str
    origin: str
    weight: float | None
    interactions: int | None
    given_probability: float | None
    first_at: datetime | None
    last_at: datetime | None


def count_by_origin(session: Session) -> list[tuple[str, str, str, int]]:
    """Count ties by (origin, kind, platform), the most first."""
    query = sqlalchemy.select(col(Tie.origin), col(Tie.kind), col(Tie.platform), func.count()).group_by(
        col(Tie.origin), col(Tie.kind), col(Tie.platform)
    )
    counted = [(row[0], row[1], row[2], row[3]) for row in session.connection().execute(query)]
    return sorted(counted, key=lambda row: (-row[3], row))


def list_tie_lines(session: Session, *, limit: int | None = None) -> list[TieLine]:
    """Read ties between accounts that are not erased, the most interactions first."""
    order = (func.coalesce(col(Tie.interactions), 0).desc(), func.coalesce(col(Tie.weight), 0).desc())
    query = _lines().order_by(*order, col(Tie.id))
    if limit is not None:  # chosen before names are joined: sorting all of them with names takes long
        first = sqlalchemy.select(col(Tie.id)).order_by(*order, col(Tie.id)).limit(limit)
        query = query.where(col(Tie.id).in_(first))
    rows = session.connection().execute(query)
    return [TieLine(*row) for row in rows]


def each_tie_line(session: Session) -> Iterator[TieLine]:
    """Read all ties one after the other, for files."""
    options = {"yield_per": 5_000}
    rows = session.connection().execute(_lines().order_by(col(Tie.id)), execution_options=options)
    for row in rows:
        yield TieLine(*row)


def ties_around(session: Session, account_ids: Collection[int]) -> Sequence[TieLine]:
    """Read the ties from and to some accounts."""
    mine = col(Tie.source_id).in_(account_ids) | col(Tie.target_id).in_(account_ids)
    return [TieLine(*row) for row in session.connection().execute(_lines().where(mine))]


def out_degrees(session: Session) -> dict[int, int]:
    """Count, for each person who is the source of a tie, the accounts at first hand, their own left out.

    Accounts are counted by source, in the order of an index; only for people with several accounts they have
    to be told apart person by person.
    """
    several = (
        sqlalchemy.select(col(Account.person_id))
        .where(col(Account.person_id).is_not(None))
        .group_by(col(Account.person_id))
        .having(func.count() > 1)
    )
    erased = sqlalchemy.select(col(Account.id)).where(col(Account.erased_at).is_not(None))
    counted = (
        sqlalchemy.select(
            col(Tie.source_id), func.count(sqlalchemy.distinct(col(Tie.target_id))).label("heard")
        )
        .where(col(Tie.source_id) != col(Tie.target_id), col(Tie.target_id).not_in(erased))
        .group_by(col(Tie.source_id))
        .subquery()
    )
    alone = (
        sqlalchemy.select(col(Account.person_id), counted.c.heard)
        .join(counted, counted.c.source_id == col(Account.id))
        .where(col(Account.person_id).is_not(None), col(Account.person_id).not_in(several))
    )
    connection = session.connection()
    rows: Any = connection.execute(alone).all()
    more: Any = connection.execute(_heard_by_people(several)).all()
    return dict([*rows, *more])


def _heard_by_people(people: sqlalchemy.Select[Any]) -> sqlalchemy.Select[Any]:
    """Count the accounts that hear these people, each once, whichever of their accounts it hears."""
    source, target = aliased(Account), aliased(Account)
    theirs = col(target.person_id).is_(None) | (col(target.person_id) != col(source.person_id))
    columns: list[Any] = [source.person_id, func.count(sqlalchemy.distinct(col(Tie.target_id)))]
    return (
        sqlalchemy.select(*columns)
        .select_from(Tie)
        .join(source, col(source.id) == col(Tie.source_id))
        .join(target, col(target.id) == col(Tie.target_id))
        .where(col(source.person_id).in_(people), col(target.erased_at).is_(None), theirs)
        .group_by(col(source.person_id))
    )


def count_ties_among(session: Session, account_ids: Collection[int]) -> int:
    """Count the ties both of whose ends are among some accounts."""
    query = sqlalchemy.select(func.count()).where(
        col(Tie.source_id).in_(account_ids), col(Tie.target_id).in_(account_ids)
    )
    return int(session.connection().execute(query).scalar_one())


def _lines() -> sqlalchemy.Select[Any]:
    source, target = aliased(Account), aliased(Account)
    giver, taker = aliased(Person), aliased(Person)
    columns: list[Any] = [
        *(source.id, source.person_id, source.handle, func.coalesce(giver.name, source.display_handle)),
        *(target.id, target.person_id, target.handle, func.coalesce(taker.name, target.display_handle)),
        *(Tie.platform, Tie.kind, Tie.origin, Tie.weight, Tie.interactions, Tie.given_probability),
        *(Tie.first_at, Tie.last_at),
    ]
    return (
        sqlalchemy.select(*columns)
        .select_from(Tie)
        .join(source, col(source.id) == col(Tie.source_id))
        .join(target, col(target.id) == col(Tie.target_id))
        .outerjoin(giver, col(giver.id) == col(source.person_id))
        .outerjoin(taker, col(taker.id) == col(target.person_id))
        .where(col(source.erased_at).is_(None), col(target.erased_at).is_(None))
    )
