"""What each ambassador cost for what they brought, the same on Outcomes, on their card and in words."""

from sqlmodel import Session, select

from ambassador.services.campaigns.ambassadors import answer
from ambassador.services.campaigns.campaign_view import list_campaigns
from ambassador.services.campaigns.campaigns import close_campaign
from ambassador.services.people.person_card import open_person
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.results.report import cost_gaps, one_line, report_file, value_for_money
from ambassador.services.results.results import observe_results
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Device
from ambassador.values.money import Money, money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.results.reports import ReportFormat
from ambassador.values.results.results import AmbassadorResult, Promised
from ambassador.values.status import AmbassadorStatus, CustodyEnd, Deal, OutcomeKind
from tests.services.story import FIRST_DAY, Story, add_ambassador, add_mention, give_device, tell


def _row(work: UnitOfWork, story: Story, handle: str) -> AmbassadorResult:
    rows = observe_results(work, story.campaign).rows
    return next(row for row in rows if row.handle == handle)


def test_a_like_costs_what_was_spent_over_the_likes_that_are_stated(work: UnitOfWork) -> None:
    story = tell(work)
    assert _row(work, story, "nina").figures.likes.value == 93
    assert _row(work, story, "nina").unit_costs.per_like == Money(538)  # 500 euro over 93 likes
    assert _row(work, story, "leo").unit_costs.per_like == Money(15)  # 300 euro over 2,000
    assert _row(work, story, "zoe").unit_costs.per_like is None


def test_all_phones_somebody_got_are_in_their_cost_the_lost_one_too(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        carla = add_ambassador(session, story, "carla", 10, deal=Deal.GIFT)
        give_device(session, carla, ended_at=FIRST_DAY, ended_as=CustodyEnd.LOST)
        give_device(session, carla)
        add_mention(session, story, "c1", "carla", hours=5, credit="carla", likes=1_500)
    carla_row = _row(work, story, "carla")
    assert carla_row.cost.goods == money(600)
    assert carla_row.unit_costs.per_like == Money(40)
    assert carla_row.unit_costs.per_post == money(600)


def test_the_card_of_a_person_says_what_outcomes_says(work: UnitOfWork) -> None:
    story = tell(work)
    log_outcome(work, OutcomeForm(story.campaign, OutcomeKind.ORDERS, code="NINA10", quantity=4))
    for handle in story.ambassadors:
        row = _row(work, story, handle)
        (deal,) = open_person(work, row.person_id).campaigns
        assert deal.spent
        assert (deal.spent.cost, deal.spent.unit_costs) == (row.cost, row.unit_costs)
    assert _row(work, story, "nina").unit_costs.per_order == money(125)


def test_the_cheapest_and_the_dearest_are_named_and_the_best_value_is_not_the_loudest(
    work: UnitOfWork,
) -> None:
    story = tell(work)
    results = observe_results(work, story.campaign)
    assert value_for_money(results, "en") == (
        "Leo cost €0.15 a like, Nina €5.38.",
        "Nina cost €166.67 per person who talks, Leo €300.",
        "Leo cost €3.33 per 1,000 views, Nina €500.",
    )
    assert max(results.rows, key=lambda row: row.figures.talkers).name == "Nina"
    assert one_line(results, "en").endswith("Best value for money: Leo, €0.15 a like.")
    assert (
        "Leo cost €0.15 a like, Nina €5.38."
        in report_file(work, story.campaign, ReportFormat.HTML, "en").content.decode()
    )


def test_fees_of_those_who_have_not_answered_are_said_beside_what_was_spent(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        for handle, fee in (("rita", 470_00), ("sara", 1_000_00), ("tina", None)):
            asked = add_ambassador(
                session, story, handle, 10, deal=Deal.PAID, status=AmbassadorStatus.INVITED,
                fee_minor=fee, fee_currency="EUR",
            )  # fmt: skip
            give_device(session, asked)
    results = observe_results(work, story.campaign)
    assert results.promised == Promised(money(1_470), 2)
    assert results.cost.fees == money(200)
    assert "Not in it: €1,470 of fees, due once 2 people who were invited accept." in one_line(results, "en")
    (card,) = list_campaigns(work)
    assert card.spending.promised == money(1_470)
    answer(work, story.ambassadors["sara"], AmbassadorStatus.ACCEPTED)
    later = observe_results(work, story.campaign)
    assert later.cost.fees == money(1_200)
    assert later.promised == Promised(money(470), 1)
    assert "due once 1 person who was invited accepts." in one_line(later, "en")
    close_campaign(work, story.campaign)
    assert observe_results(work, story.campaign).promised is None


def test_what_a_phone_cost_is_not_nothing_where_nobody_wrote_it_down(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        _forget_costs(session)
    results = observe_results(work, story.campaign)
    assert cost_gaps(results.cost, "en") == "cost not known of 2 phones"
    assert "At least €200 spent: cost not known of 2 phones." in one_line(results, "en")
    assert value_for_money(results, "en") == ("Not compared: cost not known of 2 phones.",)
    (card,) = list_campaigns(work)
    assert card.spending.unknown_costs == 2


def test_with_nothing_but_phones_of_unknown_cost_the_cost_is_not_known(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        _forget_costs(session)
        session.get_one(Ambassador, story.ambassadors["nina"]).fee_minor = 0
    line = one_line(observe_results(work, story.campaign), "en")
    assert "What it cost is not known: cost not known of 2 phones." in line
    assert "Best value" not in line


def _forget_costs(session: Session) -> None:
    for device in session.exec(select(Device)).all():
        device.cost_minor = None
