"""A round of ideas in which the three rules differ, and what is needed to fill one."""

from collections.abc import Mapping, Sequence
from datetime import date

from ambassador.services.activations.activations import create_activation, move_activation
from ambassador.services.activations.ballots import bring_in_votes
from ambassador.services.activations.entries import put_idea
from ambassador.services.work import UnitOfWork
from ambassador.values.activations.activations import ActivationDraft, EntryDraft
from ambassador.values.activations.states import ActivationKind, ActivationStatus
from ambassador.values.activations.votes import VotesReport
from ambassador.values.money import Money, money

IDEAS = {"A": ("Stage", "600"), "B": ("Fair", "400"), "C": ("Ramp", "300"), "D": ("Benches", "100")}
"""Six want the stage and the fair, four the ramp or the benches; there is 1,000."""
VOTES = {f"fan{n}": "A,B" for n in range(6)} | {"ugo": "C", "eva": "C,D", "pia": "C,D", "leo": "C"}


def draft(title: str = "Ideas for Bari", **more: object) -> ActivationDraft:
    """Give the form of a round that runs through May with 1,000 to spend."""
    known: dict[str, object] = {"budget": Money(100_000), "cost": Money(5_000), **more}
    return ActivationDraft(title, date(2026, 5, 1), date(2026, 5, 31), **known)  # type: ignore[arg-type]


def opened(
    work: UnitOfWork, ideas: Mapping[str, tuple[str, str]] = IDEAS, title: str = "Ideas for Bari"
) -> int:
    """Make a round with ideas and open it."""
    number = create_activation(work, draft(title))
    for key, (name, cost) in ideas.items():
        put_idea(work, number, EntryDraft(key, name, money(cost) if cost else None))
    move_activation(work, number, ActivationStatus.OPEN)
    return number


def polled(work: UnitOfWork, options: Sequence[str] = ("red", "blue")) -> int:
    """Make a poll with options and open it."""
    number = create_activation(work, draft("Which colour?", kind=ActivationKind.POLL, most_choices=1))
    for place, name in enumerate(options, start=1):
        put_idea(work, number, EntryDraft(str(place), name))
    move_activation(work, number, ActivationStatus.OPEN)
    return number


def cast(work: UnitOfWork, number: int, votes: Mapping[str, str], name: str = "votes.csv") -> VotesReport:
    """Bring in a file of votes: voter -> keys."""
    lines = ["voter,vote", *(f'{voter},"{keys}"' for voter, keys in votes.items())]
    return bring_in_votes(work, number, name, "\n".join(lines).encode())
