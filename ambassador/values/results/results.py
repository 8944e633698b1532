"""What came of a campaign: one row of figures for all of it, for each ambassador, for nobody in particular.

Three figures are never mixed: people who talk (distinct authors observed), people who may see it (a range,
or the exact union where follower lists are known) and views. None is "no data yet", never 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from ambassador.values.as_of import AsOf
from ambassador.values.campaigns.unit_costs import CampaignCosts
from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Deal


class IntervalPosition(StrEnum):
    """Where an observed figure stands against the 90% interval forecast for it."""

    INSIDE = "inside"
    ABOVE = "above"
    BELOW = "below"
    OPEN = "open"
    """Still below the interval, but the days it speaks of are not over."""
    UNKNOWN = "unknown"
    """Nothing was forecast, or nothing is observed."""


@dataclass(frozen=True, slots=True)
class ForecastComparison:
    """A forecast frozen at launch beside what was observed."""

    observed: int | None
    expected: float | None = None
    quantiles: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    """Predictive intervals by level: 50, 80, 90."""
    standing: IntervalPosition = IntervalPosition.UNKNOWN

    def interval(self, level: int = 90) -> tuple[float, float] | None:
        """A predictive interval; None where nothing was forecast."""
        return self.quantiles.get(level)


@dataclass(frozen=True, slots=True)
class StatedSum:
    """A sum over posts, with how many of them state the figure at all."""

    value: float | None
    stated: int
    of: int


@dataclass(frozen=True, slots=True)
class Seen:
    """People who may see it: at least ``low``, at most ``high``; equal where the union is exact."""

    low: int | None
    high: int | None
    exact: bool = False
    known: int = 0
    """Accounts whose followers are known."""
    of: int = 0


@dataclass(frozen=True, slots=True)
class ObservedFigures:
    """What was observed, for the campaign, an ambassador, or nobody in particular."""

    talkers: int = 0
    """Distinct people: the rows do not add up to the total, because one may answer two ambassadors."""
    mentions: float = 0.0
    """Shares of mentions: the rows add up to the total."""
    seen: Seen = Seen(None, None)
    views: StatedSum = StatedSum(None, 0, 0)
    engagements: StatedSum = StatedSum(None, 0, 0)
    likes: StatedSum = StatedSum(None, 0, 0)
    cascades: int = 0
    largest_cascade: int | None = None
    depth: int | None = None
    """Of the largest cascade; None where the platform hides who answered whom."""
    structural_virality: float | None = None
    orders: int | None = None
    order_value: Money | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """Fees, phones, shipping and other; what is unknown is counted, not taken as 0."""

    fees: Money
    goods: Money
    """Phones that do not come back; of loans what they lose in value, where the campaign says so."""
    shipping: Money
    other: Money
    unknown_fees: int = 0
    unknown_goods: int = 0
    other_currency: int = 0
    """Amounts in another currency than the campaign's, which are left out."""

    @property
    def total(self) -> Money:
        """Everything known, in the campaign's currency."""
        parts = (self.fees, self.goods, self.shipping, self.other)
        return Money(sum(part.minor for part in parts), self.fees.currency)

    @property
    def beside(self) -> Money:
        """What comes beside fees and phones: shipping and other."""
        return Money(self.shipping.minor + self.other.minor, self.fees.currency)

    @property
    def complete(self) -> bool:
        """Whether nothing had to be left out."""
        return not (self.unknown_fees or self.unknown_goods or self.other_currency)


@dataclass(frozen=True, slots=True)
class Promised:
    """Fees that are no cost yet: their people were invited and have not answered."""

    fees: Money
    people: int


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Cost per each; None where there is nothing to divide by."""

    per_talker: Money | None = None
    per_thousand_views: Money | None = None
    per_engagement: Money | None = None
    per_like: Money | None = None
    per_post: Money | None = None
    per_order: Money | None = None


@dataclass(frozen=True, slots=True)
class AmbassadorCost:
    """What one ambassador cost, all phones they got included, in all and per each thing they brought."""

    cost: Cost
    unit_costs: UnitCosts


@dataclass(frozen=True, slots=True)
class AmbassadorResult:
    """One ambassador's row."""

    ambassador_id: int
    person_id: int
    name: str
    handle: str
    status: AmbassadorStatus
    deal: Deal
    code: str
    figures: ObservedFigures
    cost: Cost
    unit_costs: UnitCosts
    talkers: ForecastComparison
    delivered_at: datetime | None = None
    first_post_at: datetime | None = None
    own_posts: int = 0
    is_silent: bool = False
    """Has had the device for longer than the campaign allows without a post."""


@dataclass(frozen=True, slots=True)
class DeviceResult:
    """One device in one ambassador's hands, beside what was forecast for them."""

    device_id: int
    serial: str
    ambassador_id: int
    name: str
    delivered_at: datetime
    days: int
    """Whole days since delivery, or until it left their hands."""
    mentions: float
    """Shares of mentions credited to this device."""
    talkers: ForecastComparison
    """People those mentions are from, the ambassador included."""
    is_silent: bool
    """No post since delivery, for longer than the campaign allows."""

    @property
    def is_flagged(self) -> bool:
        """Whether it is silent, or outside the 90% interval."""
        return self.is_silent or self.talkers.standing in {IntervalPosition.ABOVE, IntervalPosition.BELOW}


@dataclass(frozen=True, slots=True)
class Funnel:
    """Planned -> delivered -> observed, in people with a device."""

    planned: int
    """Asked to take part, whatever they answered; people in reserve are not."""
    accepted: int
    shipped: int
    delivered: int
    """People who hold, or held, a device."""
    posted: int
    """Of those with a device, how many posted."""
    post_rate: float | None
    """Posted among delivered."""
    silent: int = 0


@dataclass(frozen=True, slots=True)
class CampaignResults:
    """Everything observed for one campaign, beside what was forecast."""

    campaign_id: int
    name: str
    product: str
    status: CampaignStatus
    starts_on: date
    ends_on: date
    time_zone: str
    as_of: datetime
    read_at: datetime | None
    """When the newest figures of posts were read."""
    day: int
    """The campaign's day now, 1 on the first; 0 before it."""
    days: int
    budget: Money | None
    funnel: Funnel
    total: ObservedFigures
    unattributed: ObservedFigures
    rows: tuple[AmbassadorResult, ...]
    cost: Cost
    unit_costs: UnitCosts
    talkers: ForecastComparison
    """So far, against the forecast for the same day."""
    by_the_end: ForecastComparison
    """Against the forecast for the last day."""
    views: ForecastComparison
    mentions: ForecastComparison = field(default_factory=lambda: ForecastComparison(None))
    """Posts by the end, against the forecast."""
    as_delivered: Range | None = None
    """People who talk by the end, forecast a second time with the devices that really arrived."""
    rung: int | None = None
    """The rung of the ladder the forecast was built on."""
    forecast_at: datetime | None = None
    """When the forecast was made."""
    known: AsOf | None = None
    """The day at whose end this was known; None: now."""
    costing: CampaignCosts = field(default_factory=CampaignCosts)
    """What the campaign says each person costs beside the fee."""
    promised: Promised | None = None
    """What comes on top of the cost once people who were invited accept; None: nothing that is known."""
    led_by: Note | None = None
    """What led in the frozen forecast, past results or ties, in the sentence it was made with."""


@dataclass(frozen=True, slots=True)
class ObservedDay:
    """People who talk, from the beginning to the end of one day in the campaign's time zone."""

    day: int
    """1 on the campaign's first day; 0 and below for what came too early."""
    on: date
    talkers: int
    mentions: int
