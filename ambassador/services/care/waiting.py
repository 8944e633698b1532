"""How long customers wait for answers and solutions; those who still do count as longer than so far."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

import numpy as np

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.metrics.business_hours import CountingClock, WallClock
from ambassador.metrics.care import compare_waits, waiting_quantile
from ambassador.metrics.running_clocks import Run, runs_between, time_taken
from ambassador.services.care.clocks import CareRules, care_rules
from ambassador.services.care.timeline import Timeline, timeline_of
from ambassador.services.work import UnitOfWork
from ambassador.store.care.cases import CaseTraits, cases_since
from ambassador.store.care.events import Happened, happened
from ambassador.store.care.rules import read_calendar
from ambassador.values.care.states import CaseEventKind, PromiseClock
from ambassador.values.care.waiting import (
    ChangeVerdict,
    WaitingBy,
    WaitingChange,
    WaitingFigures,
    WaitingFilter,
    WaitingRow,
    WaitingView,
)
from ambassador.values.days import day_begins, day_in
from ambassador.values.imports.imports import Note

_WEEKS: Final = 13
_DAY: Final = timedelta(days=1)
_HOUR: Final = 3600.0
_SURE: Final = 0.05
"""From a probability below this on a difference is told as one."""
_TEXTS: Final = {
    ChangeVerdict.SHORTER: (
        mark("shorter since then: half within {after} h, where it was {before} h"),
        mark("shorter since then"),
    ),
    ChangeVerdict.LONGER: (
        mark("longer since then: half within {after} h, where it was {before} h"),
        mark("longer since then"),
    ),
}
_UNCLEAR: Final = mark("cannot be told: {before} before and {after} after are too few, or too much alike")


@dataclass(frozen=True, slots=True)
class _Wait:
    """One time a customer waited for something."""

    case: CaseTraits
    clock: PromiseClock
    began: datetime
    runs: tuple[Run, ...]
    is_over: bool


def waiting_figures(work: UnitOfWork, wanted: WaitingFilter | None = None) -> WaitingView:
    """Measure the waits that began in some time, told apart, and before and after a change.

    Raises
    ------
    BadInputError
        If the days are in the wrong order, or the change lies outside them.

    Examples
    --------
    >>> from ambassador.services.care.opening import open_from_mentions
    >>> opened = open_from_mentions(work, [7])
    >>> found = waiting_figures(work)
    >>> [(row.clock.value, row.figures.goes_on) for row in found.total if row.figures.began]
    [('first', 1), ('solution', 1)]
    """
    wanted, now = wanted or WaitingFilter(), work.now()
    with work.reading() as session:
        calendar, rules = read_calendar(session), care_rules(session)
        zone = calendar.time_zone
        since, until = _days(wanted, day_in(zone, now))
        begins, ends = day_begins(since, zone), day_begins(until + _DAY, zone)
        cases = cases_since(session, begins, wanted.campaign_id)
        events = happened(session, [row.id for row in cases])
    every = [wait for row in cases for wait in _waits(row, _timeline(row, events[row.id]))]
    waits = [wait for wait in every if begins <= wait.began < ends]
    measure = _Measure(rules, rules.open_hours if wanted.in_opening_hours else WallClock(), now)
    groups: dict[tuple[PromiseClock, str], list[_Wait]] = {}
    for wait in waits:
        groups.setdefault((wait.clock, _group(wait, wanted.by, zone)), []).append(wait)
    return WaitingView(
        since=since,
        until=until,
        total=tuple(
            WaitingRow(clock, "", measure.figures([wait for wait in waits if wait.clock is clock]))
            for clock in PromiseClock
        ),
        rows=tuple(
            WaitingRow(clock, group, measure.figures(groups[clock, group])) for clock, group in sorted(groups)
        ),
        changes=()
        if wanted.changed_on is None
        else measure.changes(waits, day_begins(wanted.changed_on, zone)),
        older=sum(
            wait.clock is PromiseClock.FIRST and not wait.is_over and wait.began < begins for wait in every
        ),
        now=now,
        has_hours=not calendar.is_always_open or bool(calendar.closed),
    )


def change_note(change: WaitingChange) -> Note:
    """Say in words what became of the waits at a change.

    Examples
    --------
    >>> none = WaitingFigures(0, 0, None, None, 0, 0)
    >>> str(change_note(WaitingChange(PromiseClock.FIRST, none, none, None, ChangeVerdict.UNCLEAR)))
    'cannot be told: 0 before and 0 after are too few, or too much alike'
    """
    before, after = change.before, change.after
    if change.verdict not in _TEXTS:
        return Note(_UNCLEAR, {"before": before.began, "after": after.began})
    whole, bare = _TEXTS[change.verdict]
    if before.median is None or after.median is None:
        return Note(bare)
    return Note(whole, {"before": hours_of(before.median), "after": hours_of(after.median)})


def hours_of(time: timedelta | None) -> float | None:
    """Write a length of time in hours, to a tenth.

    Examples
    --------
    >>> hours_of(timedelta(minutes=90)), hours_of(None)
    (1.5, None)
    """
    return None if time is None else round(time.total_seconds() / _HOUR, 1)


def _days(wanted: WaitingFilter, today: date) -> tuple[date, date]:
    """Give the first and the last day; where they were not said, of whole weeks up to this one."""
    until = wanted.until or today
    monday = until - until.weekday() * _DAY
    since = wanted.since or monday - (_WEEKS - 1) * 7 * _DAY
    if since > until:
        message = mark("The first day, {first}, is later than the last, {last}")
        raise BadInputError(message, first=since, last=until)
    changed = wanted.changed_on
    if changed is not None and not since < changed <= until:
        message = mark(
            "The change has to lie after {first} and not after {last}, to have waits on both sides"
        )
        raise BadInputError(message, first=since, last=until)
    return since, until


def _timeline(case: CaseTraits, events: Sequence[Happened]) -> Timeline:
    return timeline_of(events or [Happened(case.opened_at, CaseEventKind.ASKED)])


def _waits(case: CaseTraits, timeline: Timeline) -> Iterator[_Wait]:
    """Give the waits of one case: for the first answer, for each next one, for the solution."""
    over = timeline.first_answer_at is not None or timeline.solved_at is not None
    opened, first = timeline.opened_at, PromiseClock.FIRST
    yield _Wait(case, first, opened, timeline.runs(first), over)
    for asked, answered in timeline.answers:
        runs = runs_between(asked, answered, timeline.pauses)
        yield _Wait(case, PromiseClock.NEXT, asked, runs, is_over=True)
    if timeline.first_answer_at is not None and timeline.waiting_since is not None:
        runs = timeline.runs(PromiseClock.NEXT)
        yield _Wait(case, PromiseClock.NEXT, timeline.waiting_since, runs, is_over=False)
    runs = timeline.runs(PromiseClock.SOLUTION)
    yield _Wait(case, PromiseClock.SOLUTION, opened, runs, timeline.solved_at is not None)


def _group(wait: _Wait, by: WaitingBy, zone: str) -> str:
    if by is WaitingBy.OWNER:
        return wait.case.owner
    if by is WaitingBy.CHANNEL:
        return wait.case.channel.value
    if by is WaitingBy.KIND:
        return wait.case.kind.value
    began = day_in(zone, wait.began)
    return (began - began.weekday() * _DAY).isoformat()


def _until(wait: _Wait, moment: datetime) -> _Wait:
    """Look at a wait as it stood at a moment."""
    if wait.is_over and all(ends is not None and ends <= moment for _, ends in wait.runs):
        return wait
    runs = tuple(
        (begins, moment if ends is None else min(ends, moment))
        for begins, ends in wait.runs
        if begins < moment
    )
    return replace(wait, runs=runs, is_over=False)


@dataclass(frozen=True, slots=True)
class _Measure:
    """What waits are measured with."""

    rules: CareRules
    clock: CountingClock
    now: datetime

    def figures(self, waits: Sequence[_Wait]) -> WaitingFigures:
        """Sum some waits up."""
        hours, over = self._hours(waits), _over(waits)
        kept, broken = self._promises(waits)
        return WaitingFigures(
            began=len(waits),
            ended=int(over.sum()),
            median=_time(waiting_quantile(hours, over, 0.5)),
            ninetieth=_time(waiting_quantile(hours, over, 0.9)),
            kept=kept,
            broken=broken,
        )

    def changes(self, waits: Sequence[_Wait], moment: datetime) -> tuple[WaitingChange, ...]:
        """Compare, clock by clock, what began before a moment with what began from then on."""
        by_clock: Mapping[PromiseClock, list[_Wait]] = {
            clock: [wait for wait in waits if wait.clock is clock] for clock in PromiseClock
        }
        return tuple(self._change(clock, some, moment) for clock, some in by_clock.items())

    def _change(self, clock: PromiseClock, waits: Iterable[_Wait], moment: datetime) -> WaitingChange:
        before = [_until(wait, moment) for wait in waits if wait.began < moment]
        after = [wait for wait in waits if wait.began >= moment]
        found = compare_waits(self._hours(after), _over(after), self._hours(before), _over(before))
        verdict = ChangeVerdict.UNCLEAR
        if found is not None and found[1] < _SURE:
            verdict = ChangeVerdict.SHORTER if found[0] > 0 else ChangeVerdict.LONGER
        return WaitingChange(clock, self.figures(before), self.figures(after), found and found[1], verdict)

    def _hours(self, waits: Sequence[_Wait]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        taken = (time_taken(self.clock, wait.runs, self.now).total_seconds() / _HOUR for wait in waits)
        return np.fromiter(taken, np.float64, len(waits))

    def _promises(self, waits: Sequence[_Wait]) -> tuple[int, int]:
        """Count the promises kept and those broken; each by its own clock."""
        kept = broken = 0
        for wait in waits:
            found = self.rules.promised(wait.clock, wait.case.kind, wait.case.priority)
            if found is None:
                continue
            clock, promised = found
            in_time = time_taken(clock, wait.runs, self.now) <= promised
            kept += in_time and wait.is_over
            broken += not in_time
        return kept, broken


def _over(waits: Sequence[_Wait]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    return np.array([wait.is_over for wait in waits], np.bool_)


def _time(hours: float | None) -> timedelta | None:
    return None if hours is None else timedelta(hours=hours)
