"""The clocks of a case against what was promised, by the wall and while somebody is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from ambassador.metrics.business_hours import BusinessHours, CountingClock, WallClock
from ambassador.metrics.running_clocks import moment_of, time_taken
from ambassador.services.care.timeline import Timeline, timeline_of
from ambassador.store.care.cases import standing
from ambassador.store.care.events import happened
from ambassador.store.care.rules import read_calendar, read_promises
from ambassador.store.tables.care import CareCase
from ambassador.values.care.cases import CaseClock
from ambassador.values.care.rules import CareCalendar, CarePromise, promise_for
from ambassador.values.care.states import CaseKind, CasePriority, PromiseClock


@dataclass(frozen=True, slots=True)
class CareRules:
    """When somebody is there and what is promised, ready to reckon with."""

    open_hours: CountingClock
    promises: tuple[CarePromise, ...]

    def due(
        self, timeline: Timeline, kind: CaseKind, priority: CasePriority
    ) -> tuple[datetime | None, PromiseClock | None]:
        """Tell which promise of a case breaks first, and when; None where none runs."""
        promise = promise_for(self.promises, kind, priority)
        if promise is None:
            return None, None
        found = [
            (at, clock)
            for clock in PromiseClock
            if timeline.is_running(clock)
            and (minutes := promise.minutes_of(clock)) is not None
            and (at := moment_of(self.clock_of(promise), timeline.runs(clock), _minutes(minutes))) is not None
        ]
        return min(found, key=lambda one: one[0], default=(None, None))

    def clock_of(self, promise: CarePromise) -> CountingClock:
        """Return the clock a promise is reckoned by."""
        return self.open_hours if promise.in_opening_hours else WallClock()

    def promised(
        self, clock: PromiseClock, kind: CaseKind, priority: CasePriority
    ) -> tuple[CountingClock, timedelta] | None:
        """Tell by which clock within how long something is promised; None where nothing is."""
        promise = promise_for(self.promises, kind, priority)
        minutes = None if promise is None else promise.minutes_of(clock)
        if promise is None or minutes is None:
            return None
        return self.clock_of(promise), _minutes(minutes)

    def clocks(
        self, timeline: Timeline, kind: CaseKind, priority: CasePriority, now: datetime
    ) -> tuple[CaseClock, ...]:
        """Show the clocks of a case: those that run, and those that were stopped."""
        promise = promise_for(self.promises, kind, priority) or CarePromise()
        shown = []
        for clock in PromiseClock:
            runs = timeline.runs(clock)
            if not runs:
                continue
            minutes = promise.minutes_of(clock)
            promised = None if minutes is None else _minutes(minutes)
            running = timeline.is_running(clock) and promised is not None
            shown.append(
                CaseClock(
                    clock=clock,
                    started_at=runs[0][0],
                    stopped_at=_stopped(timeline, clock),
                    taken=time_taken(WallClock(), runs, now),
                    taken_open=time_taken(self.open_hours, runs, now),
                    promised=promised,
                    in_opening_hours=promise.in_opening_hours,
                    due_at=moment_of(self.clock_of(promise), runs, promised or timedelta())
                    if running
                    else None,
                )
            )
        return tuple(shown)


def _minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _stopped(timeline: Timeline, clock: PromiseClock) -> datetime | None:
    if clock is PromiseClock.FIRST:
        return timeline.first_answer_at or timeline.solved_at
    return timeline.solved_at


def care_rules(session: Session) -> CareRules:
    """Read the rules there are.

    Examples
    --------
    >>> care_rules(session).promises
    ()
    """
    return CareRules(clock_of_calendar(read_calendar(session)), read_promises(session))


def clock_of_calendar(calendar: CareCalendar) -> CountingClock:
    """Return the clock that runs while somebody is there; always, where no hours were said.

    Examples
    --------
    >>> from datetime import UTC
    >>> monday = CareCalendar("Europe/Rome", {0: ((540, 1080),)})
    >>> clock_of_calendar(monday).after(datetime(2026, 5, 9, tzinfo=UTC), timedelta(hours=1)).isoformat()
    '2026-05-11T08:00:00+00:00'
    """
    if calendar.is_always_open and not calendar.closed:
        return WallClock()
    hours = dict.fromkeys(range(7), ((0, 1440),)) if calendar.is_always_open else calendar.hours
    return BusinessHours(ZoneInfo(calendar.time_zone), hours, {one.day for one in calendar.closed})


def bring_forward(session: Session, cases: Sequence[CareCase], rules: CareRules | None = None) -> None:
    """Write on cases what follows from their events and from the rules.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     bring_forward(writing, standing(writing))
    """
    rules = rules or care_rules(session)
    events = happened(session, [row.id or 0 for row in cases])
    for row in cases:
        timeline = timeline_of(events[row.id or 0])
        row.status, row.opened_at = timeline.status, timeline.opened_at
        row.first_answer_at, row.waiting_since = timeline.first_answer_at, timeline.waiting_since
        row.solved_at = timeline.solved_at
        row.due_at, row.due_clock = rules.due(timeline, row.kind, row.priority)
    session.flush()


def bring_all_forward(session: Session) -> None:
    """Write what is due anew on every case that is not solved: the rules are others now.

    Examples
    --------
    >>> with work.writing() as writing:
    ...     bring_all_forward(writing)
    """
    bring_forward(session, standing(session))
