"""Many rows of a delimited text at once, cell under cell, where nothing in them asks for thought.

pyarrow parts sound lines several times as fast as they are parted one by one. What it would read otherwise
than the careful reader (``sources``) is found beforehand, and such lines are left to that reader.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import count
from typing import Any, Final

arrow: Any = import_module("pyarrow")
calculate: Any = import_module("pyarrow.compute")
csv: Any = import_module("pyarrow.csv")

_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
"""Signs that one reader or the other takes as the end of a line, as a blank, or refuses."""


@dataclass(frozen=True, slots=True)
class CellColumns:
    """Rows that stand on lines one below the other, by column; every cell is a text."""

    first: int
    """The line of the first row."""
    columns: Sequence[Any]
    """One array of pyarrow for each column."""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.columns[0])

    def texts(self, position: int) -> list[str]:
        """Return the cells of one column."""
        found: list[str] = self.columns[position].to_pylist()
        return found

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """Return the rows, each with its line."""
        return zip(count(self.first), zip(*map(self.texts, range(len(self.columns))), strict=True))

    def beginnings(self, position: int, letters: int) -> set[str]:
        """Return with which characters the cells of a column begin."""
        begin = calculate.utf8_slice_codeunits(self.columns[position], 0, letters)
        return set(calculate.unique(begin).to_pylist())

    def longest(self) -> int:
        """Return the bytes of the longest cell."""
        lengths = (calculate.max(calculate.binary_length(column)).as_py() for column in self.columns)
        return max(map(int, lengths))


def columns_of_lines(text: str, lines: int, first: int, delimiter: str) -> CellColumns | None:
    """Part whole lines of a text into cells; None where a line is not one sound row, as wide as the others.

    ``lines`` is how many there are, ``first`` the number of the first.
    """
    if not text or _ODD.search(text):
        return None
    bare = without_quoted(text, delimiter) if '"' in text else text
    if not bare or not _is_plain(bare, delimiter):
        return None
    try:
        table = csv.read_csv(
            arrow.BufferReader((text if text.endswith("\n") else text + "\n").encode()),
            read_options=csv.ReadOptions(
                use_threads=False, autogenerate_column_names=True, block_size=max(1 << 16, 8 * len(text))
            ),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=False, ignore_empty_lines=False
            ),
            convert_options=_as_texts(_width(bare, delimiter)),
        )
    except (arrow.ArrowInvalid, UnicodeEncodeError):  # lines of other widths, halves of characters
        return None
    if table.num_rows != lines:
        return None
    return CellColumns(first, [column.combine_chunks() for column in table.columns])


def without_quoted(text: str, delimiter: str) -> str | None:
    """Take out cells in quotation marks that end on their line; None where there is any other mark.

    >>> without_quoted('a,"b, c",d', ","), without_quoted('a,b"c', ",")
    ('a,,d', None)
    """
    bare = _quoted(delimiter).sub("", text)
    return None if '"' in bare else bare


@lru_cache(maxsize=16)
def _quoted(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    return re.compile(rf'"(?<![^{mark}\n\r]")(?:[^"\n\r]++|"")*+"(?=[{mark}\n\r]|\Z)')


def _is_plain(bare: str, delimiter: str) -> bool:
    """Tell whether no line is empty or ends oddly, and no cell begins with a blank, which is taken off."""
    if "\r" in bare:
        bare = bare.replace("\r\n", "\n")
    return not (
        "\r" in bare or "\n\n" in bare or bare[0] in "\n " or "\n " in bare or f"{delimiter} " in bare
    )


def _width(bare: str, delimiter: str) -> int:
    return bare.partition("\n")[0].count(delimiter) + 1


@lru_cache(maxsize=64)
def _as_texts(width: int) -> Any:  # noqa: ANN401 - pyarrow is not annotated
    names = [f"f{number}" for number in range(width)]
    return csv.ConvertOptions(
        column_types=dict.fromkeys(names, arrow.string()), strings_can_be_null=False, check_utf8=False
    )
