"""What importing asks and what it reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ambassador.values.status import ImportKind

Progress = Callable[[int, int, str], None]
"""Called with (done, total, stage) between pieces of work; may raise CancelledError to stop it."""


def silent(done: int, total: int, stage: str) -> None:
    """Ignore progress."""


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that could not be used, with the place and the value to mend."""

    line: int
    column: str
    value: str
    reason: str
    """Message id; ``values`` fill its places."""
    values: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""


class QuestionKind(StrEnum):
    """What only a person can decide about a file."""

    DIRECTION = "direction"
    DAY_FIRST = "day_first"
    THIRD_COLUMN = "third_column"
    COLUMNS = "columns"
    PLATFORM = "platform"
    TIME_ZONE = "time_zone"


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the row that is the evidence."""

    kind: QuestionKind
    text: str
    """Message id; ``values`` fill its places."""
    answers: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)
    proposed: str | None = None


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of the file means which field, and the answers given; saved by header signature."""

    columns: Mapping[str, str]
    """field name -> header in the file (several accounts: ``instagram.handle``, ``tiktok.followers``)."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """QuestionKind value -> the answer."""


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What was recognised before anything is written: proposal, questions, sample rows."""

    kind: ImportKind
    file_name: str
    sha256: str
    headers: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    row_count: int
    mapping: ColumnMapping
    questions: tuple[Question, ...] = ()
    signature: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did; the four counts speak of rows of the file."""

    kind: ImportKind
    batch_id: int | None
    added: int
    updated: int
    duplicates: int
    rejected: int
    rejected_rows: tuple[RejectedRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchView:
    """One past import in the list, with whether it can still be undone."""

    id: int
    kind: ImportKind
    file_name: str
    imported_at: datetime
    actor: str
    added: int
    updated: int
    duplicates: int
    rejected: int
    undone_at: datetime | None = None
