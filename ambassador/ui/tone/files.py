"""Labels from a file, and all of them as one."""

from typing import Final

from ambassador.services.tone.files import label_from_file, labels_table
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.rejected import show_unused
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import number, t
from ambassador.ui.kit.workspace import current_work
from ambassador.values.tone import ToneReport

_REPORT: Final = "_tone_report"
_TYPES: Final = ["csv", "tsv", "txt", "xlsx", "xlsm", "json"]


def labels_buttons(work: UnitOfWork) -> None:
    """Draw what brings labels in and takes them out."""
    if st.button(t("Bring in labels"), icon=":material/upload_file:"):
        labels_dialog()
    st.download_button(
        t("All labels (CSV)"),
        lambda: labels_table(work),
        "tone.csv",
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
    )


def labels_dialog() -> None:
    """Ask for a table of labels."""

    @st.dialog(t("Bring in labels"))
    def ask() -> None:
        st.caption(
            t(
                "One post each: a column called tone (negative, neutral, positive or cannot tell), and one"
                " called mention (its number here), url, or platform and post. A label that is here and"
                " differs stays in the history of the post."
            )
        )
        sent = st.file_uploader(t("Drop the file here"), type=_TYPES)
        pressed = st.button(t("Bring them in"), type="primary")
        if pressed and given(sent, t("Choose a file first.")) and sent is not None:
            with errors_shown():
                work = current_work().noting()
                report = label_from_file(work, sent.name, sent.getvalue())
                st.session_state[_REPORT] = report
                say_done(_done(report), undo=undo_of(work))
                st.rerun()

    ask()


def _done(report: ToneReport) -> str:
    return t(
        "{labelled} labels are in, {changed} of them in the place of another; {known} were here already",
        labelled=number(report.labelled),
        changed=number(report.changed),
        known=number(report.known),
    )


def show_report() -> None:
    """Show what of the last file could not be used, until another comes."""
    report: ToneReport | None = st.session_state.get(_REPORT)
    if report is not None:
        show_unused("tone-rejected", report.notes, report.rejected)
