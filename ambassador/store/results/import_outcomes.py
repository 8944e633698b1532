"""Fates of a file: each row has a token made of what it says, so that it is logged once."""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.i18n import mark
from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.campaigns.campaigns import get_campaign
from ambassador.store.results.outcomes import find_by_code
from ambassador.store.tables.campaigns import Ambassador, Campaign
from ambassador.store.tables.people import Account
from ambassador.store.tables.records import Outcome
from ambassador.values.days import day_in
from ambassador.values.drafts import OutcomeDraft
from ambassador.values.imports.arrivals import Arrival, Fate, Fates
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.money import Money
from ambassador.values.status import CampaignStatus

_BETWEEN_CODES = re.compile(r"[,;|+/?&=#\s]+")
"""What stands between the codes of one order, and around the code in a link."""


def put_outcomes(session: Session, drafts: Sequence[OutcomeDraft], arrival: Arrival) -> Fates:
    """Write outcomes; a later file with the same rows brings their quantities and values up to date."""
    told = Fates()
    owners = _Owners(session, arrival.campaign_id)
    taken = [owners.with_own_code(draft) for draft in drafts if _is_taken_back(draft)]
    drafts = [draft for draft in drafts if not _is_taken_back(draft)]
    usable = _usable(_of_campaigns(drafts, owners, told), owners, arrival, told)
    usable += _taken_off(session, taken, owners, told)
    known = _known(session, [token for _, _, token in usable])
    new = []
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    for draft, campaign_id, token in usable:
        row = _row(draft, campaign_id, owners.of(campaign_id, draft), token, arrival)
        old = known.get(token)
        if old is None:
            new.append(row)
            told.note_fate(draft.row, Fate.ADDED)
            continue
        names = ("quantity", "value_minor", "currency")
        change = {name: row[name] for name in names if row[name] is not None and row[name] != old[name]}
        told.note_fate(draft.row, Fate.UPDATED if change else Fate.DUPLICATE)
        _tell_kept(draft, old, told)
        if change:
            _tell_changed(draft, old, told)
            changes[old["id"]], before[old["id"]] = change, {name: old[name] for name in change}
    insert_rows(session, Outcome, new)
    change_rows(session, Outcome, changes, before, arrival.batch_id)
    return told


def _tell_changed(draft: OutcomeDraft, old: Mapping[str, Any], told: Fates) -> None:
    """Tell what a later file says differently about an outcome known already."""
    what = draft.order_id or draft.code or draft.handle or draft.note
    if draft.quantity is not None and old["quantity"] not in (None, draft.quantity):
        told.changed(draft.line, what, mark("How many"), old["quantity"], draft.quantity)
    if draft.value is not None and old["value_minor"] is not None:
        known = Money(old["value_minor"], old["currency"])
        if known != draft.value:
            told.changed(draft.line, what, mark("Value"), known, draft.value)


def _tell_kept(draft: OutcomeDraft, old: Mapping[str, Any], told: Fates) -> None:
    """Tell what a later file says of an order that has another code, or another day, here: these stay."""
    said = ((mark("Code"), draft.code, old["code"]), (mark("When"), draft.happened_on, old["happened_on"]))
    for name, value, known in said:
        if draft.order_id and value and known and str(value).lower() != str(known).lower():
            told.changed(draft.line, draft.order_id, name, known, value, is_taken=False)


def _is_taken_back(draft: OutcomeDraft) -> bool:
    return draft.quantity == 0 and bool(draft.order_id)


def _taken_off(
    session: Session, drafts: Sequence[OutcomeDraft], owners: "_Owners", told: Fates
) -> list[tuple[OutcomeDraft, int, str]]:
    """Keep of the orders taken back those that are here from an earlier file."""
    found = [
        (draft, campaign_id, _token(_about(draft, campaign_id), 1))
        for draft in drafts
        if (campaign_id := owners.campaign_of(draft)) is not None
    ]
    known = _known(session, [token for _, _, token in found])
    kept = [one for one in found if one[2] in known]
    told.recalled = sum(not (draft.value and draft.value.minor < 0) for draft, _, _ in kept)
    if kept:
        text = mark("orders taken off, which were refunded or cancelled since they came in: {count}")
        told.notes.append(Note(text, {"count": len(kept)}))
    return kept


def _token(about: str, times: int) -> str:
    return "file-" + hashlib.sha256(f"{about}\n{times}".encode()).hexdigest()[:40]


class _Owners:
    """Whose outcome a row is: by the code, else by the handle."""

    def __init__(self, session: Session, campaign_id: int | None) -> None:
        self.session = session
        self.campaign_id = campaign_id
        self._codes: dict[str, set[int]] = {}
        """Which campaigns gave out a code."""
        for code, campaign in session.exec(
            select(func.lower(Ambassador.code), Ambassador.campaign_id).where(Ambassador.code != "")
        ):
            self._codes.setdefault(code, set()).add(campaign)
        self.takes_any_code = campaign_id is not None and campaign_id not in set().union(
            *self._codes.values()
        )
        """Whether a campaign was told that gave out no codes yet: no code says an order is not its own."""
        live = select(Campaign.id).where(
            col(Campaign.archived_at).is_(None), col(Campaign.status) != CampaignStatus.DRAFT
        )
        self._live = {number for number in session.exec(live) if number is not None}
        self._found: dict[tuple[int, str, str], int | None] = {}
        self._zones: dict[int, str] = {}

    def day_there(self, campaign_id: int, at: datetime) -> date:
        """The day it is in a campaign's own zone."""
        if campaign_id not in self._zones:
            self._zones[campaign_id] = get_campaign(self.session, campaign_id).time_zone
        return day_in(self._zones[campaign_id], at)

    def campaign_of(self, draft: OutcomeDraft) -> int | None:
        """The campaign told, else the only one that gave out the code, else the only one there is."""
        if self.campaign_id is not None:
            return self.campaign_id
        for found in (self._codes.get(draft.code.lower(), set()), self._live):
            if len(found) == 1:
                return next(iter(found))
        return None

    def know_code(self, code: str) -> bool:
        """Whether any campaign gave out this code."""
        return code.lower() in self._codes

    def with_own_code(self, draft: OutcomeDraft) -> OutcomeDraft:
        """Keep of several codes on one order the first that a campaign gave out."""
        if not draft.code or self.know_code(draft.code):
            return draft
        parts = [part.strip() for part in _BETWEEN_CODES.split(draft.code)]
        known = next((part for part in parts if self.know_code(part)), "")
        return replace(draft, code=known) if known else draft

    def of(self, campaign_id: int, draft: OutcomeDraft) -> int | None:
        """The ambassador, None where the row is nobody's we know."""
        key = (campaign_id, draft.code.lower(), draft.handle)
        if key not in self._found:
            self._found[key] = self._look(campaign_id, draft)
        return self._found[key]

    def _look(self, campaign_id: int, draft: OutcomeDraft) -> int | None:
        owner = (
            find_by_code(self.session, campaign_id, draft.code)
            if self.know_code(draft.code.strip())
            else None
        )
        if owner is not None or not draft.handle:
            return owner
        query = (
            select(Ambassador.id)
            .join(Account, col(Account.person_id) == col(Ambassador.person_id))
            .where(Ambassador.campaign_id == campaign_id, Account.handle == draft.handle)
        )
        found = set(self.session.exec(query))
        return found.pop() if len(found) == 1 else None


def _of_campaigns(drafts: Sequence[OutcomeDraft], owners: _Owners, told: Fates) -> Sequence[OutcomeDraft]:
    """Leave a shop's other orders out: only those with a code of a campaign, or an ambassador's, count."""
    kept, nobodys = [], 0
    for one in drafts:
        draft = owners.with_own_code(one)
        stranger = bool(draft.order_id) and not draft.handle and not owners.know_code(draft.code)
        if stranger and not (draft.code and owners.takes_any_code):
            told.left_out.add(draft.row)
        else:
            kept.append(draft)
            nobodys += stranger
    if nobodys:
        text = mark("orders whose code nobody in the campaign carries yet, counted for the campaign: {count}")
        told.notes.append(Note(text, {"count": nobodys}))
    if told.left_out:
        text = mark("orders without a code of a campaign, left out: {count}")
        told.notes.append(Note(text, {"count": len(told.left_out)}))
    return kept


def _usable(
    drafts: Sequence[OutcomeDraft], owners: _Owners, arrival: Arrival, told: Fates
) -> list[tuple[OutcomeDraft, int, str]]:
    usable = []
    seen: Counter[str] = Counter()
    for draft in drafts:
        campaign_id = owners.campaign_of(draft)
        if campaign_id is None:
            reason = mark(
                "say which campaign this belongs to: the code is nobody's, or several campaigns know it"
            )
            told.refuse(RejectedRow(draft.line, "", draft.code, reason, place=draft.place))
        elif draft.happened_on and draft.happened_on > owners.day_there(campaign_id, arrival.at):
            reason = mark("{value} has not come yet: an outcome is something that happened")
            day = draft.happened_on.isoformat()
            told.refuse(RejectedRow(draft.line, "", day, reason, {"value": day}, place=draft.place))
        else:
            about = _about(draft, campaign_id)
            seen[about] += 1
            usable.append((draft, campaign_id, _token(about, seen[about])))
    return usable


def _about(draft: OutcomeDraft, campaign_id: int) -> str:
    """What tells this outcome from others; quantity and value may change later."""
    if draft.order_id:
        is_refund = draft.quantity == -1 and draft.value is not None and draft.value.minor < 0
        refund = (f"refund {draft.value.minor}",) if is_refund and draft.value else ()
        return "\n".join((str(campaign_id), draft.kind, "order", draft.order_id, *refund))
    day: date | str = draft.happened_on or ""
    return "\n".join(map(str, (campaign_id, draft.kind, draft.code.lower(), draft.handle, day, draft.note)))


def _known(session: Session, tokens: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = {}
    for some in chunks(tokens):
        for row in session.exec(select(Outcome).where(col(Outcome.token).in_(some))):
            found[row.token] = row.model_dump()
    return found


def _row(
    draft: OutcomeDraft, campaign_id: int, owner: int | None, token: str, arrival: Arrival
) -> dict[str, Any]:
    return {
        "campaign_id": campaign_id,
        "ambassador_id": owner,
        "kind": draft.kind,
        "code": draft.code,
        "quantity": draft.quantity,
        "value_minor": draft.value.minor if draft.value else None,
        "currency": draft.value.currency if draft.value else "EUR",
        "happened_on": draft.happened_on,
        "note": draft.note,
        "token": token,
        "actor": arrival.actor,
        "batch_id": arrival.batch_id,
        "created_at": arrival.at,
    }
