"""The backups kept of this workspace, a button for one more, and a download."""

from functools import partial
from pathlib import Path
from typing import BinaryIO, Final

from ambassador.config import settings
from ambassador.i18n import mark
from ambassador.services.backups.daily import (
    failed_backup,
    folder_of,
    is_kept,
    keep_now,
    kept_backups,
    of_the_erased,
    renew_backups,
)
from ambassador.services.work import UnitOfWork
from ambassador.ui.kit.job_panel import is_running, job_panel
from ambassador.ui.kit.jobs import forget, start
from ambassador.ui.kit.notices import say_done
from ambassador.ui.kit.screen import st
from ambassador.ui.kit.tables import Column, Kind, show_table
from ambassador.ui.kit.text import moment, t, t_count
from ambassador.ui.kit.workspace import current_url, current_work
from ambassador.values.backups import Backup, BackupReason, KeptBackup, Renewed
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
    _tell_failure()
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
    _offer_renewing(url)
    made: Backup | Renewed | None = job_panel(_JOB)
    if made is not None:
        forget(_JOB)
        say_done(_done(made))
        st.rerun()


def _tell_failure() -> None:
    """Say that the last backup the program should have made failed, until one succeeds."""
    failed = failed_backup(current_work().engine)
    if failed is not None:
        st.warning(
            t(
                "The backup of {when} could not be made: {reason}. Make room or set the folder right, then "
                "back up now; this stands here until a backup succeeds.",
                when=moment(failed.at),
                reason=failed.reason,
            ),
            icon=":material/backup:",
        )


def _offer_renewing(url: str) -> None:
    """Offer to delete the backups that still hold somebody who was erased, once there is a fresh one."""
    older = of_the_erased(url, current_work().engine)
    if not older:
        return
    with st.container(border=True):
        st.markdown(
            t_count(
                "{count} backup was made before somebody was erased, and still holds them.",
                "{count} backups were made before somebody was erased, and still hold them.",
                len(older),
            )
        )
        sure = st.checkbox(
            t("Delete all {count} older backups once the fresh one is written", count=len(kept_backups(url))),
            key="renew-sure",
        )
        if st.button(t("Make a fresh backup"), disabled=not sure or is_running(_JOB), key="renew"):
            start(_JOB, partial(_renew, current_work()))


def _done(made: Backup | Renewed) -> str:
    fresh = made.backup if isinstance(made, Renewed) else made
    text = t("Backed up {count} rows into {name}.", count=fresh.manifest.rows, name=fresh.path.name)
    if isinstance(made, Backup):
        return text
    gone = t_count("{count} older backup was deleted.", "{count} older backups were deleted.", made.deleted)
    return f"{text} {gone}"


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


def _renew(work: UnitOfWork, progress: Progress) -> Renewed:
    progress(0, 0, "")
    url = work.engine.url.render_as_string(hide_password=False)
    return renew_backups(url, work.engine, actor=work.actor)
