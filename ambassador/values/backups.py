"""What a backup holds and says of itself, and what came of restoring one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any


class BackupReason(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    DAILY = "daily"
    MIGRATION = "migration"


@dataclass(frozen=True, slots=True)
class TableSum:
    """How many rows a table has, and a checksum over all of them that is the same on every database."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileSum:
    """How large a file is, and its checksum."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    program: str
    schema: str
    made_at: datetime
    actor: str
    reason: BackupReason
    database: str
    kind: str
    """Where the rows come from: ``sqlite`` or ``postgresql``."""
    tables: Mapping[str, TableSum]
    files: Mapping[str, FileSum]
    missing: tuple[str, ...] = ()
    """Network files that picks or forecasts name and that were gone already."""
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the environment said, passwords left out."""

    @property
    def rows(self) -> int:
        """Count the rows of all tables."""
        return sum(table.rows for table in self.tables.values())


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was written."""

    path: Path
    bytes: int
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup found in the folder of a workspace."""

    path: Path
    made_at: datetime
    reason: BackupReason
    bytes: int


@dataclass(frozen=True, slots=True)
class Renewed:
    """A fresh backup in place of older ones."""

    backup: Backup
    deleted: int


@dataclass(frozen=True, slots=True)
class FailedBackup:
    """The last backup the program should have made by itself, and could not."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class TableCompared:
    """One table after restoring, beside what the backup says of it."""

    table: str
    wanted: TableSum
    found: TableSum

    @property
    def same(self) -> bool:
        """Whether every row is the one that was backed up."""
        return self.wanted == self.found


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of restoring a backup."""

    manifest: Manifest
    tables: tuple[TableCompared, ...]
    files: tuple[str, ...]
    """Network files that were put back."""
    other_settings: Mapping[str, tuple[Any, Any]]
    """Settings that were different then: name -> (then, now)."""
