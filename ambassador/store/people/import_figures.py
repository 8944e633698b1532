"""Dated figures of a file: a new reading is added, the same one is not, an unknown figure erases nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from ambassador.store.bulk import change_rows, chunks, insert_rows
from ambassador.store.tables.base import Row
from ambassador.store.tables.mentions import MentionMetrics
from ambassador.store.tables.people import Snapshot
from ambassador.values.imports.arrivals import Arrival, Fate

_SOURCE = "file"


@dataclass(frozen=True, slots=True)
class FiguresReading:
    """Some figures of one thing at one moment; only those that are known."""

    owner: int
    figures: Mapping[str, Any]
    read_at: datetime
    is_dated: bool
    """Whether the file itself says when; otherwise equal figures are no news."""


def put_snapshots(session: Session, readings: Sequence[FiguresReading], arrival: Arrival) -> list[Fate]:
    """Write what files say about accounts; give each reading's fate."""
    return _put(session, Snapshot, "account_id", readings, arrival)


def put_metrics(session: Session, readings: Sequence[FiguresReading], arrival: Arrival) -> list[Fate]:
    """Write what files say about posts; give each reading's fate."""
    return _put(session, MentionMetrics, "mention_id", readings, arrival)


def _put(
    session: Session, table: type[Row], owner: str, readings: Sequence[FiguresReading], arrival: Arrival
) -> list[Fate]:
    known = _known(session, table, owner, {reading.owner for reading in readings})
    new: dict[tuple[int, datetime], dict[str, Any]] = {}
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    fates = [Fate.DUPLICATE] * len(readings)
    for place, reading in _merged(readings).items():
        history = known.setdefault(reading.owner, {})
        same = history.get(reading.read_at)
        if same is None and _is_news(reading, history):
            history[reading.read_at] = dict(reading.figures)
            new[reading.owner, reading.read_at] = history[reading.read_at]
            fates[place] = Fate.ADDED
        elif same is not None and _differs(reading.figures, same):
            different = {name: value for name, value in reading.figures.items() if same.get(name) != value}
            changes[same["id"]], before[same["id"]] = different, {name: same.get(name) for name in different}
            fates[place] = Fate.UPDATED
    _write(session, table, owner, new, arrival)
    change_rows(session, table, changes, before, arrival.batch_id)
    return fates


def _merged(readings: Sequence[FiguresReading]) -> dict[int, FiguresReading]:
    """Make one of the readings of one thing at one moment; the last has the word."""
    first: dict[tuple[int, datetime], int] = {}
    merged: dict[int, FiguresReading] = {}
    for place, reading in enumerate(readings):
        at = first.setdefault((reading.owner, reading.read_at), place)
        if at in merged:
            reading = replace(reading, figures={**merged[at].figures, **reading.figures})  # noqa: PLW2901
        merged[at] = reading
    return merged


def _is_news(reading: FiguresReading, history: Mapping[datetime, Mapping[str, Any]]) -> bool:
    """Figures without a date of their own are news only if they differ from the last ones before them."""
    if not reading.figures:
        return False
    earlier = [at for at in history if at <= reading.read_at]
    return reading.is_dated or not earlier or _differs(reading.figures, history[max(earlier)])


def _differs(figures: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return any(kept.get(name) != value for name, value in figures.items())


def _write(
    session: Session,
    table: type[Row],
    owner: str,
    new: Mapping[tuple[int, datetime], Mapping[str, Any]],
    arrival: Arrival,
) -> None:
    names = [
        name for name in table.model_fields if name not in {"id", owner, "read_at", "source", "batch_id"}
    ]
    rows = [
        {owner: number, "read_at": at, "source": _SOURCE, "batch_id": arrival.batch_id}
        | {name: figures.get(name) for name in names}
        for (number, at), figures in new.items()
    ]
    insert_rows(session, table, rows)


def _known(
    session: Session, table: type[Row], owner: str, owners: set[int]
) -> dict[int, dict[datetime, dict[str, Any]]]:
    found: dict[int, dict[datetime, dict[str, Any]]] = {}
    columns: Any = table
    for ids in chunks(owners):
        query = select(columns).where(col(getattr(columns, owner)).in_(ids), col(columns.source) == _SOURCE)
        for row in session.exec(query):
            found.setdefault(getattr(row, owner), {})[row.read_at] = row.model_dump()
    return found
