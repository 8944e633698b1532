"""Facts about this database: preferences, the salt of its hashes."""

import secrets
from typing import Any

from sqlmodel import Session

from ambassador.store.tables.imports import WorkspaceSetting

SALT = "salt"
UNDO = "undo"
"""What was done last in a shell, with all that is needed to take it back."""


def get_setting(session: Session, key: str, default: Any = None) -> Any:  # noqa: ANN401 - any JSON value
    """Read one setting, or the default where it was never set."""
    row = session.get(WorkspaceSetting, key)
    return default if row is None else row.value


def put_setting(session: Session, key: str, value: Any) -> None:  # noqa: ANN401 - any JSON value
    """Write one setting."""
    row = session.get(WorkspaceSetting, key)
    if row is None:
        session.add(WorkspaceSetting(key=key, value=value))
    else:
        row.value = value
    session.flush()


def salt_of(session: Session) -> bytes:
    """The secret salt of this database's hashes, made on first use (so the session must be writing)."""
    kept = get_setting(session, SALT)
    if kept is None:
        kept = secrets.token_hex(32)
        put_setting(session, SALT, kept)
    return bytes.fromhex(kept)


def known_salt(session: Session) -> bytes | None:
    """The salt if there is one yet, without writing."""
    kept = get_setting(session, SALT)
    return None if kept is None else bytes.fromhex(kept)
