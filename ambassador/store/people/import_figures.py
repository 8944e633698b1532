"""Dated figures of a file: a new reading is added, the same one is not, an unknown figure erases nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.store.among import among
from ambassador.store.bulk import change_rows, chunks, insert_columns, insert_rows, table_of
from ambassador.store.tables.base import Row
from ambassador.store.tables.mentions import MentionMetrics
from ambassador.store.tables.people import Snapshot
from ambassador.values.imports.arrivals import Arrival, Fate, Fates

_SOURCE = "file"
_A_MOMENT = timedelta(seconds=1)
FIGURE_WORDS = {
    "followers": mark("Followers"),
    "following": mark("Following"),
    "posts": mark("Posts"),
    "average_likes": mark("Average likes"),
    "average_comments": mark("Average comments"),
    "average_views": mark("Average views"),
    "engagement_rate": mark("Engagement rate"),
    "likes": mark("Likes"),
    "replies": mark("Replies"),
    "reposts": mark("Reposts"),
    "quotes": mark("Quotes"),
    "saves": mark("Saves"),
    "views": mark("Views"),
    "reach": mark("Reach"),
}
"""What figures are called."""


@dataclass(frozen=True, slots=True)
class FiguresReading:
    """Some figures of one thing at one moment; only those that are known."""

    owner: int
    figures: Mapping[str, Any]
    read_at: datetime
    is_dated: bool
    """Whether the file itself says when; otherwise equal figures are no news."""
    keeps_both: bool = False
    """Whether another figure in a later row of the file is kept beside this one."""
    line: int = 0
    what: str = ""
    """Whose figures they are, for what is told of those that changed."""


def put_snapshots(
    session: Session, readings: Sequence[FiguresReading], arrival: Arrival, told: Fates
) -> list[Fate]:
    """Write what files say about accounts; give each reading's fate."""
    owners = {reading.owner for reading in readings}
    return _put(session, (Snapshot, "account_id"), readings, owners, arrival, told)


def put_metrics(
    session: Session,
    readings: Sequence[FiguresReading],
    arrival: Arrival,
    told: Fates,
) -> list[Fate]:
    """Write what files say about posts that were here before; give each reading's fate."""
    owners = {reading.owner for reading in readings}
    return _put(session, (MentionMetrics, "mention_id"), readings, owners, arrival, told)


def put_first_metrics(
    session: Session,
    posts: Sequence[int],
    read_at: Sequence[datetime],
    figures: Mapping[str, Sequence[int | None]],
    arrival: Arrival,
) -> None:
    """Write the first figures of posts, one reading of each, by column."""
    count = len(posts)
    shared: dict[str, Sequence[Any]] = {"source": [_SOURCE] * count, "batch_id": [arrival.batch_id] * count}
    insert_columns(
        session, MentionMetrics, {"mention_id": posts, "read_at": read_at, **shared, **figures}, count
    )


def _put(
    session: Session,
    where: tuple[type[Row], str],
    readings: Sequence[FiguresReading],
    owners: set[int],
    arrival: Arrival,
    told: Fates,
) -> list[Fate]:
    table, owner = where
    known = _known(session, table, owner, owners)
    new: dict[tuple[int, datetime], dict[str, Any]] = {}
    changes: dict[int, dict[str, Any]] = {}
    before: dict[int, dict[str, Any]] = {}
    fates = [Fate.DUPLICATE] * len(readings)
    for place, reading in _apart(readings, told).items():
        history = known.setdefault(reading.owner, {})
        same = history.get(reading.read_at)
        if same is None and _is_news(reading, history):
            _tell_changes(reading, history, told)
            history[reading.read_at] = dict(reading.figures)
            new[reading.owner, reading.read_at] = history[reading.read_at]
            fates[place] = Fate.ADDED
        elif same is not None and _differs(reading.figures, same):
            different = {name: value for name, value in reading.figures.items() if same.get(name) != value}
            changes[same["id"]], before[same["id"]] = different, {name: same.get(name) for name in different}
            fates[place] = Fate.UPDATED
            for name, value in different.items():
                if same.get(name) is not None:
                    told.changed(reading.line, reading.what, FIGURE_WORDS[name], same[name], value)
    _write(session, table, owner, new, arrival)
    change_rows(session, table, changes, before, arrival.batch_id)
    return fates


def _apart(readings: Sequence[FiguresReading], told: Fates) -> dict[int, FiguresReading]:
    """Make one of the readings of one thing at one moment, unless a later row says another figure.

    Then both are kept, the earlier one a second before the later: the last row has the word.
    """
    kept: dict[int, FiguresReading] = {}
    last: dict[tuple[int, datetime], int] = {}
    earlier: dict[tuple[int, datetime], list[int]] = {}
    for place, reading in enumerate(readings):
        key = (reading.owner, reading.read_at)
        before = last.get(key)
        if before is None:
            last[key], kept[place] = place, reading
        elif (
            not reading.keeps_both
            or reading.is_dated
            or not _contradict(kept[before].figures, reading.figures)
        ):
            if reading.keeps_both:
                _tell_contradictions(kept[before], reading, told)
            merged = {**kept[before].figures, **reading.figures}
            kept[before] = replace(kept[before], figures=merged)
        else:
            earlier.setdefault(key, []).append(before)
            last[key], kept[place] = place, reading
    for places in earlier.values():
        for back, place in enumerate(reversed(places), start=1):
            kept[place] = replace(kept[place], read_at=kept[place].read_at - back * _A_MOMENT)
    return kept


def _tell_contradictions(one: FiguresReading, later: FiguresReading, told: Fates) -> None:
    """Tell what two rows of a file say differently about one day; the later one has the word."""
    for name, value in later.figures.items():
        if one.figures.get(name, value) != value:
            told.changed(later.line, later.what, FIGURE_WORDS[name], one.figures[name], value)


def _contradict(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return any(one[name] != value for name, value in other.items() if name in one)


def _tell_changes(
    reading: FiguresReading, history: Mapping[datetime, Mapping[str, Any]], told: Fates
) -> None:
    """Tell which figures differ from the last ones known before them."""
    earlier = [at for at in history if at <= reading.read_at]
    if not earlier:
        return
    before = history[max(earlier)]
    for name, value in reading.figures.items():
        if before.get(name) is not None and before[name] != value:
            told.changed(reading.line, reading.what, FIGURE_WORDS[name], before[name], value)


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
    stored = table_of(table)
    names = list(stored.c.keys())
    for ids in chunks(owners):
        query = select(*stored.c).where(among(stored.c[owner], ids), stored.c.source == _SOURCE)
        for values in session.execute(query):
            row = dict(zip(names, values, strict=True))
            found.setdefault(row[owner], {})[row["read_at"]] = row
    return found
