"""History tells what happened in its order, whatever the clock says, and nothing happens before its cause."""

from datetime import timedelta

import pytest

from ambassador.errors import BadInputError
from ambassador.services.campaigns.ambassadors import ambassador_history, answer
from ambassador.services.campaigns.campaigns import create_campaign
from ambassador.services.campaigns.invite import invite_people
from ambassador.services.devices.devices import (
    add_device,
    deliver_device,
    release_device,
    reserve_device,
    return_device,
    ship_devices,
)
from ambassador.services.devices.stock import device_history
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.services.people.person_card import open_person
from ambassador.store.tables.devices import Custody
from ambassador.values.campaigns.campaigns import CampaignDraft
from ambassador.values.drafts import DeviceDraft
from ambassador.values.status import AmbassadorStatus, ImportKind
from tests.conftest import NOW
from tests.people_samples import made
from tests.services.brought import bring, counts, rows

DAY = timedelta(days=1)


@pytest.fixture
def place(work):
    """Give an ambassador who is invited, and a phone in stock."""
    today = NOW.date()
    campaign = create_campaign(work, CampaignDraft("Launch", today - 9 * DAY, today + 9 * DAY))
    person = made(work, "anna")
    (ambassador,) = invite_people(work, campaign, [person])
    device = add_device(work, DeviceDraft(0, "Q1", "S1"))
    return ambassador, device, person


def test_a_clock_that_steps_back_leaves_the_history_in_order(work, place):
    ambassador, _, person = place
    back = work.at(NOW - 3 * DAY)
    custody = reserve_device(back, ambassador).id
    ship_devices(work, [custody])
    deliver_device(back, custody)
    answer(back, ambassador, AmbassadorStatus.ACCEPTED)
    return_device(work.at(NOW - 9 * DAY), custody)
    again = reserve_device(back, ambassador).id
    release_device(back, again)
    events = device_history(work, "S1").events
    states = [one.to_status for one in events]
    assert states == ["in_stock", "reserved", "shipped", "delivered", "in_stock", "reserved", "in_stock"]
    moments = [one.happened_at for one in events[1:]]
    assert moments == sorted(moments)
    told = [one.to_status for one in ambassador_history(work, ambassador)]
    assert (told[0], told[-1]) == ("invited", "accepted")
    lines = [str(line.what.values.get("status")) for line in open_person(work, person).history]
    assert lines.index("accepted") < lines.index("invited")  # newest first


def test_shipped_before_reserved_and_arrived_before_shipped_are_refused(work, place):
    ambassador, _, _ = place
    custody = reserve_device(work, ambassador).id
    with pytest.raises(
        BadInputError, match="cannot be from"
    ):  # two days later: the reservation was noted in time
        ship_devices(work.at(NOW + 2 * DAY), [custody], at=NOW - timedelta(hours=1))
    ship_devices(work, [custody], at=NOW + timedelta(hours=2))
    with pytest.raises(BadInputError, match="cannot be from"):
        deliver_device(work, custody, at=NOW + timedelta(hours=1))
    assert deliver_device(work, custody, at=NOW + timedelta(hours=3)).delivered_at == NOW + timedelta(hours=3)


def test_a_courier_who_says_so_is_refused_by_row_but_a_day_without_an_hour_is_all_of_that_day(work, place):
    ambassador, _, _ = place
    custody = reserve_device(work, ambassador)
    head = "reference,status,date\n"
    text = f"{head}{custody.reference},shipped,2026-05-11T09:00:00Z\n"
    report = bring(work.at(NOW + 2 * DAY), ImportKind.COURIER, text)
    assert counts(report) == (0, 0, 0, 1)
    assert "cannot be from" in report.rejected_rows[0].reason
    report = bring(work, ImportKind.COURIER, f"{head}{custody.reference},shipped,2026-05-12\n", name="b.csv")
    assert counts(report) == (0, 1, 0, 0)
    moments = [one.happened_at for one in device_history(work, "S1").events]
    assert moments == sorted(moments)


def test_a_reservation_noted_late_moves_back_with_what_followed_and_comes_back_when_undone(work, place):
    ambassador, _, _ = place
    custody = reserve_device(work, ambassador)
    text = f"reference,status,date\n{custody.reference},shipped,2026-05-09T09:00:00Z\n"
    assert counts(bring(work, ImportKind.COURIER, text)) == (0, 1, 0, 0)
    shipped = NOW.replace(day=9, hour=9, minute=0)
    moments = [one.happened_at for one in device_history(work, "S1").events[1:]]
    assert moments == [shipped, shipped]
    undo_import(work, list_imports(work)[0].id)
    assert [one.happened_at for one in device_history(work, "S1").events[1:]] == [NOW]
    assert rows(work, Custody)[0].reserved_at == NOW


def test_no_phone_leaves_for_one_person_before_it_came_back_from_another(work, place):
    ambassador, _, _ = place
    custody = reserve_device(work, ambassador).id
    deliver_device(work, custody, at=NOW - 5 * DAY)
    return_device(work, custody, at=NOW - 3 * DAY)
    again = reserve_device(work, ambassador).id
    with pytest.raises(BadInputError, match="cannot be from"):
        ship_devices(work, [again], at=NOW - 4 * DAY)
    ship_devices(work, [again], at=NOW - 2 * DAY)
