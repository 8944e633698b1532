"""Observed cascades: how far each post went, how fast, and what is not known about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ambassador.values.as_of import AsOf
from ambassador.values.cascades.inference import ParentBasis
from ambassador.values.imports.imports import Note
from ambassador.values.status import MentionKind

PLATFORM_HIDES = "platform hides it"
"""Why a parent is inferred: the source names only the start of the cascade."""


NAMED_IN_TEXT = "named in the text"
"""Why a parent is inferred: the words of the post say whom it was taken from."""


class Pace(StrEnum):
    """Where the talk is heading, in words."""

    GROWING = "growing"
    STEADY = "steady"
    FADING = "fading"
    OVER = "over"


class Shape(StrEnum):
    """How the talk travelled, in words."""

    ONE_SHOUT = "one shout"
    """Most was set off directly by one post."""
    PASSED_ON = "passed on"
    """It went from person to person."""
    MANY_SMALL = "many small ones"
    NO_ANSWERS = "no answers"


@dataclass(frozen=True, slots=True)
class Likely:
    """A figure over plausible trees: the middle one, and what 50, 80 and 90% of the trees lie within."""

    median: float
    within_50: tuple[float, float]
    within_80: tuple[float, float]
    within_90: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlausibleShape:
    """The shape of a cascade that hides parents, inferred from ties and delays, not observed."""

    depth: Likely
    breadth: Likely
    largest_broadcast_share: Likely
    structural_virality: Likely
    reproduction: Likely
    """Whoever came from nobody known counts as a start of their own."""
    sure: float
    """How likely the likeliest parent is, on average over the posts that hide theirs."""
    basis: ParentBasis | None = None
    """Where the probabilities come from."""


@dataclass(frozen=True, slots=True)
class CascadeRow:
    """One post that started something, and everything that came of it.

    ``depth``, ``breadth``, ``largest_broadcast_share`` and ``structural_virality`` are None where the
    platform hides who passed it on; ``structural_virality`` also for a post alone (undefined).
    """

    root_id: int
    root_handle: str
    platform: str
    started_at: datetime
    last_at: datetime
    size: int
    people: int
    depth: int | None
    breadth: int | None
    largest_broadcast_share: float | None
    structural_virality: float | None
    reproduction: float
    """Further posts each post brought: (posts - 1) / posts, or above, corrected for those still to come."""
    pace: Pace
    hidden_parents: int = 0
    """Posts whose true parent the platform hides."""
    root_followers: int | None = None
    views: int | None = None
    root_text: str = ""
    root_url: str = ""
    root_person_id: int | None = None
    root_post_id: str = ""
    """As the platform numbers it; empty where a post was typed by hand."""
    plausible: PlausibleShape | None = None
    """Only where parents are hidden and something is known of them."""

    @property
    def path_is_known(self) -> bool:
        """Whether every post names the very post it answers."""
        return self.hidden_parents == 0


@dataclass(frozen=True, slots=True)
class CascadeDay:
    """The forest over time: posts of the largest cascades and of all the rest, per day, week or month."""

    at: datetime
    root_id: int | None
    """None: all other cascades together."""
    handle: str
    posts: int


@dataclass(frozen=True, slots=True)
class CascadesView:
    """What the Cascades page draws first."""

    cascades: tuple[CascadeRow, ...]
    """Largest first."""
    mentions: int
    people: int
    reproduction: float | None
    """"Each post brings 0.6 more"; None without any post."""
    pace: Pace
    shape: Shape
    largest_share: float | None
    """Share of all talk in the largest cascade."""
    hidden_parents: int
    dirt: tuple[Note, ...] = ()
    """What was wrong with the data and how it was read (cycles, missing parents, children too early)."""
    over_time: tuple[CascadeDay, ...] = ()
    as_of: datetime | None = None
    """The moment the data reach to; pace speaks of then."""
    zone: str = "UTC"
    campaign_id: int | None = None
    known: AsOf | None = None
    """The day at whose end this was known; None: now."""
    found: int = 0
    """How many cascades there are; ``cascades`` may hold only the largest."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One post of a drawn tree; ``x`` and ``y`` come from the layout, in [-1, 1]."""

    mention_id: int
    """0: the middle of a forest, which is no post."""
    parent_id: int | None
    handle: str
    kind: MentionKind
    posted_at: datetime
    depth: int
    branch: int
    """0 is the root itself; 1, 2, ... the branches by size, the rest share the last number."""
    below: int
    """Posts in the tree below this one."""
    x: float
    y: float
    followers: int | None = None
    text: str = ""
    url: str = ""
    sure: float = 1.0
    """How likely the parent drawn is the true one; 1 where it was seen, 0 where only the start is known."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What one post right under the root carried, itself included."""

    number: int
    mention_id: int | None
    """None: all the smaller branches together."""
    handle: str
    posts: int
    share: float
    followers: int | None = None
    share_range: tuple[float, float] | None = None
    """Of the cascade, in 8 of 10 plausible trees; None where no parent is inferred."""


@dataclass(frozen=True, slots=True)
class CascadeTree:
    """One cascade (or all of them) laid out, and how many posts were left out of the drawing."""

    row: CascadeRow | None
    """None: all cascades of a campaign around one middle."""
    nodes: tuple[TreeNode, ...]
    branches: tuple[Branch, ...]
    not_drawn: int
    in_order_of_time: bool = False
    """The platform hides who passed it on: the farther from the middle, the later."""
    inferred: int = 0
    """Posts hung from a parent that was inferred, not observed."""
