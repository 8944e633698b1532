"""Give any table a page or a verb shows as a file."""

from collections.abc import Sequence

from ambassador.reports.plain_table import csv_table, xlsx_table


def table_as_csv(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Give a table as CSV."""
    return csv_table(headers, rows)


def table_as_xlsx(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Give a table as a workbook."""
    return xlsx_table(title, headers, rows)
