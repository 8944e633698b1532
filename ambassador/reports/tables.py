"""The tables of a report, in its language, ready for a sheet or a plain file."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from ambassador.reports.plain_table import PercentShare
from ambassador.reports.words import Words
from ambassador.values.results.outcomes import OutcomeView
from ambassador.values.results.reports import Report
from ambassador.values.results.results import (
    AmbassadorResult,
    ForecastComparison,
    ObservedFigures,
    UnitCosts,
)
from ambassador.values.status_words import text_of

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A title, headers, and rows of plain values; None is unknown."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def report_tables(report: Report, words: Words) -> tuple[ReportTable, ...]:
    """Return every table of the report, the ambassadors first."""
    return (
        ambassadors_table(report, words),
        _days_table(report, words),
        _cascades_table(report, words),
        _outcomes_table(report, words),
    )


def ambassadors_table(report: Report, words: Words) -> ReportTable:
    """Return one row per ambassador, one for what is nobody's, and the total."""
    results, t = report.results, words.t
    currency = results.cost.fees.currency
    headers = (
        t("Ambassador"), t("Status"), t("Deal"), t("Delivered"), t("First post"), t("Own posts"),
        t("People who talk"), t("Forecast"), t("Forecast, low (90%)"), t("Forecast, high (90%)"),
        t("Standing"), *_figure_headers(words),
        t("Fee ({currency})", currency=currency), t("Phones ({currency})", currency=currency),
        t("Shipping and other ({currency})", currency=currency),
        t("Cost ({currency})", currency=currency), *_unit_headers(words, currency),
    )  # fmt: skip
    rows = [_ambassador_row(row, words, results.time_zone) for row in results.rows]
    nobody = (t("Not attributable to anyone"), *(None,) * 5, results.unattributed.talkers, *(None,) * 4)
    total = (t("Total"), *(None,) * 5, results.total.talkers, *_compared(results.by_the_end, words))
    rows.append((*nobody, *_figure_cells(results.unattributed), *(None,) * (4 + len(fields(UnitCosts)))))
    cost = results.cost
    spent = (cost.fees, cost.goods, cost.beside, cost.total)
    rows.append((*total, *_figure_cells(results.total), *spent, *_unit_cells(results.unit_costs)))
    return ReportTable(t("Ambassadors"), headers, tuple(rows))


def summary_rows(report: Report, words: Words) -> Iterator[Row]:
    """Return the campaign's own figures, each with its name."""
    results, t = report.results, words.t
    total, funnel, costs = results.total, results.funnel, results.unit_costs
    low, high = results.by_the_end.interval(90) or (None, None)
    yield t("People who talk"), total.talkers
    yield t("Forecast by the end, mean"), results.by_the_end.expected
    yield t("Forecast by the end, 9 times in 10"), low, high
    yield t("People who may see it, from and to"), total.seen.low, total.seen.high
    yield t("Views"), _whole(total.views.value)
    yield t("Engagements"), _whole(total.engagements.value)
    yield t("Mentions"), _whole(total.mentions)
    yield t("Asked to take part"), funnel.planned
    yield t("Got a phone"), funnel.delivered
    yield t("Posted"), funnel.posted
    yield t("Post rate"), None if funnel.post_rate is None else PercentShare(funnel.post_rate)
    yield t("Orders by code"), total.orders
    yield t("Worth"), total.order_value
    currency = results.cost.fees.currency
    yield t("Cost ({currency})", currency=currency), results.cost.total
    yield from zip(_unit_headers(words, currency), _unit_cells(costs), strict=True)
    yield t("Mentions labelled as complaints"), report.complaints


def _ambassador_row(row: AmbassadorResult, words: Words, zone: str) -> Row:
    return (
        row.name,
        words.t(text_of(row.status)),
        words.t(text_of(row.deal)),
        _local(row.delivered_at, zone),
        _local(row.first_post_at, zone),
        row.own_posts,
        row.figures.talkers,
        *_compared(row.talkers, words),
        *_figure_cells(row.figures),
        row.cost.fees,
        row.cost.goods,
        row.cost.beside,
        row.cost.total,
        *_unit_cells(row.unit_costs),
    )


def _compared(comparison: ForecastComparison, words: Words) -> Row:
    low, high = comparison.interval(90) or (None, None)
    return comparison.expected, low, high, words.t(text_of(comparison.standing))


def _figure_headers(words: Words) -> tuple[str, ...]:
    t = words.t
    return (
        t("Mentions"), t("May see it, at least"), t("May see it, at most"), t("Views"), t("Engagements"),
        t("Likes"), t("Cascades"), t("Largest cascade"), t("Steps from the first post"),
        t("Structural virality"), t("Orders"), t("Worth"),
    )  # fmt: skip


def _figure_cells(figures: ObservedFigures) -> Row:
    return (
        _whole(figures.mentions),
        figures.seen.low,
        figures.seen.high,
        _whole(figures.views.value),
        _whole(figures.engagements.value),
        _whole(figures.likes.value),
        figures.cascades,
        figures.largest_cascade,
        figures.depth,
        figures.structural_virality,
        figures.orders,
        figures.order_value,
    )


def _unit_headers(words: Words, currency: str) -> tuple[str, ...]:
    t = words.t
    return (
        t("Cost per person who talks ({currency})", currency=currency),
        t("Cost per 1,000 views ({currency})", currency=currency),
        t("Cost per engagement ({currency})", currency=currency),
        t("Cost per like ({currency})", currency=currency),
        t("Cost per post ({currency})", currency=currency),
        t("Cost per order ({currency})", currency=currency),
    )


def _unit_cells(costs: UnitCosts) -> Row:
    return (
        costs.per_talker,
        costs.per_thousand_views,
        costs.per_engagement,
        costs.per_like,
        costs.per_post,
        costs.per_order,
    )


def _days_table(report: Report, words: Words) -> ReportTable:
    t = words.t
    expected = {day.day: day for day in report.forecast}
    seen = {day.day: day for day in report.observed}
    rows: list[Row] = []
    for number in sorted({*expected, *seen}):
        observed, forecast = seen.get(number), expected.get(number)
        low, high = forecast.quantiles.get(90, (None, None)) if forecast else (None, None)
        rows.append(
            (
                number,
                observed.on if observed else None,
                observed.talkers if observed else None,
                observed.mentions if observed else None,
                forecast.mean if forecast else None,
                low,
                high,
            )
        )
    headers = (
        t("Day"), t("Date"), t("People who talk"), t("Mentions"), t("Forecast"), t("Forecast, low (90%)"),
        t("Forecast, high (90%)"),
    )  # fmt: skip
    return ReportTable(t("Day by day"), headers, tuple(rows))


def _cascades_table(report: Report, words: Words) -> ReportTable:
    t = words.t
    headers = (
        t("Started by"), t("Platform"), t("When"), t("Posts"), t("People"), t("Steps from the first post"),
        t("Structural virality"), t("Address"),
    )  # fmt: skip
    rows = tuple(
        (
            f"@{one.root_handle}",
            one.platform,
            _local(one.started_at, report.results.time_zone),
            one.size,
            one.people,
            one.depth,
            one.structural_virality,
            one.root_url,
        )
        for one in report.cascades
    )
    return ReportTable(t("Cascades"), headers, rows)


def _outcomes_table(report: Report, words: Words) -> ReportTable:
    t = words.t
    headers = (
        t("Day"), t("What"), t("Ambassador"), t("Code"), t("How many"), t("Worth"), t("Currency"),
        t("In words"),
    )  # fmt: skip
    return ReportTable(
        t("Outcomes"), headers, tuple(_outcome_row(row, words) for row in report.outcomes.rows)
    )


def _outcome_row(row: OutcomeView, words: Words) -> Row:
    currency = row.value.currency if row.value else None
    what = words.t(text_of(row.kind))
    return row.happened_on, what, row.name, row.code, row.quantity, row.value, currency, row.note


def _local(moment: datetime | None, zone: str) -> datetime | None:
    """Return the campaign's own clock time: sheets know no zones."""
    return moment.astimezone(ZoneInfo(zone)) if moment else None


def _whole(value: float | None) -> float | None:
    return int(value) if value is not None and value == int(value) else value
