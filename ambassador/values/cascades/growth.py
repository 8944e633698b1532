"""Where running cascades are heading, and how well that would have been foretold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from ambassador.i18n import mark
from ambassador.values.cascades.cascades import Pace
from ambassador.values.imports.imports import Note, RejectedRow

FEWEST_MEASURED: Final = 10
"""Cascades measured, below which nothing can be said of a share that lay inside."""
_USE: Final = mark("Use it: its 80% ranges scored better than every simple way.")
_SIMPLE: Final = mark(
    "Use the simple way {name}: its ranges scored better on this past. More cascades could change that."
)
_TOO_FEW: Final = mark("Too little to tell: measured on {cascades} cascades; {missing} more are needed.")


@dataclass(frozen=True, slots=True)
class SizeScore:
    """How well sizes were foretold."""

    median_ape: float
    """Median absolute percentage error, a fraction."""
    coverage_80: float
    interval_score: float
    """Of the 80% interval (Gneiting and Raftery 2007), in posts."""
    p_value: float
    """Of the exact binomial test that the 80% interval holds as often as it says."""


@dataclass(frozen=True, slots=True)
class SizeEvaluation:
    """How well sizes would have been foretold: learned on the oldest cascades, measured on the newest."""

    median_ape: float
    coverage_80: float
    cascades: int
    """On how many it was measured."""
    learned_from: int
    rests_on_a_prior: bool
    """There were too few to learn from alone."""
    coverage_50: float
    coverage_90: float
    interval_score: float
    p_value: float
    baselines: Mapping[str, SizeScore] = field(default_factory=dict)
    rejected: int = 0
    """Rows of the file that could not be used."""
    median_ape_90: tuple[float, float] | None = None
    """Where the error of all cascades like these lies with 90% certainty; older records do not say."""
    rejected_rows: tuple[RejectedRow, ...] = ()

    @property
    def verdict(self) -> Note:
        """What to do with it, in a sentence: use it, use the simple way, or too little to tell."""
        if self.cascades < FEWEST_MEASURED:
            return Note(_TOO_FEW, {"cascades": self.cascades, "missing": FEWEST_MEASURED - self.cascades})
        best = min(self.baselines.items(), key=lambda one: one[1].interval_score, default=None)
        if best is not None and best[1].interval_score < self.interval_score:
            return Note(_SIMPLE, {"name": best[0]})
        return Note(_USE)


class Heading(StrEnum):
    """What can be said of a cascade's size ahead."""

    OPEN = "open"
    TOO_EARLY = "too early"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class ConePoint:
    """What is expected by one moment ahead."""

    at: datetime
    middle: float
    ranges: Mapping[int, tuple[int, int]]
    """Lowest and highest size by level in percent."""


@dataclass(frozen=True, slots=True)
class CascadeOutlook:
    """One running cascade: the curve so far and what lies ahead."""

    root_id: int
    handle: str
    platform: str
    started_at: datetime
    heading: Heading
    pace: Pace
    reproduction: float
    seen: int
    curve: tuple[tuple[datetime, int], ...]
    """When the so-manieth post came."""
    cone: tuple[ConePoint, ...] = ()
    """Empty unless open; the last point is the horizon."""
    learned_from: int = 0
    rests_on_a_prior: bool = True

    @property
    def end(self) -> ConePoint | None:
        """What is expected at the horizon."""
        return self.cone[-1] if self.cone else None

    @property
    def intervals(self) -> Mapping[int, tuple[int, int]]:
        """Lowest and highest size at the horizon, by level."""
        return self.end.ranges if self.end else {}


@dataclass(frozen=True, slots=True)
class CascadeAlarm:
    """A cascade whose last day was not as expected."""

    root_id: int
    handle: str
    posts: int
    """In the last 24 hours of the data."""
    low: int
    high: int
    """Of the 90% interval for those hours."""


@dataclass(frozen=True, slots=True)
class GrowthView:
    """Where running cascades are heading, the one with most posts first."""

    outlooks: tuple[CascadeOutlook, ...]
    as_of: datetime | None
    zone: str = "UTC"
    more: int = 0
    """Running cascades not looked at."""
