"""Return any table a page or a verb shows as a file."""

from collections.abc import Sequence

from ambassador.reports.plain_table import csv_table, xlsx_table


def table_as_csv(headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a table as CSV.

    Examples
    --------
    >>> table_as_csv(["Name", "People"], [["Nina", 4]]).decode("utf-8-sig").split()
    ['Name,People', 'Nina,4']
    """
    return csv_table(headers, rows)


def table_as_xlsx(title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """Return a table as a workbook.

    Examples
    --------
    >>> table_as_xlsx("Results", ["Name", "People"], [["Nina", 4]])[:2]
    b'PK'
    """
    return xlsx_table(title, headers, rows)
