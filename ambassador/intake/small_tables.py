"""Small tables of a known kind: their columns found by heading, whichever of the known words stands there."""

from collections.abc import Mapping
from typing import Final

from ambassador.intake.cells import simplified
from ambassador.intake.encodings import settle_encoding
from ambassador.intake.files import Content, format_of
from ambassador.intake.sources import open_source
from ambassador.intake.tables import FileTable, find_table

_BETWEEN: Final = "|"


def headings(words: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """Take apart the words by which each column is known, which stand with strokes between them.

    >>> sorted(headings({"voter": "voter|votante"})["voter"])
    ['votante', 'voter']
    """
    return {field: frozenset(said.split(_BETWEEN)) for field, said in words.items()}


def open_small_table(
    content: Content, known: Mapping[str, frozenset[str]]
) -> tuple[FileTable, dict[str, int]]:
    r"""Open the table of a file, and give the place of each column that is known.

    >>> known = headings({"voter": "voter|votante", "vote": "vote|voto"})
    >>> table, columns = open_small_table(Content("v.csv", b"Votante,Voto\nnina,1\n"), known)
    >>> columns, [list(cells) for _, cells in table.rows()]
    ({'voter': 0, 'vote': 1}, [['nina', '1']])
    """
    settle_encoding(content)
    words = frozenset().union(*known.values())
    source = open_source(content, format_of(content))
    table = find_table(source, lambda text: simplified(text) in words, content.name)
    table.file, table.watch = content.name, content.watch
    names = [simplified(header) for header in table.headers]
    places = {
        field: next((at for at, name in enumerate(names) if name in said), None)
        for field, said in known.items()
    }
    return table, {field: place for field, place in places.items() if place is not None}
