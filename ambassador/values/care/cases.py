"""Cases as forms hand them over and as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ambassador.values.care.states import (
    CaseChannel,
    CaseEventKind,
    CaseKind,
    CasePriority,
    CaseStatus,
    PromiseClock,
)
from ambassador.values.imports.imports import Note, RejectedRow


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A message, call or e-mail as somebody typed it."""

    text: str
    kind: CaseKind = CaseKind.QUESTION
    channel: CaseChannel = CaseChannel.MESSAGE
    customer: str = ""
    """What the customer is called."""
    contact: str = ""
    """E-mail or telephone."""
    account: str = ""
    """``platform:handle`` where it came from an account."""
    is_private: bool = True
    priority: CasePriority = CasePriority.NORMAL
    owner: str = ""
    subject: str = ""
    campaign_id: int | None = None
    said_at: datetime | None = None
    """When it came; None: now."""


@dataclass(frozen=True, slots=True)
class CasesFile:
    """What a table of messages, calls and e-mails holds."""

    drafts: tuple[tuple[int, CaseDraft], ...]
    """Each with the line it stands on."""
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CasesReport:
    """What came of bringing such a table in."""

    opened: tuple[int, ...] = ()
    """The numbers of new cases."""
    joined: int = 0
    """Went to a case of the same customer that is not solved."""
    known: int = 0
    """Were here already."""
    rejected: tuple[RejectedRow, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseFields:
    """What can be changed of a case by hand."""

    kind: CaseKind
    priority: CasePriority
    owner: str
    subject: str
    is_private: bool
    customer: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """Which case holds what was said."""

    id: int
    is_new: bool
    """False: it went to a case of the same person that was not solved."""


@dataclass(frozen=True, slots=True)
class CaseCard:
    """One case in the queue."""

    id: int
    kind: CaseKind
    status: CaseStatus
    priority: CasePriority
    channel: CaseChannel
    is_private: bool
    subject: str
    customer: str
    owner: str
    opened_at: datetime
    due_at: datetime | None
    due_clock: PromiseClock | None
    first_answer_at: datetime | None
    waiting_since: datetime | None
    solved_at: datetime | None
    revision: int
    merged_into: int | None = None
    satisfaction: int | None = None

    def late_by(self, now: datetime) -> timedelta | None:
        """By how much the promise is missed; None where it is not."""
        return now - self.due_at if self.due_at is not None and self.due_at < now else None

    def due_in(self, now: datetime) -> timedelta | None:
        """How much time is left; None where nothing is due, or it is late."""
        return self.due_at - now if self.due_at is not None and self.due_at >= now else None


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are wanted; empty: any."""

    statuses: Sequence[CaseStatus] = ()
    kinds: Sequence[CaseKind] = ()
    priorities: Sequence[CasePriority] = ()
    channels: Sequence[CaseChannel] = ()
    owner: str | None = None
    """None: anybody's; empty: nobody's."""
    campaign_id: int | None = None
    late: bool = False
    search: str = ""
    limit: int = 50
    after: int | None = None
    """The number of the case the page before ended with."""


@dataclass(frozen=True, slots=True)
class CaseQueue:
    """Cases in the order they are due, and how many there are."""

    rows: tuple[CaseCard, ...]
    total: int
    """Of those asked for."""
    late: int
    """Of those asked for."""
    unowned: int
    """Of those asked for."""
    now: datetime
    has_promises: bool = True


@dataclass(frozen=True, slots=True)
class CaseEventRow:
    """One thing that happened to a case."""

    id: int
    kind: CaseEventKind
    at: datetime
    actor: str
    text: str
    mention_id: int | None = None
    url: str = ""
    other_id: int | None = None
    """The case it was merged with, split from or linked to."""
    from_case: int | None = None
    """The case it happened to before that one was merged into this."""
    is_gone: bool = False
    """Whether the post was taken down or erased."""
    minutes: int | None = None
    """Of work it took, as logged."""


@dataclass(frozen=True, slots=True)
class CaseClock:
    """One clock of a case: what was promised, what was taken."""

    clock: PromiseClock
    started_at: datetime
    stopped_at: datetime | None
    taken: timedelta
    """By the clock on the wall, without the time the customer was waited for."""
    taken_open: timedelta
    """The same, of the time somebody was there."""
    promised: timedelta | None
    in_opening_hours: bool
    due_at: datetime | None
    """None where nothing is promised, or the clock stands still."""

    @property
    def is_kept(self) -> bool | None:
        """Whether the promise was kept or still can be; None where nothing is promised."""
        if self.promised is None:
            return None
        return (self.taken_open if self.in_opening_hours else self.taken) <= self.promised


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case, opened."""

    card: CaseCard
    fields: CaseFields
    events: tuple[CaseEventRow, ...]
    clocks: tuple[CaseClock, ...]
    now: datetime
    campaign_id: int | None = None
    handle: str = ""
    linked: tuple[int, ...] = ()
    merged: tuple[int, ...] = ()
    """The cases that were merged into it."""
    satisfaction_note: str = ""
    handles: tuple[str, ...] = field(default=())
    """Of the same person."""


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """An answer kept ready in one language; what stands in braces is filled in."""

    title: str
    language: str
    text: str
