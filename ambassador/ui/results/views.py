"""The Outcomes page's first row, and its picture: each ambassador's forecast range and what was observed."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from ambassador.i18n import mark
from ambassador.ui.kit.charts import FORECAST, OBSERVED, Chart, bars
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import paragraphs
from ambassador.ui.kit.text import interval, money, note_text, number, percent, t, t_count
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    ForecastComparison,
    IntervalPosition,
    StatedSum,
)
from ambassador.values.status import CampaignStatus

_DRAWN: Final = 20
_ROW_HEIGHT: Final = 24
_MISSES: Final = (IntervalPosition.ABOVE, IntervalPosition.BELOW)
_HALF: Final = 0.5
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
    """The first row: planned to observed, and what each thing cost."""
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
        "Fees {fees}, phones {goods}, shipping and other {beside}.",
        fees=money(cost.fees),
        goods=money(cost.goods),
        beside=money(cost.beside),
    )
    if results.promised:
        said += " " + t_count(
            "Not in it: {fees} of fees, due once {count} person who was invited accepts.",
            "Not in it: {fees} of fees, due once {count} people who were invited accept.",
            results.promised.people,
            fees=money(results.promised.fees),
        )
    if cost.complete:
        return paragraphs((said, define("cost")))
    return said + " " + t("Some fees or phones have no known cost, so nothing is divided.")


def comparison_chart(results: CampaignResults) -> Chart:
    """Draw each ambassador's forecast interval and what was observed, misses included."""
    rows = shown_rows(results)
    if not any(row.talkers.interval(90) for row in rows):
        who, people = t("Ambassador"), t("People who talk")
        return bars([{who: row.name, people: row.figures.talkers} for row in rows], name=who, value=people,
                    colour=OBSERVED)  # fmt: skip
    return _intervals(rows)


def shown_rows(results: CampaignResults) -> list[AmbassadorResult]:
    """Choose whom the picture has room for: those with a phone or mentions, misses before the others."""
    counted = [row for row in results.rows if row.delivered_at or row.figures.mentions]
    ranked = sorted(counted, key=lambda row: (row.talkers.standing not in _MISSES, -row.figures.talkers))
    return sorted(ranked[:_DRAWN], key=lambda row: -row.figures.talkers)


def comparison_takeaway(results: CampaignResults) -> str:
    """Say in one sentence how the forecast did, and who stands out."""
    judged = [row for row in results.rows if row.talkers.standing is not IntervalPosition.UNKNOWN]
    best = max(results.rows, key=lambda row: row.figures.talkers, default=None)
    if best is None or not results.total.talkers:
        return t("Nobody has been heard yet")
    share = percent(best.figures.talkers / results.total.talkers)
    if not judged:
        return t("{name} made {share} of the people talk", name=best.name, share=share)
    missed = sum(row.talkers.standing in _MISSES for row in judged)
    return t_count(
        "{name} made {share} of the people talk; {count} of {all} ambassadors fell outside their forecast",
        "{name} made {share} of the people talk; {count} of {all} ambassadors fell outside their forecast",
        missed,
        name=best.name,
        share=share,
        all=number(len(judged)),
    )


def comparison_note(results: CampaignResults) -> str:
    """Say what the colours mean and what is not drawn."""
    counted = sum(1 for row in results.rows if row.delivered_at or row.figures.mentions)
    parts = [
        t("Blue: the range forecast at launch, right 9 times in 10. Orange: observed so far.")
        if results.forecast_at
        else t("No forecast was frozen when this campaign was launched."),
        note_text(results.led_by) if results.led_by else "",
        t_count("{count} more in the table.", "{count} more in the table.", counted - _DRAWN)
        if counted > _DRAWN
        else "",
        _unattributed(results),
    ]
    return " ".join(part for part in parts if part)


def _intervals(rows: Sequence[AmbassadorResult]) -> Chart:
    table = pd.DataFrame([_spread(row) for row in rows])
    low, middle = (
        alt.Tooltip("low:Q", title=t("Low")),
        alt.Tooltip("middle:Q", title=t("Expected"), format=".0f"),
    )
    tooltip = [alt.Tooltip("who:N", title=t("Ambassador")), alt.Tooltip("seen:Q", title=t("People who talk")),
               middle, low, alt.Tooltip("high:Q", title=t("High"))]  # fmt: skip
    spread, few = alt.Scale(type="sqrt", zero=True), alt.Axis(tickCount=6)
    across = alt.X("low:Q", title=t("People who talk"), scale=spread, axis=few)
    down = alt.Y(
        "who:N",
        title=None,
        sort=[row.name for row in rows],
        axis=alt.Axis(labelLimit=200, labelOverlap=False, labelFlush=False),
    )
    base = alt.Chart(table).encode(y=down, tooltip=tooltip)
    spans = base.mark_rule(color=FORECAST, strokeWidth=7, opacity=_HALF, strokeCap="round")
    dots = base.mark_circle(color=OBSERVED, size=90, opacity=1).encode(x="seen:Q")
    drawn: Chart = alt.layer(spans.encode(x=across, x2="high:Q"), dots)
    return drawn.properties(height=max(len(rows), 3) * _ROW_HEIGHT)


def _spread(row: AmbassadorResult) -> dict[str, object]:
    low, high = row.talkers.interval(90) or (None, None)
    middle = row.talkers.expected
    return {"who": row.name, "seen": row.figures.talkers, "middle": middle, "low": low, "high": high}


def _unattributed(results: CampaignResults) -> str:
    nobody = results.unattributed
    if not nobody.mentions:
        return ""
    return t(
        "Not attributable to anyone: {mentions}.",
        mentions=t_count("{count} mention", "{count} mentions", round(nobody.mentions)),
    )
