"""What departs is written down: new incidents open, more posts join, what is as usual again closes by itself.

It is worked out from the posts as they are, so that the same posts always give the same incidents; what a
person decided stands.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from ambassador.errors import DatabaseBusyError
from ambassador.services.cascades.forest import read_campaign_forest
from ambassador.services.incidents.detecting import SCANNED_DAYS, find_departing
from ambassador.services.incidents.streams import read_stream
from ambassador.services.work import UnitOfWork
from ambassador.store.incidents import incidents as store
from ambassador.store.incidents.watches import newest_watches
from ambassador.store.kept import kept_for
from ambassador.store.stale import next_turn
from ambassador.store.tables.incidents import Incident
from ambassador.values.incidents import Departing, IncidentEventKind, IncidentKind, IncidentStatus
from ambassador.values.perimeters import PerimeterRef


@dataclass(frozen=True, slots=True)
class IncidentChange:
    """What is to be written: a new incident, one that is otherwise now, or one that has fallen away."""

    ref: PerimeterRef
    incident_id: int | None
    found: Departing | None
    """None: nothing departs there any more."""


def follow_now(work: UnitOfWork) -> int:
    """Look for what departs and write down what is otherwise; say how many incidents changed.

    Examples
    --------
    >>> follow_now(work)
    0
    """
    if work.as_of is not None:
        return 0
    with work.reading(one_moment=True) as session:
        if not incidents_to_follow(session, work):
            return 0
    with suppress(DatabaseBusyError), work.writing() as session:
        next_turn(session)
        return follow_incidents(session, work)
    return 0


def follow_incidents(session: Session, work: UnitOfWork) -> int:
    """Do the same inside a transaction that is already open.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     follow_incidents(writing, work)
    0
    """
    changes = incidents_to_follow(session, work)
    write_incidents(session, work, changes)
    return len(changes)


def incidents_to_follow(session: Session, work: UnitOfWork) -> list[IncidentChange]:
    """Find what has to be written so that the incidents are those of the posts.

    Examples
    --------
    >>> incidents_to_follow(session, work)
    []
    """
    watches = {ref: watch for ref, watch in newest_watches(session).items() if watch.since}
    if not watches:
        return []
    reach = read_campaign_forest(session, work.now()).as_of
    changes: list[IncidentChange] = []
    for ref, watch in watches.items():
        found = found_in(session, ref, tuple(sorted(watch.since)), work.now())
        known = store.list_incidents(session, ref=ref)
        for kind, departing in found.items():
            wanted = [one for one in departing if one.last_at >= watch.since[kind]]
            rows = [row for row in known if row.kind is kind and _is_scanned(row, reach)]
            changes += _compared(ref, rows, wanted)
    return changes


def write_incidents(session: Session, work: UnitOfWork, changes: Sequence[IncidentChange]) -> None:
    """Write what was found.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     write_incidents(writing, work, [])
    """
    at = work.now()
    for change in changes:
        if change.incident_id is None and change.found is not None:
            row = store.add_incident(session, change.ref, change.found, at=at)
            store.add_event(session, row, IncidentEventKind.OPENED, at=at)
            _settle(session, row, change.found, at)
        elif change.incident_id is not None:
            row = store.get_incident(session, change.incident_id, lock=True)
            if change.found is None:
                _fall_away(session, row, at)
            else:
                _take_over(session, row, change.found, at)


def found_in(
    session: Session, ref: PerimeterRef, kinds: tuple[IncidentKind, ...], now: datetime
) -> Mapping[IncidentKind, tuple[Departing, ...]]:
    """Find what departs in a perimeter; it is kept until rows it rests on change.

    Examples
    --------
    >>> found_in(session, PerimeterRef(campaign, is_campaign=True), (IncidentKind.SPIKE,), work.now())
    {<IncidentKind.SPIKE: 'spike'>: ()}
    """
    reach = read_campaign_forest(session, now).as_of

    def build() -> Mapping[IncidentKind, tuple[Departing, ...]]:
        stream = read_stream(session, ref, now)
        return {kind: find_departing(stream, kind).departing for kind in kinds}

    return kept_for(session, "incidents", (ref, kinds, reach), build)


def _is_scanned(row: Incident, reach: datetime) -> bool:
    """Whether it lies in the days that are looked at; what is older stays as it was found."""
    return row.last_at >= reach - timedelta(days=SCANNED_DAYS)


def _compared(
    ref: PerimeterRef, rows: Sequence[Incident], wanted: Sequence[Departing]
) -> list[IncidentChange]:
    """Match findings with what is written: by their branch, else by the time they share."""
    left = list(rows)
    pairs: list[tuple[Incident, Departing]] = []
    for same in (_same_branch, _same_time):
        paired = {id(found) for _, found in pairs}
        for found in wanted:
            row = next((row for row in left if same(row, found)), None)
            if row is not None and id(found) not in paired:
                left.remove(row)
                pairs.append((row, found))
                paired.add(id(found))
    paired = {id(found) for _, found in pairs}
    changes = [IncidentChange(ref, row.id, found) for row, found in pairs if _differs(row, found)]
    changes += [IncidentChange(ref, row.id, None) for row in left if row.stands]
    return changes + [IncidentChange(ref, None, found) for found in wanted if id(found) not in paired]


def _same_branch(row: Incident, found: Departing) -> bool:
    return row.root_id == found.root_id and (row.root_id is not None or row.started_at == found.began_at)


def _same_time(row: Incident, found: Departing) -> bool:
    return row.started_at <= found.last_at and found.began_at <= row.last_at


def _differs(row: Incident, found: Departing) -> bool:
    values = _values(found).items()
    is_other = not row.stands or any(getattr(row, name) != value for name, value in values)
    return is_other or _opens(row, found) or _closes(row, found)


def _values(found: Departing) -> dict[str, object]:
    return {
        "root_id": found.root_id,
        "started_at": found.began_at,
        "noticed_at": found.noticed_at,
        "last_at": found.last_at,
        "posts": found.posts,
        "usual": found.expected,
    }


def _take_over(session: Session, row: Incident, found: Departing, at: datetime) -> None:
    more = found.posts > row.posts
    for name, value in _values(found).items():
        setattr(row, name, value)
    session.flush()
    if more:
        _note_joined(session, row, at)
    was_away, row.stands = not row.stands, True
    _settle(session, row, found, at, was_away=was_away)


def _note_joined(session: Session, row: Incident, at: datetime) -> None:
    """Write down that posts joined; of several times in a row the last one stays."""
    last = store.last_event(session, row.id or 0)
    if last is not None and last.kind is IncidentEventKind.JOINED:
        last.posts, last.happened_at = row.posts, at
        session.flush()
    else:
        store.add_event(session, row, IncidentEventKind.JOINED, at=at)


def _settle(
    session: Session, row: Incident, found: Departing, at: datetime, *, was_away: bool = False
) -> None:
    """Close what is as usual again, open again what is not; what a person decided stands."""
    opens, closes = _opens(row, found), _closes(row, found)
    if opens:
        row.status = IncidentStatus.OPEN
    if opens or was_away:
        store.add_event(session, row, IncidentEventKind.AGAIN, at=at)
    if closes:
        row.status = IncidentStatus.CLOSED
        store.add_event(session, row, IncidentEventKind.CALM, at=at)
    session.flush()


def _opens(row: Incident, found: Departing) -> bool:
    return row.status is IncidentStatus.CLOSED and not row.by_hand and not found.is_calm


def _closes(row: Incident, found: Departing) -> bool:
    return row.status is IncidentStatus.OPEN and not row.by_hand and found.is_calm


def _fall_away(session: Session, row: Incident, at: datetime) -> None:
    row.stands = False
    if row.status is IncidentStatus.OPEN and not row.by_hand:
        row.status = IncidentStatus.CLOSED
    store.add_event(session, row, IncidentEventKind.FELL_AWAY, at=at)
