"""What the first page says: running campaigns, and whom to call today."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ambassador.values.campaigns.ambassadors import LATE_FROM
from ambassador.values.contacts import Contact
from ambassador.values.forecasts.forecasts import DayRange
from ambassador.values.imports.imports import Note
from ambassador.values.results.results import ForecastComparison, ObservedDay


class TaskKind(StrEnum):
    """Why something is on today's list, the most pressing first."""

    LATE_CASE = "late_case"
    INCIDENT = "incident"
    COMPLAINT = "complaint"
    OVERDUE = "overdue"
    ON_THE_WAY = "on_the_way"
    LEFT_WITH_PHONE = "left_with_phone"
    SILENT = "silent"
    PROMISED = "promised"
    UNSIGNED = "unsigned"
    UNANSWERED = "unanswered"
    NEXT_ACTION = "next_action"
    QUESTION = "question"
    SPIKE = "spike"
    SILENCE = "silence"
    REVIEW = "review"


_LATE_FROM = {TaskKind(reason.value): days for reason, days in LATE_FROM.items()} | {
    TaskKind.COMPLAINT: 1,
    TaskKind.QUESTION: 1,
}
"""Days after which these are late: what was asked this morning can still be answered in time."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, in words, and where to do it."""

    kind: TaskKind
    text: str
    """Message id; ``values`` fill its places."""
    values: Mapping[str, object]
    campaign_id: int
    campaign: str
    page: str
    query: Mapping[str, str | int] = field(default_factory=dict)
    """What the page's address must say to show exactly this."""
    days: int = 0
    """How many days late."""
    count: int = 1
    """How many things this line stands for."""
    contact: Contact | None = None
    """How whoever it is about is reached; None where it is about nobody in particular."""

    @property
    def is_late(self) -> bool:
        """Whether somebody waits for us, or we for them, past its day; the rest is worth a look."""
        if self.kind in _LATE_FROM:
            return self.days >= _LATE_FROM[self.kind]
        return self.kind not in {TaskKind.INCIDENT, TaskKind.SPIKE, TaskKind.SILENCE, TaskKind.REVIEW}


@dataclass(frozen=True, slots=True)
class LiveCampaign:
    """A running campaign in one line."""

    campaign_id: int
    name: str
    day: int
    days: int
    talkers: ForecastComparison
    observed: tuple[ObservedDay, ...]
    forecast: tuple[DayRange, ...]
    late: int
    """Things on the list that are late."""
    led_by: Note | None = None
    """What led in the frozen forecast, past results or ties, in the sentence it was made with."""


@dataclass(frozen=True, slots=True)
class HomeView:
    """The first page: running campaigns and what to do today."""

    is_empty: bool
    """Nothing was imported and nothing planned yet."""
    campaigns: tuple[LiveCampaign, ...]
    tasks: tuple[Task, ...]
    drafts: int = 0
    """Campaigns not yet launched."""
    closed: int = 0

    @property
    def longest(self) -> int:
        """For how many days the oldest has been late."""
        return max((task.days for task in self.tasks if task.is_late), default=0)

    @property
    def late(self) -> int:
        """How many things are late."""
        return sum(task.count for task in self.tasks if task.is_late)
