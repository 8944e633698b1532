"""A forecast as a table: a row per ambassador, and one for the people outside the network."""

from dataclasses import dataclass

from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import percent, t
from ambassador.values.forecasts.forecasts import ForecastView, Range


@dataclass(frozen=True, slots=True)
class ForecastRow:
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


def forecast_table(view: ForecastView) -> None:
    """Draw a row per ambassador, and one for the people outside the network."""
    rows = [_line(view, place) for place in range(len(view.people))]
    if not view.from_past:
        rows.append(_outside(view))
    show_table("forecast", rows, _columns(), title=t("Forecast per ambassador"))


def _line(view: ForecastView, place: int) -> ForecastRow:
    one = view.people[place]
    low, high = one.talkers.quantiles[80]
    return ForecastRow(
        one.handle,
        one.name,
        round(one.posting_probability, 2),
        low,
        round(one.talkers.middle, 1),
        high,
        mentions=_mean(one.amounts.mentions),
        least=_whole(one.amounts.audience_at_least),
        most=_whole(one.amounts.audience_at_most),
        views=_whole(one.amounts.impressions),
    )


def _mean(known: Range | None) -> float | None:
    return None if known is None else round(known.middle, 1)


def _whole(known: Range | None) -> float | None:
    return None if known is None else round(known.middle)


def _outside(view: ForecastView) -> ForecastRow:
    share, known = view.result.outside_share, view.result.outside
    if known is not None:
        low, high = known.quantiles[80]
        return ForecastRow(t("Outside the network"), "", None, low, round(known.middle, 1), high)
    note = t("not counted") if share is None else t("not counted; {share} last time", share=percent(share))
    return ForecastRow(t("Outside the network"), "", None, None, None, None, note)


def _columns() -> tuple[Column[ForecastRow], ...]:
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
