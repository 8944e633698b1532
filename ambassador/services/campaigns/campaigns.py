"""Campaigns: made empty or in one go with people and phones, edited, launched, closed, opened again."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from sqlmodel import Session, col, func, select

from ambassador.errors import BadInputError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.services.campaigns.campaign_drafts import checked_draft
from ambassador.services.campaigns.confirm_pick import enter_pick
from ambassador.services.campaigns.invite import enter_people
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import campaigns as store
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.campaigns.campaigns import add_campaign, put_match_rule
from ambassador.store.devices.reservation import reserve
from ambassador.store.people.directory import Directory
from ambassador.store.people.people import list_people
from ambassador.store.picks.picks import get_pick
from ambassador.store.stale import mark_stale
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.devices import Device
from ambassador.store.tables.records import Pick
from ambassador.values.campaigns.campaigns import (
    CampaignChoices,
    CampaignDraft,
    CampaignPlan,
    MatchRuleDraft,
    PickChoice,
)
from ambassador.values.campaigns.unit_costs import CampaignCosts
from ambassador.values.money import Money
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.status import CAMPAIGN_CHANGES, CampaignStatus, DeviceStatus, check_change

_LATEST = 20

_RULE, _COSTS = (tuple(one.name for one in fields(part)) for part in (MatchRuleDraft, CampaignCosts))


def create_campaign(work: UnitOfWork, draft: CampaignDraft) -> int:
    """Make a campaign, with its first match rule if the draft has one.

    Examples
    --------
    >>> from datetime import date
    >>> create_campaign(work, CampaignDraft("Q2 Launch", date(2026, 6, 1), date(2026, 6, 30)))
    2
    """
    draft = checked_draft(draft)
    with work.writing() as session:
        campaign = store.add_campaign(session, draft, at=work.now())
        if draft.rule:
            store.put_match_rule(session, campaign, draft.rule, at=work.now(), actor=work.actor)
            mark_stale(session, campaign.id)
        return campaign.id or 0


def edit_campaign(
    work: UnitOfWork, campaign_id: int, draft: CampaignDraft, was: CampaignDraft | None = None
) -> None:
    """Change what and when; a changed match rule becomes a new version.

    With what the form began with (``was``) only the fields that were changed are written, and a field
    somebody else has changed since is told.

    Examples
    --------
    >>> from datetime import date
    >>> edit_campaign(work, campaign, CampaignDraft("Q1 in May", date(2026, 5, 1), date(2026, 5, 31)))
    >>> store.get_campaign(session, campaign).name
    'Q1 in May'
    """
    draft = checked_draft(draft)
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if was is not None:
            draft = checked_draft(_laid_over(store.draft_of(session, campaign), draft, checked_draft(was)))
        store.refuse_taken_name(session, draft.name, campaign_id)
        if campaign.currency != draft.currency and campaign.status is not CampaignStatus.DRAFT:
            message = mark("{name} is {status}: its currency stays {currency}")
            raise BadInputError(
                message, name=campaign.name, status=campaign.status.value, currency=campaign.currency
            )
        before = _what_matches(session, campaign)
        store.write_draft(campaign, draft)
        if draft.rule:
            store.put_match_rule(session, campaign, draft.rule, at=work.now(), actor=work.actor)
        if _what_matches(session, campaign) != before:
            mark_stale(session, campaign_id)


def _laid_over(now: CampaignDraft, draft: CampaignDraft, was: CampaignDraft) -> CampaignDraft:
    """Change of what is stored only what was changed in the form."""
    stored, typed, first = (_fields(one) for one in (now, draft, was))
    refuse_overwriting(now.name, first, stored, typed, _as_draft)
    found = {name: value if value != first[name] else stored[name] for name, value in typed.items()}
    return _as_draft(found) if draft.rule else replace(_as_draft(found), rule=now.rule)


def _as_draft(values: dict[str, Any]) -> CampaignDraft:
    rule = MatchRuleDraft(**{name: values[name] for name in _RULE})
    costs = CampaignCosts(**{name: values[name] for name in _COSTS})
    own = {name: value for name, value in values.items() if name not in {*_RULE, *_COSTS}}
    return CampaignDraft(**own, rule=rule, costs=costs)


def _fields(draft: CampaignDraft) -> dict[str, Any]:
    rule = draft.rule or MatchRuleDraft()
    own = (one.name for one in fields(CampaignDraft) if one.name not in {"rule", "costs"})
    return {
        **{name: getattr(draft, name) for name in own},
        **{name: getattr(rule, name) for name in _RULE},
        **{name: getattr(draft.costs, name) for name in _COSTS},
    }


def _what_matches(session: Session, campaign: Campaign) -> tuple[object, ...]:
    """Return all that decides which mentions belong to a campaign."""
    rule = store.newest_rule(session, campaign.id or 0)
    return rule and rule.version, campaign.starts_on, campaign.ends_on, campaign.time_zone


def launch_campaign(work: UnitOfWork, campaign_id: int, forecast_id: int | None = None) -> None:
    """Begin a campaign; the forecast it begins with stays the one it is judged by.

    Examples
    --------
    >>> from datetime import date
    >>> number = create_campaign(work, CampaignDraft("Q2", date(2026, 6, 1), date(2026, 6, 30)))
    >>> launch_campaign(work, number)
    >>> store.get_campaign(session, number).status
    <CampaignStatus.LIVE: 'live'>
    """
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if campaign.status is not CampaignStatus.DRAFT:
            message = mark("{name} was launched already: it is {status}")
            raise IllegalStatusChangeError(message, name=campaign.name, status=campaign.status.value)
        if forecast_id is not None:
            store.refuse_foreign_forecast(session, campaign, forecast_id)
        campaign.launch_forecast_id = forecast_id
        campaign.status, campaign.launched_at = CampaignStatus.LIVE, work.now()


def close_campaign(work: UnitOfWork, campaign_id: int) -> None:
    """End a live campaign; its figures stay.

    Examples
    --------
    >>> close_campaign(work, campaign)
    >>> store.get_campaign(session, campaign).status
    <CampaignStatus.CLOSED: 'closed'>
    """
    _change(work, campaign_id, CampaignStatus.LIVE, CampaignStatus.CLOSED)


def reopen_campaign(work: UnitOfWork, campaign_id: int) -> None:
    """Take up a closed campaign again; its frozen forecast stays.

    Examples
    --------
    >>> close_campaign(work, campaign)
    >>> reopen_campaign(work, campaign)
    >>> store.get_campaign(session, campaign).status
    <CampaignStatus.LIVE: 'live'>
    """
    _change(work, campaign_id, CampaignStatus.CLOSED, CampaignStatus.LIVE)


def archive_campaign(work: UnitOfWork, campaign_id: int, *, archived: bool = True) -> None:
    """Hide a campaign that is not running, or show it again; nothing of it is lost.

    Examples
    --------
    >>> close_campaign(work, campaign)
    >>> archive_campaign(work, campaign)
    >>> store.list_campaigns(session)
    []
    """
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if archived and campaign.status is CampaignStatus.LIVE:
            message = mark("{name} is live: close it before you archive it")
            raise IllegalStatusChangeError(message, name=campaign.name)
        campaign.archived_at = work.now() if archived else None


def _change(work: UnitOfWork, campaign_id: int, before: CampaignStatus, wanted: CampaignStatus) -> None:
    with work.writing() as session:
        campaign = store.get_campaign(session, campaign_id, lock=True)
        if campaign.status is not before:
            message = mark("{name} is {status}: it cannot become {wanted}")
            raise IllegalStatusChangeError(
                message, name=campaign.name, status=campaign.status.value, wanted=wanted.value
            )
        check_change(CAMPAIGN_CHANGES, campaign.name, campaign.status, wanted)
        campaign.status = wanted
        campaign.closed_at = work.now() if wanted is CampaignStatus.CLOSED else None


def start_campaign(work: UnitOfWork, draft: CampaignDraft, plan: CampaignPlan) -> int:
    """Make a campaign with its people and their phones; of a pick it takes budget and costs not said.

    Examples
    --------
    >>> from datetime import date
    >>> draft = CampaignDraft("Q2 Launch", date(2026, 6, 1), date(2026, 6, 30))
    >>> start_campaign(work, draft, CampaignPlan(person_ids=(1, 4), reserve_phones=True))
    2
    """
    with work.writing() as session:
        draft = checked_draft(_with_pick(session, draft, plan.pick_id))
        campaign = add_campaign(session, draft, at=work.now())
        if draft.rule:
            put_match_rule(session, campaign, draft.rule, at=work.now(), actor=work.actor)
            mark_stale(session, campaign.id)
        invited = _enter(work, session, campaign, plan)
        if plan.reserve_phones:
            _reserve_phones(work, session, invited)
        return campaign.id or 0


def campaign_choices(work: UnitOfWork) -> CampaignChoices:
    """List what a new campaign can be made of: the latest picks, the candidates, the phones in stock.

    Examples
    --------
    >>> found = campaign_choices(work)
    >>> found.people[1], found.in_stock
    ('Nina Rossi (@nina)', {'Q1': 2})
    """
    with work.reading() as session:
        candidates = [person.id or 0 for person in list_people(session) if person.is_candidate]
        directory = Directory(session, candidates)
        names = {number: _name(directory, number) for number in candidates}
        return CampaignChoices(
            _picks(session),
            dict(sorted(names.items(), key=lambda pair: pair[1].casefold())),
            _models(session),
        )


def _with_pick(session: Session, draft: CampaignDraft, pick_id: int | None) -> CampaignDraft:
    """Take budget and costs over from a pick, where the draft says none and the currency is the same."""
    pick = get_pick(session, pick_id) if pick_id is not None else None
    if pick is None:
        return draft
    budget, costs = _asked_money(pick)
    if draft.budget is None and budget is not None and budget.currency == draft.currency:
        draft = replace(draft, budget=budget)
    if draft.costs == CampaignCosts() and all(one.currency == draft.currency for one in costs.amounts):
        draft = replace(draft, costs=costs)
    return draft


def _asked_money(pick: Pick) -> tuple[Money | None, CampaignCosts]:
    """Say within which budget a pick was made, and at what cost for each person."""
    asked = pick.arguments.get("asked") or {}
    costs, budget = CostsPerPerson.from_json(asked.get("costs")), asked.get("budget")
    return Money(*budget) if budget else None, CampaignCosts(
        device=costs.device, shipping=costs.shipping, shipping_to=costs.shipping_to, other=costs.other
    )


def _enter(work: UnitOfWork, session: Session, campaign: Campaign, plan: CampaignPlan) -> tuple[int, ...]:
    picked: tuple[int, ...] = ()
    if plan.pick_id is not None:
        picked = enter_pick(work, session, campaign, plan.pick_id, plan.deal, reserve=plan.reserve).invited
    return (*picked, *enter_people(work, session, campaign, plan.person_ids, plan.deal))


def _reserve_phones(work: UnitOfWork, session: Session, ambassador_ids: Sequence[int]) -> None:
    left = sum(_models(session).values())
    if left < len(ambassador_ids):
        raise BadInputError(
            "{people} people, but only {phones} phones in stock: reserve them later, or invite fewer",
            people=len(ambassador_ids),
            phones=left,
        )
    for number in ambassador_ids:
        reserve(session, get_ambassador(session, number), at=work.now(), actor=work.actor)


def _name(directory: Directory, person_id: int) -> str:
    name, account = directory.name(person_id), directory.account(person_id)
    return f"{name} (@{account.handle})" if account and account.handle not in name else name


def _picks(session: Session) -> tuple[PickChoice, ...]:
    query = (
        select(Pick, Campaign.name)
        .outerjoin(Campaign, col(Pick.campaign_id) == col(Campaign.id))
        .order_by(col(Pick.id).desc())
        .limit(_LATEST)
    )
    return tuple(
        PickChoice(
            pick.id or 0, pick.created_at, len(pick.result.get("picks", ())), name or "", *_asked_money(pick)
        )
        for pick, name in session.exec(query)
    )


def _models(session: Session) -> dict[str, int]:
    counted = select(Device.model, func.count()).where(col(Device.status) == DeviceStatus.IN_STOCK.value)
    return dict(session.exec(counted.group_by(col(Device.model)).order_by(col(Device.model))).all())
