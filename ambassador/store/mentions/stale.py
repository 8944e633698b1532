"""Marks that matches, credit, parents and derived ties rest on rows that have changed since.

A mark is a row of its own, written in the transaction of the change: whoever recomputes reads the marks first
and takes away those alone, so that one written meanwhile stays. It computes on a snapshot and writes piece by
piece; the turn counts those pieces, so that of two who recompute at once the later writes nothing older.
"""

import secrets
from collections.abc import Collection

from sqlalchemy import delete, text
from sqlmodel import Session, col, select

from ambassador.store.tables.imports import WorkspaceSetting

_PREFIX = "stale:"
_TURN = "turn:derived"
_TURN_LOCK = 7_304_118_224  # any fixed number
_MARKED = "marked"


def mark_stale(session: Session, campaign_id: int | None = None) -> None:
    """Write down that a campaign's figures, or everybody's, have to be worked out anew."""
    session.add(WorkspaceSetting(key=_PREFIX + secrets.token_hex(8), value=campaign_id))
    session.flush()
    session.info.setdefault(_MARKED, set()).add(campaign_id)


def marked_in(session: Session) -> frozenset[int | None]:
    """Tell which campaigns this transaction marked; None is all of them."""
    return frozenset(session.info.get(_MARKED, ()))


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


def turn(session: Session) -> int:
    """Count how often anything that is computed was written so far."""
    row = session.get(WorkspaceSetting, _TURN, populate_existing=True)
    return int(row.value) if row is not None else 0


def next_turn(session: Session) -> int:
    """Count one writing more, others waiting until this transaction ends; give the count before it."""
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _TURN_LOCK})
    before = turn(session)
    session.merge(WorkspaceSetting(key=_TURN, value=before + 1))
    session.flush()
    return before
