from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.intake.cells import CellError
from ambassador.intake.moments import order_evidence, read_moment

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-15 18:42 +0000",
        "2024-03-15T18:42:00Z",
        "2024-03-15T19:42:00+01:00",
        "15/03/2024 19:42",
        "15.03.2024 ore 19.42",
        "15 mar 2024 19:42",
        "venerdì 15 marzo 2024, 19:42",
        "Fri Mar 15 18:42:00 +0000 2024",
        "1710528120",
        "1710528120000",
        "1710528120.0",
        "Mar 15, 2024 7:42 PM",
        "20240315 19:42",
        "15-mar-24 19:42",
    ],
)
def test_an_instant_is_read_in_the_usual_forms(text):
    assert read_moment(text).instant(ROME) == datetime(2024, 3, 15, 18, 42, tzinfo=UTC)


def test_month_first_is_read_when_told():
    assert read_moment("3/4/24, 6:42 PM", day_first=False).day == date(2024, 3, 4)
    assert read_moment("3/4/24, 6:42 PM", day_first=True).day == date(2024, 4, 3)


def test_a_spreadsheet_serial_is_a_day():
    assert read_moment(45366).day == date(2024, 3, 15)
    assert read_moment("45366.5").instant(UTC) == datetime(2024, 3, 15, 12, tzinfo=UTC)


def test_a_day_without_a_clock_begins_at_midnight_of_its_zone():
    assert read_moment("2024-07-01").instant(ROME) == datetime(2024, 6, 30, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["31/02/2024", "2024-02-30", "15/03/2024 25:00", "99/99/2024", "2024-13-01 10:00"]
)
def test_an_impossible_date_is_refused(text):
    with pytest.raises(CellError, match="is not in the calendar"):
        read_moment(text)


@pytest.mark.parametrize("text", ["ieri", "inf", "12", "15 foo 2024 x"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(CellError):
        read_moment(text)


def test_only_dates_with_two_readings_are_open():
    assert order_evidence("03/04/2024") == "open"
    assert order_evidence("03/03/2024") is None
    assert order_evidence("25/03/2024") == "day"
    assert order_evidence("03/25/2024") == "month"
    assert order_evidence("2024-03-04") is None


@settings(deadline=None)
@given(st.dates(date(1971, 1, 1), date(2068, 12, 31)), st.booleans())
def test_every_day_survives_both_orders(day, day_first):
    text = day.strftime("%d/%m/%Y" if day_first else "%m/%d/%Y")
    assert read_moment(text, day_first=day_first).day == day


@settings(deadline=None)
@given(st.text(max_size=16))
def test_no_text_whatever_breaks_the_reader(text):
    with suppress(CellError):
        assert read_moment(text).day


NAMED = {
    "CET": 1,
    "CEST": 2,
    "MESZ": 2,
    "GMT": 0,
    "UTC": 0,
    "EST": -5,
    "EDT": -4,
    "PDT": -7,
    "JST": 9,
    "UTC+2": 2,
    "GMT-3:30": -3.5,
}
CLOCKED = (
    "2026-05-04 09:15 {}",
    "2026-05-04T09:15:00 {}",
    "4 May 2026 09:15 {}",
    "04.05.2026, 9:15 {}",
    "May 4, 2026 at 9:15 AM {}",
    "Mon, 04 May 2026 09:15:00 {}",
    "2026-05-04 09:15 {} (as the phone has it)",
)


@pytest.mark.parametrize("form", CLOCKED)
@pytest.mark.parametrize("zone", NAMED)
def test_a_zone_that_is_named_is_used(form, zone):
    at = datetime(2026, 5, 4, 9, 15, tzinfo=UTC) - timedelta(hours=NAMED[zone])
    assert read_moment(form.format(zone)).instant(ROME) == at


@pytest.mark.parametrize("form", CLOCKED[:-1])
@given(word=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=5))
@settings(max_examples=60)
def test_a_zone_not_known_is_refused_and_never_cut_to_midnight(form, word):
    try:
        read = read_moment(form.format(word))
    except CellError:
        return
    assert read.clock in {time(9, 15), time(21, 15)}
    assert read.zone is not None or word in {"AM", "PM"}


def test_what_is_wrong_with_an_unknown_zone_is_said():
    with pytest.raises(CellError, match="2026-05-04 09:00 IST names a time zone not known here"):
        read_moment("2026-05-04 09:00 IST")


@pytest.mark.parametrize(
    ("text", "month", "clock"),
    [
        ("14. Mai 2026 18:31", 5, "18:31"),
        ("3. März 2026", 3, None),
        ("2. Dezember 2026 18:31 Uhr", 12, "18:31"),
        ("2. Oktober 2026 um 18:31", 10, "18:31"),
        ("14 mai 2026 18:31", 5, "18:31"),
        ("2 août 2026 à 18h31", 8, "18:31"),
        ("1 févr. 2026", 2, None),
        ("14 de enero de 2026", 1, None),
        ("2 de agosto de 2026 18:31", 8, "18:31"),
        ("2 diciembre 2026", 12, None),
        ("14 maggio 2026 alle 18:31", 5, "18:31"),
        ("5 de março de 2026 às 18:31", 3, "18:31"),
    ],
)
def test_months_and_clocks_of_other_languages(text, month, clock):
    found = read_moment(text)
    assert (found.day.year, found.day.month) == (2026, month)
    assert (found.clock.strftime("%H:%M") if found.clock else None) == clock
