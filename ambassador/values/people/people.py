"""People as they are listed, edited and merged. None is "no data yet", never 0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ambassador.values.imports.imports import Note
from ambassador.values.money import Money

EDITABLE = (
    "name", "city", "country", "language", "topics", "email", "telephone", "notes", "fee",
    "posting_probability", "is_candidate", "score_by_hand", "score_reason", "source", "lawful_basis",
    "noticed_on", "objected_on",
)  # fmt: skip
"""What an edit may change."""


@dataclass(frozen=True, slots=True)
class LatestFigures:
    """The newest known value of each figure of an account, which may come from different readings."""

    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    average_likes: float | None = None
    average_comments: float | None = None
    average_views: float | None = None
    engagement_rate: float | None = None
    """As a source stated it; which of the three rates it is, the source knows."""
    read_at: datetime | None = None
    """When the newest of them was read."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of one account at one moment."""

    at: datetime
    source: str
    figures: LatestFigures


class FlagKind(StrEnum):
    """What is unusual about an audience."""

    FOLLOWS_MANY = "follows_many"
    SPIKE = "spike"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Flag:
    """A reason to look, with its evidence; never a verdict."""

    kind: FlagKind
    evidence: Note


class Part(StrEnum):
    """The four sides of the trend-setter score."""

    REACH = "reach"
    RESONANCE = "resonance"
    RELEVANCE = "relevance"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class SubScore:
    """One side of the score: what it rests on, its place in the group, and what shrinking made of it."""

    part: Part
    value: float
    """0 to 100, after little evidence was pulled to the mean of the group."""
    percentile: float | None
    """0 to 100 before that; None where nothing is known."""
    weight: float
    """0 where this side does not count."""
    input: Note
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrendSetterScore:
    """The trend-setter score; a person may say otherwise, with a reason, and the machine's value stays."""

    value: float | None
    """None where nothing at all is known."""
    parts: Sequence[SubScore] = ()
    by_hand: float | None = None
    reason: str = ""
    read_at: datetime | None = None
    """When the oldest of its inputs was read."""

    @property
    def shown(self) -> float | None:
        """The value said by hand, else the computed one."""
        return self.value if self.by_hand is None else self.by_hand

    @property
    def missing(self) -> tuple[Part, ...]:
        """The sides nothing is known about."""
        return tuple(part.part for part in self.parts if part.percentile is None and part.weight > 0)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list; figures are those of the account with most followers."""

    id: int
    name: str
    handles: tuple[str, ...]
    """``platform:handle`` of every account, the shown one first."""
    platform: str = ""
    handle: str = ""
    city: str = ""
    country: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    email: str = ""
    fee: Money | None = None
    is_candidate: bool = True
    objected: bool = False
    figures: LatestFigures = field(default_factory=LatestFigures)
    rate_by_followers: float | None = None
    """Engagements by followers, from average likes and comments."""
    counted: tuple[str, ...] = ()
    """The interactions counted in it."""
    percentile: float | None = None
    """Of that rate, among the nearest by log-followers."""
    peers: int = 0
    """How many those are."""
    score: TrendSetterScore = field(default_factory=lambda: TrendSetterScore(None))
    flags: tuple[Flag, ...] = ()
    mentions: int = 0
    archived: bool = False
    telephone: str = ""

    @property
    def label(self) -> str:
        """Name them as people do."""
        return self.name or (f"@{self.handle}" if self.handle else f"#{self.id}")


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Who to list; an empty condition lets everybody through, an unknown figure meets no condition on it."""

    search: str = ""
    cities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    followers_from: int | None = None
    followers_to: int | None = None
    fee_up_to: Money | None = None
    candidates_only: bool = False
    read_since: datetime | None = None
    archived: bool = False
    wanted_topics: tuple[str, ...] = ()
    """What Relevance is measured against; it changes scores, not who is listed."""


@dataclass(frozen=True, slots=True)
class PeopleView:
    """Everybody who fits, and the figures of the page's first row."""

    rows: tuple[PersonRow, ...]
    everybody: int
    """People not archived, whatever the filter."""
    archived: int
    read_recently: int
    recent_days: int
    candidates: int
    """Of those listed: may be picked, and did not object."""
    without_fee: int
    """People whom nothing but an unknown fee keeps out."""
    accounts_without_person: int
    nearest: int
    """How many peers a percentile compares with, at most (K)."""
    network_measure: str
    """What stands for Network in the score: ``ties`` or, without any, nothing."""
    as_of: datetime
    cities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonEdit:
    """New values of some fields, and what they were when read, so that none is overwritten unseen."""

    person_id: int
    changes: Mapping[str, Any]
    was: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person typed in by hand."""

    name: str
    platform: str = ""
    handle: str = ""
    followers: int | None = None
    city: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    email: str = ""
    fee: Money | None = None
    source: str = ""
    lawful_basis: str = ""
    notes: str = ""
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do, before it does anything."""

    kept: PersonRow
    others: tuple[PersonRow, ...]
    accounts: tuple[str, ...]
    """Handles that would go over."""
    campaigns: tuple[str, ...]
    """Campaigns whose deal would go over."""
    filled: Mapping[str, str]
    """Fields that are blank now -> the value they would get."""
    self_ties: int
    """Ties among the merged accounts, which the network then leaves out."""
    obstacles: tuple[Note, ...] = ()
    """Why it cannot be done."""
