"""Whom to call today: silent ambassadors, overdue phones, unsigned agreements, and what is stuck."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.ambassadors import people_who_posted
from ambassador.store.campaigns.campaigns import get_campaign, list_campaigns
from ambassador.store.campaigns.contacts import contacts_of
from ambassador.store.devices.stock import custody_views
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.ambassadors import AmbassadorRow, ChaseItem, ChaseReason
from ambassador.values.days import day_in
from ambassador.values.devices import CustodyView
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Deal, DeviceStatus

UNANSWERED_DAYS: Final = 3
ON_THE_WAY_DAYS: Final = 7
_S = AmbassadorStatus
_OUT = frozenset({DeviceStatus.SHIPPED, DeviceStatus.DELIVERED})


def chase_list(work: UnitOfWork, campaign_id: int | None = None) -> tuple[ChaseItem, ...]:
    """List what is late, the latest first; of one campaign, else of all that are not put away.

    Examples
    --------
    >>> [(item.reason.value, item.values["name"], item.days) for item in chase_list(work, campaign)][-2:]
    [('unsigned', 'Zoe Marin', 22), ('on_the_way', 'Zoe Marin', 12)]
    """
    with work.reading() as session:
        campaigns = [get_campaign(session, campaign_id)] if campaign_id else list_campaigns(session)
        found = [item for one in campaigns for item in _of_campaign(session, one, work.now())]
        known = contacts_of(session, {item.ambassador_id for item in found if item.ambassador_id})
        found = [replace(item, contact=known.get(item.ambassador_id or 0)) for item in found]
    return tuple(sorted(found, key=lambda item: -item.days))


@dataclass(frozen=True, slots=True)
class _Scene:
    campaign: Campaign
    today: date
    posted: frozenset[int]
    """Ambassadors from whom a post is known."""
    answered: Mapping[int, datetime | None]
    """When each ambassador last said something."""

    def days_since(self, at: datetime) -> int:
        """Count days as people do: from one date of the campaign's zone to another, whatever the hours."""
        return (self.today - day_in(self.campaign.time_zone, at)).days


def _of_campaign(session: Session, campaign: Campaign, now: datetime) -> Iterator[ChaseItem]:
    number = campaign.id or 0
    today = day_in(campaign.time_zone, now)
    rows = ambassador_rows(session, number)
    left = {row.id: row.answered_at for row in rows}
    scene = _Scene(campaign, today, people_who_posted(session, number), left)
    for custody in custody_views(session, campaign_id=number, only_open=True):
        yield from _phone_items(scene, custody)
    if campaign.status is CampaignStatus.CLOSED:
        return
    for row in rows:
        yield from _talk_items(scene, row)


def _phone_items(scene: _Scene, custody: CustodyView) -> Iterator[ChaseItem]:
    out = custody.device_status in _OUT
    if out and custody.due_back and custody.due_back < scene.today:
        days = (scene.today - custody.due_back).days
        text = mark("{name} has not sent back {reference}: it was due {days} days ago")
        if days == 1:
            text = mark("{name} has not sent back {reference}: it was due yesterday")
        yield _phone(scene, ChaseReason.OVERDUE, text, custody, days)
    elif out and _has_left(custody):
        text = mark("{name} is out of the campaign and still has {reference}")
        yield _phone(scene, ChaseReason.LEFT_WITH_PHONE, text, custody, _days_since_left(scene, custody))
    if custody.device_status is DeviceStatus.SHIPPED and custody.shipped_at:
        days = scene.days_since(custody.shipped_at)
        if days >= ON_THE_WAY_DAYS:
            text = mark("{reference} for {name} has been on its way for {days} days")
            yield _phone(scene, ChaseReason.ON_THE_WAY, text, custody, days)


def _days_since_left(scene: _Scene, custody: CustodyView) -> int:
    """Count since when the phone could be back: none while the day it is due has not come."""
    at = scene.answered.get(custody.ambassador_id)
    return 0 if custody.due_back or at is None else scene.days_since(at)


def _has_left(custody: CustodyView) -> bool:
    """Check whether somebody is out: done counts only for a loan, a gift is theirs."""
    out = custody.ambassador_status in {_S.DECLINED, _S.REPLACED}
    return out or (custody.ambassador_status is _S.DONE and custody.deal is Deal.LOAN)


def _talk_items(scene: _Scene, row: AmbassadorRow) -> Iterator[ChaseItem]:
    silent = _days_silent(scene, row)
    if silent is not None:
        text = mark("{name} has had the phone for {days} days and has said nothing")
        if _was_bound(row):
            text = mark("{name} has been free to post for {days} days and has said nothing")
        yield _talk(scene, ChaseReason.SILENT, text, row, silent)
    if row.status is _S.INVITED and row.invited_at:
        days = scene.days_since(row.invited_at)
        if days >= UNANSWERED_DAYS:
            text = mark("{name} has not answered the invitation for {days} days")
            yield _talk(scene, ChaseReason.UNANSWERED, text, row, days)
    if row.status is _S.ACCEPTED and row.agreement_signed_on is None and row.answered_at:
        days = scene.days_since(row.answered_at)
        text = mark("{name} accepted {days} days ago and has not signed the agreement")
        if days <= 1:
            text = mark("{name} has accepted and not signed the agreement yet")
        yield _talk(scene, ChaseReason.UNSIGNED, text, row, days)
    if silent is None:
        yield from _promised(scene, row)
    yield from _next_action(scene, row)


def _promised(scene: _Scene, row: AmbassadorRow) -> Iterator[ChaseItem]:
    """Tell of a post that was promised for a day that has passed."""
    if row.post_by is None or row.post_by >= scene.today or not _owes_a_post(scene, row):
        return
    days = (scene.today - row.post_by).days
    text = mark("{name} has not posted: it was promised for {days} days ago")
    if days == 1:
        text = mark("{name} has not posted: it was promised for yesterday")
    yield _talk(scene, ChaseReason.PROMISED, text, row, days)


def _next_action(scene: _Scene, row: AmbassadorRow) -> Iterator[ChaseItem]:
    if row.next_action and row.next_action_on and row.next_action_on <= scene.today:
        text = mark("{name}: {action}")
        yield _talk(scene, ChaseReason.NEXT_ACTION, text, row, (scene.today - row.next_action_on).days)


def _days_silent(scene: _Scene, row: AmbassadorRow) -> int | None:
    """Count the days since delivery of somebody who is in, may speak, and has not."""
    if row.status not in {_S.ACCEPTED, _S.SILENT} or row.id in scene.posted:
        return None
    if row.custody_id is None or row.delivered_at is None:
        return None
    free_to_speak = max(row.delivered_at, row.embargo_until or row.delivered_at)
    days = scene.days_since(free_to_speak)
    return days if days >= scene.campaign.silent_after_days else None


def _owes_a_post(scene: _Scene, row: AmbassadorRow) -> bool:
    """Check whether somebody who is in has not posted yet."""
    return row.status in {_S.ACCEPTED, _S.SILENT} and row.id not in scene.posted


def _was_bound(row: AmbassadorRow) -> bool:
    """Check whether an embargo kept somebody from speaking when the phone came."""
    return bool(row.delivered_at and row.embargo_until and row.embargo_until > row.delivered_at)


def _phone(scene: _Scene, reason: ChaseReason, text: str, custody: CustodyView, days: int) -> ChaseItem:
    return ChaseItem(
        reason=reason,
        text=text,
        page="devices",
        campaign_id=custody.campaign_id,
        campaign=scene.campaign.name,
        days=days,
        values={"name": custody.holder, "reference": custody.reference, "days": days},
        ambassador_id=custody.ambassador_id,
        device=custody.serial or custody.imei1 or f"#{custody.device_id}",
    )


def _talk(scene: _Scene, reason: ChaseReason, text: str, row: AmbassadorRow, days: int) -> ChaseItem:
    return ChaseItem(
        reason=reason,
        text=text,
        page="campaigns",
        campaign_id=row.campaign_id,
        campaign=scene.campaign.name,
        days=days,
        values={"name": row.label, "days": days, "action": row.next_action},
        ambassador_id=row.id,
    )
