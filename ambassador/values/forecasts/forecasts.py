"""Expected figures with their intervals, as they are stored and shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from ambassador.values.forecasts.timing import Timing
from ambassador.values.imports.imports import Note
from ambassador.values.networks.network import Diffusion, ProbabilityRule, Rung

LEVELS = (50, 80, 90)
"""The predictive intervals every forecast carries, in per cent."""


@dataclass(frozen=True, slots=True)
class Range:
    """An expected figure: its mean, the mean's own 95% interval, and the predictive intervals.

    Pages show the predictive intervals only (``quantiles[80]``); ``low`` and ``high`` shrink with more runs.
    """

    mean: float
    low: float
    high: float
    quantiles: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    median: float | None = None
    """The middle launch; None where an older version did not record it."""

    @property
    def middle(self) -> float:
        """The median where known, else the mean: a few huge launches pull the mean up."""
        return self.mean if self.median is None else self.median

    def ends(self, level: int = 80) -> tuple[float, float] | tuple[None, None]:
        """Return the ends of a predictive interval; None twice where nothing known makes launches differ.

        Examples
        --------
        >>> Range(2.0, 2.0, 2.0, {80: (1.0, 3.0)}).ends(), Range(2.0, 2.0, 2.0, {80: (2.0, 2.0)}).ends()
        ((1.0, 3.0), (None, None))
        """
        low, high = self.quantiles.get(level, (self.mean, self.mean))
        return (low, high) if low < high else (None, None)

    def holds(self, observed: float, level: int = 90) -> bool:
        """Whether an observed value lies inside the predictive interval."""
        low, high = self.quantiles[level]
        return low <= observed <= high


@dataclass(frozen=True, slots=True)
class DayRange:
    """People who talk up to and including a day (1 is the first)."""

    day: int
    mean: float
    quantiles: Mapping[int, tuple[float, float]]


Days = tuple[DayRange, ...]


@dataclass(frozen=True, slots=True)
class Amounts:
    """What people who talk amount to by the deadline; None is not known."""

    mentions: Range | None = None
    audience_at_least: Range | None = None
    """People who may see it, if all followers outside the network are the same people."""
    audience_at_most: Range | None = None
    """The same if no two talkers share a follower outside the network; None: no follower count is known."""
    impressions: Range | None = None
    """Views of the posts of all talkers whose views are known."""


@dataclass(frozen=True, slots=True)
class DailyAmounts:
    """The same up to and including each day; empty where not known."""

    mentions: Days = ()
    audience_at_least: Days = ()
    audience_at_most: Days = ()
    impressions: Days = ()


@dataclass(frozen=True, slots=True)
class PersonForecast:
    """What one ambassador is expected to bring: people nearer to them than to any other ambassador."""

    person_id: int | None
    account_id: int
    talkers: Range
    amounts: Amounts = field(default_factory=Amounts)
    by_day: Days = ()
    """People who talk in this ambassador's branch, up to and including each day."""


@dataclass(frozen=True, slots=True)
class ForecastResult:
    """The figures of one forecast; None is "not known", never 0."""

    horizon_days: int
    talkers: Range
    audience: Range | None = None
    views: Range | None = None
    by_day: tuple[DayRange, ...] = ()
    by_person: tuple[PersonForecast, ...] = ()
    interactions: Range | None = None
    """Likes and comments on the ambassadors' own posts."""
    outside_share: float | None = None
    """Share of the last closed campaign's talkers who are not in this network: not in ``talkers``."""
    audience_bounds: tuple[int, int] | None = None
    """Followers of the ambassadors together: between the largest and the sum."""
    amounts: Amounts = field(default_factory=Amounts)
    daily: DailyAmounts = field(default_factory=DailyAmounts)
    outside: Range | None = None
    """People outside the network who talk, among ``talkers``; None: no closed campaign says how many."""
    past_results: Range | None = None
    """People who talk, by the starters' past sizes alone; where the network proved no better on them."""
    past: "ForecastResult | None" = None
    """The whole forecast by past results, where they lead; None in forecasts that hold their total alone."""
    by_moments: Range | None = None
    """People who talk because of moments on air or in a shop, among ``talkers``; None: none is planned."""

    @property
    def headline(self) -> Range:
        """The total to go by: past results where the network did not beat them, else the network's."""
        return self.past_results or self.talkers

    @property
    def leading(self) -> "ForecastResult":
        """What is shown and compared with what is observed: past results where they lead and have days."""
        return self.past or self

    @property
    def by_network(self) -> "ForecastResult":
        """What the network says, whatever leads."""
        return replace(self, past=None, past_results=None)


@dataclass(frozen=True, slots=True)
class ForecastRequest:
    """Whose forecast, over how long, by which rules; a campaign means its accepted ambassadors."""

    handles: tuple[str, ...] = ()
    campaign_id: int | None = None
    pick_id: int | None = None
    person_ids: tuple[int, ...] = ()
    """People named by their numbers: some of a campaign's."""
    runs: int = 10_000
    days: int | None = None
    """None: the length of the campaign, else 14."""
    hours_per_step: int | None = None
    """Every answer takes exactly so long, and ambassadors post at the launch; None: delays vary."""
    probabilities: ProbabilityRule = field(default_factory=ProbabilityRule)
    diffusion: Diffusion = Diffusion.INDEPENDENT_CASCADE
    key: int | None = None
    """Random key; None draws one, and the answer says which."""
    answer_hours: float | None = None
    """Hours within which half of the answers come; None: learned from the log, else a prior."""
    posting_hours: float | None = None
    """Hours within which half of the ambassadors post; None: learned, else a prior."""
    heat: float | None = None
    """Standard deviation of the logarithm of how contagious a post is; None: learned, else a prior."""


@dataclass(frozen=True, slots=True)
class ForecastPerson:
    """One row of the table per ambassador, with names joined when shown."""

    person_id: int | None
    account_id: int
    handle: str
    platform: str
    name: str
    posting_probability: float
    in_network: bool
    talkers: Range
    amounts: Amounts = field(default_factory=Amounts)


@dataclass(frozen=True, slots=True)
class ForecastView:
    """A forecast as it was recorded, ready to be drawn."""

    forecast_id: int
    campaign_id: int | None
    campaign_name: str
    pick_id: int | None
    result: ForecastResult
    people: tuple[ForecastPerson, ...]
    rung: Rung
    notes: tuple[Note, ...]
    probabilities: str
    diffusion: Diffusion
    timing: Timing | None
    """None: recorded before delays varied; then a step took ``hours_per_step``."""
    hours_per_step: int | None
    runs: int
    key: str
    created_at: datetime
    actor: str
    starts_on: date | None = None
    """First day of the campaign, for drawing days as dates."""
    from_past: bool = False
    """Whether the figures are those of past results, everybody counted, in the network or not."""
    ties_weight: float = 0.0
    """Part of the leading figures that comes of ties, from 0 to 1; the rest is past results."""

    @property
    def leading(self) -> "ForecastView":
        """The figures to go by: past results where they lead, else the network's."""
        past = self.result.past
        if past is None:
            return self
        people = tuple(
            replace(one, talkers=found.talkers, amounts=found.amounts)
            for one, found in zip(self.people, past.by_person, strict=True)
        )
        return replace(self, result=past, people=people, from_past=True)

    @property
    def by_network(self) -> "ForecastView":
        """What the network says, whatever leads."""
        return replace(self, result=self.result.by_network)


@dataclass(frozen=True, slots=True)
class ForecastChoice:
    """One forecast that can be opened."""

    forecast_id: int
    created_at: datetime
    frozen: bool
    """Whether it is the one frozen at the launch of the campaign."""


class ForecastStanding(StrEnum):
    """What results are held against: a frozen forecast, never one made after the launch."""

    OPEN = "open"
    FROZEN = "frozen"
    DELIVERED = "delivered"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ForecastPageState:
    """What the Forecast page shows before and after a forecast."""

    rung: Rung
    view: ForecastView | None
    """The forecast asked for, else the campaign's frozen one, else the newest."""
    observed: tuple[tuple[int, int], ...] = ()
    """Day of the campaign and people who talked up to its end; empty without any."""
    observed_mentions: tuple[tuple[int, int], ...] = ()
    """The same for their posts."""
    delivered: tuple[DayRange, ...] = ()
    """A second forecast, as actually delivered."""
    choices: tuple[ForecastChoice, ...] = ()
    accepted: int = 0
    """Ambassadors of the chosen campaign who accepted."""
    can_freeze: bool = False
    """Whether the chosen campaign is a draft: launching it would freeze the forecast."""
    arrived: int = 0
    """People whose phone arrived, where a second forecast of the chosen campaign may be frozen; else 0."""
    picks: tuple[int, ...] = ()
    """Numbers of recent picks that can be forecast, newest first."""
    network_beats: bool | None = None
    """Whether the network beat past results and followers on earlier cascades; None: not checked."""
    campaign: str = ""
    """The name of the campaign the forecast shown is for."""
    standing: ForecastStanding = ForecastStanding.OPEN
