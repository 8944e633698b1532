"""The demo tells its story, and every sum agrees. It is built once for all of these."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from ambassador.services.activations.activation_view import find_activation
from ambassador.services.activations.moments import read_moment
from ambassador.services.activations.replies import read_replies
from ambassador.services.calibration.calibration import read_calibration
from ambassador.services.campaigns.ambassadors import list_ambassadors
from ambassador.services.campaigns.campaign_view import list_campaigns
from ambassador.services.campaigns.home import home
from ambassador.services.care.queue import list_cases, open_case_view
from ambassador.services.devices.stock import stock
from ambassador.services.mentions.care import care_figures
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.people.people import list_people
from ambassador.services.picks.picks import open_pick
from ambassador.services.results.outcomes import list_outcomes
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork, open_workspace
from ambassador.values.activations.reply_votes import ReplyState
from ambassador.values.care.cases import CaseFilter
from ambassador.values.care.states import CaseStatus
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.people.people import PeopleFilter
from ambassador.values.results.results import AmbassadorResult, CampaignResults, IntervalPosition
from ambassador.values.status import AmbassadorStatus, CampaignStatus, DeviceStatus, Label, Verdict
from seed.demo import build_demo
from seed.kept import BUILT_AT, put_kept_demo

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[UnitOfWork]:
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    path.write_bytes(sqlite_template.read_bytes())
    work = open_workspace(f"sqlite:///{path}", actor="tester").at(BUILT_AT)
    build_demo(work, BUILT_AT)
    yield work
    work.engine.dispose()


@pytest.fixture(scope="module")
def campaigns(demo: UnitOfWork) -> dict[str, int]:
    return {card.name: card.id for card in list_campaigns(demo)}


@pytest.fixture(scope="module")
def launch(demo: UnitOfWork, campaigns: dict[str, int]) -> CampaignResults:
    return observe_results(demo, campaigns["Q1 Launch"])


def _row(results: CampaignResults, handle: str) -> AmbassadorResult:
    return next(row for row in results.rows if row.handle == handle)


def test_an_evening_on_television_has_a_line_in_credit_and_lets_expect_a_morning_on_the_radio(
    demo: UnitOfWork, campaigns: dict[str, int]
) -> None:
    evening, morning = (
        find_activation(demo, name) for name in ("An evening on Sera Puglia", "A morning on Radio Salento")
    )
    row = next(row for row in credit_table(demo, campaigns["Q1 Launch"]).by_ambassador if row.moment_id)
    told, ahead = read_moment(demo, evening), read_moment(demo, morning)
    assert told is not None
    assert told.lift.lift == pytest.approx(row.mentions)
    assert (row.moment_id, told.lift.came) == (evening, 16)
    assert ahead is not None
    assert ahead.ahead is not None
    assert ahead.ahead.learned_from == 1


def test_a_poll_is_counted_from_the_replies_to_a_post(demo: UnitOfWork) -> None:
    found = read_replies(demo, find_activation(demo, "Which colour comes next?"))
    assert found is not None
    assert (found.count(ReplyState.COUNTED), found.count(ReplyState.TO_DECIDE), len(found.replies)) == (
        19,
        3,
        22,
    )


def test_four_hundred_trend_setters_are_here(demo: UnitOfWork) -> None:
    assert list_people(demo, PeopleFilter()).everybody == 400


def test_the_forty_phones_are_where_the_story_says(demo: UnitOfWork) -> None:
    seen = stock(demo)
    assert {status: count for status, count in seen.by_status.items() if count} == {
        DeviceStatus.IN_STOCK: 6,
        DeviceStatus.RESERVED: 1,
        DeviceStatus.SHIPPED: 3,
        DeviceStatus.DELIVERED: 28,
        DeviceStatus.LOST: 2,
    }
    assert seen.total == 40
    assert [device.overdue_days for device in seen.devices if device.overdue_days] == [30]


def test_of_thirty_one_invited_twenty_four_accepted(demo: UnitOfWork, campaigns: dict[str, int]) -> None:
    statuses = Counter(row.status for row in list_ambassadors(demo, campaigns["Q1 Launch"]))
    assert statuses == {
        AmbassadorStatus.ACCEPTED: 24,
        AmbassadorStatus.DECLINED: 5,
        AmbassadorStatus.INVITED: 2,
        AmbassadorStatus.RESERVE: 10,
    }


def test_the_preview_is_closed_with_ten_of_twelve_inside_their_interval(
    demo: UnitOfWork, campaigns: dict[str, int]
) -> None:
    preview = observe_results(demo, campaigns["Q1 Preview"])
    asked = [row for row in preview.rows if row.delivered_at]
    assert preview.status is CampaignStatus.CLOSED
    assert len(asked) == 12
    assert sum(row.talkers.standing is IntervalPosition.INSIDE for row in asked) == 10
    assert preview.by_the_end.standing is IntervalPosition.INSIDE


def test_the_launch_is_on_day_twelve_of_twenty_four_with_some_six_hundred_mentions(
    launch: CampaignResults,
) -> None:
    assert launch.status is CampaignStatus.LIVE
    assert (launch.day, launch.days) == (12, 24)
    assert 540 <= launch.total.mentions <= 690
    assert launch.talkers.standing is IntervalPosition.INSIDE


def test_a_small_account_made_a_fifth_of_the_talk_and_nobody_foresaw_it(launch: CampaignResults) -> None:
    rider = _row(launch, "sami.consegne")
    assert 0.17 <= rider.figures.talkers / launch.total.talkers <= 0.25
    assert rider.talkers.standing is IntervalPosition.ABOVE


def test_the_star_has_many_views_and_no_talk(launch: CampaignResults) -> None:
    star = max(launch.rows, key=lambda row: row.figures.seen.high or 0)
    assert (star.figures.seen.high or 0) >= 412_000
    assert star.figures.talkers == 1
    assert star.figures.views.value == max(row.figures.views.value or 0 for row in launch.rows)


def test_one_ambassador_is_silent_and_one_phone_was_replaced(
    demo: UnitOfWork, launch: CampaignResults
) -> None:
    assert launch.funnel.silent == 1
    assert launch.funnel.delivered == 20
    lost = [device for device in stock(demo).devices if device.status is DeviceStatus.LOST]
    assert len(lost) == 2


def test_the_broken_embargo_was_taken_down_and_waits_for_review(
    demo: UnitOfWork, campaigns: dict[str, int]
) -> None:
    waiting = list_mentions(demo, MentionFilter(campaigns["Q1 Launch"], verdict=Verdict.REVIEW)).rows
    assert sum(row.deleted_at is not None for row in waiting) == 1
    assert sum("Q1" in row.text for row in waiting if row.deleted_at is None) >= 3


def test_complaints_were_answered_late_and_some_still_wait(
    demo: UnitOfWork, campaigns: dict[str, int]
) -> None:
    care = care_figures(demo, campaigns["Q1 Launch"])
    assert care.by_label[Label.COMPLAINT.value] >= 5
    assert care.answered == 2
    assert len(care.open_questions) == care.asked - 2 > 0


def test_orders_by_code_and_a_lesson_are_logged(demo: UnitOfWork, campaigns: dict[str, int]) -> None:
    log = list_outcomes(demo, campaigns["Q1 Launch"])
    assert (log.orders or 0) > 20
    assert log.unknown_codes == ()
    assert log.visits == 1_930
    assert len(log.lessons) == 1


def test_every_sum_agrees(demo: UnitOfWork, campaigns: dict[str, int], launch: CampaignResults) -> None:
    table = credit_table(demo, campaigns["Q1 Launch"])
    listed = list_mentions(demo, MentionFilter(campaigns["Q1 Launch"], limit=1))
    assert sum(row.mentions for row in table.by_ambassador) == pytest.approx(launch.total.mentions)
    assert sum(row.mentions for row in table.by_device) == pytest.approx(launch.total.mentions)
    assert listed.figures.mentions == launch.total.mentions
    assert listed.figures.people == launch.total.talkers
    assert sum(row.figures.mentions for row in launch.rows) + launch.unattributed.mentions == pytest.approx(
        launch.total.mentions
    )


@pytest.mark.parametrize("hours", [0, 6, 12, 21])
def test_of_twenty_cases_three_are_late_whenever_the_demo_is_looked_at(demo: UnitOfWork, hours: int) -> None:
    later = demo.at(BUILT_AT + timedelta(hours=hours))
    queue = list_cases(later, CaseFilter(limit=100))
    assert list_cases(later).late == queue.late == 3
    assert Counter(row.status for row in queue.rows)[CaseStatus.REOPENED] == 1
    merged = {number for row in queue.rows for number in open_case_view(later, row.id).merged}
    assert (queue.total, len(merged)) == (19, 1)


def test_home_names_what_is_late(demo: UnitOfWork) -> None:
    assert len(home(demo).tasks) >= 5


def _told(work: UnitOfWork) -> dict[str, object]:
    """What somebody sees of a demo: every figure that took long to compute, and the sums below it."""
    told: dict[str, object] = {"log": read_calibration(work).log}
    for card in list_campaigns(work):
        results = observe_results(work, card.id)
        told[card.name] = [
            (row.name, row.status, row.figures.talkers, row.figures.mentions, row.talkers.quantiles)
            for row in results.rows
        ]
        told[f"{card.name}, total"] = (results.total, results.cost, results.by_the_end)
    told["picks"] = [open_pick(work, number) for number in (1, 2)]
    return told


def test_the_kept_demo_is_what_is_built_today(demo: UnitOfWork, tmp_path: Path) -> None:
    """If this fails the story or what computes it has changed: ``make demo`` keeps the new one."""
    url = f"sqlite:///{tmp_path / 'kept.db'}"
    put_kept_demo(url, BUILT_AT)
    kept = open_workspace(url, actor="tester").at(BUILT_AT)
    try:
        assert repr(_told(kept)) == repr(_told(demo))
    finally:
        kept.engine.dispose()
