"""Countries by whatever people call them, and what a parcel there costs."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.core import get_global

from ambassador.errors import BadInputError
from ambassador.values.campaigns.unit_costs import ShippingByCountry
from ambassador.values.money import digits_of, money

_LANGUAGES: Final = ("en", "it", "de", "fr", "es", "pt", "nl", "pl")
_SPOKEN: Final = {"uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "holland": "NL",
                  "olanda": "NL", "inghilterra": "GB", "czech republic": "CZ"}  # fmt: skip
_CODE: Final = re.compile("[A-Z]{2}")
_PARTS: Final = re.compile(r"[;\n]|,(?!\d)")
_ONE: Final = re.compile(r"(?P<country>[^\d=:]+?)\s*[=:]?\s*(?P<amount>\d+(?:[.,]\d+)?)")


def country_code(text: str) -> str | None:
    """Return the code of a country by code or name, in several languages; None where nobody is meant by it.

    Examples
    --------
    >>> [country_code(text) for text in ("IT", "italia ", "ITA", "Germany", "Atlantis")]
    ['IT', 'IT', 'IT', 'DE', None]
    """
    return _codes().get(_plain(text))


def read_shipping(text: str, currency: str) -> ShippingByCountry:
    """Read what a parcel to each country costs, written like ``IT 9.50; Germany 14``.

    Examples
    --------
    >>> shipping_text(read_shipping("Germany 14, IT=9,50", "EUR"))
    'DE 14.00; IT 9.50'
    """
    return shipping_of((part for part in _PARTS.split(text) if part.strip()), currency)


def shipping_of(parts: Iterable[str], currency: str) -> ShippingByCountry:
    """Read countries with their amounts, one by one, written like ``IT=9.50``.

    Examples
    --------
    >>> shipping_text(shipping_of(["Germany=14", "IT 9"], "EUR"))
    'DE 14.00; IT 9.00'
    """
    found = {}
    for part in parts:
        said = _ONE.fullmatch(part.strip())
        if said is None:
            raise BadInputError("{text!r} is no country with an amount: write IT 9.50", text=part.strip())
        code = country_code(said["country"])
        if code is None:
            raise BadInputError(
                "{country!r} is no country: write IT or Italy", country=said["country"].strip()
            )
        found[code] = money(said["amount"].replace(",", "."), currency)
    return tuple(sorted(found.items()))


def shipping_text(by_country: ShippingByCountry) -> str:
    """Write what a parcel to each country costs so that it can be read back.

    Examples
    --------
    >>> shipping_text((("DE", money("14.5")),))
    'DE 14.50'
    """
    return "; ".join(f"{country} {cost.amount:.{digits_of(cost.currency)}f}" for country, cost in by_country)


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    found = dict(_SPOKEN)
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if _CODE.fullmatch(code):
                found.setdefault(_plain(name), code)
                found.setdefault(code.casefold(), code)
    for alias, codes in get_global("territory_aliases").items():
        if len(codes) == 1 and alias.isalpha():
            found.setdefault(alias.casefold(), codes[0])
    return found


def _plain(text: str) -> str:
    """Write a name without capitals, accents and doubled blanks."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split()).strip(" .")
