"""How honest forecasts proved: shares inside the intervals, against what simple ways would have said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from math import isclose
from typing import Final

from ambassador.values.cascades.growth import SizeEvaluation
from ambassador.values.cascades.parents import ParentsEvaluation
from ambassador.values.learning import InfluenceEvaluation


class Way(StrEnum):
    """A way to forecast how many people a post makes talk."""

    PAST = "past results"
    FOLLOWERS = "followers"
    NETWORK = "network"
    POOLED = "past sizes, whoever starts"
    STRANGERS = "strangers"


@dataclass(frozen=True, slots=True)
class IntervalCoverage:
    """How many observed values lay inside intervals that promise ``level`` per cent."""

    level: int
    inside: int
    of: int
    p_value: float | None
    """Exact binomial, two-sided: how often chance alone would miss the promise as much. Where the whole
    forecast is known, values on an end of the interval are split by chance first: sizes are whole numbers."""
    tested: int | None = None
    """How many were inside once those on an end were split; None where none were split."""

    @property
    def is_too_narrow(self) -> bool:
        """On which side of the promise what was tested lies."""
        return 100 * (self.inside if self.tested is None else self.tested) < self.level * self.of

    @property
    def could_fail(self) -> bool:
        """Whether so many can refute the promise at all: even if none, or all, lay inside."""
        ends = [(self.level / 100) ** self.of, (1 - self.level / 100) ** self.of]
        least = sum(one for one in ends if isclose(one, min(ends)))
        return least < 0.05  # noqa: PLR2004 - the usual level

    @property
    def share(self) -> float | None:
        """The share inside; None where there is nothing."""
        return self.inside / self.of if self.of else None

    @property
    def is_kept(self) -> bool | None:
        """Whether the promise is not refuted at the 5% level."""
        return None if self.p_value is None else self.p_value >= 0.05  # noqa: PLR2004 - the usual level


@dataclass(frozen=True, slots=True)
class WayRecord:
    """How one way of forecasting did."""

    way: Way
    coverage: tuple[IntervalCoverage, ...]
    interval_score: float
    """Mean score of the 80% intervals: width, plus ten times the distance outside; smaller is better."""
    histogram: tuple[int, ...]
    """Where observed values fell in the predictive distributions, in ten equal parts."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One forecast beside what was observed."""

    label: str
    middle: float
    low: float
    high: float
    """The 80% interval."""
    observed: float


CLEARLY: Final = 1.0
"""Standard errors by which a network must be better before it leads."""


@dataclass(frozen=True, slots=True)
class LogRecord:
    """Forecasts of past cascades, each from earlier ones alone."""

    cascades: int
    """Cascades that were forecast."""
    history: int
    """Earlier cascades the first forecast was made from."""
    ways: tuple[WayRecord, ...]
    judged: tuple[Judged, ...] = ()
    """By the best way, newest last."""
    network_reason: str = ""
    """Why the network was not tried; empty where it was."""
    network_margin: float | None = None
    """By how many standard errors the network's score beat the best other way's, by cascade;
    None where it was not tried, or an older version did not compute it."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """How much each way counts in the one law that leads, by name; empty: an older version had none."""
    doubt: float | None = None
    """Standard deviation of the logarithm by which whole launches miss beyond their parts."""

    def of(self, way: Way) -> WayRecord | None:
        """The record of one way."""
        return next((one for one in self.ways if one.way is way), None)

    @property
    def network_beats(self) -> bool | None:
        """Whether the network beat every other way by more than chance; None where it was not tried."""
        network = self.of(Way.NETWORK)
        others = [one.interval_score for one in self.ways if one.way is not Way.NETWORK]
        if network is None or not others:
            return None
        clear = self.network_margin is None or self.network_margin >= CLEARLY
        return clear and network.interval_score < min(others)

    @property
    def best_by_starter(self) -> Way:
        """Which of the ways that look at the starter alone did better: strangers, unless past sizes did."""
        past, strangers = self.of(Way.PAST), self.of(Way.STRANGERS)
        worse = past is not None and strangers is not None and past.interval_score < strangers.interval_score
        return Way.PAST if worse or strangers is None else Way.STRANGERS


@dataclass(frozen=True, slots=True)
class CampaignRecord:
    """Forecasts frozen at the launch of closed campaigns."""

    campaigns: int
    totals: tuple[IntervalCoverage, ...]
    """Whole campaigns: people who talk, mentions, views."""
    ambassadors: tuple[IntervalCoverage, ...]
    judged: tuple[Judged, ...] = ()


TIES_ALONE: Final = "stored"
"""The tie probabilities alone, which picks and forecasts run on."""


@dataclass(frozen=True, slots=True)
class InfluenceLine:
    """How well one way told who joined, on cascades it had not seen; as ``evaluate influence`` gives it."""

    name: str
    """Empty: what was learned; ``TIES_ALONE``: its tie probabilities; else the simple way set against it."""
    auc: float | None
    log_likelihood: float
    calibration_error: float


@dataclass(frozen=True, slots=True)
class SizeCheck:
    """How well sizes would have been foretold after a while; as ``evaluate size`` gives it."""

    hours: float
    """How long each cascade was watched."""
    posts: int
    """Cascades with fewer posts by then were left out."""
    found: SizeEvaluation | None
    missing: int = 0
    """How many more such cascades are needed."""


@dataclass(frozen=True, slots=True)
class OwnPastCheck:
    """What ``ambassador evaluate`` says, of the workspace's own past; None: what is missing is counted."""

    sizes: tuple[SizeCheck, ...] = ()
    parents: ParentsEvaluation | None = None
    parents_missing: int = 0
    """Posts that name what they answer."""
    influence: InfluenceEvaluation | None = None
    influence_missing: int = 0
    """People who join after somebody they listen to."""
    cascades_missing: int = 0
    """Cascades that are over, for the forecasts by rolling origin."""
    checked_on: str = ""
    """Names the past that was looked at, so that the same is not looked at twice."""


def simple_ways(lines: Sequence[InfluenceLine]) -> tuple[InfluenceLine, ...]:
    """The simple ways alone, the best first."""
    return tuple(one for one in lines if one.name not in {"", TIES_ALONE})


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything known of how earlier forecasts turned out."""

    campaigns: CampaignRecord
    log: LogRecord | None
    """None: too few cascades."""
    checked_at: datetime | None = None
    """When the cascades of the log were last forecast anew."""
    influence: tuple[InfluenceLine, ...] = ()
    """What was learned first, its tie probabilities, then the simple ways; empty before any check."""
    exposed: int = 0
    """People exposed in the cascades these were measured on."""
    own_past: OwnPastCheck | None = None
    """None: not checked yet."""
