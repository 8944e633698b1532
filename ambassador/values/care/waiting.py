"""How long customers wait: by week, owner, channel or kind, and before and after a change."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ambassador.values.care.states import PromiseClock


class WaitingBy(StrEnum):
    """What waits are told apart by."""

    WEEK = "week"
    OWNER = "owner"
    CHANNEL = "channel"
    KIND = "kind"


class ChangeVerdict(StrEnum):
    """What became of the waits at a change."""

    SHORTER = "shorter"
    LONGER = "longer"
    UNCLEAR = "cannot be told"


@dataclass(frozen=True, slots=True)
class WaitingFilter:
    """Which waits are wanted, and how they are counted."""

    by: WaitingBy = WaitingBy.WEEK
    since: date | None = None
    """The first day on which they began; None: thirteen weeks ago."""
    until: date | None = None
    """The last day on which they began; None: today."""
    changed_on: date | None = None
    """The first day on which something was done another way."""
    in_opening_hours: bool = True
    """Whether only time counts in which somebody is there; else all time."""
    campaign_id: int | None = None


@dataclass(frozen=True, slots=True)
class WaitingFigures:
    """How long some waits were; those that go on count as longer than so far."""

    began: int
    ended: int
    median: timedelta | None
    """Within this half of them end; None: too few have ended to tell."""
    ninetieth: timedelta | None
    """Within this nine in ten end."""
    kept: int
    """Of those with a promise: ended in time."""
    broken: int
    """Of those with a promise: not ended in time, or not yet and late."""

    @property
    def goes_on(self) -> int:
        """How many have not ended."""
        return self.began - self.ended


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """The waits of one week, owner, channel or kind, by one clock."""

    clock: PromiseClock
    group: str
    """The value of what they are told apart by, a week by its Monday; empty: nobody owns them."""
    figures: WaitingFigures


@dataclass(frozen=True, slots=True)
class WaitingChange:
    """The waits by one clock before a change and after it."""

    clock: PromiseClock
    before: WaitingFigures
    """Of waits that began before: until the change, then they count as longer than so far."""
    after: WaitingFigures
    probability: float | None
    """That chance alone makes such a difference (log-rank test); None: too few ended."""
    verdict: ChangeVerdict


@dataclass(frozen=True, slots=True)
class WaitingView:
    """How long customers wait, in all, told apart, and before and after a change."""

    since: date
    until: date
    total: tuple[WaitingRow, ...]
    """One for each clock."""
    rows: tuple[WaitingRow, ...]
    changes: tuple[WaitingChange, ...]
    older: int
    """Cases still without a first answer that began earlier: they are not counted."""
    now: datetime
    has_hours: bool
    """Whether opening hours are said: without any the two ways of counting are one."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing began in that time."""
        return not any(row.figures.began for row in self.total)
