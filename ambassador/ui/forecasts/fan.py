"""The fan of a forecast over time, with what was observed drawn over it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from ambassador.i18n import mark
from ambassador.ui.kit.charts import fan, show_chart
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.values.forecasts.forecasts import DayRange, ForecastPageState, ForecastResult, ForecastView


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing the fan can show; ``daily`` names it in the daily amounts, empty: people who talk."""

    label: str
    daily: str = ""
    observed: bool = False

    def of(self, result: ForecastResult) -> Sequence[DayRange]:
        """Its ranges by day; empty where not known."""
        days: Sequence[DayRange] = getattr(result.daily, self.daily) if self.daily else result.by_day
        return days


_MEASURES: Final = (
    Measure(mark("People who talk"), observed=True),
    Measure(mark("Mentions"), "mentions", observed=True),
    Measure(mark("May see it, at least"), "audience_at_least"),
    Measure(mark("May see it, at most"), "audience_at_most"),
    Measure(mark("Views"), "impressions"),
)


def fan_picture(state: ForecastPageState) -> None:
    """Draw the fan; what was observed is drawn over it, never in its colour."""
    view = state.view
    if view is None or not view.result.by_day:
        return
    chosen = _measure(view)
    days = chosen.of(view.result)
    seen = state.observed if chosen is _MEASURES[0] else state.observed_mentions if chosen.observed else ()
    delivered = [_fan_row(one) for one in state.delivered] if chosen is _MEASURES[0] else []
    show_chart(
        fan(
            [_fan_row(one) for one in days],
            pd.DataFrame(seen, columns=["day", "value"], dtype=float),
            day=t("Day"),
            value=t(chosen.label),
            delivered=delivered or None,
        ),
        _takeaway(t(chosen.label), days, seen),
        note=_bands_note(delivered=bool(delivered)),
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


def _fan_row(one: DayRange) -> dict[str, Any]:
    ends = {f"{side}_{level}": pair[place] for level, pair in one.quantiles.items() for place, side in _SIDES}
    return {"day": one.day, "mean": one.mean, **ends}


_SIDES: Sequence[tuple[int, str]] = ((0, "low"), (1, "high"))


def _takeaway(label: str, days: Sequence[DayRange], observed: Sequence[tuple[int, int]]) -> str:
    if not observed:
        low, high = days[-1].quantiles.get(80, (days[-1].mean, days[-1].mean))
        if low == high:
            return t("{what}: {middle} by day {day}; no range is known", what=label,
                     middle=number(low), day=number(days[-1].day))  # fmt: skip
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


def _bands_note(*, delivered: bool = False) -> str:
    note = t("Blue: forecast, with bands that hold 5, 8 and 9 times in 10. Orange: observed.")
    return note + " " + t("Purple: forecast again with the phones that arrived.") if delivered else note
