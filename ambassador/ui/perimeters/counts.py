"""All perimeters side by side: a picture by day, a table of each, and the days with downloads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from ambassador.services.perimeters import count_perimeters
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.charts import CATEGORIES, lines, show_chart
from ambassador.ui.kit.room import on_small_screen
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import day, number, t, t_count
from ambassador.ui.kit.words import word
from ambassador.values.perimeters import HubCounts, PerimeterCount, days_of

_WINDOWS: Final = (30, 90, 365)
_USUAL: Final = 90
_WEEK: Final = timedelta(days=7)
_POINTS: Final = 60


@dataclass(frozen=True, slots=True)
class _Day:
    """Mentions of one day, by the name of the perimeter."""

    on: date
    mentions: Mapping[str, int]


def draw_side_by_side(work: UnitOfWork, campaign_id: int | None) -> None:
    """Draw what every perimeter holds, day by day; on a small screen folded away."""
    with st.expander(
        t("Perimeters side by side"), icon=":material/stacked_line_chart:", expanded=not on_small_screen()
    ):
        _draw(work, campaign_id)


def _draw(work: UnitOfWork, campaign_id: int | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        window = st.segmented_control(
            t("Days shown"),
            _WINDOWS,
            default=_USUAL,
            format_func=lambda days: t("{count} days", count=days),
            required=True,
            label_visibility="collapsed",
            key="perimeters:window",
        )
    counts = _of_the_chosen(
        count_perimeters(work, campaign_id=campaign_id, days=window or _USUAL), campaign_id
    )
    if all(one.card.ref.is_campaign for one in counts.perimeters):
        st.info(
            t(
                "Campaigns alone are watched so far. Watch the brand, a product or a competitor too: press"
                " New perimeter and name words, hashtags or accounts."
            ),
            icon=":material/filter_alt:",
        )
    if any(one.by_day for one in counts.perimeters):
        _draw_days(counts)
    show_table("perimeters", counts.perimeters, _columns(counts), title=t("Perimeters"))
    if st.toggle(t("List the days"), key="perimeters:days"):
        rows, names = _days(counts), [one.card.name for one in counts.perimeters]
        columns = [Column[_Day](t("Day"), "on", Kind.DAY, pinned=True), *map(_day_column, names)]
        show_table("perimeter-days", rows, columns, title=t("Perimeters by day"))


def _of_the_chosen(counts: HubCounts, campaign_id: int | None) -> HubCounts:
    """Leave other campaigns out where one is chosen for all pages, and say how many."""
    if campaign_id is None:
        return counts
    own = tuple(
        one for one in counts.perimeters if not one.card.ref.is_campaign or one.card.ref.number == campaign_id
    )
    if left_out := len(counts.perimeters) - len(own):
        st.caption(
            t_count(
                "{count} other campaign is left out: choose all campaigns above to see it.",
                "{count} other campaigns are left out: choose all campaigns above to see them.",
                left_out,
            )
        )
    return replace(counts, perimeters=own)


def _draw_days(counts: HubCounts) -> None:
    """Draw a line for each, the largest ones where there are more than colours."""
    when, mentions, name = t("Day"), t("Mentions"), t("Perimeter")
    largest = sorted(counts.perimeters, key=lambda one: -one.in_days)[: len(CATEGORIES)]
    by_day = {one.card.name: dict(one.by_day) for one in largest}
    rows = [
        {when: on, mentions: held.get(on, 0), name: called}
        for called, held in by_day.items()
        for on in days_of(counts)
    ]
    left_out = len(counts.perimeters) - len(largest)
    note = t("The {count} with the most mentions are drawn.", count=len(largest)) if left_out else ""
    show_chart(lines(rows, x=when, value=mentions, kind=name), _takeaway(counts), note=note)


def _takeaway(counts: HubCounts) -> str:
    most = max(counts.perimeters, key=lambda one: one.in_days)
    return t(
        "Most was said of {name}: {count} mentions from {first} to {last}",
        name=most.card.name,
        count=number(most.in_days),
        first=day(counts.first),
        last=day(counts.last),
    )


def _columns(counts: HubCounts) -> tuple[Column[PerimeterCount], ...]:
    return (
        Column(t("Perimeter"), lambda one: one.card.name, pinned=True),
        Column(t("Kind"), lambda one: word(one.card.kind)),
        Column(t("Mentions"), "mentions", Kind.NUMBER),
        Column(t("In these days"), "in_days", Kind.NUMBER),
        Column(t("Last 7 days"), lambda one: _last_week(one, counts.last), Kind.NUMBER),
        Column(t("Complaints"), "complaints", Kind.NUMBER, help=t("Mentions labelled as complaints.")),
        Column(t("Day by day"), lambda one: _trend(one, counts), Kind.TREND),
        Column(t("Version of the rule"), lambda one: one.card.version or None, Kind.NUMBER),
    )


def _last_week(one: PerimeterCount, last: date) -> int:
    return sum(count for on, count in one.by_day if on > last - _WEEK)


def _trend(one: PerimeterCount, counts: HubCounts) -> list[float]:
    held = dict(one.by_day)
    return [float(held.get(on, 0)) for on in days_of(counts)][-_POINTS:]


def _days(counts: HubCounts) -> list[_Day]:
    """The days that have mentions, the newest first."""
    by_day = {one.card.name: dict(one.by_day) for one in counts.perimeters}
    every = sorted({on for held in by_day.values() for on in held}, reverse=True)
    return [_Day(on, {name: held.get(on, 0) for name, held in by_day.items()}) for on in every]


def _day_column(name: str) -> Column[_Day]:
    return Column(name, lambda row: row.mentions[name], Kind.NUMBER)
