"""What every table shares: one registry, named constraints, aware UTC, enums as text, 64-bit keys."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, TypeDecorator
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

Key = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on PostgreSQL; SQLite numbers rows only in a column declared INTEGER, which there has 64 bits."""


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """Base of every table; its own registry, because Streamlit imports modules again after an edit."""


# One row of the year 1 or 9999, let in before imports refused such dates, stopped all pages that add to it.
FIRST_MOMENT, LAST_MOMENT = datetime(1970, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant; SQLite forgets the zone, so it is refused naive and given back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive instants and store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive instant {value!r}: say which zone it is in"
            raise ValueError(message)
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return UTC back, within the years that can be shown in any zone and counted in."""
        del dialect
        if value is None:
            return None
        return within_years(value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC))


def within_years(instant: datetime) -> datetime:
    """Move a moment into the years that can be shown in any zone and counted in."""
    return min(max(instant, FIRST_MOMENT), LAST_MOMENT)


def key_field() -> Any:  # noqa: ANN401 - SQLModel's Field is untyped
    """Make the primary key."""
    return Field(default=None, primary_key=True, sa_type=Key)


def points_at(target: str, *, optional: bool = False, index: bool = True) -> Any:  # noqa: ANN401
    """Make a column that points at ``table.id``."""
    if optional:
        return Field(default=None, foreign_key=target, index=index, nullable=True, sa_type=Key)
    return Field(foreign_key=target, index=index, nullable=False, sa_type=Key)


def instant(*, optional: bool = False, index: bool = False) -> Any:  # noqa: ANN401
    """Make a column for an aware instant."""
    if optional:
        return Field(default=None, nullable=True, index=index, sa_type=UTCDateTime)
    return Field(nullable=False, index=index, sa_type=UTCDateTime)


def count_field() -> Any:  # noqa: ANN401
    """Make a 64-bit count that may be unknown."""
    return Field(default=None, nullable=True, sa_type=BigInteger)


def state(enum: type[StrEnum], default: StrEnum | None = None, *, optional: bool = False) -> Any:  # noqa: ANN401
    """Make a column for an enum, kept as its text without a CHECK (which goes stale unnoticed)."""
    kept: Any = Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=32,
        values_callable=lambda members: [member.value for member in members],
    )
    if default is None and not optional:
        return Field(nullable=False, sa_type=kept)
    return Field(default=default, nullable=optional, sa_type=kept)
