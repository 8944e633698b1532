"""How the points of the law on prize contests stand; a contest opens once none is left to do."""

from datetime import timedelta

from sqlmodel import Session

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.store.activations.law import list_law_notes
from ambassador.store.tables.activations import Activation, LawNote
from ambassador.values.activations.contests import LawRow
from ambassador.values.activations.prize_law import PRIZE_LAW, LawPoint
from ambassador.values.activations.states import PointState


def law_rows(session: Session, row: Activation) -> tuple[LawRow, ...]:
    """Return the points of the law, then those of the contest's own, each as it stands.

    Examples
    --------
    >>> from datetime import date
    >>> law_rows(session, Activation(id=7, starts_on=date(2026, 5, 20)))[5].by_day
    datetime.date(2026, 5, 5)
    """
    notes = {note.key: note for note in list_law_notes(session, row.id or 0)}
    known = {point.key for point in PRIZE_LAW}
    points = [_row_of(point, row, notes.get(point.key)) for point in PRIZE_LAW]
    return tuple(points) + tuple(
        LawRow(key, note.text, "", None, note.state, note.reason, note.actor, note.noted_at)
        for key, note in notes.items()
        if key not in known
    )


def _row_of(point: LawPoint, row: Activation, note: LawNote | None) -> LawRow:
    by_day = None if point.days_before is None else row.starts_on - timedelta(days=point.days_before)
    if note is None:
        return LawRow(point.key, point.text, point.source, by_day, PointState.OPEN)
    return LawRow(
        point.key, point.text, point.source, by_day, note.state, note.reason, note.actor, note.noted_at
    )


def refuse_open_points(session: Session, row: Activation) -> None:
    """Refuse to open a contest while a point is neither seen to nor knowingly passed over.

    Examples
    --------
    >>> from datetime import date
    >>> refuse_open_points(session, Activation(id=7, title="Photos", starts_on=date(2026, 5, 20)))
    Traceback (most recent call last):
    ...
    ambassador.errors.BadInputError: Photos cannot open yet: 11 points of the checklist of prize contests ...
    """
    left = sum(one.state is PointState.OPEN for one in law_rows(session, row))
    if left:
        message = mark(
            "{name} cannot open yet: {count} points of the checklist of prize contests are to do; tick them, "
            "or pass them over with a reason"
        )
        raise BadInputError(message, name=row.title, count=left)
