"""Ballots as files and forms hand them over, and what came of reading them."""

from dataclasses import dataclass
from datetime import datetime

from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.contests import MarkDraft
from ambassador.values.activations.questions import QuestionDraft
from ambassador.values.imports.imports import Note, RejectedRow
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class BallotDraft:
    """What one voter chose: the keys of entries, as they are written."""

    line: int
    voter: str
    choices: tuple[str, ...]
    platform: str = ""
    voted_at: datetime | None = None
    account_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class VotesFile:
    """What a file of ideas or votes holds; a ``.pb`` file holds both, and the budget."""

    ballots: tuple[BallotDraft, ...] = ()
    entries: tuple[EntryDraft, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    title: str = ""
    budget: Money | None = None
    most_choices: int | None = None
    notes: tuple[Note, ...] = ()
    marks: tuple[MarkDraft, ...] = ()
    questions: tuple[QuestionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class VotesReport:
    """What came of bringing a file in: what is new, what was left out, and why."""

    activation_id: int
    file_id: int | None = None
    """None where it held no ballot that can be used."""
    ballots: int = 0
    entries: int = 0
    changed: int = 0
    """Ideas that were here and say something else now."""
    rejected: tuple[RejectedRow, ...] = ()
    """Ballots or ideas that are not in."""
    unknown: tuple[RejectedRow, ...] = ()
    """Single choices that name nothing here; the rest of their ballots counts."""
    notes: tuple[Note, ...] = ()
    marks: int = 0
    """Marks of jurors that are new or say something else now."""
    questions: int = 0
