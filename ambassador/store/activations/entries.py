"""Ideas and options of activations, by the key that ballots name them by."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.tables.activations import ActivationEntry
from ambassador.values.activations.activations import EntryDraft


def list_entries(session: Session, activation_id: int) -> Sequence[ActivationEntry]:
    """List the entries of an activation in the order they were entered."""
    query = select(ActivationEntry).where(ActivationEntry.activation_id == activation_id)
    return session.exec(query.order_by(col(ActivationEntry.id))).all()


def get_entry(session: Session, entry_id: int) -> ActivationEntry:
    """Read one entry."""
    row = session.get(ActivationEntry, entry_id)
    if row is None:
        raise NotFoundError("There is no idea or option number {number}", number=entry_id)
    return row


def find_entry(session: Session, activation_id: int, key: str) -> ActivationEntry | None:
    """Find an entry by its key or its title, whatever their capitals."""
    return entries_by_name(list_entries(session, activation_id)).get(key.strip().casefold())


def entries_by_name(entries: Sequence[ActivationEntry]) -> dict[str, ActivationEntry]:
    """Name entries by key and, where only one has it and no key is the same, by title."""
    keys = {entry.key.casefold(): entry for entry in entries}
    titles: dict[str, list[ActivationEntry]] = {}
    for entry in entries:
        titles.setdefault(" ".join(entry.title.split()).casefold(), []).append(entry)
    return {title: found[0] for title, found in titles.items() if title and len(found) == 1} | keys


def put_entry(session: Session, activation_id: int, draft: EntryDraft, *, at: datetime) -> str:
    """Write an entry or what is new about one; say ``added``, ``changed`` or nothing."""
    row = next((it for it in list_entries(session, activation_id) if _is_same(it.key, draft.key)), None)
    if row is None:
        row = ActivationEntry(activation_id=activation_id, key=draft.key, title=draft.title, created_at=at)
        _write(row, draft)
        session.add(row)
        session.flush()
        return "added"
    before = row.model_dump()
    _write(row, draft)
    session.flush()
    return "changed" if row.model_dump() != before else ""


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _write(row: ActivationEntry, draft: EntryDraft) -> None:
    """Write what is said; what is not said stays."""
    row.title = draft.title or row.title
    row.about = draft.about or row.about
    row.proposed_by = draft.proposed_by or row.proposed_by
    if draft.cost is not None:
        row.cost_minor = draft.cost.minor
