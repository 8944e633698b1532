"""Restore a backup into an empty place, and compare what is there then with what was backed up."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from ambassador.config import database_name, settings
from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.backups.archive import DATABASE, put_in_place, read_manifest, refuse_newer, unpack
from ambassador.services.backups.making import database_told, settings_said
from ambassador.store.backups import fill_place, refuse_unless_empty
from ambassador.store.database import make_folder
from ambassador.values.backups import Manifest, Restored, TableCompared, TableSum


def restore(backup: Path, url: str) -> Restored:
    """Restore a backup into a new file or a database without a row: all of it or nothing."""
    name = database_name(url)
    if not backup.is_file():
        raise NotFoundError(mark("there is no file {name}"), name=str(backup))
    manifest = _readable(backup)
    try:
        with database_told(name):
            make_folder(url)
            refuse_unless_empty(url, name)
            return _restored(backup, manifest, url)
    except OSError as error:
        message = mark("the backup cannot be restored into {name}: {reason}")
        raise BadInputError(message, name=name, reason=error.strerror or str(error)) from error


def _readable(backup: Path) -> Manifest:
    manifest = read_manifest(backup)
    refuse_newer(manifest, backup.name)
    return manifest


def _restored(backup: Path, manifest: Manifest, url: str) -> Restored:
    with temporary_beside(url) as folder:
        copy = folder / DATABASE
        unpack(backup, manifest, {DATABASE: copy})
        files = _put_networks(backup, manifest)
        found = fill_place(url, database_name(url), copy, dict(manifest.tables))
    return compared_with(manifest, found, files)


def compared_with(manifest: Manifest, found: Mapping[str, TableSum], files: tuple[str, ...]) -> Restored:
    """Say beside each table what was to be there, and which settings were other then."""
    compared = tuple(
        TableCompared(table, wanted, found[table]) for table, wanted in sorted(manifest.tables.items())
    )
    now = settings_said()
    other = {
        key: (manifest.settings.get(key), now.get(key))
        for key in sorted({*manifest.settings, *now})
        if manifest.settings.get(key) != now.get(key)
    }
    return Restored(manifest, compared, files, other)


def _put_networks(backup: Path, manifest: Manifest) -> tuple[str, ...]:
    """Put the network files back that are not here; their names say what is in them."""
    put = []
    for name in manifest.files:
        place = settings().data_folder / name
        if name == DATABASE or place.is_file():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=place.parent) as folder:
            part = Path(folder) / place.name
            unpack(backup, manifest, {name: part})
            put_in_place(part, place)
        put.append(name)
    return tuple(put)


@contextmanager
def temporary_beside(url: str) -> Iterator[Path]:
    """Give a folder to unpack in: beside the file, so that the copy is moved and not copied again."""
    beside = Path(make_url(url).database or "").parent if url.startswith("sqlite") else None
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as folder:
        yield Path(folder)
