"""The rows an import could not use, as a table to mend and send again."""

from collections.abc import Sequence

from ambassador.i18n import mark, translate
from ambassador.services.results.export_table import table_as_csv
from ambassador.values.imports.imports import RejectedRow

_HEADERS = (mark("File"), mark("Line"), mark("Column"), mark("Value"), mark("Reason"))


def rejected_rows_csv(rows: Sequence[RejectedRow], language: str) -> bytes:
    """Write rejected rows with line, column, value and reason, in the reader's language."""
    headers = [translate(language, header) for header in _HEADERS]
    lines = [
        (row.file, row.line, row.column, row.value, translate(language, row.reason, **row.values))
        for row in rows
    ]
    return table_as_csv(headers, lines)
