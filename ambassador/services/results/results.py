"""What came of a campaign, beside what was forecast for it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.metrics.cost import post_rate, return_on_investment
from ambassador.metrics.tally import add_known
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.results.against_forecast import compare, of_day
from ambassador.services.results.costs import (
    cost_of,
    has_accepted,
    promised_fees,
    rules_of,
    total_cost,
    unit_costs,
)
from ambassador.services.results.figures import (
    CampaignPosts,
    author,
    figures_of,
    posts_of,
    read_talk,
    with_cascades,
)
from ambassador.services.results.outcomes import value_of
from ambassador.services.stored_json import from_json
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.campaigns import costs_of, get_campaign
from ambassador.store.forecasts.forecasts import get_forecast
from ambassador.store.mentions.mentions import MentionTime
from ambassador.store.results.outcomes import list_outcomes
from ambassador.store.results.results import CustodyCost, custody_costs
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.records import Forecast, Outcome
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.cascades.cascades import CascadeRow
from ambassador.values.days import day_in
from ambassador.values.forecasts.forecasts import DayRange, ForecastResult, Range
from ambassador.values.forecasts.standing import what_leads
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    ForecastComparison,
    Funnel,
    ObservedDay,
    ObservedFigures,
)
from ambassador.values.status import AmbassadorStatus, CampaignStatus, OutcomeKind

_DAY = timedelta(days=1)
_LONGEST_BEFORE = timedelta(days=365)
"""Posts older than that before the start are counted on the first day drawn."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """Everything read about one campaign, in one transaction."""

    campaign: Campaign
    now: datetime
    talk: CampaignPosts
    cascades: Mapping[int | None, Sequence[CascadeRow]]
    """Ambassador (None: nobody of ours) -> the cascades they started, the largest first."""
    ambassadors: tuple[AmbassadorRow, ...]
    custodies: Mapping[int, Sequence[CustodyCost]]
    orders: Mapping[int | None, Sequence[Outcome]]
    frozen: Forecast | None
    delivered: Forecast | None

    @property
    def forecast(self) -> ForecastResult | None:
        return from_json(ForecastResult, self.frozen.result) if self.frozen else None

    @property
    def second(self) -> ForecastResult | None:
        return from_json(ForecastResult, self.delivered.result) if self.delivered else None

    @property
    def today(self) -> date:
        return day_in(self.campaign.time_zone, self.now)

    @property
    def is_over(self) -> bool:
        return self.campaign.status is CampaignStatus.CLOSED or self.today > self.campaign.ends_on


def observe_results(work: UnitOfWork, campaign_id: int) -> CampaignResults:
    """Sum up what is observed of a campaign, in all and per ambassador, beside its frozen forecast.

    Examples
    --------
    >>> found = observe_results(work, campaign)
    >>> found.total.talkers, found.cost.total, found.talkers.standing.value
    (5, Money(minor=183000, currency='EUR'), 'inside')
    """
    cascades = observe_cascades(work, campaign_id).cascades
    with work.reading() as session:
        facts = _read(session, campaign_id, work.now(), cascades)
        rows = [_ambassador(session, facts, row) for row in facts.ambassadors if _takes_part(facts, row)]
        rows.sort(key=lambda row: (-row.figures.talkers, row.name))
        return replace(_results(session, facts, tuple(rows)), known=work.as_of)


def observed_by_day(work: UnitOfWork, campaign_id: int) -> tuple[ObservedDay, ...]:
    """Count the people who talk, cumulated over the campaign's own days, up to now.

    Examples
    --------
    >>> [(day.day, day.talkers, day.mentions) for day in observed_by_day(work, campaign)][:4]
    [(1, 0, 0), (2, 2, 2), (3, 4, 4), (4, 5, 5)]
    """
    with work.reading() as session:
        campaign = get_campaign(session, campaign_id)
        return _by_day(campaign, posts_of(session, campaign_id), work.now())


def forecast_by_day(work: UnitOfWork, campaign_id: int) -> tuple[DayRange, ...]:
    """Return the forecast frozen at launch, cumulated over the same days; empty without one.

    Examples
    --------
    >>> len(forecast_by_day(work, campaign))
    24
    """
    with work.reading() as session:
        frozen = get_campaign(session, campaign_id).launch_forecast_id
        if frozen is None:
            return ()
        return from_json(ForecastResult, get_forecast(session, frozen).result).leading.by_day


def forecast_led_by(work: UnitOfWork, campaign_id: int) -> Note | None:
    """Return what led in the forecast frozen at launch, in its own words; None without one.

    Examples
    --------
    >>> str(forecast_led_by(work, campaign))
    'Built on ties. Whether they forecast better than past results is not known yet.'
    """
    with work.reading() as session:
        return _led_by(_forecast(session, get_campaign(session, campaign_id).launch_forecast_id))


def _led_by(forecast: Forecast | None) -> Note | None:
    told = forecast.arguments.get("notes", ()) if forecast else ()
    return what_leads(from_json(Note, note) for note in told)


def return_on_cost(results: CampaignResults, margin_share: float) -> float | None:
    """Return (margin - cost) / cost, the margin being a share of what the orders were worth.

    Examples
    --------
    >>> round(return_on_cost(observe_results(work, campaign), margin_share=0.3), 3)
    -0.984
    """
    worth = results.total.order_value
    if worth is None or not results.cost.complete:
        return None
    return return_on_investment(round(worth.minor * margin_share), results.cost.total.minor)


def _read(session: Session, campaign_id: int, now: datetime, cascades: Sequence[CascadeRow]) -> _Facts:
    campaign = get_campaign(session, campaign_id)
    ambassadors = ambassador_rows(session, campaign_id)
    custodies: dict[int, list[CustodyCost]] = defaultdict(list)
    for custody in custody_costs(session, [row.id for row in ambassadors]):
        custodies[custody.ambassador_id].append(custody)
    orders: dict[int | None, list[Outcome]] = defaultdict(list)
    for outcome in list_outcomes(session, campaign_id):
        if outcome.kind is OutcomeKind.ORDERS:
            orders[outcome.ambassador_id].append(outcome)
    talk = read_talk(session, campaign_id)
    owners, started = talk.owners, defaultdict(list)
    for cascade in cascades:
        started[owners.get(cascade.root_id)].append(cascade)
    return _Facts(
        campaign=campaign,
        now=now,
        talk=talk,
        cascades=started,
        ambassadors=ambassadors,
        custodies=custodies,
        orders=orders,
        frozen=_forecast(session, campaign.launch_forecast_id),
        delivered=_forecast(session, campaign.delivered_forecast_id),
    )


def _forecast(session: Session, forecast_id: int | None) -> Forecast | None:
    return get_forecast(session, forecast_id) if forecast_id else None


def _results(session: Session, facts: _Facts, rows: tuple[AmbassadorResult, ...]) -> CampaignResults:
    campaign, talk = facts.campaign, facts.talk
    every_order = [order for orders in facts.orders.values() for order in orders]
    total = _with_orders(figures_of(session, talk, talk.everything), every_order, campaign.currency)
    total = with_cascades(total, [one for several in facts.cascades.values() for one in several])
    nobody = with_cascades(figures_of(session, talk, talk.shares.get(None, {})), facts.cascades.get(None, ()))
    cost = total_cost([row.cost for row in rows], campaign.currency)
    so_far, by_the_end, mentions, views = _comparisons(facts, total)
    return CampaignResults(
        campaign_id=campaign.id or 0,
        name=campaign.name,
        product=campaign.product,
        status=campaign.status,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        time_zone=campaign.time_zone,
        as_of=facts.now,
        read_at=talk.read_at,
        day=_day_number(campaign, facts.today),
        days=(campaign.ends_on - campaign.starts_on).days + 1,
        budget=None if campaign.budget_minor is None else Money(campaign.budget_minor, campaign.currency),
        funnel=_funnel(facts, rows),
        total=total,
        unattributed=_with_orders(nobody, facts.orders.get(None, ()), campaign.currency),
        rows=rows,
        cost=cost,
        unit_costs=unit_costs(cost, total, sum(row.own_posts for row in rows)),
        talkers=so_far,
        by_the_end=by_the_end,
        views=views,
        mentions=mentions,
        as_delivered=facts.second.headline if facts.second else None,
        rung=facts.frozen.rung if facts.frozen else None,
        forecast_at=facts.frozen.created_at if facts.frozen else None,
        led_by=_led_by(facts.frozen),
        costing=costs_of(campaign),
        promised=None
        if campaign.status is CampaignStatus.CLOSED
        else promised_fees(facts.ambassadors, campaign.currency),
    )


def _ambassador(session: Session, facts: _Facts, row: AmbassadorRow) -> AmbassadorResult:
    talk, currency = facts.talk, facts.campaign.currency
    figures = figures_of(session, talk, talk.shares.get(row.id, {}))
    figures = with_cascades(figures, facts.cascades.get(row.id, ()))
    figures = _with_orders(figures, facts.orders.get(row.id, ()), currency)
    cost = cost_of(row, facts.custodies.get(row.id, ()), rules_of(facts.campaign, facts.now))
    own = talk.own.get(row.id, frozenset())
    first = min((post.posted_at for post in talk.posts if post.id in own), default=None)
    delivered = [custody.delivered_at for custody in facts.custodies.get(row.id, ()) if custody.delivered_at]
    return AmbassadorResult(
        ambassador_id=row.id,
        person_id=row.person_id,
        name=row.label,
        handle=row.handle,
        status=row.status,
        deal=row.deal,
        code=row.code,
        figures=figures,
        cost=cost,
        unit_costs=unit_costs(cost, figures, len(own)),
        talkers=compare(figures.talkers, _expected_of(facts, row), over=facts.is_over),
        delivered_at=min(delivered, default=None),
        first_post_at=first,
        own_posts=len(own),
        is_silent=not own and _waited(facts, row),
    )


def _takes_part(facts: _Facts, row: AmbassadorRow) -> bool:
    """Leave out who only waits in reserve; whatever is credited to somebody is shown all the same."""
    return row.status is not AmbassadorStatus.RESERVE or row.id in facts.talk.shares


def _waited(facts: _Facts, row: AmbassadorRow) -> bool:
    """Check whether somebody who is in has had the device, free to speak, for longer than the patience."""
    if row.delivered_at is None or not has_accepted(row):
        return False
    free_to_speak = max(row.delivered_at, row.embargo_until or row.delivered_at)
    has_waited = (facts.today - day_in(facts.campaign.time_zone, free_to_speak)).days
    return facts.is_over or has_waited >= facts.campaign.silent_after_days


def _with_orders(figures: ObservedFigures, orders: Sequence[Outcome], currency: str) -> ObservedFigures:
    return replace(
        figures, orders=add_known(order.quantity for order in orders), order_value=value_of(orders, currency)
    )


def _funnel(facts: _Facts, rows: Sequence[AmbassadorResult]) -> Funnel:
    given = [row for row in rows if row.delivered_at]
    posted = sum(row.own_posts > 0 for row in given)
    shipped = sum(
        any(custody.shipped_at for custody in facts.custodies.get(row.ambassador_id, ())) for row in rows
    )
    return Funnel(
        planned=sum(row.status is not AmbassadorStatus.RESERVE for row in rows),
        accepted=sum(has_accepted(row) for row in facts.ambassadors),
        shipped=shipped,
        delivered=len(given),
        posted=posted,
        post_rate=post_rate(posted, len(given)),
        silent=sum(row.is_silent for row in rows),
    )


def _comparisons(
    facts: _Facts, total: ObservedFigures
) -> tuple[ForecastComparison, ForecastComparison, ForecastComparison, ForecastComparison]:
    """Set people who talk beside the forecasts for today and for the end; mentions and views for the end.

    What leads is compared: the figures that were shown, of past results or of the network.
    Forecasts recorded before all posts' views were forecast hold those of the ambassadors' own.
    """
    forecast = facts.forecast
    views, mentions = None if total.views.value is None else round(total.views.value), round(total.mentions)
    if forecast is None:
        return (
            ForecastComparison(total.talkers),
            ForecastComparison(total.talkers),
            ForecastComparison(mentions),
            ForecastComparison(views),
        )
    day = _day_number(facts.campaign, facts.today)
    leads = forecast.leading
    until_now = of_day(leads.by_day, day)
    return (
        compare(total.talkers, until_now, over=True),
        compare(total.talkers, forecast.headline, over=facts.is_over),
        compare(mentions, leads.amounts.mentions, over=facts.is_over),
        compare(views, leads.amounts.impressions or leads.views, over=facts.is_over),
    )


def _expected_of(facts: _Facts, row: AmbassadorRow) -> Range | None:
    forecast = facts.forecast
    people = forecast.leading.by_person if forecast else ()
    return next((one.talkers for one in people if one.person_id == row.person_id), None)


def _day_number(campaign: Campaign, day: date) -> int:
    return (day - campaign.starts_on).days + 1


def _by_day(campaign: Campaign, posts: Sequence[MentionTime], now: datetime) -> tuple[ObservedDay, ...]:
    zone = ZoneInfo(campaign.time_zone)
    earliest = campaign.starts_on - _LONGEST_BEFORE
    said: dict[date, list[MentionTime]] = defaultdict(list)
    for post in posts:
        said[max(post.posted_at.astimezone(zone).date(), earliest)].append(post)
    today = now.astimezone(zone).date()
    first = min([*said, campaign.starts_on])
    last = min(max([*said, campaign.ends_on]), today)
    heard: set[tuple[bool, int]] = set()
    days, mentions = [], 0
    for passed in range((last - first).days + 1):
        day = first + passed * _DAY
        heard |= {author(post) for post in said.get(day, ()) if not post.is_brand}
        mentions += len(said.get(day, ()))
        days.append(ObservedDay(_day_number(campaign, day), day, len(heard), mentions))
    return tuple(days)
