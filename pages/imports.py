import streamlit as st

from ambassador.services.imports.undo_import import list_imports
from ambassador.ui.imports.actions import JOB, import_steps, next_file_button, undo_dialog
from ambassador.ui.imports.form import show_report
from ambassador.ui.imports.words import batch_columns
from ambassador.ui.kit.job_panel import job_panel
from ambassador.ui.kit.navigation import guard
from ambassador.ui.kit.tables import show_table
from ambassador.ui.kit.text import t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.imports.imports import ImportReport

guard()
st.title(t("Import"))
report: ImportReport | None = job_panel(JOB)
if report:
    show_report(report)
    next_file_button()
else:
    import_steps()

batches = list_imports(current_work())
if batches:
    st.subheader(t("Past imports"))
    st.caption(t("Tick an import to take it back."))
    chosen = show_table("imports", batches, batch_columns(), title=t("Past imports"), choose="one")
    if chosen and chosen[0].undone_at:
        st.caption(t("This import was undone already."))
    elif chosen and st.button(t("Undo this import"), icon=":material/undo:"):
        undo_dialog(chosen[0])
