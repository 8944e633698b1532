"""What importing asks and what it reports."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ambassador.values.status import ImportKind

RowKey = tuple[int, int]
"""A row of a file: its line, and its number among the rows that stand on that line, from 0."""

Progress = Callable[[int, int, str], None]
"""Called with (done, total, stage) between pieces of work; may raise CancelledError to stop it."""


def silent(done: int, total: int, stage: str) -> None:
    """Ignore progress."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something worth telling about a file: a message id and the values that fill its places."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text.format(**self.values)


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
    place: int = 0
    """Its number among the rows that stand on this line."""

    def __str__(self) -> str:
        return self.reason.format(**self.values)


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value that a row of the file replaced, or would have: of whom, in which field, from what to what."""

    line: int
    what: str
    """Whose value it is: a handle, a post, an order, a serial number."""
    field: str
    """Message id of the field."""
    before: str
    after: str
    is_taken: bool = True
    """Whether the later value counts; otherwise what stood before stays."""
    file: str = ""


class QuestionKind(StrEnum):
    """What only a person can decide about a file."""

    DIRECTION = "direction"
    DAY_FIRST = "day_first"
    DECIMAL = "decimal"
    THIRD_COLUMN = "third_column"
    COLUMNS = "columns"
    PLATFORM = "platform"
    TIME_ZONE = "time_zone"
    FORMAT = "format"
    AUTHOR = "author"
    MODEL = "model"
    ENCODING = "encoding"
    CURRENCY = "currency"
    STATE = "state"


AS_LISTED, REVERSED = "as-listed", "reversed"
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
DECIMAL_COMMA, DECIMAL_POINT = "comma", "point"
WEIGHT, PROBABILITY = "weight", "probability"
ANY_TABLE = "any-table"
"""The answer that a file is not of the format that was recognised: its columns are proposed one by one."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question with the row that is the evidence."""

    kind: QuestionKind
    text: str
    """Message id; ``values`` fill its places."""
    answers: tuple[str, ...]
    """The possible answers; empty when any text will do (a platform, a time zone)."""
    values: Mapping[str, Any] = field(default_factory=dict)
    proposed: str | None = None
    necessary: bool = True
    """Whether the import waits for the answer; otherwise the proposal is used, and the report says so."""
    about: str = ""
    """The word it asks about, where a file raises several questions of one kind."""

    @property
    def key(self) -> str:
        """Under which its answer is given."""
        return f"{self.kind.value}:{self.about}" if self.about else self.kind.value

    def __str__(self) -> str:
        return self.text.format(**self.values)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    """One thing a column can mean, for the list a person chooses from."""

    name: str
    label: str
    """Message id."""
    needed: bool = False


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column of the file means which field, and the answers given; saved by header signature."""

    columns: Mapping[str, str]
    """field name -> header in the file (several accounts: ``instagram.handle``, ``tiktok.followers``)."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """QuestionKind value -> the answer; of a courier's word ``state:WORD``."""


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
    """Names the layout, so that a confirmed mapping is used again; empty when the file has no header."""
    notes: tuple[Note, ...] = ()
    fields: tuple[FieldChoice, ...] = ()
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook."""
    sheet: str = ""
    """The one that was read."""
    looks_like: ImportKind | None = None
    """What the file seems to hold, where that is not what it is read as."""
    courier_words: Mapping[str, str] = field(default_factory=dict)
    """Words of a courier that a person explained with this file, and what they mean."""

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """The questions the import waits for."""
        return tuple(question for question in self.questions if question.necessary)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What one import did; the counts speak of rows of the file and make up all of them."""

    kind: ImportKind
    batch_id: int | None
    added: int
    updated: int
    duplicates: int
    rejected: int
    rejected_rows: tuple[RejectedRow, ...] = ()
    notes: tuple[Note, ...] = ()
    file_name: str = ""
    left_out: int = 0
    """Rows that were understood and belong to nothing here, as the notes say."""
    changes: tuple[ValueChange, ...] = ()
    """Values that rows replaced, old and new; of very many the first thousand."""
    changed: int = 0
    """How many values there were."""
    merged: int = 0
    """Of the ``duplicates``, those that say nothing beside another row of the file."""

    @property
    def known(self) -> int:
        """Rows that say nothing beside what was here before."""
        return self.duplicates - self.merged

    @property
    def rows(self) -> int:
        """All rows that were read."""
        return self.added + self.updated + self.duplicates + self.rejected + self.left_out


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did."""

    batch_id: int
    file_name: str
    kept: int
    """Rows it had brought that stay, because somebody uses them by now."""


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
