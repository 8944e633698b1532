"""The first row of a page: at most four figures, each with its range or its change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

MOST: Final = 4

Tone = Literal["neutral", "good", "bad"]
_COLOURS: Final[dict[Tone, Literal["off", "green", "red"]]] = {
    "neutral": "off",
    "good": "green",
    "bad": "red",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, its texts already in the reader's form."""

    label: str
    value: str
    note: str = ""
    """Its range, its change or what it is compared with: one short line."""
    tone: Tone = "neutral"
    help: str = ""
    """Its definition, its source and the age of its data."""
    trend: Sequence[float] = ()
    """Its values over time, oldest first; drawn where there are two or more."""


def first_row(*figures: Figure) -> None:
    """Draw the figures side by side; on a narrow screen they wrap, four of them by twos, so none is alone."""
    shown = figures[:MOST]
    with st.container(horizontal=True, gap="small"):
        if len(shown) < MOST:
            _draw_all(shown)
            return
        for pair in (shown[:2], shown[2:]):
            with st.container(horizontal=True, gap="small", width="stretch"):
                _draw_all(pair)


def interval_note(text: str) -> str:
    """Say that a range holds eight times in ten, the range pages show."""
    return t("8 times in 10: {range}", range=text)


def _draw_all(figures: Sequence[Figure]) -> None:
    for figure in figures:
        _draw(figure)


def _draw(figure: Figure) -> None:
    st.metric(
        figure.label,
        figure.value,
        figure.note or None,
        delta_color=_COLOURS[figure.tone],
        delta_arrow="off",
        help=figure.help or None,
        border=True,
        width="stretch",
        height="stretch",
        chart_data=list(figure.trend) if len(figure.trend) > 1 else None,
    )
