"""A contest with three entries and a jury of two, and what is needed to fill one."""

from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.entries import put_idea
from ambassador.services.activations.jury import give_mark
from ambassador.services.activations.law import note_law_point, read_law
from ambassador.services.work import UnitOfWork
from ambassador.values.activations.activations import EntryDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus, PointState
from tests.services.activations.rounds import draft

MARKS = (("Marta", "1", 6), ("Marta", "2", 9), ("Marta", "3", 4), ("Ugo", "1", 8), ("Ugo", "2", 9))
"""Ugo has not marked the third."""


def contest(work: UnitOfWork, weight: int | None = None, title: str = "The sea in Bari") -> int:
    """Make a contest as a draft."""
    return create_activation(
        work, draft(title, kind=ActivationKind.CONTEST, budget=None, most_choices=1, jury_weight=weight)
    )


def tick_all(work: UnitOfWork, number: int) -> None:
    """See to every point of the checklist."""
    for one in read_law(work, number):
        note_law_point(work, number, one.key, PointState.DONE)


def opened_contest(work: UnitOfWork, weight: int | None = None, title: str = "The sea in Bari") -> int:
    """Make a contest, see to the law, open it, and enter three photos."""
    number = contest(work, weight, title)
    tick_all(work, number)
    move_activation(work, number, ActivationStatus.OPEN)
    for key, name in (("1", "Dawn"), ("2", "Nets"), ("3", "Gulls")):
        link = f"https://photos.example/{key}"
        put_idea(work, number, EntryDraft(key, name, proposed_by=f"x:fan{key}", url=link))
    return number


def marked_contest(work: UnitOfWork, weight: int = 50) -> int:
    """Make a contest whose jury has marked."""
    number = opened_contest(work, weight)
    for juror, key, points in MARKS:
        give_mark(work, number, juror, key, points)
    return number
