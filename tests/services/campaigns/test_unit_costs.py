"""A campaign's own unit costs: kept, edited by two, taken by a pick, counted in what ambassadors cost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import col, select

from ambassador.errors import BadInputError, EditedMeanwhileError
from ambassador.services.campaigns.campaign_view import campaign_draft, list_campaigns, open_campaign
from ambassador.services.campaigns.campaigns import edit_campaign, start_campaign
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.people.person_card import open_person
from ambassador.services.picks.page_state import campaign_money, pick_page_state
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.services.results.costs import value_lost
from ambassador.services.results.report import report_file
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Campaign
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.people import Person
from ambassador.values.campaigns.campaigns import CampaignDraft, CampaignPlan
from ambassador.values.campaigns.unit_costs import CampaignCosts, DeviceCosting
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money, money
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import Objective, PickRequest
from ambassador.values.results.reports import ReportFormat
from ambassador.values.results.results import Cost
from ambassador.values.status import CustodyEnd, Deal
from tests.services.crowd import add_person
from tests.services.launch import add_launch
from tests.services.story import FIRST_DAY, Story, add_ambassador, give_device, tell

COSTS = CampaignCosts(
    device=Money(120_00), shipping=Money(8_00), shipping_to=(("DE", Money(14_00)),), other=Money(2_00)
)
MONTHS = CampaignCosts(DeviceCosting.MONTHS, device=Money(730_50), months=24, loan_days=30)
ASK = PickRequest(3, objective=Objective.INTERACTIONS, key=1)


def _people(work: UnitOfWork) -> None:
    """Gil lives in Germany, Ida nobody knows where; Hal is too dear for a thousand."""
    for handle, likes, fee, country in (
        ("fay", 400.0, 150_00, "Italia"),
        ("gil", 350.0, 150_00, "Germany"),
        ("hal", 900.0, 950_00, "IT"),
        ("ida", 300.0, 90_00, None),
        ("jon", 200.0, 40_00, "IT"),
    ):
        figures = {"followers": 5_000, "average_likes": likes}
        add_person(work, handle, figures, fee_minor=fee, fee_currency="EUR", country=country)


def _set(work: UnitOfWork, campaign: int, costs: CampaignCosts, budget: Money | None = None) -> None:
    was = campaign_draft(work, campaign)
    edit_campaign(work, campaign, replace(was, costs=costs, budget=budget or was.budget), was)


def test_a_campaign_keeps_its_unit_costs(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    assert campaign_draft(work, campaign).costs == CampaignCosts()
    for costs in (COSTS, MONTHS, CampaignCosts(DeviceCosting.RESALE, resale=Money(90_00))):
        _set(work, campaign, costs)
        assert campaign_draft(work, campaign).costs == open_campaign(work, campaign).card.costs == costs


def test_two_who_edit_different_costs_both_keep_theirs(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    first = campaign_draft(work, campaign)
    edit_campaign(work, campaign, replace(first, costs=replace(first.costs, shipping=Money(9_00))), first)
    edit_campaign(work, campaign, replace(first, costs=replace(first.costs, other=Money(3_00))), first)
    both = campaign_draft(work, campaign).costs
    assert (both.shipping, both.other) == (Money(9_00), Money(3_00))
    with pytest.raises(EditedMeanwhileError):
        edit_campaign(work, campaign, replace(first, costs=replace(first.costs, shipping=Money(7_00))), first)


@pytest.mark.parametrize(
    ("costs", "says"),
    [
        (CampaignCosts(shipping=Money(1_00, "USD")), "A cost is in USD, the campaign in EUR"),
        (CampaignCosts(other=Money(-1_00)), "cannot be meant"),
        (CampaignCosts(DeviceCosting.RESALE), "needs what it then fetches"),
        (CampaignCosts(DeviceCosting.MONTHS, months=24), "needs both the months and the days"),
        (CampaignCosts(DeviceCosting.MONTHS, months=-1, loan_days=3), "give at least 1"),
        (CampaignCosts(device=Money(5_00), resale=Money(6_00)), "does not fetch"),
    ],
)
def test_costs_that_cannot_be_meant_are_refused(work: UnitOfWork, costs: CampaignCosts, says: str) -> None:
    campaign = add_launch(work)
    with pytest.raises(BadInputError, match=says):
        _set(work, campaign, costs)


@pytest.mark.parametrize(
    ("costs", "days", "lost"),
    [
        (CampaignCosts(), 30, 600_00),
        (CampaignCosts(DeviceCosting.RESALE, resale=Money(450_00)), 30, 150_00),
        (CampaignCosts(DeviceCosting.RESALE, resale=Money(700_00)), 30, 0),
        (CampaignCosts(DeviceCosting.MONTHS, months=20, loan_days=9), 60, 59_14),
        (CampaignCosts(DeviceCosting.MONTHS, months=1, loan_days=9), 60, 600_00),
    ],
)
def test_a_loan_loses_what_is_left_of_its_price_or_its_share_of_the_months(
    costs: CampaignCosts, days: int, lost: int
) -> None:
    assert value_lost(costs, Money(600_00), days) == Money(lost)


def test_a_pick_takes_budget_and_costs_of_its_campaign_and_shipping_by_country(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    _people(work)
    _set(work, campaign, COSTS, Money(800_00))
    known = campaign_money(work, campaign, CostsPerPerson())
    assert (known.left, known.costs.on_top_in("DE"), known.costs.on_top_in("IT")) == (
        Money(800_00), 136_00, 130_00,
    )  # fmt: skip
    state = pick_page_state(work, campaign)
    assert (state.budget_left, state.usual_costs) == (known.left, known.costs)
    answer = pick_ambassadors(work, replace(ASK, campaign_id=campaign, budget=known.left, costs=known.costs))
    assert {one.handle: one.cost for one in answer.picks} == {
        "fay": Money(280_00), "gil": Money(286_00), "ida": Money(220_00),
    }  # fmt: skip
    assert (answer.cost, answer.left, answer.on_top) == (Money(786_00), Money(14_00), None)
    assert any("Shipping is counted by country: DE 14.00" in str(note) for note in answer.notes)
    assert [str(one.reason) for one in answer.left_out] == ["over budget"]
    assert answer.gain is not None
    assert len(answer.gain.handles) == len(answer.picks)
    again = open_pick(work, answer.pick_id)
    assert again == answer
    assert again.asked is not None
    assert again.asked.costs == known.costs
    assert recompute_pick(work, answer.pick_id).expected == answer.expected


def test_what_is_changed_at_the_pick_stays_with_the_pick(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    _people(work)
    _set(work, campaign, COSTS, Money(800_00))
    said = campaign_money(work, campaign, CostsPerPerson(device=Money(50_00))).costs
    assert (said.device, said.shipping, said.shipping_to) == (Money(50_00), COSTS.shipping, COSTS.shipping_to)
    pick_ambassadors(work, replace(ASK, campaign_id=campaign, budget=Money(800_00), costs=said))
    assert campaign_draft(work, campaign).costs == COSTS
    assert campaign_money(work, campaign, CostsPerPerson()).costs.device == COSTS.device


def test_a_loan_costs_a_pick_what_the_phone_loses(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    _set(work, campaign, MONTHS)
    assert campaign_money(work, campaign, CostsPerPerson()).costs.device == Money(30_00)


def test_what_is_left_is_left_after_fee_phone_shipping_and_other(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    _people(work)
    _set(work, campaign, COSTS, Money(2_000_00))
    known = campaign_money(work, campaign, CostsPerPerson())
    answer = pick_ambassadors(
        work, replace(ASK, count=2, campaign_id=campaign, budget=Money(600_00), costs=known.costs)
    )
    assert {one.handle for one in answer.picks} == {"fay", "gil"}
    confirm_pick(work, answer.pick_id, DealDraft(deal=Deal.PAID), reserve=0)
    left = campaign_money(work, campaign, CostsPerPerson()).left
    assert left == Money(2_000_00 - 280_00 - 286_00)


def test_a_campaign_made_of_a_pick_keeps_its_people_budget_and_costs(work: UnitOfWork) -> None:
    _people(work)
    costs = CostsPerPerson(Money(100_00), Money(7_00), Money(3_00), shipping_to=(("FR", Money(11_00)),))
    answer = pick_ambassadors(work, replace(ASK, count=2, budget=Money(700_00), costs=costs))
    draft = CampaignDraft("Spring", date(2026, 6, 1), date(2026, 6, 20))
    made = start_campaign(
        work, draft, CampaignPlan(answer.pick_id, deal=DealDraft(deal=Deal.PAID), reserve=1)
    )
    view = open_campaign(work, made)
    assert (view.card.name, view.card.spending.budget) == ("Spring", Money(700_00))
    assert view.card.costs == CampaignCosts(
        device=Money(100_00), shipping=Money(7_00), shipping_to=(("FR", Money(11_00)),), other=Money(3_00)
    )
    invited = {row.handle for row in view.ambassadors if row.reserve_rank is None}
    assert invited == {one.handle for one in answer.picks}
    assert sum(row.reserve_rank is not None for row in view.ambassadors) == 1
    kept = pick_page_state(work, made).answer
    assert kept is not None
    assert kept.pick_id == answer.pick_id
    own = replace(draft, name="Summer", budget=Money(900_00), costs=COSTS)
    other = open_campaign(work, start_campaign(work, own, CampaignPlan(answer.pick_id)))
    assert (other.card.spending.budget, other.card.costs) == (Money(900_00), COSTS)
    dollars = replace(draft, name="Autumn", currency="USD")
    abroad = open_campaign(work, start_campaign(work, dollars, CampaignPlan(answer.pick_id)))
    assert (abroad.card.spending.budget, abroad.card.costs) == (None, CampaignCosts())


def _cost(work: UnitOfWork, story: Story, handle: str) -> Cost:
    row = next(one for one in observe_results(work, story.campaign).rows if one.handle == handle)
    (deal,) = open_person(work, row.person_id).campaigns
    assert deal.spent
    assert deal.spent.cost == row.cost
    return row.cost


def test_the_lost_phone_and_its_replacement_and_both_parcels_are_in_what_somebody_cost(
    work: UnitOfWork,
) -> None:
    story = tell(work)
    with work.writing() as session:
        carla = add_ambassador(session, story, "carla", 10, deal=Deal.GIFT)
        give_device(session, carla, ended_at=FIRST_DAY, ended_as=CustodyEnd.LOST)
        give_device(session, carla)
        person = session.get_one(Person, 5)
        person.country = "Deutschland"
        assert person.name == "Carla"
    _set(work, story.campaign, replace(COSTS, device=None))
    carla_cost = _cost(work, story, "carla")
    assert (carla_cost.goods, carla_cost.shipping, carla_cost.other) == (money(600), money(28), money(2))
    assert _cost(work, story, "leo").total == money(300 + 8 + 2)
    assert _cost(work, story, "ada").total == money(0)  # she declined, and nothing was sent
    results = observe_results(work, story.campaign)
    (card,) = list_campaigns(work)
    assert results.cost.total == card.spending.spent
    assert results.unit_costs.per_post == Money(round(results.cost.total.minor / 2))
    assert "shipping and other €68" in report_file(
        work, story.campaign, ReportFormat.HTML, "en"
    ).content.decode().replace("&nbsp;", " ")


def test_a_price_of_the_campaign_counts_where_no_phone_has_one(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        for device in session.exec(select(Device)):
            device.cost_minor = None
    assert _cost(work, story, "leo").unknown_goods == 1
    _set(work, story.campaign, COSTS)
    assert (_cost(work, story, "leo").goods, _cost(work, story, "leo").unknown_goods) == (money(120), 0)


def test_a_phone_on_loan_counts_what_it_loses_in_the_days_it_was_out(work: UnitOfWork) -> None:
    story = tell(work)
    _set(work, story.campaign, replace(MONTHS, device=None))
    with work.writing() as session:
        zoe = story.ambassadors["zoe"]
        out, back = session.exec(
            select(Custody).where(Custody.ambassador_id == zoe).order_by(col(Custody.id))
        )
        back.ended_at = FIRST_DAY + timedelta(days=20)
        assert out.ended_at is None
    # one phone of 300 still out counts 30 of 730.5 days, the other the 20 it was out
    assert _cost(work, story, "zoe").goods == Money(12_32 + 8_21)
    late = work.at(FIRST_DAY + timedelta(days=60))
    row = next(one for one in observe_results(late, story.campaign).rows if one.handle == "zoe")
    assert row.cost.goods == Money(24_64 + 8_21)
    assert _cost(work, story, "nina").goods == money(300)  # not a loan: it does not come back
    with work.writing() as session:
        session.get_one(Custody, out.id).ended_as = CustodyEnd.KEPT
        session.get_one(Custody, out.id).ended_at = FIRST_DAY
    assert _cost(work, story, "zoe").goods == Money(300_00 + 8_21)


def test_a_campaign_from_before_unit_costs_has_none(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    with work.writing() as session:
        row = session.get_one(Campaign, campaign)
        row.device_costing, row.shipping_by_country = None, None
    assert campaign_draft(work, campaign).costs == CampaignCosts()
