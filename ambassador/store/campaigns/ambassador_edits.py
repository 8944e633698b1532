"""Change several ambassadors at once; a row somebody else changed meanwhile is told, never overwritten."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from ambassador.errors import BadInputError, ConflictError
from ambassador.store.campaigns.ambassadors import get_ambassador
from ambassador.store.devices.custody import changed_one, open_custody
from ambassador.store.people.people import get_person
from ambassador.store.tables.campaigns import Ambassador
from ambassador.values.campaigns.ambassadors import EDITABLE, AmbassadorEdit, EditConflict
from ambassador.values.money import Money
from ambassador.values.status import Deal


def write_edit(session: Session, edit: AmbassadorEdit) -> EditConflict | None:
    """Write one row if its revision is still the one that was seen; else say what stands there now."""
    ambassador = get_ambassador(session, edit.ambassador_id)
    columns = _columns(ambassador, edit.changes)
    _refuse_taken_code(session, ambassador, columns.get("code", ""))
    wanted = update(Ambassador).where(
        col(Ambassador.id) == edit.ambassador_id, col(Ambassador.revision) == edit.revision
    )
    written = changed_one(session, wanted.values(**columns, revision=edit.revision + 1))
    session.refresh(ambassador)
    if not written:
        return _conflict(session, ambassador, edit)
    _follow_due_back(session, ambassador, columns)
    return None


def shown(ambassador: Ambassador, field: str) -> Any:  # noqa: ANN401 - any editable value
    """Give an editable field as people see it."""
    if field != "fee":
        return getattr(ambassador, field)
    return None if ambassador.fee_minor is None else Money(ambassador.fee_minor, ambassador.currency)


def _columns(ambassador: Ambassador, changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(changes) - set(EDITABLE))
    if unknown:
        raise BadInputError("{field} cannot be edited here", field=unknown[0])
    columns = dict(changes)
    if "fee" in columns:
        fee = columns.pop("fee")
        columns |= {"fee_minor": fee.minor if fee else None}
        columns |= {"currency": fee.currency if fee else ambassador.currency}
    if (columns.get("fee_minor") or 0) < 0:
        raise BadInputError("A fee cannot be negative")
    if "deal" in columns:
        columns["deal"] = Deal(columns["deal"])
    return {name: value.strip() if isinstance(value, str) else value for name, value in columns.items()}


def _refuse_taken_code(session: Session, ambassador: Ambassador, code: str) -> None:
    if not code:
        return
    same = select(Ambassador).where(
        col(Ambassador.campaign_id) == ambassador.campaign_id,
        col(Ambassador.code) == code,
        col(Ambassador.id) != ambassador.id,
    )
    other = session.exec(same).first()
    if other:
        name = get_person(session, other.person_id).name or f"#{other.person_id}"
        raise ConflictError(
            "{name} has the code {code} already: orders could not be told apart", name=name, code=code
        )


def _conflict(session: Session, ambassador: Ambassador, edit: AmbassadorEdit) -> EditConflict:
    person = get_person(session, ambassador.person_id)
    theirs = {field: shown(ambassador, field) for field in edit.changes}
    return EditConflict(edit.ambassador_id, person.name or f"#{person.id}", theirs, edit.changes)


def _follow_due_back(session: Session, ambassador: Ambassador, columns: Mapping[str, Any]) -> None:
    """Give the phone they have the new day it is due back."""
    held = open_custody(session, ambassador_id=ambassador.id or 0) if "due_back" in columns else None
    if held:
        held.due_back = columns["due_back"]
        session.flush()
