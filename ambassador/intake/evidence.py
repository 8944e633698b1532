"""What the whole file proves about how its cells are to be read, before any row is turned into a draft."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ambassador.intake.cells import WHOLE_DIGITS, Cell, CellError, is_whole, known, plain, simplified
from ambassador.intake.columnar import CellColumns
from ambassador.intake.currencies import read_currency, sign_in, without_sign
from ambassador.intake.fields import Holds
from ambassador.intake.moments import order_evidence, read_moment
from ambassador.intake.quantities import mark_evidence, read_number
from ambassador.intake.sources import NumberedRow
from ambassador.intake.words import courier_status, is_word

_OVERWHELMING = 10
"""Digits of whole numbers that read the same way everywhere are fewer."""
_AT_ONCE = 1 << 14
_MOST_REMEMBERED = 50_000
"""Different cells of one column that are counted before they are weighed."""
_MOST_WORDS = 200
"""Different words that are not understood of which the first line is remembered."""
_UTC = ("Z", "+00:00", "+0000")


@dataclass(slots=True)
class UnknownWord:
    """A word that is not understood: the line it stands on first, as it stands there, and on how many."""

    line: int
    text: str
    times: int = 0


@dataclass(slots=True)
class ColumnEvidence:
    """What the cells of one column prove."""

    marks: Counter[str] = field(default_factory=Counter)
    orders: Counter[str] = field(default_factory=Counter)
    open_number: tuple[int, str] | None = None
    bare_amount: tuple[int, str] | None = None
    """The first amount that names no currency."""
    currencies: Counter[str] = field(default_factory=Counter)
    open_date: tuple[int, str] | None = None
    naive: tuple[int, str] | None = None
    highest: float = 0.0
    fractions: int = 0
    unknown: dict[str, "UnknownWord"] = field(default_factory=dict)
    """What a courier says that is not understood, by the form in which words are compared."""


@dataclass(slots=True)
class FileEvidence:
    """What all columns prove together, and how many rows there are."""

    columns: dict[str, ColumnEvidence]
    row_count: int = 0
    first: NumberedRow | None = None

    def decimal_mark(self, name: str) -> str | None:
        """Say the decimal mark of a column: by its own cells, else by those of the whole file."""
        own = _decided(self.columns[name].marks)
        return own or _decided(sum((column.marks for column in self.columns.values()), Counter()))

    def currency(self) -> str | None:
        """Give the one currency that the column of currencies names; ``""`` for several, None for none."""
        column = self.columns.get("currency")
        named = [code for code, times in column.currencies.items() if times] if column else []
        return None if not named else named[0] if len(named) == 1 else ""

    def own_mark(self, name: str) -> str | None:
        """Say the decimal mark that a column's own cells prove."""
        return _decided(self.columns[name].marks)

    def day_first(self) -> bool | None:
        """Check whether the day comes first, when some row decides it beyond doubt."""
        orders = sum((column.orders for column in self.columns.values()), Counter())
        decided = _decided(orders)
        return None if decided is None else decided == "day"

    def open_date(self) -> tuple[int, str] | None:
        """Return the first date that reads both ways, with its line."""
        return min((c.open_date for c in self.columns.values() if c.open_date), default=None)

    def naive(self) -> tuple[int, str] | None:
        """Return the first instant that names no time zone, with its line."""
        return min((c.naive for c in self.columns.values() if c.naive), default=None)


def gather(
    rows: Iterable[NumberedRow | CellColumns], positions: Mapping[str, int], holds: Mapping[str, Holds]
) -> FileEvidence:
    """Read every row once and note what its numbers and dates prove."""
    evidence = FileEvidence({name: ColumnEvidence() for name in positions})
    watched = [
        _Watched(position, _WATCHERS[holds[name]], evidence.columns[name])
        for name, position in positions.items()
        if holds[name] in _WATCHERS
    ]
    for batch in _batches(rows):
        evidence.row_count += len(batch)
        if isinstance(batch, CellColumns):
            evidence.first = evidence.first or next(batch.rows())
            for one in watched:
                one.look_down(batch)
            continue
        evidence.first = evidence.first or batch[0]
        for one in watched:
            one.look(batch)
    for one in watched:
        one.weigh()
    return evidence


def _batches(
    rows: Iterable[NumberedRow | CellColumns],
) -> Iterator[list[NumberedRow] | CellColumns]:
    batch: list[NumberedRow] = []
    for row in rows:
        if isinstance(row, CellColumns):
            if batch:
                yield batch
                batch = []
            yield row
            continue
        batch.append(row)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


@dataclass(slots=True)
class _Watched:
    """One column that is watched: equal cells are weighed once, in the order in which they first stand."""

    position: int
    watch: Callable[[ColumnEvidence, int, Cell, int], None]
    column: ColumnEvidence
    counts: Counter[Cell] = field(default_factory=Counter)
    lines: dict[Cell, int] = field(default_factory=dict)
    """The line on which each cell stands first."""

    def look(self, batch: Sequence[NumberedRow]) -> None:
        """Count the cells of some rows, which are all as wide as the header."""
        self._count([row[1][self.position] for row in batch], [row[0] for row in batch])

    def look_down(self, rows: CellColumns) -> None:
        """Count the cells of a column, unless they prove nothing at a glance."""
        cells = rows.texts(self.position)
        says_nothing = _AT_A_GLANCE.get(self.watch)
        if says_nothing is None or not says_nothing(self.column, cells):
            self._count(cells, range(rows.first, rows.first + len(cells)))

    def _count(self, cells: Sequence[Cell], lines: Sequence[int]) -> None:
        self.counts.update(cells)
        first = dict(zip(reversed(cells), reversed(lines), strict=True))
        self.lines.update({cell: first[cell] for cell in first.keys() - self.lines.keys()})
        if len(self.counts) > _MOST_REMEMBERED:
            self.weigh()

    def weigh(self) -> None:
        """Take what the cells prove that were counted."""
        for cell, times in self.counts.items():
            if cell is not None:
                self.watch(self.column, self.lines[cell], cell, times)
        self.counts.clear()
        self.lines.clear()


def _decided(votes: Counter[str]) -> str | None:
    """Take the side that proof is on, unless the other side has more than a stray row."""
    ranked = votes.most_common(2)
    if not ranked:
        return None
    if len(ranked) == 1 or ranked[0][1] >= _OVERWHELMING * ranked[1][1]:
        return ranked[0][0]
    return None


def _watch_number(column: ColumnEvidence, line: int, cell: Cell, times: int) -> None:
    if isinstance(cell, str) and ("." in cell or "," in cell):
        proof = mark_evidence(cell.strip())
        if proof == "open":
            column.open_number = column.open_number or (line, cell.strip())
        elif proof:
            column.marks[proof] += times


def _watch_money(column: ColumnEvidence, line: int, cell: Cell, times: int) -> None:
    text = plain(cell)
    if not known(cell):
        return
    if column.bare_amount is None and sign_in(text) is None:
        column.bare_amount = line, text
    if isinstance(cell, str) and ("." in text or "," in text):
        proof = mark_evidence(without_sign(text).lstrip("-\u2212("))
        if proof == "open":
            column.open_number = column.open_number or (line, text)
        elif proof:
            column.marks[proof] += times


def _watch_currency(column: ColumnEvidence, _: int, cell: Cell, times: int) -> None:
    try:
        column.currencies[read_currency(cell)] += times if known(cell) else 0
    except CellError:
        return


def _watch_share(column: ColumnEvidence, line: int, cell: Cell, times: int) -> None:
    if is_whole(cell) or (isinstance(cell, int) and 0 <= cell < 10**WHOLE_DIGITS):
        column.highest = max(column.highest, float(cell))
        return
    _watch_number(column, line, cell, times)
    try:
        value = float(read_number(cell)) if known(cell) and "%" not in plain(cell) else 0.0
    except CellError:
        return
    column.highest = max(column.highest, value)
    column.fractions += times * (not value.is_integer())


def _watch_moment(column: ColumnEvidence, line: int, cell: Cell, times: int) -> None:
    text = plain(cell)
    if text[4:5] == "-" and text[:4].isdigit() and text.endswith(_UTC):
        return  # year first, in a zone: nothing is open
    proof = order_evidence(text)
    if proof == "open":
        column.open_date = column.open_date or (line, text)
    elif proof:
        column.orders[proof] += times
    if column.naive is None and known(cell):
        try:
            column.naive = (line, text) if read_moment(cell).zone is None else None
        except CellError:
            return


def _watch_state(column: ColumnEvidence, line: int, cell: Cell, times: int) -> None:
    text = known(cell)
    if not is_word(text) or courier_status(text):
        return
    word = simplified(text)
    if word in column.unknown or len(column.unknown) < _MOST_WORDS:
        column.unknown.setdefault(word, UnknownWord(line, text)).times += times


_WATCHERS = {
    Holds.COUNT: _watch_number,
    Holds.MONEY: _watch_money,
    Holds.CURRENCY: _watch_currency,
    Holds.NUMBER: _watch_share,
    Holds.RATE: _watch_share,
    Holds.PROBABILITY: _watch_share,
    Holds.MOMENT: _watch_moment,
    Holds.STATE: _watch_state,
}


def _are_whole(_: ColumnEvidence, cells: Sequence[str]) -> bool:
    """Tell whether no count has a mark between its digits, so that nothing is open."""
    text = "".join(cells)
    return "." not in text and "," not in text


def _are_whole_shares(column: ColumnEvidence, cells: Sequence[str]) -> bool:
    """Take the highest of whole numbers; False where there is anything else."""
    text = "".join(cells)
    if not (text.isdigit() and text.isascii() and len(max(cells, key=len)) <= WHOLE_DIGITS):
        return False
    column.highest = max(column.highest, float(max(map(int, filter(None, cells)))))
    return True


def _are_in_utc(_: ColumnEvidence, cells: Sequence[str]) -> bool:
    """Tell whether all moments have the year first and a zone, so that nothing is open."""
    return all(
        not cell or (cell[4:5] == "-" and cell[:4].isdigit() and cell.endswith(_UTC)) for cell in cells
    )


_AT_A_GLANCE: Mapping[Any, Callable[[ColumnEvidence, Sequence[str]], bool]] = {
    _watch_number: _are_whole,
    _watch_share: _are_whole_shares,
    _watch_moment: _are_in_utc,
}
"""Tells of many cells of a column together that none of them has to be watched."""
