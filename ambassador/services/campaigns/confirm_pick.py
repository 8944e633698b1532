"""Confirm a pick: its people become ambassadors, the next best a ranked reserve list."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from ambassador.errors import BadInputError, NotFoundError
from ambassador.services.campaigns.invite import own_code
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import ambassadors as store
from ambassador.store.campaigns.ambassadors import INVITED, RESERVE, Place
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.people.people import get_person, person_of
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.people import Account
from ambassador.store.tables.records import Pick
from ambassador.values.campaigns.ambassadors import ConfirmedPick
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money
from ambassador.values.status import Deal


def confirm_pick(
    work: UnitOfWork,
    pick_id: int,
    deal: DealDraft | None = None,
    *,
    reserve: int = 10,
    campaign_id: int | None = None,
) -> ConfirmedPick:
    """Invite the people of a pick and keep the next best in reserve; run twice, it does nothing more.

    The deal is the same for all; a code in it is the stem of everybody's own (``BREZZA`` -> ``BREZZA07``).
    """
    with work.writing() as session:
        pick = _get_pick(session, pick_id)
        wanted = campaign_id or pick.campaign_id
        if wanted is None:
            raise BadInputError("Pick {number} belongs to no campaign yet: say which", number=pick_id)
        campaign = get_campaign(session, wanted, lock=True)
        return enter_pick(work, session, campaign, pick_id, deal or DealDraft(), reserve=reserve)


def enter_pick(
    work: UnitOfWork, session: Session, campaign: Campaign, pick_id: int, deal: DealDraft, *, reserve: int
) -> ConfirmedPick:
    """Confirm a pick within a transaction that holds the campaign."""
    pick = _get_pick(session, pick_id)
    entry = _Confirmation(work, session, campaign, pick, deal)
    for found in pick.result.get("picks", ()):
        entry.invite(found)
    for found in tuple(pick.result.get("reserve", ()))[:reserve]:
        entry.keep_in_reserve(found)
    return entry.report()


class _Confirmation:
    """One confirmation under way."""

    def __init__(
        self, work: UnitOfWork, session: Session, campaign: Campaign, pick: Pick, deal: DealDraft
    ) -> None:
        self._session, self._campaign, self._pick, self._deal = session, campaign, pick, deal
        self._at, self._actor = work.now(), work.actor
        self._known = store.ambassadors_of(session, campaign.id or 0)
        self._rank = store.last_reserve_rank(session, campaign.id or 0)
        self._invited: list[int] = []
        self._already: list[int] = []
        self._people_made = 0

    def invite(self, found: Mapping[str, Any]) -> None:
        """Invite somebody new or from the reserve; whatever stands with others already stays."""
        person_id = self._person_id(found)
        known = self._known.get(person_id)
        if known is None:
            self._invited.append(self._add(person_id, found, Place(INVITED, self._pick.id)))
        elif known.status is RESERVE:
            store.change_ambassador(self._session, known, INVITED, at=self._at, actor=self._actor)
            self._invited.append(known.id or 0)
        else:
            self._already.append(known.id or 0)

    def keep_in_reserve(self, found: Mapping[str, Any]) -> None:
        """Put somebody at the end of the reserve list unless they are in the campaign already."""
        person_id = self._person_id(found)
        if person_id not in self._known:
            self._rank += 1
            self._add(person_id, found, Place(RESERVE, self._pick.id, self._rank))

    def report(self) -> ConfirmedPick:
        """Tell what was done."""
        campaign_id = self._campaign.id or 0
        waiting = tuple(row.id or 0 for row in store.reserve_list(self._session, campaign_id))
        return ConfirmedPick(
            campaign_id, tuple(self._invited), tuple(self._already), waiting, self._people_made
        )

    def _add(self, person_id: int, found: Mapping[str, Any], place: Place) -> int:
        code = own_code(self._deal.code, len(self._known))
        deal = replace(self._deal, fee=self._fee(person_id, found), code=code)
        ambassador: Ambassador = store.add_ambassador(
            self._session, self._campaign, person_id, deal, place, at=self._at, actor=self._actor
        )
        self._known[person_id] = ambassador
        return ambassador.id or 0

    def _fee(self, person_id: int, found: Mapping[str, Any]) -> Money | None:
        """Return the fee said for all; where people are paid, else the pick's, else the person's own."""
        if self._deal.fee or self._deal.deal is not Deal.PAID:
            return self._deal.fee
        if found.get("fee_minor") is not None:
            return Money(found["fee_minor"], found.get("currency") or self._campaign.currency)
        person = get_person(self._session, person_id)
        if person.fee_minor is None:
            return None
        return Money(person.fee_minor, person.fee_currency or self._campaign.currency)

    def _person_id(self, found: Mapping[str, Any]) -> int:
        """Follow the account to whoever it belongs to today, making a person where there is none."""
        account = self._session.get(Account, found["account_id"]) if found.get("account_id") else None
        if account is None:
            return get_person(self._session, found["person_id"]).id or 0
        self._people_made += account.person_id is None
        return person_of(self._session, account, at=self._at).id or 0


def _get_pick(session: Session, pick_id: int) -> Pick:
    pick = session.get(Pick, pick_id)
    if pick is None:
        raise NotFoundError("There is no pick number {number}", number=pick_id)
    return pick
