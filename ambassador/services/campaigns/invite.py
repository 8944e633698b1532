"""Invite people: by hand from the list, or the next best when somebody drops out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import ambassadors as store
from ambassador.store.campaigns.ambassador_rows import rows_of
from ambassador.store.campaigns.ambassadors import INVITED, RESERVE, Place
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.people.people import get_people, get_person, person_of
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.people import Account
from ambassador.values.campaigns.ambassadors import NextCandidate
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, Deal

_LEFT = frozenset({AmbassadorStatus.DECLINED, AmbassadorStatus.SILENT, AmbassadorStatus.REPLACED})


def invite_people(
    work: UnitOfWork,
    campaign_id: int,
    person_ids: Sequence[int],
    deal: DealDraft | None = None,
    codes: Mapping[int, str] | None = None,
) -> tuple[int, ...]:
    """Invite people chosen by hand; those who are in already stay as they are. Gives the new ambassadors.

    ``codes`` holds the code of some people by their number; the others get theirs of the deal's stem.

    Examples
    --------
    >>> invite_people(work, campaign, [3, 4])
    (4,)
    """
    with work.writing() as session:
        campaign = get_campaign(session, campaign_id, lock=True)
        return enter_people(work, session, campaign, person_ids, deal or DealDraft(), codes or {})


def enter_people(
    work: UnitOfWork,
    session: Session,
    campaign: Campaign,
    person_ids: Sequence[int],
    deal: DealDraft,
    codes: Mapping[int, str] = MappingProxyType({}),
) -> tuple[int, ...]:
    """Invite people within a transaction that holds the campaign."""
    known = store.ambassadors_of(session, campaign.id or 0)
    new = [number for number in dict.fromkeys(person_ids) if number not in known]
    get_people(session, new)
    waiting = [known[number] for number in person_ids if number in known and known[number].status is RESERVE]
    for ambassador in waiting:
        store.change_ambassador(session, ambassador, INVITED, at=work.now(), actor=work.actor)
    _refuse_double_codes(known.values(), [codes[number] for number in new if number in codes])
    deals = [
        replace(deal, code=codes.get(number) or own_code(deal.code, place))
        for place, number in enumerate(new, len(known))
    ]
    made = [
        _add(work, session, campaign, number, own, Place()) for number, own in zip(new, deals, strict=True)
    ]
    return tuple(one.id or 0 for one in (*waiting, *made))


def _refuse_double_codes(known: Iterable[Ambassador], codes: Sequence[str]) -> None:
    """Refuse a code somebody has already: orders would count for two."""
    taken = {one.code for one in known}
    for code in codes:
        if code in taken:
            raise ConflictError("The code {code} is somebody else's in this campaign", code=code)
        taken.add(code)


def own_code(stem: str, place: int) -> str:
    """Make somebody's own code of the stem all share, so that orders can be told apart.

    >>> own_code("BREZZA", 0), own_code("", 0)
    ('BREZZA01', '')
    """
    return f"{stem}{place + 1:02d}" if stem else ""


def next_candidates(work: UnitOfWork, campaign_id: int, count: int = 5) -> tuple[NextCandidate, ...]:
    """List who could be invited next: the head of the reserve list.

    Examples
    --------
    >>> next_candidates(work, campaign)
    ()
    """
    with work.reading() as session:
        waiting = store.reserve_list(session, campaign_id)[:count]
        return tuple(
            NextCandidate(
                person_id=row.person_id,
                name=row.name,
                handle=row.handle,
                platform=row.platform,
                city=row.city,
                followers=row.followers,
                fee=row.fee,
                reserve_rank=row.reserve_rank,
                ambassador_id=row.id,
            )
            for row in rows_of(session, waiting)
        )


def invite_next(
    work: UnitOfWork,
    campaign_id: int,
    person_id: int | None = None,
    *,
    account_id: int | None = None,
    replaces_id: int | None = None,
) -> int:
    """Invite the next best, in the place and on the deal of somebody who dropped out; gives the ambassador.

    Without a person it is the first of the reserve list. Run twice for the same place it invites nobody more.

    Examples
    --------
    >>> invite_next(work, campaign, person_id=4, replaces_id=3)
    4
    """
    with work.writing() as session:
        campaign = get_campaign(session, campaign_id, lock=True)
        known = store.ambassadors_of(session, campaign_id)
        taken = [row for row in known.values() if replaces_id and row.replaces_id == replaces_id]
        if taken and taken[-1].status not in _LEFT:
            return taken[-1].id or 0
        wanted = _wanted(work, session, campaign_id, person_id, account_id)
        place = Place(replaces_id=_checked_place(session, campaign_id, replaces_id))
        return _call_up(work, session, campaign, known.get(wanted), wanted, place).id or 0


def _checked_place(session: Session, campaign_id: int, replaces_id: int | None) -> int | None:
    if replaces_id is None:
        return None
    if store.get_ambassador(session, replaces_id).campaign_id != campaign_id:
        raise BadInputError("Ambassador {number} is in another campaign", number=replaces_id)
    return replaces_id


def _wanted(
    work: UnitOfWork, session: Session, campaign_id: int, person_id: int | None, account_id: int | None
) -> int:
    """Return the person meant: by number, by account (who becomes a person), else the first in reserve."""
    if person_id is not None:
        return get_person(session, person_id).id or 0
    if account_id is not None:
        return person_of(session, session.get_one(Account, account_id), at=work.now()).id or 0
    waiting = store.reserve_list(session, campaign_id)
    if not waiting:
        raise NotFoundError("The reserve list is empty: pick more people")
    return waiting[0].person_id


def _call_up(
    work: UnitOfWork,
    session: Session,
    campaign: Campaign,
    found: Ambassador | None,
    person_id: int,
    place: Place,
) -> Ambassador:
    if found is None:
        return _add(work, session, campaign, person_id, _deal_like(session, place.replaces_id), place)
    if found.status is RESERVE:
        found.replaces_id = place.replaces_id
        store.change_ambassador(session, found, INVITED, at=work.now(), actor=work.actor)
    elif found.status is not INVITED:
        message = mark("This person is in the campaign already: {status}")
        raise ConflictError(message, status=found.status.value)
    return found


def _deal_like(session: Session, ambassador_id: int | None) -> DealDraft:
    """Return the deal of the one who dropped out; codes and fees are each person's own."""
    if ambassador_id is None:
        return DealDraft()
    left = store.get_ambassador(session, ambassador_id)
    return DealDraft(
        deal=left.deal,
        post_by=left.post_by,
        due_back=left.due_back,
        embargo_until=left.embargo_until,
        owner=left.owner,
    )


def _add(
    work: UnitOfWork, session: Session, campaign: Campaign, person_id: int, deal: DealDraft, place: Place
) -> Ambassador:
    person = get_person(session, person_id)
    if deal.deal is Deal.PAID and deal.fee is None and person.fee_minor is not None:
        deal = replace(deal, fee=Money(person.fee_minor, person.fee_currency or campaign.currency))
    return store.add_ambassador(session, campaign, person_id, deal, place, at=work.now(), actor=work.actor)
