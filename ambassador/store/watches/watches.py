"""Watches as rows: what is followed live, and how far."""

from collections.abc import Collection, Iterable
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session, col, select

from ambassador.errors import ConflictError, NotFoundError
from ambassador.i18n import mark
from ambassador.store.among import among
from ambassador.store.bulk import chunks
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.store.tables.watches import Watch
from ambassador.values.identity import canonical_handle
from ambassador.values.imports.imports import Note
from ambassador.values.live import RunCounts, Watched, WatchView


def add_watch(session: Session, watched: Watched, *, every_minutes: int, actor: str, at: datetime) -> int:
    """Follow something from now on; what is followed already is refused."""
    same = select(Watch.id).where(
        Watch.source == watched.source,
        Watch.what == watched.what,
        Watch.target == watched.target,
        Watch.server == watched.server,
    )
    known = session.exec(same).first()
    if known is not None:
        message = mark("{name} is followed already, as number {number}")
        raise ConflictError(message, name=watched.title, number=known)
    row = Watch(
        source=watched.source,
        what=watched.what,
        target=watched.target,
        server=watched.server,
        every_minutes=every_minutes,
        actor=actor,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row.id or 0


def get_watch(session: Session, watch_id: int) -> Watch:
    """Read one watch."""
    row = session.get(Watch, watch_id)
    if row is None:
        raise NotFoundError(mark("there is no live source number {number}"), number=watch_id)
    return row


def remove_watch(session: Session, watch_id: int) -> None:
    """Follow something no more; what it brought stays."""
    session.delete(get_watch(session, watch_id))
    session.flush()


def list_watches(session: Session) -> tuple[WatchView, ...]:
    """List what is followed, in the order in which it was begun."""
    return tuple(map(watch_view, session.exec(select(Watch).order_by(col(Watch.id)))))


def forget_watches(session: Session, accounts: Iterable[Account]) -> None:
    """Follow people no more who asked to be forgotten."""
    gone = {
        (one.platform, name.casefold()) for one in accounts for name in (one.handle, one.native_id) if name
    }
    for row in session.exec(select(Watch)).all():
        name = canonical_handle(row.target)
        names = {name, row.target.casefold(), f"{name}@{urlsplit(row.server).hostname}"}
        if any((row.source, one) in gone for one in names):
            session.delete(row)
    session.flush()


def known_posts(session: Session, ids: Collection[str]) -> set[str]:
    """Say which of some ids are those of posts that are here."""
    found: set[str] = set()
    for some in chunks(set(ids)):
        found.update(session.exec(select(Mention.post_id).where(among(col(Mention.post_id), some))))
    return found


def watch_view(row: Watch) -> WatchView:
    """Give a watch as it is shown."""
    failure = row.failure or {}
    return WatchView(
        id=row.id or 0,
        watched=Watched(row.source, row.what, row.target, row.server),
        every_minutes=row.every_minutes,
        actor=row.actor,
        created_at=row.created_at,
        began_at=row.began_at,
        ended_at=row.ended_at,
        next_at=row.next_at,
        counts=RunCounts(row.added, row.updated, row.known, row.merged, row.left_out, row.refused),
        refusals=dict(row.refusals or {}),
        failure=Note(str(failure["text"]), dict(failure["values"])) if failure else None,
    )
