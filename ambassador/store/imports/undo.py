"""Take an import back: what it changed is restored, what it brought is removed unless somebody uses it.

Every step does at most so many rows and says whether there are more, so that it can be one transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, or_, update
from sqlmodel import Session, col, select

from ambassador.store.bulk import chunks, from_json, table_of
from ambassador.store.cascades.parents import resolve_parents
from ambassador.store.networks.derived_ties import ORIGIN as DERIVED
from ambassador.store.post_words import write_words
from ambassador.store.tables.activations import Ballot, EntrySource, LiveQuestion, Moment, PollPost, ReplyVote
from ambassador.store.tables.base import Row
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.store.tables.imports import ImportChange
from ambassador.store.tables.incidents import Incident
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
from ambassador.store.tables.people import Account, AccountMove, AudienceMember, Person, PersonMerge, Snapshot
from ambassador.store.tables.records import Forecast, Outcome, Pick
from ambassador.store.tables.tone import ToneLabel

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
_POSTS = table_of(Mention).name
_HANGING = ("parent_observed_id", "parent_inferred_id")


def moved_on_since(session: Session, batch_id: int) -> str:
    """Name a parcel this import moved and somebody has moved again; ``""`` when there is none."""
    seen: set[tuple[str, int]] = set()
    for change in _changes(session, batch_id):
        key = (change.table_name, change.row_id)
        if not change.before or change.table_name not in {"device", "custody"} or key in seen:
            continue
        seen.add(key)
        row = session.get(_TABLES[change.table_name], change.row_id)
        if row is not None and not _is_untouched(row, change):
            return row.reference if isinstance(row, Custody) else str(getattr(row, "serial", change.row_id))
    return ""


def restore_changed(
    session: Session, batch_id: int, below: int | None = None, at_most: int | None = None
) -> int | None:
    """Return changed columns back what they held, the latest change first; what was edited since stays.

    Gives the number of the last change looked at, below which the next step goes on; None at the end.
    """
    changes = _changes(session, batch_id, below, at_most)
    for change in changes:
        if not change.before:
            continue  # an erasure emptied it
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
    write_words(session, {change.row_id for change in changes if change.table_name == _POSTS})
    if changes and len(changes) == at_most:
        return changes[-1].id
    _delete(session, DeviceEvent, col(DeviceEvent.batch_id) == batch_id)
    session.expire_all()
    return None


def _changes(
    session: Session, batch_id: int, below: int | None = None, at_most: int | None = None
) -> Sequence[ImportChange]:
    wanted = select(ImportChange).where(ImportChange.batch_id == batch_id)
    if below is not None:
        wanted = wanted.where(col(ImportChange.id) < below)
    return session.exec(wanted.order_by(col(ImportChange.id).desc()).limit(at_most)).all()


def _is_untouched(row: Row, change: ImportChange) -> bool:
    after = from_json(type(row), change.before["to"])
    return all(getattr(row, name) == value for name, value in after.items())


SAID: tuple[type[Row], ...] = (Tie, MentionMetrics, MentionLabel, PostAlias, Outcome)
"""What says something of posts and accounts: it goes before them."""


def remove_rows(session: Session, row: type[Row], batch_id: int, at_most: int) -> bool:
    """Remove rows of a table that an import brought; say whether there may be more."""
    return _remove(session, row, _of(row, batch_id), at_most)


def remove_readings(session: Session, batch_id: int, at_most: int) -> bool:
    """Remove the figures of accounts an import brought; say whether there may be more."""
    return _remove(session, Snapshot, _of(Snapshot, batch_id), at_most)


def _remove(session: Session, row: Any, wanted: ColumnElement[bool], at_most: int) -> bool:  # noqa: ANN401
    ids = list(session.exec(select(row.id).where(wanted).limit(at_most)))
    _delete(session, row, col(row.id).in_(ids))
    return len(ids) == at_most


def remove_mentions(session: Session, batch_id: int, at_most: int) -> bool:
    """Remove posts no other import and no person has spoken about; say whether there may be more."""
    spoken = or_(
        exists().where(col(MentionMetrics.mention_id) == Mention.id),
        exists().where(col(MentionLabel.mention_id) == Mention.id),
        exists().where(col(ToneLabel.mention_id) == Mention.id),
        exists().where(col(CareEvent.mention_id) == Mention.id),
        exists().where(col(EntrySource.mention_id) == Mention.id),
        exists().where(col(LiveQuestion.mention_id) == Mention.id),
        exists().where(col(PollPost.mention_id) == Mention.id),
        exists().where(col(ReplyVote.mention_id) == Mention.id),
        exists().where(col(MentionCampaign.mention_id) == Mention.id, col(MentionCampaign.by_hand)),
    )
    ids = list(session.exec(select(Mention.id).where(_of(Mention, batch_id), ~spoken).limit(at_most)))
    for row in (MentionCampaign, Credit, ParentCandidate, PostAlias):
        _delete(session, row, col(row.mention_id).in_(ids))
    _delete(session, ParentCandidate, col(ParentCandidate.candidate_id).in_(ids))
    for name in _HANGING:
        hanging = update(Mention).where(col(getattr(Mention, name)).in_(ids))
        session.execute(hanging.values({name: None, "inferred_by": ""}), execution_options=_PLAIN)
    begun = update(Incident).where(col(Incident.root_id).in_(ids)).values(root_id=None)
    session.execute(begun, execution_options=_PLAIN)
    _delete(session, Mention, col(Mention.id).in_(ids))
    session.expire_all()
    if len(ids) == at_most:
        return True
    resolve_parents(session)
    return False


def remove_devices(session: Session, batch_id: int) -> bool:
    """Remove devices nobody ever held."""
    held = exists().where(col(Custody.device_id) == Device.id)
    ids = list(session.exec(select(Device.id).where(_of(Device, batch_id), ~held)))
    for some in chunks(ids):
        _delete(session, DeviceEvent, col(DeviceEvent.device_id).in_(some))
        _delete(session, Device, col(Device.id).in_(some))
    return False


def remove_people(session: Session, batch_id: int, made_at: datetime, at_most: int) -> bool:
    """Remove people who are nobody's ambassador; say whether there may be more."""
    if _was_chosen_from(session, made_at):
        return False
    moved = or_(col(AccountMove.from_person_id) == Person.id, col(AccountMove.to_person_id) == Person.id)
    merged = or_(col(PersonMerge.kept_id) == Person.id, col(PersonMerge.merged_id) == Person.id)
    ours = col(Ambassador.person_id) == Person.id
    needed = or_(*(exists().where(one) for one in (ours, moved, merged)))
    leaving = list(session.exec(select(Person.id).where(_of(Person, batch_id), ~needed).limit(at_most)))
    free = update(Account).where(col(Account.person_id).in_(leaving)).values(person_id=None)
    session.execute(free, execution_options=_PLAIN)
    _delete(session, Person, col(Person.id).in_(leaving))
    return len(leaving) == at_most


def remove_accounts(session: Session, batch_id: int, made_at: datetime, at_most: int) -> bool:
    """Remove accounts nothing speaks of; say whether there may be more. Derived ties are made again."""
    if _was_chosen_from(session, made_at):
        return False
    unused = _of(Account, batch_id) & ~or_(*_uses_of_account()) & col(Account.person_id).is_(None)
    ids = list(session.exec(select(Account.id).where(unused).limit(at_most)))
    for end in (Tie.source_id, Tie.target_id):
        _delete(session, Tie, (col(Tie.origin) == DERIVED) & col(end).in_(ids))
    _delete(session, Account, col(Account.id).in_(ids))
    return len(ids) == at_most


def release(session: Session, batch_id: int) -> int:
    """Let go of the rows that stay because somebody uses them by now; say how many."""
    return sum(_release(session, row, batch_id) for row in (Mention, Device, Person, Account))


def _uses_of_account() -> Iterable[ColumnElement[bool]]:
    ends = or_(col(Tie.source_id) == Account.id, col(Tie.target_id) == Account.id)
    yield exists().where(col(Tie.origin) != DERIVED, ends)
    for column in (
        Mention.account_id,
        Snapshot.account_id,
        AudienceMember.account_id,
        AccountMove.account_id,
        CareCase.account_id,
        Ballot.account_id,
        EntrySource.account_id,
        LiveQuestion.account_id,
        Moment.account_id,
    ):
        yield exists().where(col(column) == Account.id)


def _was_chosen_from(session: Session, made_at: datetime) -> bool:
    """Whether a pick or forecast was made since: it may refer to these people and accounts."""
    return any(
        session.exec(select(func.count()).select_from(row).where(col(row.created_at) >= made_at)).one()
        for row in (Pick, Forecast)
    )


def _release(session: Session, row: Any, batch_id: int) -> int:  # noqa: ANN401 - a table with a batch
    count = session.exec(select(func.count()).select_from(row).where(_of(row, batch_id))).one()
    session.execute(update(row).where(_of(row, batch_id)).values(batch_id=None), execution_options=_PLAIN)
    return int(count)


def _of(row: Any, batch_id: int) -> ColumnElement[bool]:  # noqa: ANN401 - a table with a batch
    return col(row.batch_id) == batch_id


def _delete(session: Session, row: type[Row], wanted: ColumnElement[bool]) -> None:
    session.execute(delete(row).where(wanted), execution_options=_PLAIN)


_PLAIN: dict[str, Any] = {"synchronize_session": None}
