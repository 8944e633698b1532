"""Activations and what their forms say."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.errors import ConflictError, NotFoundError
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.activations import ActivationDraft
from ambassador.values.money import Money
from ambassador.values.row_numbers import row_number


def add_activation(session: Session, draft: ActivationDraft, *, at: datetime, actor: str) -> Activation:
    """Write a new activation; its title must be free."""
    refuse_taken_title(session, draft.title, None)
    row = Activation(
        kind=draft.kind,
        title=draft.title,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        actor=actor,
        created_at=at,
    )
    write_draft(row, draft)
    session.add(row)
    session.flush()
    return row


def write_draft(row: Activation, draft: ActivationDraft) -> None:
    """Put what a form says into an activation; its kind stays."""
    row.title, row.campaign_id, row.rules = draft.title, draft.campaign_id, draft.rules
    row.starts_on, row.ends_on, row.time_zone = draft.starts_on, draft.ends_on, draft.time_zone
    row.currency, row.most_choices = draft.currency, draft.most_choices
    row.jury_weight = draft.jury_weight
    row.budget_minor = None if draft.budget is None else draft.budget.minor
    row.cost_minor = None if draft.cost is None else draft.cost.minor


def draft_of(row: Activation) -> ActivationDraft:
    """An activation as a form holds it."""
    return ActivationDraft(
        title=row.title,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        kind=row.kind,
        campaign_id=row.campaign_id,
        time_zone=row.time_zone,
        currency=row.currency,
        budget=_money(row.budget_minor, row.currency),
        cost=_money(row.cost_minor, row.currency),
        most_choices=row.most_choices,
        rules=row.rules,
        jury_weight=row.jury_weight,
    )


def _money(minor: int | None, currency: str) -> Money | None:
    return None if minor is None else Money(minor, currency)


def refuse_taken_title(session: Session, title: str, own_id: int | None) -> None:
    """Refuse a title another activation has, whatever its capitals."""
    same = select(Activation.id).where(func.lower(col(Activation.title)) == title.lower())
    if any(number != own_id for number in session.exec(same)):
        raise ConflictError("There is an activation called {name} already", name=title)


def get_activation(session: Session, activation_id: int, *, lock: bool = False) -> Activation:
    """An activation by its number; ``lock`` makes others wait until this transaction ends."""
    row = session.get(Activation, activation_id)
    if row is None:
        raise NotFoundError("There is no activation number {number}", number=activation_id)
    if lock:
        session.refresh(row, with_for_update=True)
    return row


def find_activation(session: Session, name: str) -> Activation:
    """Find an activation by its title, or by its number where none has that title."""
    same = select(Activation).where(func.lower(col(Activation.title)) == name.strip().lower())
    row = session.exec(same).first()
    if row is None and (number := row_number(name)) is not None:
        row = session.get(Activation, number)
    if row is None:
        raise NotFoundError("There is no activation called {name}", name=name)
    return row


def list_activations(session: Session, *, archived: bool = False) -> Sequence[Activation]:
    """List activations, the one that starts last first."""
    query = select(Activation).order_by(col(Activation.starts_on).desc(), col(Activation.id).desc())
    if not archived:
        query = query.where(col(Activation.archived_at).is_(None))
    return session.exec(query).all()
