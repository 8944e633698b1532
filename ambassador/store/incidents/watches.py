"""What is watched for in perimeters, version by version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.incidents import IncidentWatchRow
from ambassador.store.tables.perimeters import Perimeter
from ambassador.values.incidents import IncidentKind, IncidentWatch
from ambassador.values.perimeters import PerimeterRef


def owner(ref: PerimeterRef) -> dict[str, int | None]:
    """Write a perimeter as the columns that point at it."""
    return {
        "perimeter_id": None if ref.is_campaign else ref.number,
        "campaign_id": ref.number if ref.is_campaign else None,
    }


def ref_of(row: Any) -> PerimeterRef:  # noqa: ANN401 - any row with these two columns
    """Read back which perimeter a row is about."""
    if row.campaign_id is not None:
        return PerimeterRef(row.campaign_id, is_campaign=True)
    return PerimeterRef(row.perimeter_id or 0)


def put_watch(
    session: Session,
    ref: PerimeterRef,
    since: Mapping[IncidentKind, datetime],
    *,
    at: datetime,
    actor: str,
) -> int:
    """Write the next version of what is watched for; give its number."""
    stands = newest_watches(session).get(ref)
    version = stands.version + 1 if stands else 1
    kinds = {kind.value: moment.isoformat() for kind, moment in since.items()}
    row = IncidentWatchRow(**owner(ref), version=version, kinds=kinds, actor=actor, created_at=at)
    session.add(row)
    session.flush()
    return version


def newest_watches(session: Session) -> dict[PerimeterRef, IncidentWatch]:
    """Perimeter -> what is watched for; without those whose perimeter or campaign is archived."""
    away: set[PerimeterRef] = set()
    for table, is_campaign in ((Perimeter, False), (Campaign, True)):
        archived = select(table.id).where(col(table.archived_at).is_not(None))
        away |= {PerimeterRef(number or 0, is_campaign) for number in session.exec(archived)}
    found = {ref_of(row): _watch(row) for row in _rows(session)}
    return {ref: watch for ref, watch in found.items() if ref not in away}


def versions_of(session: Session, ref: PerimeterRef) -> list[IncidentWatch]:
    """Every version of what was watched for in a perimeter, the newest first."""
    return [_watch(row) for row in _rows(session) if ref_of(row) == ref][::-1]


def _rows(session: Session) -> Sequence[IncidentWatchRow]:
    return session.exec(select(IncidentWatchRow).order_by(col(IncidentWatchRow.version))).all()


def _watch(row: IncidentWatchRow) -> IncidentWatch:
    since = {IncidentKind(kind): datetime.fromisoformat(moment) for kind, moment in row.kinds.items()}
    return IncidentWatch(ref_of(row), since, row.version, row.created_at, row.actor)
