"""What was read of accounts over time, and the newest known value of each figure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from typing import Any

from sqlmodel import Session, col, select

from ambassador.store.people.people import in_slices
from ambassador.store.tables.people import Account, Snapshot
from ambassador.values.people.people import LatestFigures, Reading

_NAMES = tuple(field.name for field in fields(LatestFigures) if field.name != "read_at")


def list_readings(session: Session, account_ids: Collection[int] | None = None) -> dict[int, list[Reading]]:
    """Read every snapshot of accounts, oldest first; of all accounts of people when no ids are given."""
    columns = [col(getattr(Snapshot, name)) for name in ("account_id", "read_at", "source", *_NAMES)]
    wanted = select(*columns).order_by(col(Snapshot.read_at), col(Snapshot.id))
    if account_ids is None:
        of_people = wanted.join(Account, col(Account.id) == Snapshot.account_id)
        queries = [of_people.where(col(Account.person_id).is_not(None))]
    else:
        queries = [wanted.where(col(Snapshot.account_id).in_(ids)) for ids in in_slices(set(account_ids))]
    found: dict[int, list[Reading]] = defaultdict(list)
    for query in queries:
        rows: Any = session.exec(query)
        for account_id, read_at, source, *figures in rows:
            found[account_id].append(Reading(read_at, source, LatestFigures(*(*figures, read_at))))
    return dict(found)


def newest_figures(readings: Iterable[Reading]) -> LatestFigures:
    """Fold readings, oldest first: each figure's newest known value, whichever reading it stands in."""
    newest, rest = LatestFigures(), list(readings)
    if len(rest) == 1 and rest[0].figures.read_at == rest[0].at:
        return rest[0].figures
    for reading in rest:
        values: dict[str, Any] = {name: getattr(reading.figures, name) for name in _NAMES}
        known: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
        known["read_at"] = reading.at
        newest = replace(newest, **known)
    return newest
