"""A forecast in figures, the fan over time with what was observed over it, and a row per ambassador."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
import streamlit as st

from ambassador.ui.charts import fan, show_chart
from ambassador.ui.figures import Figure, first_row
from ambassador.ui.tables import Column, Kind, show_table
from ambassador.ui.text import interval, moment, note_text, number, percent, t
from ambassador.values.forecasts import DayRange, ForecastDesk, ForecastView, Range


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


def forecast_figures(view: ForecastView) -> None:
    """Draw the first row: low, middle and high case by the deadline, and the day of the peak."""
    talkers, days = view.result.talkers, view.result.horizon_days
    low, high = talkers.quantiles[80]
    about = t(
        "People who talk by the end of day {days}, ambassadors included; 8 launches in 10 lie between.",
        days=number(days),
    )
    first_row(
        Figure(t("Low case"), number(low), t("1 time in 10 fewer"), help=about),
        Figure(
            t("Middle case"),
            number(talkers.mean),
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
        t("**People who may see it:** {figure}", figure=_seen(view)),
        t("**Views** of the ambassadors' own posts: {figure}", figure=_with_interval(result.views)),
        t("**Likes and comments** on them: {figure}", figure=_with_interval(result.interactions)),
    ]
    st.markdown(" · ".join(parts))


def fan_picture(desk: ForecastDesk) -> None:
    """Draw the fan; what was observed is drawn over it, never in its colour."""
    view = desk.view
    if view is None or not view.result.by_day:
        return
    day, people = t("Day"), t("People who talk")
    forecast = [_fan_row(one) for one in view.result.by_day]
    observed = pd.DataFrame(desk.observed, columns=["day", "value"], dtype=float)
    delivered = [_fan_row(one) for one in desk.delivered] or None
    show_chart(
        fan(forecast, observed, day=day, value=people, delivered=delivered),
        _takeaway(desk, view),
        note=_bands_note(),
    )


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
    note = t("if a step takes {hours} hours", hours=number(view.hours_per_step))
    return Figure(label, number(added.index(max(added)) + 1), note)


def _seen(view: ForecastView) -> str:
    result = view.result
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
    return f"{number(known.mean)} ({interval(low, high)})"


def _fan_row(one: DayRange) -> dict[str, Any]:
    ends = {f"{side}_{level}": pair[place] for level, pair in one.quantiles.items() for place, side in _SIDES}
    return {"day": one.day, "mean": one.mean, **ends}


_SIDES: Sequence[tuple[int, str]] = ((0, "low"), (1, "high"))


def _takeaway(desk: ForecastDesk, view: ForecastView) -> str:
    if not desk.observed:
        low, high = view.result.talkers.quantiles[80]
        return t("Between {low} and {high} people talk, 8 times in 10", low=number(low), high=number(high))
    day, seen = desk.observed[-1]
    expected = next((one for one in view.result.by_day if one.day == day), view.result.by_day[-1])
    low, high = expected.quantiles[90]
    place = t("below") if seen < low else t("above") if seen > high else t("inside")
    return t(
        "Day {day}: {seen} people talk, {place} the band of {low} to {high}",
        day=number(day),
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
        one.handle, one.name, round(one.posting_probability, 2), low, round(one.talkers.mean, 1), high
    )


def _outside(view: ForecastView) -> Line:
    share = view.result.outside_share
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
        Column(t("Note"), "note"),
    )
