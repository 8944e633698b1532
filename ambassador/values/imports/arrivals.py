"""What the writing half of an import is told, and what it tells back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ambassador.values.imports.imports import Note, Progress, RejectedRow, RowKey, ValueChange, silent
from ambassador.values.money import Money


class Fate(StrEnum):
    """What became of one row of the file."""

    DUPLICATE = "duplicate"
    MERGED = "merged"
    """It is about what another row of the file names, and says nothing that counts beside it."""
    UPDATED = "updated"
    ADDED = "added"


MOST_TOLD = 1_000
"""Replaced values that are told one by one; the others are counted."""
MOST_WARNINGS = 20
LONGEST_TOLD = 300
_RANK = {fate: rank for rank, fate in enumerate(Fate)}


def _said(value: object) -> str:
    text = f"{value.amount} {value.currency}" if isinstance(value, Money) else str(value)
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "\u2026"


@dataclass(frozen=True, slots=True)
class Arrival:
    """One import while it is being written."""

    batch_id: int
    at: datetime
    actor: str
    file_name: str
    read_at: datetime
    """When figures without a date of their own were read: the first time this very file came."""
    is_repeat: bool = False
    """Whether this very file came before: then it may add what is missing, but change nothing."""
    campaign_id: int | None = None
    platform: str = ""
    """Where rows that state none are from, worked out from the whole file; empty: from the rows at hand."""
    progress: Progress = silent


@dataclass(slots=True)
class Fates:
    """What became of each row, by line and place, and which rows the database itself refused."""

    fates: dict[RowKey, Fate] = field(default_factory=dict)
    before: Counter[Fate] = field(default_factory=Counter)
    """How many rows of earlier pieces had which fate: no row is in two pieces."""
    rejected: list[RejectedRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    left_out: set[RowKey] = field(default_factory=set)
    """Rows that belong to nothing here."""
    changes: list[ValueChange] = field(default_factory=list)
    """Values that rows replaced, as many as are told."""
    change_count: int = 0
    warned: int = 0
    further: list[RowKey] = field(default_factory=list)
    """Rows about somebody or something that a row above them names."""
    recalled: int = 0
    """Orders taken back that an earlier file had brought: they are updated, not left out."""

    def note_fate(self, row: RowKey, fate: Fate) -> None:
        """Keep the weightiest thing that happened to a row."""
        before = self.fates.get(row)
        if before is None or _RANK[fate] > _RANK[before]:
            self.fates[row] = fate

    def note_further(self, row: RowKey) -> None:
        """Keep that a row is about what one above it names."""
        self.further.append(row)
        self.note_fate(row, Fate.MERGED)

    def changed(
        self, line: int, what: str, name: str, before: object, after: object, *, is_taken: bool = True
    ) -> None:
        """Tell that a row says something else than what stood; ``name`` is the message id of the field."""
        self.change_count += 1
        if len(self.changes) < MOST_TOLD:
            self.changes.append(ValueChange(line, what, name, _said(before), _said(after), is_taken))

    def warn(self, note: Note) -> None:
        """Tell something about one row; of very many the first ones."""
        self.warned += 1
        if self.warned <= MOST_WARNINGS:
            self.notes.append(note)

    def refuse(self, row: RejectedRow) -> None:
        """Take a row back that the database refused."""
        self.fates.pop((row.line, row.place), None)
        self.rejected.append(row)

    def joined(self, later: "Fates") -> "Fates":
        """Return what became of these rows and of later ones together; of the rows themselves counts."""
        return Fates(
            {},
            self.counts() + later.counts(),
            [*self.rejected, *later.rejected],
            [*self.notes, *later.notes],
            self.left_out | later.left_out,
            [*self.changes, *later.changes][:MOST_TOLD],
            self.change_count + later.change_count,
            self.warned + later.warned,
            [*self.further, *later.further],
            self.recalled + later.recalled,
        )

    def counts(self) -> Counter[Fate]:
        """Count the rows by fate."""
        return self.before + Counter(self.fates.values())
