"""How long customers wait, against a reckoning by hand and against a clock that looks every minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ambassador.errors import BadInputError
from ambassador.services.care.moves import answer_case, case_fields, customer_said, edit_case, move_case
from ambassador.services.care.opening import open_case
from ambassador.services.care.waiting import change_note, waiting_figures
from ambassador.services.work import UnitOfWork
from ambassador.values.care.cases import CaseDraft
from ambassador.values.care.states import CaseChannel, CaseKind, CaseStatus, PromiseClock
from ambassador.values.care.waiting import ChangeVerdict, WaitingBy, WaitingFilter, WaitingView
from tests.services.care.desk import at, promised

FIRST, NEXT, SOLUTION = PromiseClock


def asked(work: UnitOfWork, moment: datetime, owner: str = "sara", **other: object) -> int:
    draft = CaseDraft("Where is it?", customer=f"c{moment}", owner=owner, said_at=moment, **other)  # type: ignore[arg-type]
    return open_case(work, draft, alone=True).id


def figures(
    view: WaitingView, clock: PromiseClock, group: str | None = None
) -> tuple[int, int, object, object]:
    rows = view.total if group is None else [row for row in view.rows if row.group == group]
    (found,) = [row.figures for row in rows if row.clock is clock]
    return found.began, found.ended, found.median, found.ninetieth


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_waits_are_counted_in_opening_hours_and_who_still_waits_counts_as_longer(work: UnitOfWork) -> None:
    promised(work)
    work = work.at(at(8, 18))
    for moment, answer in ((at(4, 9), at(4, 10)), (at(4, 12), at(4, 15)), (at(4, 17), at(5, 10))):
        answer_case(work, asked(work, moment), "Here", at=answer)
    asked(work, at(7, 9))
    wanted = WaitingFilter(since=date(2026, 5, 4))
    view = waiting_figures(work, wanted)
    # 1 h; 12 to 13 and 14 to 15: 2 h; 17 to 18 and 9 to 10: 2 h; 16 h and more
    assert figures(view, FIRST) == (4, 3, hours(2), None)
    assert figures(view, SOLUTION) == (4, 0, None, None)
    assert figures(view, NEXT) == (0, 0, None, None)
    wall = waiting_figures(work, WaitingFilter(since=date(2026, 5, 4), in_opening_hours=False))
    assert figures(wall, FIRST) == (4, 3, hours(3), None)
    total = next(row.figures for row in view.total if row.clock is FIRST)
    assert (total.kept, total.broken) == (3, 1)  # two hours were promised
    assert view.has_hours


def test_next_answers_are_waits_of_their_own_and_pauses_do_not_count(work: UnitOfWork) -> None:
    work = work.at(at(8, 18))
    one = asked(work, at(4, 9))
    answer_case(work, one, "Which one?", at=at(4, 10), then=CaseStatus.WAITING)
    customer_said(work, one, "The red one", at=at(5, 9))
    answer_case(work, one, "Sent", at=at(5, 12))
    customer_said(work, one, "And the other?", at=at(6, 9))
    view = waiting_figures(work, WaitingFilter(since=date(2026, 5, 4), in_opening_hours=False))
    assert figures(view, FIRST) == (1, 1, hours(1), hours(1))
    assert figures(view, NEXT) == (2, 1, hours(3), None)
    assert not view.has_hours
    move_case(work, one, CaseStatus.SOLVED, at=at(6, 10))
    view = waiting_figures(work, WaitingFilter(since=date(2026, 5, 4), in_opening_hours=False))
    assert figures(view, SOLUTION)[2] == hours(1 + 24 + 1)  # without the day the customer was waited for


def test_they_are_told_apart_by_week_owner_channel_and_kind(work: UnitOfWork) -> None:
    work = work.at(at(18, 9))
    for moment, owner, channel in (
        (at(4, 9), "sara", CaseChannel.CALL),
        (at(10, 23, 59), "", CaseChannel.CALL),  # Sunday, in UTC; Monday in Rome, where the desk is
        (at(13, 9), "ugo", CaseChannel.EMAIL),
    ):
        answer_case(work, asked(work, moment, owner, channel=channel), "Here", at=moment + hours(1))

    def groups(by: WaitingBy) -> list[tuple[str, int]]:
        view = waiting_figures(work, WaitingFilter(by, date(2026, 5, 1)))
        return [(row.group, row.figures.began) for row in view.rows if row.clock is FIRST]

    assert groups(WaitingBy.WEEK) == [("2026-05-04", 1), ("2026-05-11", 2)]
    assert groups(WaitingBy.OWNER) == [("", 1), ("sara", 1), ("ugo", 1)]
    assert groups(WaitingBy.CHANNEL) == [("call", 2), ("email", 1)]
    assert groups(WaitingBy.KIND) == [(CaseKind.QUESTION.value, 3)]


def test_cases_that_wait_since_before_are_told_and_not_counted(work: UnitOfWork) -> None:
    work = work.at(at(18, 9))
    asked(work, at(4, 9))
    answer_case(work, asked(work, at(12, 9)), "Here", at=at(12, 10))
    view = waiting_figures(work, WaitingFilter(since=date(2026, 5, 11)))
    assert (figures(view, FIRST)[:2], view.older) == ((1, 1), 1)


def test_a_change_is_judged_and_a_wait_it_cuts_counts_until_then(work: UnitOfWork) -> None:
    work = work.at(datetime(2026, 6, 30, 9, tzinfo=UTC))
    for place in range(12):
        before, after = at(1 + place, 9), datetime(2026, 6, 1 + place, 9, tzinfo=UTC)
        answer_case(work, asked(work, before), "Here", at=before + hours(10 + place % 3))
        answer_case(work, asked(work, after), "Here", at=after + hours(1 + place % 3))
    late = asked(work, datetime(2026, 5, 20, 9, tzinfo=UTC))
    answer_case(work, late, "Sorry", at=datetime(2026, 6, 2, 9, tzinfo=UTC))
    wanted = WaitingFilter(since=date(2026, 4, 27), changed_on=date(2026, 6, 1), in_opening_hours=False)
    first, following, _ = waiting_figures(work, wanted).changes
    assert (first.verdict, first.before.began, first.before.ended) == (ChangeVerdict.SHORTER, 13, 12)
    assert first.probability is not None
    assert first.probability < 0.001
    assert str(change_note(first)) == "shorter since then: half within 2.0 h, where it was 11.0 h"
    assert (following.verdict, following.probability) == (ChangeVerdict.UNCLEAR, None)


@pytest.mark.parametrize(
    ("since", "changed"),
    [(date(2026, 6, 1), None), (date(2026, 5, 4), date(2026, 5, 4)), (date(2026, 5, 4), date(2026, 6, 1))],
)
def test_days_in_no_order_are_refused(work: UnitOfWork, since: date, changed: date | None) -> None:
    with pytest.raises(BadInputError):
        waiting_figures(work, WaitingFilter(since=since, until=date(2026, 5, 20), changed_on=changed))


def test_merged_cases_and_those_of_other_campaigns_are_left_out(work: UnitOfWork) -> None:
    work = work.at(at(8, 9))
    asked(work, at(4, 9))
    assert figures(waiting_figures(work), FIRST)[0] == 1
    assert waiting_figures(work, WaitingFilter(campaign_id=7)).is_empty


def test_an_owner_who_takes_over_owns_its_waits(work: UnitOfWork) -> None:
    work = work.at(at(8, 9))
    number = asked(work, at(4, 9))
    edit_case(work, number, replace(case_fields(work, number), owner="zoe"))
    view = waiting_figures(work, WaitingFilter(WaitingBy.OWNER))
    assert {row.group for row in view.rows} == {"zoe"}
