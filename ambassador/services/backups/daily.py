"""Backups nobody has to think of: at the first start of a day and before tables change; the last stay."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from ambassador.config import database_name, settings
from ambassador.errors import AmbassadorError, BadInputError
from ambassador.i18n import mark
from ambassador.services.backups.archive import check_archive
from ambassador.services.backups.making import back_up_engine
from ambassador.store.backups.failures import last_failure, note_failure
from ambassador.store.backups.rows import holds_rows
from ambassador.store.database import new_session
from ambassador.store.people.erasure import last_erased
from ambassador.values.backups import Backup, BackupReason, FailedBackup, KeptBackup, Renewed

BACKUPS: Final = "backups"
_ENDING: Final = ".zip"
_NAMES: Final = {BackupReason.DAILY: "daily", BackupReason.MIGRATION: "before"}
_STALE_SECONDS: Final = 3600


def folder_of(url: str) -> Path:
    """Return the folder in which the backups of a database are kept."""
    place = make_url(url).set(password=None).render_as_string()
    short = hashlib.sha256(place.encode()).hexdigest()[:8]
    return settings().data_folder / BACKUPS / f"{database_name(url) or 'database'}-{short}"


def kept_backups(url: str) -> tuple[KeptBackup, ...]:
    """List the backups kept of a database, the newest first."""
    folder = folder_of(url)
    if not folder.is_dir():
        return ()
    found = []
    for path in folder.glob(f"*{_ENDING}"):
        about = path.stat()
        made = datetime.fromtimestamp(about.st_mtime, UTC)
        found.append(KeptBackup(path, made, _reason(path), about.st_size))
    return tuple(sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True))


def is_kept(url: str) -> bool:
    """Check whether backups of a database are made by themselves: not of the demo, nor where they are off."""
    return settings().backups_kept > 0 and url != settings().demo_url and bool(make_url(url).database)


def is_due(url: str, today: date) -> bool:
    """Check whether today's backup is still to be made."""
    return is_kept(url) and not _daily(url, today).exists()


def keep_daily(url: str, engine: Engine, *, actor: str, today: date) -> Backup | None:
    """Make today's backup unless there is one, or nothing to keep; older ones make room.

    That it failed is written down, for *Workspace* and the doctor, until one succeeds.
    """
    if not is_due(url, today) or not holds_rows(engine):
        return None
    try:
        return _keep_daily(url, engine, actor, today)
    except (AmbassadorError, DBAPIError, OSError) as error:
        note_failure(engine, str(getattr(error, "orig", None) or error))
        raise


def _keep_daily(url: str, engine: Engine, actor: str, today: date) -> Backup | None:
    path = _daily(url, today)
    with _one_at_a_time(path) as mine:
        if not mine or path.exists():
            return None
        made = back_up_engine(engine, path, actor=actor, reason=BackupReason.DAILY)
        make_room(url)
        return made


def keep_before_migration(url: str, engine: Engine, *, actor: str, version: str) -> Backup | None:
    """Make a backup of the tables as they are, before they change."""
    if not is_kept(url) or not holds_rows(engine):
        return None
    path = folder_of(url) / f"before-{version}-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}{_ENDING}"
    _make_folder(path.parent)
    made = back_up_engine(engine, path, actor=actor, reason=BackupReason.MIGRATION)
    make_room(url)
    return made


def keep_now(url: str, engine: Engine, *, actor: str) -> Backup:
    """Make a backup because somebody asked for one on the page."""
    path = folder_of(url) / f"asked-{datetime.now(UTC):%Y-%m-%d-%H%M%S-%f}{_ENDING}"
    _make_folder(path.parent)
    made = back_up_engine(engine, path, actor=actor)
    make_room(url)
    return made


def failed_backup(engine: Engine) -> FailedBackup | None:
    """Tell of the last backup that should have been made by itself and could not, until one succeeds."""
    with new_session(bind=engine) as session:
        return last_failure(session)


def of_the_erased(url: str, engine: Engine) -> tuple[KeptBackup, ...]:
    """List the backups kept here that were made before somebody was last erased: they still hold them."""
    with new_session(bind=engine) as session:
        erased = last_erased(session)
    return () if erased is None else tuple(one for one in kept_backups(url) if one.made_at <= erased)


def renew_backups(url: str, engine: Engine, *, actor: str) -> Renewed:
    """Make a fresh backup, read it over, and delete all older ones kept here: none holds the erased then."""
    older = kept_backups(url)
    made = keep_now(url, engine, actor=actor)
    check_archive(made.path)
    for one in older:
        one.path.unlink(missing_ok=True)
    return Renewed(made, len(older))


def make_room(url: str) -> None:
    """Take away all but the newest backups of each kind."""
    kept = max(settings().backups_kept, 1)
    for reason in BackupReason:
        of_kind = [one for one in kept_backups(url) if one.reason is reason]
        for old in of_kind[kept:]:
            old.path.unlink(missing_ok=True)


def _daily(url: str, today: date) -> Path:
    return folder_of(url) / f"daily-{today.isoformat()}{_ENDING}"


def _reason(path: Path) -> BackupReason:
    first = path.name.partition("-")[0]
    return next((reason for reason, name in _NAMES.items() if name == first), BackupReason.ASKED)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = mark("the backup {name} cannot be written: {reason}")
        raise BadInputError(message, name=folder.name, reason=error.strerror or str(error)) from error


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[bool]:
    """Let one of those who start at the same moment make the backup; a lock left by a killed one is old."""
    _make_folder(path.parent)
    lock = path.with_suffix(".lock")
    if lock.exists() and time.time() - lock.stat().st_mtime > _STALE_SECONDS:
        lock.unlink(missing_ok=True)
    try:
        os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        yield False
        return
    except OSError as error:
        message = mark("the backup {name} cannot be written: {reason}")
        raise BadInputError(message, name=path.name, reason=error.strerror or str(error)) from error
    try:
        yield True
    finally:
        lock.unlink(missing_ok=True)
