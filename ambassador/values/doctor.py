"""What is wrong with a workspace, and the verb that mends it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ambassador.values.imports.imports import Note


class FaultKind(StrEnum):
    """What kind of thing is wrong."""

    DAMAGED = "damaged"
    TABLES = "tables"
    STALE = "stale"
    POINTS_NOWHERE = "points nowhere"
    UNKNOWN_STATE = "unknown state"
    WRONG_PARENT = "wrong parent"
    STOCK = "stock"
    SHARES = "shares"
    WORDS = "words"
    NOT_RECOMPUTED = "not recomputed"
    NETWORK_FILE = "network file"
    UNKNOWN_FILE = "unknown file"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, in words, and the command that mends it."""

    kind: FaultKind
    what: Note
    mend: str


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked at, and what was found."""

    database: str
    looked_at: Mapping[str, int]
    """Counts: rows, tables, devices, mentions, network files, backups."""
    faults: tuple[Fault, ...]
