"""What people do about incidents: close one, dismiss a false alarm, open one again."""

from ambassador.errors import BadInputError, ConflictError
from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.incidents import incidents as store
from ambassador.values.incidents import IncidentEventKind, IncidentStatus

_EVENTS = {
    IncidentStatus.CLOSED: IncidentEventKind.CLOSED,
    IncidentStatus.DISMISSED: IncidentEventKind.DISMISSED,
    IncidentStatus.OPEN: IncidentEventKind.REOPENED,
}


def close_incident(work: UnitOfWork, incident_id: int, note: str = "", *, seen: int | None = None) -> None:
    """Close an incident that was one; ``seen`` is the revision whoever closes it looked at.

    Examples
    --------
    >>> close_incident(work, 1)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no incident number 1
    """
    _decide(work, incident_id, IncidentStatus.CLOSED, note, seen)


def dismiss_incident(work: UnitOfWork, incident_id: int, reason: str, *, seen: int | None = None) -> None:
    """Say that an incident was a false alarm, and why.

    Examples
    --------
    >>> dismiss_incident(work, 1, " ")
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Say why it was a false alarm: whoever comes next will want to know
    """
    if not reason.strip():
        raise BadInputError(mark("Say why it was a false alarm: whoever comes next will want to know"))
    _decide(work, incident_id, IncidentStatus.DISMISSED, reason, seen)


def reopen_incident(work: UnitOfWork, incident_id: int, *, seen: int | None = None) -> None:
    """Open an incident again that was closed or dismissed; it stays open until somebody closes it.

    Examples
    --------
    >>> reopen_incident(work, 1)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no incident number 1
    """
    _decide(work, incident_id, IncidentStatus.OPEN, "", seen)


def _decide(
    work: UnitOfWork, incident_id: int, status: IncidentStatus, reason: str, seen: int | None
) -> None:
    with work.writing() as session:
        row = store.get_incident(session, incident_id, lock=True)
        if seen is not None and row.revision != seen:
            message = mark("Somebody else has decided on incident {number} meanwhile: look at it again")
            raise ConflictError(message, number=incident_id)
        if row.status is status:
            raise ConflictError(mark("Incident {number} stands so already"), number=incident_id)
        row.status, row.reason, row.by_hand = status, " ".join(reason.split()), True
        row.revision += 1
        store.add_event(session, row, _EVENTS[status], at=work.now(), actor=work.actor, text=row.reason)
