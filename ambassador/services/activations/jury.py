"""Marks of the jury: given by hand or by file, the latest of a juror for an entry counts."""

from collections.abc import Iterable

from sqlmodel import Session

from ambassador.errors import AmbassadorError, BadInputError, IllegalStatusChangeError, NotFoundError
from ambassador.i18n import mark
from ambassador.metrics.contest import MOST
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.law import refuse_other_kinds
from ambassador.services.activations.naming import LONGEST_NAME
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.entries import find_entry
from ambassador.store.activations.jury import list_marks, put_mark, remove_mark
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.contests import MarkDraft
from ambassador.values.activations.states import ActivationStatus
from ambassador.values.imports.imports import RejectedRow


def give_mark(work: UnitOfWork, activation_id: int, juror: str, key: str, points: int) -> None:
    """Write down what a juror gives an entry; a later mark of theirs takes its place.

    Examples
    --------
    >>> give_mark(work, 7, "Marta Rossi", "1", 8)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        mark_entry(session, work, row, MarkDraft(0, juror, key, points))


def take_mark_back(work: UnitOfWork, activation_id: int, juror: str, key: str) -> None:
    """Take the mark of a juror off an entry.

    Examples
    --------
    >>> take_mark_back(work, 7, "Marta Rossi", "1")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        refuse_announced(row)
        entry = find_entry(session, activation_id, key)
        name = _known_juror(session, activation_id, juror)
        if entry is None or not remove_mark(session, entry.id or 0, name):
            raise NotFoundError("{juror} has given {name} no mark", juror=juror, name=key)


def mark_entry(session: Session, work: UnitOfWork, row: Activation, draft: MarkDraft) -> str:
    """Write a mark within somebody else's transaction; say ``added``, ``changed`` or nothing.

    Examples
    --------
    >>> from ambassador.values.activations.states import ActivationKind
    >>> mark_entry(
    ...     session, work, Activation(title="Bench", kind=ActivationKind.IDEAS), MarkDraft(0, "M", "1", 8)
    ... )
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Bench is no contest
    """
    refuse_other_kinds(row)
    refuse_announced(row)
    if row.status is ActivationStatus.DRAFT:
        message = mark("{name} is {status}: marks come in once it is open")
        raise IllegalStatusChangeError(message, name=row.title, status=row.status.value)
    name = _known_juror(session, row.id or 0, draft.juror)
    if not name or len(name) > LONGEST_NAME:
        raise BadInputError(mark("the mark names no juror"))
    if not 1 <= draft.points <= MOST:
        raise BadInputError(
            mark("{points} is no mark: give a whole number from 1 to 10"), points=draft.points
        )
    entry = find_entry(session, row.id or 0, draft.entry)
    if entry is None:
        raise BadInputError(mark("{value} is no entry of the contest"), value=draft.entry)
    return put_mark(session, entry.id or 0, name, draft.points, at=work.now(), actor=work.actor)


def mark_entries(
    session: Session, work: UnitOfWork, row: Activation, drafts: Iterable[MarkDraft]
) -> tuple[list[str], list[RejectedRow]]:
    """Write the marks of a file; say what was done with each that can be used, and why the others cannot.

    Examples
    --------
    >>> mark_entries(session, work, Activation(title="Bench"), [])
    ([], [])
    """
    done: list[str] = []
    rejected: list[RejectedRow] = []
    for draft in drafts:
        try:
            done.append(mark_entry(session, work, row, draft))
        except AmbassadorError as error:
            if isinstance(error, IllegalStatusChangeError):
                raise
            value = f"{draft.juror}: {draft.entry}"
            rejected.append(RejectedRow(draft.line, "mark", value, error.message, error.values))
    return done, rejected


def _known_juror(session: Session, activation_id: int, juror: str) -> str:
    """Call a juror as they were called first, whatever the capitals."""
    name = " ".join(juror.split())
    same = (
        one.juror for one in list_marks(session, activation_id) if one.juror.casefold() == name.casefold()
    )
    return next(same, name)
