"""Logging what came of a campaign."""

from datetime import date
from threading import Barrier, Thread

import pytest

from ambassador.errors import BadInputError, NotFoundError
from ambassador.services.results.outcomes import archive_outcome, list_outcomes, log_outcome, restore_outcome
from ambassador.services.work import UnitOfWork
from ambassador.values.money import money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.status import OutcomeKind
from tests.services.story import Story, add_ambassador, add_campaign, tell

ORDERS = OutcomeKind.ORDERS


def _campaign(work: UnitOfWork) -> Story:
    story = Story()
    with work.writing() as session:
        story.campaign = add_campaign(session)
        add_ambassador(session, story, "nina", 100, code="NINA10")
    return story


def test_orders_by_code_go_to_the_ambassador_who_carries_it(work: UnitOfWork) -> None:
    story = _campaign(work)
    form = OutcomeForm(story.campaign, ORDERS, code=" nina10 ", quantity=4, value=money(1_200))
    log_outcome(work, form, "t1")
    log = list_outcomes(work, story.campaign)
    assert [(row.name, row.quantity, row.value) for row in log.rows] == [("Nina", 4, money(1_200))]
    assert (log.orders, log.order_value) == (4, money(1_200))
    assert log.unknown_codes == ()


def test_an_unknown_code_is_kept_and_named(work: UnitOfWork) -> None:
    story = _campaign(work)
    log_outcome(work, OutcomeForm(story.campaign, ORDERS, code="SUMMER", quantity=2))
    log = list_outcomes(work, story.campaign)
    assert (log.orders, log.unknown_codes, log.rows[0].ambassador_id) == (2, ("SUMMER",), None)


def test_the_same_form_sent_twice_makes_one_row(work: UnitOfWork) -> None:
    story = _campaign(work)
    form = OutcomeForm(story.campaign, ORDERS, quantity=4)
    assert log_outcome(work, form, "t1") == log_outcome(work, form, "t1")
    assert list_outcomes(work, story.campaign).orders == 4


def test_the_same_form_sent_at_the_same_moment_makes_one_row(work: UnitOfWork) -> None:
    story = _campaign(work)
    form, start, numbers = OutcomeForm(story.campaign, ORDERS, quantity=4), Barrier(6), []

    def send() -> None:
        start.wait()
        numbers.append(log_outcome(work, form, "t1"))

    threads = [Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 6
    assert len(set(numbers)) == 1
    assert list_outcomes(work, story.campaign).orders == 4


def test_an_archived_outcome_no_longer_counts_until_it_is_restored(work: UnitOfWork) -> None:
    story = _campaign(work)
    number = log_outcome(work, OutcomeForm(story.campaign, ORDERS, quantity=4))
    archive_outcome(work, number)
    assert list_outcomes(work, story.campaign).orders is None
    assert len(list_outcomes(work, story.campaign, archived=True).rows) == 1
    restore_outcome(work, number)
    assert list_outcomes(work, story.campaign).orders == 4


def test_nothing_logged_is_unknown_and_a_logged_zero_is_zero(work: UnitOfWork) -> None:
    story = _campaign(work)
    assert list_outcomes(work, story.campaign).orders is None
    log_outcome(work, OutcomeForm(story.campaign, ORDERS, quantity=0))
    assert list_outcomes(work, story.campaign).orders == 0


def test_sums_never_mix_currencies(work: UnitOfWork) -> None:
    story = _campaign(work)
    log_outcome(work, OutcomeForm(story.campaign, ORDERS, quantity=1, value=money(100)))
    log_outcome(work, OutcomeForm(story.campaign, ORDERS, quantity=1, value=money(300, "USD")))
    log = list_outcomes(work, story.campaign)
    assert (log.order_value, log.other_currency, log.orders) == (money(100), 1, 2)


def test_the_log_is_newest_first_and_undated_last(work: UnitOfWork) -> None:
    story = _campaign(work)
    for note, day in (("a", date(2026, 5, 2)), ("b", None), ("c", date(2026, 5, 9))):
        log_outcome(work, OutcomeForm(story.campaign, OutcomeKind.LESSON, note=note, happened_on=day))
    assert [row.note for row in list_outcomes(work, story.campaign).rows] == ["c", "a", "b"]
    assert list_outcomes(work, story.campaign).lessons == ("c", "a", "b")


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"kind": OutcomeKind.LESSON, "note": "  "}, "without words"),
        ({"kind": ORDERS}, "how many"),
        ({"kind": ORDERS, "quantity": -1}, "-1 is below zero"),
        ({"kind": ORDERS, "quantity": 1, "value": money(-5)}, "-500 is below zero"),
        ({"kind": ORDERS, "quantity": 1, "happened_on": date(2027, 1, 1)}, "2027-01-01 has not come"),
    ],
)
def test_what_says_nothing_is_refused_and_nothing_is_kept(
    work: UnitOfWork, form: dict[str, object], reason: str
) -> None:
    story = _campaign(work)
    with pytest.raises(BadInputError, match=reason):
        log_outcome(work, OutcomeForm(story.campaign, **form))
    assert list_outcomes(work, story.campaign).rows == ()


def test_an_ambassador_of_another_campaign_is_refused(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        other = add_campaign(session, "Q2")
    form = OutcomeForm(other, ORDERS, quantity=1, ambassador_id=story.ambassadors["nina"])
    with pytest.raises(NotFoundError, match="not in campaign"):
        log_outcome(work, form)


def test_an_unknown_campaign_is_named(work: UnitOfWork) -> None:
    with pytest.raises(NotFoundError, match="campaign number 99"):
        list_outcomes(work, 99)
