"""Files brought in: preview, questions, the report, taking one back.

Public names: JOB, batch_columns, import_steps, show_report, undo_dialog.
Read in this order: form, words, actions.
"""

from ambassador.ui.imports.actions import JOB, import_steps, undo_dialog
from ambassador.ui.imports.form import show_report
from ambassador.ui.imports.words import batch_columns

__all__ = [
    "JOB",
    "batch_columns",
    "import_steps",
    "show_report",
    "undo_dialog",
]
