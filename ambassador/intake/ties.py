"""Rows of a list of ties, turned into the direction influence flows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, simplified
from ambassador.intake.layout import FileRow, Layout
from ambassador.values.drafts import TieDraft
from ambassador.values.imports.imports import PROBABILITY

_LOOKED_AT = 500_000
_MOST_REMEMBERED = 50_000
_FOLLOWING = ("follow", "segu", "subscri", "iscritt", "friend", "amic")


def read_tie(row: FileRow, *, is_reversed: bool, third: str) -> TieDraft:
    """Turn one row into a tie; a list of follower and followed is turned round."""
    source_platform, source = row.handle("source")
    target_platform, target = row.handle("target")
    source, target = source or row.layout.author, target or row.layout.author
    for name, handle in (("source", source), ("target", target)):
        if not handle:
            raise row.missing(name, mark("the row names only one end of the tie"))
    if source == target and source_platform == target_platform:
        raise row.refusal("target", CellError(mark("{value} is tied to itself"), value=row.raw("target")))
    has = row.layout.positions
    weight = row.number("weight") if "weight" in has else None
    probability = row.probability("probability") if "probability" in has else None
    if "third" in has:
        weight, probability = _third(row, third, weight, probability)
    platform = row.platform() or source_platform or target_platform
    first, second = (target, source) if is_reversed else (source, target)
    return TieDraft(row.line, first, second, platform, row.text("kind"), weight, probability)


class TieReader:
    """Reads the rows of a list of ties; what a row says beside its ends it mostly says again and again."""

    def __init__(self, layout: Layout, *, is_reversed: bool, third: str) -> None:
        self._layout, self._is_reversed, self._third = layout, is_reversed, third
        positions = layout.positions
        self._source, self._target = positions["source"], positions["target"]
        beside = [place for name, place in positions.items() if name not in {"source", "target"}]
        self._beside: Callable[[Sequence[Cell]], Any] = itemgetter(*beside) if beside else _nothing
        self._width = len(layout.headers)
        self._told: dict[Any, tuple[str, str, float | None, float | None]] = {}
        """What the cells beside the ends said: platform, kind, weight and probability."""
        self._accounts = layout.accounts()
        self._uses_all = len(set(positions.values())) == self._width

    def read(self, line: int, cells: Sequence[Cell]) -> TieDraft:
        """Turn one row into a tie."""
        quick = self._quick(line, cells)
        if quick is not None:
            return quick
        row = self._layout.row(line, cells)
        draft = read_tie(row, is_reversed=self._is_reversed, third=self._third)
        if self._uses_all and len(cells) == self._width:
            if len(self._told) >= _MOST_REMEMBERED:
                self._told.clear()
            told = row.platform(), draft.kind, draft.weight, draft.probability
            self._told[self._beside(cells)] = told
        return draft

    def _quick(self, line: int, cells: Sequence[Cell]) -> TieDraft | None:
        """Read a row of which every cell was met before in its column; None where one was not."""
        told = self._told.get(self._beside(cells)) if len(cells) == self._width else None
        accounts = self._accounts
        first, second = cells[self._source], cells[self._target]
        if told is None or type(first) is not str or type(second) is not str:
            return None
        source, target = accounts.get(first), accounts.get(second)
        if source is None or target is None or source[1] == target[1]:
            return None
        if source[2] or target[2] or not source[1] or not target[1]:
            return None
        platform, kind, weight, probability = told
        platform = platform or source[0] or target[0]
        if self._is_reversed:
            source, target = target, source
        return TieDraft(line, source[1], target[1], platform, kind, weight, probability)


def _nothing(_: Sequence[Cell]) -> None:
    return None


def repeated(ties: Sequence[TieDraft]) -> int:
    """Count the rows that name a tie once more; of very long lists only the first part is looked at."""
    looked = ties[:_LOOKED_AT]
    return len(looked) - len({(tie.source, tie.target, tie.platform, tie.kind) for tie in looked})


def counts_meetings(headers: Sequence[str]) -> bool:
    """Tell whether a tie on several rows is so many meetings: one follows another only once."""
    return not any(word in simplified(header) for header in headers for word in _FOLLOWING)


def counted(ties: Sequence[TieDraft]) -> list[TieDraft]:
    """Return each row the weight 1 where no row has one, so that the rows of a tie add up."""
    if any(tie.weight is not None or tie.probability is not None for tie in ties):
        return list(ties)
    return [replace(tie, weight=1.0) for tie in ties]


def _third(
    row: FileRow, third: str, weight: float | None, probability: float | None
) -> tuple[float | None, float | None]:
    if third == PROBABILITY:
        return weight, row.probability("third")
    return row.number("third"), probability
