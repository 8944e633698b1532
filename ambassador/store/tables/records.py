"""Picks and forecasts as they were made, and the outcomes logged later."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, text
from sqlmodel import Field

from ambassador.store.tables.base import Row, count_field, instant, key_field, points_at, state
from ambassador.values.status import OutcomeKind

_HAS_TOKEN = text("token <> ''")


class Pick(Row, table=True):
    """A choice as it was computed: ids only, every argument, the random key as text. Never changed."""

    id: int | None = key_field()
    campaign_id: int | None = points_at("campaign.id", optional=True)
    network_snapshot_id: int | None = points_at("network_snapshot.id", optional=True)
    parameter_set_id: int | None = points_at("parameter_set.id", optional=True)
    rung: int
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    random_key: str
    """As text: ``numpy.random.Generator(PCG64(int(random_key)))``."""
    code_version: str
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    actor: str
    created_at: datetime = instant()


class Forecast(Row, table=True):
    """What was expected, recorded before it could be known. Never changed."""

    id: int | None = key_field()
    campaign_id: int | None = points_at("campaign.id", optional=True)
    pick_id: int | None = points_at("pick.id", optional=True)
    network_snapshot_id: int | None = points_at("network_snapshot.id", optional=True)
    parameter_set_id: int | None = points_at("parameter_set.id", optional=True)
    rung: int
    arguments: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    random_key: str
    code_version: str
    result: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    actor: str
    created_at: datetime = instant()


class Outcome(Row, table=True):
    """Something that came of the campaign: orders by code, visits, press, a lesson."""

    __table_args__ = (
        Index("uq_outcome_token", "token", unique=True, sqlite_where=_HAS_TOKEN, postgresql_where=_HAS_TOKEN),
    )

    id: int | None = key_field()
    campaign_id: int = points_at("campaign.id")
    ambassador_id: int | None = points_at("ambassador.id", optional=True)
    kind: OutcomeKind = state(OutcomeKind)
    code: str = ""
    quantity: int | None = count_field()
    value_minor: int | None = count_field()
    currency: str = Field(default="EUR", max_length=3)
    happened_on: date | None = None
    note: str = ""
    token: str = ""
    actor: str = ""
    archived_at: datetime | None = instant(optional=True)
    batch_id: int | None = points_at("import_batch.id", optional=True)
    created_at: datetime = instant()
