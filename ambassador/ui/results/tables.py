"""The Outcomes page's tables: one row per ambassador, and the log."""

from collections.abc import Sequence

from ambassador.ui.kit.charts import show_chart
from ambassador.ui.kit.markup import bold
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import interval, t, t_count
from ambassador.ui.kit.words import word
from ambassador.ui.results.costs import draw_costs
from ambassador.ui.results.surprise_lines import draw_surprises
from ambassador.ui.results.views import comparison_chart, comparison_note, comparison_takeaway, shown_rows
from ambassador.values.results.outcomes import OutcomesView, OutcomeView
from ambassador.values.results.reports import OpenedOutcomes
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    DeviceResult,
    ForecastComparison,
)


def result_columns(results: CampaignResults) -> tuple[Column[AmbassadorResult], ...]:
    """The columns of the table per ambassador."""
    currency = results.cost.fees.currency
    return (
        Column(t("Ambassador"), "name", pinned=True),
        Column(t("Status"), lambda row: word(row.status)),
        Column(t("People who talk"), lambda row: row.figures.talkers, Kind.NUMBER),
        Column(t("Forecast, 9 times in 10"), lambda row: _interval_of(row.talkers)),
        Column(t("Against it"), lambda row: word(row.talkers.standing)),
        Column(t("Silent"), "is_silent", Kind.FLAG),
        Column(t("Mentions"), lambda row: row.figures.mentions, Kind.DECIMAL),
        Column(t("May see it, at least"), lambda row: row.figures.seen.low, Kind.NUMBER),
        Column(t("May see it, at most"), lambda row: row.figures.seen.high, Kind.NUMBER),
        Column(t("Views"), lambda row: row.figures.views.value, Kind.NUMBER),
        Column(t("Engagements"), lambda row: row.figures.engagements.value, Kind.NUMBER),
        Column(t("Largest cascade"), lambda row: row.figures.largest_cascade, Kind.NUMBER),
        Column(t("Steps from the first post"), lambda row: row.figures.depth, Kind.NUMBER),
        Column(t("Structural virality"), lambda row: row.figures.structural_virality, Kind.DECIMAL),
        Column(t("Orders"), lambda row: row.figures.orders, Kind.NUMBER),
        Column(t("Cost ({currency})", currency=currency), lambda row: row.cost.total, Kind.MONEY),
    )


def device_columns() -> tuple[Column[DeviceResult], ...]:
    """The columns of the table per device."""
    return (
        Column(t("Serial"), "serial"),
        Column(t("Ambassador"), "name"),
        Column(t("Days since delivery"), "days", Kind.NUMBER),
        Column(t("Silent since delivery"), "is_silent", Kind.FLAG),
        Column(t("People who talk"), lambda row: row.talkers.observed, Kind.NUMBER),
        Column(t("Forecast, 9 times in 10"), lambda row: _interval_of(row.talkers)),
        Column(t("Against it"), lambda row: word(row.talkers.standing)),
        Column(t("Mentions"), "mentions", Kind.DECIMAL),
    )


def device_words(devices: Sequence[DeviceResult]) -> str:
    """Say how many devices are silent since delivery, or outside their range."""
    silent = sum(one.is_silent for one in devices)
    outside = sum(one.is_flagged and not one.is_silent for one in devices)
    return t(
        "Devices: {silent} silent since delivery, {outside} outside the range of whoever holds them.",
        silent=silent,
        outside=outside,
    )


def outcome_columns() -> tuple[Column[OutcomeView], ...]:
    """The columns of the outcome log."""
    return (
        Column(t("Day"), "happened_on", Kind.DAY),
        Column(t("What"), lambda row: word(row.kind)),
        Column(t("How many"), "quantity", Kind.NUMBER),
        Column(t("Worth"), "value", Kind.MONEY),
        Column(t("Currency"), lambda row: row.value.currency if row.value else ""),
        Column(t("Code"), "code"),
        Column(t("Ambassador"), "name"),
        Column(t("In words"), "note"),
        Column(t("By"), lambda row: t("file") if row.from_file else row.actor),
    )


def log_note(log: OutcomesView) -> str:
    """Say what of the log could not be counted, and why."""
    parts = [
        t("Codes nobody in this campaign carries: {codes}.", codes=", ".join(log.unknown_codes))
        if log.unknown_codes
        else "",
        t_count(
            "{count} amount is in another currency and is not added up.",
            "{count} amounts are in another currency and are not added up.",
            log.other_currency,
        )
        if log.other_currency
        else "",
    ]
    return " ".join(part for part in parts if part)


def _interval_of(comparison: ForecastComparison) -> str:
    known = comparison.interval(90)
    return interval(*known) if known else ""


def draw_results(opened: OpenedOutcomes) -> None:
    """Draw each ambassador beside the forecast, and what each phone brought."""
    results = opened.results
    if shown_rows(results):
        draw_surprises(opened.surprises)
        show_chart(comparison_chart(results), comparison_takeaway(results), note=comparison_note(results))
        show_table("results", results.rows, result_columns(results), title=t("Outcomes"))
        draw_costs(results)
    if opened.devices:
        st.markdown(bold(device_words(opened.devices)))
        show_table("device-results", opened.devices, device_columns(), title=t("Devices"))
