"""Marks that matches, credit, parents and derived ties rest on rows that have changed since.

A mark is a row of its own, written in the transaction of the change: whoever recomputes reads the marks first
and takes away those alone, so that one written meanwhile stays.
"""

import secrets
from collections.abc import Collection

from sqlalchemy import delete
from sqlmodel import Session, col, select

from ambassador.store.tables.imports import WorkspaceSetting

_PREFIX = "stale:"


def mark_stale(session: Session, campaign_id: int | None = None) -> None:
    """Write down that a campaign's figures, or everybody's, have to be worked out anew."""
    session.add(WorkspaceSetting(key=_PREFIX + secrets.token_hex(8), value=campaign_id))
    session.flush()


def stale_marks(session: Session) -> dict[str, int | None]:
    """The marks that stand, each with its campaign; None is all of them."""
    rows = session.exec(
        select(WorkspaceSetting).where(col(WorkspaceSetting.key).startswith(_PREFIX, autoescape=True))
    )
    return {row.key: row.value for row in rows}


def take_marks(session: Session, keys: Collection[str]) -> None:
    """Take away the marks whose figures are right again."""
    if keys:
        session.execute(delete(WorkspaceSetting).where(col(WorkspaceSetting.key).in_(list(keys))))
