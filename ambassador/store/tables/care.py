"""Cases of customers who want an answer: what happened to each, when somebody is there, what is promised.

Status, moments and what is due of a case follow from its events; they stand on the case so that the queue is
one question of the database.
"""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Row, instant, key_field, points_at, state
from ambassador.values.care.states import (
    CaseChannel,
    CaseEventKind,
    CaseKind,
    CasePriority,
    CaseStatus,
    PromiseClock,
)


class CareCase(Row, table=True):
    """One matter of one customer, however often they wrote."""

    __tablename__ = "care_case"
    __table_args__ = (Index("ix_care_case_status_due", "status", "due_at"),)

    id: int | None = key_field()
    kind: CaseKind = state(CaseKind)
    status: CaseStatus = state(CaseStatus, CaseStatus.NEW)
    priority: CasePriority = state(CasePriority, CasePriority.NORMAL)
    channel: CaseChannel = state(CaseChannel)
    is_private: bool = False
    subject: str = ""
    customer: str = ""
    """What the customer is called where they have no account here."""
    contact: str = ""
    account_id: int | None = points_at("account.id", optional=True)
    campaign_id: int | None = points_at("campaign.id", optional=True)
    owner: str = ""
    opened_at: datetime = instant(index=True)
    """When the customer first wrote."""
    first_answer_at: datetime | None = instant(optional=True)
    waiting_since: datetime | None = instant(optional=True)
    """Since when the customer waits for an answer; None: they do not."""
    solved_at: datetime | None = instant(optional=True)
    due_at: datetime | None = instant(optional=True)
    """When the first of the promises that run is broken; None: none runs."""
    due_clock: PromiseClock | None = state(PromiseClock, optional=True)
    merged_into_id: int | None = points_at("care_case.id", optional=True)
    satisfaction: int | None = None
    satisfaction_note: str = ""
    actor: str = ""
    revision: int = 1
    created_at: datetime = instant()


class CareEvent(Row, table=True):
    """One thing that was said or done; a post of the customer or of ours is pointed at, not copied."""

    __tablename__ = "care_event"
    __table_args__ = (
        UniqueConstraint("case_id", "mention_id"),
        Index("ix_care_event_case_happened", "case_id", "happened_at"),
    )

    id: int | None = key_field()
    case_id: int = points_at("care_case.id", index=False)
    kind: CaseEventKind = state(CaseEventKind)
    happened_at: datetime = instant()
    text: str = ""
    mention_id: int | None = points_at("mention.id", optional=True)
    other_case_id: int | None = points_at("care_case.id", optional=True)
    """The case this one was merged with, split from or linked to."""
    from_case_id: int | None = points_at("care_case.id", optional=True, index=False)
    """The case it happened to before the two became one."""
    actor: str = ""
    created_at: datetime = instant()
    minutes: int | None = None
    """Of work it took us, as somebody logged them; None: nobody did."""


class CareLink(Row, table=True):
    """Two cases that have to do with each other, the earlier first."""

    __tablename__ = "care_link"
    __table_args__ = (UniqueConstraint("case_id", "other_case_id"),)

    id: int | None = key_field()
    case_id: int = points_at("care_case.id", index=False)
    other_case_id: int = points_at("care_case.id")
    actor: str = ""
    created_at: datetime = instant()


class OpeningPeriod(Row, table=True):
    """From when to when somebody is there on one weekday."""

    __tablename__ = "opening_period"
    __table_args__ = (UniqueConstraint("weekday", "opens_minute"),)

    id: int | None = key_field()
    weekday: int
    """Monday is 0."""
    opens_minute: int
    """After midnight, by the clock of the calendar's zone."""
    closes_minute: int


class ClosedDate(Row, table=True):
    """A day on which nobody is there; a holiday says whose."""

    __tablename__ = "closed_day"
    __table_args__ = (UniqueConstraint("day", "country"),)

    id: int | None = key_field()
    day: date
    name: str = ""
    country: str = Field(default="", max_length=2)


class CarePromiseRow(Row, table=True):
    """What is promised for cases of a kind and a priority; None stands for any."""

    __tablename__ = "care_promise"

    id: int | None = key_field()
    kind: CaseKind | None = state(CaseKind, optional=True)
    priority: CasePriority | None = state(CasePriority, optional=True)
    first_minutes: int | None = None
    next_minutes: int | None = None
    solution_minutes: int | None = None
    in_opening_hours: bool = True


class CannedAnswer(Row, table=True):
    """An answer kept ready in one language; what stands in braces is filled in."""

    __tablename__ = "canned_answer"
    __table_args__ = (UniqueConstraint("title", "language"),)

    id: int | None = key_field()
    title: str
    language: str = "en"
    text: str
    actor: str = ""
    created_at: datetime = instant()
