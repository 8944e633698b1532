"""A whole workspace in a folder: a file a table, the network files, and what they say of themselves."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from ambassador import __version__
from ambassador.config import database_name, settings
from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.i18n import mark
from ambassador.services.backups.archive import (
    DATABASE,
    MANIFEST,
    manifest_as_json,
    manifest_from_json,
    refuse_newer,
)
from ambassador.services.backups.making import database_told, network_files, opened, settings_said
from ambassador.services.backups.restoring import compared_with, temporary_beside
from ambassador.store.backups import copy_database, fill_place, refuse_unless_empty, sums_of_file
from ambassador.store.backups.table_folder import read_tables, write_tables
from ambassador.store.database import make_folder
from ambassador.values.backups import Backup, BackupReason, FileSum, Manifest, Restored
from ambassador.values.table_format import TableFormat

TABLES: Final = "tables"
_AT_ONCE: Final = 2**20
_DAMAGED = mark("{name} is damaged ({part} is not what was written): export it again")
_FOREIGN = mark("{name} is no export of a whole workspace")


def export_all(url: str, folder: Path, *, actor: str, form: TableFormat = TableFormat.CSV) -> Backup:
    """Write every table and network file of a workspace into a folder that is empty or not there yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = mark("{name} is not empty: name a new folder, nothing is overwritten")
        raise BadInputError(message, name=str(folder))
    with opened(url) as engine, _disk_told(folder):
        (folder / TABLES).mkdir(parents=True, exist_ok=True)
        return _export(engine, folder, actor, form)


def _export(engine: Engine, folder: Path, actor: str, form: TableFormat) -> Backup:
    name = database_name(engine.url.render_as_string())
    with tempfile.TemporaryDirectory(prefix=".export-", dir=folder) as beside:
        copy = Path(beside) / DATABASE
        schema = copy_database(engine, copy)
        tables = write_tables(copy, folder / TABLES, form)
        networks, missing = network_files(copy)
        sums = sums_of_file(copy)
    for network in networks:
        (folder / network).parent.mkdir(exist_ok=True)
        (folder / network).write_bytes((settings().data_folder / network).read_bytes())
    written = [*(f"{TABLES}/{table}" for table in tables), *networks]
    manifest = Manifest(
        program=__version__,
        schema=schema or "",
        made_at=datetime.now(UTC),
        actor=actor,
        reason=BackupReason.ASKED,
        database=name,
        kind=engine.dialect.name,
        tables=sums,
        files={one: _sum(folder / one) for one in written},
        missing=tuple(missing),
        settings=settings_said(),
    )
    text = json.dumps(manifest_as_json(manifest), indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(text, "utf-8")
    return Backup(folder, sum(one.bytes for one in manifest.files.values()), manifest)


def restore_folder(folder: Path, url: str) -> Restored:
    """Fill an empty database from an exported folder, and compare it table by table: all of it or nothing."""
    name = database_name(url)
    manifest = _readable(folder)
    with database_told(name), _disk_told(folder):
        make_folder(url)
        refuse_unless_empty(url, name)
        with temporary_beside(url) as beside:
            copy = beside / DATABASE
            read_tables(folder / TABLES, copy, manifest.schema, _form_of(manifest))
            files = _put_networks(folder, manifest)
            found = fill_place(url, name, copy, dict(manifest.tables))
    return compared_with(manifest, found, files)


def _readable(folder: Path) -> Manifest:
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        manifest = manifest_from_json(found, is_folder=True)
    except (OSError, KeyError, ValueError, TypeError, AttributeError) as error:
        raise UnreadableFileError(_FOREIGN, name=folder.name) from error
    if not manifest.schema:
        raise UnreadableFileError(_FOREIGN, name=folder.name)
    refuse_newer(manifest, folder.name)
    for name, wanted in manifest.files.items():
        place = folder / name
        if not place.is_file() or _sum(place) != wanted:
            raise UnreadableFileError(_DAMAGED, name=folder.name, part=name)
    return manifest


def _form_of(manifest: Manifest) -> TableFormat:
    """Tell in which form the tables of a folder are."""
    ends = {name.rpartition(".")[2] for name in manifest.files if name.startswith(f"{TABLES}/")}
    return next((form for form in TableFormat if form.value in ends), TableFormat.CSV)


def _put_networks(folder: Path, manifest: Manifest) -> tuple[str, ...]:
    """Put the network files back that are not here; their names say what is in them."""
    put = []
    for name in manifest.files:
        place = settings().data_folder / name
        if name.startswith(f"{TABLES}/") or place.is_file():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part")
        part.write_bytes((folder / name).read_bytes())
        part.replace(place)
        put.append(name)
    return tuple(put)


def _sum(path: Path) -> FileSum:
    total, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while piece := source.read(_AT_ONCE):
            total.update(piece)
            size += len(piece)
    return FileSum(size, total.hexdigest())


@contextmanager
def _disk_told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = mark("{name} cannot be written or read: {reason}")
        raise BadInputError(message, name=str(folder), reason=error.strerror or str(error)) from error
