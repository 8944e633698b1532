"""Campaigns as forms hand them over and as pages show them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ambassador.values.campaigns.ambassadors import AmbassadorRow
from ambassador.values.campaigns.unit_costs import CampaignCosts
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, CampaignStatus


@dataclass(frozen=True, slots=True)
class MatchRuleDraft:
    """Which mentions belong to a campaign; without a window its own dates count."""

    hashtags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    exclude_words: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    """``platform:handle`` or bare: all their posts in the window belong here."""
    from_at: datetime | None = None
    until_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MatchRuleView:
    """The rule in force, and its number."""

    version: int
    rule: MatchRuleDraft
    created_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What and when, and how much may be spent."""

    name: str
    starts_on: date
    ends_on: date
    product: str = ""
    time_zone: str = "Europe/Rome"
    currency: str = "EUR"
    budget: Money | None = None
    embargo_until: datetime | None = None
    silent_after_days: int = 5
    notes: str = ""
    rule: MatchRuleDraft | None = None
    costs: CampaignCosts = field(default_factory=CampaignCosts)


@dataclass(frozen=True, slots=True)
class Spending:
    """What was spent against the budget, and what is not known; other currencies are never added up."""

    fees: Money
    """Of those who accepted."""
    phones: Money
    """Given away for good, or lost; of loans what they lose in value, where the campaign says so."""
    promised: Money
    """Fees of those invited who have not answered."""
    budget: Money | None
    shipping: Money
    other: Money
    unknown_fees: int = 0
    """Paid deals without a fee."""
    unknown_costs: int = 0
    """Phones given or lost whose cost nobody entered."""
    other_currency: int = 0
    """Amounts in another currency, which are not in the sums."""

    @property
    def spent(self) -> Money:
        """Fees, phones, shipping and other together."""
        parts = (self.fees, self.phones, self.shipping, self.other)
        return Money(sum(part.minor for part in parts), self.fees.currency)


@dataclass(frozen=True, slots=True)
class CampaignCard:
    """One campaign in the list."""

    id: int
    name: str
    product: str
    status: CampaignStatus
    starts_on: date
    ends_on: date
    time_zone: str
    currency: str
    embargo_until: datetime | None
    spending: Spending
    by_status: Mapping[AmbassadorStatus, int]
    agreements_signed: int
    agreements_wanted: int
    """Of those invited or in; people who declined or were replaced need none."""
    launch_forecast_id: int | None = None
    delivered_forecast_id: int | None = None
    archived_at: datetime | None = None
    costs: CampaignCosts = field(default_factory=CampaignCosts)


class TimelineEventKind(StrEnum):
    """What a moment on the time line is."""

    START = "start"
    END = "end"
    EMBARGO = "embargo"
    TODAY = "today"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    POST_BY = "post_by"
    DUE_BACK = "due_back"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing on the time line; ``people`` are those it concerns."""

    kind: TimelineEventKind
    day: date
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CampaignView:
    """One campaign, opened."""

    card: CampaignCard
    notes: str
    silent_after_days: int
    rule: MatchRuleView | None
    ambassadors: tuple[AmbassadorRow, ...]
    moments: tuple[TimelineEvent, ...] = ()
    today: date = date.min
    """In the campaign's own time zone."""
    forecasts: tuple[tuple[int, datetime], ...] = field(default=())
    """Forecasts made for it, newest first: number and moment."""

    @property
    def days_to_start(self) -> int:
        """Days until the first day; negative once it began."""
        return (self.card.starts_on - self.today).days

    @property
    def days_to_end(self) -> int:
        """Days until the last day; negative once it is over."""
        return (self.card.ends_on - self.today).days


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """Whom and on what deal, with what: the second and third step of a new campaign."""

    pick_id: int | None = None
    person_ids: tuple[int, ...] = ()
    deal: DealDraft = field(default_factory=DealDraft)
    reserve: int = 10
    """How many of the pick's next best wait on the reserve list."""
    reserve_phones: bool = False
    """Keep a phone for each of them at once."""


@dataclass(frozen=True, slots=True)
class PickChoice:
    """One recorded pick to start a campaign from."""

    id: int
    created_at: datetime
    people: int
    campaign: str = ""
    budget: Money | None = None
    costs: CampaignCosts = field(default_factory=CampaignCosts)
    """What was asked of it, which a campaign made of it takes over."""


@dataclass(frozen=True, slots=True)
class CampaignChoices:
    """What a new campaign can be made of."""

    picks: tuple[PickChoice, ...]
    people: Mapping[int, str]
    """Candidates by number, as people call them."""
    in_stock: Mapping[str, int]
    """Model -> phones in stock."""
