"""All tables loaded, so that ``metadata`` is complete; also the guard on records that never change."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from ambassador.errors import FrozenRecordError
from ambassador.i18n import mark
from ambassador.store.tables import (
    activations,
    campaigns,
    care,
    devices,
    imports,
    incidents,
    mentions,
    network,
    people,
    perimeters,
    records,
    tone,
    watches,
)
from ambassador.store.tables.base import Row

metadata = Row.metadata
MODULES = (
    people, network, campaigns, devices, mentions, records, imports, activations, watches, care, perimeters,
    tone, incidents,
)  # fmt: skip
FROZEN = (records.Pick, records.Forecast, network.NetworkSnapshot, network.ParameterSet)


def refuse_change(session: Session, _context: Any, _instances: Any) -> None:  # noqa: ANN401 - SQLAlchemy's event
    """Stop a flush that would change or delete a frozen record."""
    for row in (*session.dirty, *session.deleted):
        if isinstance(row, FROZEN) and (row in session.deleted or session.is_modified(row)):
            message = mark("{what} {number} is a record of what was known then: it cannot be changed")
            raise FrozenRecordError(message, what=type(row).__name__, number=row.id)


def guard_records(session_class: type[Session]) -> None:
    """Put the guard on every session of a class."""
    event.listen(session_class, "before_flush", refuse_change)


__all__ = ["FROZEN", "MODULES", "guard_records", "metadata"]
