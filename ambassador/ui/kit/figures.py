"""The first row of a page: at most four figures, each with its range or its change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from ambassador.ui.kit.room import page_width
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t

MOST: Final = 4
_LETTER: Final = 6.4
_DIGIT: Final = 12.6
"""How wide a letter of a label and of a figure is, in pixels."""
_MARK: Final = 26
_BORDERS: Final = 36
_GAP: Final = 16

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
    """Draw the figures side by side where there is room for every word of them, four of them else by twos."""
    for row in in_rows(figures[:MOST], page_width()):
        with st.container(horizontal=True, gap="small"):
            for figure in row:
                _draw(figure)


def in_rows(figures: Sequence[Figure], room: float) -> list[Sequence[Figure]]:
    """Share figures out among rows of so many pixels, as many in each: none is cut, none alone."""
    for each in (one for one in range(len(figures), 1, -1) if len(figures) % one == 0):
        rows = [figures[first : first + each] for first in range(0, len(figures), each)]
        if all(_needed(row) <= room for row in rows):
            return rows
    return [[figure] for figure in figures]


def _needed(row: Sequence[Figure]) -> float:
    return sum(map(_width, row)) + _GAP * (len(row) - 1)


def _width(figure: Figure) -> float:
    label = len(figure.label) * _LETTER + (_MARK if figure.help else 0)
    note = len(figure.note) * _LETTER + (_GAP if figure.note else 0)
    return max(label, note, len(figure.value) * _DIGIT) + _BORDERS


def interval_note(text: str) -> str:
    """Say that a range holds eight times in ten, the range pages show."""
    return t("8 times in 10: {range}", range=text)


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
