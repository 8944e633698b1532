"""Incidents: posts of a perimeter that depart from its own past, as services hand them over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ambassador.values.cascades.growth import CascadeOutlook
from ambassador.values.perimeters import PerimeterRef


class IncidentKind(StrEnum):
    """How posts depart from the past of their perimeter."""

    SPIKE = "spike"
    COMPLAINTS = "complaints"
    SILENCE = "silence"


class IncidentStatus(StrEnum):
    """How an incident stands."""

    OPEN = "open"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    """Somebody said that it was a false alarm."""


class IncidentEventKind(StrEnum):
    """What happened to an incident."""

    OPENED = "opened"
    JOINED = "joined"
    """More posts came."""
    CALM = "calm"
    """It is as usual again: closed by itself."""
    AGAIN = "again"
    """What had been closed by itself departs again."""
    FELL_AWAY = "fell_away"
    """What came, changed or went since says that nothing departs there."""
    CLOSED = "closed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class IncidentWatch:
    """What is watched of one perimeter, and since when."""

    ref: PerimeterRef
    since: Mapping[IncidentKind, datetime]
    """What is watched for, and from when on a departure is an incident. Empty: switched off."""
    version: int
    changed_at: datetime
    actor: str


@dataclass(frozen=True, slots=True)
class Departing:
    """A stretch of posts that departs from the past, as it is found; nothing of it is stored yet."""

    kind: IncidentKind
    root_id: int | None
    """The post its branch begins with; None: silence, or many posts that do not hang together."""
    began_at: datetime
    noticed_at: datetime
    """When the rule could have told."""
    last_at: datetime
    posts: int
    expected: float
    """Posts of the whole perimeter that were usual from the beginning to the last departure."""
    is_calm: bool
    """Whether it has been as usual for a day."""


@dataclass(frozen=True, slots=True)
class KindPreview:
    """What watching for one kind would have done in the past."""

    kind: IncidentKind
    days: float
    """Of the past that could be judged: each day by what came before it."""
    alarms: tuple[Departing, ...]
    """The newest first."""
    an_hour: float | None
    """Posts usual in an hour, by the newest past; None where there is too little of it."""
    dispersion: float | None = None
    """Variance over mean of counts: how far talk comes in clusters."""
    by_chance: float = 0.0
    """Alarms that chance alone raises in those days."""
    missing_days: int = 0
    """Days of past that are still needed."""
    missing_posts: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether there is past enough to watch."""
        return self.missing_days == 0 and self.missing_posts == 0

    @property
    def false_share(self) -> float | None:
        """Share of the alarms that chance alone explains; None without an alarm."""
        return min(self.by_chance / len(self.alarms), 1.0) if self.alarms else None


@dataclass(frozen=True, slots=True)
class IncidentPreview:
    """What the rule would have raised on the past of a perimeter, before it is switched on."""

    ref: PerimeterRef
    name: str
    kinds: tuple[KindPreview, ...]
    reach: datetime | None
    """Until when there are posts at all."""
    zone: str


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """One incident in a list."""

    id: int
    ref: PerimeterRef
    perimeter: str
    kind: IncidentKind
    status: IncidentStatus
    began_at: datetime
    noticed_at: datetime
    last_at: datetime
    posts: int
    expected: float
    root_id: int | None = None
    handle: str = ""
    """Of whoever its branch begins with; empty for an erased one."""
    text: str = ""
    reason: str = ""
    """Why it was dismissed or closed."""
    stands: bool = True
    """False: what is here now no longer says so."""
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who took part."""

    handle: str
    """Empty for somebody who was erased."""
    platform: str
    posts: int
    first_at: datetime


@dataclass(frozen=True, slots=True)
class TypicalPost:
    """A post that says what most of them say."""

    mention_id: int
    handle: str
    posted_at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class IncidentEventView:
    """One thing that happened to an incident."""

    kind: IncidentEventKind
    at: datetime
    actor: str
    """Empty: it happened by itself."""
    text: str = ""
    posts: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentView:
    """One incident, opened."""

    card: IncidentCard
    joined: tuple[Joined, ...]
    """Who took part, with most posts first."""
    people: int
    typical: tuple[TypicalPost, ...]
    words: tuple[str, ...]
    """That lead it: more frequent in it than before in the perimeter."""
    events: tuple[IncidentEventView, ...]
    outlook: CascadeOutlook | None = None
    """Where its branch is heading; None where it is no branch."""
    zone: str = "UTC"


@dataclass(frozen=True, slots=True)
class IncidentList:
    """Incidents with what is watched, and how many of those looked at were false alarms."""

    incidents: Sequence[IncidentCard]
    watches: Sequence[IncidentWatch]
    """The newest version of each perimeter that was ever watched."""
    zone: str = "UTC"
    dismissed: int = 0
    judged: int = 0
    """Incidents that somebody closed or dismissed."""
