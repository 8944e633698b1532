"""The reliability diagram: how often what was said came true."""

from typing import Any, Final

import altair as alt

from ambassador.ui.kit.charts import FORECAST, OBSERVED, Chart, as_frame, show_chart
from ambassador.ui.kit.text import number, percent, t
from ambassador.values.learning import InfluenceEvaluation

_TALL: Final = 320
_LEAST: Final = 1e-4


def reliability_chart(check: InfluenceEvaluation) -> Chart:
    """Draw observed against predicted frequency, group by group, with the line where they are equal."""
    rows: list[dict[str, Any]] = [
        {
            "predicted": max(one.predicted, _LEAST),
            "observed": max(one.observed, _LEAST),
            "said": percent(one.predicted, 2),
            "did": percent(one.observed, 2),
            "people": number(one.count),
        }
        for one in check.reliability
    ]
    top = max((max(row["predicted"], row["observed"]) for row in rows), default=1.0)
    scale = alt.Scale(type="log", domain=[_LEAST, min(top * 1.5, 1.0)], nice=False)
    axis = alt.Axis(format="~p", grid=False, tickCount=4)
    points = (
        alt.Chart(as_frame(rows))
        .mark_circle(size=90, color=OBSERVED, opacity=0.9)
        .encode(
            x=alt.X("predicted:Q", title=t("Expected to join"), scale=scale, axis=axis),
            y=alt.Y("observed:Q", title=t("Did join"), scale=scale, axis=axis),
            tooltip=[
                alt.Tooltip("said:N", title=t("Expected to join")),
                alt.Tooltip("did:N", title=t("Did join")),
                alt.Tooltip("people:N", title=t("People")),
            ],
        )
    )
    ends = [{"x": _LEAST, "y": _LEAST}, {"x": min(top * 1.5, 1.0), "y": min(top * 1.5, 1.0)}]
    line = (
        alt.Chart(as_frame(ends))
        .mark_line(color=FORECAST, strokeDash=[6, 4])
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    )
    return alt.layer(line, points).properties(height=_TALL)


def reliability_takeaway(check: InfluenceEvaluation) -> str:
    """Say in a sentence how far what was expected was off."""
    return t(
        "On the latest {cascades} cascades, the expected share of joiners was off by {error} on average, "
        "over {people} people who could have joined",
        cascades=number(check.tested_on),
        people=number(check.exposed),
        error=percent(check.calibration_error, 2),
    )


def draw_reliability(check: InfluenceEvaluation | None) -> None:
    """Draw how often what was said came true, where it was checked."""
    if check:
        note = t("Groups in which nobody joined lie on the lower edge.")
        show_chart(reliability_chart(check), reliability_takeaway(check), note=note)
