"""What is asked when people are picked, and the answer: who, why, how much better, who was left out."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ambassador.values.forecasts.forecasts import Range
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.networks.network import Diffusion, ProbabilityRule, Rung
from ambassador.values.picks.audience import TargetAudience, TargetFound
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.minded import MindedComplaints
from ambassador.values.picks.quotas import Quota


class Objective(StrEnum):
    """What a pick makes as large as it can."""

    TALKERS = "talkers"
    INTERACTIONS = "interactions"
    VIEWS = "views"


class Candidates(StrEnum):
    """Among whom a pick chooses."""

    PEOPLE = "people"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class PickRequest:
    """How many people, for what money, on which rules.

    ``must``, ``never`` and ``already`` are handles (or ``platform:handle``). With a campaign, its people
    count as already chosen; those who declined or went silent are not asked again.
    """

    count: int
    budget: Money | None = None
    """Most that fees and ``costs`` together may sum to; None: no limit."""
    campaign_id: int | None = None
    probabilities: ProbabilityRule = field(default_factory=ProbabilityRule)
    diffusion: Diffusion = Diffusion.INDEPENDENT_CASCADE
    certificate: float = 0.9
    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    already: tuple[str, ...] = ()
    key: int | None = None
    """Random key; None draws one, and the answer says which."""
    candidates: Candidates | None = None
    """None: the organisation's people if it has any, else everyone in the network."""
    objective: Objective | None = None
    """None: people who talk where ties are known, else interactions."""
    quotas: tuple[Quota, ...] = ()
    audience: TargetAudience = field(default_factory=TargetAudience)
    """The only people who count; empty: everybody."""
    apart: tuple[tuple[str, str], ...] = ()
    """Pairs of handles of which at most one may be in."""
    days: int | None = None
    """Who talks within so many days counts; None: as long as word travels."""
    hours_per_step: int = 24
    without_fee: bool = False
    """Whether the deal has no fee (a gift, a loan): then unknown fees leave nobody out."""
    runs: int = 10_000
    reserve: int = 10
    costs: CostsPerPerson = field(default_factory=CostsPerPerson)
    mind_complaints: float = 0.0
    """How many people who talk a complainer counts against, from 0 (not at all) to 10."""


@dataclass(frozen=True, slots=True)
class PickedPerson:
    """One person of the choice or of the reserve; an erased one keeps only the numbers."""

    person_id: int | None
    account_id: int
    handle: str
    platform: str
    name: str
    city: str | None = None
    topics: tuple[str, ...] = ()
    followers: int | None = None
    fee: Money | None = None
    marginal_spread: float | None = None
    """People who talk that this one adds to those above; None where word of mouth is not included."""
    expected: float | None = None
    """Expected interactions or views, where the pick is made by them."""
    posting_probability: float | None = None
    past_talkers: float | None = None
    """Mean size of the cascades this person started, in the mentions at hand."""
    overlap: float | None = None
    """Largest share of the direct audience shared with one other picked person (Jaccard)."""
    erased: bool = False
    cost: Money | None = None
    """Fee, device, shipping and other together; None where the fee is not known (old picks: not kept)."""
    complaint_share: float | None = None
    """Share of complaints among answers to this person, where the pick minds them."""
    labelled_answers: int = 0
    """On how many labelled answers to this very person it rests; the rest is everybody's share."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who was not considered, and why."""

    person_id: int | None
    account_id: int
    handle: str
    reason: Note


@dataclass(frozen=True, slots=True)
class OverlapPair:
    """Two people who speak to the same audience, ``second`` left out for it (or kept in spite of it)."""

    first: str
    second: str
    jaccard: float
    of_smaller: float
    both_picked: bool


@dataclass(frozen=True, slots=True)
class AudienceRange:
    """People who may see it: between the largest audience and the sum; one number where lists are known."""

    low: float
    high: float
    known_for: int
    """Of how many picked people the audience is known."""
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Gain:
    """The choice against "biggest accounts first" on the same simulated launches."""

    biggest_first: float
    difference: Range
    wins_of_100: int
    ties_of_100: int
    by_followers: bool
    """Whether "biggest" means followers; otherwise people listening in the network."""
    handles: tuple[str, ...] = ()
    cost: Money | None = None
    """What the biggest would cost, counted as the choice is."""

    @property
    def share(self) -> float | None:
        """The gain as a share of what the biggest bring; None where they bring nothing."""
        return self.difference.mean / self.biggest_first if self.biggest_first > 0 else None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """People who talk with the first so many phones of this choice and its reserve."""

    count: int
    spread: float
    added: float


@dataclass(frozen=True, slots=True)
class PickAnswer:
    """The choice as it was recorded, ready to be drawn."""

    pick_id: int
    campaign_id: int | None
    campaign_name: str
    rung: Rung
    objective: Objective
    picks: tuple[PickedPerson, ...]
    reserve: tuple[PickedPerson, ...]
    spread: Range | None
    """People expected to talk, simulated again on fresh coins; None below rung 3."""
    expected: Range | None
    """Expected interactions or views, where the pick is made by them."""
    certificate: float | None
    """No other choice could be better than this one divided by it (0.93: none beats it by more than 7%)."""
    confidence: float | None
    """With this probability the certificate holds, if the assumptions do."""
    audience: AudienceRange | None
    gain: Gain | None
    overlap: tuple[OverlapPair, ...]
    curve: tuple[CurvePoint, ...]
    left_out: tuple[LeftOut, ...]
    left_out_count: int
    cost: Money | None
    """Fees, devices, shipping and other together; unknown fees count 0 and ``unknown_fees`` says how many."""
    notes: tuple[Note, ...]
    probabilities: str
    diffusion: Diffusion
    stopped_because: str
    key: str
    created_at: datetime
    actor: str
    already: int = 0
    """How many people were already in; their talk is not counted in ``spread``'s marginals."""
    budget: Money | None = None
    workers: int | None = None
    """How many workers of a cluster shared the choosing; None: this computer alone."""
    target: TargetFound | None = None
    """Whom it wants to reach: only they are counted; None: everybody."""
    asked: PickRequest | None = None
    """What was asked, people by today's handles; None where it was not kept."""
    standing: Note | None = None
    """What leads, ties or past results, and why; None where neither could or an older version chose."""
    on_top: Money | None = None
    """What each costs beside the fee: device, shipping and other; None where that depends on the country."""
    unknown_fees: int = 0
    minded: MindedComplaints | None = None
    """What minding complaints gives up and spares; None where they do not count."""

    @property
    def fees(self) -> Money | None:
        """The known fees alone; None where no fee is known."""
        known = [one.fee for one in self.picks if one.fee is not None]
        return Money(sum(fee.minor for fee in known), known[0].currency) if known else None

    @property
    def left(self) -> Money | None:
        """What the budget leaves; None without a budget or where the cost is not known."""
        if self.budget is None or self.cost is None:
            return None
        return Money(self.budget.minor - self.cost.minor, self.budget.currency)


@dataclass(frozen=True, slots=True)
class PickOutcome:
    """Who a pick chose, best first, what they bring, how sure that is, and which version said so."""

    handles: tuple[str, ...]
    value: float | None
    """People who talk, or the interactions or views the pick was made by."""
    certificate: float | None
    version: str


@dataclass(frozen=True, slots=True)
class RecomputedPick:
    """A kept pick computed again from its own record; nothing new is recorded."""

    pick_id: int
    same: bool
    """Whether people, order and figures came out the same to the last digit."""
    before: PickOutcome
    now: PickOutcome
    changed: tuple[Note, ...]
    """What is different since: code version, network, data; a new pick could come out otherwise for it."""


@dataclass(frozen=True, slots=True)
class SwapEffect:
    """What changing one person by hand does, on the same simulated launches."""

    out: str
    into: str
    before: float
    after: float
    difference: Range
    complaining_before: float | None = None
    """Of those who talk; None where the pick does not mind complaints."""
    complaining_after: float | None = None


@dataclass(frozen=True, slots=True)
class DemandPrice:
    """What one demand of a pick costs: the gain of picking again without it."""

    demand: Note
    gain: Range


@dataclass(frozen=True, slots=True)
class DevicePoint:
    """How far word travels from the best so many people, under no demand but who is a candidate."""

    count: int
    spread: float
    per_device: float
    """What each further device added since the point before."""
    certificate: float
    """No other choice of so many could bring more than this one divided by it."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What another number of devices or one demand less would change, under a pick's assumptions."""

    prices: tuple[DemandPrice, ...]
    curve: tuple[DevicePoint, ...]
    """Empty where no ties are known."""
    standing: Note | None = None
    """What leads and why, as the pick says it; None: recorded by a version that did not say."""
    counted: tuple[Note, ...] = ()
    """What the figures count where the pick minds complaints, and how many of it are expected to complain."""


@dataclass(frozen=True, slots=True)
class NextBest:
    """Who to ask next, given those already in a campaign."""

    campaign_id: int
    people: tuple[PickedPerson, ...]
    already: int
    rung: Rung
    left_out_count: int = 0
    standing: Note | None = None


@dataclass(frozen=True, slots=True)
class PickPageState:
    """What the Pick page shows before and after a choice."""

    rung: Rung
    answer: PickAnswer | None
    """The choice asked for, else the newest one."""
    people: int
    """The organisation's own people a pick considers."""
    people_with_fee: int
    everyone: int
    """Accounts a choice among everyone considers."""
    in_stock: int
    budget_left: Money | None
    """Of the chosen campaign, after the fees agreed and what else its people cost."""
    network_beats: bool | None = None
    """Whether the network beat past results and followers on earlier cascades; None: not checked."""
    usual_costs: CostsPerPerson = field(default_factory=CostsPerPerson)
    """Of the chosen campaign: what it says, else those of its newest pick, else what phones in stock cost."""
    currency: str = "EUR"
    """Of the chosen campaign."""
