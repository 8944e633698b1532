from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd

from ambassador.reports.parquet_table import parquet_table
from ambassador.values.money import Money
from ambassador.values.status import Deal

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)


def test_columns_keep_their_kind_and_unknown_is_null() -> None:
    rows = [
        ["@nina", 4, 0.5, Money(2550), AT, date(2026, 5, 12), True, Deal.LOAN, ("a", "b"), None],
        ["=1+1", None, 3, None, None, None, None, None, None, None],
    ]
    heads = ["Who", "Posts", "Share", "Fee", "At", "Day", "In", "Deal", "Tags", "Who"]
    frame = pd.read_parquet(BytesIO(parquet_table(heads, rows)), dtype_backend="numpy_nullable")
    assert list(frame.columns) == [*heads[:-1], "Who 2"]
    assert frame.loc[0].tolist()[:9] == ["@nina", 4, 0.5, 25.5, AT, date(2026, 5, 12), True, "loan", "a, b"]
    assert frame["Posts"].dtype == "Int64"
    assert frame.loc[1, "Who"] == "=1+1"
    assert frame.isna().sum().tolist() == [0, 1, 0, 1, 1, 1, 1, 1, 1, 2]


def test_a_column_of_several_kinds_is_text_and_half_a_character_is_marked() -> None:
    rows = [["one", 2**70], [2, AT], ["\ud83d", 1]]
    frame = pd.read_parquet(BytesIO(parquet_table(["a", "b"], rows)))
    assert frame["a"].tolist() == ["one", "2", "\ufffd"]
    assert frame["b"].tolist()[0] == str(2**70)


def test_a_table_without_rows_has_its_columns() -> None:
    frame = pd.read_parquet(BytesIO(parquet_table(["a", "b"], [])))
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)
