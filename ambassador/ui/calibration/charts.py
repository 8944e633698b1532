"""Pictures of forecasts beside what was observed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from ambassador.ui.kit.charts import CATEGORIES, FORECAST, MUTED, OBSERVED, Chart
from ambassador.ui.kit.text import t
from ambassador.values.calibration.calibration import Judged

_TALL, _LOW, _ROW = 320, 200, 30
_FAINT: Final = 0.45


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """What one kind of range promised, and how often it held."""

    what: str
    level: int
    inside: int
    of: int
    share: float | None
    verdict: str
    score: float | None = None
    tested: int | None = None


def judged_chart(judged: Sequence[Judged]) -> Chart:
    """Draw each forecast range, smallest middle first, with what was observed over it."""
    ranked = sorted(judged, key=lambda one: (one.middle, one.observed))
    table = pd.DataFrame(
        [
            {"place": place, "who": one.label, "low": one.low, "high": one.high, "middle": one.middle,
             "seen": one.observed}
            for place, one in enumerate(ranked, 1)
        ]
    )  # fmt: skip
    tooltip = [
        alt.Tooltip("seen:Q", title=t("Observed")),
        alt.Tooltip("middle:Q", title=t("Expected"), format=".0f"),
        alt.Tooltip("low:Q", title=t("Low"), format=".0f"),
        alt.Tooltip("high:Q", title=t("High"), format=".0f"),
    ]
    if any(one.label for one in judged):
        tooltip.insert(0, alt.Tooltip("who:N", title=t("Ambassador")))
    axis = alt.Axis(tickMinStep=1, grid=False)
    across = alt.X("place:Q", title=t("Forecasts, the smallest first"), axis=axis)
    scale = alt.Scale(type="symlog", constant=1)
    base = alt.Chart(table).encode(x=across, tooltip=tooltip)
    up = alt.Y("low:Q", title=t("People who talk"), scale=scale, axis=alt.Axis(tickCount=5))
    spans = base.mark_rule(color=FORECAST, strokeWidth=3, opacity=_FAINT).encode(y=up, y2="high:Q")
    dots = base.mark_circle(color=OBSERVED, size=36, opacity=0.9).encode(y=alt.Y("seen:Q", scale=scale))
    drawn: Chart = alt.layer(spans, dots)
    return drawn.properties(height=_TALL)


def promise_chart(promises: Sequence[PromiseRow]) -> Chart:
    """Draw how often ranges held beside how often they promised to, a line for each kind of range."""
    what, held, promised = t("Range"), t("Held"), t("Promised")
    known = [one for one in promises if one.share is not None]
    table = pd.DataFrame(
        [
            {what: f"{one.what}, {one.level}%", held: one.share, promised: one.level / 100, "so": one.verdict}
            for one in known
        ]
    )
    names = list(dict.fromkeys(table[what]))
    base = alt.Chart(table).encode(
        y=alt.Y(f"{what}:N", title=None, sort=names, axis=alt.Axis(labelLimit=300, labelOverlap=False)),
        tooltip=[
            alt.Tooltip(f"{what}:N"),
            alt.Tooltip(f"{held}:Q", format=".0%"),
            alt.Tooltip(f"{promised}:Q", format=".0%"),
            alt.Tooltip("so:N", title=t("Promise")),
        ],
    )
    share = alt.Scale(domain=[0, 1])
    across = alt.X(f"{held}:Q", title=t("How often the range held"), scale=share, axis=alt.Axis(format="%"))
    gap = base.mark_rule(color=MUTED, strokeWidth=2, opacity=_FAINT).encode(x=across, x2=f"{promised}:Q")
    ticks = base.mark_tick(color=FORECAST, thickness=3, size=18).encode(x=f"{promised}:Q")
    dots = base.mark_circle(color=OBSERVED, size=110, opacity=1).encode(x=alt.X(f"{held}:Q", scale=share))
    drawn: Chart = alt.layer(gap, ticks, dots)
    return drawn.properties(height=max(len(names), 3) * _ROW)


def histogram_chart(counts: Sequence[int]) -> Chart:
    """Draw how many observed values fell into each tenth of their forecast, with the honest height."""
    table = pd.DataFrame(
        [{"tenth": f"{10 * place}-{10 * place + 10}%", "count": count} for place, count in enumerate(counts)]
    )
    even = pd.DataFrame([{"even": sum(counts) / max(len(counts), 1)}])
    bars = (
        alt.Chart(table)
        .mark_bar(color=CATEGORIES[0])
        .encode(
            x=alt.X("tenth:N", sort=None, title=t("Part of the forecast"), axis=alt.Axis(labelAngle=0)),
            y=alt.Y("count:Q", title=t("Cascades"), axis=alt.Axis(tickMinStep=1)),
        )
    )
    line = alt.Chart(even).mark_rule(color=MUTED, strokeDash=[6, 4]).encode(y="even:Q")
    drawn: Chart = alt.layer(bars, line)
    return drawn.properties(height=_LOW)
