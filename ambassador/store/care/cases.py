"""Cases: found by number or customer, written with what follows from their events, listed as they are due."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, update
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.bulk import chunks
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.mentions import Mention, MentionCampaign
from ambassador.store.tables.people import Account, Person
from ambassador.values.care.cases import CaseFilter
from ambassador.values.care.states import STANDING, CaseChannel, CaseEventKind, CaseKind, CasePriority
from ambassador.values.status import Verdict


class CaseTraits(NamedTuple):
    """What waits are told apart and judged by."""

    id: int
    kind: CaseKind
    priority: CasePriority
    channel: CaseChannel
    owner: str
    opened_at: datetime


_PLAIN = {"synchronize_session": None}
_NOT_MERGED = col(CareCase.merged_into_id).is_(None)


def get_case(session: Session, case_id: int, *, lock: bool = False) -> CareCase:
    """Read one case; ``lock`` makes others wait until this transaction ends."""
    row = session.get(CareCase, case_id)
    if row is None:
        raise NotFoundError("There is no case number {number}", number=case_id)
    if lock:
        session.refresh(row, with_for_update=True)
    return row


def standing_case_of(session: Session, account_id: int, *, is_private: bool) -> CareCase | None:
    """Find the newest case of the same person, by any of their accounts, that is not solved."""
    person = select(Account.person_id).where(Account.id == account_id).scalar_subquery()
    same = select(Account.id).where(
        or_(col(Account.id) == account_id, and_(col(Account.person_id) == person, person.is_not(None)))
    )
    query = (
        select(CareCase)
        .where(
            col(CareCase.account_id).in_(same),
            col(CareCase.status).in_(STANDING),
            col(CareCase.is_private).is_(is_private),
            _NOT_MERGED,
        )
        .order_by(col(CareCase.opened_at).desc(), col(CareCase.id).desc())
    )
    return session.exec(query).first()


def standing_case_by_contact(session: Session, contact: str, *, is_private: bool) -> CareCase | None:
    """Find the newest case with the same e-mail or telephone that is not solved."""
    query = (
        select(CareCase)
        .where(
            func.lower(col(CareCase.contact)) == contact.lower(),
            col(CareCase.status).in_(STANDING),
            col(CareCase.is_private).is_(is_private),
            _NOT_MERGED,
        )
        .order_by(col(CareCase.opened_at).desc(), col(CareCase.id).desc())
    )
    return session.exec(query).first()


def case_of_post(session: Session, mention_id: int) -> int | None:
    """Find the case that holds a post of a customer."""
    query = select(CareEvent.case_id).where(
        CareEvent.mention_id == mention_id, CareEvent.kind == CaseEventKind.ASKED
    )
    return session.exec(query).first()


def campaign_of_post(session: Session, mention_id: int) -> int | None:
    """Number the campaign a post belongs to; None where it is none, or several."""
    query = select(MentionCampaign.campaign_id).where(
        col(MentionCampaign.mention_id) == mention_id, col(MentionCampaign.verdict) == Verdict.MATCHED
    )
    found = session.exec(query).all()
    return found[0] if len(found) == 1 else None


def queue(session: Session, wanted: CaseFilter, now: datetime) -> Sequence[tuple[CareCase, str | None]]:
    """List cases, what is due first at the head and what is not due at the end, with whose they are."""
    name = func.coalesce(Person.name, Account.display_handle, Account.handle)
    query = (
        select(CareCase, name)
        .outerjoin(Account, col(Account.id) == col(CareCase.account_id))
        .outerjoin(Person, col(Person.id) == col(Account.person_id))
        .where(*_wanted(wanted, now))
    )
    if wanted.after is not None:
        query = query.where(_behind(get_case(session, wanted.after)))
    return session.exec(query.order_by(*_order()).limit(wanted.limit)).all()


def cases_since(session: Session, since: datetime, campaign_id: int | None = None) -> list[CaseTraits]:
    """List the cases to which something happened since a moment, or that are not solved."""
    lately = select(CareEvent.case_id).where(col(CareEvent.happened_at) >= since)
    query = columns(
        col(CareCase.id),
        col(CareCase.kind),
        col(CareCase.priority),
        col(CareCase.channel),
        col(CareCase.owner),
        col(CareCase.opened_at),
    ).where(_NOT_MERGED, or_(col(CareCase.status).in_(STANDING), col(CareCase.id).in_(lately)))
    if campaign_id is not None:
        query = query.where(col(CareCase.campaign_id) == campaign_id)
    return [CaseTraits(*row) for row in session.execute(query.order_by(col(CareCase.id)))]


def _order() -> tuple[Any, ...]:
    undue = case((col(CareCase.due_at).is_(None), 1), else_=0)
    return undue, col(CareCase.due_at), col(CareCase.opened_at), col(CareCase.id)


def _behind(last: CareCase) -> ColumnElement[bool]:
    """What comes after a case in the queue."""
    later = or_(
        col(CareCase.opened_at) > last.opened_at,
        and_(col(CareCase.opened_at) == last.opened_at, col(CareCase.id) > (last.id or 0)),
    )
    if last.due_at is None:
        return and_(col(CareCase.due_at).is_(None), later)
    return or_(
        col(CareCase.due_at).is_(None),
        col(CareCase.due_at) > last.due_at,
        and_(col(CareCase.due_at) == last.due_at, later),
    )


def count_queue(session: Session, wanted: CaseFilter, now: datetime) -> tuple[int, int, int]:
    """Count the cases asked for, of them the late ones and those nobody owns."""
    late = func.coalesce(func.sum(case((col(CareCase.due_at) < now, 1), else_=0)), 0)
    unowned = func.coalesce(func.sum(case((col(CareCase.owner) == "", 1), else_=0)), 0)
    query = columns(func.count(), late, unowned).select_from(CareCase)
    query = query.outerjoin(Account, col(Account.id) == col(CareCase.account_id))
    query = query.outerjoin(Person, col(Person.id) == col(Account.person_id))
    total, are_late, are_unowned = session.execute(query.where(*_wanted(wanted, now))).one()
    return int(total), int(are_late), int(are_unowned)


def _wanted(wanted: CaseFilter, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_NOT_MERGED]
    for column, values in (
        (CareCase.status, wanted.statuses),
        (CareCase.kind, wanted.kinds),
        (CareCase.priority, wanted.priorities),
        (CareCase.channel, wanted.channels),
    ):
        if values:
            conditions.append(col(column).in_(list(values)))
    if wanted.owner is not None:
        conditions.append(func.lower(col(CareCase.owner)) == wanted.owner.lower())
    if wanted.campaign_id is not None:
        conditions.append(col(CareCase.campaign_id) == wanted.campaign_id)
    if wanted.late:
        conditions.append(col(CareCase.due_at) < now)
    if words := wanted.search.strip():
        named = [
            col(column).icontains(words, autoescape=True)
            for column in (CareCase.subject, CareCase.customer, Account.handle, Person.name)
        ]
        conditions.append(or_(*named))
    return conditions


def standing(session: Session) -> Sequence[CareCase]:
    """Read the cases that are not solved."""
    query = select(CareCase).where(col(CareCase.status).in_(STANDING), _NOT_MERGED)
    return session.exec(query.order_by(col(CareCase.id))).all()


def merged_into(session: Session, case_id: int) -> tuple[int, ...]:
    """Number the cases that were merged into one."""
    query = select(CareCase.id).where(CareCase.merged_into_id == case_id).order_by(col(CareCase.id))
    return tuple(number or 0 for number in session.exec(query))


def customer_name(session: Session, row: CareCase) -> tuple[str, str]:
    """Name the customer of a case, and their account as ``platform:handle``."""
    account = session.get(Account, row.account_id) if row.account_id else None
    if account is None or account.erased_at is not None:
        return row.customer, ""
    person = session.get(Person, account.person_id) if account.person_id else None
    name = (person.name if person else None) or row.customer or account.display_handle or account.handle
    return name, f"{account.platform}:{account.handle}"


def forget_customer(session: Session, account_ids: Collection[int]) -> None:
    """Empty what cases hold of somebody erased: their name, how they are reached, and what they said."""
    for ids in chunks(account_ids):
        theirs = select(CareCase.id).where(col(CareCase.account_id).in_(ids)).scalar_subquery()
        said = update(CareEvent).where(col(CareEvent.case_id).in_(theirs))
        session.execute(said.values(text=""), execution_options=_PLAIN)
        blank = {"customer": "", "contact": "", "subject": "", "satisfaction_note": ""}
        mine = update(CareCase).where(col(CareCase.account_id).in_(ids)).values(**blank)
        session.execute(mine, execution_options=_PLAIN)


def first_texts(session: Session, case_ids: Collection[int]) -> dict[int, str]:
    """Read what the customer of each case said first."""
    found: dict[int, str] = {}
    for ids in chunks(case_ids):
        first = aliased(CareEvent)
        number = (
            select(func.min(first.id))
            .where(first.case_id == CareEvent.case_id, first.kind == CaseEventKind.ASKED)
            .scalar_subquery()
        )
        query = (
            select(CareEvent.case_id, CareEvent.text, Mention.text)
            .outerjoin(Mention, col(Mention.id) == col(CareEvent.mention_id))
            .where(col(CareEvent.case_id).in_(ids), col(CareEvent.id) == number)
        )
        found |= {key: typed or posted or "" for key, typed, posted in session.exec(query)}
    return found
