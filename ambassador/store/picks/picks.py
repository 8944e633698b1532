"""Picks as they were made: added once, read, never changed."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.records import same_record, take_turns
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.records import Pick


def add_pick(session: Session, pick: Pick) -> Pick:
    """Record a choice; the same one computed again, as after a crash, is the one that was recorded."""
    take_turns(session)
    same = same_record(session, pick)
    if same is not None:
        return same
    session.add(pick)
    session.flush()
    return pick


def get_pick(session: Session, pick_id: int) -> Pick:
    """Read one recorded choice."""
    pick = session.get(Pick, pick_id)
    if pick is None:
        raise NotFoundError("there is no pick {number} here", number=pick_id)
    return pick


def list_picks(session: Session, campaign_id: int | None = None, *, limit: int = 20) -> Sequence[Pick]:
    """Read the latest choices, newest first, of all or of one campaign: made for it, or confirmed into it."""
    query = select(Pick).order_by(col(Pick.id).desc()).limit(limit)
    if campaign_id is not None:
        confirmed = select(Ambassador.pick_id).where(
            col(Ambassador.campaign_id) == campaign_id, col(Ambassador.pick_id).is_not(None)
        )
        query = query.where((col(Pick.campaign_id) == campaign_id) | col(Pick.id).in_(confirmed))
    return session.exec(query).all()
