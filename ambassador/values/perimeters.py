"""Perimeters as forms hand them over and as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from ambassador.values.mentions.mentions import MentionRow
from ambassador.values.mentions.perimeter_rules import PerimeterRule
from ambassador.values.status import Label


class PerimeterKind(StrEnum):
    """Of what a perimeter is."""

    BRAND = "brand"
    PRODUCT = "product"
    COMPETITOR = "competitor"
    CAMPAIGN = "campaign"
    """Its match rule decides, with a person's verdicts and answers to what belongs."""


class PerimeterRef(NamedTuple):
    """One perimeter: the number of its own, or that of the campaign whose match rule it is."""

    number: int
    is_campaign: bool = False

    def __str__(self) -> str:
        return f"campaign-{self.number}" if self.is_campaign else str(self.number)


@dataclass(frozen=True, slots=True)
class PerimeterDraft:
    """What a form says of a perimeter."""

    name: str
    kind: PerimeterKind = PerimeterKind.BRAND
    rule: PerimeterRule = field(default_factory=PerimeterRule)


@dataclass(frozen=True, slots=True)
class PerimeterCard:
    """One perimeter in a list."""

    ref: PerimeterRef
    name: str
    kind: PerimeterKind
    rule: PerimeterRule
    version: int
    """Of its rule; 0: none was ever said."""
    changed_at: datetime | None = None
    """When this version was made."""
    actor: str = ""
    archived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PerimeterVersion:
    """A rule that was or is in force."""

    version: int
    rule: PerimeterRule
    created_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class PerimeterView:
    """One perimeter, opened."""

    card: PerimeterCard
    mentions: int
    versions: tuple[PerimeterVersion, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class PerimeterPreview:
    """What a rule would hold, before it is saved."""

    mentions: int
    of: int
    """All mentions there are."""
    without_language: int = 0
    """Mentions that say no language: a rule by languages leaves them out."""
    newest: tuple[MentionRow, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether it holds all there is."""
        return self.of > 0 and self.mentions == self.of


@dataclass(frozen=True, slots=True)
class PerimeterCount:
    """How much one perimeter holds: in all, and day by day."""

    card: PerimeterCard
    mentions: int
    complaints: int
    by_day: tuple[tuple[date, int], ...] = ()
    """Days of the window with any mention, the oldest first."""

    @property
    def in_days(self) -> int:
        """Mentions of the window."""
        return sum(count for _, count in self.by_day)


@dataclass(frozen=True, slots=True)
class HubCounts:
    """All perimeters side by side, over the same days."""

    perimeters: tuple[PerimeterCount, ...]
    first: date
    last: date
    zone: str
    """In which days are told."""


@dataclass(frozen=True, slots=True)
class SavedViewDraft:
    """What the list of mentions is to show, under a name."""

    name: str
    perimeter: PerimeterRef | None = None
    label: Label | None = None
    search: str = ""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of the mentions that somebody kept."""

    id: int
    draft: SavedViewDraft
    actor: str
    created_at: datetime


def days_of(counts: HubCounts) -> Sequence[date]:
    """List the days of the window, those without a mention too.

    >>> days_of(HubCounts((), date(2026, 5, 1), date(2026, 5, 3), "UTC"))[1:]
    [datetime.date(2026, 5, 2), datetime.date(2026, 5, 3)]
    """
    first = counts.first.toordinal()
    return [date.fromordinal(first + step) for step in range((counts.last - counts.first).days + 1)]
