"""Views of the list of mentions that somebody kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from ambassador.errors import ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.tables.perimeters import SavedViewRow
from ambassador.values.perimeters import PerimeterRef, SavedView, SavedViewDraft
from ambassador.values.row_numbers import row_number


def add_view(session: Session, draft: SavedViewDraft, *, at: datetime, actor: str) -> int:
    """Keep a view; its name must be free."""
    same = select(SavedViewRow.id).where(func.lower(col(SavedViewRow.name)) == draft.name.lower())
    if session.exec(same).first() is not None:
        raise ConflictError(mark("There is a view called {name} already"), name=draft.name)
    ref = draft.perimeter
    row = SavedViewRow(
        name=draft.name,
        perimeter_id=ref.number if ref and not ref.is_campaign else None,
        campaign_id=ref.number if ref and ref.is_campaign else None,
        label=draft.label,
        search=draft.search,
        actor=actor,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def list_views(session: Session) -> tuple[SavedView, ...]:
    """List the views by name."""
    rows = session.exec(select(SavedViewRow).order_by(func.lower(col(SavedViewRow.name)))).all()
    return tuple(map(_view, rows))


def find_view(session: Session, name: str) -> SavedView:
    """Find a view by its name, or by its number where none has that name."""
    rows: Sequence[SavedView] = list_views(session)
    called = [row for row in rows if row.draft.name.lower() == name.strip().lower()]
    number = row_number(name)
    found = called or [row for row in rows if row.id == number]
    if not found:
        raise NotFoundError(mark("There is no view called {name}"), name=name)
    return found[0]


def remove_view(session: Session, view_id: int) -> None:
    """Let go of a view; the mentions stay."""
    row = session.get(SavedViewRow, view_id)
    if row is None:
        raise NotFoundError(mark("There is no view number {number}"), number=view_id)
    session.delete(row)
    session.flush()


def _view(row: SavedViewRow) -> SavedView:
    ref = None
    if row.perimeter_id is not None:
        ref = PerimeterRef(row.perimeter_id)
    elif row.campaign_id is not None:
        ref = PerimeterRef(row.campaign_id, is_campaign=True)
    return SavedView(
        row.id or 0, SavedViewDraft(row.name, ref, row.label, row.search), row.actor, row.created_at
    )
