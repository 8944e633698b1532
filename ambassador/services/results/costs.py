"""What one ambassador, and a whole campaign, has cost, and what each thing it brought cost."""

from collections.abc import Iterable, Sequence

from ambassador.metrics.cost import (
    cost_per,
    cost_per_engagement,
    cost_per_post,
    cost_per_thousand_impressions,
)
from ambassador.store.results.results import CustodyCost
from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.money import Money
from ambassador.values.results.results import Cost, ObservedFigures, UnitCosts
from ambassador.values.status import AmbassadorStatus, CustodyEnd, Deal

_GONE = (CustodyEnd.LOST, CustodyEnd.KEPT)
_SHIPPING = 0  # what it costs to send a device is not recorded anywhere


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


def cost_of(row: AmbassadorRow, custodies: Sequence[CustodyCost], currency: str) -> Cost:
    """Add up one ambassador's fee and the devices that will not come back.

    Examples
    --------
    >>> from ambassador.services.campaigns.ambassadors import list_ambassadors
    >>> cost_of(list_ambassadors(work, campaign)[0], [], "EUR").fees
    Money(minor=20000, currency='EUR')
    """
    owed = has_accepted(row)
    fee = row.fee if owed else None
    amounts = [fee] if fee else []
    gone = [custody for custody in custodies if _is_gone(custody, row.deal)]
    goods = [
        Money(custody.cost_minor, custody.currency) for custody in gone if custody.cost_minor is not None
    ]
    return Cost(
        fees=_sum(amounts, currency),
        goods=_sum(goods, currency),
        unknown_fees=int(owed and row.deal is Deal.PAID and fee is None),
        unknown_goods=len(gone) - len(goods),
        other_currency=sum(amount.currency != currency for amount in [*amounts, *goods]),
    )


def total_cost(costs: Iterable[Cost], currency: str) -> Cost:
    """Add up the costs of all ambassadors.

    Examples
    --------
    >>> nina = Cost(Money(200_00, "EUR"), Money(400_00, "EUR"))
    >>> total_cost([nina, nina], "EUR").total
    Money(minor=120000, currency='EUR')
    """
    every = list(costs)
    return Cost(
        fees=_sum([cost.fees for cost in every], currency),
        goods=_sum([cost.goods for cost in every], currency),
        unknown_fees=sum(cost.unknown_fees for cost in every),
        unknown_goods=sum(cost.unknown_goods for cost in every),
        other_currency=sum(cost.other_currency for cost in every),
    )


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
    return UnitCosts(
        per_talker=_money(cost_per(spent, figures.talkers), currency),
        per_thousand_views=_money(cost_per_thousand_impressions(spent, figures.views.value), currency),
        per_engagement=_money(cost_per_engagement(spent, figures.engagements.value), currency),
        per_like=_money(cost_per(spent, figures.likes.value), currency),
        per_post=_money(cost_per_post(cost.goods.minor, _SHIPPING, cost.fees.minor, own_posts), currency),
        per_order=_money(cost_per(spent, figures.orders), currency),
    )


def _is_gone(custody: CustodyCost, deal: Deal) -> bool:
    """Check whether a device is spent: a gift once it leaves, a loan only if it is lost or kept."""
    if custody.ended_at is not None:
        return custody.ended_as in _GONE
    return deal is not Deal.LOAN and custody.shipped_at is not None


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return Money(sum(amount.minor for amount in amounts if amount.currency == currency), currency)


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)
