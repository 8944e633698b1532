"""The note that a backup failed: it stands in the database until one succeeds."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from ambassador.store.database import new_session
from ambassador.store.settings import get_setting, put_setting
from ambassador.store.tables.imports import WorkspaceSetting
from ambassador.values.backups import FailedBackup

_KEY: Final = "backup_failed"


def note_failure(engine: Engine, reason: str) -> None:
    """Write down that a backup failed; where not even that can be written, nothing more can be done."""
    try:
        with new_session(bind=engine) as session:
            put_setting(session, _KEY, {"at": datetime.now(UTC).isoformat(), "reason": reason})
            session.commit()
    except DBAPIError:
        return


def forget_failure(engine: Engine) -> None:
    """Take the note away, now that a backup succeeded; it stays where it cannot be taken away."""
    try:
        with new_session(bind=engine) as session:
            kept = session.get(WorkspaceSetting, _KEY)
            if kept is not None:
                session.delete(kept)
                session.commit()
    except DBAPIError:
        return


def last_failure(session: Session) -> FailedBackup | None:
    """Read the note, if there is one."""
    kept = get_setting(session, _KEY)
    return None if kept is None else FailedBackup(datetime.fromisoformat(kept["at"]), kept["reason"])
