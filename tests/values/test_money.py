"""Amounts in the digits their currency is paid in."""

from decimal import Decimal

import pytest
from babel.numbers import get_currency_precision, list_currencies

from ambassador.values.money import Money, digits_of, money


def test_every_currency_has_the_digits_of_cldr() -> None:
    assert {code: digits_of(code) for code in list_currencies()} == {
        code: get_currency_precision(code) for code in list_currencies()
    }


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("1.234", "KWD", 1_234),
        ("1.234", "EUR", 123),
        ("1234.4", "XOF", 1_234),
        ("125.50", "HUF", 12_550),
        ("80", "JPY", 80),
        ("0.0005", "OMR", 1),
        ("2.5", "CLF", 25_000),
    ],
)
def test_an_amount_is_kept_to_the_digits_of_its_currency(amount: str, currency: str, minor: int) -> None:
    kept = money(amount, currency)
    assert kept == Money(minor, currency)
    assert abs(kept.amount - Decimal(amount)) <= Decimal("0.5").scaleb(-digits_of(currency))
