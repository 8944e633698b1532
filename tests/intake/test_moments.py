from contextlib import suppress
from datetime import UTC, date, datetime
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
