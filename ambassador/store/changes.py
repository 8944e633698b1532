"""What one change wrote, row by row, so that exactly that can be taken back.

A session that is watched notes each row before it is written for the first time, and how it is at the end.
What is computed from rows (credit, hidden parents, matches of rules) is no part of it: it is computed anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum, StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, delete, event, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import ORMExecuteState, UOWTransaction
from sqlmodel import Session, col

from ambassador.errors import ConflictError
from ambassador.i18n import mark
from ambassador.store.bulk import table_of
from ambassador.store.column_words import word_of
from ambassador.store.post_words import write_words
from ambassador.store.tables.base import Row, UTCDateTime
from ambassador.store.tables.mentions import Credit, Mention, MentionCampaign, ParentCandidate
from ambassador.store.tables.network import Tie
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money
from ambassador.values.status_words import WORDS, text_of

_WATCH: Final = "watch"
_Key = tuple[str, tuple[Any, ...]]
_COMPUTED_TABLES: Final = frozenset({"credit", "parent_candidate", "tie", "mention_campaign"})
"""Rows of these are noted only where a person writes them: ``watch_region``."""
_COMPUTED: Final[Mapping[str, frozenset[str]]] = {
    "mention": frozenset({"parent_observed_id", "parent_inferred_id", "inferred_by"}),
    "incident": frozenset({"root_id", "started_at", "noticed_at", "last_at", "posts", "usual", "stands"}),
}
_OWN_MARKS: Final = ("stale:", "turn:", "undo")
_REVISION: Final = "revision"
NOT_COMPARED: Final = frozenset({_REVISION})
"""A revision counts every saving of a row: it says that there was one, not what; and it only counts on."""
_MAY_STAY: Final = frozenset({"account", "person"})
"""Whoever was met on the way stays where something else has come to rest on them since."""
_WORDS: Final[Mapping[str, str]] = {
    "account": mark("the account {name}"),
    "activation": mark("the activation {name}"),
    "activation_entry": mark("the idea or option {name}"),
    "ballot": mark("the ballot {name}"),
    "ballot_choice": mark("the choice {name} on a ballot"),
    "ballot_file": mark("the file of votes {name}"),
    "entry_source": mark("where the entry {name} stands"),
    "jury_mark": mark("the mark {name} of a juror"),
    "law_note": mark("the point {name} of the checklist"),
    "live_question": mark("the question {name}"),
    "moment": mark("the moment {name}"),
    "poll_post": mark("the post {name} of a poll"),
    "reply_vote": mark("the reply {name} counted as a vote"),
    "ambassador": mark("ambassador {name}"),
    "campaign": mark("the campaign {name}"),
    "canned_answer": mark("the canned answer {name}"),
    "care_case": mark("case {name}"),
    "care_event": mark("the entry {name} of a case"),
    "care_link": mark("the link {name} of two cases"),
    "care_promise": mark("the promise {name}"),
    "closed_day": mark("the closed day {name}"),
    "custody": mark("the parcel {name}"),
    "device": mark("the phone {name}"),
    "incident": mark("the incident {name}"),
    "incident_event": mark("the entry {name} of an incident"),
    "incident_watch": mark("what is watched for in a perimeter ({name})"),
    "match_rule": mark("the rule of mentions {name}"),
    "mention": mark("the mention {name}"),
    "mention_campaign": mark("the verdict {name} on a mention"),
    "mention_label": mark("the label {name} of a mention"),
    "mention_metrics": mark("the figures {name} of a mention"),
    "opening_period": mark("the opening hours {name}"),
    "outcome": mark("the outcome {name}"),
    "perimeter": mark("the perimeter {name}"),
    "perimeter_rule": mark("the rule of a perimeter {name}"),
    "person": mark("the person {name}"),
    "person_merge": mark("the merge {name}"),
    "saved_view": mark("the view {name}"),
    "tone_label": mark("the label {name} of a tone"),
    "watch": mark("the live source {name}"),
    "workspace_setting": mark("the setting {name}"),
}
_ANYTHING: Final = mark("the row {name}")
_SHOWN: Final = 80
"""Characters of a long text that are said."""
_NAMED_BY: Final = (
    "name", "title", "file_name", "voter", "reference", "serial", "imei1", "handle", "key", "label", "target",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row as it was and as it was left; None where it was not there."""

    table: str
    key: tuple[Any, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(eq=False)
class RowWatch:
    """Notes what a session writes."""

    session: Session
    _before: dict[_Key, Mapping[str, Any] | None] = field(default_factory=dict)
    _regions: list[tuple[Table, ColumnElement[bool]]] = field(default_factory=list)

    def begin(self) -> None:
        """Listen to the session from now on."""
        self.session.info[_WATCH] = self
        event.listen(self.session, "before_flush", self._before_flush)
        event.listen(self.session, "after_flush", self._after_flush)
        event.listen(self.session, "do_orm_execute", self._before_statement)

    def changes(self) -> list[RowChange]:
        """Give what was written so far."""
        for table, where in self._regions:
            for row in _rows(self.session, table, where):
                self._before.setdefault(_key(table, row), None)
        found = []
        for (name, key), before in self._before.items():
            after = _row_now(self.session, Row.metadata.tables[name], key)
            if before != after:
                found.append(RowChange(name, key, before, after))
        return found

    def region(self, table: Table, where: ColumnElement[bool]) -> None:
        """Note the rows of a region, which are written in bulk."""
        for row in _rows(self.session, table, where):
            self._before.setdefault(_key(table, row), row)
        self._regions.append((table, where))

    def _before_flush(self, session: Session, _context: UOWTransaction, _instances: object) -> None:
        for one in (*session.dirty, *session.deleted):
            table = table_of(type(one))
            if _is_noted(table):
                self._note(table, tuple(inspect(one).identity))

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        for one in session.new:
            table = table_of(type(one))
            key = tuple(getattr(one, column.name) for column in table.primary_key)
            if _is_noted(table) and not (table.name == "workspace_setting" and key[0].startswith(_OWN_MARKS)):
                self._before.setdefault((table.name, key), None)

    def _before_statement(self, state: ORMExecuteState) -> None:
        if not (state.is_update or state.is_delete):
            return
        statement: Any = state.statement
        if statement.whereclause is not None and _is_noted(statement.table):
            for row in _rows(self.session, statement.table, statement.whereclause):
                self._before.setdefault(_key(statement.table, row), row)

    def _note(self, table: Table, key: tuple[Any, ...]) -> None:
        if (table.name, key) not in self._before:
            if table.name == "workspace_setting" and key[0].startswith(_OWN_MARKS):
                return
            self._before[table.name, key] = _row_now(self.session, table, key)


def watch_region(session: Session, model: type[Row], where: ColumnElement[bool]) -> None:
    """Note rows that are about to be written in bulk, where the session is watched."""
    watch: RowWatch | None = session.info.get(_WATCH)
    if watch is not None:
        session.flush()
        watch.region(table_of(model), where)


def joined_changes(changes: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """Make one of what several transactions wrote to a row: as it was first, as it was left last."""
    found: dict[_Key, RowChange] = {}
    for one in changes:
        first = found.get((one.table, one.key), one)
        found[one.table, one.key] = RowChange(one.table, one.key, first.before, one.after)
    return tuple(one for one in found.values() if one.before != one.after)


def restore_rows(session: Session, changes: Sequence[RowChange]) -> None:
    """Make rows what they were; where one is not as it was left, none of them is touched and it is told."""
    now = _refuse_changed(session, changes)
    order = {table.name: place for place, table in enumerate(Row.metadata.sorted_tables)}
    ordered = sorted(changes, key=lambda one: (order[one.table], one.key))
    for one in ordered:
        table = Row.metadata.tables[one.table]
        if one.before is not None and one.after is None:
            session.connection().execute(insert(table).values(_decoded(table, one.before)))
        elif one.before is not None and one.after is not None:
            values = {name: one.before[name] for name in differing(one)} | _counted(one, now)
            session.connection().execute(
                update(table).where(_is(table, one.key)).values(_decoded(table, values))
            )
    new = [one for one in reversed(ordered) if one.before is None]
    _clear_computed(session, new)
    for one in new:
        _remove(session, one)
    write_words(session, {one.key[0] for one in changes if one.table == "mention"})
    session.expire_all()


def _counted(change: RowChange, now: Mapping[_Key, Mapping[str, Any] | None]) -> dict[str, Any]:
    """Give a row the revision it had, or the next one where it was saved since."""
    before, after = change.before or {}, change.after or {}
    row = now[change.table, change.key] or {}
    if _REVISION not in row:
        return {}
    theirs = row[_REVISION] != after[_REVISION]
    return {_REVISION: row[_REVISION] + 1 if theirs else before[_REVISION]}


def _refuse_changed(
    session: Session, changes: Sequence[RowChange]
) -> Mapping[_Key, Mapping[str, Any] | None]:
    """Give the rows as they are, or say which was changed since and how."""
    now = [_row_now(session, Row.metadata.tables[one.table], one.key, lock=True) for one in changes]
    if changes and all(_same(one, one.before, row) for one, row in zip(changes, now, strict=True)):
        raise ConflictError("This was taken back already")
    for one, row in zip(changes, now, strict=True):
        if _same(one, one.after, row):
            continue
        what = _name_of(one)
        if row is None or one.after is None:
            raise ConflictError("{what} has come or gone since: nothing was taken back", what=what)
        name = next(name for name in differing(one) if row[name] != one.after[name])
        raise ConflictError(
            "{what} was changed since ({field}: {then} became {became}): nothing was taken back",
            what=what, field=Note(word_of(name)),
            then=_shown(one.table, name, one.after), became=_shown(one.table, name, row),
        )  # fmt: skip
    return {(one.table, one.key): row for one, row in zip(changes, now, strict=True)}


def _same(change: RowChange, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None) -> bool:
    if then is None or now is None:
        return then is now
    return all(then[name] == now[name] for name in differing(change))


def differing(change: RowChange) -> list[str]:
    """Name the columns a change is about: all of a row that came or went, what is computed left out."""
    ignored = _COMPUTED.get(change.table, frozenset()) | NOT_COMPARED
    one, other = change.before, change.after
    if one is None or other is None:
        return [name for name in (one or other or {}) if name not in ignored]
    return [name for name in one if one[name] != other[name] and name not in ignored]


def _clear_computed(session: Session, new: Sequence[RowChange]) -> None:
    """Take away what was computed from rows that go; it is computed anew."""
    ids: dict[str, list[Any]] = {}
    for one in new:
        ids.setdefault(one.table, []).append(one.key[0])
    mentions, accounts = ids.get("mention", []), ids.get("account", [])
    by_rules = col(MentionCampaign.by_hand).is_(False)
    for statement in (
        delete(Credit).where(
            col(Credit.mention_id).in_(mentions) | col(Credit.ambassador_id).in_(ids.get("ambassador", []))
        ),
        delete(ParentCandidate).where(
            col(ParentCandidate.mention_id).in_(mentions) | col(ParentCandidate.candidate_id).in_(mentions)
        ),
        delete(MentionCampaign).where(col(MentionCampaign.mention_id).in_(mentions), by_rules),
        delete(Tie).where(
            col(Tie.source_id).in_(accounts) | col(Tie.target_id).in_(accounts), col(Tie.origin) == "mentions"
        ),
    ):
        session.connection().execute(statement)
    for column in (Mention.parent_observed_id, Mention.parent_inferred_id):
        pointing = update(Mention).where(col(column).in_(mentions))
        session.connection().execute(pointing.values({column: None}))


def _remove(session: Session, change: RowChange) -> None:
    table = Row.metadata.tables[change.table]
    try:
        with session.begin_nested():
            session.connection().execute(delete(table).where(_is(table, change.key)))
    except DBAPIError as error:
        if change.table in _MAY_STAY:
            return
        what = _name_of(change)
        raise ConflictError("Something new rests on {what}: nothing was taken back", what=what) from error


def _name_of(change: RowChange) -> Note:
    row = change.before or change.after or {}
    name = next((str(row[one]) for one in _NAMED_BY if row.get(one)), f"#{change.key[0]}")
    return Note(_WORDS.get(change.table, _ANYTHING), {"name": name})


def _shown(table: str, name: str, row: Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever can be said
    """Give a value of a row as it is said: money, days, states and yes or no as the pages say them."""
    value = row[name]
    if value in (None, "", [], {}):
        return "-"
    if name.endswith("_minor"):
        return Money(value, row.get("fee_currency" if name == "fee_minor" else "currency") or _currency(row))
    read = _read(Row.metadata.tables[table], name)(value)
    if isinstance(read, bool):
        return Note(mark("yes") if read else mark("no"))
    if isinstance(read, Enum):
        return _state(read)
    if isinstance(read, list | tuple):
        return ", ".join(map(str, read))[:_SHOWN]
    if isinstance(read, int) and name.endswith("_id"):
        return f"#{read}"
    return read[:_SHOWN] if isinstance(read, str) else str(read)[:_SHOWN] if isinstance(read, dict) else read


def _currency(row: Mapping[str, Any]) -> str:
    return str(row.get("currency") or "EUR")


def _state(state: Enum) -> Any:  # noqa: ANN401 - a remark, or the text itself
    return Note(text_of(state)) if isinstance(state, StrEnum) and type(state) in WORDS else str(state.value)


def _is_noted(table: Table) -> bool:
    return table.name not in _COMPUTED_TABLES


def _is(table: Table, key: tuple[Any, ...]) -> ColumnElement[bool]:
    return and_(*(column == value for column, value in zip(table.primary_key, key, strict=True)))


def _key(table: Table, row: Mapping[str, Any]) -> _Key:
    return table.name, tuple(row[column.name] for column in table.primary_key)


def _row_now(
    session: Session, table: Table, key: tuple[Any, ...], *, lock: bool = False
) -> Mapping[str, Any] | None:
    return next(_rows(session, table, _is(table, key), lock=lock), None)


def _rows(
    session: Session, table: Table, where: ColumnElement[bool], *, lock: bool = False
) -> Iterator[Mapping[str, Any]]:
    query = select(table).where(where)
    found = session.connection().execute(query.with_for_update() if lock else query).mappings().all()
    for row in found:
        yield {name: _encoded(value) for name, value in row.items()}


def _encoded(value: Any) -> Any:  # noqa: ANN401 - any value of a column
    """Write a value as JSON can hold it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _decoded(table: Table, values: Mapping[str, Any]) -> dict[str, Any]:
    """Read values back as the columns take them."""
    return {name: _read(table, name)(value) for name, value in values.items()}


def _read(table: Table, name: str) -> Callable[[Any], Any]:
    column = table.c[name].type
    kind: Any = datetime if isinstance(column, UTCDateTime) else column.python_type
    if issubclass(kind, Enum):
        return lambda value: None if value is None else kind(value)
    if issubclass(kind, datetime | date):
        return lambda value: None if value is None else kind.fromisoformat(value)
    return lambda value: value
