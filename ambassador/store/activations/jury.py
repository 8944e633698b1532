"""Marks that jurors give the entries of a contest."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.store.tables.activations import ActivationEntry, JuryMark


def list_marks(session: Session, activation_id: int) -> Sequence[JuryMark]:
    """List the marks of a contest by entry and juror."""
    query = (
        select(JuryMark)
        .join(ActivationEntry, col(ActivationEntry.id) == col(JuryMark.entry_id))
        .where(ActivationEntry.activation_id == activation_id)
    )
    return session.exec(query.order_by(col(JuryMark.entry_id), col(JuryMark.juror))).all()


def put_mark(session: Session, entry_id: int, juror: str, points: int, *, at: datetime, actor: str) -> str:
    """Write what a juror gives an entry; say ``added``, ``changed`` or nothing."""
    theirs = select(JuryMark).where(JuryMark.entry_id == entry_id, JuryMark.juror == juror)
    row = session.exec(theirs).first()
    if row is not None and row.points == points:
        return ""
    done = "added" if row is None else "changed"
    row = row or JuryMark(entry_id=entry_id, juror=juror, points=points, marked_at=at)
    row.points, row.marked_at, row.actor = points, at, actor
    session.add(row)
    session.flush()
    return done


def remove_mark(session: Session, entry_id: int, juror: str) -> bool:
    """Take a mark back; say whether there was one."""
    row = session.exec(select(JuryMark).where(JuryMark.entry_id == entry_id, JuryMark.juror == juror)).first()
    if row is not None:
        session.delete(row)
        session.flush()
    return row is not None


def forget_juror(session: Session, names: Collection[str]) -> None:
    """Take the names of somebody erased off their marks; they stay the marks of one juror."""
    wanted = [re.escape(name.casefold()) for name in names if name.strip()]
    if not wanted:
        return
    theirs = re.compile(rf"(?<!\w)(?:{'|'.join(wanted)})(?!\w)")
    first: dict[str, int] = {}
    for row in session.exec(select(JuryMark).order_by(col(JuryMark.id))):
        if theirs.search(row.juror.casefold()):
            row.juror = f"erased-{first.setdefault(row.juror, row.id or 0)}"
    session.flush()
