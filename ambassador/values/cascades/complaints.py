"""The branch of complaints beside a promotion: how large, who carried it, and whether an answer slowed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Slowed(StrEnum):
    """Whether our answer slowed a branch, as far as that can be told."""

    SLOWED = "slowed"
    GREW = "grew"
    """More came than such a branch was expected to bring."""
    CANNOT_TELL = "cannot be told"
    TOO_LITTLE = "too little"
    """The branch was too small when it was answered, or the past is too short."""


@dataclass(frozen=True, slots=True)
class TalkFigures:
    """How much was said."""

    posts: int
    people: int
    """Different authors; a person with several accounts counts once, ours do not."""
    views: int | None
    """As far as platforms state them; None: no post does."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody whose posts drew others into the branch."""

    handle: str
    """Empty for somebody who was erased."""
    posts: int
    brought: int
    """Posts that answer theirs directly."""


@dataclass(frozen=True, slots=True)
class AnswerEffect:
    """What came after our first answer in the largest branch that has one, and what was expected without."""

    root_id: int
    handle: str
    answered_at: datetime
    before: int
    """Posts of the branch until then."""
    after: int
    expected: float | None
    ranges: Mapping[int, tuple[int, int]]
    """Posts expected after it, by level in percent."""
    verdict: Slowed
    learned_from: int = 0
    """Earlier cascades."""


@dataclass(frozen=True, slots=True)
class ComplaintBranch:
    """Complaints beside a promotion, and all that hangs on them."""

    whole: TalkFigures
    """The promotion as it is counted everywhere."""
    branch: TalkFigures
    without: TalkFigures
    complaints: int
    """Posts known as complaints: the branch holds these and what hangs on them."""
    branches: int
    reproduction: float | None
    """Further posts each post of the branch brought so far; None without a post."""
    reproduction_range: tuple[float, float] | None
    """8 times in 10."""
    carriers: tuple[Carrier, ...]
    cases: int
    """Cases that hold posts of the branch."""
    answers: int
    """That were given in these cases."""
    effect: AnswerEffect | None
    """None: no branch was answered."""
    as_of: datetime | None = None
    zone: str = "UTC"
    care_minutes: int | None = None
    """Minutes of work logged in these cases; None: in none of them."""
    cases_logged: int = 0
    """Of these cases, those with minutes logged."""
