"""Campaigns: made, launched once, closed, and what they cost."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.services.campaigns.ambassadors import answer, edit_ambassadors, list_ambassadors
from ambassador.services.campaigns.campaign_view import find_campaign, list_campaigns, open_campaign
from ambassador.services.campaigns.campaigns import (
    archive_campaign,
    campaign_choices,
    close_campaign,
    create_campaign,
    edit_campaign,
    launch_campaign,
    reopen_campaign,
    start_campaign,
)
from ambassador.services.devices.devices import lose_device, reserve_device, ship_devices
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.records import Forecast
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.campaigns.campaigns import (
    CampaignDraft,
    CampaignPlan,
    MatchRuleDraft,
    TimelineEventKind,
)
from ambassador.values.drafts import DealDraft
from ambassador.values.money import Money, money
from ambassador.values.status import AmbassadorStatus, CampaignStatus, Deal
from tests.conftest import NOW
from tests.services.launch import ENDS, STARTS, add_launch, add_people, add_phones, add_pick, invite

DRAFT = CampaignDraft("Q1 Launch", STARTS, ENDS, product="Q1", budget=money(5000))


def _forecast(work: UnitOfWork, campaign_id: int | None) -> int:
    with work.writing() as session:
        row = Forecast(
            campaign_id=campaign_id, rung=3, random_key="1", code_version="0", actor="t", created_at=NOW
        )
        session.add(row)
        session.flush()
        return row.id or 0


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "  "}, "needs a name"),
        ({"ends_on": date(2026, 4, 1)}, "2026-04-01"),
        ({"time_zone": "Rome"}, "Rome is no time zone"),
        ({"currency": "EURO"}, "EURO is no currency"),
        ({"budget": money(10, "USD")}, "USD"),
        ({"budget": money(-1)}, "-1"),
        ({"silent_after_days": 0}, "at least 1"),
    ],
)
def test_a_draft_that_cannot_be_used_is_refused_by_name(
    sqlite_work: UnitOfWork, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(BadInputError, match=said):
        create_campaign(sqlite_work, replace(DRAFT, **wrong))
    assert list_campaigns(sqlite_work) == ()


def test_two_campaigns_cannot_share_a_name_whatever_its_capitals(work: UnitOfWork) -> None:
    create_campaign(work, DRAFT)
    with pytest.raises(ConflictError, match="q1 LAUNCH"):
        create_campaign(work, replace(DRAFT, name="q1  LAUNCH"))


def test_a_launch_freezes_its_forecast_and_happens_once(work: UnitOfWork) -> None:
    campaign = create_campaign(work, DRAFT)
    first, second = _forecast(work, campaign), _forecast(work, campaign)
    launch_campaign(work, campaign, first)
    with pytest.raises(IllegalStatusChangeError, match="launched already"):
        launch_campaign(work, campaign, second)
    close_campaign(work, campaign)
    reopen_campaign(work, campaign)
    card = open_campaign(work, campaign).card
    assert (card.status, card.launch_forecast_id) == (CampaignStatus.LIVE, first)


def test_a_forecast_of_another_campaign_is_not_frozen(work: UnitOfWork) -> None:
    campaign, other = create_campaign(work, DRAFT), create_campaign(work, replace(DRAFT, name="Other"))
    with pytest.raises(BadInputError, match="another campaign"):
        launch_campaign(work, campaign, _forecast(work, other))
    with pytest.raises(NotFoundError, match="99"):
        launch_campaign(work, campaign, 99)
    assert open_campaign(work, campaign).card.status is CampaignStatus.DRAFT


def test_states_follow_one_another_and_no_other_way(work: UnitOfWork) -> None:
    campaign = create_campaign(work, DRAFT)
    for refused in (close_campaign, reopen_campaign):
        with pytest.raises(IllegalStatusChangeError, match="is draft"):
            refused(work, campaign)
    launch_campaign(work, campaign)
    with pytest.raises(IllegalStatusChangeError, match="close it before"):
        archive_campaign(work, campaign)
    close_campaign(work, campaign)
    archive_campaign(work, campaign)
    assert list_campaigns(work) == ()
    assert [card.id for card in list_campaigns(work, archived=True)] == [campaign]
    archive_campaign(work, campaign, archived=False)
    assert find_campaign(work, "q1 launch") == find_campaign(work, str(campaign)) == campaign


def test_a_changed_rule_is_a_new_version_and_the_same_rule_is_not(work: UnitOfWork) -> None:
    rule = MatchRuleDraft(
        hashtags=("Q1brezza", "#q1BREZZA"), keywords=(" Brezza  Q1 ",), authors=("@Nina", "IG:ugo")
    )
    campaign = create_campaign(work, replace(DRAFT, rule=rule))
    kept = open_campaign(work, campaign).rule
    assert kept is not None
    assert kept.rule.hashtags == ("#q1brezza",)
    assert kept.rule.keywords == ("brezza q1",)
    assert kept.rule.authors == ("nina", "instagram:ugo")
    edit_campaign(work, campaign, replace(DRAFT, rule=rule))
    assert _version(work, campaign) == 1
    edit_campaign(work, campaign, replace(DRAFT, rule=replace(rule, exclude_words=("quarter",))))
    assert _version(work, campaign) == 2
    with pytest.raises(BadInputError, match="window"):
        edit_campaign(work, campaign, replace(DRAFT, rule=MatchRuleDraft(from_at=NOW, until_at=NOW)))


def _version(work: UnitOfWork, campaign: int) -> int:
    kept = open_campaign(work, campaign).rule
    return kept.version if kept else 0


def test_an_edit_keeps_the_currency_of_a_campaign_that_runs(work: UnitOfWork) -> None:
    campaign = create_campaign(work, DRAFT)
    dollars = replace(DRAFT, name="Q1 Start", currency="USD", budget=money(10, "USD"))
    edit_campaign(work, campaign, dollars)
    launch_campaign(work, campaign)
    with pytest.raises(BadInputError, match="stays USD"):
        edit_campaign(work, campaign, DRAFT)
    edit_campaign(work, campaign, replace(dollars, notes="late"))
    assert open_campaign(work, campaign).notes == "late"


def test_spent_is_fees_of_those_in_and_phones_that_do_not_come_back(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    add_phones(work, 4)
    paid = DealDraft(deal=Deal.PAID, fee=money(300))
    asked, came, lender = (
        *invite(work, campaign, "Asked", "Came", deal=paid),
        *invite(work, campaign, "Lender", deal=DealDraft(deal=Deal.LOAN)),
    )
    unknown = invite(work, campaign, "Unknown", deal=DealDraft(deal=Deal.PAID))[0]
    for who in (came, lender, unknown):
        answer(work, who, AmbassadorStatus.ACCEPTED)
    held = [reserve_device(work, who) for who in (came, lender)]
    ship_devices(work, [one.id for one in held])
    spending = open_campaign(work, campaign).card.spending
    assert (spending.fees, spending.phones, spending.promised) == (money(300), money(400), money(300))
    assert (spending.unknown_fees, spending.spent) == (1, money(700))
    lose_device(work, held[1].id)
    assert open_campaign(work, campaign).card.spending.phones == money(800)
    assert asked


def test_agreements_count_only_for_those_who_are_still_meant_to_sign(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    one, two, _three = invite(work, campaign, "One", "Two", "Three")
    edit_ambassadors(work, [AmbassadorEdit(one, 0, {"agreement_signed_on": date(2026, 5, 2)})])
    answer(work, two, AmbassadorStatus.DECLINED)
    card = open_campaign(work, campaign).card
    assert (card.agreements_signed, card.agreements_wanted) == (1, 2)


def test_the_time_line_speaks_the_campaigns_own_days(work: UnitOfWork) -> None:
    late = datetime(2026, 4, 30, 23, 30, tzinfo=UTC)
    campaign = create_campaign(work, replace(DRAFT, embargo_until=late))
    days = {moment.kind: moment.day for moment in open_campaign(work, campaign).moments}
    assert days[TimelineEventKind.EMBARGO] == date(2026, 5, 1)
    assert (days[TimelineEventKind.START], days[TimelineEventKind.END]) == (STARTS, ENDS)
    tokyo = open_campaign(work.at(datetime(2026, 5, 12, 16, 0, tzinfo=UTC)), campaign)
    assert tokyo.today == date(2026, 5, 12)


def test_a_campaign_starts_with_its_people_and_phones_or_not_at_all(work: UnitOfWork) -> None:
    people = add_people(work, "Ann", "Bea", "Cal")
    add_phones(work, 2)
    pick = add_pick(work, None, [{"person_id": people[0]}], [{"person_id": people[1]}])
    plan = CampaignPlan(pick, (people[2],), DealDraft(code="BREZZA"), reserve_phones=True)
    campaign = start_campaign(work, DRAFT, plan)
    rows = {row.name: row for row in list_ambassadors(work, campaign)}
    assert [rows[name].status.value for name in ("Ann", "Bea", "Cal")] == ["invited", "reserve", "invited"]
    assert all(rows[name].reference for name in ("Ann", "Cal"))
    assert len({row.code for row in rows.values()}) == 3
    with pytest.raises(BadInputError, match="only 0 phones"):
        start_campaign(work, replace(DRAFT, name="Too many"), plan)
    assert [card.name for card in list_campaigns(work)] == ["Q1 Launch"]


def test_the_choices_name_picks_people_and_stock(work: UnitOfWork) -> None:
    people = add_people(work, "Nina Rossi")
    add_phones(work, 2)
    add_pick(work, None, [{"person_id": people[0]}], [])
    choices = campaign_choices(work)
    assert choices.people == {people[0]: "Nina Rossi (@nina.rossi)"}
    assert choices.in_stock == {"Q1": 2}
    assert [pick.people for pick in choices.picks] == [1]


def test_amounts_in_another_currency_are_left_out_and_counted(work: UnitOfWork) -> None:
    campaign = add_launch(work)
    (who,) = invite(work, campaign, "Dollar", deal=DealDraft(deal=Deal.PAID, fee=Money(10000, "USD")))
    answer(work, who, AmbassadorStatus.ACCEPTED)
    spending = open_campaign(work, campaign).card.spending
    assert (spending.fees, spending.other_currency) == (money(0), 1)
