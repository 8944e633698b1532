"""The outcome log: orders by code, visits, press, lessons."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.people import Account, Person
from ambassador.store.tables.records import Outcome
from ambassador.values.status import AmbassadorStatus

_GONE = (AmbassadorStatus.REPLACED, AmbassadorStatus.DECLINED, AmbassadorStatus.RESERVE)


def add_outcome(session: Session, outcome: Outcome) -> int:
    """Put an outcome in and give its number; the token of a form makes one row however often it is sent."""
    sent_before = find_by_token(session, outcome.token)
    if sent_before is not None:
        return sent_before
    session.add(outcome)
    session.flush()
    return outcome.id or 0


def find_by_token(session: Session, token: str) -> int | None:
    """Find what a form has already put in."""
    if not token:
        return None
    return session.exec(select(Outcome.id).where(Outcome.token == token)).first()


def get_outcome(session: Session, outcome_id: int) -> Outcome:
    """Read one outcome."""
    outcome = session.get(Outcome, outcome_id)
    if outcome is None:
        raise NotFoundError("there is no outcome {number} here", number=outcome_id)
    return outcome


def list_outcomes(session: Session, campaign_id: int, *, archived: bool = False) -> Sequence[Outcome]:
    """Read the log of a campaign, newest first; either what counts or what was archived."""
    hidden = col(Outcome.archived_at).is_not(None) if archived else col(Outcome.archived_at).is_(None)
    newest = (col(Outcome.happened_on).desc().nulls_last(), col(Outcome.id).desc())
    query = select(Outcome).where(Outcome.campaign_id == campaign_id, hidden)
    return session.exec(query.order_by(*newest)).all()


def set_archived(session: Session, outcome_id: int, at: datetime | None) -> None:
    """Hide an outcome, or bring it back."""
    get_outcome(session, outcome_id).archived_at = at
    session.flush()


def find_by_code(session: Session, campaign_id: int, code: str) -> int | None:
    """Find the ambassador who carries a code: the one still in, or the only one; None if nobody's."""
    wanted = select(Ambassador.id, Ambassador.status).where(
        Ambassador.campaign_id == campaign_id,
        Ambassador.code != "",
        func.lower(Ambassador.code) == code.strip().lower(),
    )
    found = session.exec(wanted).all()
    still_in = [number for number, status in found if status not in _GONE]
    fitting = still_in or [number for number, _ in found]
    return fitting[0] if len(fitting) == 1 else None


def codes_of(session: Session, campaign_id: int) -> set[str]:
    """List the codes ambassadors of a campaign carry, in lower case."""
    query = select(Ambassador.code).where(Ambassador.campaign_id == campaign_id, Ambassador.code != "")
    return {code.lower() for code in session.exec(query)}


def names_of(session: Session, campaign_id: int) -> dict[int, str]:
    """Name the ambassadors of a campaign, whatever became of them: the name, else the first handle."""
    query = (
        select(Ambassador.id, Person.name, Account.display_handle, Account.handle)
        .join(Person, col(Person.id) == col(Ambassador.person_id))
        .outerjoin(Account, col(Account.person_id) == col(Person.id))
        .where(Ambassador.campaign_id == campaign_id)
        .order_by(col(Account.id))
    )
    names: dict[int, str] = {}
    for number, name, shown, handle in session.exec(query):
        spelled = shown or handle
        names.setdefault(number or 0, name or (f"@{spelled.lstrip('@')}" if spelled else f"#{number}"))
    return names
