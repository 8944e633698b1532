"""What lies in the data folder: network files that are gone, files nobody knows, backups that are damaged."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy.engine import make_url

from ambassador.config import DEMO_DATABASE, OWN_DATABASE, settings
from ambassador.errors import AmbassadorError
from ambassador.i18n import mark
from ambassador.services.backups.archive import check_archive
from ambassador.services.backups.daily import BACKUPS, kept_backups
from ambassador.store.networks.networks import network_files_in
from ambassador.values.doctor import Fault, FaultKind
from ambassador.values.imports.imports import Note

_RESTORE: Final = "ambassador --database NEW restore BACKUP"
_BACKUP: Final = "ambassador backup FILE"
_KNOWN: Final = frozenset({BACKUPS, "cluster", "networks", "who.json"})
_LOGS: Final = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class FolderFound:
    """What was found in the data folder."""

    faults: tuple[Fault, ...]
    backups: int


def faults_of_folder(url: str, networks: Collection[str]) -> FolderFound:
    """Look through the data folder; ``networks`` are the files the database names."""
    kept = kept_backups(url)
    found = [*_gone(networks), *_unknown(url, networks)]
    for backup in kept[:1]:  # the one that would be restored
        try:
            check_archive(backup.path)
        except AmbassadorError as error:
            found.append(Fault(FaultKind.BACKUP, Note(error.message, error.values), _BACKUP))
    return FolderFound(tuple(found), len(kept))


def _gone(networks: Collection[str]) -> Iterator[Fault]:
    for name in networks:
        if not (settings().data_folder / name).is_file():
            text = mark("The network file {name} is gone: what was computed on it cannot be opened")
            yield Fault(FaultKind.NETWORK_FILE, Note(text, {"name": name}), _RESTORE)


def _unknown(url: str, networks: Collection[str]) -> Iterator[Fault]:
    folder = settings().data_folder
    if not folder.is_dir():
        return
    databases = {OWN_DATABASE, DEMO_DATABASE, Path(make_url(url).database or "").name}
    known = {database + log for database in databases for log in _LOGS} | _KNOWN
    used = {*networks, *_networks_of_others(folder)}
    strangers = [path for path in folder.iterdir() if path.name not in known]
    if (folder / "networks").is_dir():
        strangers += [path for path in (folder / "networks").iterdir() if f"networks/{path.name}" not in used]
    for path in sorted(strangers):
        text = mark("{name} in the data folder belongs to nothing here")
        name = path.relative_to(folder).as_posix()
        yield Fault(FaultKind.UNKNOWN_FILE, Note(text, {"name": name}), f"rm -r {path}")


def _networks_of_others(folder: Path) -> set[str]:
    """Name the files that the other databases of this folder use."""
    found: set[str] = set()
    for name in (OWN_DATABASE, DEMO_DATABASE):
        if (folder / name).is_file():
            try:
                with closing(sqlite3.connect(folder / name)) as opened:
                    found |= set(network_files_in(opened))
            except sqlite3.Error:
                continue  # it is looked through when it is asked about
    return found
