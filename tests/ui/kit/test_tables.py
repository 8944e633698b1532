import json
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

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


def _drawn(fees: tuple[int, ...], weights: tuple[float, ...]) -> None:
    from dataclasses import dataclass

    from ambassador.ui.kit.tables import Column, Kind, show_table
    from ambassador.values.money import Money

    @dataclass(frozen=True)
    class Row:
        fee: Money
        weight: float | None

    rows = [Row(Money(fee), weight) for fee, weight in zip(fees, weights, strict=True)]
    columns = (
        Column("Fee", "fee", Kind.MONEY),
        Column("Weight", "weight", Kind.DECIMAL),
        Column("Share", "weight", Kind.PERCENT),
    )
    show_table("people", rows, columns)


@pytest.mark.parametrize(
    ("fees", "weights", "fee_step", "weight_step", "share_step"),
    [
        ((1360, 447), (1.5, 12.0), 0.01, 0.1, 0.1),
        ((1350, 400), (0.05, 1.0), 0.01, 0.01, 0.01),
        ((38900, 0), (3.0, 4.0), None, None, None),
        ((100, 100), (1 / 3, 0.25), None, 0.001, 0.001),
        ((100, 100), (0.12345, 0.0012), None, 0.001, 0.0001),
    ],
)
def test_numbers_of_a_column_have_as_many_decimals(
    fees: tuple[int, ...],
    weights: tuple[float, ...],
    fee_step: float | None,
    weight_step: float | None,
    share_step: float | None,
) -> None:
    page = AppTest.from_function(_drawn, kwargs={"fees": fees, "weights": weights}).run(timeout=30)
    assert not page.exception
    columns = json.loads(page.dataframe[0].proto.columns)
    steps = [columns[name]["type_config"].get("step") for name in ("Fee", "Weight", "Share")]
    expected = (fee_step, weight_step, share_step)
    assert steps == [pytest.approx(step) if step else None for step in expected]
