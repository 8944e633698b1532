"""When somebody is there to answer, and what is promised."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ambassador.values.care.states import CaseKind, CasePriority, PromiseClock

Periods = tuple[tuple[int, int], ...]
"""Opening periods of one weekday in minutes after midnight, ``(opens, closes)``, in their order."""


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day on which nobody is there, whatever the opening hours say."""

    day: date
    name: str = ""
    country: str = ""
    """Whose holiday it is; empty for a day of one's own."""


@dataclass(frozen=True, slots=True)
class CareCalendar:
    """When somebody is there to answer; without any hours, always."""

    time_zone: str = "Europe/Rome"
    hours: Mapping[int, Periods] = field(default_factory=dict)
    """Weekday (Monday is 0) -> its periods; a weekday that is missing never opens."""
    country: str = ""
    """Two letters of the country whose holidays are closed; empty: none's."""
    closed: tuple[ClosedDay, ...] = ()

    @property
    def is_always_open(self) -> bool:
        """Whether no hours were said."""
        return not any(self.hours.values())

    @property
    def own_days(self) -> tuple[ClosedDay, ...]:
        """The closed days that are no holiday of the country."""
        return tuple(one for one in self.closed if not one.country)


@dataclass(frozen=True, slots=True)
class CarePromise:
    """Within how many minutes what is promised, for cases of a kind and priority; None: any of them."""

    kind: CaseKind | None = None
    priority: CasePriority | None = None
    first_minutes: int | None = None
    next_minutes: int | None = None
    solution_minutes: int | None = None
    in_opening_hours: bool = True
    """Whether only minutes count in which somebody is there."""

    def minutes_of(self, clock: PromiseClock) -> int | None:
        """What is promised by one clock; None where nothing is."""
        if clock is PromiseClock.FIRST:
            return self.first_minutes
        return self.next_minutes if clock is PromiseClock.NEXT else self.solution_minutes


def promise_for(
    promises: tuple[CarePromise, ...], kind: CaseKind, priority: CasePriority
) -> CarePromise | None:
    """Find the promise that says most about a case: for both, for its kind, for its priority, for all.

    >>> all_of_them = CarePromise(first_minutes=480)
    >>> crises = CarePromise(CaseKind.CRISIS, first_minutes=30)
    >>> promise_for((all_of_them, crises), CaseKind.CRISIS, CasePriority.LOW).first_minutes
    30
    >>> promise_for((crises,), CaseKind.PRAISE, CasePriority.LOW) is None
    True
    """
    fitting = [one for one in promises if one.kind in {None, kind} and one.priority in {None, priority}]
    return max(fitting, key=lambda one: (one.kind is not None, one.priority is not None), default=None)
