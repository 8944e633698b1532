"""Numbers and dates on the axes of pictures, in the reader's form."""

from functools import lru_cache
from typing import Any

from babel import Locale


@lru_cache
def vega_locale(identifier: str) -> dict[str, Any]:
    """Give Vega's description of a locale, made from Babel's.

    Examples
    --------
    >>> vega_locale("it")["number"]["thousands"], vega_locale("it")["time"]["shortMonths"][4]
    ('.', 'mag')
    """
    locale = Locale.parse(identifier)
    symbols = locale.number_symbols["latn"]
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["", ""],
        },
        "time": {
            "dateTime": "%x, %X",
            "date": "%d/%m/%Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": _weekdays(locale, "wide"),
            "shortDays": _weekdays(locale, "abbreviated"),
            "months": list(locale.months["format"]["wide"].values()),
            "shortMonths": list(locale.months["format"]["abbreviated"].values()),
        },
    }


def _weekdays(locale: Locale, width: str) -> list[str]:
    """Give the names of the days, Sunday first as Vega wants them."""
    names = locale.days["format"][width]
    return [names[(number - 1) % 7] for number in range(7)]
