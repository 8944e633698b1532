"""Campaigns as pages show them: cards, and one opened with its people and its time line."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.services.results.costs import cost_of, promised_fees, rules_of, total_cost
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import campaigns as store
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.devices.stock import custody_views
from ambassador.store.results.results import CustodyCost, custody_costs
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.campaigns.campaigns import (
    CampaignCard,
    CampaignDraft,
    CampaignView,
    MatchRuleView,
    Spending,
    TimelineEvent,
    TimelineEventKind,
)
from ambassador.values.days import day_in
from ambassador.values.devices import CustodyView
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus

_S = AmbassadorStatus
_SIGNING: Final = frozenset({_S.INVITED, _S.ACCEPTED, _S.SILENT, _S.DONE})


def list_campaigns(work: UnitOfWork, *, archived: bool = False) -> tuple[CampaignCard, ...]:
    """List the campaigns, the one that starts last first.

    Examples
    --------
    >>> [(card.name, card.status.value, card.by_status) for card in list_campaigns(work)]
    [('Q1 Launch', 'live', {<AmbassadorStatus.ACCEPTED: 'accepted'>: 3})]
    """
    with work.reading() as session:
        found = store.list_campaigns(session, archived=archived)
        return tuple(_card(session, one, ambassador_rows(session, one.id or 0), work.now()) for one in found)


def campaign_names(work: UnitOfWork) -> dict[int, str]:
    """Name the campaigns one can choose from, the one that starts last first.

    Examples
    --------
    >>> campaign_names(work)
    {1: 'Q1 Launch'}
    """
    with work.reading() as session:
        return {one.id or 0: one.name for one in store.list_campaigns(session)}


def zone_of_days(work: UnitOfWork, campaign_id: int | None = None) -> str:
    """Tell the zone days are told in: the campaign's, else the one all share; empty where they differ.

    Examples
    --------
    >>> zone_of_days(work)
    'Europe/Rome'
    """
    with work.reading() as session:
        return store.zone_of_days(session, campaign_id)


def find_campaign(work: UnitOfWork, name: str) -> int:
    """Return the number of the campaign with this name (or number).

    Examples
    --------
    >>> find_campaign(work, "Q1 Launch")
    1
    """
    with work.reading() as session:
        return store.find_campaign(session, name).id or 0


def open_campaign(work: UnitOfWork, campaign_id: int) -> CampaignView:
    """Open one campaign with its rule, its people and its time line.

    Examples
    --------
    >>> found = open_campaign(work, campaign)
    >>> found.card.spending.fees, found.today.isoformat()
    (Money(minor=63000, currency='EUR'), '2026-05-12')
    """
    with work.reading() as session:
        campaign = store.get_campaign(session, campaign_id)
        rows = ambassador_rows(session, campaign_id)
        custodies = custody_views(session, campaign_id=campaign_id)
        today = day_in(campaign.time_zone, work.now())
        return CampaignView(
            card=_card(session, campaign, rows, work.now()),
            notes=campaign.notes,
            silent_after_days=campaign.silent_after_days,
            rule=_rule_view(session, campaign_id),
            ambassadors=rows,
            moments=_moments(campaign, rows, custodies, today),
            today=today,
            forecasts=tuple(store.list_forecasts(session, campaign_id)),
        )


def campaign_draft(work: UnitOfWork, campaign_id: int) -> CampaignDraft:
    """Read a campaign as a form holds it.

    Examples
    --------
    >>> campaign_draft(work, campaign).name
    'Q1 Launch'
    """
    with work.reading() as session:
        return store.draft_of(session, store.get_campaign(session, campaign_id))


def _rule_view(session: Session, campaign_id: int) -> MatchRuleView | None:
    rule = store.newest_rule(session, campaign_id)
    return MatchRuleView(rule.version, store.rule_of(rule), rule.created_at, rule.actor) if rule else None


def _card(session: Session, campaign: Campaign, rows: Sequence[AmbassadorRow], now: datetime) -> CampaignCard:
    signing = [row for row in rows if row.status in _SIGNING]
    return CampaignCard(
        id=campaign.id or 0,
        name=campaign.name,
        product=campaign.product,
        status=campaign.status,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        time_zone=campaign.time_zone,
        currency=campaign.currency,
        embargo_until=campaign.embargo_until,
        spending=_spending(session, campaign, rows, now),
        by_status=dict(Counter(row.status for row in rows)),
        agreements_signed=sum(row.agreement_signed_on is not None for row in signing),
        agreements_wanted=len(signing),
        launch_forecast_id=campaign.launch_forecast_id,
        delivered_forecast_id=campaign.delivered_forecast_id,
        archived_at=campaign.archived_at,
        costs=store.costs_of(campaign),
    )


def _spending(session: Session, campaign: Campaign, rows: Sequence[AmbassadorRow], now: datetime) -> Spending:
    """Add up what was spent, as the results do, and what was promised to those who have not answered."""
    stays: dict[int, list[CustodyCost]] = defaultdict(list)
    for stay in custody_costs(session, [row.id for row in rows]):
        stays[stay.ambassador_id].append(stay)
    rules = rules_of(campaign, now)
    cost = total_cost((cost_of(row, stays[row.id], rules) for row in rows), campaign.currency)
    promised = promised_fees(rows, campaign.currency)
    return Spending(
        fees=cost.fees,
        phones=cost.goods,
        shipping=cost.shipping,
        other=cost.other,
        promised=promised.fees if promised else Money(0, campaign.currency),
        budget=None if campaign.budget_minor is None else Money(campaign.budget_minor, campaign.currency),
        unknown_fees=cost.unknown_fees,
        unknown_costs=cost.unknown_goods,
        other_currency=cost.other_currency,
    )


def _moments(
    campaign: Campaign, rows: Sequence[AmbassadorRow], custodies: Sequence[CustodyView], today: date
) -> tuple[TimelineEvent, ...]:
    zone = ZoneInfo(campaign.time_zone)
    fixed = [
        TimelineEvent(TimelineEventKind.START, campaign.starts_on),
        TimelineEvent(TimelineEventKind.END, campaign.ends_on),
    ]
    if campaign.embargo_until:
        fixed.append(TimelineEvent(TimelineEventKind.EMBARGO, campaign.embargo_until.astimezone(zone).date()))
    who: dict[tuple[TimelineEventKind, date], list[str]] = defaultdict(list)
    for row in rows:
        if row.status in _SIGNING:
            _note(who, TimelineEventKind.SIGNED, row.agreement_signed_on, row.label)
            _note(who, TimelineEventKind.POST_BY, row.post_by, row.label)
    for custody in custodies:
        shipped, delivered = custody.shipped_at, custody.delivered_at
        _note(who, TimelineEventKind.SHIPPED, shipped and shipped.astimezone(zone).date(), custody.holder)
        _note(
            who, TimelineEventKind.DELIVERED, delivered and delivered.astimezone(zone).date(), custody.holder
        )
        _note(who, TimelineEventKind.DUE_BACK, custody.due_back if custody.is_open else None, custody.holder)
    gathered = [TimelineEvent(kind, day, tuple(people)) for (kind, day), people in who.items()]
    return tuple(
        sorted([*fixed, TimelineEvent(TimelineEventKind.TODAY, today), *gathered], key=lambda one: one.day)
    )


def _note(
    who: dict[tuple[TimelineEventKind, date], list[str]],
    kind: TimelineEventKind,
    day: date | None,
    person: str,
) -> None:
    if day:
        who[kind, day].append(person)
