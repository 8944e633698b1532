"""What one ambassador, and a whole campaign, has cost, and what each thing it brought cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ambassador.metrics.cost import (
    cost_per,
    cost_per_engagement,
    cost_per_post,
    cost_per_thousand_impressions,
    resale_loss,
    straight_line_loss,
)
from ambassador.services.countries import country_code
from ambassador.store.campaigns.campaigns import costs_of
from ambassador.store.results.results import CustodyCost
from ambassador.store.tables.campaigns import Campaign
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.money import Money
from ambassador.values.results.results import Cost, ObservedFigures, Promised, UnitCosts
from ambassador.values.status import AmbassadorStatus, CustodyEnd, Deal

_GONE = (CustodyEnd.LOST, CustodyEnd.KEPT)


@dataclass(frozen=True, slots=True)
class CostRules:
    """What counts as cost in one campaign, up to one moment."""

    currency: str
    costs: CampaignCosts
    now: datetime


def rules_of(campaign: Campaign, now: datetime) -> CostRules:
    """Read what counts as cost in a campaign.

    Examples
    --------
    >>> from ambassador.store.campaigns.campaigns import get_campaign
    >>> rules_of(get_campaign(session, campaign), work.now()).currency
    'EUR'
    """
    return CostRules(campaign.currency, costs_of(campaign), now)


def has_accepted(row: AmbassadorRow) -> bool:
    """Check whether somebody said yes and is still in; who fell silent before answering never was.

    Examples
    --------
    >>> from ambassador.services.campaigns.ambassadors import list_ambassadors
    >>> [has_accepted(row) for row in list_ambassadors(work, campaign)]
    [True, True, True]
    """
    if row.status is AmbassadorStatus.SILENT:
        return row.answered_at is not None or row.delivered_at is not None
    return row.status in {AmbassadorStatus.ACCEPTED, AmbassadorStatus.DONE}


def cost_of(row: AmbassadorRow, custodies: Sequence[CustodyCost], rules: CostRules) -> Cost:
    """Add up one ambassador's fee, every phone they got, its parcel, and what else each person costs.

    Examples
    --------
    >>> from ambassador.services.campaigns.ambassadors import list_ambassadors
    >>> rules = CostRules("EUR", CampaignCosts(other=Money(5_00)), work.now())
    >>> cost = cost_of(list_ambassadors(work, campaign)[0], [], rules)
    >>> cost.fees, cost.other
    (Money(minor=20000, currency='EUR'), Money(minor=500, currency='EUR'))
    """
    owed = has_accepted(row)
    fee = row.fee if owed else None
    amounts = [fee] if fee else []
    lost = [_lost(custody, row.deal, rules) for custody in custodies if _counts(custody, row.deal, rules)]
    goods = [amount for amount in lost if amount is not None]
    parcels = sum(custody.shipped_at is not None for custody in custodies)
    parcel = rules.costs.shipping_for(country_code(row.country) or "")
    other = rules.costs.other if owed or parcels else None
    currency = rules.currency
    return Cost(
        fees=_sum(amounts, currency),
        goods=_sum(goods, currency),
        shipping=_sum([parcel] * parcels if parcel else [], currency),
        other=_sum([other] if other else [], currency),
        unknown_fees=int(owed and row.deal is Deal.PAID and fee is None),
        unknown_goods=len(lost) - len(goods),
        other_currency=sum(amount.currency != currency for amount in [*amounts, *goods]),
    )


def total_cost(costs: Iterable[Cost], currency: str) -> Cost:
    """Add up the costs of all ambassadors.

    Examples
    --------
    >>> nina = Cost(Money(200_00), Money(400_00), Money(10_00), Money(0))
    >>> total_cost([nina, nina], "EUR").total
    Money(minor=122000, currency='EUR')
    """
    every = list(costs)
    return Cost(
        fees=_sum([cost.fees for cost in every], currency),
        goods=_sum([cost.goods for cost in every], currency),
        shipping=_sum([cost.shipping for cost in every], currency),
        other=_sum([cost.other for cost in every], currency),
        unknown_fees=sum(cost.unknown_fees for cost in every),
        unknown_goods=sum(cost.unknown_goods for cost in every),
        other_currency=sum(cost.other_currency for cost in every),
    )


def promised_fees(rows: Iterable[AmbassadorRow], currency: str) -> Promised | None:
    """Add up the fees of those who were invited and have not answered: they become cost when they accept.

    Examples
    --------
    >>> from ambassador.services.campaigns.ambassadors import list_ambassadors
    >>> promised_fees(list_ambassadors(work, campaign), "EUR") is None
    True
    """
    fees = [row.fee for row in rows if row.status is AmbassadorStatus.INVITED and row.fee is not None]
    owed = [fee for fee in fees if fee.currency == currency and fee.minor]
    return Promised(_sum(owed, currency), len(owed)) if owed else None


def value_lost(costs: CampaignCosts, price: Money, days: float) -> Money:
    """Say what a phone costs that is lent for some days; its whole price where nothing else is said.

    Examples
    --------
    >>> value_lost(CampaignCosts(DeviceCosting.MONTHS, months=24), Money(730_50), 30)
    Money(minor=3000, currency='EUR')
    """
    if costs.costing is DeviceCosting.RESALE and costs.resale:
        return Money(resale_loss(price.minor, costs.resale.minor), price.currency)
    if costs.costing is DeviceCosting.MONTHS and costs.months:
        return Money(straight_line_loss(price.minor, days, costs.months), price.currency)
    return price


def unit_costs(cost: Cost, figures: ObservedFigures, own_posts: int) -> UnitCosts:
    """Divide a cost by everything it brought; nothing is said while part of the cost is not known.

    A post is one the ambassadors made themselves: what others said after them is in the other figures.

    Examples
    --------
    >>> from ambassador.services.results.results import observe_results
    >>> found = observe_results(work, campaign)
    >>> unit_costs(found.cost, found.total, own_posts=2).per_post
    Money(minor=91500, currency='EUR')
    """
    if not cost.complete:
        return UnitCosts()
    spent, currency = cost.total.minor, cost.total.currency
    goods = cost.goods.minor + cost.other.minor
    return UnitCosts(
        per_talker=_money(cost_per(spent, figures.talkers), currency),
        per_thousand_views=_money(cost_per_thousand_impressions(spent, figures.views.value), currency),
        per_engagement=_money(cost_per_engagement(spent, figures.engagements.value), currency),
        per_like=_money(cost_per(spent, figures.likes.value), currency),
        per_post=_money(cost_per_post(goods, cost.shipping.minor, cost.fees.minor, own_posts), currency),
        per_order=_money(cost_per(spent, figures.orders), currency),
    )


def _counts(custody: CustodyCost, deal: Deal, rules: CostRules) -> bool:
    """Check whether a phone costs anything: for good, or over a loan whose loss the campaign counts."""
    lent = deal is Deal.LOAN and custody.shipped_at is not None
    return _is_gone(custody, deal) or (lent and rules.costs.costing is not DeviceCosting.WHOLE)


def _lost(custody: CustodyCost, deal: Deal, rules: CostRules) -> Money | None:
    """Say what a phone that counts costs; None where its price is not known."""
    own = None if custody.cost_minor is None else Money(custody.cost_minor, custody.currency)
    price = rules.costs.device or own
    if price is None or _is_gone(custody, deal):
        return price
    return value_lost(rules.costs, price, _days_out(custody, rules))


def _days_out(custody: CustodyCost, rules: CostRules) -> float:
    """Count the days of a loan: those it lasted, else as planned or longer where it is still out."""
    begun = custody.delivered_at or custody.shipped_at
    until = custody.ended_at or rules.now
    days = max(0, (until - begun).days) if begun else 0
    return days if custody.ended_at else max(days, rules.costs.loan_days or 0)


def _is_gone(custody: CustodyCost, deal: Deal) -> bool:
    """Check whether a device is spent: a gift once it leaves, a loan only if it is lost or kept."""
    if custody.ended_at is not None:
        return custody.ended_as in _GONE
    return deal is not Deal.LOAN and custody.shipped_at is not None


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum(amount.minor for amount in amounts if amount.currency == currency), currency)


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
