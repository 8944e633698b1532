"""What follows from the events of a case: its state, since when the customer waits, which clocks run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ambassador.metrics.running_clocks import Run, runs_between
from ambassador.store.care.events import Happened
from ambassador.values.care.states import CaseEventKind, CaseStatus, PromiseClock

_MOVES: Final[Mapping[CaseEventKind, Mapping[CaseStatus, CaseStatus]]] = {
    CaseEventKind.ASKED: {
        CaseStatus.WAITING: CaseStatus.OPEN,
        CaseStatus.SOLVED: CaseStatus.REOPENED,
    },
    CaseEventKind.ANSWERED: {CaseStatus.NEW: CaseStatus.OPEN},
    CaseEventKind.RESUMED: {CaseStatus.WAITING: CaseStatus.OPEN},
    CaseEventKind.REOPENED: {CaseStatus.SOLVED: CaseStatus.REOPENED},
    CaseEventKind.WAITED: dict.fromkeys(CaseStatus, CaseStatus.WAITING),
    CaseEventKind.SOLVED: dict.fromkeys(CaseStatus, CaseStatus.SOLVED),
}
_STANDS_STILL: Final = frozenset({CaseStatus.WAITING, CaseStatus.SOLVED})


@dataclass(frozen=True, slots=True)
class Timeline:
    """A case as its events make it."""

    status: CaseStatus
    opened_at: datetime
    first_answer_at: datetime | None
    waiting_since: datetime | None
    """Since when the customer waits for an answer."""
    solved_at: datetime | None
    pauses: tuple[Run, ...]
    """While we waited for the customer, or thought it solved: no clock runs then."""
    answers: tuple[tuple[datetime, datetime], ...]
    """Of each answer after the first: since when the customer had waited for it, and when it came."""

    def runs(self, clock: PromiseClock) -> tuple[Run, ...]:
        """Give the stretches in which a clock runs; none for one that was not started.

        Of the next answers it is the clock of the one the customer waits for now.
        """
        if clock is PromiseClock.FIRST:
            return runs_between(self.opened_at, self.first_answer_at or self.solved_at, self.pauses)
        if clock is PromiseClock.SOLUTION:
            return runs_between(self.opened_at, self.solved_at, self.pauses)
        if self.first_answer_at is None or self.waiting_since is None:
            return ()
        return runs_between(self.waiting_since, self.solved_at, self.pauses)

    def is_running(self, clock: PromiseClock) -> bool:
        """Tell whether a clock runs now."""
        runs = self.runs(clock)
        return bool(runs) and runs[-1][1] is None


def timeline_of(events: Iterable[Happened]) -> Timeline:
    """Go through the events of a case in their order.

    Examples
    --------
    >>> from datetime import UTC
    >>> K = CaseEventKind
    >>> said = [(9, K.ASKED), (11, K.ANSWERED), (11, K.WAITED), (15, K.ASKED)]
    >>> found = timeline_of(Happened(datetime(2026, 5, 4, hour, tzinfo=UTC), kind) for hour, kind in said)
    >>> found.status.value, found.first_answer_at.hour, found.waiting_since.hour
    ('open', 11, 15)
    >>> [(begins.hour, ends and ends.hour) for begins, ends in found.runs(PromiseClock.SOLUTION)]
    [(9, 11), (15, None)]
    """
    told: Sequence[Happened] = sorted(events, key=lambda one: one.at)
    status, opened_at = CaseStatus.NEW, told[0].at
    first = asked = solved = None
    states: list[tuple[datetime, CaseStatus]] = []
    answers: list[tuple[datetime, datetime]] = []
    for at, kind in told:
        before, status = status, _MOVES.get(kind, {}).get(status, status)
        if kind is CaseEventKind.ASKED:
            asked = asked or at
        elif kind is CaseEventKind.ANSWERED and asked is not None:
            if first is not None:
                answers.append((asked, at))
            first, asked = first or at, None
        if status is CaseStatus.SOLVED and before is not CaseStatus.SOLVED:
            solved = at
        states.append((at, status))
    return Timeline(
        status=status,
        opened_at=opened_at,
        first_answer_at=first,
        waiting_since=None if status is CaseStatus.SOLVED else asked,
        solved_at=solved if status is CaseStatus.SOLVED else None,
        pauses=_pauses(states),
        answers=tuple(answers),
    )


def _pauses(states: Sequence[tuple[datetime, CaseStatus]]) -> tuple[Run, ...]:
    """Give the stretches in which no clock runs; the last may have no end."""
    found: list[Run] = []
    since: datetime | None = None
    for at, status in states:
        if status in _STANDS_STILL:
            since = since or at
        elif since is not None:
            found.append((since, at))
            since = None
    return tuple(found) if since is None else (*found, (since, None))
