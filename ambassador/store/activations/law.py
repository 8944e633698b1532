"""What was noted about the points of the law on prize contests."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.store.tables.activations import LawNote
from ambassador.values.activations.states import PointState


def list_law_notes(session: Session, activation_id: int) -> Sequence[LawNote]:
    """List what was noted, points of a contest's own in the order they were added."""
    return session.exec(
        select(LawNote).where(LawNote.activation_id == activation_id).order_by(col(LawNote.id))
    ).all()


def put_law_note(
    session: Session,
    activation_id: int,
    key: str,
    state: PointState,
    *,
    reason: str,
    at: datetime,
    actor: str,
    text: str | None = None,
) -> None:
    """Note how a point stands; ``text`` is what a point of the contest's own asks."""
    row = session.exec(
        select(LawNote).where(LawNote.activation_id == activation_id, LawNote.key == key)
    ).first()
    row = row or LawNote(activation_id=activation_id, key=key, state=state, noted_at=at)
    row.state, row.reason, row.noted_at, row.actor = state, reason, at, actor
    if text is not None:
        row.text = text
    session.add(row)
    session.flush()
