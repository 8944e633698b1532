"""The newest figures of every account, as plain rows: enough to know a whole network's people."""

from typing import NamedTuple

import sqlalchemy
from sqlalchemy import and_, func
from sqlmodel import Session, col

from ambassador.store.tables.people import Account, Snapshot


class AccountFigures(NamedTuple):
    """An account, whose it is, and what its page said last; None is unknown."""

    account_id: int
    person_id: int | None
    platform: str
    followers: int | None
    average_views: float | None


def account_figures(session: Session) -> list[AccountFigures]:
    """Read every account that is not erased, with its newest figures where there are any."""
    age = func.row_number().over(
        partition_by=col(Snapshot.account_id),
        order_by=(col(Snapshot.read_at).desc(), col(Snapshot.id).desc()),
    )
    newest = sqlalchemy.select(
        col(Snapshot.account_id).label("account_id"),
        col(Snapshot.followers).label("followers"),
        col(Snapshot.average_views).label("average_views"),
        age.label("age"),
    ).subquery()
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
