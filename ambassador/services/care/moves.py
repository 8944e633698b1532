"""What is done with a case: answered, put to waiting, solved, reopened, noted, changed, rated.

Whoever acts on a case says which revision of it they saw; where somebody else has acted since, that is told
and nothing is written.
"""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlmodel import Session

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError
from ambassador.i18n import mark
from ambassador.services.care.clocks import bring_forward
from ambassador.services.care.opening import checked_length, said_when
from ambassador.services.meanwhile import refuse_overwriting
from ambassador.services.work import UnitOfWork
from ambassador.store.care import cases as store
from ambassador.store.care.events import Stamp, add_event, events_of, get_events
from ambassador.store.tables.care import CareCase, CareEvent
from ambassador.values.care.cases import CaseFields
from ambassador.values.care.states import CASE_CHANGES, MOST_MINUTES, TAKES_TIME, CaseEventKind, CaseStatus
from ambassador.values.status_words import WORDS

_WORST, _BEST = 1, 5
_DONE_BY = {
    CaseStatus.WAITING: CaseEventKind.WAITED,
    CaseStatus.OPEN: CaseEventKind.RESUMED,
    CaseStatus.SOLVED: CaseEventKind.SOLVED,
    CaseStatus.REOPENED: CaseEventKind.REOPENED,
}


def answer_case(
    work: UnitOfWork,
    case_id: int,
    text: str,
    *,
    then: CaseStatus | None = None,
    at: datetime | None = None,
    seen: int | None = None,
    minutes: int | None = None,
) -> None:
    """Write down what we answered, and the minutes it took; ``then`` waits for the customer or solves it.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> answer_case(work, opened.id, "A new one is on its way", then=CaseStatus.SOLVED)
    >>> answer_case(work, opened.id, "Once more", seen=1)
    Traceback (most recent call last):
    ...
    ambassador.errors.ConflictError: Somebody else has changed case 1 in the meantime: we answered, solved. \
Nothing of yours is in: look at it, then try again
    """
    said = checked_length(text.strip())
    if not said:
        raise BadInputError(mark("Write what was answered"))
    took = checked_minutes(minutes)
    when = said_when(work, at)
    with work.writing() as session:
        row = case_to_change(session, case_id, seen)
        _write(session, row, CaseEventKind.ANSWERED, Stamp(when, work.actor, work.now()), said, took)
        if then is not None:
            _move(session, work, row, then, "", when)


def customer_said(
    work: UnitOfWork, case_id: int, text: str, *, at: datetime | None = None, seen: int | None = None
) -> None:
    """Write down what the customer said next; it opens a case that waited, and one that was solved again.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> customer_said(work, opened.id, "Thank you!")
    """
    said = checked_length(text.strip())
    if not said:
        raise BadInputError(mark("Write what the customer said"))
    when = said_when(work, at)
    with work.writing() as session:
        row = case_to_change(session, case_id, seen)
        _write(session, row, CaseEventKind.ASKED, Stamp(when, work.actor, work.now()), said)


def move_case(
    work: UnitOfWork,
    case_id: int,
    wanted: CaseStatus,
    note: str = "",
    *,
    at: datetime | None = None,
    seen: int | None = None,
    minutes: int | None = None,
) -> None:
    """Wait for the customer, wait no more, solve, or open a solved case again.

    Minutes of work can be logged of what is solved.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> move_case(work, opened.id, CaseStatus.SOLVED, "by telephone")
    >>> move_case(work, opened.id, CaseStatus.WAITING)
    Traceback (most recent call last):
    ...
    ambassador.errors.IllegalStatusChangeError: Case 1 is solved: it cannot become waiting
    """
    took, when = checked_minutes(minutes), said_when(work, at)
    with work.writing() as session:
        _move(session, work, case_to_change(session, case_id, seen), wanted, note, when, took)


def _move(
    session: Session,
    work: UnitOfWork,
    row: CareCase,
    wanted: CaseStatus,
    note: str,
    at: datetime,
    minutes: int | None = None,
) -> None:
    number = row.id or 0
    if wanted not in CASE_CHANGES[row.status]:
        message = mark("Case {number} is {now}: it cannot become {wanted}")
        raise IllegalStatusChangeError(message, number=number, now=row.status.value, wanted=wanted.value)
    said = checked_length(note.strip())
    _write(session, row, _DONE_BY[wanted], Stamp(at, work.actor, work.now()), said, minutes)


def _write(
    session: Session,
    row: CareCase,
    kind: CaseEventKind,
    stamp: Stamp,
    text: str,
    minutes: int | None = None,
) -> None:
    """Write down what happened to a case, and let its state and its clocks follow."""
    add_event(session, row.id or 0, kind, stamp, text=text, minutes=minutes)
    row.revision += 1
    bring_forward(session, [row])


def log_minutes(
    work: UnitOfWork,
    case_id: int,
    minutes: int | None,
    *,
    entry: int | None = None,
    seen: int | None = None,
) -> None:
    """Log the minutes of work an answer, a solution or a note took, or correct them; None takes them away.

    Without ``entry`` they are those of the last of these.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> answer_case(work, opened.id, "A new one is on its way", minutes=12)
    >>> log_minutes(work, opened.id, 15)
    >>> log_minutes(work, opened.id, 0)
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 0 minutes cannot be logged: write whole minutes from 1 to 1440, or none
    """
    took = checked_minutes(minutes)
    with work.writing() as session:
        row = case_to_change(session, case_id, seen)
        _entry_of_ours(session, case_id, entry).minutes = took
        row.revision += 1


def checked_minutes(minutes: int | None) -> int | None:
    """Return minutes of work as they can be logged.

    Examples
    --------
    >>> checked_minutes(12), checked_minutes(None)
    (12, None)
    """
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        message = mark("{value} minutes cannot be logged: write whole minutes from 1 to {most}, or none")
        raise BadInputError(message, value=minutes, most=MOST_MINUTES)
    return minutes


def _entry_of_ours(session: Session, case_id: int, entry: int | None) -> CareEvent:
    if entry is not None:
        (found,) = get_events(session, case_id, [entry])
        if found.kind not in TAKES_TIME:
            message = mark(
                "Entry {entry} of case {number} is no answer, solution or note of ours: minutes are logged "
                "of those"
            )
            raise BadInputError(message, entry=entry, number=case_id)
        return found
    ours = [event for event, _ in events_of(session, case_id) if event.kind in TAKES_TIME]
    if not ours:
        message = mark(
            "Case {number} has no answer, solution or note of ours yet: answer it, then log the minutes it "
            "took"
        )
        raise BadInputError(message, number=case_id)
    return ours[-1]


def note_on_case(work: UnitOfWork, case_id: int, text: str) -> None:
    """Write a note that only we read; no clock minds it.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> note_on_case(work, opened.id, "She is a friend of Nina's")
    """
    said = checked_length(text.strip())
    if not said:
        raise BadInputError(mark("Write the note"))
    with work.writing() as session:
        row = case_to_change(session, case_id, None)
        now = work.now()
        add_event(session, case_id, CaseEventKind.NOTE, Stamp(now, work.actor, now), text=said)
        row.revision += 1


def edit_case(work: UnitOfWork, case_id: int, wanted: CaseFields, was: CaseFields | None = None) -> None:
    """Change what a case is about, whose it is and how urgent; with ``was`` only what the form changed.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> edit_case(work, opened.id, replace(case_fields(work, opened.id), owner="sara"))
    """
    wanted = _tidy(wanted)
    with work.writing() as session:
        row = case_to_change(session, case_id, None)
        if was is not None:
            stored, typed, first = (_parts(one) for one in (fields_of(row), wanted, _tidy(was)))
            refuse_overwriting(f"case {case_id}", first, stored, typed, lambda values: CaseFields(**values))
            wanted = CaseFields(
                **{name: value if value != first[name] else stored[name] for name, value in typed.items()}
            )
        for name, value in _parts(wanted).items():
            setattr(row, name, value)
        row.revision += 1
        bring_forward(session, [row])


def case_fields(work: UnitOfWork, case_id: int) -> CaseFields:
    """Read what can be changed of a case.

    Examples
    --------
    >>> case_fields(work, 7)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no case number 7
    """
    with work.reading() as session:
        return fields_of(store.get_case(session, case_id))


def rate_case(work: UnitOfWork, case_id: int, satisfaction: int | None, note: str = "") -> None:
    """Log how satisfied the customer was, from 1 to 5, and a sentence; None takes it away.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> (opened,) = open_from_mentions(work, [7])
    >>> rate_case(work, opened.id, 6)
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: 6 is no satisfaction: it goes from 1 to 5
    """
    if satisfaction is not None and not _WORST <= satisfaction <= _BEST:
        message = mark("{value} is no satisfaction: it goes from {worst} to {best}")
        raise BadInputError(message, value=satisfaction, worst=_WORST, best=_BEST)
    with work.writing() as session:
        row = case_to_change(session, case_id, None)
        row.satisfaction = satisfaction
        row.satisfaction_note = "" if satisfaction is None else checked_length(note.strip())
        row.revision += 1


def case_to_change(session: Session, case_id: int, seen: int | None) -> CareCase:
    """Read a case to act on it; one that was merged, or that somebody else has acted on, is told.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     case_to_change(writing, 7, None)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no case number 7
    """
    row = store.get_case(session, case_id, lock=True)
    if row.merged_into_id is not None:
        message = mark("Case {number} was merged into case {kept}: go on there")
        raise BadInputError(message, number=case_id, kept=row.merged_into_id)
    if seen is not None and seen != row.revision:
        message = mark(
            "Somebody else has changed case {number} in the meantime: {what}. Nothing of yours is in: look "
            "at it, then try again"
        )
        raise ConflictError(message, number=case_id, what=_last(session, case_id, row.revision - seen))
    return row


def _last(session: Session, case_id: int, count: int) -> str:
    newest = sorted(events_of(session, case_id), key=lambda one: one[0].id or 0)[-max(count, 1) :]
    return ", ".join(WORDS[CaseEventKind][event.kind] for event, _ in newest)


def fields_of(row: CareCase) -> CaseFields:
    """Return what can be changed of a case.

    Examples
    --------
    >>> from ambassador.values.care.states import CaseKind
    >>> fields_of(CareCase(kind=CaseKind.PRAISE, owner="sara")).owner
    'sara'
    """
    return CaseFields(**{one.name: getattr(row, one.name) for one in fields(CaseFields)})


def _parts(value: CaseFields) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _tidy(wanted: CaseFields) -> CaseFields:
    return CaseFields(
        kind=wanted.kind,
        priority=wanted.priority,
        owner=wanted.owner.strip(),
        subject=checked_length(" ".join(wanted.subject.split())),
        is_private=wanted.is_private,
        customer=" ".join(wanted.customer.split()),
        contact=wanted.contact.strip(),
    )
