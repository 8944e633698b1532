"""How soon a promise breaks and for how long it has been broken, in words."""

from datetime import datetime, timedelta
from typing import Final

from ambassador.i18n import mark
from ambassador.values.care.cases import CaseCard
from ambassador.values.imports.imports import Note

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_TEXTS: Final = (
    (2 * _DAY, _DAY, mark("due in {count} days"), mark("late by {count} days")),
    (2 * _HOUR, _HOUR, mark("due in {count} h"), mark("late by {count} h")),
    (2 * _MINUTE, _MINUTE, mark("due in {count} minutes"), mark("late by {count} minutes")),
)


def due_note(card: CaseCard, now: datetime) -> Note | None:
    """Say how soon a case is due or by how much it is late; None where nothing is due.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> from ambassador.services.care.queue import open_case_view
    >>> (opened,) = open_from_mentions(work, [7])
    >>> due_note(open_case_view(work, opened.id).card, work.now()) is None
    True
    """
    return None if card.due_at is None else due_words(card.due_at - now)


def due_words(left: timedelta) -> Note:
    """Say how much time is left, or by how much it is late where it is below zero; both rounded down.

    Examples
    --------
    >>> str(due_words(timedelta(minutes=40))), str(due_words(timedelta(hours=-2)))
    ('due in 40 minutes', 'late by 2 h')
    >>> str(due_words(timedelta(days=3))), str(due_words(timedelta(seconds=70)))
    ('due in 3 days', 'due in a minute')
    >>> str(due_words(timedelta(seconds=-5))), str(due_words(-timedelta(hours=50)))
    ('late by a minute', 'late by 2 days')
    """
    size = abs(left)
    for least, unit, due, late in _TEXTS:
        if size >= least:
            return Note(due if left >= timedelta() else late, {"count": size // unit})
    return Note(mark("due in a minute") if left >= timedelta() else mark("late by a minute"))
