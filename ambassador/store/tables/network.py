"""Ties between accounts, the networks built from them, and what was learned."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, LargeBinary, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Row, count_field, instant, key_field, points_at


class Tie(Row, table=True):
    """Influence flows source -> target: a follower is the **target** of whom they follow.

    ``origin`` is ``file`` or ``mentions``; ties derived from mentions are rebuilt from them at any time.
    """

    __table_args__ = (UniqueConstraint("source_id", "target_id", "platform", "kind", "origin"),)

    id: int | None = key_field()
    source_id: int = points_at("account.id", index=False)
    target_id: int = points_at("account.id")
    platform: str
    kind: str = ""
    origin: str = "file"
    weight: float | None = None
    interactions: int | None = count_field()
    given_probability: float | None = None
    first_at: datetime | None = instant(optional=True)
    last_at: datetime | None = instant(optional=True)
    batch_id: int | None = points_at("import_batch.id", optional=True)


class NetworkSnapshot(Row, table=True):
    """A network as it was when a pick or a forecast used it. Never changed."""

    __tablename__ = "network_snapshot"

    id: int | None = key_field()
    sha256: str = Field(unique=True)
    node_count: int = count_field()
    tie_count: int = count_field()
    direction: str = "source influences target"
    probabilities: str = ""
    built_at: datetime = instant()
    arrays: bytes | None = Field(default=None, nullable=True, sa_type=LargeBinary)
    file_name: str = ""
    """Content-addressed file in the data folder, where the arrays are too large for a row."""


class ParameterSet(Row, table=True):
    """Learned values: which algorithm, until when, on what, how good. Never changed."""

    __tablename__ = "parameter_set"

    id: int | None = key_field()
    kind: str
    algorithm: str
    version: str
    trained_until: datetime | None = instant(optional=True)
    data_hash: str = ""
    scope_platform: str = ""
    scope_topic: str = ""
    metrics: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    arrays: bytes | None = Field(default=None, nullable=True, sa_type=LargeBinary)
    file_name: str = ""
    created_at: datetime = instant()
