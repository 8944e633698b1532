"""A forecast in figures, the fan over time with what was observed over it, and a row per ambassador."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pandas as pd
import streamlit as st

from ambassador.i18n import mark
from ambassador.ui.charts import fan, show_chart
from ambassador.ui.figures import Figure, first_row
from ambassador.ui.tables import Column, Kind, show_table
from ambassador.ui.text import interval, moment, note_text, number, percent, t
from ambassador.values.forecasts import DayRange, ForecastDesk, ForecastResult, ForecastView, Range


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: an ambassador, or the people outside the network."""

    handle: str
    name: str
    posts: float | None
    low: float | None
    middle: float | None
    high: float | None
    note: str = ""
    mentions: float | None = None
    least: float | None = None
    most: float | None = None
    views: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing the fan can show; ``daily`` names it in the daily amounts, empty: people who talk."""

    label: str
    daily: str = ""
    observed: bool = False

    def of(self, result: ForecastResult) -> Sequence[DayRange]:
        """Give it by day; empty where not known."""
        days: Sequence[DayRange] = getattr(result.daily, self.daily) if self.daily else result.by_day
        return days


_MEASURES: Final = (
    Measure(mark("People who talk"), observed=True),
    Measure(mark("Mentions"), "mentions", observed=True),
    Measure(mark("May see it, at least"), "audience_at_least"),
    Measure(mark("May see it, at most"), "audience_at_most"),
    Measure(mark("Views"), "impressions"),
)
_SHOWN: Final = 4
"""Notes shown at once: whose probabilities, who posts, how fast people answer and post."""


def forecast_figures(view: ForecastView) -> None:
    """Draw the first row: low, middle and high case by the deadline, and the day of the peak."""
    talkers, days = view.result.headline, view.result.horizon_days
    low, high = talkers.quantiles[80]
    about = t(
        "People who talk by the end of day {days}, ambassadors included; 8 launches in 10 lie between.",
        days=number(days),
    )
    first_row(
        Figure(t("Low case"), number(low), t("1 time in 10 fewer"), help=about),
        Figure(
            t("Middle case"),
            number(talkers.middle),
            t("people by day {days}", days=number(days)),
            help=about,
        ),
        Figure(t("High case"), number(high), t("1 time in 10 more"), help=about),
        _peak(view),
    )


def who_sees_it(view: ForecastView) -> None:
    """Say who may see it and how many views, where that is known."""
    result = view.result
    parts = [
        t("**Mentions:** {figure}", figure=_with_interval(result.amounts.mentions)),
        t("**People who may see it:** {figure}", figure=_seen(view)),
        t("**Views:** {figure}", figure=_with_interval(result.amounts.impressions)),
        t("**Views** of the ambassadors' own posts: {figure}", figure=_with_interval(result.views)),
        t("**Likes and comments** on them: {figure}", figure=_with_interval(result.interactions)),
    ]
    st.markdown(" · ".join(parts))
    if view.notes:
        st.caption(" ".join(note_text(note) for note in view.notes[:_SHOWN]))


def network_standing(desk: ForecastDesk) -> None:
    """Say whether the network has earned to be gone by, on the organisation's own past."""
    view = desk.view
    if view is None or not any(one.in_network for one in view.people):
        return
    if view.result.past_results is not None:
        st.info(
            t(
                "The figures above come from past results: on your own past the network did not beat them. "
                "Everything below is what the network would say: {middle} people ({range}).",
                middle=number(view.result.talkers.middle),
                range=interval(*view.result.talkers.quantiles[80]),
            ),
            icon=":material/science:",
        )
    elif desk.network_beats:
        st.caption(t("On your own past the network beat past results and followers: see Calibration."))
    else:
        st.caption(t("Whether the network beats past results on your own past: check under Calibration."))


def fan_picture(desk: ForecastDesk) -> None:
    """Draw the fan; what was observed is drawn over it, never in its colour."""
    view = desk.view
    if view is None or not view.result.by_day:
        return
    chosen = _measure(view)
    days = chosen.of(view.result)
    seen = desk.observed if chosen is _MEASURES[0] else desk.observed_mentions if chosen.observed else ()
    delivered = [_fan_row(one) for one in desk.delivered] if chosen is _MEASURES[0] else []
    show_chart(
        fan(
            [_fan_row(one) for one in days],
            pd.DataFrame(seen, columns=["day", "value"], dtype=float),
            day=t("Day"),
            value=t(chosen.label),
            delivered=delivered or None,
        ),
        _takeaway(t(chosen.label), days, seen),
        note=_bands_note(),
    )


def _measure(view: ForecastView) -> "Measure":
    """Let a reader choose what the fan shows, where more than people who talk is known."""
    known = {one.label: one for one in _MEASURES if one.of(view.result)}
    first = next(iter(known))
    if len(known) == 1:
        return known[first]
    chosen = st.segmented_control(
        t("What to show"),
        list(known),
        default=first,
        format_func=t,
        label_visibility="collapsed",
        key="forecast:measure",
    )
    return known[chosen or first]


def forecast_table(view: ForecastView) -> None:
    """Draw a row per ambassador, and one for the people outside the network."""
    rows = [*(_line(view, place) for place in range(len(view.people))), _outside(view)]
    show_table("forecast", rows, _columns(), title=t("Forecast per ambassador"))


def how_forecast(view: ForecastView) -> None:
    """Say what the forecast rests on, so that it can be doubted and repeated."""
    with st.expander(t("How this was computed"), icon=":material/info:"):
        for note in view.notes:
            st.markdown(f"- {note_text(note)}")
        st.caption(
            t(
                "Forecast {number} of {when} by {actor}: {runs} simulated launches, random key {key}. "
                "It is never changed.",
                number=number(view.forecast_id),
                when=moment(view.created_at),
                actor=view.actor,
                runs=number(view.runs),
                key=view.key,
            )
        )


def _peak(view: ForecastView) -> Figure:
    label = t("Day of the peak")
    means = [0.0, *(one.mean for one in view.result.by_day)]
    if len(means) == 1:
        return Figure(label, number(None), help=t("Without ties it is not known when word passes on."))
    added = [after - before for before, after in pairwise(means)]
    return Figure(label, number(added.index(max(added)) + 1), _peak_note(view))


def _peak_note(view: ForecastView) -> str:
    law = view.timing.answers[0] if view.timing else None
    if law is None or law.sigma == 0:
        hours = law.median_hours if law else view.hours_per_step
        return t("if a step takes {hours} hours", hours=number(hours))
    if law.count:
        return t("half answer within {hours} h, as learned", hours=number(law.median_hours, 1))
    return t("if half answer within {hours} h", hours=number(law.median_hours, 1))


def _seen(view: ForecastView) -> str:
    result = view.result
    least, most = result.amounts.audience_at_least, result.amounts.audience_at_most
    if least is not None and most is not None:
        both = interval(least.quantiles[80][0], most.quantiles[80][1])
        return t(
            "{range} (lowest if followers outside the network are all the same people, highest if none are)",
            range=both,
        )
    if result.audience is not None:
        return _with_interval(result.audience)
    if result.audience_bounds is not None:
        low, high = result.audience_bounds
        return t("{range} (from the largest audience to the sum of all)", range=interval(low, high))
    return number(None)


def _with_interval(known: Range | None) -> str:
    if known is None:
        return number(None)
    if not known.quantiles:
        return number(known.mean)
    low, high = known.quantiles[80]
    return f"{number(known.middle)} ({interval(low, high)})"


def _fan_row(one: DayRange) -> dict[str, Any]:
    ends = {f"{side}_{level}": pair[place] for level, pair in one.quantiles.items() for place, side in _SIDES}
    return {"day": one.day, "mean": one.mean, **ends}


_SIDES: Sequence[tuple[int, str]] = ((0, "low"), (1, "high"))


def _takeaway(label: str, days: Sequence[DayRange], observed: Sequence[tuple[int, int]]) -> str:
    if not observed:
        low, high = days[-1].quantiles[80]
        ends = {"low": number(low), "high": number(high)}
        return t("{what}: between {low} and {high} by day {day}, 8 times in 10", what=label,
                 day=number(days[-1].day), **ends)  # fmt: skip
    day, seen = observed[-1]
    expected = next((one for one in days if one.day == day), days[-1])
    low, high = expected.quantiles[90]
    place = t("below") if seen < low else t("above") if seen > high else t("inside")
    return t(
        "Day {day}: {what} {seen}, {place} the band of {low} to {high}",
        day=number(day),
        what=label.lower(),
        seen=number(seen),
        place=place,
        low=number(low),
        high=number(high),
    )


def _bands_note() -> str:
    return t("Blue: forecast, with bands that hold 5, 8 and 9 times in 10. Orange: observed.")


def _line(view: ForecastView, place: int) -> Line:
    one = view.people[place]
    low, high = one.talkers.quantiles[80]
    return Line(
        one.handle,
        one.name,
        round(one.posting_probability, 2),
        low,
        round(one.talkers.middle, 1),
        high,
        mentions=_mean(one.amounts.mentions),
        least=_mean(one.amounts.audience_at_least),
        most=_mean(one.amounts.audience_at_most),
        views=_mean(one.amounts.impressions),
    )


def _mean(known: Range | None) -> float | None:
    return None if known is None else round(known.middle, 1)


def _outside(view: ForecastView) -> Line:
    share, known = view.result.outside_share, view.result.outside
    if known is not None:
        low, high = known.quantiles[80]
        return Line(t("Outside the network"), "", None, low, round(known.middle, 1), high)
    note = t("not counted") if share is None else t("not counted; {share} last time", share=percent(share))
    return Line(t("Outside the network"), "", None, None, None, None, note)


def _columns() -> tuple[Column[Line], ...]:
    about = t("People who talk whom this ambassador reached before any other, themselves included.")
    return (
        Column(t("Handle"), "handle"),
        Column(t("Name"), "name"),
        Column(t("Chance of posting"), "posts", Kind.PERCENT, help=t("How probable it is that they post.")),
        Column(t("Low case"), "low", Kind.DECIMAL, help=about),
        Column(t("Middle case"), "middle", Kind.DECIMAL, help=about),
        Column(t("High case"), "high", Kind.DECIMAL, help=about),
        Column(t("Mentions"), "mentions", Kind.DECIMAL),
        Column(t("May see it, at least"), "least", Kind.NUMBER),
        Column(t("May see it, at most"), "most", Kind.NUMBER),
        Column(t("Views"), "views", Kind.NUMBER),
        Column(t("Note"), "note"),
    )
