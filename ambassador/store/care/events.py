"""What happened to cases, in its order; links between two."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, or_, select

from ambassador.errors import NotFoundError
from ambassador.store.bulk import chunks
from ambassador.store.tables.care import CareCase, CareEvent, CareLink
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.care.states import CaseEventKind


class Happened(NamedTuple):
    """When something happened to a case, and what."""

    at: datetime
    kind: CaseEventKind


class Stamp(NamedTuple):
    """When something happened, who wrote it down, and when they did."""

    at: datetime
    actor: str
    noted_at: datetime


class CasePost(NamedTuple):
    """A post of a customer that a case holds."""

    case_id: int
    mention_id: int
    account_id: int


def add_event(
    session: Session,
    case_id: int,
    kind: CaseEventKind,
    stamp: Stamp,
    *,
    text: str = "",
    mention_id: int | None = None,
    other_case_id: int | None = None,
    minutes: int | None = None,
) -> CareEvent:
    """Write down that something happened to a case."""
    row = CareEvent(
        case_id=case_id,
        kind=kind,
        happened_at=stamp.at,
        text=text,
        mention_id=mention_id,
        other_case_id=other_case_id,
        actor=stamp.actor,
        created_at=stamp.noted_at,
        minutes=minutes,
    )
    session.add(row)
    session.flush()
    return row


def events_of(session: Session, case_id: int) -> Sequence[tuple[CareEvent, Mention | None]]:
    """Read what happened to a case, each with the post it points at."""
    query = (
        select(CareEvent, Mention)
        .outerjoin(Mention, col(Mention.id) == col(CareEvent.mention_id))
        .where(CareEvent.case_id == case_id)
        .order_by(col(CareEvent.happened_at), col(CareEvent.id))
    )
    return session.exec(query).all()


def get_events(session: Session, case_id: int, numbers: Collection[int]) -> list[CareEvent]:
    """Read some entries of a case; one that is not there is told."""
    query = select(CareEvent).where(CareEvent.case_id == case_id, col(CareEvent.id).in_(numbers))
    found = {row.id or 0: row for row in session.exec(query.order_by(col(CareEvent.id)))}
    for number in numbers:
        if number not in found:
            raise NotFoundError("Case {case} has no entry {number}", case=case_id, number=number)
    return list(found.values())


def happened(session: Session, case_ids: Collection[int]) -> Mapping[int, Sequence[Happened]]:
    """Read when what happened to each of some cases, in its order."""
    found: dict[int, list[Happened]] = defaultdict(list)
    for ids in chunks(case_ids):
        query = (
            columns(col(CareEvent.case_id), col(CareEvent.happened_at), col(CareEvent.kind))
            .where(col(CareEvent.case_id).in_(ids))
            .order_by(col(CareEvent.happened_at), col(CareEvent.id))
        )
        for case_id, at, kind in session.execute(query):
            found[case_id].append(Happened(at, kind))
    return found


class Said(NamedTuple):
    """What a customer said that is no post, and whose words they were."""

    text: str
    at: datetime
    who: int | None
    """The person of the account, or less than 0 and the account's own; None where there is no account."""
    contact: str
    customer: str


def said_by_customers(session: Session, since: datetime) -> list[Said]:
    """Read what customers said by message, call or e-mail since a moment, in whichever case it stands now."""
    first_case = func.coalesce(col(CareEvent.from_case_id), col(CareEvent.case_id))
    query = (
        columns(
            col(CareEvent.text),
            col(CareEvent.happened_at),
            func.coalesce(col(Account.person_id), -col(Account.id)),
            col(CareCase.contact),
            col(CareCase.customer),
        )
        .join(CareCase, col(CareCase.id) == first_case)
        .outerjoin(Account, col(Account.id) == col(CareCase.account_id))
        .where(
            col(CareEvent.kind) == CaseEventKind.ASKED,
            col(CareEvent.mention_id).is_(None),
            col(CareEvent.happened_at) >= since,
        )
    )
    return [Said(*row) for row in session.execute(query)]


def posts_of_cases(session: Session, case_ids: Collection[int] | None = None) -> list[CasePost]:
    """Read the posts of customers that cases hold: of some, or of all that may still be answered."""
    query = (
        columns(col(CareEvent.case_id), col(CareEvent.mention_id), col(Mention.account_id))
        .join(Mention, col(Mention.id) == col(CareEvent.mention_id))
        .join(CareCase, col(CareCase.id) == col(CareEvent.case_id))
        .where(col(CareEvent.kind) == CaseEventKind.ASKED, col(CareCase.merged_into_id).is_(None))
        .order_by(col(CareEvent.id))
    )
    if case_ids is None:
        return [CasePost(*row) for row in session.execute(query)]
    found: list[CasePost] = []
    for ids in chunks(case_ids):
        found += [CasePost(*row) for row in session.execute(query.where(col(CareEvent.case_id).in_(ids)))]
    return found


def has_posts(session: Session) -> bool:
    """Whether any case holds a post at all."""
    return (
        session.exec(select(CareEvent.id).where(col(CareEvent.mention_id).is_not(None))).first() is not None
    )


def noted_posts(session: Session, mention_ids: Collection[int]) -> set[tuple[int, int]]:
    """Tell which posts stand in which cases: ``(case, post)``."""
    found: set[tuple[int, int]] = set()
    for ids in chunks(mention_ids):
        query = columns(col(CareEvent.case_id), col(CareEvent.mention_id))
        rows = session.execute(query.where(col(CareEvent.mention_id).in_(ids)))
        found |= {(case_id, post) for case_id, post in rows}
    return found


def move_events(session: Session, from_case: int, to_case: int, events: Sequence[CareEvent]) -> None:
    """Let entries belong to another case; a post that stands there already stays where it is."""
    there = {post for case_id, post in noted_posts(session, _posts(events)) if case_id == to_case}
    for row in events:
        if row.mention_id is None or row.mention_id not in there:
            row.case_id, row.from_case_id = to_case, row.from_case_id or from_case
    session.flush()


def _posts(events: Sequence[CareEvent]) -> set[int]:
    return {row.mention_id for row in events if row.mention_id is not None}


def link(session: Session, one: int, other: int, *, at: datetime, actor: str) -> bool:
    """Link two cases; say whether they were not linked before."""
    first, second = sorted((one, other))
    same = select(CareLink).where(CareLink.case_id == first, CareLink.other_case_id == second)
    if session.exec(same).first() is not None:
        return False
    session.add(CareLink(case_id=first, other_case_id=second, actor=actor, created_at=at))
    session.flush()
    return True


def linked(session: Session, case_id: int) -> tuple[int, ...]:
    """Number the cases one is linked to."""
    query = select(CareLink).where(or_(CareLink.case_id == case_id, CareLink.other_case_id == case_id))
    found = {row.other_case_id if row.case_id == case_id else row.case_id for row in session.exec(query)}
    return tuple(sorted(found))
