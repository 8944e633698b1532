"""Ambassadors: listed, found, edited several at once, and what they answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from ambassador.errors import IllegalStatusChangeError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.mentions.refresh import mark_speaker, writing_up_to_date
from ambassador.services.work import UnitOfWork
from ambassador.store.campaigns import ambassadors as store
from ambassador.store.campaigns.ambassador_rows import ambassador_rows
from ambassador.store.campaigns.ambassadors import ambassadors_of
from ambassador.store.devices.custody import label_of, move_custody, open_custody
from ambassador.store.devices.devices import get_device
from ambassador.store.devices.moments import by_the_clock
from ambassador.store.people.people import find_accounts
from ambassador.store.tables.campaigns import Ambassador
from ambassador.values.campaigns.ambassadors import (
    AmbassadorEdit,
    AmbassadorEventView,
    AmbassadorRow,
    AnswerReport,
    EditReport,
)
from ambassador.values.devices import PhoneFate
from ambassador.values.status import AmbassadorStatus, DeviceStatus

_FATES = {
    PhoneFate.BACK: DeviceStatus.IN_STOCK,
    PhoneFate.KEPT: DeviceStatus.RETIRED,
    PhoneFate.LOST: DeviceStatus.LOST,
}
_LEAVING = frozenset({AmbassadorStatus.DECLINED, AmbassadorStatus.SILENT, AmbassadorStatus.REPLACED})


def list_ambassadors(work: UnitOfWork, campaign_id: int) -> tuple[AmbassadorRow, ...]:
    """List the ambassadors of a campaign with their deal and their phone.

    Examples
    --------
    >>> [(one.name, one.status.value) for one in list_ambassadors(work, campaign)]
    [('Nina Rossi', 'accepted'), ('Leo Conti', 'accepted'), ('Zoe Marin', 'accepted')]
    """
    with work.reading() as session:
        return ambassador_rows(session, campaign_id)


def ambassador_history(work: UnitOfWork, ambassador_id: int) -> tuple[AmbassadorEventView, ...]:
    """Tell what happened with one ambassador, oldest first.

    Examples
    --------
    >>> [event.to_status for event in ambassador_history(work, 1)]
    ['invited', 'accepted', 'accepted']
    """
    with work.reading() as session:
        return store.ambassador_events(session, ambassador_id)


def edit_ambassadors(work: UnitOfWork, edits: Sequence[AmbassadorEdit]) -> EditReport:
    """Change several rows at once; those somebody else changed meanwhile are told, and left as they are.

    Examples
    --------
    >>> row = list_ambassadors(work, campaign)[0]
    >>> edit_ambassadors(work, [AmbassadorEdit(row.id, row.revision, {"next_action": "call"})]).changed
    (1,)
    >>> list_ambassadors(work, campaign)[0].next_action
    'call'
    """
    with work.writing() as session:
        wanted = [edit for edit in edits if edit.changes]
        told = [store.write_edit(session, edit) for edit in wanted]
        changed = tuple(
            edit.ambassador_id for edit, conflict in zip(wanted, told, strict=True) if not conflict
        )
        return EditReport(changed, tuple(conflict for conflict in told if conflict))


def answer(
    work: UnitOfWork,
    ambassador_id: int,
    status: AmbassadorStatus,
    note: str = "",
    at: datetime | None = None,
    phone: PhoneFate | None = None,
) -> AnswerReport:
    """Note where the talk with somebody stands now, and what becomes of their phone if they leave.

    Examples
    --------
    >>> answer(work, 3, AmbassadorStatus.DECLINED).status
    <AmbassadorStatus.DECLINED: 'declined'>
    """
    with writing_up_to_date(work) as session:
        mark_speaker(session, ambassador_id)
        ambassador = store.get_ambassador(session, ambassador_id, lock=True)
        moment = at or store.by_the_clock(session, ambassador_id, work.now())
        if ambassador.status is not status:
            store.change_ambassador(session, ambassador, status, at=moment, actor=work.actor, note=note)
        return _settle_phone(work, session, ambassador, phone, moment, note)


def usual_fate(status: AmbassadorStatus, device_status: DeviceStatus | None) -> PhoneFate:
    """Propose what becomes of a phone: one that never left goes back, one that is out stays for now.

    Examples
    --------
    >>> usual_fate(AmbassadorStatus.DECLINED, DeviceStatus.RESERVED)
    <PhoneFate.BACK: 'back'>
    >>> usual_fate(AmbassadorStatus.DECLINED, DeviceStatus.DELIVERED)
    <PhoneFate.STAYS: 'stays'>
    """
    if status in _LEAVING and device_status is DeviceStatus.RESERVED:
        return PhoneFate.BACK
    return PhoneFate.STAYS


def _settle_phone(
    work: UnitOfWork,
    session: Session,
    ambassador: Ambassador,
    phone: PhoneFate | None,
    at: datetime,
    note: str,
) -> AnswerReport:
    custody = open_custody(session, ambassador_id=ambassador.id or 0)
    if custody is None:
        return AnswerReport(ambassador.id or 0, ambassador.status)
    device = get_device(session, custody.device_id)
    fate = phone or usual_fate(ambassador.status, device.status)
    if fate is PhoneFate.KEPT and device.status is not DeviceStatus.DELIVERED:
        message = mark("{reference} is {now}: only a phone that arrived can be theirs to keep")
        raise IllegalStatusChangeError(message, reference=custody.reference, now=device.status.value)
    if fate in _FATES:
        moment = by_the_clock(session, custody.device_id, at, custody)
        move_custody(session, custody, _FATES[fate], at=moment, actor=work.actor, note=note)
    session.refresh(device)
    return AnswerReport(ambassador.id or 0, ambassador.status, label_of(device), device.status)


def find_ambassador(work: UnitOfWork, campaign_id: int, handle: str) -> int:
    """Return the number of the ambassador of a campaign who has this handle (or ``platform:handle``).

    Examples
    --------
    >>> find_ambassador(work, campaign, "leo")
    2
    """
    with work.reading() as session:
        account = find_accounts(session, [handle])[handle]
        found = ambassadors_of(session, campaign_id).get(account.person_id or 0)
        if found is None:
            raise NotFoundError("{handle} is not in this campaign", handle=handle)
        return found.id or 0
