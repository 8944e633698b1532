from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import streamlit as st
from streamlit.runtime.context import ContextProxy

from ambassador.config import settings
from ambassador.errors import AmbassadorError
from ambassador.ui.kit import text
from ambassador.values.money import Money, money


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Let a reader come who chose no language; outside a page Streamlit keeps one state for all tests."""
    monkeypatch.delenv("AMBASSADOR_LANGUAGE", raising=False)
    settings.cache_clear()
    st.session_state.pop(text.LANGUAGE_KEY, None)

    def come(locale: str, zone: str = "Europe/Rome") -> None:
        monkeypatch.setattr(ContextProxy, "locale", locale)
        monkeypatch.setattr(ContextProxy, "timezone", zone)

    return come


def test_numbers_take_the_readers_separators(reader: Any) -> None:
    reader("it-IT")
    assert text.number(1234567.5, 1) == "1.234.567,5"
    assert text.percent(0.0484, 1) == "4,8%"
    reader("en-GB")
    assert text.number(1234567.5, 1) == "1,234,567.5"


def test_italian_writes_thousands_out_and_english_shortens_them(reader: Any) -> None:
    reader("it-IT")
    assert text.compact_number(412_000) == "412.000"
    reader("en-GB")
    assert text.compact_number(412_000) == "412K"
    assert text.compact_number(1_200_000) == "1.2M"


def test_money_shows_cents_only_where_there_are_any(reader: Any) -> None:
    reader("it-IT")
    assert text.money(money(1200)).replace("\xa0", " ") == "1.200 €"
    assert text.money(money(Decimal("1.5"))).replace("\xa0", " ") == "1,50 €"
    reader("en-GB")
    assert text.money(Money(500, "JPY")) == "JP¥500"


def test_unknown_is_never_zero(reader: Any) -> None:
    reader("en-GB")
    known = (text.number, text.percent, text.money, text.day, text.moment, text.compact_number)
    assert {say(None) for say in known} == {"no data yet"}
    assert text.interval(None, 3) == "no data yet"


def test_instants_are_told_in_the_readers_zone_unless_the_campaign_has_one(reader: Any) -> None:
    reader("en-GB", "Europe/Rome")
    noon = datetime(2026, 5, 12, 12, tzinfo=UTC)
    assert text.moment(noon) == "12/05/2026, 14:00"
    assert text.moment(noon, "America/New_York") == "12/05/2026, 08:00"
    reader("it-IT")
    assert text.day(date(2026, 5, 12)) == "12 mag 2026"


def test_a_region_that_speaks_another_language_falls_back(reader: Any) -> None:
    reader("pt-BR")
    assert text.language() == "en"
    assert str(text.reader_locale()) == "en_GB"
    reader("it-XX-nonsense")
    assert str(text.reader_locale()) == "it"


def test_a_range_of_one_value_is_that_value(reader: Any) -> None:
    reader("en-GB")
    assert text.interval(3, 3) == "3"
    assert text.interval(0.1, 0.25, text.percent) == "10% – 25%"  # noqa: RUF001 - a range


def test_values_of_an_error_are_written_in_the_readers_form_names_as_they_are(reader: Any) -> None:
    reader("it-IT")
    values = {"number": 1200, "cost": money(1200), "people": 1500, "day": date(2026, 5, 12)}
    error = AmbassadorError("{number}: {cost} for {people} on {day}", **values)
    said = text.error_text(error).replace("\xa0", " ")
    assert said == "1200: 1.200 € for 1.500 on 12 mag 2026"


def test_a_day_is_typed_in_the_order_the_reader_writes_it(reader: Any) -> None:
    orders = {}
    for locale in ("it-IT", "en-GB", "en-US", "en"):
        reader(locale)
        orders[locale] = text.day_order()
    assert orders == {"it-IT": "DD/MM/YYYY", "en-GB": "DD/MM/YYYY", "en-US": "MM/DD/YYYY", "en": "YYYY-MM-DD"}
