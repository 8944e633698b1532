"""People, their accounts, and what was read about them, dated."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field

from ambassador.store.tables.base import Row, count_field, instant, key_field, points_at

_NOT_ERASED = text("erased_at IS NULL")
_STANDS = text("reverted_at IS NULL")
_KNOWN_NATIVE_ID = text("native_id <> '' AND erased_at IS NULL")


class Person(Row, table=True):
    """Somebody the organisation may work with. Personal columns are NULL once erased."""

    id: int | None = key_field()
    name: str | None = Field(default=None, index=True)
    city: str | None = Field(default=None, index=True)
    country: str | None = None
    language: str | None = None
    topics: list[str] = Field(default_factory=list, sa_type=JSON)
    email: str | None = None
    notes: str | None = None
    fee_minor: int | None = count_field()
    fee_currency: str | None = Field(default=None, max_length=3)
    posting_probability: float | None = None
    """Set by hand, with the reason in the notes; otherwise it comes from their history."""
    is_candidate: bool = True
    """Whether picks consider them; ordinary people of the network are accounts without a person."""
    score_by_hand: float | None = None
    """Said by a person instead of the computed score, which stays visible; always with a reason."""
    score_reason: str | None = None
    source: str = ""
    lawful_basis: str = ""
    noticed_on: date | None = None
    objected_at: datetime | None = instant(optional=True)
    archived_at: datetime | None = instant(optional=True)
    erased_at: datetime | None = instant(optional=True)
    batch_id: int | None = points_at("import_batch.id", optional=True)
    created_at: datetime = instant()
    telephone: str | None = None
    """As it is written; ``values.contacts.is_telephone`` tells whether it can be called."""


class Account(Row, table=True):
    """One account on one platform; it may belong to a person known or not yet known."""

    __table_args__ = (
        Index(
            "uq_account_platform_handle",
            "platform",
            "handle",
            unique=True,
            sqlite_where=_NOT_ERASED,
            postgresql_where=_NOT_ERASED,
        ),
        Index(
            "uq_account_platform_native_id",
            "platform",
            "native_id",
            unique=True,
            sqlite_where=_KNOWN_NATIVE_ID,
            postgresql_where=_KNOWN_NATIVE_ID,
        ),
        Index("ix_account_handle", "handle"),
    )

    id: int | None = key_field()
    person_id: int | None = points_at("person.id", optional=True)
    platform: str
    native_id: str = ""
    handle: str
    """Canonical: ``values.identity.canonical_handle``."""
    display_handle: str = ""
    url: str = ""
    is_brand: bool = False
    """Ours: a reply from here to a complaint is an answer."""
    archived_at: datetime | None = instant(optional=True)
    erased_at: datetime | None = instant(optional=True)
    batch_id: int | None = points_at("import_batch.id", optional=True)
    created_at: datetime = instant()


class AccountMove(Row, table=True):
    """History of which person an account belonged to, so that a merge can be reversed."""

    __tablename__ = "account_move"

    id: int | None = key_field()
    account_id: int = points_at("account.id")
    from_person_id: int | None = points_at("person.id", optional=True, index=False)
    to_person_id: int | None = points_at("person.id", optional=True, index=False)
    moved_at: datetime = instant()
    actor: str
    reason: str = ""
    reverted_at: datetime | None = instant(optional=True)


class PersonMerge(Row, table=True):
    """Two rows found to be one person: what went over, so that it can go back."""

    __tablename__ = "person_merge"
    __table_args__ = (
        Index(
            "uq_person_merge_open", "merged_id", unique=True, sqlite_where=_STANDS, postgresql_where=_STANDS
        ),
    )

    id: int | None = key_field()
    kept_id: int = points_at("person.id")
    merged_id: int = points_at("person.id", index=False)
    moved: dict[str, list[Any]] = Field(default_factory=dict, sa_type=JSON)
    """Ids and names of fields (``accounts``, ``ambassadors``, ``filled``), never personal data."""
    merged_at: datetime = instant()
    actor: str
    reason: str = ""
    reverted_at: datetime | None = instant(optional=True)


class Snapshot(Row, table=True):
    """What an account's page said at one moment; NULL is unknown, never 0."""

    __table_args__ = (UniqueConstraint("account_id", "read_at", "source"),)

    id: int | None = key_field()
    account_id: int = points_at("account.id", index=False)
    read_at: datetime = instant()
    source: str = ""
    followers: int | None = count_field()
    following: int | None = count_field()
    posts: int | None = count_field()
    average_likes: float | None = None
    average_comments: float | None = None
    average_views: float | None = None
    engagement_rate: float | None = None
    batch_id: int | None = points_at("import_batch.id", optional=True)


class AudienceMember(Row, table=True):
    """One follower of one account, as a salted hash, so that follower lists overlap without names."""

    __tablename__ = "audience"
    __table_args__ = (UniqueConstraint("account_id", "member_hash"),)

    id: int | None = key_field()
    account_id: int = points_at("account.id", index=False)
    member_hash: bytes = Field(sa_type=LargeBinary)
    read_at: datetime = instant()
    batch_id: int | None = points_at("import_batch.id", optional=True)


class Suppression(Row, table=True):
    """A keyed hash left by an erasure, so that an import does not bring the person back."""

    id: int | None = key_field()
    key_hash: str = Field(unique=True)
    suppressed_at: datetime = instant()
