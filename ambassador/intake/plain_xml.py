"""Rows and texts of a workbook that are written plainly, taken by pattern: four times as fast as tag by tag.

A pattern knows the one way in which spreadsheets write almost every row. Whatever it does not match, in
whole, is left to the parser, so that both ways give the same answers and refuse the same files.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from ambassador.intake.limits import LONGEST_CELL

_OF_LINES: Final = "[^<>&\\x00-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
"""A character of a text that needs no thought: no mark of XML, none that XML forbids or alters."""
_OF_VALUE: Final = "[^<>&\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_TEXT = re.compile(
    f'<si><t(?: xml:space="preserve")?>({_OF_LINES}*(?:&(?:amp|lt|gt|quot|apos);{_OF_LINES}*)*)</t></si>'
)
_BEGIN, _END = "<si><t>", "</t></si>"
_BARE_TEXTS = re.compile(f"(?:{_BEGIN}{_OF_LINES}*+{_END})++")
_OF_NUMBER = "[-+.0-9eE]{1,40}+"
_LETTERS: Final = 26
_MOST_SHAPES: Final = 40
"""How often the pattern of a row is made anew."""
_MOST_WAYS: Final = 300
"""Ways to write a cell, over all columns, that one pattern may hold."""
_ROW = re.compile(
    '[ \\t\\n]*<row r="(\\d{1,7})"(?: spans="[\\d:]*")?(?: s="\\d{1,6}")?(?: customFormat="[01]")?'
    '(?: ht="[\\d.]*")?(?: hidden="([01])")?(?: customHeight="[01]")?(?: x14ac:dyDescent="[\\d.]*")?>'
)
_CELL = re.compile(
    '(<c r="([A-Z]{1,3})\\d{1,7}"(?: s="(\\d{1,6})")?(?: t="(n|s|str|b|inlineStr)")?(?:/>|>'
    f'(?:<v>({_OF_VALUE}+)</v>|<is><t(?: xml:space="preserve")?>({_OF_VALUE}+)</t></is>)?</c>))'
)

PlainCell = tuple[str, str, str, str, str, str]
"""As written whole; letters of the column, style, type, value, text that stands in the cell itself."""
ShapedCell = tuple[int, str, str]
"""Number of the column, style, type."""


class PlainTaker(Protocol):
    """Takes elements of one name that are written plainly; the parser gets whatever is between them."""

    name: str
    depth: int
    """How deep in the document such elements lie."""

    def take(self, text: str, at: int) -> int:
        """Take what stands there; give where it ends, ``at`` itself if nothing is plain there."""


class PlainTexts:
    """Takes shared texts."""

    name = "si"
    depth = 1

    def __init__(self, found: Callable[[list[str]], None]) -> None:
        self._found = found

    def take(self, text: str, at: int) -> int:
        """Take the texts that stand there one after the other."""
        while True:
            run = _BARE_TEXTS.match(text, at)
            if run and run.end() - at <= LONGEST_CELL:
                self._found(text[at + len(_BEGIN) : run.end() - len(_END)].split(_END + _BEGIN))
                at = run.end()
            match = _TEXT.match(text, at)
            if not match or match.end() - at > LONGEST_CELL:
                return at
            shared = match[1]
            if "&" in shared:
                for entity, character in _ENTITIES:
                    shared = shared.replace(entity, character)
            self._found([shared])
            at = match.end()


class PlainRowTaker(Protocol):
    """Takes the cells of one row; says whether it could."""

    def keep(self, number: int, hidden: bool, plain: list[PlainCell]) -> bool:  # noqa: FBT001 - a row has it
        """Take cells as they were written."""

    def keep_rows(self, rows: Sequence[Sequence[str]], shape: "RowShape") -> bool:
        """Take many rows of known shape: number, whether hidden, values, "" for each cell that it lacks."""

    def keep_shaped(self, number: int, hidden: bool, values: Sequence[str], shape: "RowShape") -> bool:  # noqa: FBT001 - a row has it
        """Take the values of one such row."""


class RowShape:
    """How the rows of one sheet are written, learnt from those met: then one pattern takes a whole row."""

    def __init__(self) -> None:
        self._known: dict[int, dict[str, ShapedCell | None]] = {}
        """Column -> each way in which its cell is written, with what a value in it is; None for no value."""
        self._left = _MOST_SHAPES
        self.pattern: re.Pattern[str] | None = None
        self.cells: list[ShapedCell] = []
        """What the values of a row are, in the order of the pattern."""

    def learn(self, row: list[PlainCell]) -> None:
        """Take note of how a row is written that the pattern does not match."""
        is_new = False
        for cell in row if self._left else ():
            written, shaped = _way(cell)
            ways = self._known.setdefault(column_number(cell[1]), {})
            is_new = is_new or written not in ways
            ways.setdefault(written, shaped)
        if is_new:
            self._left -= 1
            self._compile()

    def _compile(self) -> None:
        if sum(map(len, self._known.values())) > _MOST_WAYS:
            self._left, self.pattern = 0, None
            return
        columns = [ways for _, ways in sorted(self._known.items())]
        self.cells = [shaped for ways in columns for shaped in ways.values() if shaped]
        parts = "".join(f"(?:{'|'.join(ways)})?+" for ways in columns)
        self.pattern = re.compile(f"{_ROW.pattern}{parts}</row>")


def _way(cell: PlainCell) -> tuple[str, ShapedCell | None]:
    """Write the pattern of a cell like this one, and what its value is."""
    whole, letters, style, kind, value, inline = cell
    begin = (
        f'<c r="{letters}\\d{{1,7}}"' + (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
    )
    if not (value or inline):
        return begin + ("/>" if whole.endswith("/>") else "></c>"), None
    shaped = (column_number(letters), style, kind)
    if inline:
        return f"{begin}><is><t>({_OF_VALUE}++)</t></is></c>", shaped
    form = {"s": "[0-9]{1,9}+", "n": _OF_NUMBER, "": _OF_NUMBER}.get(kind, f"{_OF_VALUE}++")
    return f"{begin}><v>({form})</v></c>", shaped


class PlainRows:
    """Takes rows of a sheet."""

    name = "row"
    depth = 2

    def __init__(self, taker: PlainRowTaker) -> None:
        self._taker = taker
        self._shape = RowShape()

    def take(self, text: str, at: int) -> int:
        """Take the rows that stand there one after the other."""
        while True:
            at = self._shaped(text, at)
            match = _ROW.match(text, at)
            if not match:
                return at
            begin, end = match.end(), text.find("</row>", match.end())
            cells = _CELL.findall(text, begin, end) if end >= 0 else []
            is_whole = end >= 0 and end - begin == sum(len(cell[0]) for cell in cells) <= LONGEST_CELL
            if not (is_whole and self._taker.keep(int(match[1]), match[2] == "1", cells)):
                return at
            self._shape.learn(cells)
            at = end + len("</row>")

    def _shaped(self, text: str, at: int) -> int:
        """Take the rows of the known shape."""
        pattern = self._shape.pattern
        rows: list[tuple[str, ...]] = []
        begins: list[int] = []
        while pattern and (match := pattern.match(text, at)) and match.end() - at <= LONGEST_CELL:
            rows.append(match.groups(""))
            begins.append(at)
            at = match.end()
        if not rows or self._taker.keep_rows(rows, self._shape):
            return at
        for (number, hidden, *values), begin in zip(rows, begins, strict=True):
            if not self._taker.keep_shaped(int(number), hidden == "1", values, self._shape):
                return begin
        return at


def column_number(letters: str) -> int:
    """Count the columns up to the one with these letters.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
