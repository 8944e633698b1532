"""One person, opened: accounts over time, what their posts did, neighbours, deals, devices, history."""

from dataclasses import dataclass
from datetime import date, datetime

from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.people.people import LatestFigures, PersonRow, Reading
from ambassador.values.results.results import AmbassadorCost
from ambassador.values.status import AmbassadorStatus, CampaignStatus, CustodyEnd, Deal, DeviceStatus


@dataclass(frozen=True, slots=True)
class AccountView:
    """One account and its readings, oldest first."""

    id: int
    platform: str
    handle: str
    display_handle: str
    url: str
    figures: LatestFigures
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Rates:
    """The three rates, each with the number of posts (0: from the page's averages) it rests on."""

    by_followers: float | None = None
    by_reach: float | None = None
    by_reach_posts: int = 0
    by_impressions: float | None = None
    by_impressions_posts: int = 0
    counted: tuple[str, ...] = ()
    stated: float | None = None
    """As a source stated it, kept apart from ours."""


@dataclass(frozen=True, slots=True)
class PastResults:
    """What this person's own posts did."""

    mentions: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    originals: int = 0
    answers: int = 0
    """Posts of others that answered or shared theirs, at first hand."""
    credited: float | None = None
    """Shares of mentions credited to them over all campaigns; None without any campaign."""
    views: int | None = None
    views_posts: int = 0


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody a tie connects them with, and which way influence flows."""

    account_id: int
    person_id: int | None
    label: str
    follows: bool
    """Whether influence flows to the neighbour (who follows, or reacted); otherwise it flows from them."""
    kinds: tuple[str, ...]
    interactions: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class Participation:
    """One campaign they are or were in."""

    campaign_id: int
    campaign: str
    campaign_status: CampaignStatus
    ambassador_id: int
    status: AmbassadorStatus
    deal: Deal
    fee: Money | None
    credited: float | None
    spent: AmbassadorCost | None = None
    """What the deal cost, and per each thing it brought."""


@dataclass(frozen=True, slots=True)
class DeviceHeld:
    """One device they hold or held."""

    device_id: int
    model: str
    serial: str
    status: DeviceStatus
    since: datetime
    until: datetime | None
    ended_as: CustodyEnd | None
    due_back: date | None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened to what is known of them."""

    at: datetime
    what: Note
    actor: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person, opened."""

    row: PersonRow
    notes: str
    posting_probability: float | None
    source: str
    lawful_basis: str
    noticed_on: date | None
    objected_at: datetime | None
    created_at: datetime
    erased_at: datetime | None
    accounts: tuple[AccountView, ...]
    rates: Rates
    past: PastResults
    neighbours: tuple[Neighbour, ...]
    hearing: int
    """How many hear from them, at first hand."""
    heard: int
    """How many they hear from."""
    campaigns: tuple[Participation, ...]
    devices: tuple[DeviceHeld, ...]
    history: tuple[HistoryLine, ...]
    merges: tuple[int, ...] = ()
    """Merges into this person that can still be taken back, newest first."""
