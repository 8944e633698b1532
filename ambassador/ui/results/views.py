"""The Outcomes page's first row."""

from typing import Final

from ambassador.i18n import mark
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import paragraphs
from ambassador.ui.kit.text import interval, money, number, percent, t, t_count
from ambassador.values.results.results import CampaignResults, ForecastComparison, IntervalPosition, StatedSum
from ambassador.values.status import CampaignStatus

_AGAINST: Final = {
    IntervalPosition.INSIDE: mark("inside the forecast, {range}"),
    IntervalPosition.ABOVE: mark("above the forecast, {range}"),
    IntervalPosition.BELOW: mark("below the forecast, {range}"),
    IntervalPosition.OPEN: mark("not yet at the forecast, {range}"),
}


def against(comparison: ForecastComparison) -> str:
    """Say where an observed figure stands against its 90% interval; empty where nothing was forecast."""
    known, text = comparison.interval(90), _AGAINST.get(comparison.standing)
    return t(text, range=interval(*known)) if known and text else ""


def fair(results: CampaignResults) -> ForecastComparison:
    """Choose the comparison that is fair now: the day's while it runs, the end's once it is over."""
    over = results.status is CampaignStatus.CLOSED or results.day > results.days
    return results.by_the_end if over else results.talkers


def outcome_figures(results: CampaignResults) -> tuple[Figure, ...]:
    """Give the first row: planned to observed, and what each thing cost."""
    costs, funnel = results.unit_costs, results.funnel
    path = " → ".join(number(step) for step in (funnel.planned, funnel.delivered, funnel.posted))
    return (
        Figure(
            t("Planned → delivered → observed"),
            path,
            note=_post_rate(results),
            help=define("planned-delivered-observed"),
        ),
        Figure(
            t("Cost per person who talks"),
            money(costs.per_talker),
            note=_talkers(results),
            tone="good"
            if fair(results).standing in {IntervalPosition.INSIDE, IntervalPosition.ABOVE}
            else "neutral",
            help=_cost_help(results),
        ),
        Figure(
            t("Cost per 1,000 views"),
            money(costs.per_thousand_views),
            note=_views(results.total.views),
            help=define("views"),
        ),
        Figure(
            t("Cost per order"),
            money(costs.per_order),
            note=_orders(results),
            help=define("cost-per-order"),
        ),
    )


def _post_rate(results: CampaignResults) -> str:
    funnel = results.funnel
    if funnel.post_rate is None:
        return t("no phone has arrived yet")
    said = t("{rate} of those with a phone posted", rate=percent(funnel.post_rate))
    quiet = t_count("{count} is silent", "{count} are silent", funnel.silent) if funnel.silent else ""
    return ", ".join(part for part in (said, quiet) if part)


def _talkers(results: CampaignResults) -> str:
    said = t_count("{count} person talks", "{count} people talk", results.total.talkers)
    return ", ".join(part for part in (said, against(fair(results))) if part)


def _views(views: StatedSum) -> str:
    if views.value is None:
        return t("no post states its views yet")
    return t(
        "{views} views, stated by {stated} of {of} posts",
        views=number(views.value),
        stated=number(views.stated),
        of=number(views.of),
    )


def _orders(results: CampaignResults) -> str:
    orders, worth = results.total.orders, results.total.order_value
    if orders is None:
        return t("no orders logged yet")
    said = t_count("{count} order", "{count} orders", orders)
    return said if worth is None else t("{orders} worth {value}", orders=said, value=money(worth))


def _cost_help(results: CampaignResults) -> str:
    cost = results.cost
    said = t(
        "Fees {fees}, phones that do not come back {goods}.", fees=money(cost.fees), goods=money(cost.goods)
    )
    if cost.complete:
        return paragraphs((said, define("cost")))
    return said + " " + t("Some fees or phones have no known cost, so nothing is divided.")
