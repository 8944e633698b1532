"""What came of a campaign, beside what was forecast."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ambassador.errors import NotFoundError
from ambassador.services.campaigns.campaign_view import list_campaigns
from ambassador.services.cascades.cascade_measures import observe_cascades
from ambassador.services.mentions.credit_table import credit_table
from ambassador.services.mentions.mentions import list_mentions
from ambassador.services.results.outcomes import log_outcome
from ambassador.services.results.results import forecast_by_day, observe_results, observed_by_day
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention, MentionMetrics
from ambassador.store.tables.people import Account, AudienceMember
from ambassador.values.mentions.mentions import MentionFilter
from ambassador.values.money import Money, money
from ambassador.values.results.outcomes import OutcomeForm
from ambassador.values.results.results import (
    AmbassadorResult,
    CampaignResults,
    IntervalPosition,
    Seen,
    StatedSum,
)
from ambassador.values.status import AmbassadorStatus, CampaignStatus, OutcomeKind
from tests.services.story import (
    FIRST_DAY,
    Story,
    add_ambassador,
    add_campaign,
    add_mention,
    freeze_forecast,
    tell,
)


def _row(results: CampaignResults, name: str) -> AmbassadorResult:
    return next(row for row in results.rows if row.handle == name)


def test_people_who_talk_are_counted_once_however_often_they_speak(work: UnitOfWork) -> None:
    results = observe_results(work, tell(work).campaign)
    assert results.total.talkers == 5  # nina, ugo, eva, leo, pia
    assert results.total.mentions == 6
    assert _row(results, "nina").figures.talkers == 3  # herself, ugo, eva
    assert results.unattributed.talkers == 1


def test_shares_of_mentions_add_up_to_the_total_and_agree_with_the_credit_table(work: UnitOfWork) -> None:
    story = tell(work)
    results, credit = observe_results(work, story.campaign), credit_table(work, story.campaign)
    rows = sum(row.figures.mentions for row in results.rows) + results.unattributed.mentions
    assert rows == results.total.mentions == credit.total
    ours = {row.ambassador_id: row.figures.mentions for row in results.rows if row.figures.mentions}
    theirs = {row.ambassador_id: row.mentions for row in credit.by_ambassador if not row.is_unattributed}
    assert ours == theirs
    assert results.unattributed.mentions == credit.unattributed


def test_every_page_counts_the_same(work: UnitOfWork) -> None:
    story = tell(work)
    results = observe_results(work, story.campaign)
    mentions = list_mentions(work, MentionFilter(campaign_id=story.campaign)).figures
    cascades = observe_cascades(work, story.campaign)
    (card,) = list_campaigns(work)
    assert results.total.talkers == mentions.people == cascades.people
    assert results.total.talkers == observed_by_day(work, story.campaign)[-1].talkers
    assert results.total.mentions == mentions.mentions == cascades.mentions
    assert results.total.views.value == mentions.views
    assert results.total.engagements.value == mentions.engagements
    assert (results.cost.fees, results.cost.goods) == (card.spending.fees, card.spending.phones)


def test_views_add_up_over_the_posts_that_state_them_and_the_others_stay_unknown(work: UnitOfWork) -> None:
    results = observe_results(work, tell(work).campaign)
    assert results.total.views == StatedSum(91_000.0, 2, 6)
    assert results.unattributed.views == StatedSum(None, 0, 1)
    assert results.total.engagements == StatedSum(90 + 10 + 3 + 2_000, 3, 6)


def test_a_later_reading_of_the_same_post_replaces_the_earlier_one(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        later = FIRST_DAY + timedelta(days=7)
        session.add(MentionMetrics(mention_id=story.mentions["n1"], read_at=later, views=4_000))
    results = observe_results(work, story.campaign)
    assert results.total.views.value == 94_000
    assert results.read_at == FIRST_DAY + timedelta(days=7)


def test_people_who_may_see_it_are_a_range_from_the_largest_audience_to_the_sum(work: UnitOfWork) -> None:
    results = observe_results(work, tell(work).campaign)
    everybody = 2_140 + 412_000 + 50 + 400
    assert results.total.seen == Seen(412_000, everybody, exact=False, known=4, of=5)


def test_people_who_may_see_it_are_exact_where_follower_lists_are_known(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        for name, members in (("nina", "abc"), ("ugo", "cd"), ("eva", "d")):
            for member in members:
                session.add(
                    AudienceMember(
                        account_id=story.accounts[name], member_hash=member.encode(), read_at=FIRST_DAY
                    )
                )
    nina = _row(observe_results(work, story.campaign), "nina").figures.seen
    assert nina == Seen(4, 4, exact=True, known=3, of=3)


def test_the_brand_itself_is_not_among_the_people_who_talk(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        account = session.get(Account, story.accounts["pia"])
        assert account
        account.is_brand = True
    results = observe_results(work, story.campaign)
    assert (results.total.talkers, results.total.mentions) == (4, 6)


def test_a_device_given_is_spent_a_loan_is_not_and_a_declined_fee_is_not_owed(work: UnitOfWork) -> None:
    results = observe_results(work, tell(work).campaign)
    assert results.cost.fees == money(200)
    assert results.cost.goods == money(600)  # nina's and leo's; zoe's is a loan
    assert _row(results, "zoe").cost.total == money(0)
    assert _row(results, "ada").cost.total == money(0)
    assert results.cost.complete


def test_cost_per_each_is_the_cost_over_what_it_brought(work: UnitOfWork) -> None:
    story = tell(work)
    log_outcome(work, OutcomeForm(story.campaign, OutcomeKind.ORDERS, code="NINA10", quantity=4))
    results = observe_results(work, story.campaign)
    nina = _row(results, "nina").unit_costs
    assert nina.per_talker == Money(16_667)  # 500 euro for 3 people
    assert nina.per_order == money(125)
    assert results.unit_costs.per_talker == money(160)
    assert results.unit_costs.per_thousand_views == Money(879)
    assert _row(results, "leo").unit_costs.per_order is None


def test_cost_per_post_divides_by_the_posts_the_ambassadors_made_themselves(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        add_mention(session, story, "n2", "nina", hours=60, credit="nina")
    results = observe_results(work, story.campaign)
    nina = _row(results, "nina")
    assert nina.figures.mentions == 5  # n1 and n2 are hers; u1, e1 and u2 are what others said after her
    assert nina.unit_costs.per_post == money(250)  # a fee of 200 and a phone of 300, for two posts
    assert _row(results, "leo").unit_costs.per_post == money(300)
    assert results.unit_costs.per_post == Money(26_667)  # 800 euro for n1, n2 and l1
    assert _row(results, "zoe").unit_costs.per_post is None


def test_a_fee_nobody_noted_makes_the_cost_incomplete_instead_of_cheap(work: UnitOfWork) -> None:
    from ambassador.store.tables.campaigns import Ambassador

    story = tell(work)
    with work.writing() as session:
        nina = session.get(Ambassador, story.ambassadors["nina"])
        assert nina
        nina.fee_minor = None
    results = observe_results(work, story.campaign)
    assert (results.cost.unknown_fees, results.cost.complete) == (1, False)
    assert results.unit_costs.per_talker is None
    assert _row(results, "leo").unit_costs.per_talker == money(300)


def test_planned_delivered_observed(work: UnitOfWork) -> None:
    funnel = observe_results(work, tell(work).campaign).funnel
    assert (funnel.planned, funnel.accepted, funnel.delivered, funnel.posted) == (4, 3, 3, 2)
    assert funnel.post_rate == pytest.approx(2 / 3)


def test_people_in_reserve_are_not_among_the_results(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        add_ambassador(session, story, "eli", 10, status=AmbassadorStatus.RESERVE)
    results = observe_results(work, story.campaign)
    assert "eli" not in [row.handle for row in results.rows]
    assert results.funnel.planned == 4


def test_whoever_has_had_the_device_longer_than_the_campaigns_patience_is_silent(work: UnitOfWork) -> None:
    story = tell(work)
    patient = work.at(FIRST_DAY + timedelta(days=4))
    assert observe_results(patient, story.campaign).funnel.silent == 0
    late = observe_results(work.at(FIRST_DAY + timedelta(days=6)), story.campaign)
    assert [row.handle for row in late.rows if row.is_silent] == ["zoe"]


def test_the_forecast_stands_beside_what_was_observed_with_misses_flagged(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, nina=[1, 2], leo=[0, 4], zoe=[2, 5])
    results = observe_results(work, story.campaign)
    assert results.talkers.standing is IntervalPosition.INSIDE
    assert results.by_the_end.interval(90) == (2, 9)
    assert results.views.standing is IntervalPosition.ABOVE
    assert _row(results, "nina").talkers.standing is IntervalPosition.ABOVE
    assert _row(results, "leo").talkers.standing is IntervalPosition.INSIDE
    assert _row(results, "zoe").talkers.standing is IntervalPosition.OPEN
    assert _row(results, "ada").talkers.standing is IntervalPosition.UNKNOWN
    assert results.rung == 3


def test_once_the_campaign_is_over_too_few_is_a_miss(work: UnitOfWork) -> None:
    story = tell(work)
    freeze_forecast(work, story, zoe=[2, 5])
    over = observe_results(work.at(datetime(2026, 6, 1, tzinfo=UTC)), story.campaign)
    assert _row(over, "zoe").talkers.standing is IntervalPosition.BELOW


def test_a_cascade_belongs_to_the_ambassador_whose_post_began_it(work: UnitOfWork) -> None:
    results = observe_results(work, tell(work).campaign)
    nina, leo = _row(results, "nina").figures, _row(results, "leo").figures
    assert (nina.cascades, nina.largest_cascade, nina.depth) == (1, 4, 1)
    assert nina.structural_virality == pytest.approx(2 * 3 / 4)  # a star of four
    assert (leo.cascades, leo.largest_cascade, leo.structural_virality) == (0, 1, None)
    assert (results.total.cascades, results.total.largest_cascade) == (1, 4)
    assert results.unattributed.largest_cascade == 1


def test_depth_and_virality_are_unknown_where_the_platform_hides_who_answered_whom(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        for name in ("u1", "e1", "u2"):
            mention = session.get(Mention, story.mentions[name])
            assert mention
            mention.parent_inferred_id, mention.parent_observed_id = mention.parent_observed_id, None
            mention.inferred_by = "platform hides it"
    nina = _row(observe_results(work, story.campaign), "nina").figures
    assert (nina.largest_cascade, nina.depth, nina.structural_virality) == (4, None, None)


def test_without_a_forecast_there_is_nothing_to_compare(work: UnitOfWork) -> None:
    story = tell(work)
    results = observe_results(work, story.campaign)
    assert (results.talkers.observed, results.talkers.expected) == (5, None)
    assert results.talkers.standing is IntervalPosition.UNKNOWN
    assert forecast_by_day(work, story.campaign) == ()


def test_days_begin_at_midnight_where_the_campaign_is(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:  # 22:30 UTC is past midnight in Rome
        add_mention(session, story, "late", "eva", hours=12.5)
    days = observed_by_day(work.at(FIRST_DAY + timedelta(days=3)), story.campaign)
    assert [(day.day, day.talkers) for day in days] == [(1, 3), (2, 4), (3, 5), (4, 5)]
    assert days[0].on == date(2026, 5, 1)
    assert days[1].mentions == 6


def test_what_was_said_too_early_comes_before_day_one(work: UnitOfWork) -> None:
    story = tell(work)
    with work.writing() as session:
        add_mention(session, story, "early", "eva", hours=-30)
    days = observed_by_day(work, story.campaign)
    assert (days[0].day, days[0].talkers) == (0, 1)


def test_the_days_end_today_or_with_the_campaign(work: UnitOfWork) -> None:
    story = tell(work)
    assert observed_by_day(work, story.campaign)[-1].on == date(2026, 5, 12)
    after = work.at(datetime(2026, 7, 1, tzinfo=UTC))
    assert observed_by_day(after, story.campaign)[-1].day == 24


def test_an_empty_campaign_has_no_data_rather_than_zeros(work: UnitOfWork) -> None:
    story = Story()
    with work.writing() as session:
        story.campaign = add_campaign(session, status=CampaignStatus.DRAFT)
    results = observe_results(work, story.campaign)
    assert results.total.views.value is None
    assert results.total.seen.low is None
    assert results.unit_costs.per_talker is None
    assert results.funnel.post_rate is None
    assert results.rows == ()


def test_an_unknown_campaign_is_an_error(work: UnitOfWork) -> None:
    with pytest.raises(NotFoundError):
        observe_results(work, 404)
