"""Rows of a file that could not be used, folded under how many they are."""

from collections.abc import Sequence

from ambassador.i18n import remark
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import language, note_text, t, t_count
from ambassador.values.imports.imports import Note, RejectedRow


def show_rejected(name: str, rows: Sequence[RejectedRow], head: str) -> None:
    """Show where they stand, what stands there and why it cannot be used; nothing where there are none."""
    if not rows:
        return
    with st.expander(head, icon=":material/rule:"):
        show_table(name, rows, _columns(), title=head)


def show_unused(name: str, notes: Sequence[Note], rows: Sequence[RejectedRow]) -> None:
    """Show what was assumed of a file, and what of it could not be used."""
    for note in notes:
        st.caption(note_text(note))
    show_rejected(name, rows, t_count("{count} could not be used", "{count} could not be used", len(rows)))


def _columns() -> list[Column[RejectedRow]]:
    return [
        Column(t("Line"), "line", Kind.NUMBER),
        Column(t("Value"), "value"),
        Column(t("Why"), lambda row: remark(language(), row.reason, **row.values)),
    ]
