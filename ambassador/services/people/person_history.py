"""What happened to what is known of a person, newest first."""

from collections.abc import Iterator

from sqlmodel import Session

from ambassador.i18n import mark
from ambassador.store.people import participation
from ambassador.store.tables.people import Person
from ambassador.values.imports.imports import Note
from ambassador.values.people.person_card import HistoryLine


def history_of(session: Session, person: Person) -> tuple[HistoryLine, ...]:
    """Tell where a person came from, what was moved, and every change in their campaigns."""
    lines = [*_beginnings(session, person), *_moves(session, person), *_events(session, person)]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _beginnings(session: Session, person: Person) -> Iterator[HistoryLine]:
    file_name = participation.file_of_batch(session, person.batch_id)
    if file_name:
        yield HistoryLine(person.created_at, Note(mark("imported from {file}"), {"file": file_name}))
    else:
        yield HistoryLine(person.created_at, Note(mark("added ({source})"), {"source": person.source or "–"}))  # noqa: RUF001
    if person.archived_at:
        yield HistoryLine(person.archived_at, Note(mark("archived")))
    if person.objected_at:
        yield HistoryLine(person.objected_at, Note(mark("objected to being contacted")))
    if person.erased_at:
        yield HistoryLine(person.erased_at, Note(mark("erased at their wish")))


def _moves(session: Session, person: Person) -> Iterator[HistoryLine]:
    for move in participation.list_moves(session, person.id or 0):
        other = move.from_person_id if move.to_person_id == person.id else move.to_person_id
        came = move.to_person_id == person.id
        text = (
            mark("an account came over from person {number}")
            if came
            else mark("an account went to person {number}")
        )
        yield HistoryLine(move.moved_at, Note(text, {"number": other}), move.actor)
        if move.reverted_at:
            yield HistoryLine(
                move.reverted_at,
                Note(mark("the merge with person {number} was taken back"), {"number": other}),
            )


def _events(session: Session, person: Person) -> Iterator[HistoryLine]:
    for event, campaign in participation.list_events(session, person.id or 0):
        text = mark("{campaign}: {status} {note}")
        values = {"campaign": campaign, "status": event.to_status, "note": event.note}
        yield HistoryLine(event.happened_at, Note(text, values), event.actor)
