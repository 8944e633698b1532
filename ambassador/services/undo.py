"""What was done last in a shell can be taken back for ten minutes, as pages offer it beside each change."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, Final

from sqlmodel import Session

from ambassador.errors import NotFoundError
from ambassador.services.campaigns.ambassadors import edit_ambassadors
from ambassador.services.campaigns.brand_accounts import set_brand_accounts
from ambassador.services.campaigns.campaigns import archive_campaign, close_campaign, reopen_campaign
from ambassador.services.mentions.refresh import writing_up_to_date
from ambassador.services.mentions.review import label_mentions, take_down_mentions, undo_review
from ambassador.services.people.edit_people import archive_people, edit_people, restore_people
from ambassador.services.people.merge_people import undo_merge
from ambassador.services.results.outcomes import archive_outcome, restore_outcome
from ambassador.services.stored_json import from_json, to_json
from ambassador.services.work import UnitOfWork
from ambassador.services.workspace import ScoreSettings, change_score_settings
from ambassador.store.changes import RowChange, joined_changes, restore_rows
from ambassador.store.settings import UNDO, get_setting, put_setting
from ambassador.store.stale import mark_stale
from ambassador.store.tables.campaigns import Ambassador
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.mentions.mentions import ReviewDone
from ambassador.values.money import Money
from ambassador.values.people.people import PersonEdit
from ambassador.values.status import Label

UNDO_FOR: Final = timedelta(minutes=10)
"""How long a change can be taken back."""
_DAYS: Final = frozenset({
    "noticed_on", "objected_on", "agreement_signed_on", "notice_sent_on", "post_by", "due_back",
    "last_contact_on", "next_action_on",
})  # fmt: skip


class Change(StrEnum):
    """A kind of change that can be taken back."""

    REVIEW = "review"
    LABEL = "label"
    TAKEN_DOWN = "taken down"
    PEOPLE = "people"
    AWAY = "people away"
    BACK = "people back"
    MERGE = "merge"
    DEALS = "deals"
    CLOSED = "campaign closed"
    REOPENED = "campaign reopened"
    PUT_AWAY = "campaign put away"
    PUT_BACK = "campaign put back"
    OUTCOMES = "outcomes"
    OUTCOMES_BACK = "outcomes back"
    ACCOUNTS = "accounts"
    SCORE = "score"
    ROWS = "rows"
    """Whatever was noted row by row."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was taken back: the verb it was done with, by whom and when."""

    verb: str
    actor: str
    at: datetime


def remember_change(work: UnitOfWork, change: Change, verb: str, **values: object) -> None:
    """Keep what is needed to take a change back; only the newest is kept.

    Examples
    --------
    >>> done = archive_people(work, [4])
    >>> remember_change(work, Change.AWAY, "people archive", person_ids=[4])
    >>> undo_last(work).verb
    'people archive'
    """
    kept = {
        "change": change.value,
        "verb": verb,
        "actor": work.actor,
        "at": work.now().isoformat(),
        "values": {name: to_json(value) for name, value in values.items()},
    }
    with work.writing() as session:
        put_setting(session, UNDO, kept)


def take_back(work: UnitOfWork, changes: Iterable[RowChange]) -> None:
    """Take back what was noted of a change, as one thing; where somebody changed it since, that is told.

    Examples
    --------
    >>> noting = work.noting()
    >>> restored = archive_people(noting, [4])
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


def remember_rows(work: UnitOfWork, verb: str) -> bool:
    """Keep what a unit of work has noted, as the newest change; say whether there was anything.

    Examples
    --------
    >>> noting = work.noting()
    >>> restored = archive_people(noting, [4])
    >>> remember_rows(noting, "people archive"), undo_last(work).verb
    (True, 'people archive')
    """
    rows = joined_changes(work.kept or ())
    if rows:
        remember_change(replace(work, kept=None), Change.ROWS, verb, rows=list(rows))
    return bool(rows)


def undo_of(work: UnitOfWork) -> Callable[[], None]:
    """Return what takes back whatever this unit of work has noted.

    Examples
    --------
    >>> noting = work.noting()
    >>> restored = archive_people(noting, [4])
    >>> undo_of(noting)()
    """
    return partial(take_back, work, tuple(work.kept or ()))


def _touched(session: Session, rows: Sequence[RowChange]) -> set[int | None]:
    """Name the campaigns whose figures rest on these rows; None is all of them."""
    found: set[int | None] = set()
    for one in rows:
        row = one.after or one.before or {}
        if one.table == "campaign":
            found.add(one.key[0])
        elif one.table in {"match_rule", "ambassador", "mention_campaign"}:
            found.add(row["campaign_id"])
        elif one.table == "custody":
            holder = session.get(Ambassador, row["ambassador_id"])
            found |= {holder.campaign_id} if holder else set()
        elif one.table in {"mention", "account", "account_move", "person_merge"}:
            found.add(None)
    return {None} if None in found else found


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
    if kept is None or work.now() - datetime.fromisoformat(kept["at"]) > UNDO_FOR:
        minutes = UNDO_FOR // timedelta(minutes=1)
        raise NotFoundError(
            "Nothing was changed in the last {minutes} minutes that can be taken back", minutes=minutes
        )
    _BACK[Change(kept["change"])](work, kept["values"])
    with work.writing() as session:
        put_setting(session, UNDO, None)
    return TakenBack(kept["verb"], kept["actor"], datetime.fromisoformat(kept["at"]))


def _review(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    undo_review(work, from_json(ReviewDone, values["done"]))


def _labels(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    label_mentions(work, values["mention_ids"], Label(values["label"]), on=not values["on"])


def _there_again(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    take_down_mentions(work, values["mention_ids"], gone=not values["gone"])


def _people(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    edit_people(
        work,
        [
            PersonEdit(one["person_id"], _read(one["changes"]), _read(one["was"]))
            for one in values["edits"]
        ],
    )  # fmt: skip


def _deals(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    edits = (
        AmbassadorEdit(one["ambassador_id"], one["revision"], _read(one["changes"]))
        for one in values["edits"]
    )
    edit_ambassadors(work, tuple(edits))


def _outcomes_back(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    for number in values["outcome_ids"]:
        restore_outcome(work, number)


def _outcomes_out(work: UnitOfWork, values: Mapping[str, Any]) -> None:
    for number in values["outcome_ids"]:
        archive_outcome(work, number)


def _row(kept: Mapping[str, Any]) -> RowChange:
    return RowChange(kept["table"], tuple(kept["key"]), kept["before"], kept["after"])


def _read(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Read the fields of an edit back from JSON."""
    return {name: _field(name, value) for name, value in fields.items()}


def _field(name: str, value: Any) -> Any:  # noqa: ANN401 - any field of an edit
    if value is None:
        return None
    if name == "fee":
        return from_json(Money, value)
    if name == "embargo_until":
        return datetime.fromisoformat(value)
    if name in _DAYS:
        return date.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


_BACK: Final[dict[Change, Callable[[UnitOfWork, Mapping[str, Any]], object]]] = {
    Change.REVIEW: _review,
    Change.LABEL: _labels,
    Change.TAKEN_DOWN: _there_again,
    Change.PEOPLE: _people,
    Change.AWAY: lambda work, values: restore_people(work, values["person_ids"]),
    Change.BACK: lambda work, values: archive_people(work, values["person_ids"]),
    Change.MERGE: lambda work, values: undo_merge(work, values["merge_ids"]),
    Change.DEALS: _deals,
    Change.CLOSED: lambda work, values: reopen_campaign(work, values["campaign_id"]),
    Change.REOPENED: lambda work, values: close_campaign(work, values["campaign_id"]),
    Change.PUT_AWAY: lambda work, values: archive_campaign(work, values["campaign_id"], archived=False),
    Change.PUT_BACK: lambda work, values: archive_campaign(work, values["campaign_id"]),
    Change.OUTCOMES: _outcomes_back,
    Change.OUTCOMES_BACK: _outcomes_out,
    Change.ROWS: lambda work, values: take_back(work, [_row(one) for one in values["rows"]]),
    Change.ACCOUNTS: lambda work, values: set_brand_accounts(work, values["before"], values["after"]),
    Change.SCORE: lambda work, values: change_score_settings(
        work, from_json(ScoreSettings, values["before"]), from_json(ScoreSettings, values["after"])
    ),
}
