"""Write a backup of a workspace: its database as of one moment, its network files, its settings."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from ambassador import __version__
from ambassador.config import database_name, settings
from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.backups.archive import DATABASE, writing_archive
from ambassador.store.backups import copy_database, sums_of_file
from ambassador.store.backups.failures import forget_failure
from ambassador.store.database import open_engine
from ambassador.store.networks.networks import network_files_in
from ambassador.values.backups import Backup, BackupReason, Manifest

_NOT_KEPT: Final = frozenset({"database_url", "data_folder"})
"""One may hold a password, the other is of this machine."""
_FULL: Final = "is full"
"""SQLite's words where the copy finds no room."""


def back_up(url: str, to: Path, *, actor: str, reason: BackupReason = BackupReason.ASKED) -> Backup:
    """Write a backup into a file, or under a name of its own into a folder."""
    with opened(url) as engine:
        return back_up_engine(engine, to, actor=actor, reason=reason)


def back_up_engine(
    engine: Engine,
    to: Path,
    *,
    actor: str,
    reason: BackupReason = BackupReason.ASKED,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Backup:
    """Write a backup of an open database."""
    name = database_name(engine.url.render_as_string())
    place = to / file_name(name, now()) if to.is_dir() else to
    with database_told(name), _disk_told(place):
        if place.exists():
            raise BadInputError(mark("{name} is there already: a backup overwrites nothing"), name=place.name)
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=place.parent) as beside:
            copy = Path(beside) / DATABASE
            schema = copy_database(engine, copy)
            networks, missing = network_files(copy)
            with writing_archive(place) as archive:
                archive.add(DATABASE, copy)
                for network in networks:
                    archive.add(network, settings().data_folder / network)
                manifest = Manifest(
                    program=__version__,
                    schema=schema or "",
                    made_at=now(),
                    actor=actor,
                    reason=reason,
                    database=name,
                    kind=engine.dialect.name,
                    tables=sums_of_file(copy),
                    files=archive.files,
                    missing=tuple(missing),
                    settings=settings_said(),
                )
                archive.finish(manifest)
        made = Backup(place, place.stat().st_size, manifest)
    forget_failure(engine)
    return made


def file_name(database: str, at: datetime) -> str:
    """Name a backup by its database and its moment."""
    return f"{database}-{at:%Y-%m-%d-%H%M%S}.zip"


def settings_said() -> dict[str, Any]:
    """Return the settings of this installation that were said, passwords left out."""
    said = settings().model_dump(mode="json", include=settings().model_fields_set - _NOT_KEPT)
    return dict(sorted(said.items()))


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    """Open a database that is there, leaving its tables as they are."""
    name = database_name(url)
    file = make_url(url).database
    if url.startswith("sqlite") and not (file and Path(file).is_file()):
        raise NotFoundError(mark("there is no database {name}"), name=name)
    engine = open_engine(url)
    try:
        with database_told(name):
            yield engine
    finally:
        engine.dispose()


@contextmanager
def database_told(name: str) -> Iterator[None]:
    """Say in words that a database cannot be read."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        reason = str(getattr(error, "orig", None) or error)
        message = mark("The database {name} cannot be used just now: {reason}")
        raise ConflictError(message, name=name, reason=reason) from error


@contextmanager
def _disk_told(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, SQLAlchemyError) as error:
        reason = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
        if not isinstance(error, OSError) and _FULL not in reason:  # nothing of the disk
            raise
        message = mark("the backup {name} cannot be written: {reason}")
        raise BadInputError(message, name=place.name, reason=reason) from error


def network_files(copy: Path) -> tuple[list[str], list[str]]:
    """Return the network files the copy names, and those of them that are gone."""
    with closing(sqlite3.connect(copy)) as opened_copy:
        named = network_files_in(opened_copy)
    here = [name for name in named if os.path.isfile(settings().data_folder / name)]  # noqa: PTH113 - a plain question
    return here, [name for name in named if name not in here]
