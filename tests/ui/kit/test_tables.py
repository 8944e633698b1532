from dataclasses import dataclass
from datetime import UTC, datetime

from ambassador.ui.kit.tables import Column, Kind, frame, search
from ambassador.values.money import Money


@dataclass(frozen=True)
class Row:
    handle: str
    fee: Money | None
    seen: datetime | None = None


ROWS = [Row("@nina", Money(2550), datetime(2026, 5, 12, 9, tzinfo=UTC)), Row("@Émile", None)]
COLUMNS = (
    Column[Row]("Handle", "handle"),
    Column[Row]("Fee", "fee", Kind.MONEY),
    Column[Row]("Seen", lambda row: row.seen, Kind.MOMENT),
)


def test_money_sorts_as_a_number_and_unknown_stays_empty() -> None:
    table = frame(ROWS, COLUMNS)
    assert table["Fee"].isna().tolist() == [False, True]
    assert table["Fee"].iloc[0] == 25.5


def test_a_table_without_rows_still_has_its_columns() -> None:
    assert list(frame([], COLUMNS).columns) == ["Handle", "Fee", "Seen"]


def test_search_wants_every_word_and_no_capitals() -> None:
    assert search(ROWS, COLUMNS, "émile") == [ROWS[1]]
    assert search(ROWS, COLUMNS, "nina rossi") == []
    assert search(ROWS, COLUMNS, "") == ROWS
