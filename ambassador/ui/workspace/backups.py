"""The backups kept of this workspace, a button for one more, and a download."""

from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from ambassador.config import settings
from ambassador.i18n import mark
from ambassador.services.backups.daily import folder_of, is_kept, keep_now, kept_backups
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import moment, t
from ambassador.ui.kit.workspace import current_url, current_work
from ambassador.values.backups import Backup, BackupReason, KeptBackup
from ambassador.values.imports.imports import Progress

_JOB: Final = "backup"
_MEGABYTE: Final = 1_000_000
_WHY: Final = {
    BackupReason.DAILY: mark("first start of the day"),
    BackupReason.MIGRATION: mark("before the tables changed"),
    BackupReason.ASKED: mark("asked for"),
}


def backups_section() -> None:
    """Show what is kept, and make one more on request."""
    url = current_url()
    kept = kept_backups(url)
    st.subheader(t("Backups"))
    st.markdown(_how_often(url))
    if kept:
        columns = [
            Column[KeptBackup](t("Made"), "made_at", Kind.MOMENT),
            Column[KeptBackup](t("Why"), lambda row: t(_WHY[row.reason])),
            Column[KeptBackup](t("Size (MB)"), lambda row: row.bytes / _MEGABYTE, Kind.DECIMAL),
        ]
        show_table("backups", kept, columns, title=t("Backups"))
        st.caption(t("They lie in {folder}.", folder=folder_of(url)))
    with st.container(horizontal=True):
        if st.button(t("Back up now"), icon=":material/save:", disabled=is_running(_JOB)):
            start(_JOB, partial(_make, current_work()))
        if kept:
            _download(kept[0])
    made: Backup | None = job_panel(_JOB)
    if made is not None:
        forget(_JOB)
        say_done(t("Backed up {count} rows into {name}.", count=made.manifest.rows, name=made.path.name))
        st.rerun()


def _how_often(url: str) -> str:
    if is_kept(url):
        return t(
            "One is made at the first start of each day and before the tables change; the last {count} of "
            "each kind are kept. Take one to another disk now and then.",
            count=settings().backups_kept,
        )
    return t("None is made by itself here.")


def _download(newest: KeptBackup) -> None:
    st.download_button(
        t("Download the newest ({when})", when=moment(newest.made_at)),
        partial(_opened_file, newest.path),
        newest.path.name,
        "application/zip",
        icon=":material/download:",
        on_click="ignore",
    )


def _opened_file(path: Path) -> BinaryIO:
    return path.open("rb")


def _make(work: UnitOfWork, progress: Progress) -> Backup:
    progress(0, 0, "")
    url = work.engine.url.render_as_string(hide_password=False)
    return keep_now(url, work.engine, actor=work.actor)
