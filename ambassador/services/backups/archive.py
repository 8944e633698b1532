"""The file of a backup: a ZIP of the database, the network files, and a manifest that tells what is in it."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

from ambassador.errors import UnreadableFileError
from ambassador.i18n import mark
from ambassador.store.migrate import known_versions
from ambassador.values.backups import BackupReason, FileSum, Manifest, TableSum
from ambassador.values.table_format import TableFormat

FORMAT: Final = 1
DATABASE: Final = "database.db"
MANIFEST: Final = "manifest.json"
_LONGEST_MANIFEST: Final = 16 * 2**20
_NETWORK: Final = re.compile(r"networks/[0-9a-f]{64}\.npz")
_AT_ONCE: Final = 2**20
_FOREIGN = mark("{name} is no backup of this program")
_NEWER = mark("{name} was written by a newer version of the program: update the program")
_DAMAGED = mark("{name} is damaged ({part} is not what was written): take an earlier backup")


class ArchiveWriter:
    """A backup that is being written."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened
        self.files: dict[str, FileSum] = {}

    def add(self, name: str, path: Path) -> None:
        """Put a file in, piece by piece."""
        kind = zipfile.ZIP_DEFLATED if name == DATABASE else zipfile.ZIP_STORED  # arrays are packed already
        about = zipfile.ZipInfo(name)
        about.compress_type = kind
        with path.open("rb") as source, self._zip.open(about, "w", force_zip64=True) as target:
            self.files[name] = _copied(source, target)

    def finish(self, manifest: Manifest) -> None:
        """Put in what the backup says of itself."""
        written = json.dumps(manifest_as_json(manifest), indent=1, ensure_ascii=False)
        self._zip.writestr(MANIFEST, written, zipfile.ZIP_DEFLATED)


@contextmanager
def writing_archive(path: Path) -> Iterator[ArchiveWriter]:
    """Write a backup under a passing name; it gets its own once it is whole and on the disk."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(part, "w", allowZip64=True) as opened:
            yield ArchiveWriter(opened)
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Return a whole file its name, unless a file has it already."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    if path.exists():
        raise UnreadableFileError(
            mark("{name} is there already: a backup overwrites nothing"), name=path.name
        )
    part.replace(path)


def read_manifest(path: Path) -> Manifest:
    """Read what a backup says of itself."""
    with _told(path), zipfile.ZipFile(path) as opened:
        if opened.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
            raise ValueError(MANIFEST)
        found = json.loads(opened.read(MANIFEST))
        if found["format"] != FORMAT:
            raise UnreadableFileError(_NEWER, name=path.name)
        return manifest_from_json(found)


def refuse_newer(manifest: Manifest, name: str) -> None:
    """Refuse what a newer version wrote."""
    if manifest.schema and manifest.schema not in known_versions():
        raise UnreadableFileError(_NEWER, name=name)


def unpack(path: Path, manifest: Manifest, places: Mapping[str, Path]) -> None:
    """Write the files of a backup to their places, each checked against the manifest."""
    for name, place in places.items():
        with (
            _told(path),
            zipfile.ZipFile(path) as opened,
            opened.open(name) as source,
            place.open("xb") as target,
        ):
            found = _copied(source, target, manifest.files[name].bytes)
        if found != manifest.files[name]:
            raise UnreadableFileError(_DAMAGED, name=path.name, part=name)


def check_archive(path: Path) -> Manifest:
    """Read a whole backup and refuse it where a single byte differs."""
    manifest = read_manifest(path)
    for name, wanted in manifest.files.items():
        with _told(path), zipfile.ZipFile(path) as opened, opened.open(name) as source:
            if _copied(source, None, wanted.bytes) != wanted:
                raise UnreadableFileError(_DAMAGED, name=path.name, part=name)
    return manifest


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in one line that a file is not what its name promises."""
    try:
        yield
    except (KeyError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError(_FOREIGN, name=path.name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        if not zipfile.is_zipfile(path):
            raise UnreadableFileError(_FOREIGN, name=path.name) from error
        raise UnreadableFileError(_DAMAGED, name=path.name, part=path.name) from error


def _copied(source: IO[bytes], target: IO[bytes] | None, most: int | None = None) -> FileSum:
    """Copy and add up; stop where there is more than there may be."""
    total, size = hashlib.sha256(), 0
    while piece := source.read(_AT_ONCE):
        total.update(piece)
        size += len(piece)
        if most is not None and size > most:
            break
        if target is not None:
            target.write(piece)
    return FileSum(size, total.hexdigest())


def manifest_as_json(manifest: Manifest) -> dict[str, Any]:
    """Write down what a backup says of itself."""
    return {
        "format": FORMAT,
        "program": manifest.program,
        "schema": manifest.schema,
        "made_at": manifest.made_at.isoformat(),
        "actor": manifest.actor,
        "reason": manifest.reason.value,
        "database": manifest.database,
        "kind": manifest.kind,
        "tables": {name: {"rows": one.rows, "sha256": one.sha256} for name, one in manifest.tables.items()},
        "files": {name: {"bytes": one.bytes, "sha256": one.sha256} for name, one in manifest.files.items()},
        "missing": list(manifest.missing),
        "settings": dict(manifest.settings),
    }


def manifest_from_json(found: dict[str, Any], *, is_folder: bool = False) -> Manifest:
    """Read what a backup, or a folder of tables, says of itself; names of other files are refused."""
    files = {name: FileSum(one["bytes"], one["sha256"]) for name, one in found["files"].items()}
    forms = [{f"tables/{name}.{form.value}" for name in found["tables"]} for form in TableFormat]
    own = next((names for names in forms if names <= set(files)), forms[0]) if is_folder else {DATABASE}
    if not own <= set(files) or not all(name in own or _NETWORK.fullmatch(name) for name in files):
        raise ValueError(MANIFEST)
    return Manifest(
        program=str(found["program"]),
        schema=str(found["schema"]),
        made_at=datetime.fromisoformat(found["made_at"]),
        actor=str(found["actor"]),
        reason=BackupReason(found["reason"]),
        database=str(found["database"]),
        kind=str(found["kind"]),
        tables={name: TableSum(one["rows"], one["sha256"]) for name, one in found["tables"].items()},
        files=files,
        missing=tuple(found["missing"]),
        settings=dict(found["settings"]),
    )
