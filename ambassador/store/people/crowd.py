"""The newest figures of every account, as plain rows: enough to know a whole network's people."""

from typing import NamedTuple

import sqlalchemy
from sqlalchemy import Subquery, and_, func
from sqlmodel import Session, col

from ambassador.store.tables.people import Account, Snapshot
from ambassador.values.networks.node_key import NodeKey


class AccountFigures(NamedTuple):
    """An account, whose it is, and what its page said last; None is unknown."""

    account_id: int
    person_id: int | None
    platform: str
    followers: int | None
    average_views: float | None


def account_figures(session: Session) -> list[AccountFigures]:
    """Read every account that is not erased, with its newest figures where there are any."""
    newest = _newest()
    query = (
        sqlalchemy.select(
            col(Account.id),
            col(Account.person_id),
            col(Account.platform),
            newest.c.followers,
            newest.c.average_views,
        )
        .outerjoin(newest, and_(newest.c.account_id == col(Account.id), newest.c.age == 1))
        .where(col(Account.erased_at).is_(None))
        .order_by(col(Account.id))
    )
    return [AccountFigures(*row) for row in session.connection().execute(query)]


def newest_followers(session: Session) -> dict[int, float]:
    """Read the newest followers of everybody whose are known, by node key; of several accounts the most."""
    newest = _newest()
    query = (
        sqlalchemy.select(col(Account.id), col(Account.person_id), newest.c.followers)
        .join(newest, and_(newest.c.account_id == col(Account.id), newest.c.age == 1))
        .where(col(Account.erased_at).is_(None), newest.c.followers.is_not(None))
        .order_by(col(Account.id))
    )
    found: dict[int, float] = {}
    for number, person, followers in session.connection().execute(query):
        key = NodeKey.of_account(number or 0, person)
        found[key] = max(found.get(key, 0.0), float(followers))
    return found


def _newest() -> Subquery:
    """Readings of each account's page, the newest numbered 1."""
    age = func.row_number().over(
        partition_by=col(Snapshot.account_id),
        order_by=(col(Snapshot.read_at).desc(), col(Snapshot.id).desc()),
    )
    return sqlalchemy.select(
        col(Snapshot.account_id).label("account_id"),
        col(Snapshot.followers).label("followers"),
        col(Snapshot.average_views).label("average_views"),
        age.label("age"),
    ).subquery()
