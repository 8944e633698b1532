"""The checklist of prize contests: points seen to, knowingly passed over, or added."""

from ambassador.errors import BadInputError, NotFoundError
from ambassador.i18n import mark
from ambassador.services.activations.activations import refuse_announced
from ambassador.services.activations.checklist import law_rows
from ambassador.services.work import UnitOfWork
from ambassador.store.activations import activations as store
from ambassador.store.activations.law import put_law_note
from ambassador.store.tables.activations import Activation
from ambassador.values.activations.contests import LawRow
from ambassador.values.activations.states import ActivationKind, PointState


def read_law(work: UnitOfWork, activation_id: int) -> tuple[LawRow, ...]:
    """Read how the points of a contest stand.

    Examples
    --------
    >>> from datetime import date
    >>> from ambassador.services.activations.activations import create_activation
    >>> from ambassador.values.activations.activations import ActivationDraft
    >>> photos = ActivationDraft("Photos", date(2026, 5, 1), date(2026, 5, 31), ActivationKind.CONTEST)
    >>> [one.key for one in read_law(work, create_activation(work, photos))][:3]
    ['applies', 'rules', 'length']
    """
    with work.reading() as session:
        row = store.get_activation(session, activation_id)
        refuse_other_kinds(row)
        return law_rows(session, row)


def note_law_point(
    work: UnitOfWork, activation_id: int, key: str, state: PointState, reason: str = ""
) -> None:
    """Tick a point, pass it over for a reason, or set it back to do.

    Examples
    --------
    >>> note_law_point(work, 7, "deposit", PointState.DONE)
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    reason = reason.strip()
    if state is PointState.PASSED and not reason:
        raise BadInputError(mark("Whoever passes a point over says why: write a reason"))
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        refuse_other_kinds(row)
        refuse_announced(row)
        if key not in {one.key for one in law_rows(session, row)}:
            raise NotFoundError("The checklist has no point called {name}", name=key)
        put_law_note(session, activation_id, key, state, reason=reason, at=work.now(), actor=work.actor)


def add_law_point(work: UnitOfWork, activation_id: int, text: str) -> str:
    """Add a point of the contest's own, still to do, and give its key.

    Examples
    --------
    >>> add_law_point(work, 7, "Insurance of the stand")
    Traceback (most recent call last):
    ...
    ambassador.errors.NotFoundError: There is no activation number 7
    """
    tidy = " ".join(text.split())
    if not tidy:
        raise BadInputError(mark("A point of the checklist needs words"))
    with work.writing() as session:
        row = store.get_activation(session, activation_id, lock=True)
        refuse_other_kinds(row)
        refuse_announced(row)
        own = sum(not one.source for one in law_rows(session, row))
        key = f"own-{own + 1}"
        put_law_note(
            session, activation_id, key, PointState.OPEN,
            reason="", at=work.now(), actor=work.actor, text=tidy,
        )  # fmt: skip
        return key


def refuse_other_kinds(row: Activation) -> None:
    """Refuse what only a contest has.

    Examples
    --------
    >>> refuse_other_kinds(Activation(title="Photos", kind=ActivationKind.CONTEST))
    """
    if row.kind is not ActivationKind.CONTEST:
        raise BadInputError(mark("{name} is no contest"), name=row.title)
