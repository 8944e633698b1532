"""Pictures: one palette with fixed meanings, a takeaway as the title, readable in light and dark.

Colours keep at least 3:1 against both backgrounds and are told apart by the colour-blind. A forecast is
always blue, what was observed always orange; the two never share a colour.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Literal

import altair as alt
import pandas as pd
from babel import Locale

from ambassador.ui.kit.markup import bold
from ambassador.ui.kit.room import on_small_screen
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import reader_locale

FORECAST: Final = "#3B7DD8"
OBSERVED: Final = "#D55E00"
DELIVERED: Final = "#8B6BB8"
"""A second forecast, "as actually delivered"."""
MUTED: Final = "#7A7A7A"
FAINT: Final = "#B8B8B8"
CATEGORIES: Final = ("#0F9D76", "#B65FA0", "#A87900", "#4C9BE8", "#8B6BB8", "#7A7A7A")
"""For kinds, branches, communities: neither forecast nor observed."""
AXIS_FORMATS: Final = {
    "yearmonthdatehours": "%d %b %H:00",
    "yearmonthdate": "%d %b",
    "yearmonth": "%b %Y",
}
"""How a moment is written on an axis, by the unit counted in."""

Rows = pd.DataFrame | Sequence[Mapping[str, Any]]
Chart = alt.Chart | alt.LayerChart | alt.HConcatChart | alt.VConcatChart | alt.FacetChart
_TALL: Final = 340
_BAR: Final = 30


def show_chart(
    chart: Chart, takeaway: str, *, note: str = "", key: str | None = None, choose: bool = False
) -> Any:  # noqa: ANN401 - streamlit's own event
    """Draw a picture under the sentence it is meant to prove; ``note`` stands below it."""
    st.markdown(bold(takeaway))
    spoken = chart.configure(locale=vega_locale(str(reader_locale())))
    event = st.altair_chart(spoken, key=key, on_select="rerun" if choose else "ignore", alt=takeaway)
    if note:
        st.caption(note)
    return event


def legend_below(columns: int | None = None, **options: Any) -> alt.Legend:  # noqa: ANN401 - Altair's own
    """What the colours mean, below a picture: on a small screen in two columns at most."""
    if on_small_screen():
        columns = min(columns or 2, 2)
    return alt.Legend(orient="bottom", columns=columns or alt.Undefined, **options)


def fan(forecast: Rows, observed: Rows, *, day: str, value: str, delivered: Rows | None = None) -> Chart:
    """Draw a forecast over time with what was observed over it.

    ``forecast`` rows hold ``day``, ``mean`` and ``low_50``, ``high_50``, ``low_80``, ``high_80``, ``low_90``,
    ``high_90``; ``observed`` rows ``day`` and ``value``. ``day`` and ``value`` are the axes' labels.
    """
    axis = alt.X("day:Q", title=day, axis=alt.Axis(tickMinStep=1, grid=False))
    base = alt.Chart(as_frame(forecast)).encode(x=axis)
    bands = [
        base.mark_area(color=FORECAST, opacity=0.16).encode(
            y=alt.Y(f"low_{level}:Q", title=value), y2=f"high_{level}:Q"
        )
        for level in (90, 80, 50)
    ]
    middle = base.mark_line(color=FORECAST, strokeDash=[6, 4]).encode(
        y="mean:Q", tooltip=["day", "mean", "low_80", "high_80"]
    )
    seen = alt.Chart(as_frame(observed)).encode(x=axis, y="value:Q", tooltip=["day", "value"])
    layers = [*bands, middle]
    if delivered is not None:
        layers.append(alt.Chart(as_frame(delivered)).mark_line(color=DELIVERED).encode(x=axis, y="mean:Q"))
    layers += [
        seen.mark_line(color=OBSERVED, strokeWidth=3),
        seen.mark_point(color=OBSERVED, filled=True, size=40),
    ]
    drawn: Chart = alt.layer(*layers).properties(height=_TALL)
    return drawn


def bars(
    rows: Rows, *, name: str, value: str, kind: str = "", colour: str = CATEGORIES[0], sort: bool = True
) -> alt.Chart:
    """Draw one bar per row, the longest first; ``name``, ``value`` and ``kind`` are columns and labels."""
    table = as_frame(rows)
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_bar(cornerRadiusEnd=3)
        .encode(
            x=alt.X(f"{_field(value)}:Q", title=value, axis=_whole(table[value])),
            y=alt.Y(
                f"{_field(name)}:N",
                title=None,
                sort="-x" if sort else None,
                axis=alt.Axis(labelLimit=220, labelOverlap=False),
            ),
            color=_by_kind(kind) if kind else alt.value(colour),
            tooltip=list(table.columns),
        )
    )
    tall: alt.Chart = chart.properties(height=_BAR * (table[name].nunique() + 2))
    return tall


def lines(rows: Rows, *, x: str, value: str, kind: str = "", colour: str = OBSERVED) -> alt.Chart:
    """Draw values over time, one line per kind; ``x`` may be a day, an instant or a number."""
    table = as_frame(rows)
    scale: Literal["T", "Q"] = "Q" if pd.api.types.is_numeric_dtype(table[x]) else "T"
    chart: alt.Chart = (
        alt.Chart(table)
        .mark_line(point=len(table) <= _TALL // 10)
        .encode(
            x=alt.X(f"{_field(x)}:{scale}", title=x),
            y=alt.Y(f"{_field(value)}:Q", title=value),
            color=_by_kind(kind) if kind else alt.value(colour),
            tooltip=list(table.columns),
        )
        .properties(height=_TALL)
    )
    return chart


def points(
    rows: Rows, *, x: str, y: str, name: str, kind: str = "", log: bool = False, selection: str = ""
) -> alt.Chart:
    """Draw one point per row; ``log`` for figures over powers of ten; ``selection`` lets a click choose."""
    scale = alt.Scale(type="log") if log else alt.Scale(zero=False)
    chart: alt.Chart = (
        alt.Chart(as_frame(rows))
        .mark_circle(size=70, opacity=0.75)
        .encode(
            x=alt.X(f"{_field(x)}:Q", title=x, scale=scale),
            y=alt.Y(f"{_field(y)}:Q", title=y, scale=scale),
            color=_by_kind(kind) if kind else alt.value(CATEGORIES[0]),
            tooltip=[_field(column) for column in (name, x, y, kind) if column],
        )
        .properties(height=_TALL)
    )
    if selection:
        chart = chart.add_params(alt.selection_point(name=selection, fields=[name]))
    return chart


def as_frame(rows: Rows) -> pd.DataFrame:
    """Make a data frame of rows; it may be one already."""
    return rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))


def _whole(values: pd.Series) -> alt.Axis:
    """Count in whole steps what comes in whole numbers: there is no half person."""
    return alt.Axis(tickMinStep=1) if pd.api.types.is_integer_dtype(values) else alt.Axis()


def _by_kind(kind: str) -> alt.Color:
    return alt.Color(
        f"{_field(kind)}:N",
        title=None,
        scale=alt.Scale(range=list(CATEGORIES)),
        legend=legend_below(),
    )


def _field(label: str) -> str:
    """Escape what Vega would read as a path; labels are translated and may hold anything."""
    return "".join("\\" + letter if letter in ".[]:'\"\\" else letter for letter in label)


@lru_cache
def vega_locale(identifier: str) -> dict[str, Any]:
    """Vega's description of a locale, made from Babel's.

    Examples
    --------
    >>> vega_locale("it")["number"]["thousands"], vega_locale("it")["time"]["shortMonths"][4]
    ('.', 'mag')
    """
    locale = Locale.parse(identifier)
    symbols = locale.number_symbols["latn"]
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%x, %X",
            "date": "%d/%m/%Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": _weekdays(locale, "wide"),
            "shortDays": _weekdays(locale, "abbreviated"),
            "months": list(locale.months["format"]["wide"].values()),
            "shortMonths": list(locale.months["format"]["abbreviated"].values()),
        },
    }


def _weekdays(locale: Locale, width: str) -> list[str]:
    """The names of the days, Sunday first as Vega wants them."""
    names = locale.days["format"][width]
    return [names[(number - 1) % 7] for number in range(7)]
