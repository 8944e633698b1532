"""Whatever was done last can be taken back for ten minutes, in the one way there is: row by row.

A unit of work notes what it writes (``UnitOfWork.noting``); a page keeps that beside the change, a shell in
the settings. Two other ways back stand beside this one, for what is taken back days later, whatever came
since: ``imports.undo_import`` (a file of 100,000 rows, piece by piece, what is in use by now stays) and
``people.merge_people.undo_merge`` (a merge keeps for good what went over).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import NotFoundError
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.work import UnitOfWork
from ambassador.store.changes import RowChange, differing, joined_changes, restore_rows
from ambassador.store.settings import UNDO, get_setting, put_setting
from ambassador.store.stale import Touched, mark_stale, mark_touched
from ambassador.store.tables.campaigns import Ambassador

UNDO_FOR: Final = timedelta(minutes=10)
"""How long a change can be taken back."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back: the verb it was done with, by whom and when."""

    verb: str
    actor: str
    at: datetime


def take_back(work: UnitOfWork, changes: Iterable[RowChange]) -> None:
    """Take back what was noted of a change, as one thing; where somebody changed it since, that is told.

    Examples
    --------
    >>> from ambassador.services.people.edit_people import archive_people
    >>> noting = work.noting()
    >>> done = archive_people(noting, [4])
    >>> take_back(work, noting.kept)
    >>> take_back(work, noting.kept)
    Traceback (most recent call last):
    ...
    ambassador.errors.ConflictError: This was taken back already
    """
    rows = joined_changes(changes)
    with writing_up_to_date(replace(work, kept=None)) as session:
        restore_rows(session, rows)
        for campaign_id in _touched(session, rows):
            mark_stale(session, campaign_id)
        if judged := sorted({_row(one)["mention_id"] for one in rows if one.table == "mention_campaign"}):
            mark_touched(session, Touched(counted=tuple(judged)))


def remember_change(work: UnitOfWork, verb: str) -> bool:
    """Keep what a unit of work has noted, as the newest change; say whether there was anything.

    Examples
    --------
    >>> from ambassador.services.people.edit_people import archive_people
    >>> noting = work.noting()
    >>> done = archive_people(noting, [4])
    >>> remember_change(noting, "people archive"), undo_last(work).verb
    (True, 'people archive')
    """
    rows = joined_changes(work.kept or ())
    if rows:
        kept = {
            "verb": verb,
            "actor": work.actor,
            "at": work.now().isoformat(),
            "rows": [to_json(row) for row in rows],
        }
        with replace(work, kept=None).writing() as session:
            put_setting(session, UNDO, kept)
    return bool(rows)


def undo_of(work: UnitOfWork) -> Callable[[], None] | None:
    """Return what takes back whatever this unit of work has noted; None where it changed nothing.

    Examples
    --------
    >>> from ambassador.services.people.edit_people import archive_people
    >>> noting = work.noting()
    >>> undo_of(noting)
    >>> done = archive_people(noting, [4])
    >>> undo_of(noting)()
    """
    rows = joined_changes(work.kept or ())
    return partial(take_back, work, rows) if rows else None


def _touched(session: Session, rows: Sequence[RowChange]) -> set[int | None]:
    """Name the campaigns whose figures rest on these rows; None is all of them."""
    found: set[int | None] = set()
    for one in rows:
        row = _row(one)
        if one.table == "campaign":
            found.add(one.key[0])
        elif one.table in {"match_rule", "ambassador"}:
            found.add(row["campaign_id"])
        elif one.table == "custody":
            holder = session.get(Ambassador, row["ambassador_id"])
            found |= {holder.campaign_id} if holder else set()
        elif one.table in {"mention", "account", "account_move", "person_merge"} and not _is_take_down(one):
            found.add(None)
    return {None} if None in found else found


def _row(change: RowChange) -> Mapping[str, Any]:
    return change.after or change.before or {}


def _is_take_down(change: RowChange) -> bool:
    """Tell whether a post was only taken down or up again: no figure rests on that."""
    return change.table == "mention" and differing(change) == ["deleted_at"]


def undo_last(work: UnitOfWork) -> TakenBack:
    """Take the last change back if it is at most ten minutes old.

    Examples
    --------
    >>> undo_last(work)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: Nothing was changed in the last 10 minutes that can be taken back
    """
    with work.reading() as session:
        kept: dict[str, Any] | None = get_setting(session, UNDO)
    if kept is None or "rows" not in kept or work.now() - datetime.fromisoformat(kept["at"]) > UNDO_FOR:
        minutes = UNDO_FOR // timedelta(minutes=1)
        raise NotFoundError(
            "Nothing was changed in the last {minutes} minutes that can be taken back", minutes=minutes
        )
    take_back(work, [from_json(RowChange, row) for row in kept["rows"]])
    with work.writing() as session:
        put_setting(session, UNDO, None)
    return TakenBack(kept["verb"], kept["actor"], datetime.fromisoformat(kept["at"]))
