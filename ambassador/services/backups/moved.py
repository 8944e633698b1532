"""A backup restored as if everything in it had happened later: for data kept to look around in."""

from datetime import timedelta
from pathlib import Path

from ambassador.services.backups.restoring import restore
from ambassador.store.backups.moved import move_in_time
from ambassador.store.database import open_engine
from ambassador.store.migrate import upgrade
from ambassador.values.backups import Restored


def restore_moved(backup: Path, url: str, by: timedelta) -> Restored:
    """Restore a backup into an empty place, and move every moment and day in it."""
    restored = restore(backup, url)
    engine = open_engine(url)
    try:
        upgrade(engine)
        move_in_time(engine, by)
    finally:
        engine.dispose()
    return restored
