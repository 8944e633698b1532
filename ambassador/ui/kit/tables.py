"""Tables of dataclasses: labels, search, a choice of rows, and the same rows as CSV and XLSX."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from functools import partial
from typing import Any, Final, Generic, TypeVar
from zoneinfo import ZoneInfo

import pandas as pd
from streamlit.elements.lib.column_types import ColumnConfig

from ambassador.services.results.export_table import table_as_file
from ambassador.ui.kit.cards import Choose, draw_cards
from ambassador.ui.kit.markup import Markup, bold, joined, link, markup, web_address
from ambassador.ui.kit.room import on_small_screen
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import (
    compact_number,
    day,
    decimal,
    moment,
    money,
    number,
    percent,
    shown_zone,
    t,
    t_count,
)
from ambassador.values.money import Money
from ambassador.values.table_format import TableFormat

R = TypeVar("R")
_SEARCH_FROM: Final = 8
_MANY: Final = 6
"""From so many columns on a table may be wider than its place."""
_FACTS: Final = 6
FORMAT_NAMES: Final = {TableFormat.CSV: "CSV", TableFormat.XLSX: "XLSX", TableFormat.PARQUET: "Parquet"}
_UNKNOWN: Final = "–"  # noqa: RUF001 - a dash, never 0


class Kind(StrEnum):
    """How a column is written; numbers sort as numbers."""

    TEXT = "text"
    NUMBER = "number"
    DECIMAL = "decimal"
    COMPACT = "compact"
    PERCENT = "percent"
    MONEY = "money"
    DAY = "day"
    MOMENT = "moment"
    LINK = "link"
    FLAG = "flag"
    TREND = "trend"


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column: its label in the reader's language, and the field or function that gives its value."""

    label: str
    value: str | Callable[[R], Any]
    kind: Kind = Kind.TEXT
    help: str = ""
    pinned: bool = False
    """Stays in view while the rest scrolls sideways."""

    def of(self, row: R) -> Any:  # noqa: ANN401 - whatever the row holds
        """The column's value of a row."""
        return getattr(row, self.value) if isinstance(self.value, str) else self.value(row)


def show_table(
    name: str,
    rows: Sequence[R],
    columns: Sequence[Column[R]],
    *,
    title: str = "",
    choose: Choose = "",
    most: int | None = None,
    searched: bool = False,
) -> list[R]:
    """Draw a table with search and downloads; give the chosen rows (``choose``: "one", "many" or "").

    Of more than ``most`` rows the first are drawn; search and downloads go through all of them. Where the
    page has ``searched`` already, there is no second box.
    """
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(rows) > _SEARCH_FROM and not searched:
            rows = search(rows, columns, _search_box(name))
        st.caption(_counted(len(rows), most), width="content")
        _downloads(name, title or name, rows, columns)
    rows = rows[:most]
    if on_small_screen():
        heads, facts = [_head(row, columns) for row in rows], [_facts(row, columns) for row in rows]
        return [rows[place] for place in draw_cards(name, heads, facts, choose)]
    shown = frame(rows, columns)
    config = _configs(columns, shown)
    if not choose:
        st.dataframe(shown, hide_index=True, column_config=config, key=f"table:{name}", placeholder=_UNKNOWN)
        return []
    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=config,
        on_select="rerun",
        selection_mode="single-row" if choose == "one" else "multi-row",
        key=f"table:{name}",
        placeholder=_UNKNOWN,
    )
    return [rows[index] for index in event["selection"]["rows"] if index < len(rows)]


def _counted(count: int, most: int | None) -> str:
    if most is None or count <= most:
        return t_count("{count} row", "{count} rows", count)
    return t(
        "The first {shown} of {count} rows; search and downloads go through all of them",
        shown=number(most),
        count=number(count),
    )


def search(rows: Sequence[R], columns: Sequence[Column[R]], words: str) -> Sequence[R]:
    """Keep the rows in which every word stands somewhere."""
    wanted = words.casefold().split()
    if not wanted:
        return rows
    return [row for row in rows if all(word in _all_text(row, columns) for word in wanted)]


def frame(rows: Sequence[R], columns: Sequence[Column[R]]) -> pd.DataFrame:
    """Make the data frame a table or a chart shows; unknown stays empty."""
    return pd.DataFrame({column.label: _series(rows, column) for column in columns})


def _series(rows: Sequence[R], column: Column[R]) -> "pd.Series[Any]":
    values: list[Any] = [_shown(column.of(row)) for row in rows]
    if column.kind is Kind.LINK:
        values = [web_address(value) for value in values]
    if column.kind is Kind.MOMENT:
        return pd.Series(pd.to_datetime(values, utc=True).tz_convert(shown_zone()))
    if column.kind is Kind.DAY:
        return pd.Series(pd.to_datetime(values))
    return pd.Series(values, dtype=_dtype(column))


def _search_box(name: str) -> str:
    return st.text_input(
        t("Search"),
        key=f"search:{name}",
        placeholder=t("Search"),
        icon=":material/search:",
        label_visibility="collapsed",
        width=260,
    )


def _downloads(name: str, title: str, rows: Sequence[R], columns: Sequence[Column[R]]) -> None:
    written = [column for column in columns if column.kind is not Kind.TREND]
    headers = [column.label for column in written]

    def cells() -> list[list[object]]:
        return [[_cell(column, row) for column in written] for row in rows]

    def content(form: TableFormat) -> bytes:
        return table_as_file(form, title, headers, cells())

    for ending in TableFormat:
        st.download_button(
            FORMAT_NAMES[ending],
            partial(content, ending),
            file_name=f"{name}.{ending}",
            key=f"download:{name}:{ending}",
            type="tertiary",
            icon=":material/download:",
            on_click="ignore",
            disabled=not rows,
        )


def _cell(column: Column[R], row: R) -> object:
    """What a file holds: the value shown, a moment in the zone it is shown in."""
    value = column.of(row)
    return value.astimezone(ZoneInfo(shown_zone())) if isinstance(value, datetime) else value


def _all_text(row: R, columns: Sequence[Column[R]]) -> str:
    return " ".join(str(_shown(column.of(row))) for column in columns if column.kind is Kind.TEXT).casefold()


def _shown(value: object) -> object:
    if isinstance(value, Money):
        return float(value.amount)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | frozenset | set) and not all(
        isinstance(part, int | float) for part in value
    ):
        return ", ".join(str(part) for part in value)
    return list(value) if isinstance(value, tuple) else value


def _dtype(column: Column[Any]) -> str:
    numeric = {Kind.NUMBER, Kind.DECIMAL, Kind.COMPACT, Kind.PERCENT, Kind.MONEY}
    return "Float64" if column.kind in numeric else "object"


def _head(row: R, columns: Sequence[Column[R]]) -> str:
    """What a card is called by: its first column."""
    return _written(columns[0], row) or _UNKNOWN


def _facts(row: R, columns: Sequence[Column[R]]) -> Markup:
    """What a card says below its name: the first columns that are known, in their order."""
    known = [
        (_label(column, row), _written(column, row))
        for column in columns[1:]
        if column.kind is not Kind.TREND
    ]
    said = [markup("{label} {value}", label=label, value=bold(value)) for label, value in known if value]
    return joined(" · ", said[:_FACTS])


def _label(column: Column[R], row: R) -> str:
    """What a value is called on a card, where an amount names its currency itself."""
    value = column.of(row)
    if not isinstance(value, Money):
        return column.label
    return column.label.removesuffix(f", {value.currency}").removesuffix(f" ({value.currency})")


def _written(column: Column[R], row: R) -> str:
    """A value in the reader's form; empty where it is not known."""
    value = column.of(row)
    if value is None or value == "" or value is False:
        return ""
    if column.kind is Kind.LINK:
        return link(t("Open"), str(value))
    if column.kind is Kind.FLAG:
        return t("yes")
    if column.kind is Kind.MONEY and isinstance(value, Money):
        return money(value)
    form = _FORMS.get(column.kind)
    return form(value) if form else str(_shown(value))


def _configs(columns: Sequence[Column[Any]], shown: pd.DataFrame) -> dict[str, ColumnConfig]:
    """Say how columns are drawn; where there are many the first, the name, stays in view."""
    first = len(columns) >= _MANY and not any(column.pinned for column in columns)
    return {
        column.label: _config(
            column, _step(column, shown[column.label]), pinned=column.pinned or (first and not place)
        )
        for place, column in enumerate(columns)
    }


def _step(column: Column[Any], values: "pd.Series[Any]") -> float | None:
    """One unit of the last decimal a column needs, so that all its numbers stand point below point."""
    if column.kind not in {Kind.DECIMAL, Kind.MONEY, Kind.PERCENT}:
        return None
    known = values.dropna().astype(float)
    most = _DECIMALS
    if column.kind is Kind.PERCENT and known.abs().between(_CLOSE, _SMALL_SHARE, inclusive="neither").any():
        most += 1
    fits = (digits for digits in range(most) if ((known - known.round(digits)).abs() < _CLOSE).all())
    needed = next(fits, most)
    if needed and column.kind is Kind.MONEY:
        needed = max(needed, _CENTS)
    return 10.0**-needed if needed else None


def _config(column: Column[Any], step: float | None, *, pinned: bool) -> ColumnConfig:
    label, about = column.label, column.help or None
    if column.kind in _NUMBER_FORMATS:
        return st.column_config.NumberColumn(
            label, help=about, format=_NUMBER_FORMATS[column.kind], step=step, pinned=pinned or None
        )
    if column.kind is Kind.DAY:
        return st.column_config.DateColumn(label, help=about, format="localized", pinned=pinned or None)
    if column.kind is Kind.MOMENT:
        return st.column_config.DatetimeColumn(
            label, help=about, format="localized", timezone=shown_zone(), pinned=pinned or None
        )
    makers: dict[Kind, Callable[..., ColumnConfig]] = {
        Kind.LINK: st.column_config.LinkColumn,
        Kind.FLAG: st.column_config.CheckboxColumn,
        Kind.TREND: st.column_config.LineChartColumn,
    }
    return makers.get(column.kind, st.column_config.TextColumn)(label, help=about, pinned=pinned or None)


_CENTS, _DECIMALS = 2, 3
_CLOSE: Final = 1e-9
_SMALL_SHARE: Final = 0.005
"""A share below it would be written as 0.x% with one digit that says little."""
_NUMBER_FORMATS: Final = {
    Kind.NUMBER: "localized",
    Kind.DECIMAL: "localized",
    Kind.COMPACT: "compact",
    Kind.PERCENT: "percent",
    Kind.MONEY: "localized",
}
_FORMS: Final[dict[Kind, Callable[[Any], str]]] = {
    Kind.NUMBER: number,
    Kind.DECIMAL: decimal,
    Kind.COMPACT: compact_number,
    Kind.PERCENT: percent,
    Kind.DAY: day,
    Kind.MOMENT: moment,
}
"""How a card writes what a table leaves to the browser."""
