"""Where running cascades are heading: a sentence, the curve so far, the cone ahead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import altair as alt
import pandas as pd

from ambassador.i18n import mark
from ambassador.ui.cascades.views import more, pace_word
from ambassador.ui.kit.charts import AXIS_FORMATS, FORECAST, OBSERVED, Chart, show_chart
from ambassador.ui.kit.definitions import define
from ambassador.ui.kit.markup import bullets
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import day, interval, number, t, t_count
from ambassador.values.cascades.growth import CascadeOutlook, GrowthView, Heading
from ambassador.values.days import day_in

_LEVELS: Final = (90, 80, 50)
_SHOWN_LEVEL: Final = 80
_TALL: Final = 280
_HOURS_SHOWN: Final = timedelta(days=3)
_HEADINGS: Final = {
    Heading.TOO_EARLY: mark("@{handle}: {posts} so far, too early to say where it is heading"),
    Heading.OVER: mark("@{handle}: {posts}, over"),
    Heading.OPEN: mark(
        "@{handle} is {pace}: {posts} so far, {middle} expected by {day} (8 times in 10: {range})"
    ),
}


def draw_growth(view: GrowthView) -> None:
    """Draw the largest running cascade and say a line about the others."""
    st.subheader(t("Where it is heading"), help=define("expected-size"))
    if not view.outlooks:
        st.caption(t("No cascade with answers is running now."))
        return
    first, rest = view.outlooks[0], view.outlooks[1:]
    draw_outlook(first, view.zone)
    st.markdown(bullets(outlook_line(outlook, view.zone) for outlook in rest))
    if view.more:
        st.caption(
            t_count("{count} smaller cascade is running.", "{count} smaller cascades are running.", view.more)
        )


def draw_outlook(outlook: CascadeOutlook, zone: str) -> None:
    """Draw one cascade's curve and cone under what they say; only words where it is too early."""
    if outlook.heading is Heading.OPEN:
        chart = _chart(outlook, ZoneInfo(zone))
        show_chart(chart, outlook_line(outlook, zone), note=_note(outlook), key=f"growth:{outlook.root_id}")
    else:
        st.markdown(outlook_line(outlook, zone))


def outlook_line(outlook: CascadeOutlook, zone: str) -> str:
    """Say in one sentence where a cascade is heading."""
    posts = t_count("{count} post", "{count} posts", outlook.seen)
    values: dict[str, Any] = {"handle": outlook.handle, "posts": posts}
    if outlook.heading is Heading.OPEN:
        end = outlook.cone[-1]
        values |= {
            "pace": pace_word(outlook.pace),
            "middle": number(end.middle),
            "day": day(day_in(zone, end.at)),
            "range": interval(*end.ranges[_SHOWN_LEVEL]),
        }
    return t(_HEADINGS[outlook.heading], **values)


def _note(outlook: CascadeOutlook) -> str:
    learned = (
        t("Too few earlier cascades to learn from: this rests on general experience, so take it with care.")
        if outlook.rests_on_a_prior
        else t("Learned from {count} earlier cascades.", count=number(outlook.learned_from))
    )
    colours = t("Orange: posts so far. Blue: expected, with bands that hold 5, 8 and 9 times in 10.")
    brings = t("Each post brings {count} more now.", count=more(outlook.reproduction))
    return f"{colours} {brings} {learned}"


def _chart(outlook: CascadeOutlook, zone: ZoneInfo) -> Chart:
    when, posts = t("When"), t("Posts")
    span = outlook.cone[-1].at - outlook.started_at
    clock = AXIS_FORMATS["yearmonthdatehours" if span <= _HOURS_SHOWN else "yearmonthdate"]
    axis = alt.X("at:T", title=when, axis=alt.Axis(format=clock, labelOverlap=True))
    ahead = alt.Chart(pd.DataFrame(_cone_rows(outlook, zone))).encode(x=axis)
    bands = [
        ahead.mark_area(color=FORECAST, opacity=0.16).encode(
            y=alt.Y(f"low_{level}:Q", title=posts), y2=f"high_{level}:Q"
        )
        for level in _LEVELS
    ]
    middle = ahead.mark_line(color=FORECAST, strokeDash=[6, 4]).encode(
        y="middle:Q", tooltip=["at", "middle", "low_80", "high_80"]
    )
    seen = alt.Chart(pd.DataFrame(_curve_rows(outlook, zone))).mark_line(
        color=OBSERVED, strokeWidth=3, interpolate="step-after"
    )
    drawn: Chart = alt.layer(*bands, middle, seen.encode(x=axis, y="posts:Q", tooltip=["at", "posts"]))
    return drawn.properties(height=_TALL)


def _cone_rows(outlook: CascadeOutlook, zone: ZoneInfo) -> Sequence[dict[str, Any]]:
    rows = []
    for point in outlook.cone:
        row: dict[str, Any] = {"at": _local(point.at, zone), "middle": point.middle}
        for level, (low, high) in point.ranges.items():
            row |= {f"low_{level}": low, f"high_{level}": high}
        rows.append(row)
    return rows


def _curve_rows(outlook: CascadeOutlook, zone: ZoneInfo) -> Sequence[dict[str, Any]]:
    rows = [{"at": _local(at, zone), "posts": posts} for at, posts in outlook.curve]
    if outlook.cone:
        rows.append({"at": _local(outlook.cone[0].at, zone), "posts": outlook.seen})
    return rows


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)
