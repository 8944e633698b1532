"""Return any table a page or a verb shows as a file."""

from collections.abc import Sequence

from ambassador.reports.table_file import table_file
from ambassador.values.table_format import TableFormat


def table_as_file(
    form: TableFormat, title: str, headers: Sequence[str], rows: Sequence[Sequence[object]]
) -> bytes:
    """Return a table in the form that is asked for.

    Examples
    --------
    >>> file = table_as_file(TableFormat.CSV, "Results", ["Name", "People"], [["Nina", 4]])
    >>> file.decode("utf-8-sig").split()
    ['Name,People', 'Nina,4']
    """
    return table_file(form, title, headers, rows)


def table_format_of(file_name: str) -> TableFormat:
    """Tell the form from the end of a file's name; a name without an end known here is CSV.

    Examples
    --------
    >>> table_format_of("bad.XLSX"), table_format_of("bad.txt")
    (<TableFormat.XLSX: 'xlsx'>, <TableFormat.CSV: 'csv'>)
    """
    ending = file_name.rpartition(".")[2].lower()
    return TableFormat(ending) if ending in set(TableFormat) else TableFormat.CSV
