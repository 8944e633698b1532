"""A table found in a file: its header among title rows; its rows without blanks, repeats and totals."""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, known, plain, simplified
from ambassador.intake.columnar import CellColumns
from ambassador.intake.files import never
from ambassador.intake.limits import MOST_COLUMNS, MOST_ROWS, ROWS_BETWEEN
from ambassador.intake.line_tally import LineTally
from ambassador.intake.moments import read_moment
from ambassador.intake.quantities import read_money, read_number
from ambassador.intake.sources import FileSource, NumberedRow, RowsBelow, RowSource
from ambassador.values.identity import KNOWN_PLATFORMS, canonical_platform

IsHeading = Callable[[str], bool]
IsHeader = Callable[[Sequence[str]], bool]

_LOOK_FOR_HEADER = 40
_REMEMBERED = 64
_TOTALS = re.compile(
    r"^(?:(?:grand |sub ?)?total[ei]?(?: .*)?|totals(?: .*)?"
    r"|somma|sum|media|medie|average|avg|mean|mediana|median|gesamt(?: .*)?|summe|moyenne)$"
)
_TOTAL_STARTS = frozenset({"tot", "gra", "sub", "som", "sum", "med", "ave", "avg", "mea", "ges", "moy"})
_NO_TOTAL = frozenset("0123456789@bcdefhijklnopqruvwxyzBCDEFHIJKLNOPQRUVWXYZ") | {""}
"""With what no word for a total begins."""
_WORD_WITHIN = 4
_NO_CELLS = frozenset({"", " ", "=", "'"})
"""How a cell may begin that holds nothing in the end."""


@dataclass(slots=True)
class FileTable:
    """Column names and rows; ``skipped`` tells what the last reading of the rows left out."""

    headers: tuple[str, ...]
    source: RowSource
    header_line: int | None
    heading: tuple[str, ...] = ()
    above: int = 0
    """The last line that stands above the data."""
    totals_anywhere: bool = False
    """Whether a row of totals is one wherever it stands, not only at the end."""
    skipped: dict[str, LineTally] = field(default_factory=dict)
    titles: tuple[int, ...] = ()
    """Lines above the header that hold something."""
    said_above: tuple[str, ...] = ()
    """What stands on those lines."""
    file: str = ""
    most_rows: int = MOST_ROWS
    only_measured: bool = False
    """Whether nothing of the rows is kept, so that parts of the file cannot be brought in one by one."""
    watch: Callable[[], None] = never
    """Called now and again while rows are read; may raise to stop it."""
    below: RowsBelow | None = None
    """The rows of ``source`` by column, where its form has that way."""
    _is_known: bool = False
    _leaves_out: bool = False
    _pads: bool = False

    def rows(self) -> Iterator[NumberedRow]:
        """Return each row of data with its line, as wide as the header; read the file anew each time."""
        for part in self.parts():
            if isinstance(part, CellColumns):
                yield from part.rows()
            else:
                yield part

    def parts(self) -> Iterator[NumberedRow | CellColumns]:
        """Return the rows of data in their order, by column where many are sound together."""
        if self._takes_all():
            yield from self._all()
            return
        self._begin()
        self._leaves_out = self._pads = False
        held: list[NumberedRow] = []
        starts, width, count = self._starts(), len(self.headers), 0
        for part in self._read():
            if isinstance(part, CellColumns) and self._are_usual(part):
                yield from held
                held.clear()
                count += len(part)
                self._go_on(count, len(part))
                yield part
                continue
            for line, cells in part.rows() if isinstance(part, CellColumns) else (part,):
                if line <= self.above or (
                    not _is_usual(cells, starts) and self._is_put_aside(line, cells, held)
                ):
                    continue
                if held:
                    yield from held
                    held.clear()
                count += 1
                self._go_on(count)
                yield line, cells if len(cells) >= width else self._padded(cells)
        self._drop(held)
        self._is_known = True

    def _read(self) -> Iterator[NumberedRow | CellColumns]:
        return self.below(self.above) if self.below else self.source()

    def _takes_all(self) -> bool:
        """Tell whether an earlier reading met nothing but rows of data, each as wide as the header."""
        return self._is_known and not (self._leaves_out or self._pads)

    def _all(self) -> Iterator[NumberedRow | CellColumns]:
        count = 0
        for part in self._read():
            more = len(part) if isinstance(part, CellColumns) else 1
            count += more
            self._go_on(count, more)
            if isinstance(part, CellColumns) or part[0] > self.above:
                yield part

    def _are_usual(self, rows: CellColumns) -> bool:
        """Tell whether rows are as wide as the header and none is blank, a total or the heading once more."""
        if len(rows.columns) < len(self.headers):
            return False
        first = rows.beginnings(0, 1)
        if not all(one.isalnum() or (one.isascii() and one.isprintable()) for one in first):
            return False
        if not first.isdisjoint(_NO_CELLS):
            return False
        return not self._may_repeat(rows, first) and not any(
            map(_may_total, map(rows.texts, _like_totals(rows)))
        )

    def _is_put_aside(self, line: int, cells: Sequence[Cell], held: list[NumberedRow]) -> bool:
        """Put aside what is no data; totals are held until what follows them is known."""
        if self._is_no_data(line, cells):
            self._drop(held)
        elif not _is_total(cells):
            return False
        elif self.totals_anywhere:
            self._skip("totals", line)
        else:
            held.append((line, self._padded(cells)))
        self._leaves_out = True
        return True

    def _may_repeat(self, rows: CellColumns, begins: Collection[str]) -> bool:
        """Tell whether the first cell of any row is that of the heading."""
        if not self.heading or not any(self.heading[0].startswith(one.casefold()) for one in begins):
            return False
        return any(plain(cell).casefold() == self.heading[0] for cell in rows.texts(0))

    def _go_on(self, count: int, more: int = 1) -> None:
        """Ask now and again whether the reading may go on; ``more`` rows are new among so many."""
        if count // ROWS_BETWEEN > (count - more) // ROWS_BETWEEN:
            self.watch()
        if count > self.most_rows:
            message = mark("{file} has more than {limit} rows: part it and import the parts")
            if self.only_measured:
                message = mark("{file} has more than {limit} rows: measure on its newest posts alone")
            raise UnreadableFileError(message, file=self.file, limit=self.most_rows)

    def _starts(self) -> frozenset[str]:
        """Give the characters with which neither a total nor the heading begins."""
        first = self.heading[0][:1] if self.heading else ""
        return frozenset(one for one in _NO_TOTAL if one and one.casefold() != first)

    def signature(self, kind: str) -> str:
        """Name this layout: the same columns give the same text; empty without a header."""
        if self.header_line is None:
            return ""
        text = "\n".join([kind, *map(simplified, self.headers)])
        return hashlib.sha256(text.encode()).hexdigest()

    def _begin(self) -> None:
        self.skipped = {}
        for line in self.titles:
            self._skip("titles", line)
        if self.above and self.header_line is None:
            self._skip("sizes", self.above)

    def _skip(self, what: str, line: int) -> None:
        self.skipped.setdefault(what, LineTally()).add(line)

    def _is_no_data(self, line: int, cells: Sequence[Cell]) -> bool:
        first = cells[0] if cells else None
        if isinstance(first, str) and first[:1].isalnum():
            if not (self.heading and self.heading[0].startswith(first[0].casefold())):
                return False  # something stands here, and it begins like no repeated heading
        elif not any(map(plain, cells)):
            return True
        if self.heading and plain(cells[0]).casefold() == self.heading[0] and self._is_heading(cells):
            self._skip("repeated", line)
            return True
        return False

    def _is_heading(self, cells: Sequence[Cell]) -> bool:
        return _folded(cells)[: len(self.heading)] == self.heading

    def _drop(self, held: list[NumberedRow]) -> None:
        for line, _ in held:
            self._skip("totals", line)
        held.clear()

    def _padded(self, cells: Sequence[Cell]) -> Sequence[Cell]:
        missing = len(self.headers) - len(cells)
        self._pads = True
        return cells if missing <= 0 else [*cells, *([None] * missing)]


def _is_usual(cells: Sequence[Cell], starts: frozenset[str]) -> bool:
    """Tell at a glance that a row is neither blank nor a total nor the heading once more."""
    first = cells[0] if cells else None
    if type(first) is not str or first[:1] not in starts:
        return False
    for cell in cells[1:_WORD_WITHIN]:  # noqa: SIM110 - a generator takes twice as long
        if type(cell) is str and cell[:1] not in _NO_TOTAL:
            return False
    return True


def _like_totals(rows: CellColumns) -> list[int]:
    """List the columns in which a cell begins like a word for a total, or with a blank."""
    letters = len(next(iter(_TOTAL_STARTS)))
    return [
        position
        for position in range(min(_WORD_WITHIN, len(rows.columns)))
        if any(
            one[:1].isspace() or one.casefold()[:letters] in _TOTAL_STARTS
            for one in rows.beginnings(position, letters)
        )
    ]


def _may_total(cells: Sequence[str]) -> bool:
    """Tell whether any cell says what the last row of a table does."""
    return any(_says_total(cell) for cell in cells if cell[:1] not in _NO_TOTAL)


def _says_total(cell: str) -> bool:
    is_like = cell.lstrip()[:3].casefold() in _TOTAL_STARTS
    return is_like and _TOTALS.match(simplified(plain(cell))) is not None


def find_table(
    source: FileSource, is_heading: IsHeading, file: str, is_header: IsHeader = lambda _: False
) -> FileTable:
    """Find the header (by the names it holds, or by standing in words above numbers) and what is below it."""
    top = list(islice((row for row in source.rows() if any(map(plain, row[1]))), _LOOK_FOR_HEADER))
    if not top:
        message = mark("{file} holds no rows")
        raise UnreadableFileError(message, file=file)
    _check_width(max(len(cells) for _, cells in top), file)
    at = 0 if source.named else _known_header(top, is_header)
    at = _header_at(top, is_heading) if at is None else at
    if at is None:
        width = max(len(cells) for _, cells in top)
        above = _size_line(top) if source.loose else 0
        return FileTable(
            tuple(f"column {number}" for number in range(1, width + 1)),
            source.rows,
            None,
            above=above,
            below=source.below,
        )
    line, cells = top[at]
    names = [plain(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    groups = _groups(top[at - 1], line) if at and not source.named else {}
    titled = top[: at - bool(groups)]
    said = tuple(plain(cell) for _, row in titled for cell in row if plain(cell))
    return FileTable(
        _distinct(_grouped(names, groups)),
        source.rows,
        line,
        _folded(names),
        line,
        titles=tuple(number for number, _ in titled),
        said_above=said,
        below=source.below,
    )


def _check_width(width: int, file: str) -> None:
    if width > MOST_COLUMNS:
        message = mark("{file} has {count} columns: up to {limit} can be read")
        raise UnreadableFileError(message, file=file, count=width, limit=MOST_COLUMNS)


def first_row_table(source: FileSource) -> FileTable:
    """Take the first row that holds anything as the header."""
    line, cells = next((row for row in source.rows() if any(map(plain, row[1]))), (0, ()))
    names = [plain(cell) for cell in cells]
    return FileTable(_distinct(names), source.rows, line, _folded(names), line, below=source.below)


def is_number(cell: Cell) -> bool:
    """Tell whether a cell holds a number of any form."""
    try:
        read_number(cell)
    except CellError:
        return False
    return True


def _size_line(top: list[NumberedRow]) -> int:
    """Find the line of two numbers, people and ties, with which edge lists of the literature begin."""
    (line, first), below = top[0], top[1:]
    narrower = len(_filled(first)) == 2 and all(len(_filled(cells)) > 2 for _, cells in below)  # noqa: PLR2004
    return line if below and narrower and all(map(is_number, _filled(first))) else 0


def is_amount(cell: Cell) -> bool:
    """Tell whether a cell holds an amount of money."""
    try:
        read_money(cell)
    except CellError:
        return False
    return True


def _known_header(top: list[NumberedRow], is_header: IsHeader) -> int | None:
    """Find the row that is the header of a format known by name."""
    return next((i for i, (_, cells) in enumerate(top) if is_header([plain(cell) for cell in cells])), None)


def _header_at(top: list[NumberedRow], is_heading: IsHeading) -> int | None:
    scores = [_heading_score(cells, is_heading) for _, cells in top]
    best = max(scores)
    at = scores.index(best)
    if best > 1 or (best == 1 and _heads_its_columns(top, at, is_heading)):
        return at
    width = Counter(len(_filled(cells)) for _, cells in top).most_common(1)[0][0]
    first = next((i for i, (_, cells) in enumerate(top) if len(_filled(cells)) >= width), 0)
    return first if _stands_above_numbers(top, first) else None


def _heading_score(cells: Sequence[Cell], is_heading: IsHeading) -> int:
    filled = _filled(cells)
    if any(_is_data(cell) for cell in filled):
        return 0
    return sum(1 for cell in filled if is_heading(plain(cell)))


def _heads_its_columns(top: list[NumberedRow], at: int, is_heading: IsHeading) -> bool:
    """One known word makes a header only if it does not come again below it, as a value would."""
    cells = top[at][1]
    width = Counter(len(_filled(row)) for _, row in top).most_common(1)[0][0]
    if 2 * len(_filled(cells)) < width:
        return False
    column = next(i for i, cell in enumerate(cells) if is_heading(plain(cell)))
    word = simplified(plain(cells[column]))
    below = [row for _, row in top[at + 1 :] if list(map(plain, row)) != list(map(plain, cells))]
    return all(simplified(plain(row[column])) != word for row in below if len(row) > column)


def _stands_above_numbers(top: list[NumberedRow], at: int) -> bool:
    cells = top[at][1]
    below = [row for _, row in top[at + 1 :]]
    if not below or any(_is_data(cell) for cell in _filled(cells)) or len({*map(plain, cells)}) < len(cells):
        return False
    return any(
        all(_is_data(row[column]) for row in below if len(row) > column and known(row[column]))
        and any(len(row) > column and known(row[column]) for row in below)
        for column in range(len(cells))
    )


def _folded(cells: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(plain(cell).casefold() for cell in cells)


def _filled(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if plain(cell)]


def _is_data(cell: Cell) -> bool:
    """Tell whether a cell is a number or a date, which no header is."""
    if not isinstance(cell, str):
        return True
    return _is_short_data(cell) if len(cell) <= _REMEMBERED else _is_text_of_data(cell)


def _is_text_of_data(text: str) -> bool:
    if is_number(text):
        return True
    try:
        read_moment(text)
    except CellError:
        return False
    return True


_is_short_data = lru_cache(maxsize=1 << 13)(_is_text_of_data)
"""The first rows of a file are looked at once for every kind that it may be of."""


def _groups(row: NumberedRow, header_line: int) -> dict[int, str]:
    """Read a line of platform names spread over the columns below them."""
    line, cells = row
    words = {i: plain(cell) for i, cell in enumerate(cells) if plain(cell)}
    platforms = [word for word in words.values() if canonical_platform(word) in KNOWN_PLATFORMS]
    return words if platforms and header_line - line <= 2 else {}  # noqa: PLR2004 - one blank line between at most


def _grouped(names: list[str], groups: dict[int, str]) -> list[str]:
    result, group = [], ""
    for position, name in enumerate(names):
        group = groups.get(position, group)
        platform = group if canonical_platform(group) in KNOWN_PLATFORMS else ""
        result.append(f"{platform} {name}".strip() if platform else name)
    return result


def _distinct(names: list[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    result = []
    for position, name in enumerate(names, start=1):
        base = " ".join(name.replace("\x00", " ").split()) or f"column {position}"
        seen[base] += 1
        result.append(base if seen[base] == 1 else f"{base} ({seen[base]})")
    return tuple(result)


def _is_total(cells: Sequence[Cell]) -> bool:
    words_within = [cell for cell in cells[:_WORD_WITHIN] if isinstance(cell, str)]
    if not _may_total(words_within):
        return False
    filled = _filled(cells)
    words = [cell for cell in filled if isinstance(cell, str) and not is_number(cell) and not is_amount(cell)]
    if len(words) != 1 or len(filled) < 2:  # noqa: PLR2004 - the word and at least one figure
        return False
    return bool(_TOTALS.match(simplified(plain(words[0]))))
