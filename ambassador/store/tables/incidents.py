"""Incidents of perimeters: what is watched for, what departed from its past, what was done about it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Key, Row, instant, key_field, points_at, state
from ambassador.values.incidents import IncidentEventKind, IncidentKind, IncidentStatus

_ONE_OWNER = "(perimeter_id IS NULL) <> (campaign_id IS NULL)"


class IncidentWatchRow(Row, table=True):
    """What is watched for in a perimeter or in what belongs to a campaign; a change is a new version."""

    __tablename__ = "incident_watch"
    __table_args__ = (
        UniqueConstraint("perimeter_id", "version"),
        UniqueConstraint("campaign_id", "version"),
        CheckConstraint(_ONE_OWNER, name="one_owner"),
    )

    id: int | None = key_field()
    perimeter_id: int | None = points_at("perimeter.id", optional=True, index=False)
    campaign_id: int | None = points_at("campaign.id", optional=True, index=False)
    version: int
    kinds: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    """Kind -> from when on departures are incidents, as text. Empty: switched off."""
    actor: str = ""
    created_at: datetime = instant()


class Incident(Row, table=True):
    """Posts that depart from the past of their perimeter: one branch, posts without one, or silence."""

    __table_args__ = (CheckConstraint(_ONE_OWNER, name="one_owner"),)

    id: int | None = key_field()
    perimeter_id: int | None = points_at("perimeter.id", optional=True)
    campaign_id: int | None = points_at("campaign.id", optional=True)
    kind: IncidentKind = state(IncidentKind)
    status: IncidentStatus = state(IncidentStatus, IncidentStatus.OPEN)
    root_id: int | None = Field(
        default=None, sa_column=Column(Key, ForeignKey("mention.id", ondelete="SET NULL"), index=True)
    )
    """The post its branch begins with, as long as that is here."""
    started_at: datetime = instant()
    noticed_at: datetime = instant()
    last_at: datetime = instant(index=True)
    posts: int
    usual: float
    """Posts of the whole perimeter that are usual in that time."""
    stands: bool = True
    """False: what is here now no longer says so."""
    by_hand: bool = False
    """Somebody decided how it stands; it neither closes nor opens by itself any more."""
    reason: str = ""
    revision: int = 1
    created_at: datetime = instant()


class IncidentEvent(Row, table=True):
    """One thing that happened to an incident, by itself or by somebody."""

    __tablename__ = "incident_event"

    id: int | None = key_field()
    incident_id: int = points_at("incident.id")
    kind: IncidentEventKind = state(IncidentEventKind)
    happened_at: datetime = instant()
    text: str = ""
    posts: int | None = None
    """How many it held then."""
    actor: str = ""
