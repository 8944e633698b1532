"""Opening hours, holidays and promises: what is refused, and that open cases follow."""

import sys
from datetime import date, timedelta
from types import ModuleType

import pytest

from ambassador.errors import BadInputError, ConfigurationError, EditedMeanwhileError
from ambassador.services.care.moves import answer_case, move_case
from ambassador.services.care.opening import open_case
from ambassador.services.care.queue import open_case_view
from ambassador.services.care.rules import (
    list_promises,
    read_calendar,
    remove_promises,
    set_calendar,
    set_promises,
)
from ambassador.services.work import UnitOfWork
from ambassador.values.care.cases import CaseDraft
from ambassador.values.care.rules import CareCalendar, CarePromise, ClosedDay
from ambassador.values.care.states import CaseKind, CasePriority, CaseStatus
from tests.services.care.desk import WEEK, at, promised


@pytest.fixture
def _without_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)


@pytest.fixture
def _with_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for the package: the first of May of every year, for one country."""
    package = ModuleType("holidays")

    def country_holidays(country: str, years: range) -> dict[date, str]:
        if country != "IT":
            raise NotImplementedError
        return {date(year, 5, 1): "Festa dei Lavoratori" for year in years} | {
            date(max(years), 12, 25): "Natale"
        }

    package.country_holidays = country_holidays  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "holidays", package)


def test_changing_the_rules_changes_what_is_due_of_open_cases_alone(work: UnitOfWork) -> None:
    promised(work)
    number = open_case(work, CaseDraft("Where?", said_at=at(4, 9))).id
    solved = open_case(work, CaseDraft("Here?", said_at=at(4, 9))).id
    move_case(work, solved, CaseStatus.SOLVED)
    set_promises(work, [CarePromise(first_minutes=60)])
    assert open_case_view(work, number).card.due_at == at(4, 10)
    set_calendar(work, CareCalendar("UTC", WEEK, closed=(ClosedDay(date(2026, 5, 4), "Fair"),)))
    assert open_case_view(work, number).card.due_at == at(5, 10)
    set_promises(work, [CarePromise(CaseKind.QUESTION, first_minutes=30, in_opening_hours=False)])
    assert open_case_view(work, number).card.due_at == at(4, 9, 30)
    assert open_case_view(work, solved).card.due_at is None
    remove_promises(work, [CarePromise(CaseKind.QUESTION), CarePromise()])
    assert open_case_view(work, number).card.due_at is None


def test_without_hours_or_promises_nothing_is_due_and_nothing_fails(work: UnitOfWork) -> None:
    number = open_case(work, CaseDraft("Where?", said_at=at(4, 9))).id
    answer_case(work, number, "There")
    view = open_case_view(work, number)
    assert (view.card.due_at, [one.is_kept for one in view.clocks]) == (None, [None, None])


def test_calendars_that_never_open_are_refused(work: UnitOfWork) -> None:
    today = work.now().date()
    mondays = tuple(
        ClosedDay(today + timedelta(days=day))
        for day in range(400)
        if (today + timedelta(days=day)).weekday() == 0
    )
    with pytest.raises(BadInputError, match="within a year"):
        set_calendar(work, CareCalendar("Europe/Rome", {0: ((540, 600),)}, closed=mondays))
    with pytest.raises(BadInputError, match="time zone"):
        set_calendar(work, CareCalendar("Mars/Olympus", WEEK))
    for wrong in (((600, 540),), ((540, 540),), ((-5, 10),), ((0, 1441),), ((0, 100), (50, 200))):
        with pytest.raises(BadInputError):
            set_calendar(work, CareCalendar("UTC", {0: wrong}))
    assert read_calendar(work) == CareCalendar()


def test_promises_say_something_and_each_replaces_the_one_for_the_same_cases(work: UnitOfWork) -> None:
    for wrong in (CarePromise(), CarePromise(first_minutes=0), CarePromise(solution_minutes=10**9)):
        with pytest.raises(BadInputError):
            set_promises(work, [wrong])
    high = CarePromise(priority=CasePriority.HIGH, first_minutes=15)
    set_promises(work, [CarePromise(first_minutes=60), high])
    set_promises(work, [CarePromise(first_minutes=90)])
    assert list_promises(work) == (CarePromise(first_minutes=90), high)


def test_two_forms_of_opening_hours_change_different_things_and_clash_over_the_same(work: UnitOfWork) -> None:
    was = set_calendar(work, CareCalendar("UTC", WEEK))
    set_calendar(work, CareCalendar("Europe/Rome", WEEK), was)
    found = set_calendar(work, CareCalendar("UTC", {0: ((540, 600),)}), was)
    assert (found.time_zone, found.hours) == ("Europe/Rome", {0: ((540, 600),)})
    with pytest.raises(EditedMeanwhileError):
        set_calendar(work, CareCalendar("UTC", {1: ((540, 600),)}), was)


@pytest.mark.usefixtures("_without_holidays")
def test_a_country_without_the_package_is_refused_with_the_way_out(work: UnitOfWork) -> None:
    with pytest.raises(ConfigurationError, match=r"pip install 'ambassador\[holidays\]'"):
        set_calendar(work, CareCalendar("UTC", WEEK, "IT"))
    with pytest.raises(BadInputError, match="is no country"):
        set_calendar(work, CareCalendar("UTC", WEEK, "Italy"))


@pytest.mark.usefixtures("_with_holidays")
def test_holidays_are_kept_as_days_beside_those_of_ones_own(
    work: UnitOfWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = ClosedDay(date(2026, 5, 4), "Fair")
    found = set_calendar(work, CareCalendar("UTC", WEEK, "it", (own,)))
    assert (found.country, found.own_days) == ("IT", (own,))
    assert ClosedDay(date(2026, 5, 1), "Festa dei Lavoratori", "IT") in found.closed
    with pytest.raises(BadInputError, match="No holidays are known for XX"):
        set_calendar(work, CareCalendar("UTC", WEEK, "XX"))
    monkeypatch.setitem(sys.modules, "holidays", None)
    again = set_calendar(work, CareCalendar("UTC", {0: ((540, 600),)}, "IT", (own,)))
    assert again.closed == found.closed
    assert set_calendar(work, CareCalendar("UTC", WEEK)).closed == ()
