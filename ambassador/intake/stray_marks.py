"""Quotation marks that open a cell by mistake, and the rows that they would swallow."""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_FIGURES = re.compile(r"[\s@#\u20ac$+\-]*\d[\d.,:/%\s+\-TZkKmM]*")
"""A number, an id, a date: what no line of a text has in the same column by chance."""
_MOST: Final = 0.8
_LEAST_ROWS: Final = 2


@dataclass(frozen=True, slots=True)
class UsualRow:
    """What the rows of a file are like: how many cells they have, and which of them hold figures."""

    delimiter: str
    width: int
    figures: tuple[int, ...]

    def swallowed(self, lines: Sequence[str]) -> bool:
        """Tell whether one row over several lines is a stray mark and rows that it swallowed.

        They are rows if nearly all of them have the usual cells, with figures in their columns, or if the
        mark that closes the first is one that opens a cell. Else it is a text, whatever it looks like.
        """
        further = [line for line in lines[1:] if line.strip()]
        rows = [cells for line in further if self._fits(cells := cells_of(line, self.delimiter))]
        if self.width == 1 or not rows or len(rows) < _MOST * len(further):
            return False
        first = [cell.strip(' "') for cell in literal_cells(lines[0], self.delimiter)]
        if len(further) == 1 and not self._fits(first):
            return False
        return any(row[at].strip() for row in rows for at in self.figures) or self._closes_within(further)

    def _fits(self, cells: Sequence[str]) -> bool:
        """Tell whether a line has as many cells as rows have, and figures or nothing where those do."""
        return len(cells) == self.width and all(
            not cells[at].strip() or _FIGURES.fullmatch(cells[at]) for at in self.figures
        )

    def _closes_within(self, further: Sequence[str]) -> bool:
        """Tell whether the mark that closes is followed by more of the cell, as one that opens is."""
        for line in further:
            rest = line.replace('""', "  ")
            if '"' in rest:
                after = rest.partition('"')[2].lstrip(" ").rstrip("\r\n")
                return bool(after) and after[0] != self.delimiter
        return False


def usual_row(lines: Sequence[str], delimiter: str) -> UsualRow:
    """Learn what the rows of a file are like from its first lines."""
    rows = [row for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True) if row]
    widths = Counter(map(len, rows))
    width = max(widths, key=lambda one: (widths[one], one), default=1)
    sound = [row for row in rows[1:] if len(row) == width]
    figures = tuple(at for at in range(width) if _are_figures([row[at] for row in sound if row[at].strip()]))
    return UsualRow(delimiter, width, figures)


def cells_of(line: str, delimiter: str) -> list[str]:
    """Part one line by itself."""
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])


def _are_figures(cells: Sequence[str]) -> bool:
    fitting = sum(1 for cell in cells if _FIGURES.fullmatch(cell))
    return fitting >= max(_LEAST_ROWS, _MOST * len(cells))


def literal_cells(line: str, delimiter: str) -> list[str]:
    """Part a line whose last opening mark never closes on it, taking that mark as a sign like any other."""
    text = line.rstrip("\r\n")
    at = _opening(text, delimiter)
    if at == len(text):
        return cells_of(text, delimiter)
    before = cells_of(text[:at], delimiter) if at else [""]
    return [*before[:-1], *text[at:].split(delimiter)]


def _opening(text: str, delimiter: str) -> int:
    """Find the mark that opens a cell and is not closed on its line; without one, the end of the line."""
    at = 0
    while at <= len(text):
        at += len(text[at:]) - len(text[at:].lstrip(" "))
        end = _closing(text, at) if text[at : at + 1] == '"' else at
        if end < 0:
            return at
        following = text.find(delimiter, end)
        if following < 0:
            break
        at = following + 1
    return len(text)


def _closing(text: str, at: int) -> int:
    """Find where the cell that a mark opens is closed again; -1 if it is not."""
    end = text.find('"', at + 1)
    while end >= 0 and text[end + 1 : end + 2] == '"':
        end = text.find('"', end + 2)
    return end
