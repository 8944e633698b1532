"""Incidents and what happened to them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.i18n import mark
from ambassador.store.incidents.watches import owner
from ambassador.store.tables.incidents import Incident, IncidentEvent
from ambassador.values.incidents import Departing, IncidentEventKind, IncidentStatus
from ambassador.values.perimeters import PerimeterRef


def add_incident(session: Session, ref: PerimeterRef, found: Departing, *, at: datetime) -> Incident:
    """Write down what departs."""
    row = Incident(
        perimeter_id=None if ref.is_campaign else ref.number,
        campaign_id=ref.number if ref.is_campaign else None,
        kind=found.kind,
        root_id=found.root_id,
        started_at=found.began_at,
        noticed_at=found.noticed_at,
        last_at=found.last_at,
        posts=found.posts,
        usual=found.expected,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def add_event(
    session: Session,
    row: Incident,
    kind: IncidentEventKind,
    *,
    at: datetime,
    actor: str = "",
    text: str = "",
) -> None:
    """Write down what happened to an incident."""
    session.add(
        IncidentEvent(
            incident_id=row.id or 0, kind=kind, happened_at=at, text=text, posts=row.posts, actor=actor
        )
    )
    session.flush()


def get_incident(session: Session, incident_id: int, *, lock: bool = False) -> Incident:
    """An incident by its number; ``lock`` makes others wait until this transaction ends."""
    row = session.get(Incident, incident_id)
    if row is None:
        raise NotFoundError(mark("There is no incident number {number}"), number=incident_id)
    if lock:
        session.refresh(row, with_for_update=True)
    return row


def list_incidents(
    session: Session,
    statuses: Collection[IncidentStatus] | None = None,
    ref: PerimeterRef | None = None,
) -> Sequence[Incident]:
    """List incidents, what departed last first."""
    query = select(Incident).order_by(col(Incident.last_at).desc(), col(Incident.id).desc())
    if statuses is not None:
        query = query.where(col(Incident.status).in_(list(statuses)))
    if ref is not None:
        for name, number in owner(ref).items():
            query = query.where(getattr(Incident, name) == number)
    return session.exec(query).all()


def events_of(session: Session, incident_id: int) -> Sequence[IncidentEvent]:
    """What happened to an incident, in its order."""
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id)
    return session.exec(query.order_by(col(IncidentEvent.happened_at), col(IncidentEvent.id))).all()


def last_event(session: Session, incident_id: int) -> IncidentEvent | None:
    """What happened last."""
    query = select(IncidentEvent).where(IncidentEvent.incident_id == incident_id)
    return session.exec(
        query.order_by(col(IncidentEvent.happened_at).desc(), col(IncidentEvent.id).desc()).limit(1)
    ).first()


_LEAVES: Final = {
    IncidentEventKind.OPENED: IncidentStatus.OPEN,
    IncidentEventKind.AGAIN: IncidentStatus.OPEN,
    IncidentEventKind.REOPENED: IncidentStatus.OPEN,
    IncidentEventKind.CALM: IncidentStatus.CLOSED,
    IncidentEventKind.FELL_AWAY: IncidentStatus.CLOSED,
    IncidentEventKind.CLOSED: IncidentStatus.CLOSED,
    IncidentEventKind.DISMISSED: IncidentStatus.DISMISSED,
}
"""How an event leaves an incident that nobody has decided on."""
_DECIDES: Final = frozenset(
    {IncidentEventKind.CLOSED, IncidentEventKind.DISMISSED, IncidentEventKind.REOPENED}
)


def restate(session: Session, row: Incident) -> None:
    """Let an incident stand as its events say."""
    events = [one for one in events_of(session, row.id or 0) if one.kind in _LEAVES]
    decided = [one for one in events if one.kind in _DECIDES]
    last = (decided or events)[-1:]
    row.status = _LEAVES[last[0].kind] if last else IncidentStatus.OPEN
    row.by_hand, row.reason = bool(decided), decided[-1].text if decided else ""
    session.flush()
