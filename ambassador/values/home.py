"""What the first page says: running campaigns, and whom to call today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from ambassador.values.forecasts import DayRange
from ambassador.values.results import Comparison, ObservedDay


class TaskKind(StrEnum):
    """Why something is on the list of today, the most pressing first."""

    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    SILENT = "silent"
    ON_THE_WAY = "on_the_way"
    UNSIGNED = "unsigned"
    UNANSWERED = "unanswered"
    FOLLOW_UP = "follow_up"
    SPIKE = "spike"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, in words, and where."""

    kind: TaskKind
    text: str
    """Message id; ``values`` fill its places."""
    values: Mapping[str, object]
    campaign_id: int
    campaign: str
    page: str
    """Name of the page that shows it."""
    query: Mapping[str, str] = field(default_factory=dict)
    """What the page's address must say to show exactly this."""
    due_on: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class LiveCampaign:
    """A running campaign in one line."""

    campaign_id: int
    name: str
    day: int
    days: int
    talkers: Comparison
    observed: tuple[ObservedDay, ...]
    forecast: tuple[DayRange, ...]
    late: int
    """Things on the list that are late."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page: running campaigns and what to do today."""

    is_empty: bool
    """Nothing was imported yet."""
    campaigns: tuple[LiveCampaign, ...]
    tasks: tuple[Task, ...]
    drafts: int = 0
    """Campaigns not yet launched."""
