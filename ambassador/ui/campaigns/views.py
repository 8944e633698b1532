"""The Campaigns page's figures and pictures."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import pandas as pd

from ambassador.ui.kit.charts import CATEGORIES, MUTED, Chart, legend_below, show_chart
from ambassador.ui.kit.figures import Figure, first_row
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind
from ambassador.ui.kit.text import day, moment, money, number, percent, t, t_count
from ambassador.ui.kit.words import word
from ambassador.values.campaigns.campaigns import CampaignCard, CampaignView, Spending, TimelineEventKind
from ambassador.values.days import day_in
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, CampaignStatus

_LANES: Final = (
    TimelineEventKind.SIGNED,
    TimelineEventKind.SHIPPED,
    TimelineEventKind.DELIVERED,
    TimelineEventKind.POST_BY,
    TimelineEventKind.DUE_BACK,
)
_RULES: Final = (
    TimelineEventKind.START,
    TimelineEventKind.EMBARGO,
    TimelineEventKind.TODAY,
    TimelineEventKind.END,
)
_RULE_COLOURS: Final = {
    TimelineEventKind.START: CATEGORIES[0],
    TimelineEventKind.EMBARGO: "#C0392B",
    TimelineEventKind.TODAY: MUTED,
    TimelineEventKind.END: CATEGORIES[0],
}
_IN: Final = (AmbassadorStatus.ACCEPTED, AmbassadorStatus.DONE)
_NOT_IN: Final = (AmbassadorStatus.DECLINED, AmbassadorStatus.SILENT, AmbassadorStatus.REPLACED)


def draw_campaign(view: CampaignView) -> None:
    """Draw what a campaign is, its first row and its time line."""
    st.caption(campaign_title(view))
    first_row(*campaign_figures(view))
    show_chart(time_line(view), line_takeaway(view))


def campaign_figures(view: CampaignView) -> tuple[Figure, ...]:
    """Say what was spent, how long it still is, and what is signed."""
    card = view.card
    wanted, signed = card.agreements_wanted, card.agreements_signed
    return (
        Figure(
            t("Spent"),
            _spent(card.spending),
            note=", ".join(part for part in (_unknown(card.spending), _budget_note(card.spending)) if part),
            tone="bad" if _over(card.spending) else "neutral",
            help=t("Fees of those who are in, phones given for good or lost, shipping and other costs.")
            + _gaps(card.spending),
        ),
        _next_day(view),
        Figure(
            t("Agreements signed"),
            t("{signed} of {wanted}", signed=number(signed), wanted=number(wanted)),
            tone="good" if wanted and signed == wanted else "neutral",
            note=t_count("{count} still missing", "{count} still missing", wanted - signed)
            if wanted > signed
            else "",
            help=t("Of the people invited or in. Those who declined or were replaced need none."),
        ),
        Figure(
            t("Accepted"),
            t(
                "{accepted} of {asked}",
                accepted=number(sum(card.by_status.get(one, 0) for one in _IN)),
                asked=number(sum(card.by_status.values()) - card.by_status.get(AmbassadorStatus.RESERVE, 0)),
            ),
            note=_answers(card),
            help=t("Of the people who were invited."),
        ),
    )


def campaign_title(view: CampaignView) -> str:
    """Say which campaign this is, in which state, from when to when."""
    card = view.card
    return t(
        "{name} is {status}: {starts} to {ends}, {zone}",
        name=card.name,
        status=word(card.status),
        starts=day(card.starts_on),
        ends=day(card.ends_on),
        zone=card.time_zone,
    )


def line_takeaway(view: CampaignView) -> str:
    """Say in one sentence where the campaign stands."""
    missing = view.card.agreements_wanted - view.card.agreements_signed
    if view.card.status is CampaignStatus.CLOSED:
        return t(
            "Closed: it ran from {starts} to {ends}",
            starts=day(view.card.starts_on),
            ends=day(view.card.ends_on),
        )
    if view.days_to_start > 0:
        return t_count(
            "Days to the start: {days}, {count} agreement still to be signed",
            "Days to the start: {days}, {count} agreements still to be signed",
            missing,
            days=number(view.days_to_start),
        )
    if view.days_to_end >= 0:
        return t_count(
            "Day {today} of {days}, {count} agreement still to be signed",
            "Day {today} of {days}, {count} agreements still to be signed",
            missing,
            today=number(1 - view.days_to_start),
            days=number((view.card.ends_on - view.card.starts_on).days + 1),
        )
    return t("Days since the last day: {days}, time to close it", days=number(-view.days_to_end))


def time_line(view: CampaignView) -> Chart:
    """Draw what happened and what is due, one lane a kind, the fixed days as upright lines."""
    days, people, what, lane = t("Day"), t("People"), t("Names"), "lane"
    rows = [
        {
            days: pd.Timestamp(one.day),
            people: len(one.people),
            lane: word(one.kind),
            what: ", ".join(one.people[:12]),
        }
        for one in view.moments
        if one.kind in _LANES
    ]
    fixed = [
        {days: pd.Timestamp(one.day), lane: word(one.kind)} for one in view.moments if one.kind in _RULES
    ]
    axis = alt.X(f"{days}:T", title=None, axis=alt.Axis(format="%d %b", tickCount=8, grid=False))
    rules = alt.Chart(pd.DataFrame(fixed)).encode(x=axis, tooltip=[alt.Tooltip(f"{days}:T"), f"{lane}:N"])
    present = [kind for kind in _RULES if any(one.kind is kind for one in view.moments)]
    colours = alt.Scale(
        domain=[word(kind) for kind in present], range=[_RULE_COLOURS[kind] for kind in present]
    )
    upright = rules.mark_rule(strokeWidth=2, strokeDash=[5, 3]).encode(
        color=alt.Color(f"{lane}:N", scale=colours, title=None, legend=legend_below(2))
    )
    dots = (
        alt.Chart(pd.DataFrame(rows, columns=[days, people, lane, what]))
        .mark_circle(color=CATEGORIES[3], opacity=0.85)
        .encode(
            x=axis,
            y=alt.Y(
                f"{lane}:N", title=None, sort=[word(kind) for kind in _LANES], axis=alt.Axis(labelLimit=200)
            ),
            size=alt.Size(f"{people}:Q", scale=alt.Scale(range=[60, 700]), legend=None),
            tooltip=[alt.Tooltip(f"{days}:T"), f"{people}:Q", f"{what}:N"],
        )
    )
    drawn: Chart = alt.layer(upright, dots).properties(height=230)
    return drawn


def campaign_columns() -> tuple[Column[CampaignCard], ...]:
    """The columns of the list of campaigns."""
    return (
        Column(t("Campaign"), "name"),
        Column(t("Product"), "product"),
        Column(t("State"), lambda row: word(row.status)),
        Column(t("Starts"), "starts_on", Kind.DAY),
        Column(t("Ends"), "ends_on", Kind.DAY),
        Column(t("Embargo until"), "embargo_until", Kind.MOMENT),
        Column(t("Accepted"), lambda row: sum(row.by_status.get(one, 0) for one in _IN), Kind.NUMBER),
        Column(t("Agreements signed"), "agreements_signed", Kind.NUMBER),
        Column(t("Spent"), lambda row: row.spending.spent, Kind.MONEY),
        Column(t("Budget"), lambda row: row.spending.budget, Kind.MONEY),
        Column(t("Currency"), "currency"),
    )


def list_figures(cards: Sequence[CampaignCard]) -> tuple[Figure, ...]:
    """Say how many campaigns there are, and what they cost."""
    live = [card for card in cards if card.status is CampaignStatus.LIVE]
    draft = sum(card.status is CampaignStatus.DRAFT for card in cards)
    currencies = {card.currency for card in cards}
    missing = sum(card.agreements_wanted - card.agreements_signed for card in live)
    spent = sum(card.spending.spent.minor for card in live)
    figures = [
        Figure(t("Live campaigns"), number(len(live)), note=t("{count} being prepared", count=number(draft))),
        Figure(t("Agreements still to be signed"), number(missing), tone="bad" if missing else "good"),
    ]
    if len(currencies) == 1:
        figures.insert(1, Figure(t("Spent on what is live"), money(Money(spent, currencies.pop()))))
    return tuple(figures)


def _next_day(view: CampaignView) -> Figure:
    card = view.card
    if card.embargo_until and card.status is not CampaignStatus.CLOSED:
        left = (day_in(card.time_zone, card.embargo_until) - view.today).days
        if left >= 0:
            until = moment(card.embargo_until, card.time_zone)
            return Figure(t("Days to the embargo's end"), number(left), note=until, tone="neutral")
    if view.days_to_start > 0:
        return Figure(t("Days to the start"), number(view.days_to_start), note=day(card.starts_on))
    if view.days_to_end >= 0:
        return Figure(t("Days to the end"), number(view.days_to_end), note=day(card.ends_on))
    return Figure(t("Days since the end"), number(-view.days_to_end), note=day(card.ends_on))


def _budget_note(spending: Spending) -> str:
    promised = ""
    if spending.promised.minor:
        promised = " · " + t("{amount} promised", amount=money(spending.promised))
    if spending.budget is None:
        return t("no budget set") + promised
    if not spending.budget.minor:
        return t("of {budget}", budget=money(spending.budget)) + promised
    share = spending.spent.minor / spending.budget.minor
    return t("{share} of {budget}", share=percent(share), budget=money(spending.budget)) + promised


def _spent(spending: Spending) -> str:
    """Say what was spent; 0 only where that is known."""
    gaps = spending.unknown_fees + spending.unknown_costs + spending.other_currency
    return money(spending.spent) if spending.spent.minor or not gaps else t("not known")


def _unknown(spending: Spending) -> str:
    count = spending.unknown_costs
    return (
        t_count("cost not known of {count} phone", "cost not known of {count} phones", count) if count else ""
    )


def _over(spending: Spending) -> bool:
    return spending.budget is not None and spending.spent.minor > spending.budget.minor


def _gaps(spending: Spending) -> str:
    gaps = (
        (
            spending.unknown_fees,
            t_count("{count} fee is not known.", "{count} fees are not known.", spending.unknown_fees),
        ),
        (
            spending.unknown_costs,
            t_count(
                "{count} phone has no known cost.",
                "{count} phones have no known cost.",
                spending.unknown_costs,
            ),
        ),
        (
            spending.other_currency,
            t_count(
                "{count} amount is in another currency and left out.",
                "{count} amounts are in another currency and left out.",
                spending.other_currency,
            ),
        ),
    )
    return "".join(f" {text}" for count, text in gaps if count)


def _answers(card: CampaignCard) -> str:
    """Say where everybody else stands: with those who accepted they make all who were invited."""
    waiting = card.by_status.get(AmbassadorStatus.INVITED, 0)
    others = [
        f"{number(count)} {word(status)}" for status in _NOT_IN if (count := card.by_status.get(status, 0))
    ]
    return " · ".join([*others, *([t("{count} unanswered", count=number(waiting))] if waiting else [])])
