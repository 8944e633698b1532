"""Take an import back: what it changed is restored, what it brought is removed unless somebody uses it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, update
from sqlmodel import Session, col, select

from ambassador.store.bulk import chunks, from_json, table_of
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.networks.derived_ties import ORIGIN as DERIVED
from ambassador.store.tables.base import Row
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.store.tables.imports import ImportChange
from ambassador.store.tables.mentions import (
    Credit,
    Mention,
    MentionCampaign,
    MentionLabel,
    MentionMetrics,
    ParentCandidate,
    PostAlias,
)
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, AccountMove, AudienceMember, Person, Snapshot
from ambassador.store.tables.records import Forecast, Outcome, Pick

_CHANGED: tuple[type[Row], ...] = (
    Account,
    Person,
    Device,
    Custody,
    DeviceEvent,
    Mention,
    MentionMetrics,
    Snapshot,
    Tie,
    Outcome,
)
_TABLES = {table_of(row).name: row for row in _CHANGED}
_HANGING = ("parent_observed_id", "parent_inferred_id")


def moved_on_since(session: Session, batch_id: int) -> str:
    """Name a parcel this import moved and somebody has moved again; ``""`` when there is none."""
    seen: set[tuple[str, int]] = set()
    for change in _changes(session, batch_id):
        key = (change.table_name, change.row_id)
        if change.table_name not in {"device", "custody"} or key in seen:
            continue
        seen.add(key)
        row = session.get(_TABLES[change.table_name], change.row_id)
        if row is not None and not _is_untouched(row, change):
            return row.reference if isinstance(row, Custody) else str(getattr(row, "serial", change.row_id))
    return ""


def restore_changed(session: Session, batch_id: int) -> None:
    """Return changed columns back what they held, the latest change first; what was edited since stays."""
    for change in _changes(session, batch_id):
        kind = _TABLES[change.table_name]
        row = session.get(kind, change.row_id)
        if row is None:
            continue
        before = from_json(kind, change.before["from"])
        after = from_json(kind, change.before["to"])
        for name, value in after.items():
            if getattr(row, name) == value:
                setattr(row, name, before[name])
        session.flush()
    _delete(session, DeviceEvent, col(DeviceEvent.batch_id) == batch_id)
    session.expire_all()


def _changes(session: Session, batch_id: int) -> Sequence[ImportChange]:
    wanted = select(ImportChange).where(ImportChange.batch_id == batch_id)
    latest_first = session.exec(wanted.order_by(col(ImportChange.id).desc())).all()
    return [change for change in latest_first if change.before]  # an erasure emptied the others


def _is_untouched(row: Row, change: ImportChange) -> bool:
    after = from_json(type(row), change.before["to"])
    return all(getattr(row, name) == value for name, value in after.items())


def remove_brought(session: Session, batch_id: int, made_at: datetime) -> int:
    """Remove the rows an import brought; say how many stay because somebody uses them by now."""
    _delete(session, Tie, col(Tie.origin) == DERIVED)  # made again from the mentions that stay
    for row in (Tie, MentionMetrics, MentionLabel, PostAlias, Outcome):
        _delete(session, row, _of(row, batch_id))
    _remove_mentions(session, batch_id)
    _delete(session, Snapshot, _of(Snapshot, batch_id))
    _remove_devices(session, batch_id)
    if not _was_chosen_from(session, made_at):
        _remove_people(session, batch_id)
    return sum(_release(session, row, batch_id) for row in (Mention, Device, Person, Account))


def _remove_mentions(session: Session, batch_id: int) -> None:
    """Remove posts no other import and no person has spoken about."""
    spoken = or_(
        exists().where(col(MentionMetrics.mention_id) == Mention.id),
        exists().where(col(MentionLabel.mention_id) == Mention.id),
        exists().where(col(MentionCampaign.mention_id) == Mention.id, col(MentionCampaign.by_hand)),
    )
    ids = list(session.exec(select(Mention.id).where(_of(Mention, batch_id), ~spoken)))
    for some in chunks(ids):
        for row in (MentionCampaign, Credit, ParentCandidate, PostAlias):
            _delete(session, row, col(row.mention_id).in_(some))
        _delete(session, ParentCandidate, col(ParentCandidate.candidate_id).in_(some))
        for name in _HANGING:
            hanging = update(Mention).where(col(getattr(Mention, name)).in_(some))
            session.execute(hanging.values({name: None, "inferred_by": ""}), execution_options=_PLAIN)
    for some in chunks(ids):
        _delete(session, Mention, col(Mention.id).in_(some))
    session.expire_all()
    resolve_parents(session)


def _remove_devices(session: Session, batch_id: int) -> None:
    """Remove devices nobody ever held."""
    held = exists().where(col(Custody.device_id) == Device.id)
    ids = list(session.exec(select(Device.id).where(_of(Device, batch_id), ~held)))
    for some in chunks(ids):
        _delete(session, DeviceEvent, col(DeviceEvent.device_id).in_(some))
        _delete(session, Device, col(Device.id).in_(some))


def _remove_people(session: Session, batch_id: int) -> None:
    """Remove people who are nobody's ambassador, and accounts nothing speaks of."""
    moved = or_(col(AccountMove.from_person_id) == Person.id, col(AccountMove.to_person_id) == Person.id)
    needed = or_(exists().where(col(Ambassador.person_id) == Person.id), exists().where(moved))
    leaving = list(session.exec(select(Person.id).where(_of(Person, batch_id), ~needed)))
    for some in chunks(leaving):
        free = update(Account).where(col(Account.person_id).in_(some)).values(person_id=None)
        session.execute(free, execution_options=_PLAIN)
        _delete(session, Person, col(Person.id).in_(some))
    _delete(
        session,
        Account,
        _of(Account, batch_id) & ~or_(*_uses_of_account()) & col(Account.person_id).is_(None),
    )


def _uses_of_account() -> Iterable[ColumnElement[bool]]:
    yield exists().where(or_(col(Tie.source_id) == Account.id, col(Tie.target_id) == Account.id))
    for column in (
        Mention.account_id,
        Snapshot.account_id,
        AudienceMember.account_id,
        AccountMove.account_id,
    ):
        yield exists().where(col(column) == Account.id)


def _was_chosen_from(session: Session, made_at: datetime) -> bool:
    """Whether a pick or forecast was made since: it may refer to these people and accounts."""
    return any(
        session.exec(select(func.count()).select_from(row).where(col(row.created_at) >= made_at)).one()
        for row in (Pick, Forecast)
    )


def _release(session: Session, row: Any, batch_id: int) -> int:  # noqa: ANN401 - a table with a batch
    """Let go of the rows that stay, so that they belong to no import any more."""
    count = session.exec(select(func.count()).select_from(row).where(_of(row, batch_id))).one()
    session.execute(update(row).where(_of(row, batch_id)).values(batch_id=None), execution_options=_PLAIN)
    return int(count)


def _of(row: Any, batch_id: int) -> ColumnElement[bool]:  # noqa: ANN401 - a table with a batch
    return col(row.batch_id) == batch_id


def _delete(session: Session, row: type[Row], wanted: ColumnElement[bool]) -> None:
    session.execute(delete(row).where(wanted), execution_options=_PLAIN)


_PLAIN: dict[str, Any] = {"synchronize_session": None}
