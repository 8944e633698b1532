"""Orders of a whole shop: those of a campaign count once, the others are told."""

import pytest

from ambassador.services.imports.import_files import ImportOptions
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.records import Outcome
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows
from tests.services.launch import add_launch, invite

HEADER = "Order number,Date,Discount code,Total\n"


@pytest.fixture
def launch(work):
    """Give a campaign whose only ambassador has the code LIA10."""
    campaign = add_launch(work)
    (lia,) = invite(work, campaign, "Lia Rossi")
    with work.writing() as session:
        session.get_one(Ambassador, lia).code = "LIA10"
    return campaign


def bring_orders(work, launch, *lines):
    text = HEADER + "".join(f"{line}\n" for line in lines)
    return bring(work, ImportKind.OUTCOMES, text, ImportOptions(campaign_id=launch))


def test_orders_without_a_code_of_a_campaign_are_left_out_and_counted(work, launch):
    report = bring_orders(work, launch, "1,2026-05-02,LIA10,50", "2,2026-05-02,,30", "3,2026-05-02,OTHER,20")
    assert counts(report) == (1, 0, 0, 0)
    assert report.left_out == 2
    assert "orders without a code of a campaign, left out: 2" in map(str, report.notes)
    assert [row.quantity for row in rows(work, Outcome)] == [1]


def test_a_campaign_without_codes_takes_every_coded_order_of_a_file_it_is_told_for(work):
    campaign = add_launch(work)
    report = bring_orders(
        work, campaign, "1,2026-05-02,OLGA10,50", "2,2026-05-02,,30", "3,2026-05-02,OLGA10,20"
    )
    assert (counts(report), report.left_out) == ((2, 0, 0, 0), 1)
    said = "orders whose code nobody in the campaign carries yet, counted for the campaign: 2"
    assert said in map(str, report.notes)
    assert [(row.campaign_id, row.ambassador_id) for row in rows(work, Outcome)] == [(campaign, None)] * 2


def test_a_second_shops_file_adds_orders_and_an_order_again_adds_none(work, launch):
    bring_orders(work, launch, "1,2026-05-02,LIA10,50", "2,2026-05-02,LIA10,30")
    assert counts(bring_orders(work, launch, "9,2026-05-02,LIA10,70")) == (1, 0, 0, 0)
    assert counts(bring_orders(work, launch, "2,2026-05-02,LIA10,30", "1,2026-05-02,LIA10,55")) == (
        0,
        1,
        1,
        0,
    )
    assert sorted(row.value_minor for row in rows(work, Outcome)) == [3_000, 5_500, 7_000]


@pytest.mark.parametrize(
    "code", ["SUMMER, lia10", "lia10|SHIP", "https://shop.example/discount/LIA10?ref=x", "LIA10"]
)
def test_of_several_codes_on_an_order_the_campaigns_counts(work, launch, code):
    assert counts(bring_orders(work, launch, f'1,2026-05-02,"{code}",50')) == (1, 0, 0, 0)
    (outcome,) = rows(work, Outcome)
    assert outcome.code.lower() == "lia10"
    assert outcome.ambassador_id is not None


STATES = "Order number,Date,Discount code,Total,Order status,Refunded amount\n"


def bring_states(work, launch, *lines):
    text = STATES + "".join(f"{line}\n" for line in lines)
    return bring(work, ImportKind.OUTCOMES, text, ImportOptions(campaign_id=launch))


@pytest.mark.parametrize("state", ["refunded,", "Cancelled,", "paid,50"])
def test_an_order_taken_back_since_comes_off(work, launch, state):
    bring_states(work, launch, "1,2026-05-02,LIA10,50,paid,", "2,2026-05-02,LIA10,30,paid,")
    report = bring_states(work, launch, f"1,2026-05-02,LIA10,50,{state}", "2,2026-05-02,LIA10,30,paid,")
    assert (counts(report), report.left_out) == ((0, 1, 1, 0), 0)
    assert "orders taken off, which were refunded or cancelled since they came in: 1" in map(
        str, report.notes
    )
    assert [(row.quantity, row.value_minor) for row in rows(work, Outcome)] == [(0, 0), (1, 3_000)]


def test_an_order_taken_back_that_never_came_in_is_left_out(work, launch):
    report = bring_states(work, launch, "9,2026-05-02,LIA10,50,refunded,")
    assert (counts(report), report.left_out) == ((0, 0, 0, 0), 1)
    assert rows(work, Outcome) == []


def test_a_refund_on_a_row_of_its_own_takes_off_once(work, launch):
    bring_orders(work, launch, "1,2026-05-02,LIA10,50", "2,2026-05-02,LIA10,30")
    refund = "1,2026-05-04,LIA10,-50"
    assert counts(bring_orders(work, launch, refund)) == (1, 0, 0, 0)
    assert counts(bring_orders(work, launch, refund, "2,2026-05-02,LIA10,30")) == (0, 0, 2, 0)
    found = rows(work, Outcome)
    assert (sum(row.quantity for row in found), sum(row.value_minor for row in found)) == (1, 3_000)
