"""Perimeters: what is watched among all mentions, the versions of their rules, and views somebody kept."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from ambassador.store.tables.base import Row, instant, key_field, points_at, state
from ambassador.values.perimeters import PerimeterKind
from ambassador.values.status import Label


class Perimeter(Row, table=True):
    """A saved watch over mentions: of the brand, a product, a competitor; a campaign's is its match rule."""

    id: int | None = key_field()
    name: str = Field(unique=True)
    kind: PerimeterKind = state(PerimeterKind)
    actor: str = ""
    archived_at: datetime | None = instant(optional=True)
    created_at: datetime = instant()


class PerimeterRuleRow(Row, table=True):
    """Which mentions a perimeter holds; a change is a new version."""

    __tablename__ = "perimeter_rule"
    __table_args__ = (UniqueConstraint("perimeter_id", "version"),)

    id: int | None = key_field()
    perimeter_id: int = points_at("perimeter.id", index=False)
    version: int
    keywords: list[str] = Field(default_factory=list, sa_type=JSON)
    hashtags: list[str] = Field(default_factory=list, sa_type=JSON)
    authors: list[str] = Field(default_factory=list, sa_type=JSON)
    """``platform:handle`` or bare: what they wrote, and what names them."""
    languages: list[str] = Field(default_factory=list, sa_type=JSON)
    exclude_words: list[str] = Field(default_factory=list, sa_type=JSON)
    everything: bool = False
    """Somebody was asked, and means all there is."""
    actor: str = ""
    created_at: datetime = instant()


class SavedViewRow(Row, table=True):
    """A view of the list of mentions, under a name."""

    __tablename__ = "saved_view"

    id: int | None = key_field()
    name: str = Field(unique=True)
    perimeter_id: int | None = points_at("perimeter.id", optional=True)
    campaign_id: int | None = points_at("campaign.id", optional=True)
    """Where the perimeter is that of a campaign."""
    label: Label | None = state(Label, optional=True)
    search: str = ""
    actor: str = ""
    created_at: datetime = instant()
