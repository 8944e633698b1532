"""Ideas, options and entries of contests, by the key that ballots name them by, and where they come from."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from ambassador.errors import NotFoundError
from ambassador.store.bulk import chunks
from ambassador.store.tables.activations import ActivationEntry, EntrySource
from ambassador.store.tables.mentions import Mention
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


def put_entry(
    session: Session, activation_id: int, draft: EntryDraft, *, at: datetime, account_id: int | None = None
) -> str:
    """Write an entry or what is new about one; say ``added``, ``changed`` or nothing.

    ``account_id`` is the account that entered it, where it is known.
    """
    row = next((it for it in list_entries(session, activation_id) if _is_same(it.key, draft.key)), None)
    if row is None:
        row = ActivationEntry(activation_id=activation_id, key=draft.key, title=draft.title, created_at=at)
        _write(row, draft)
        session.add(row)
        session.flush()
        _write_source(session, row, draft, account_id)
        return "added"
    before = row.model_dump()
    _write(row, draft)
    moved = _write_source(session, row, draft, account_id)
    session.flush()
    return "changed" if moved or row.model_dump() != before else ""


def _is_same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _write(row: ActivationEntry, draft: EntryDraft) -> None:
    """Write what is said; what is not said stays."""
    row.title = draft.title or row.title
    row.about = draft.about or row.about
    row.proposed_by = draft.proposed_by or row.proposed_by
    if draft.cost is not None:
        row.cost_minor = draft.cost.minor


def _write_source(session: Session, row: ActivationEntry, draft: EntryDraft, account_id: int | None) -> bool:
    """Write who entered it and where it stands; say whether anything of that is new."""
    if not (draft.url or draft.mention_id or account_id):
        return False
    source = session.exec(select(EntrySource).where(EntrySource.entry_id == row.id)).first()
    if source is None:
        source = EntrySource(entry_id=row.id or 0)
        session.add(source)
    before = (source.url, source.mention_id, source.account_id)
    source.url = draft.url or source.url
    source.mention_id = draft.mention_id or source.mention_id
    source.account_id = account_id or source.account_id
    session.flush()
    return before != (source.url, source.mention_id, source.account_id)


def sources_of(session: Session, activation_id: int) -> dict[int, tuple[EntrySource, bool]]:
    """Read by entry where it comes from, and whether the post that was entered is gone."""
    query = (
        select(EntrySource, Mention.deleted_at, Mention.erased_at)
        .join(ActivationEntry, col(ActivationEntry.id) == col(EntrySource.entry_id))
        .outerjoin(Mention, col(Mention.id) == col(EntrySource.mention_id))
        .where(ActivationEntry.activation_id == activation_id)
    )
    return {
        source.entry_id: (source, deleted_at is not None or erased_at is not None)
        for source, deleted_at, erased_at in session.exec(query)
    }


def entered_post(session: Session, activation_id: int, mention_id: int) -> ActivationEntry | None:
    """Find the entry a post stands in already."""
    query = (
        select(ActivationEntry)
        .join(EntrySource, col(EntrySource.entry_id) == col(ActivationEntry.id))
        .where(ActivationEntry.activation_id == activation_id, EntrySource.mention_id == mention_id)
    )
    return session.exec(query).first()


def forget_entrants(session: Session, account_ids: Collection[int], mention_ids: Collection[int]) -> None:
    """Take their words and links out of what somebody erased entered; votes and marks for it stay."""
    wanted = [col(EntrySource.account_id).in_(ids) for ids in chunks(account_ids)]
    wanted += [col(EntrySource.mention_id).in_(ids) for ids in chunks(mention_ids)]
    for theirs in wanted:
        for source in session.exec(select(EntrySource).where(theirs)):
            entry = get_entry(session, source.entry_id)
            entry.title = entry.about = entry.proposed_by = source.url = ""
    session.flush()
