"""Columns that point at rows: which point at nothing, and how such a row is put right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Enum, Table, Text, and_, delete, exists, or_, select, update
from sqlmodel import Session

from ambassador.store.schema import metadata

_SOFT: Final = (
    ("campaign", "launch_forecast_id", "forecast"),
    ("campaign", "delivered_forecast_id", "forecast"),
)
"""Pointers without a constraint: the two tables point at each other."""
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column and the table whose rows it names."""

    table: Table
    column: Column[Any]
    target: Table


@dataclass(frozen=True, slots=True)
class PointsNowhere:
    """The rows of one table whose pointer names a row that is not there."""

    pointer: Pointer
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnknownState:
    """Rows whose state is none the program knows: a page that meets one stops."""

    table: str
    column: str
    values: tuple[str, ...]
    ids: tuple[int, ...]


def pointers() -> Iterator[Pointer]:
    """Every column that points at a row."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            yield Pointer(table, key.parent, key.column.table)
    for name, column, target in _SOFT:
        yield Pointer(metadata.tables[name], metadata.tables[name].c[column], metadata.tables[target])


def pointers_to_nothing(session: Session) -> list[PointsNowhere]:
    """Find the rows that point at a row that is not there."""
    found = []
    for pointer in pointers():
        target = pointer.target.alias()
        wanted = select(pointer.table.c.id).where(
            pointer.column.is_not(None), ~exists().where(target.c.id == pointer.column)
        )
        ids = tuple(session.execute(wanted.order_by(pointer.table.c.id)).scalars())
        if ids:
            found.append(PointsNowhere(pointer, ids))
    return found


def take_pointers_off(session: Session) -> int:
    """Let optional pointers point at nothing, and take away rows that mean nothing without theirs."""
    mended = 0
    while found := pointers_to_nothing(session):
        for one in found:
            _let_go(session, one.pointer, one.ids)
            mended += len(one.ids)
        session.flush()
    return mended


def _let_go(session: Session, pointer: Pointer, ids: Sequence[int]) -> None:
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        if pointer.column.nullable:
            session.execute(
                update(pointer.table).where(pointer.table.c.id.in_(some)).values({pointer.column.name: None})
            )
        else:
            _remove(session, pointer.table, some)


def _remove(session: Session, table: Table, ids: Sequence[int]) -> None:
    for pointer in pointers():
        if pointer.target is table and ids:
            wanted = select(pointer.table.c.id).where(pointer.column.in_(ids))
            _let_go(session, pointer, list(session.execute(wanted).scalars()))
    session.execute(delete(table).where(table.c.id.in_(ids)))


def unknown_states(session: Session) -> list[UnknownState]:
    """Find rows whose state is none the program knows."""
    found = []
    for table in metadata.sorted_tables:
        for column in table.c:
            if isinstance(column.type, Enum):
                raw = column.cast(Text)
                wanted = select(table.c.id, raw).where(and_(raw.is_not(None), raw.not_in(column.type.enums)))
                rows = session.execute(wanted.order_by(table.c.id)).all()
                if rows:
                    values = tuple(sorted({value for _, value in rows}))
                    found.append(UnknownState(table.name, column.name, values, tuple(key for key, _ in rows)))
    return found


def wrong_parents(session: Session) -> list[int]:
    """Find posts that hang from another post than the one their source names."""
    mention = metadata.tables["mention"]
    above = mention.alias()
    wanted = (
        select(mention.c.id)
        .join(above, above.c.id == mention.c.parent_observed_id)
        .where(
            mention.c.erased_at.is_(None),
            above.c.erased_at.is_(None),
            or_(above.c.post_id != mention.c.parent_post_id, above.c.platform != mention.c.platform),
        )
    )
    return list(session.execute(wanted.order_by(mention.c.id)).scalars())


def forget_parents(session: Session, ids: Sequence[int]) -> None:
    """Let posts look for their parent again."""
    mention = metadata.tables["mention"]
    for first in range(0, len(ids), _AT_ONCE):
        some = ids[first : first + _AT_ONCE]
        session.execute(update(mention).where(mention.c.id.in_(some)).values(parent_observed_id=None))
