"""What a reader of files or a form hands over: checked, typed, not yet in the database.

A draft is what one row says, ``None`` meaning "the file does not say". ``line`` is the line (or row)
it came from, so that later refusals can name it, ``place`` its number among the rows on one line.
Instants are aware UTC; ids of platforms are text.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Generic, TypeVar

from ambassador.values.imports.imports import FilePreview, RejectedRow, RowKey
from ambassador.values.money import Money
from ambassador.values.status import Deal, Label, MentionKind, OutcomeKind


class OfRow:
    """What one row of a file says: where it stands there."""

    __slots__ = ()
    line: int
    place: int

    @property
    def row(self) -> RowKey:
        """Which row this is: its line, and its number among those that stand on that line."""
        return (self.line, self.place)


@dataclass(frozen=True, slots=True)
class FiguresDraft:
    """What an account's page said at one moment; None is unknown, never 0."""

    followers: int | None = None
    following: int | None = None
    posts: int | None = None
    average_likes: float | None = None
    average_comments: float | None = None
    average_views: float | None = None
    engagement_rate: float | None = None
    """As the source states it, a fraction; which rate it is stands in the mapping."""


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """One account of a person on one platform."""

    platform: str
    handle: str
    display_handle: str = ""
    native_id: str = ""
    url: str = ""
    figures: FiguresDraft = field(default_factory=FiguresDraft)


@dataclass(frozen=True, slots=True)
class PersonDraft(OfRow):
    """One row of a list of people: the person and the accounts named side by side."""

    line: int
    accounts: tuple[AccountDraft, ...]
    name: str | None = None
    city: str | None = None
    country: str | None = None
    language: str | None = None
    topics: tuple[str, ...] = ()
    email: str | None = None
    fee: Money | None = None
    notes: str | None = None
    read_at: datetime | None = None
    """When the figures were read; the import's own time when the file does not say."""
    place: int = 0
    telephone: str | None = None


@dataclass(frozen=True, slots=True)
class TieDraft(OfRow):
    """One tie in the direction influence flows: source -> target, so a follower is the target."""

    line: int
    source: str
    target: str
    platform: str
    kind: str = ""
    weight: float | None = None
    probability: float | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class DeviceDraft(OfRow):
    """One device; a dual-SIM phone has two IMEIs."""

    line: int
    model: str
    serial: str = ""
    imei1: str = ""
    imei2: str = ""
    colour: str = ""
    cost: Money | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class MetricsDraft:
    """A post's figures at one moment; None is unknown."""

    likes: int | None = None
    replies: int | None = None
    reposts: int | None = None
    quotes: int | None = None
    saves: int | None = None
    views: int | None = None
    reach: int | None = None


NO_FIGURES: Final = MetricsDraft()


@dataclass(frozen=True, slots=True)
class MentionDraft(OfRow):
    """One post. ``parent`` is set only where the source names the very post it answers or shares."""

    line: int
    platform: str
    post_id: str
    author: str
    created_at: datetime
    kind: MentionKind = MentionKind.ORIGINAL
    text: str = ""
    url: str = ""
    author_id: str = ""
    author_name: str = ""
    author_followers: int | None = None
    parent_id: str = ""
    root_id: str = ""
    parent_author: str = ""
    topic: str = ""
    language: str = ""
    labels: tuple[Label, ...] = ()
    metrics: MetricsDraft = field(default_factory=MetricsDraft)
    read_at: datetime | None = None
    aliases: tuple[str, ...] = ()
    """Other ids of the same post on its platform: short code, number, address."""
    place: int = 0


@dataclass(frozen=True, slots=True)
class CourierDraft(OfRow):
    """One line of a courier's file, matched by our reference or by the recipient."""

    line: int
    reference: str = ""
    recipient: str = ""
    tracking: str = ""
    courier: str = ""
    status: str = ""
    """``shipped``, ``delivered``, ``returned``, ``lost`` once recognised."""
    happened_at: datetime | None = None
    place: int = 0
    is_day: bool = False
    """Whether the file says the day only; then the moment is where the day begins."""


@dataclass(frozen=True, slots=True)
class OutcomeDraft(OfRow):
    """Something that came of the campaign: orders by code, visits, press, a lesson."""

    line: int
    kind: OutcomeKind
    code: str = ""
    handle: str = ""
    quantity: int | None = None
    value: Money | None = None
    happened_on: date | None = None
    note: str = ""
    order_id: str = ""
    place: int = 0


@dataclass(frozen=True, slots=True)
class DealDraft:
    """What is agreed with one person for one campaign."""

    deal: Deal = Deal.GIFT
    fee: Money | None = None
    code: str = ""
    post_by: date | None = None
    due_back: date | None = None
    embargo_until: datetime | None = None
    owner: str = ""


D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Drafts(Generic[D]):
    """What one file holds, ready to be written: drafts, the rows that cannot be used, and how it was read."""

    preview: FilePreview
    """With the mapping and the answers that were used."""
    rows: Sequence[D]
    rejected: tuple[RejectedRow, ...] = ()
    left_out: int = 0
    """Rows that were understood and say nothing of their own, as the notes of the preview tell."""
    taken_back: Sequence[D] = ()
    """Orders the file says were refunded or cancelled: they come off where an earlier file brought them."""
