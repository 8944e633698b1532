"""A table in whichever form is asked for."""

from collections.abc import Iterable, Sequence

from ambassador.reports.parquet_table import parquet_table
from ambassador.reports.plain_table import Cell, csv_table, xlsx_table
from ambassador.values.table_format import TableFormat


def table_file(
    form: TableFormat, title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """Write a table as CSV, as a workbook whose sheet has the title, or as Parquet.

    Examples
    --------
    >>> table_file(TableFormat.XLSX, "Results", ["Name"], [["Nina"]])[:2]
    b'PK'
    """
    if form is TableFormat.PARQUET:
        return parquet_table(headers, rows)
    if form is TableFormat.XLSX:
        return xlsx_table(title, headers, rows)
    return csv_table(headers, rows)
