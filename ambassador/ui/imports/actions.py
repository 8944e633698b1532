"""What can be done with files: bring one in, take one back."""

from functools import partial

from ambassador.errors import AllOrNothingError
from ambassador.services.calibration import judge_law
from ambassador.services.imports.import_files import ImportOptions, import_file, refresh_after
from ambassador.services.imports.undo_import import undo_import
from ambassador.services.work import UnitOfWork
from ambassador.ui.imports.form import (
    Upload,
    choose_file,
    choose_kind,
    is_answered,
    make_room_after,
    read_upload,
    show_expected,
)
from ambassador.ui.kit.errors import errors_shown
from ambassador.ui.kit.forms import given, press_kept
from ambassador.ui.kit.job_panel import is_running
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.text import t, t_count
from ambassador.ui.kit.workspace import current_work
from ambassador.values.imports.imports import BatchView, ImportReport, Progress
from ambassador.values.status import ImportKind

JOB = "import"


def import_steps(last: ImportReport | None = None) -> None:
    """Draw the way from a file to its import, unless one is under way; ``last`` is the one just done."""
    if is_running(JOB):
        return
    if last is not None:
        make_room_after(last)
        st.subheader(t("The next file"))
    upload = choose_file()
    kind = choose_kind(upload)
    if upload is None:
        return
    preview, options = read_upload(kind, upload)
    if is_answered(preview, options):
        show_expected(kind, upload, preview, options)
    label = t_count("Import {count} row", "Import {count} rows", preview.row_count)
    pressed = press_kept(JOB, label, type="primary", icon=":material/upload:")
    if pressed and given(is_answered(preview, options), t("Answer first what is asked above.")):
        _start(kind, upload, options)


def undo_dialog(batch: BatchView) -> None:
    """Ask before an import is taken back."""

    @st.dialog(t("Undo this import?"), icon=":material/undo:")
    def ask() -> None:
        with errors_shown():
            st.markdown(
                t(
                    "What {file} brought is removed and what it changed is restored."
                    " What is in use by now, or was edited since, stays.",
                    file=batch.file_name,
                )
            )
            if st.button(t("Undo the import"), type="primary"):
                report = undo_import(current_work(), batch.id)
                forget(JOB)
                say_done(
                    t(
                        "{file} is undone; rows kept because they are in use: {kept}",
                        file=report.file_name,
                        kept=report.kept,
                    )
                )
                st.rerun()

    ask()


def _start(kind: ImportKind, upload: Upload, options: ImportOptions) -> None:
    work = current_work()
    start(JOB, partial(_bring, work, kind, upload, options))


def _bring(
    work: UnitOfWork, kind: ImportKind, upload: Upload, options: ImportOptions, progress: Progress
) -> ImportReport:
    try:
        report = import_file(work, kind, upload.name, upload.data, options, progress=progress)
    except AllOrNothingError as problem:
        if isinstance(problem.report, ImportReport):
            return problem.report
        raise
    refresh_after(work)
    if kind is ImportKind.MENTIONS:
        judge_law(work, progress=progress)
    return report
