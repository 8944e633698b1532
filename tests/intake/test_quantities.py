from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.intake.cells import CellError, is_unknown, simplified
from ambassador.intake.quantities import mark_evidence, read_count, read_money, read_number, read_rate
from ambassador.values.money import Money


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.3k", 3300),
        ("29.0b", 29_000_000_000),
        ("1,2 mln", 1_200_000),
        ("1.2M", 1_200_000),
        ("412.000", 412_000),
        ("412,000", 412_000),
        ("0.89k", 890),
        ("412 000", 412_000),
        ("412'000", 412_000),
        ("1.234.567", 1_234_567),
        ("12 mila", 12_000),
        ("~10k", 10_000),
        ("10k+", 10_000),
        ("412.000 follower", 412_000),
        ("523M", 523_000_000),
        ("1,5 mld", 1_500_000_000),
        ("0", 0),
        ("4.1E+05", 410_000),
        (17, 17),
        (17.0, 17),
    ],
)
def test_counts_are_read_as_people_write_them(text, value):
    assert read_count(text) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "1.5.2", "1,2,3", "12,5", "-3", "3-5", "12 mele", "99999999999999999999"]
)
def test_what_is_no_count_is_refused_with_its_value(text):
    with pytest.raises(CellError) as caught:
        read_count(text)
    assert caught.value.value == text


@pytest.mark.parametrize(
    ("text", "value"), [("1.39%", 0.0139), ("4,8 %", 0.048), ("0.2", 0.2), ("1,390%", 0.0139)]
)
def test_rates_become_fractions(text, value):
    assert read_rate(text) == pytest.approx(value)


def test_a_bare_rate_is_divided_only_when_its_column_is_in_percent():
    assert read_rate("4,8", in_percent=True) == pytest.approx(0.048)
    assert read_rate("4,8%", in_percent=True) == pytest.approx(0.048)


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("1.200 €", 120_000, "EUR"),
        ("€ 1,200.50", 120_050, "EUR"),
        ("1.500,00 EUR", 150_000, "EUR"),
        ("$1k", 100_000, "USD"),
        ("500", 50_000, "EUR"),
        ("500 euro", 50_000, "EUR"),
        ("1.200,- €", 120_000, "EUR"),
        ("gratis", 0, "EUR"),
        ("CHF 99.90", 9_990, "CHF"),
        ("£1,000", 100_000, "GBP"),
        ("¥500", 500, "JPY"),
        ("1.234 KWD", 1_234, "KWD"),
        ("1,234.5 KWD", 1_234_500, "KWD"),
        ("12.500 HUF", 1_250_000, "HUF"),
        ("25.000 XOF", 25_000, "XOF"),
    ],
)
def test_amounts_keep_their_currency(text, minor, currency):
    assert read_money(text) == Money(minor, currency)


@pytest.mark.parametrize("text", ["300-500 €", "250€ + prodotto", "caro", "-5 €"])
def test_an_unclear_amount_is_refused_whole(text):
    with pytest.raises(CellError, match="is not an amount"):
        read_money(text)


@pytest.mark.parametrize(
    ("text", "proof"),
    [
        ("1.234,5", "comma"),
        ("1,234.5", "point"),
        ("1.234.567", "comma"),
        ("0,125", "comma"),
        ("412.000", "open"),
        ("3.3k", None),
        ("17", None),
        ("N/D", None),
        ("1234.567", "point"),
    ],
)
def test_each_number_proves_its_decimal_mark_or_nothing(text, proof):
    assert mark_evidence(text) == proof


@settings(deadline=None)
@given(st.integers(0, 10**15))
def test_whole_numbers_survive_every_grouping(number):
    for separator in (".", ",", " ", "'", "\u00a0"):
        assert read_count(f"{number:,}".replace(",", separator)) == number


@settings(deadline=None)
@given(st.decimals(0, 10**9, places=2), st.sampled_from(["comma", "point"]))
def test_decimals_survive_both_conventions(number, mark):
    english = f"{number:,.2f}"
    text = english if mark == "point" else english.translate(str.maketrans(",.", ".,"))
    assert read_number(text, mark) == Decimal(number)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_no_text_whatever_breaks_the_reader(text):
    with suppress(CellError):
        assert read_number(text).is_finite()


@pytest.mark.parametrize(
    "text", ["N/D", "n.d.", "N/A", "-", "—", "nd", "null", "?", "", "NaN%", "non disponibile"]
)
def test_words_for_unknown_are_unknown(text):
    assert is_unknown(text)


@pytest.mark.parametrize("text", ["0", "no", "Nadia", "0%"])
def test_zero_and_names_are_not_unknown(text):
    assert not is_unknown(text)


def test_names_are_compared_without_accents_case_and_marks():
    assert simplified("Città_(IT)") == simplified("citta it")
