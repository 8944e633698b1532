"""A moment on air: what it brought, whose credit that is, what the next one may bring, and bad input."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from ambassador.errors import AmbassadorError
from ambassador.metrics.lift import lift_over
from ambassador.services.activations.activations import (
    archive_activation,
    create_activation,
    move_activation,
)
from ambassador.services.activations.moments import moment_draft, read_moment, set_moment
from ambassador.services.forecasts.forecasts import forecast, open_forecast, recompute_forecast
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.people.erase_person import erase_person
from ambassador.services.undo import undo_of
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.people import Account
from ambassador.values.activations.activations import ActivationDraft
from ambassador.values.activations.moments import MomentDraft, MomentLift
from ambassador.values.activations.states import ActivationKind, ActivationStatus, LiftBasis, MomentMedium
from ambassador.values.forecasts.forecasts import ForecastRequest
from tests.services.activations.moments import AFTER_ALL, EVENING, clock, evening, launch, post, talked


@pytest.fixture
def later(sqlite_work: UnitOfWork) -> UnitOfWork:
    """Work after the launch is over."""
    return UnitOfWork(sqlite_work.engine, "tester", lambda: AFTER_ALL)


def launched(work: UnitOfWork, usual: int = 2, more: int = 10) -> tuple[int, int, int]:
    with work.writing() as session:
        made = launch(session)
        talked(session, made[0], made[2], usual, more)
    return made


def lift_of(work: UnitOfWork, number: int) -> MomentLift:
    found = read_moment(work, number)
    assert found is not None
    return found.lift


def test_the_lift_is_held_against_the_same_hours_of_other_weeks(work: UnitOfWork) -> None:
    later = UnitOfWork(work.engine, "tester", lambda: AFTER_ALL)
    campaign, _, _ = launched(later)
    lift = lift_of(later, evening(later, campaign))
    known = lift_over(12, [2, 2, 2])
    assert (lift.came, lift.usual, lift.lift, lift.low) == (12, known.usual, known.lift, known.low)
    assert (lift.basis, [one.day.day for one in lift.compared]) == (LiftBasis.WEEKS, [12, 19, 26])
    assert lift.share == known.lift / 12


def test_where_weeks_are_too_few_other_days_are_taken_and_too_few_of_those_cannot_tell(
    later: UnitOfWork,
) -> None:
    campaign, _, stranger = launched(later)
    other = evening(later, campaign, "Another", clock(5, 12, 21, 0))
    number = evening(later, campaign)
    lift = lift_of(later, number)
    assert (lift.basis, lift.came, len(lift.compared)) == (LiftBasis.DAYS, 12, 16)
    assert 12 not in {one.day.day for one in lift.compared}
    with later.writing() as session:
        for row in session.exec(select(Mention)):
            if row.posted_at.day not in {4, 5, 6, 7}:
                row.archived_at = AFTER_ALL
        post(session, campaign, stranger, datetime(2026, 5, 6, 8, tzinfo=UTC))
    lift = lift_of(later, number)
    assert (lift.came, lift.lift) == (12, None)
    assert "0 weeks and 1 days" in str(lift.why)
    assert lift_of(later, other).came is None


def test_two_moments_in_the_same_hours_cannot_be_told_apart_and_get_no_credit(later: UnitOfWork) -> None:
    campaign, _, _ = launched(later)
    first = evening(later, campaign)
    second = evening(later, campaign, "On the radio", EVENING + timedelta(hours=3))
    assert "An evening falls into the same hours" in str(lift_of(later, second).why)
    assert "On the radio falls into the same hours" in str(lift_of(later, first).why)
    assert [row.moment_id for row in credit_table(later, campaign).by_ambassador] == [None]
    archive_activation(later, _closed(later, second))
    assert lift_of(later, first).lift is not None


def _closed(work: UnitOfWork, number: int) -> int:
    move_activation(work, number, ActivationStatus.CLOSED)
    return number


def test_a_moment_to_come_and_one_whose_posts_are_not_here_yet_say_so(sqlite_work: UnitOfWork) -> None:
    campaign, _, _ = launched(sqlite_work)
    soon = evening(sqlite_work, campaign, begins=clock(5, 12, 10, 0))
    assert "hours are not over" in str(lift_of(sqlite_work, soon).why)
    later = UnitOfWork(sqlite_work.engine, "tester", lambda: AFTER_ALL)
    assert lift_of(later, soon).lift is not None
    assert "bring in the mentions" in str(
        lift_of(later, evening(later, campaign, "June", clock(6, 12, 10, 0))).why
    )


def test_posts_that_say_no_hour_are_put_into_no_hours_and_counted_apart(later: UnitOfWork) -> None:
    campaign, _, stranger = launched(later)
    late = evening(later, campaign, "Night", clock(5, 5, 23, 0), settled=False)
    with later.writing() as session:
        for place in range(5):
            post(session, campaign, stranger, datetime(2026, 5, 5, 22, 0, tzinfo=UTC), place=f"rome {place}")
    lift = lift_of(later, late)
    assert (lift.came, lift.unplaced) == (0, 5)
    move_activation(later, late, ActivationStatus.OPEN)
    with later.writing() as session:
        post(session, campaign, stranger, datetime(2026, 5, 5, 21, 30, tzinfo=UTC))
    rows = credit_table(later, campaign).by_ambassador
    assert sum(row.mentions for row in rows if row.moment_id) <= 1


def test_credit_takes_nothing_of_ambassadors_and_of_posts_with_a_parent_and_sums_to_one_a_post(
    later: UnitOfWork,
) -> None:
    campaign, nina, stranger = launched(later)
    at = datetime(2026, 5, 5, 20, 0, tzinfo=UTC)
    with later.writing() as session:
        own = post(session, campaign, stranger, at, place="own", ambassador=nina)
        post(session, campaign, stranger, at, place="child", parent_observed_id=own)
        post(session, campaign, stranger, at, place="unseen", parent_post_id="elsewhere")
    before = credit_table(later, campaign)
    number = evening(later, campaign)
    after, lift = credit_table(later, campaign), lift_of(later, number)
    assert lift.came == 12
    row = next(row for row in after.by_ambassador if row.moment_id == number)
    assert (row.name, row.mentions, row.person_id) == ("An evening", pytest.approx(lift.lift), None)
    assert row.is_unattributed
    for one in (after.by_ambassador, after.by_device):
        assert sum(row.mentions for row in one) == pytest.approx(after.total)
        assert sum(row.share for row in one) == pytest.approx(1.0)
    ours = [row for row in after.by_ambassador if row.ambassador_id]
    assert [row.mentions for row in ours] == [
        row.mentions for row in before.by_ambassador if row.ambassador_id
    ]
    assert (after.total, after.unattributed) == (before.total, pytest.approx(before.unattributed))


def test_a_moment_that_brought_nobody_gets_nothing(later: UnitOfWork) -> None:
    campaign, _, _ = launched(later, usual=5, more=-5)
    number = evening(later, campaign)
    lift = lift_of(later, number)
    assert (lift.came, lift.share) == (0, 0.0)
    assert lift.lift is not None
    assert lift.lift < 0
    assert all(row.moment_id is None for row in credit_table(later, campaign).by_ambassador)


def test_a_forecast_counts_a_moment_ahead_from_its_day_on_and_widens(later: UnitOfWork) -> None:
    campaign, _, _ = launched(later)
    request = ForecastRequest(campaign_id=campaign, runs=2000, key=7)
    without = forecast(later, request).result.talkers
    evening(later, campaign)
    left_out = forecast(later, request)
    assert left_out.result.by_moments is None
    assert any("An evening is left out" in str(note) for note in left_out.notes)
    second = evening(later, campaign, "Again", clock(5, 20, 21, 0), audience=200_000)
    view = forecast(later, request)
    ahead = read_moment(later, second)
    assert ahead is not None
    assert ahead.ahead is not None
    assert ahead.ahead.learned_from == 1
    assert ahead.ahead.low < 2 * 9.8 < ahead.ahead.high
    moments = view.result.by_moments
    assert moments is not None
    assert view.result.talkers.mean == pytest.approx(without.mean + moments.mean, rel=0.02)
    (low, high), (least, most) = view.result.talkers.quantiles[80], without.quantiles.get(80, (0.0, 1.0))
    assert high - low > most - least
    assert recompute_forecast(later, view.forecast_id) == open_forecast(later, view.forecast_id).result


def test_what_somebody_states_counts_while_no_earlier_moment_says_it(sqlite_work: UnitOfWork) -> None:
    campaign, _, _ = launched(sqlite_work)
    number = evening(sqlite_work, campaign, begins=clock(5, 20, 21, 0), expected=50)
    view = forecast(sqlite_work, ForecastRequest(campaign_id=campaign, runs=4000, key=7))
    assert view.result.by_moments is not None
    assert view.result.by_moments.mean == pytest.approx(50, rel=0.15)
    assert any("an assumption somebody stated" in str(note) for note in view.notes)
    move_activation(sqlite_work, number, ActivationStatus.CLOSED)
    archive_activation(sqlite_work, number)
    view = forecast(sqlite_work, ForecastRequest(campaign_id=campaign, runs=100, key=7))
    assert view.result.by_moments is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"begins": clock(3, 29, 2, 30)}, "does not exist in Europe/Rome"),
        ({"begins": clock(5, 5, 21, 0)}, "outside the days"),
        ({"audience": 0}, "An audience of 0"),
        ({"expected": 0}, "0 people are nothing"),
        ({"minutes": 0}, "no length"),
        ({"minutes": 1441}, "no length"),
        ({"place": "A" * 201}, "too long"),
        ({"by": "x:nobody"}, "nobody called x:nobody"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    sqlite_work: UnitOfWork, change: dict[str, object], said: str
) -> None:
    day = date(2026, 3, 29)
    number = create_activation(sqlite_work, ActivationDraft("Spring", day, day, ActivationKind.MOMENT))
    with pytest.raises(AmbassadorError, match="not settled yet"):
        move_activation(sqlite_work, number, ActivationStatus.OPEN)
    draft = MomentDraft(MomentMedium.RADIO, clock(3, 29, 12, 0))
    with pytest.raises(AmbassadorError, match=said):
        set_moment(sqlite_work, number, replace(draft, **change))  # type: ignore[arg-type]
    assert read_moment(sqlite_work, number) is None


def test_an_hour_the_clocks_show_twice_is_the_first_and_what_was_set_can_be_undone(
    sqlite_work: UnitOfWork,
) -> None:
    day = date(2026, 10, 25)
    number = create_activation(sqlite_work, ActivationDraft("Autumn", day, day, ActivationKind.MOMENT))
    noting = sqlite_work.noting()
    set_moment(noting, number, MomentDraft(MomentMedium.SHOP, clock(10, 25, 2, 30)))
    found = read_moment(sqlite_work, number)
    assert found is not None
    assert found.begins_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    undo = undo_of(noting)
    assert undo is not None


def test_two_who_edit_it_are_told_and_an_erased_ambassador_leaves_the_moment(work: UnitOfWork) -> None:
    with work.writing() as session:
        campaign, _, _ = launch(session)
        person = session.exec(select(Account.person_id).where(Account.handle == "nina")).one()
    number = evening(work, campaign, by="instagram:nina", place="With Nina")
    was = moment_draft(work, number)
    assert was is not None
    assert was.by == "instagram:nina"
    set_moment(work, number, replace(was, minutes=20), was)
    set_moment(work, number, replace(was, audience=5), was)
    now = moment_draft(work, number)
    assert now is not None
    assert (now.minutes, now.audience) == (20, 5)
    with pytest.raises(AmbassadorError):
        set_moment(work, number, replace(was, minutes=40), was)
    erase_person(work, person or 0)
    found = read_moment(work, number)
    assert found is not None
    assert (found.by_name, found.draft.place) == ("", "With …")
