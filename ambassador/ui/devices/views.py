"""The Devices page's figures, picture, table and history."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import altair as alt
import pandas as pd

from ambassador.ui.kit.charts import CATEGORIES, MUTED, Chart, legend_below
from ambassador.ui.kit.figures import Figure
from ambassador.ui.kit.markup import Markup, bold, bullets, joined, markup
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import day, moment, money, number, shown_zone, t, t_count
from ambassador.ui.kit.words import heading, word
from ambassador.values.days import day_in
from ambassador.values.devices import (
    CustodyView,
    DeviceEventView,
    DeviceHistory,
    DeviceView,
    PackingLine,
    StockView,
    Worth,
)
from ambassador.values.status import CustodyEnd, DeviceStatus

_ORDER = (
    DeviceStatus.IN_STOCK,
    DeviceStatus.RESERVED,
    DeviceStatus.SHIPPED,
    DeviceStatus.DELIVERED,
    DeviceStatus.LOST,
    DeviceStatus.RETIRED,
)
_COLOURS = (CATEGORIES[0], CATEGORIES[4], CATEGORIES[3], CATEGORIES[1], "#C0392B", MUTED)


def stock_figures(now: StockView) -> tuple[Figure, ...]:
    """Say what is missing, on the way, late, and with people."""
    missing = now.unaccounted
    return (
        Figure(
            t("Phones unaccounted for"),
            _worth(missing),
            note=t_count("{count} phone", "{count} phones", missing.devices) + _unknown_costs(missing),
            tone="bad" if missing.devices else "good",
            help=t(
                "What phones cost that are lost and not written off, or that are past the day they were due."
            ),
        ),
        Figure(
            heading(DeviceStatus.SHIPPED),
            number(now.on_the_way),
            help=t("Sent, and not yet known to have arrived."),
        ),
        Figure(
            t("Overdue"),
            number(now.overdue),
            note=t("{count} more due within a week", count=number(now.due_soon)) if now.due_soon else "",
            tone="bad" if now.overdue else "neutral",
            help=t("Out, and past the day they were due back."),
        ),
        Figure(
            heading(DeviceStatus.DELIVERED),
            number(now.with_ambassadors),
            note=t("of {total} phones", total=number(now.total)),
            help=t("Arrived, and neither returned, lost nor theirs for good."),
        ),
    )


def stock_takeaway(now: StockView) -> str:
    """Say in one sentence where the stock is; the counts add up to the whole."""
    states = ", ".join(f"{number(now.by_status[one])} {word(one)}" for one in _ORDER if now.by_status[one])
    return t_count("{count} phone: {states}", "{count} phones: {states}", now.total, states=states)


def stock_flow(now: StockView) -> Chart:
    """Draw the stock as one bar cut by state; the pieces sum to the stock."""
    state, phones = t("State"), t("Phones")
    known = [one for one in _ORDER if now.by_status[one]]
    rows = [{state: word(one), phones: now.by_status[one], "place": place} for place, one in enumerate(known)]
    base = alt.Chart(pd.DataFrame(rows)).encode(
        x=alt.X(
            f"{phones}:Q",
            stack="zero",
            title=phones,
            scale=alt.Scale(domain=[0, now.total], nice=False),
            axis=alt.Axis(labels=False, ticks=False, grid=False),
        ),
        order=alt.Order("place:Q"),
        tooltip=[state, phones],
    )
    colours = alt.Scale(
        domain=[word(one) for one in known], range=[_COLOURS[_ORDER.index(one)] for one in known]
    )
    bar = base.mark_bar(height=54).encode(
        color=alt.Color(f"{state}:N", scale=colours, title=None, sort=None, legend=legend_below(3))
    )
    counts = base.mark_text(color="white", fontWeight="bold", fontSize=15).encode(
        x=alt.X(f"{phones}:Q", stack="zero", bandPosition=0.5, axis=None),
        text=f"{phones}:Q",
        detail=f"{state}:N",
    )
    flow: Chart = alt.layer(bar, counts).properties(height=150)
    return flow


def device_columns() -> tuple[Column[DeviceView], ...]:
    """The columns of the stock list."""
    return (
        Column(t("Serial"), lambda row: row.label, pinned=True),
        Column(t("State"), lambda row: word(row.status)),
        Column(t("With or for"), "holder"),
        Column(t("Days late"), lambda row: row.overdue_days or None, Kind.NUMBER),
        Column(t("Due back"), "due_back", Kind.DAY),
        Column(t("Since"), _since, Kind.DAY),
        Column(t("Courier"), "courier"),
        Column(t("Tracking"), "tracking"),
        Column(t("Campaign"), "campaign"),
        Column(t("Reference"), "reference"),
        Column(t("Model"), "model"),
        Column(t("IMEI 1"), "imei1"),
        Column(t("IMEI 2"), "imei2"),
        Column(t("Colour"), "colour"),
        Column(t("Cost"), "cost", Kind.MONEY),
        Column(t("Currency"), lambda row: row.cost.currency if row.cost else ""),
    )


def _since(device: DeviceView) -> date | None:
    """The day since when it is so, in the zone of the campaign it is out for."""
    return device.since and day_in(device.time_zone or shown_zone(), device.since)


def packing_columns() -> tuple[Column[PackingLine], ...]:
    """The columns of the packing list."""
    return (
        Column(t("Reference"), "reference"),
        Column(t("Recipient"), "recipient"),
        Column(t("Account"), "handle"),
        Column(t("City"), "city"),
        Column(t("Country"), "country"),
        Column(t("E-mail"), "email"),
        Column(t("Telephone number"), "telephone"),
        Column(t("Model"), "model"),
        Column(t("Colour"), "colour"),
        Column(t("Serial"), "serial"),
        Column(t("IMEI 1"), "imei1"),
        Column(t("IMEI 2"), "imei2"),
        Column(t("Deal"), lambda row: word(row.deal)),
        Column(t("Due back"), "due_back", Kind.DAY),
        Column(t("Agreement signed"), "agreement_signed_on", Kind.DAY),
        Column(t("Words that go with it"), "notice"),
    )


def draw_device(device: DeviceView) -> None:
    """Draw what a device is, where it is, and with whom."""
    what = bold(f"{device.model} · {device.label}")
    st.markdown(joined(" · ", (what, word(device.status), device.holder, device.campaign)))
    facts = [
        f"IMEI {device.imei1}" if device.imei1 else "",
        f"IMEI 2 {device.imei2}" if device.imei2 else "",
        device.colour,
        t("cost {amount}", amount=money(device.cost)) if device.cost else t("cost not known"),
    ]
    st.caption(" · ".join(fact for fact in facts if fact))


def draw_history(history: DeviceHistory) -> None:
    """Draw everybody who had a device, and everything that happened to it, newest first."""
    st.markdown(bullets(map(custody_line, history.custodies)))
    st.dataframe(_events(history.events), hide_index=True)


def custody_line(custody: CustodyView) -> Markup:
    """Say one stay with one person in a line."""
    parts: list[str] = [
        markup(
            "**{reference}** {holder} ({campaign})",
            reference=custody.reference,
            holder=custody.holder,
            campaign=custody.campaign,
        )
    ]
    if custody.shipped_at:
        parts.append(t("sent {day}", day=_day_of(custody, custody.shipped_at)))
    if custody.delivered_at:
        parts.append(t("arrived {day}", day=_day_of(custody, custody.delivered_at)))
    if custody.ended_at:
        parts.append(f"{_ending(custody.ended_as)} {_day_of(custody, custody.ended_at)}")
    elif custody.due_back:
        parts.append(t("due back {day}", day=day(custody.due_back)))
    if custody.replaces_id:
        parts.append(t("in place of a lost one"))
    return joined(", ", parts)


def _day_of(custody: CustodyView, at: datetime) -> str:
    """Write a day as it was in the campaign's zone."""
    return day(day_in(custody.time_zone, at))


def _ending(end: CustodyEnd | None) -> str:
    return word(end)


def _events(events: Sequence[DeviceEventView]) -> pd.DataFrame:
    rows: list[dict[str, Any]] = [
        {
            t("When"): moment(event.happened_at, event.time_zone or None),
            t("Became"): word(DeviceStatus(event.to_status)),
            t("Reference"): event.reference,
            t("Person"): event.holder,
            t("Note"): event.note,
            t("By"): event.actor,
        }
        for event in reversed(events)
    ]
    return pd.DataFrame(rows)


def _worth(some: Worth) -> str:
    if not some.sums:
        return number(0) if not some.devices else t("cost not known")
    return " + ".join(money(one) for one in some.sums)


def _unknown_costs(some: Worth) -> str:
    return " · " + t("{count} without a known cost", count=number(some.unknown)) if some.unknown else ""
