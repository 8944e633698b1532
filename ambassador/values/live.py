"""What is followed live, and what a run of it brought."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from string import Formatter
from typing import Any

from ambassador.values.imports.imports import Note, RejectedRow

Cursor = Mapping[str, Any]
"""How far a source was read, in its own words; empty at the beginning. Only what JSON holds."""


def open_places(reason: str) -> dict[str, str]:
    """Fill the places of a message that is told of many rows at once with what stands for any value.

    >>> open_places("{value} is no {kind}")
    {'value': '…', 'kind': '…'}
    """
    return {name: "\u2026" for _, name, _, _ in Formatter().parse(reason) if name}


@dataclass(frozen=True, slots=True)
class Watched:
    """What is followed: by which adapter, what, whose, and where."""

    source: str
    what: str
    target: str
    server: str = ""

    @property
    def title(self) -> str:
        """What its imports are called."""
        return " ".join(part for part in (self.source, self.what, self.target) if part)


@dataclass(frozen=True, slots=True)
class SourceOffer:
    """One adapter: its name, what can be followed by it and which settings it reads."""

    name: str
    label: str
    offers: Mapping[str, str]
    """What can be followed -> the message that names it."""
    settings: tuple[str, ...] = ()
    """Variables of the environment it takes secrets from."""


@dataclass(frozen=True, slots=True)
class RunCounts:
    """What became of the rows of a run."""

    added: int = 0
    updated: int = 0
    known: int = 0
    merged: int = 0
    left_out: int = 0
    refused: int = 0

    @property
    def rows(self) -> int:
        """All rows that came."""
        return self.added + self.updated + self.known + self.merged + self.left_out + self.refused


@dataclass(frozen=True, slots=True)
class WatchView:
    """One watch as it is shown: what it follows, what its last run brought, when the next is due."""

    id: int
    watched: Watched
    every_minutes: int
    actor: str
    created_at: datetime
    began_at: datetime | None = None
    ended_at: datetime | None = None
    next_at: datetime | None = None
    counts: RunCounts = field(default_factory=RunCounts)
    refusals: Mapping[str, int] = field(default_factory=dict)
    failure: Note | None = None
    """Why the last run ended early."""

    @property
    def was_cut_off(self) -> bool:
        """Whether its last run has not ended: it is under way, or the program was ended under it."""
        return self.began_at is not None and self.ended_at is None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run brought."""

    watch: WatchView
    rejected_rows: tuple[RejectedRow, ...] = ()
    """Of very many the first ones."""
    is_stopped: bool = False
    batches: int = 0
    imports: tuple[int, ...] = ()
    """Numbers of the imports its rows belong to, by which they can be taken back."""
