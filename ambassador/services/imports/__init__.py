"""Files coming in: looked at, asked about, written (many rows in pieces), taken back.

Public names: ``preview_import``, ``rehearse_import``, ``import_file``, ``propose_kind``, ``ImportOptions``,
``rejected_rows_csv``, ``refresh_after``, ``list_imports``.
Read in this order: ``import_files``, ``write_rows``, ``pieces``, ``import_report``, ``undo_import``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.imports.import_files import (
        ImportOptions,
        import_file,
        preview_import,
        propose_kind,
        refresh_after,
        rehearse_import,
    )
    from ambassador.services.imports.import_report import rejected_rows_csv
    from ambassador.services.imports.undo_import import list_imports

__all__ = [
    "ImportOptions",
    "import_file",
    "list_imports",
    "preview_import",
    "propose_kind",
    "refresh_after",
    "rehearse_import",
    "rejected_rows_csv",
]
__getattr__ = offering(
    __name__,
    {
        "preview_import": "import_files",
        "propose_kind": "import_files",
        "rehearse_import": "import_files",
        "import_file": "import_files",
        "ImportOptions": "import_files",
        "rejected_rows_csv": "import_report",
        "refresh_after": "import_files",
        "list_imports": "undo_import",
    },
)
