"""Campaigns and the versions of their match rules."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.store.tables.campaigns import Campaign, MatchRule
from ambassador.store.tables.records import Forecast
from ambassador.values.campaigns.campaigns import CampaignDraft, MatchRuleDraft
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.money import Money
from ambassador.values.row_numbers import row_number


def add_campaign(session: Session, draft: CampaignDraft, *, at: datetime) -> Campaign:
    """Write a new campaign; its name must be free."""
    refuse_taken_name(session, draft.name, None)
    campaign = Campaign(
        name=draft.name,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        created_at=at,
    )
    write_draft(campaign, draft)
    session.add(campaign)
    session.flush()
    return campaign


def write_draft(campaign: Campaign, draft: CampaignDraft) -> None:
    """Put what a form says into a campaign."""
    campaign.name, campaign.product, campaign.notes = draft.name, draft.product, draft.notes
    campaign.starts_on, campaign.ends_on, campaign.time_zone = draft.starts_on, draft.ends_on, draft.time_zone
    campaign.embargo_until, campaign.silent_after_days = draft.embargo_until, draft.silent_after_days
    campaign.currency = draft.currency
    campaign.budget_minor = _minor(draft.budget)
    _write_costs(campaign, draft.costs)


def _write_costs(campaign: Campaign, costs: CampaignCosts) -> None:
    campaign.device_costing, campaign.device_cost_minor = costs.costing, _minor(costs.device)
    campaign.resale_minor, campaign.use_months = _minor(costs.resale), costs.months
    campaign.loan_days, campaign.shipping_minor = costs.loan_days, _minor(costs.shipping)
    campaign.shipping_by_country = {country: cost.minor for country, cost in costs.shipping_to}
    campaign.other_cost_minor = _minor(costs.other)


def costs_of(campaign: Campaign) -> CampaignCosts:
    """What a campaign says each person costs beside the fee."""
    unit = campaign.currency
    by_country = sorted((campaign.shipping_by_country or {}).items())
    return CampaignCosts(
        costing=campaign.device_costing or DeviceCosting.WHOLE,
        device=_money(campaign.device_cost_minor, unit),
        resale=_money(campaign.resale_minor, unit),
        months=campaign.use_months,
        loan_days=campaign.loan_days,
        shipping=_money(campaign.shipping_minor, unit),
        shipping_to=tuple((country, Money(minor, unit)) for country, minor in by_country),
        other=_money(campaign.other_cost_minor, unit),
    )


def _minor(amount: Money | None) -> int | None:
    return None if amount is None else amount.minor


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def draft_of(session: Session, campaign: Campaign) -> CampaignDraft:
    """A campaign as a form holds it."""
    rule = newest_rule(session, campaign.id or 0)
    return CampaignDraft(
        campaign.name,
        campaign.starts_on,
        campaign.ends_on,
        product=campaign.product,
        time_zone=campaign.time_zone,
        currency=campaign.currency,
        budget=_money(campaign.budget_minor, campaign.currency),
        embargo_until=campaign.embargo_until,
        silent_after_days=campaign.silent_after_days,
        notes=campaign.notes,
        rule=rule_of(rule) if rule else None,
        costs=costs_of(campaign),
    )


def zone_of_days(session: Session, campaign_id: int | None) -> str:
    """The zone days are told in: the campaign's, else the one all share; empty where they differ."""
    query = select(Campaign.time_zone).where(col(Campaign.archived_at).is_(None)).distinct()
    if campaign_id is not None:
        query = select(Campaign.time_zone).where(col(Campaign.id) == campaign_id)
    zones = session.exec(query.limit(2)).all()
    return zones[0] if len(zones) == 1 else ""


def refuse_taken_name(session: Session, name: str, own_id: int | None) -> None:
    """Refuse a name another campaign has, whatever its capitals."""
    same = select(Campaign.id).where(func.lower(col(Campaign.name)) == name.lower())
    if any(number != own_id for number in session.exec(same)):
        raise ConflictError("There is a campaign called {name} already", name=name)


def get_campaign(session: Session, campaign_id: int, *, lock: bool = False) -> Campaign:
    """A campaign by its number; ``lock`` makes others wait until this transaction ends."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFoundError("There is no campaign number {number}", number=campaign_id)
    if lock:
        session.refresh(campaign, with_for_update=True)
    return campaign


def find_campaign(session: Session, name: str) -> Campaign:
    """Find a campaign by its name, or by its number where no campaign has that name."""
    same = select(Campaign).where(func.lower(col(Campaign.name)) == name.strip().lower())
    campaign = session.exec(same).first()
    if campaign is None and (number := row_number(name)) is not None:
        campaign = session.get(Campaign, number)
    if campaign is None:
        raise NotFoundError("There is no campaign called {name}", name=name)
    return campaign


def campaign_ids(session: Session) -> list[int]:
    """Number the campaigns that are not put away."""
    return sorted(row.id or 0 for row in list_campaigns(session))


def list_campaigns(session: Session, *, archived: bool = False) -> Sequence[Campaign]:
    """List campaigns, the one that starts last first."""
    query = select(Campaign).order_by(col(Campaign.starts_on).desc(), col(Campaign.id).desc())
    if not archived:
        query = query.where(col(Campaign.archived_at).is_(None))
    return session.exec(query).all()


def put_match_rule(
    session: Session, campaign: Campaign, draft: MatchRuleDraft, *, at: datetime, actor: str
) -> MatchRule:
    """Write the next version of a campaign's rule; the same rule again is no new version."""
    newest = newest_rule(session, campaign.id or 0)
    if newest and rule_of(newest) == draft:
        return newest
    rule = MatchRule(
        campaign_id=campaign.id or 0,
        version=newest.version + 1 if newest else 1,
        hashtags=list(draft.hashtags),
        keywords=list(draft.keywords),
        exclude_words=list(draft.exclude_words),
        authors=list(draft.authors),
        from_at=draft.from_at,
        until_at=draft.until_at,
        created_at=at,
        actor=actor,
    )
    session.add(rule)
    session.flush()
    return rule


def rule_of(row: MatchRule) -> MatchRuleDraft:
    """The rule a row holds."""
    return MatchRuleDraft(
        hashtags=tuple(row.hashtags),
        keywords=tuple(row.keywords),
        exclude_words=tuple(row.exclude_words),
        authors=tuple(row.authors),
        from_at=row.from_at,
        until_at=row.until_at,
    )


def newest_rule(session: Session, campaign_id: int) -> MatchRule | None:
    """The rule in force."""
    return session.exec(_rules(campaign_id).limit(1)).first()


def rules_of(session: Session, campaign_id: int) -> Sequence[MatchRule]:
    """Every version of a campaign's rule, the newest first."""
    return session.exec(_rules(campaign_id)).all()


def _rules(campaign_id: int) -> SelectOfScalar[MatchRule]:
    query = select(MatchRule).where(col(MatchRule.campaign_id) == campaign_id)
    return query.order_by(col(MatchRule.version).desc())


def list_forecasts(session: Session, campaign_id: int) -> list[tuple[int, datetime]]:
    """List the forecasts made for a campaign, newest first."""
    query = select(col(Forecast.id), col(Forecast.created_at)).where(col(Forecast.campaign_id) == campaign_id)
    return [
        (number or 0, made_at) for number, made_at in session.exec(query.order_by(col(Forecast.id).desc()))
    ]


def refuse_foreign_forecast(session: Session, campaign: Campaign, forecast_id: int) -> None:
    """Refuse a forecast that is not there, or was made for another campaign."""
    forecast = session.get(Forecast, forecast_id)
    if forecast is None:
        raise NotFoundError("There is no forecast number {number}", number=forecast_id)
    if forecast.campaign_id not in {None, campaign.id}:
        raise BadInputError("Forecast {number} was made for another campaign", number=forecast_id)
