"""Take a copy of a database back to what was known before a moment; what is computed is left to be computed.

Rows that came later go, columns that were changed later hold what they held. It needs a copy nobody else
uses, without foreign keys: rows go in no particular order.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, not_, or_, update
from sqlmodel import Session, col, select

from ambassador.store.doctor.sums import forget_derived
from ambassador.store.imports.undo import restore_changed
from ambassador.store.incidents.incidents import restate
from ambassador.store.people.merges import revert
from ambassador.store.tables.base import Row
from ambassador.store.tables.campaigns import Ambassador, AmbassadorEvent, Campaign, MatchRule
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.store.tables.imports import ImportBatch
from ambassador.store.tables.incidents import Incident, IncidentEvent, IncidentWatchRow
from ambassador.store.tables.mentions import (
    Mention,
    MentionCampaign,
    MentionLabel,
    MentionMetrics,
    MentionWords,
    PostAlias,
)
from ambassador.store.tables.network import ParameterSet, Tie
from ambassador.store.tables.people import Account, AccountMove, AudienceMember, Person, PersonMerge, Snapshot
from ambassador.store.tables.perimeters import Perimeter, PerimeterRuleRow, SavedViewRow
from ambassador.store.tables.records import Forecast, Outcome, Pick
from ambassador.store.tables.tone import ToneLabel
from ambassador.values.as_of import AsOf
from ambassador.values.mentions.mentions import MatchEvidence, Reason
from ambassador.values.status import AmbassadorStatus, CampaignStatus, DeviceStatus

_KEPT = str(Reason(MatchEvidence.KEPT))
"""What stands as it was before somebody was erased, however late: the words it rested on are gone."""
_PLAIN: dict[str, Any] = {"synchronize_session": False}


def rewind(session: Session, as_of: AsOf) -> None:
    """Take everything back to the end of a day; matches, credit and parents are to be worked out anew."""
    until = as_of.until
    _states_back(session, until)
    for batch_id in session.exec(_later_imports(until).order_by(col(ImportBatch.id).desc())):
        restore_changed(session, batch_id or 0)
    _merges_back(session, until)
    session.flush()
    forget_derived(session)
    _forget_posts(session, until)
    _forget_readings(session, until)
    _forget_people(session, until)
    _forget_deals(session, as_of)
    _forget_stays(session, until)
    _campaigns_back(session, until)
    _perimeters_back(session, until)
    _incidents_back(session, until)
    session.flush()
    session.expire_all()


def _states_back(session: Session, until: datetime) -> None:
    """Put phones and ambassadors back into the state they were in before what happened later."""
    devices, ambassadors = DeviceEvent, AmbassadorEvent
    moved = _first_after(session, devices.device_id, devices, _late(devices, until, "happened_at"))
    for number, was in moved.items():
        device = session.get(Device, number)
        if device is not None and was:
            device.status = DeviceStatus(was)
    answered = _first_after(
        session, ambassadors.ambassador_id, ambassadors, col(ambassadors.happened_at) >= until
    )
    for number, was in answered.items():
        ambassador = session.get(Ambassador, number)
        if ambassador is not None and was:
            ambassador.status = AmbassadorStatus(was)
    session.flush()
    _delete(session, DeviceEvent, _late(DeviceEvent, until, "happened_at"))
    _delete(session, AmbassadorEvent, col(AmbassadorEvent.happened_at) >= until)


def _first_after(
    session: Session,
    owner: Any,  # noqa: ANN401 - a column
    event: Any,  # noqa: ANN401 - a table
    late: ColumnElement[bool],
) -> dict[int, str]:
    """Say in which state each was before the first of its later events."""
    rows = session.exec(select(owner, event.from_status).where(late).order_by(col(event.id).desc()))
    return dict(rows.all())


def _merges_back(session: Session, until: datetime) -> None:
    later = select(PersonMerge).where(
        col(PersonMerge.merged_at) >= until, col(PersonMerge.reverted_at).is_(None)
    )
    for merge in session.exec(later.order_by(col(PersonMerge.id).desc())).all():
        kept, merged = session.get(Person, merge.kept_id), session.get(Person, merge.merged_id)
        if kept is not None and merged is not None:
            revert(session, merge, kept, merged, at=until)
    _delete(session, PersonMerge, col(PersonMerge.merged_at) >= until)
    _delete(session, AccountMove, col(AccountMove.moved_at) >= until)


def _forget_posts(session: Session, until: datetime) -> None:
    """Let go of posts that were made or recorded later, and of all that is said of them."""
    later = or_(col(Mention.recorded_at) >= until, col(Mention.posted_at) >= until)
    gone = select(Mention.id).where(later).scalar_subquery()
    for row in (MentionMetrics, MentionLabel, MentionCampaign, PostAlias, ToneLabel):
        _delete(session, row, col(row.mention_id).in_(gone))
    _delete(session, MentionWords, col(MentionWords.id).in_(gone))
    _delete(session, Mention, later)
    _blank_later(session, Mention, until, ("archived_at", "deleted_at"))


def _forget_readings(session: Session, until: datetime) -> None:
    for row in (MentionMetrics, Snapshot, AudienceMember):
        _delete(session, row, _late(row, until, "read_at"))
    _delete(session, MentionLabel, _late(MentionLabel, until, "labelled_at"))
    _delete(session, ToneLabel, col(ToneLabel.labelled_at) >= until)
    stands = and_(col(MentionCampaign.rule) == _KEPT, not_(col(MentionCampaign.by_hand)))
    _delete(session, MentionCampaign, and_(col(MentionCampaign.decided_at) >= until, not_(stands)))
    for came in (Tie, PostAlias):
        _delete(session, came, col(came.batch_id).in_(_later_imports(until)))
    _delete(session, ParameterSet, col(ParameterSet.created_at) >= until)


def _forget_people(session: Session, until: datetime) -> None:
    """Let accounts belong to nobody whose person came later."""
    later = select(Person.id).where(col(Person.created_at) >= until).scalar_subquery()
    _change(session, Account, col(Account.person_id).in_(later), person_id=None)
    _blank_later(session, Person, until, ("archived_at", "objected_at"))
    _blank_later(session, Account, until, ("archived_at",))


def _forget_deals(session: Session, as_of: AsOf) -> None:
    until = as_of.until
    later = select(Ambassador.id).where(col(Ambassador.created_at) >= until).scalar_subquery()
    for row in (Custody, AmbassadorEvent, Outcome):
        _delete(session, row, col(row.ambassador_id).in_(later))
    _delete(session, Ambassador, col(Ambassador.created_at) >= until)
    _blank_later(session, Ambassador, until, ("invited_at", "answered_at"))
    _blank_later(session, Ambassador, as_of.day, ("agreement_signed_on", "notice_sent_on", "last_contact_on"))
    late = or_(_late(Outcome, until, "created_at"), col(Outcome.happened_on) > as_of.day)
    _delete(session, Outcome, late)
    _blank_later(session, Outcome, until, ("archived_at",))


def _forget_stays(session: Session, until: datetime) -> None:
    """Let phones be where they were: later stays go, and what happened later in earlier ones."""
    _delete(session, Custody, col(Custody.reserved_at) >= until)
    _change(session, Custody, col(Custody.ended_at) >= until, ended_at=None, ended_as=None)
    _blank_later(session, Custody, until, ("shipped_at", "delivered_at"))
    _delete(session, Device, col(Device.created_at) >= until)


def _campaigns_back(session: Session, until: datetime) -> None:
    """Put campaigns back into the state they were in, without later rules and forecasts."""
    _delete(session, MatchRule, col(MatchRule.created_at) >= until)
    closed, launched = col(Campaign.closed_at) >= until, col(Campaign.launched_at) >= until
    _change(session, Campaign, closed, status=CampaignStatus.LIVE, closed_at=None)
    _change(
        session, Campaign, launched, status=CampaignStatus.DRAFT, launched_at=None, launch_forecast_id=None
    )
    later = select(Forecast.id).where(col(Forecast.created_at) >= until).scalar_subquery()
    for name in ("launch_forecast_id", "delivered_forecast_id"):
        _change(session, Campaign, col(getattr(Campaign, name)).in_(later), **{name: None})
    _blank_later(session, Campaign, until, ("archived_at",))
    _change(session, Campaign, col(Campaign.created_at) >= until, archived_at=until)
    for row in (Forecast, Pick):
        _delete(session, row, col(row.created_at) >= until)


def _perimeters_back(session: Session, until: datetime) -> None:
    """Put perimeters back to the rules they had; those made later are put away."""
    for row in (PerimeterRuleRow, SavedViewRow):
        _delete(session, row, col(row.created_at) >= until)
    _blank_later(session, Perimeter, until, ("archived_at",))
    _change(session, Perimeter, col(Perimeter.created_at) >= until, archived_at=until)


def _incidents_back(session: Session, until: datetime) -> None:
    """Let go of incidents that were found later, and of what was decided later."""
    _delete(session, IncidentWatchRow, col(IncidentWatchRow.created_at) >= until)
    _delete(session, IncidentEvent, col(IncidentEvent.happened_at) >= until)
    later = select(Incident.id).where(col(Incident.created_at) >= until).scalar_subquery()
    _delete(session, IncidentEvent, col(IncidentEvent.incident_id).in_(later))
    _delete(session, Incident, col(Incident.created_at) >= until)
    gone = col(Incident.root_id).not_in(select(Mention.id))
    _change(session, Incident, gone, root_id=None)
    for row in session.exec(select(Incident)).all():
        restate(session, row)


def _later_imports(until: datetime) -> Any:  # noqa: ANN401 - a query of numbers
    """Find the imports made from a moment on that were not undone."""
    return select(ImportBatch.id).where(
        col(ImportBatch.created_at) >= until, col(ImportBatch.undone_at).is_(None)
    )


def _late(row: Any, until: datetime, moment: str) -> ColumnElement[bool]:  # noqa: ANN401 - a table
    """Say of a row that it is dated later, or came with a later import whatever its date."""
    dated: ColumnElement[bool] = col(getattr(row, moment)) >= until
    return or_(dated, col(row.batch_id).in_(_later_imports(until)))


def _blank_later(session: Session, row: type[Row], until: datetime | date, names: Iterable[str]) -> None:
    """Empty moments and days that lie later; a day lies later from the next on."""
    for name in names:
        column = col(getattr(row, name))
        late = column >= until if isinstance(until, datetime) else column > until
        _change(session, row, late, **{name: None})


def _change(session: Session, row: type[Row], wanted: ColumnElement[bool], **values: object) -> None:
    session.execute(update(row).where(wanted).values(**values), execution_options=_PLAIN)


def _delete(session: Session, row: type[Row], wanted: ColumnElement[bool]) -> None:
    session.execute(delete(row).where(wanted), execution_options=_PLAIN)
