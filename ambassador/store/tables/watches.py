"""What is followed live: from where, how far it was read, and what the last run brought."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Row, instant, key_field


class Watch(Row, table=True):
    """One account, hashtag, video or stream that is followed. No secret stands here."""

    __table_args__ = (UniqueConstraint("source", "what", "target", "server"),)

    id: int | None = key_field()
    source: str
    """Name of the adapter."""
    what: str
    """What is followed, in the words of the adapter: account, hashtag, ..."""
    target: str
    server: str = ""
    every_minutes: int = 15
    cursor: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """How far it was read; written in the transaction of the rows it covers."""
    actor: str = ""
    created_at: datetime = instant()
    runs: int = 0
    """How many were begun; one that was cut off goes on as the same."""
    began_at: datetime | None = instant(optional=True)
    """When the last run began; without an end it was cut off, or is under way."""
    ended_at: datetime | None = instant(optional=True)
    next_at: datetime | None = instant(optional=True)
    added: int = 0
    updated: int = 0
    known: int = 0
    merged: int = 0
    left_out: int = 0
    refused: int = 0
    refusals: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    """Message id of a reason -> rows refused for it."""
    failure: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    """Message id and values of what ended the last run early."""
