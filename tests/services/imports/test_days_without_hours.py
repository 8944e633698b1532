"""What a courier dates by the day stands where it belongs among what is dated by the hour."""

from datetime import date

import pytest

from ambassador.services.devices import add_device, list_custodies, reserve_device, ship_devices
from ambassador.services.devices.stock import device_history
from ambassador.values.drafts import DeviceDraft
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts
from tests.services.talk import Talk

HEAD = "reference,status,date\n"
SENT = [
    ("Shipped,2026-05-05 10:00", "Delivered,2026-05-05"),
    ("Shipped,2026-05-05", "Delivered,2026-05-05 14:00"),
    ("Shipped,2026-05-05", "Delivered,2026-05-05"),
    ("Shipped,2026-05-04", "Delivered,2026-05-05 09:00", "Returned,2026-05-05"),
    ("Shipped,2026-05-05 08:00", "Delivered,2026-05-05", "Returned,2026-05-05"),
    ("Shipped,2026-05-05", "Delivered,2026-05-05", "Returned,2026-05-06"),
]


@pytest.fixture
def parcel(sqlite_work) -> str:
    talk = Talk(sqlite_work)
    add_device(sqlite_work, DeviceDraft(line=0, model="Q1", serial="T1"))
    return reserve_device(sqlite_work, talk.ambassador("nina")).reference


def _moves(work) -> list[str]:
    return [event.to_status for event in device_history(work, "T1").events][1:]


@pytest.mark.parametrize("lines", SENT)
def test_a_day_without_an_hour_comes_after_what_has_to_come_before_it(sqlite_work, parcel, lines):
    wanted = {"Shipped": "shipped", "Delivered": "delivered", "Returned": "in_stock"}
    text = HEAD + "".join(f"{parcel},{line}\n" for line in reversed(lines))
    assert counts(bring(sqlite_work, ImportKind.COURIER, text)) == (0, len(lines), 0, 0)
    assert _moves(sqlite_work) == ["reserved", *(wanted[line.split(",")[0]] for line in lines)]
    moments = [event.happened_at for event in device_history(sqlite_work, "T1").events][1:]
    assert moments == sorted(moments)


def test_what_a_form_dates_by_the_day_does_not_stand_in_the_way_of_an_hour_of_that_day(sqlite_work, parcel):
    (custody,) = list_custodies(sqlite_work)
    ship_devices(sqlite_work, [custody.id], on=date(2026, 5, 11))
    report = bring(sqlite_work, ImportKind.COURIER, f"{HEAD}{parcel},Delivered,2026-05-11 10:15\n")
    assert counts(report) == (0, 1, 0, 0)
    assert _moves(sqlite_work) == ["reserved", "shipped", "delivered"]
