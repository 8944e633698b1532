"""Holidays of a country, from the package ``holidays`` (MIT) where it is installed.

They are looked up when a country is named and kept as days: a clock that was right once stays right where the
package is missing or says something else later.
"""

from collections.abc import Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final

from ambassador.errors import BadInputError, ConfigurationError
from ambassador.i18n import mark
from ambassador.values.care.rules import ClosedDay

_YEARS_BACK, _YEARS_AHEAD = 2, 5
_PACKAGE: Final = "holidays"


def holidays_of(country: str, today: date, known: Mapping[date, ClosedDay]) -> tuple[ClosedDay, ...]:
    """Give the holidays of two years back and five ahead; what is known already serves without the package.

    Examples
    --------
    >>> known = {date(2031, 12, 25): ClosedDay(date(2031, 12, 25), "Natale", "IT")}
    >>> [one.name for one in holidays_of("IT", date(2026, 5, 12), known)]
    ['Natale']
    """
    until = date(today.year + _YEARS_AHEAD, 12, 1)
    if known and max(known) >= until:
        return tuple(known[day] for day in sorted(known))
    try:
        package: Any = import_module(_PACKAGE)
    except ModuleNotFoundError as error:
        if known:
            return tuple(known[day] for day in sorted(known))
        message = mark(
            "Holidays by country need one more package: pip install 'ambassador[holidays]'. Or leave the "
            "country empty and type the closed days"
        )
        raise ConfigurationError(message) from error
    years = range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD + 1)
    try:
        found: Mapping[date, str] = package.country_holidays(country, years=years)
    except NotImplementedError as error:
        message = mark("No holidays are known for {country}: leave it empty and type the closed days")
        raise BadInputError(message, country=country) from error
    new = {day: ClosedDay(day, str(name), country) for day, name in found.items()}
    return tuple({**known, **new}[day] for day in sorted({**known, **new}))
