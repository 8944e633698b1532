"""A named format: how it is recognised by its content, and which of its columns means what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, simplified
from ambassador.intake.flat import flat
from ambassador.intake.json_documents import lists_left, longest_list
from ambassador.intake.sources import NumberedRow, RowSource
from ambassador.values.imports.imports import Note
from ambassador.values.status import ImportKind

Record = Mapping[str, Any]
Reshape = Callable[[tuple[str, ...], RowSource], tuple[tuple[str, ...], RowSource]]
"""Turns the header and the rows of a table into others that can be read row by row."""
Unfold = Callable[[Sequence[Any]], Iterator[Mapping[str, Cell]]]
"""Turns the documents of a JSON file into records of one level."""
Leave = Callable[[Sequence[Any]], Iterator[Note]]
"""Tells what of a JSON file ``unfold`` does not read."""


def beside_the_longest(documents: Sequence[Any]) -> Iterator[Note]:
    """Tell which lists stand beside the longest, the one that :func:`records_of` reads."""
    return lists_left(longest_list(documents)[1])


@dataclass(frozen=True, slots=True)
class Format:
    """One export that programs write always alike.

    Headings are compared in their simplified form; ``|`` stands between the languages of one heading.
    """

    key: str
    """What a person says to have a file read as this."""
    name: str
    """Message id: what the format is called."""
    kind: ImportKind
    has: tuple[str, ...]
    """Headings that must all be there."""
    columns: Mapping[str, str]
    """Field -> the heading it stands under; none where the columns are proposed as for any table."""
    lacks: tuple[str, ...] = ()
    """Headings by which a like format is told apart."""
    platform: str = ""
    """The platform of all rows, where the format knows only one."""
    has_totals: bool = False
    """Whether a row of totals may stand anywhere, above the rows too."""
    reshape: Reshape | None = None
    unfold: Unfold | None = None
    leaves: Leave = beside_the_longest
    is_table_too: bool = False
    """Whether the records also come as the rows of a table, under the same names."""
    one_end: bool = False
    """Whether rows name one end of a tie, and the other is whose list it is."""
    tells_direction: bool = False
    """Whether rows say of their own who hears from whom, so that nobody is asked."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Field -> what it is in every row, where no column says it."""
    languages: Mapping[str, str] = field(default_factory=dict)
    """Message id of a language -> headings that only an export in it has."""
    refused: str = ""
    """Message id: why such a file cannot be used, and what to export instead."""
    reads: tuple[str, ...] = ()
    """Headings, beside those of ``columns``, that ``unfold`` takes something from."""
    adds_up: bool = False
    """Whether each row of an order has a value of its own, also where two are alike."""
    real_file: str = ""
    """Which real file was read with it; empty where it is made after its documentation alone."""

    def suits(self, there: frozenset[str]) -> bool:
        """Tell whether headings, as they are compared, are this format's."""
        return all(_names(one) & there for one in self.has) and not any(
            _names(one) & there for one in self.lacks
        )

    def missing(self, headers: Sequence[str]) -> list[str]:
        """List the headings, by their first name, that a header lacks to be this format's."""
        there = headings_in(headers)
        return [one.partition("|")[0] for one in self.has if not _names(one) & there]

    def called(self, headers: Sequence[str]) -> Note:
        """Name the format, with the language that its headings tell."""
        there = headings_in(headers)
        language = next((name for name, ones in self.languages.items() if _names(ones) & there), "")
        if not language:
            return Note(self.name)
        return Note(mark("{format}, {language}"), {"format": Note(self.name), "language": Note(language)})

    def mapping(self, headers: Sequence[str]) -> dict[str, int]:
        """Say at which place each field of this format stands under a header."""
        places: dict[str, int] = {}
        for position, header in enumerate(headers):
            places.setdefault(heading(header), position)
        found = {}
        for name, headings in self.columns.items():
            place = next((places[one] for one in map(heading, headings.split("|")) if one in places), None)
            if place is not None:
                found[name] = place
        return found


def headings_in(headers: Sequence[str]) -> frozenset[str]:
    """Bring a whole header to the form in which formats look for their headings."""
    return frozenset(map(heading, headers))


def heading(text: str) -> str:
    """Bring a heading to the form in which headings are compared."""
    return simplified(text) or text.strip()


def records_of(documents: Sequence[Any]) -> list[Record]:
    """List the records of a JSON file: its own list, or the longest list it holds, or its lines."""
    return [record for record in longest_list(documents)[0] if isinstance(record, dict)]


def flat_records(documents: Sequence[Any]) -> Iterator[Mapping[str, Cell]]:
    """Bring the records of a JSON file to one level, and leave them otherwise as they are."""
    yield from map(flat, records_of(documents))


def numbered(records: Iterator[Mapping[str, Cell]] | Sequence[Mapping[str, Cell]]) -> tuple[NumberedRow, ...]:
    """Lay records out as rows under the names that any of them uses, the names first."""
    kept = list(records)
    headers = list(dict.fromkeys(key for record in kept for key in record))
    rows = ((number, [record.get(name) for name in headers]) for number, record in enumerate(kept, start=1))
    return ((0, headers), *rows)


@lru_cache(maxsize=4096)
def _names(headings: str) -> frozenset[str]:
    return frozenset(map(heading, headings.split("|")))
