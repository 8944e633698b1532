"""Phones handed out and got back."""

from datetime import date, timedelta

import pytest

from ambassador.errors import BadInputError, ConflictError, IllegalStatusChangeError, NotFoundError
from ambassador.services.campaigns.ambassadors import edit_ambassadors, list_ambassadors
from ambassador.services.devices.devices import (
    add_device,
    deliver_device,
    keep_device,
    lose_device,
    move_device,
    release_device,
    replace_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.services.devices.dispatch import set_agreement_rule
from ambassador.services.devices.packing import packing_list
from ambassador.services.devices.stock import device_history, stock
from ambassador.services.work import UnitOfWork
from ambassador.store.devices.custody import find_custody
from ambassador.values.campaigns.ambassadors import AmbassadorEdit
from ambassador.values.devices import AgreementRule
from ambassador.values.drafts import DealDraft, DeviceDraft
from ambassador.values.money import money
from ambassador.values.status import CustodyEnd, Deal, DeviceStatus
from tests.conftest import NOW
from tests.services.launch import add_launch, add_phones, imei, invite


@pytest.fixture
def nina(work: UnitOfWork) -> int:
    """Give Nina, invited, with three phones in stock."""
    add_phones(work, 3)
    return invite(work, add_launch(work), "Nina Rossi", deal=DealDraft(deal=Deal.LOAN))[0]


def test_a_phone_goes_out_arrives_and_comes_back(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    assert custody.reference == f"Q1-{custody.id:04d}"
    assert custody.device_status is DeviceStatus.RESERVED
    ship_devices(work, [custody.id], "BRT", "T1")
    assert deliver_device(work, custody.id).device_status is DeviceStatus.DELIVERED
    back = return_device(work, custody.id, note="a scratch")
    assert (back.device_status, back.ended_as) == (DeviceStatus.IN_STOCK, CustodyEnd.RETURNED)
    told = [(event.from_status, event.to_status) for event in device_history(work, "bz0001").events]
    assert told == [
        ("", "in_stock"),
        ("in_stock", "reserved"),
        ("reserved", "shipped"),
        ("shipped", "delivered"),
        ("delivered", "in_stock"),
    ]


def test_history_opens_by_serial_by_either_imei_and_by_number(work: UnitOfWork, nina: int) -> None:
    found = {device_history(work, printed).device.id for printed in ("BZ0001", imei(2), imei(3), "#1")}
    assert len(found) == 1
    with pytest.raises(NotFoundError, match="BZ9999"):
        device_history(work, "BZ9999")


def test_one_ambassador_has_one_phone_at_a_time(work: UnitOfWork, nina: int) -> None:
    first = reserve_device(work, nina)
    with pytest.raises(ConflictError, match=first.reference):
        reserve_device(work, nina)
    assert stock(work).by_status[DeviceStatus.RESERVED] == 1


def test_a_phone_that_is_taken_cannot_be_chosen(work: UnitOfWork, nina: int) -> None:
    taken = reserve_device(work, nina)
    other = invite(work, taken.campaign_id, "Ugo Neri")[0]
    with pytest.raises(ConflictError, match="BZ0001 is not in stock any more: it is reserved"):
        reserve_device(work, other, taken.device_id)


def test_no_phone_left_is_said(work: UnitOfWork) -> None:
    ugo = invite(work, add_launch(work), "Ugo Neri")[0]
    with pytest.raises(ConflictError, match="left in stock"):
        reserve_device(work, ugo)


def test_a_reserved_phone_is_released_and_not_returned(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    with pytest.raises(IllegalStatusChangeError, match="reserved"):
        return_device(work, custody.id)
    assert release_device(work, custody.id).ended_as is CustodyEnd.RELEASED
    with pytest.raises(IllegalStatusChangeError, match="ended as released"):
        release_device(work, custody.id)


def test_a_stolen_parcel_is_replaced_once_and_linked(work: UnitOfWork, nina: int) -> None:
    first = reserve_device(work, nina)
    ship_devices(work, [first.id])
    second = replace_device(work, first.id, note="stolen from the van")
    assert second.replaces_id == first.id
    assert second.device_id != first.device_id
    assert stock(work).by_status[DeviceStatus.LOST] == 1
    with pytest.raises(ConflictError, match=second.reference):
        replace_device(work, first.id)


def test_a_phone_already_reported_lost_can_be_replaced_but_a_returned_one_cannot(
    work: UnitOfWork, nina: int
) -> None:
    first = reserve_device(work, nina)
    lose_device(work, first.id, note="left on a train")
    second = replace_device(work, first.id)
    release_device(work, second.id)
    with pytest.raises(IllegalStatusChangeError, match="was not lost"):
        replace_device(work, second.id)


def test_a_gift_can_be_theirs_for_good_once_it_arrived(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    with pytest.raises(IllegalStatusChangeError):
        keep_device(work, custody.id)
    deliver_device(work, custody.id)
    assert keep_device(work, custody.id).ended_as is CustodyEnd.KEPT
    assert stock(work).by_status[DeviceStatus.RETIRED] == 1


def test_a_phone_nobody_holds_can_be_lost_found_and_retired(work: UnitOfWork) -> None:
    phone = add_phones(work, 1)[0]
    for to in (DeviceStatus.LOST, DeviceStatus.IN_STOCK, DeviceStatus.RETIRED, DeviceStatus.IN_STOCK):
        move_device(work, phone, to)
    with pytest.raises(IllegalStatusChangeError):
        move_device(work, phone, DeviceStatus.DELIVERED)


def test_a_phone_somebody_holds_is_not_moved_behind_their_back(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    with pytest.raises(IllegalStatusChangeError, match="with the person"):
        move_device(work, custody.device_id, DeviceStatus.IN_STOCK)


def test_an_imei_is_checked_and_belongs_to_one_phone_in_either_place(work: UnitOfWork) -> None:
    add_phones(work, 1)
    with pytest.raises(BadInputError, match="352099001761482"):
        add_device(work, DeviceDraft(line=0, model="Q1", imei1="352099001761482"))
    with pytest.raises(ConflictError, match=imei(3)):
        add_device(work, DeviceDraft(line=0, model="Q1", serial="NEW", imei1=imei(3)))
    with pytest.raises(BadInputError, match="second SIM"):
        add_device(work, DeviceDraft(line=0, model="Q1", imei1=imei(8), imei2=imei(8)))
    with pytest.raises(BadInputError, match="serial or an IMEI"):
        add_device(work, DeviceDraft(line=0, model="Q1"))


def test_an_unsigned_agreement_warns_or_stops_as_the_organisation_decides(
    work: UnitOfWork, nina: int
) -> None:
    custody = reserve_device(work, nina)
    set_agreement_rule(work, AgreementRule.REFUSE)
    with pytest.raises(BadInputError, match="Nina Rossi"):
        ship_devices(work, [custody.id])
    with pytest.raises(BadInputError, match="Nina Rossi"):
        deliver_device(work, custody.id)
    assert stock(work).by_status[DeviceStatus.RESERVED] == 1
    set_agreement_rule(work, AgreementRule.WARN)
    assert ship_devices(work, [custody.id]).unsigned == ("Nina Rossi",)


def test_the_notice_is_recorded_when_the_phone_leaves(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    assert list_ambassadors(work, custody.campaign_id)[0].notice_sent_on is None
    ship_devices(work, [custody.id])
    row = list_ambassadors(work, custody.campaign_id)[0]
    assert (row.notice_sent_on, row.notice_channel) == (NOW.date(), "parcel")


def test_shipping_twice_moves_nothing_twice(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    ship_devices(work, [custody.id], "BRT", "T1")
    again = ship_devices(work, [custody.id], "DHL", "T2")
    assert (again.shipped, again.already) == ((), (custody.reference,))
    assert device_history(work, "BZ0001").device.tracking == "T1"


def test_the_packing_list_holds_what_waits_and_carries_the_notice(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    (line,) = packing_list(work, custody.campaign_id)
    assert (line.reference, line.recipient, line.serial) == (custody.reference, "Nina Rossi", "BZ0001")
    assert "product supplied by Q1" in line.notice
    ship_devices(work, [custody.id])
    assert packing_list(work) == ()


def test_a_loan_past_its_day_is_overdue_and_unaccounted_for(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    revision = list_ambassadors(work, custody.campaign_id)[0].revision
    edit_ambassadors(work, [AmbassadorEdit(nina, revision, {"due_back": date(2026, 5, 10)})])
    deliver_device(work, custody.id)
    now = stock(work)
    assert (now.overdue, now.unaccounted.devices, now.unaccounted.sums) == (1, 1, (money(400),))
    assert device_history(work, "BZ0001").device.overdue_days == 2
    return_device(work, custody.id)
    assert stock(work).overdue == 0


def test_a_parcel_is_found_by_reference_or_by_recipient_as_couriers_print_them(
    work: UnitOfWork, nina: int
) -> None:
    custody = reserve_device(work, nina)
    with work.reading() as session:
        for reference, recipient in (
            (custody.reference.lower(), ""),
            ("", "NINA  ROSSÌ"),
            ("", "@nina.rossi"),
            ("unknown", "Nina Rossi"),
        ):
            found = find_custody(session, reference, recipient)
            assert found is not None
            assert found.id == custody.id
        assert find_custody(session, "", "Somebody Else") is None
        assert find_custody(session) is None


def test_the_parcels_of_one_recipient_in_two_campaigns_are_told_apart_by_reference_only(
    work: UnitOfWork, nina: int
) -> None:
    from ambassador.services.campaigns.invite import invite_people

    first = reserve_device(work, nina)
    second_launch = add_launch(work, "Q1 Again")
    again = invite_people(work, second_launch, [first.person_id])[0]
    second = reserve_device(work, again)
    with work.reading() as session, pytest.raises(BadInputError, match=second.reference):
        find_custody(session, recipient="Nina Rossi")


def test_the_moment_of_a_move_can_lie_in_the_past(work: UnitOfWork, nina: int) -> None:
    custody = reserve_device(work, nina)
    ship_devices(work, [custody.id], at=NOW - timedelta(days=3))
    deliver_device(work, custody.id, at=NOW - timedelta(days=1))
    (held,) = device_history(work, "BZ0001").custodies
    assert (held.shipped_at, held.delivered_at) == (NOW - timedelta(days=3), NOW - timedelta(days=1))
