from ambassador.services.imports import list_imports
from ambassador.ui.imports import JOB, batch_columns, import_steps, show_report, undo_dialog
from ambassador.ui.kit import current_work, guard, show_table, t
from ambassador.ui.kit.campaign import note_unfiltered
from ambassador.ui.kit.job_panel import job_panel
from ambassador.ui.kit.screen import st
from ambassador.ui.live import live_section
from ambassador.values.imports.imports import ImportReport

guard()
st.title(t("Import"))
note_unfiltered()
report: ImportReport | None = job_panel(JOB)
if report:
    show_report(report)
import_steps(report)

batches = list_imports(current_work())
if batches:
    st.subheader(t("Past imports"))
    st.caption(t("Tick an import to take it back."))
    chosen = show_table("imports", batches, batch_columns(), title=t("Past imports"), choose="one")
    if chosen and chosen[0].undone_at:
        st.caption(t("This import was undone already."))
    elif chosen and st.button(t("Undo this import"), icon=":material/undo:"):
        undo_dialog(chosen[0])

live_section()
