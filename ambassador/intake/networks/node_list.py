"""The nodes of a network in a file beside its edges: whom the numbers of the ties stand for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, plain, simplified
from ambassador.intake.encodings import settle_encoding
from ambassador.intake.files import Content, format_of
from ambassador.intake.sources import NumberedRow, open_source
from ambassador.intake.tables import FileTable, find_table
from ambassador.values.imports.imports import Note

_IDS: Final = ("id", "node id", "nodeid", "node", "nodo", "key", "identifier", "node key")
_NAMES: Final = (
    "handle", "screen name", "screenname", "username", "user name", "nome utente", "account", "label",
    "etichetta", "name", "nome", "shared name",
)  # fmt: skip
"""What the name of a node is called, the surest first."""


def names_of_nodes(content: Content) -> Mapping[str, str]:
    """Read a list of nodes: the name of each by its id; a name that several have names none of them."""
    settle_encoding(content)
    source = open_source(content, format_of(content), loose=False)
    table = find_table(source, lambda text: simplified(text) in {*_IDS, *_NAMES}, content.name)
    headers = [simplified(header) for header in table.headers]
    key = next((headers.index(one) for one in _IDS if one in headers), None)
    name = next((headers.index(one) for one in _NAMES if one in headers), None)
    if key is None or name is None or key == name:
        message = mark("{file} is no list of nodes: it needs a column Id and one with names, such as Label")
        raise BadInputError(message, file=content.name)
    found = {plain(cells[key]): plain(cells[name]) for _, cells in table.rows()}
    times = Counter(found.values())
    return {one: called for one, called in found.items() if one and called and times[called] == 1}


@dataclass(slots=True)
class NamedEnds:
    """Rows of ties whose ends are called by name; ``unnamed`` are those the list does not name."""

    table: FileTable
    ends: Sequence[int]
    names: Mapping[str, str]
    unnamed: set[str] = field(default_factory=set)

    def named(self) -> FileTable:
        """Return the table with names in the place of numbers."""
        return replace(self.table, source=self._rows, below=None)

    def notes(self) -> tuple[Note, ...]:
        """Say how many were not named."""
        text = mark("people without a name of their own, called by their number in the file: {count}")
        return (Note(text, {"count": len(self.unnamed)}),) if self.unnamed else ()

    def _rows(self) -> Iterator[NumberedRow]:
        for line, cells in self.table.source():
            if line <= self.table.above or line == self.table.header_line:
                yield line, cells
                continue
            yield line, [self._cell(place, cell) for place, cell in enumerate(cells)]

    def _cell(self, place: int, cell: Cell) -> Cell:
        if place not in self.ends:
            return cell
        key = plain(cell)
        if key and key not in self.names:
            self.unnamed.add(key)
        return self.names.get(key, cell)
