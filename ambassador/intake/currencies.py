"""Currencies as files name them: by code, by sign, by word; a sign that several share is settled elsewhere.

A code counts in capitals only, as ``TRY``, ``ALL`` and ``TOP`` are words as well; in a column of currencies,
and for the usual ones, small letters do.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from babel.numbers import is_currency

from ambassador.i18n import mark
from ambassador.intake.cells import Cell, CellError, plain

_WORDS: Mapping[str, str] = {
    "EUR": "€ eur euro euros", "USD": "$ us$ usd dollar dollars dollaro dollari", "GBP": "£ gbp sterlina"
    " sterline pound pounds", "CHF": "chf", "PLN": "zł pln zloty", "SEK": "sek", "NOK": "nok", "DKK": "dkk",
    "CZK": "kč czk", "JPY": "¥ jpy yen", "TRY": "₺ tl", "BRL": "r$ brl", "INR": "₹ inr", "CAD": "ca$ c$ cad",
    "AUD": "au$ a$ aud", "RON": "ron", "HUF": "ft huf", "KWD": "kwd kd", "BHD": "bhd", "TND": "tnd",
    "JOD": "jod", "OMR": "omr", "LYD": "lyd", "IQD": "iqd", "XOF": "xof", "XAF": "xaf", "KRW": "₩ krw",
    "VND": "₫ vnd",
    "CLP": "clp", "ISK": "isk", "CNY": "cny rmb", "MXN": "mx$ mxn", "ZAR": "zar", "AED": "aed", "SAR": "sar",
    "UAH": "₴ uah", "ILS": "₪ ils", "NGN": "₦ ngn", "PHP": "₱", "RUB": "₽ rub", "ARS": "ar$", "HKD": "hk$",
    "NZD": "nz$", "SGD": "s$", "TWD": "nt$",
}  # fmt: skip
_CURRENCY_OF = {word: code for code, words in _WORDS.items() for word in words.split()}
_SHARED: Mapping[str, str] = {
    "$": "USD CAD AUD NZD MXN ARS CLP COP SGD HKD TWD UYU BBD BMD BSD BZD FJD GYD JMD LRD NAD TTD XCD BRL",
    "£": "GBP EGP LBP SYP SDG SSP FKP GIP SHP JEP GGP IMP",
    "¥": "JPY CNY",
}
"""Signs that stand for one currency unless the file names another of those that use it."""
_SAME_SIGN = {sign: frozenset(codes.split()) for sign, codes in _SHARED.items()} | {
    word: frozenset(_SHARED["$"].split()) for word in ("dollar", "dollars", "dollaro", "dollari")
}
_SIGNS = sorted((word for word in _CURRENCY_OF if not word.isalpha()), key=len, reverse=True)
_LETTERS = sorted((word for word in _CURRENCY_OF if word.isalpha()), key=len, reverse=True)
_NO_LETTER = r"(?<![^\W\d_])", r"(?![^\W\d_])"
_NAMED = re.compile(
    "|".join(
        [
            *(_NO_LETTER[0] * sign[0].isalpha() + re.escape(sign) for sign in _SIGNS),
            f"{_NO_LETTER[0]}(?:{'|'.join(map(re.escape, _LETTERS))}){_NO_LETTER[1]}",
        ]
    ),
    re.IGNORECASE,
)
_CODE = re.compile(rf"{_NO_LETTER[0]}[A-Z]{{3}}{_NO_LETTER[1]}")
_LONGEST = 100


def currency_in(text: str) -> str | None:
    """Find the currency a text names.

    >>> currency_in("Fee (USD)"), currency_in("1200 MAD"), currency_in("Country"), currency_in("Try again")
    ('USD', 'MAD', None, None)
    """
    sign = sign_in(text)
    return None if sign is None else _CURRENCY_OF.get(sign.casefold(), sign)


@lru_cache(maxsize=1 << 12)
def sign_in(text: str) -> str | None:
    """Find the sign, word or code by which a text names its currency."""
    if text.isascii() and text.replace(".", "").replace(",", "").isdigit():
        return None
    found = _NAMED.search(text[:_LONGEST])
    if found:
        return found[0]
    codes = (one[0] for one in _CODE.finditer(text[:_LONGEST]))
    return next((code for code in codes if is_currency(code)), None)


def without_sign(text: str) -> str:
    """Take the name of the currency off an amount."""
    sign = sign_in(text)
    return text.replace(sign, " ").strip() if sign else text


def settled_currency(text: str, stated: str) -> str | None:
    """Say which currency an amount names, where the file states one: ``$12`` beside ``CAD`` is in CAD."""
    sign = sign_in(text)
    if sign is None:
        return None
    usual = _CURRENCY_OF.get(sign.casefold(), sign)
    return stated if stated in _SAME_SIGN.get(sign.casefold(), ()) else usual


def read_currency(cell: Cell) -> str:
    """Read a cell of a column of currencies.

    >>> read_currency("kwd"), read_currency("Euro"), read_currency("try")
    ('KWD', 'EUR', 'TRY')
    """
    text = plain(cell)
    code = text.upper()
    if len(code) == 3 and is_currency(code):  # noqa: PLR2004 - a code has three letters
        return code
    named = currency_in(text)
    if named is None:
        raise CellError(mark("{value} is no currency: write three letters such as EUR"), value=text)
    return named
