"""From a pick to ambassadors: confirmed, answered, edited, replaced, chased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.services.campaigns.ambassadors import (
    ambassador_history,
    answer,
    edit_ambassadors,
    list_ambassadors,
)
from ambassador.services.campaigns.chase import chase_list
from ambassador.services.campaigns.confirm_pick import confirm_pick
from ambassador.services.campaigns.invite import invite_next, invite_people, next_candidates
from ambassador.services.devices.devices import deliver_device, reserve_device, ship_devices
from ambassador.services.devices.stock import device_history, stock
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Account
from ambassador.values.campaigns.ambassadors import AmbassadorEdit, ChaseReason
from ambassador.values.devices import PhoneFate
from ambassador.values.drafts import DealDraft
from ambassador.values.money import money
from ambassador.values.status import AmbassadorStatus, Deal, DeviceStatus
from tests.conftest import NOW
from tests.services.launch import add_accounts, add_launch, add_people, add_phones, add_pick, invite

S = AmbassadorStatus


@pytest.fixture
def campaign(work: UnitOfWork) -> int:
    """Give a draft campaign with three phones in stock."""
    add_phones(work, 3)
    return add_launch(work)


def _statuses(work: UnitOfWork, campaign: int) -> dict[str, str]:
    return {row.label: row.status.value for row in list_ambassadors(work, campaign)}


def test_the_people_of_a_pick_are_invited_and_the_next_wait_in_rank_order(
    work: UnitOfWork, campaign: int
) -> None:
    ann, bea, cal, dan = add_people(work, "Ann", "Bea", "Cal", "Dan")
    (rider,) = add_accounts(work, "rider.bari")
    pick = add_pick(
        work,
        campaign,
        [{"person_id": ann, "fee_minor": 20000, "currency": "EUR"}, {"person_id": None, "account_id": rider}],
        [{"person_id": bea}, {"person_id": cal}, {"person_id": dan}],
    )
    done = confirm_pick(work, pick, DealDraft(deal=Deal.PAID), reserve=2)
    assert (len(done.invited), len(done.already), len(done.reserve), done.people_made) == (2, 0, 2, 1)
    rows = {row.label: row for row in list_ambassadors(work, campaign)}
    assert set(rows) == {"Ann", "rider.bari", "Bea", "Cal"}
    assert [rows[name].reserve_rank for name in ("Bea", "Cal")] == [1, 2]
    assert (rows["Ann"].fee, rows["Bea"].fee) == (money(200), None)
    with work.reading() as session:
        assert session.get_one(Account, rider).person_id == rows["rider.bari"].person_id


def test_confirming_twice_or_by_two_people_at_once_makes_nothing_twice(
    work: UnitOfWork, campaign: int
) -> None:
    people = add_people(work, "Ann", "Bea", "Cal")
    (rider,) = add_accounts(work, "rider")
    pick = add_pick(
        work,
        campaign,
        [*({"person_id": one} for one in people[:2]), {"person_id": None, "account_id": rider}],
        [{"person_id": people[2]}],
    )
    with ThreadPoolExecutor(4) as crowd:
        done = [one.result() for one in [crowd.submit(confirm_pick, work, pick) for _ in range(4)]]
    assert sorted(len(one.invited) for one in done) == [0, 0, 0, 3]
    assert sum(one.people_made for one in done) == 1
    assert len(list_ambassadors(work, campaign)) == 4


def test_confirming_again_changes_no_deal_and_no_answer(work: UnitOfWork, campaign: int) -> None:
    (ann,) = add_people(work, "Ann")
    pick = add_pick(work, campaign, [{"person_id": ann}], [])
    (who,) = confirm_pick(work, pick, DealDraft(deal=Deal.LOAN)).invited
    answer(work, who, S.DECLINED)
    again = confirm_pick(work, pick, DealDraft(deal=Deal.PAID, fee=money(900)))
    assert again.already == (who,)
    (row,) = list_ambassadors(work, campaign)
    assert (row.status, row.deal, row.fee) == (S.DECLINED, Deal.LOAN, None)


def test_a_later_pick_calls_up_whoever_waits_in_reserve(work: UnitOfWork, campaign: int) -> None:
    ann, bea = add_people(work, "Ann", "Bea")
    confirm_pick(work, add_pick(work, campaign, [{"person_id": ann}], [{"person_id": bea}]))
    done = confirm_pick(work, add_pick(work, campaign, [{"person_id": bea}], []))
    assert (len(done.invited), done.reserve) == (1, ())
    assert _statuses(work, campaign) == {"Ann": "invited", "Bea": "invited"}


def test_a_pick_without_a_campaign_asks_for_one(work: UnitOfWork, campaign: int) -> None:
    (ann,) = add_people(work, "Ann")
    pick = add_pick(work, None, [{"person_id": ann}], [])
    with pytest.raises(BadInputError, match="say which"):
        confirm_pick(work, pick)
    assert confirm_pick(work, pick, campaign_id=campaign).campaign_id == campaign
    with pytest.raises(NotFoundError, match="77"):
        confirm_pick(work, 77, campaign_id=campaign)


def test_a_declined_invitation_puts_the_reserved_phone_back_by_itself(
    work: UnitOfWork, campaign: int
) -> None:
    (ann,) = invite(work, campaign, "Ann")
    reserve_device(work, ann)
    report = answer(work, ann, S.DECLINED, note="too busy")
    assert (report.device, report.device_status) == ("BZ0001", DeviceStatus.IN_STOCK)
    assert ambassador_history(work, ann)[-1].note == "too busy"


@pytest.mark.parametrize(
    ("fate", "where", "still_theirs"),
    [
        (None, DeviceStatus.DELIVERED, True),
        (PhoneFate.STAYS, DeviceStatus.DELIVERED, True),
        (PhoneFate.BACK, DeviceStatus.IN_STOCK, False),
        (PhoneFate.LOST, DeviceStatus.LOST, False),
        (PhoneFate.KEPT, DeviceStatus.RETIRED, False),
    ],
)
def test_the_phone_of_somebody_who_goes_silent_ends_as_told(
    work: UnitOfWork, campaign: int, fate: PhoneFate | None, where: DeviceStatus, still_theirs: bool
) -> None:
    (ann,) = invite(work, campaign, "Ann")
    deliver_device(work, reserve_device(work, ann).id)
    answer(work, ann, S.ACCEPTED)
    assert answer(work, ann, S.SILENT, phone=fate).device_status is where
    assert (list_ambassadors(work, campaign)[0].custody_id is not None) is still_theirs
    now = stock(work)
    assert sum(now.by_status.values()) == now.total == len(now.devices)


def test_an_answer_that_cannot_follow_is_refused_and_moves_no_phone(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann")
    reserve_device(work, ann)
    with pytest.raises(IllegalStatusChangeError, match="cannot become done"):
        answer(work, ann, S.DONE, phone=PhoneFate.BACK)
    assert stock(work).by_status[DeviceStatus.RESERVED] == 1


def test_a_phone_on_its_way_cannot_be_theirs_to_keep(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann")
    ship_devices(work, [reserve_device(work, ann).id])
    with pytest.raises(IllegalStatusChangeError, match="arrived"):
        answer(work, ann, S.DECLINED, phone=PhoneFate.KEPT)
    assert _statuses(work, campaign) == {"Ann": "invited"}


def test_the_first_of_the_reserve_takes_an_open_place_once(work: UnitOfWork, campaign: int) -> None:
    people = add_people(work, "Ann", "Bea", "Cal")
    pick = add_pick(work, campaign, [{"person_id": people[0]}], [{"person_id": one} for one in people[1:]])
    (ann,) = confirm_pick(work, pick, DealDraft(deal=Deal.LOAN, due_back=date(2026, 6, 30))).invited
    answer(work, ann, S.DECLINED)
    assert [one.label for one in next_candidates(work, campaign)] == ["Bea", "Cal"]
    bea = invite_next(work, campaign, replaces_id=ann)
    assert invite_next(work, campaign, replaces_id=ann) == bea
    assert invite_next(work, campaign, people[2], replaces_id=ann) == bea
    rows = {row.label: row for row in list_ambassadors(work, campaign)}
    assert (rows["Bea"].replaces_id, rows["Bea"].reserve_rank, rows["Cal"].status) == (ann, None, S.RESERVE)
    answer(work, bea, S.DECLINED)
    assert invite_next(work, campaign, replaces_id=ann) == rows["Cal"].id


def test_somebody_outside_the_reserve_takes_a_place_on_the_same_deal(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(
        work, campaign, "Ann", deal=DealDraft(deal=Deal.LOAN, due_back=date(2026, 6, 30), owner="Eva")
    )
    answer(work, ann, S.SILENT)
    (rider,) = add_accounts(work, "rider")
    with pytest.raises(NotFoundError, match="reserve list is empty"):
        invite_next(work, campaign, replaces_id=ann)
    new = invite_next(work, campaign, account_id=rider, replaces_id=ann)
    row = next(row for row in list_ambassadors(work, campaign) if row.id == new)
    assert (row.deal, row.due_back, row.owner, row.replaces_id) == (Deal.LOAN, date(2026, 6, 30), "Eva", ann)


def test_somebody_who_accepted_cannot_take_a_place(work: UnitOfWork, campaign: int) -> None:
    ann, bea = invite(work, campaign, "Ann", "Bea")
    answer(work, bea, S.ACCEPTED)
    answer(work, ann, S.DECLINED)
    person = next(row.person_id for row in list_ambassadors(work, campaign) if row.id == bea)
    with pytest.raises(ConflictError, match="already: accepted"):
        invite_next(work, campaign, person, replaces_id=ann)


def test_several_rows_are_edited_at_once(work: UnitOfWork, campaign: int) -> None:
    ann, bea = invite(work, campaign, "Ann", "Bea")
    report = edit_ambassadors(
        work,
        [
            AmbassadorEdit(ann, 0, {"fee": money(250), "deal": Deal.PAID, "owner": " Eva "}),
            AmbassadorEdit(bea, 0, {"post_by": date(2026, 5, 20), "next_action": "call"}),
        ],
    )
    assert report.changed == (ann, bea)
    rows = {row.id: row for row in list_ambassadors(work, campaign)}
    assert (rows[ann].fee, rows[ann].deal, rows[ann].owner) == (money(250), Deal.PAID, "Eva")
    assert (rows[bea].post_by, rows[bea].revision) == (date(2026, 5, 20), 1)


def test_a_row_somebody_else_changed_is_told_and_not_overwritten(work: UnitOfWork, campaign: int) -> None:
    ann, bea = invite(work, campaign, "Ann", "Bea")
    edit_ambassadors(work.by("eva"), [AmbassadorEdit(ann, 0, {"fee": money(250)})])
    report = edit_ambassadors(
        work, [AmbassadorEdit(ann, 0, {"fee": money(300)}), AmbassadorEdit(bea, 0, {"fee": money(300)})]
    )
    (conflict,) = report.conflicts
    assert (conflict.name, conflict.theirs, conflict.yours) == (
        "Ann",
        {"fee": money(250)},
        {"fee": money(300)},
    )
    assert report.changed == (bea,)
    assert {row.label: row.fee for row in list_ambassadors(work, campaign)} == {
        "Ann": money(250),
        "Bea": money(300),
    }


def test_of_many_editing_one_row_at_once_exactly_one_wins(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann")
    edits = [[AmbassadorEdit(ann, 0, {"owner": f"owner {number}"})] for number in range(8)]
    with ThreadPoolExecutor(8) as crowd:
        reports = [one.result() for one in [crowd.submit(edit_ambassadors, work, edit) for edit in edits]]
    assert sum(len(report.changed) for report in reports) == 1
    assert sum(len(report.conflicts) for report in reports) == 7


def test_what_cannot_be_edited_or_used_is_refused_and_nothing_is_written(
    work: UnitOfWork, campaign: int
) -> None:
    ann, bea = invite(work, campaign, "Ann", "Bea")
    edit_ambassadors(work, [AmbassadorEdit(ann, 0, {"code": "BREZZA1"})])
    for changes, error in (
        ({"status": "done"}, BadInputError),
        ({"fee": money(-5)}, BadInputError),
        ({"code": "BREZZA1"}, ConflictError),
    ):
        with pytest.raises(error):
            edit_ambassadors(
                work, [AmbassadorEdit(bea, 0, {"owner": "Eva"}), AmbassadorEdit(bea, 1, changes)]
            )
    assert next(row for row in list_ambassadors(work, campaign) if row.id == bea).owner == ""


def test_a_new_day_due_back_reaches_the_phone_they_have(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann", deal=DealDraft(deal=Deal.LOAN))
    reserve_device(work, ann)
    edit_ambassadors(work, [AmbassadorEdit(ann, 0, {"due_back": date(2026, 6, 1)})])
    assert device_history(work, "BZ0001").device.due_back == date(2026, 6, 1)


def test_people_invited_by_hand_twice_are_in_once(work: UnitOfWork, campaign: int) -> None:
    (ann,) = add_people(work, "Ann")
    assert len(invite_people(work, campaign, [ann, ann])) == 1
    assert invite_people(work, campaign, [ann]) == ()


def test_the_chase_list_names_what_is_late(work: UnitOfWork, campaign: int) -> None:
    long_ago = work.at(NOW - timedelta(days=10))
    silent, asked, parcel = invite(
        long_ago,
        campaign,
        "Silent",
        "Asked",
        "Parcel",
        deal=DealDraft(deal=Deal.LOAN, due_back=date(2026, 5, 10)),
    )
    for who in (silent, parcel):
        answer(long_ago, who, S.ACCEPTED)
    deliver_device(long_ago, reserve_device(long_ago, silent).id)
    ship_devices(long_ago, [reserve_device(long_ago, parcel).id])
    found = {(item.reason, item.values["name"], item.days) for item in chase_list(work, campaign)}
    assert found == {
        (ChaseReason.SILENT, "Silent", 10),
        (ChaseReason.OVERDUE, "Silent", 2),
        (ChaseReason.UNSIGNED, "Silent", 10),
        (ChaseReason.UNSIGNED, "Parcel", 10),
        (ChaseReason.UNANSWERED, "Asked", 10),
        (ChaseReason.OVERDUE, "Parcel", 2),
        (ChaseReason.ON_THE_WAY, "Parcel", 10),
    }
    assert asked
    assert [item.days for item in chase_list(work)] == sorted((day for *_, day in found), reverse=True)


def test_days_are_counted_by_the_date_whatever_the_hour(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann")
    evening = NOW.replace(hour=20)
    answer(work.at(evening), ann, S.ACCEPTED)
    ship_devices(work.at(evening), [reserve_device(work.at(evening), ann).id])
    early = (NOW + timedelta(days=10)).replace(hour=1)
    found = {item.reason: item.days for item in chase_list(work.at(early), campaign)}
    assert found == {ChaseReason.ON_THE_WAY: 10, ChaseReason.UNSIGNED: 10}


def test_somebody_who_left_with_a_phone_is_chased_even_after_the_end(work: UnitOfWork, campaign: int) -> None:
    (ann,) = invite(work, campaign, "Ann")
    deliver_device(work, reserve_device(work, ann).id)
    answer(work, ann, S.DECLINED)
    assert [item.reason for item in chase_list(work, campaign)] == [ChaseReason.LEFT_WITH_PHONE]
    for days, late in ((0, False), (6, False), (7, True)):
        (item,) = chase_list(work.at(NOW + timedelta(days=days)), campaign)
        assert (item.days, item.is_late) == (days, late)
