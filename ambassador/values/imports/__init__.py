"""An import: what is asked about a file, what became of its rows, what was noticed.

Public names: Arrival, ColumnMapping, Fates, FilePreview, ImportReport, Note, Question, RejectedRow.
Read in this order: imports, arrivals.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.imports.arrivals import Arrival, Fates
    from ambassador.values.imports.imports import (
        ColumnMapping,
        FilePreview,
        ImportReport,
        Note,
        Question,
        RejectedRow,
    )

__all__ = [
    "Arrival",
    "ColumnMapping",
    "Fates",
    "FilePreview",
    "ImportReport",
    "Note",
    "Question",
    "RejectedRow",
]
__getattr__ = offering(
    __name__,
    {
        "FilePreview": "imports",
        "Question": "imports",
        "ColumnMapping": "imports",
        "ImportReport": "imports",
        "RejectedRow": "imports",
        "Note": "imports",
        "Arrival": "arrivals",
        "Fates": "arrivals",
    },
)
