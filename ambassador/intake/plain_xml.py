"""Rows and texts of a workbook that are written plainly, taken by pattern: four times as fast as tag by tag.

A pattern knows the one way in which spreadsheets write almost every row. Whatever it does not match, in
whole, is left to the parser, so that both ways give the same answers and refuse the same files.
"""

import re
from collections.abc import Callable
from typing import Final, Protocol

from ambassador.intake.limits import LONGEST_CELL

_OF_LINES: Final = "[^<>&\\x00-\\x08\\x0b-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
"""A character of a text that needs no thought: no mark of XML, none that XML forbids or alters."""
_OF_VALUE: Final = "[^<>&\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]"
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_TEXT = re.compile(
    f'<si><t(?: xml:space="preserve")?>({_OF_LINES}*(?:&(?:amp|lt|gt|quot|apos);{_OF_LINES}*)*)</t></si>'
)
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

    def __init__(self, found: Callable[[str], None]) -> None:
        self._found = found

    def take(self, text: str, at: int) -> int:
        """Take the texts that stand there one after the other."""
        while (match := _TEXT.match(text, at)) and match.end() - at <= LONGEST_CELL:
            shared = match[1]
            if "&" in shared:
                for entity, character in _ENTITIES:
                    shared = shared.replace(entity, character)
            self._found(shared)
            at = match.end()
        return at


class PlainRows:
    """Takes rows of a sheet; ``found`` says of each whether it could be taken."""

    name = "row"
    depth = 2

    def __init__(self, found: Callable[[int, bool, list[PlainCell]], bool]) -> None:
        self._found = found

    def take(self, text: str, at: int) -> int:
        """Take the rows that stand there one after the other."""
        while match := _ROW.match(text, at):
            begin, end = match.end(), text.find("</row>", match.end())
            cells = _CELL.findall(text, begin, end) if end >= 0 else []
            is_whole = end >= 0 and end - begin == sum(len(cell[0]) for cell in cells) <= LONGEST_CELL
            if not (is_whole and self._found(int(match[1]), match[2] == "1", cells)):
                return at
            at = end + len("</row>")
        return at
