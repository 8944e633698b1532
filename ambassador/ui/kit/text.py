"""Words, numbers, dates and money in the reader's form."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale, UnknownLocaleError, numbers
from babel import dates as babel_dates

from ambassador.config import settings
from ambassador.errors import AmbassadorError
from ambassador.i18n import PSEUDO, known_language, plural, remark, sentence, translate, translate_count
from ambassador.ui.kit.markup import Markup, markup
from ambassador.ui.kit.screen import st
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money

LANGUAGE_KEY = "language"
ZONE_KEY = "_zone"
"""The zone of the campaigns of this page; the header puts it there."""
_MILLION = 1_000_000
_USUAL = {"en": "en_GB", PSEUDO: "en_GB"}
"""Whose forms are used where the browser names no region: English as Europeans write it."""
_DAY_ORDERS = {"d": "DD/MM/YYYY", "M": "MM/DD/YYYY"}
_NAMES = frozenset({"number", "later", "line", "key", "value", "id"})
"""Places of messages filled by what names a thing: such a number is not written with separators."""


def language() -> str:
    """Say which language this reader has chosen, else the installation's, else the browser's."""
    chosen = st.session_state.get(LANGUAGE_KEY) or settings().language or st.context.locale
    return known_language(chosen)


def t(message: str, /, **values: Any) -> str:  # noqa: ANN401 - any value that can be shown
    """Say a message in the reader's language; ``values`` fill its ``{named}`` places."""
    return translate(language(), message, **values)


def t_count(one: str, many: str, count: int, /, **values: Any) -> str:  # noqa: ANN401 - as t
    """Say ``one`` or ``many``; ``{count}`` is filled with the number in the reader's form."""
    return translate_count(language(), one, many, count, **{"count": number(count), **values})


def rich(message: str, /, **values: Any) -> Markup:  # noqa: ANN401 - as t
    """Say a message that is formatted; its values are text, unless they are formatted themselves."""
    return markup(translate(language(), message), **values)


def rich_count(one: str, many: str, count: int, /, **values: Any) -> Markup:  # noqa: ANN401 - as t
    """Say ``one`` or ``many`` as :func:`rich` does; ``{count}`` is filled with the number."""
    return markup(plural(language(), one, many, count), **{"count": number(count), **values})


def error_text(error: AmbassadorError) -> str:
    """Say what an error says, in the reader's language."""
    return sentence(language(), error.message, **_written(error.values))


def reader_locale() -> Locale:
    """The browser's own region where it speaks the chosen language, else the language's usual one."""
    spoken = language()
    return _own_region(spoken) or Locale.parse(_USUAL.get(spoken, spoken))


def _own_region(spoken: str) -> Locale | None:
    """The browser's region; None where it names none, or speaks another language."""
    browser = (st.context.locale or "").replace("-", "_")
    if browser.partition("_")[0] == spoken and "_" in browser:
        try:
            return Locale.parse(browser)
        except (ValueError, UnknownLocaleError):
            pass
    return None


def shown_zone() -> str:
    """The time zone days and hours are shown in: the campaigns', else that of the reader's browser."""
    return str(st.session_state.get(ZONE_KEY) or st.context.timezone or "UTC")


def unknown() -> str:
    """Say that a figure is not known; it is never shown as 0."""
    return t("no data yet")


def number(value: float | None, digits: int = 0) -> str:
    """Write a number with the reader's separators."""
    if value is None:
        return unknown()
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return numbers.format_decimal(value, format=pattern, locale=reader_locale())


def decimal(value: float | None) -> str:
    """Write a number with the decimals it has, three at most, as the browser does in a table."""
    if value is None:
        return unknown()
    return numbers.format_decimal(value, format="#,##0.###", locale=reader_locale())


def compact_number(value: float | None) -> str:
    """Write a large number shortly: 412K, 1.2M."""
    if value is None:
        return unknown()
    digits = 1 if abs(value) >= _MILLION else 0
    short = numbers.format_compact_decimal(value, locale=reader_locale(), fraction_digits=digits)
    return number(value) if short.lstrip("-").isdigit() else short  # Italian writes thousands out


def percent(share: float | None, digits: int = 0) -> str:
    """Write a share of one as a percentage."""
    if share is None:
        return unknown()
    pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
    return numbers.format_percent(share, format=pattern, locale=reader_locale())


def money(amount: Money | None) -> str:
    """Write an amount with its currency; cents only where there are any."""
    if amount is None:
        return unknown()
    whole = amount.amount == amount.amount.to_integral_value()
    locale = reader_locale()
    pattern = locale.currency_formats["standard"].pattern
    return numbers.format_currency(
        amount.amount,
        amount.currency,
        format=pattern.replace(".00", "") if whole else None,
        locale=locale,
        currency_digits=not whole,
    )


def day(value: dt.date | None) -> str:
    """Write a calendar day."""
    return unknown() if value is None else babel_dates.format_date(value, "medium", locale=reader_locale())


def day_order() -> str:
    """Say how this reader writes a day in a field: DD/MM/YYYY, MM/DD/YYYY, or the year first."""
    locale = reader_locale()
    if locale.language == "en" and _own_region("en") is None:  # in doubt the year first
        return "YYYY-MM-DD"
    return _DAY_ORDERS.get(locale.date_formats["short"].pattern[0], "YYYY-MM-DD")


def moment(value: dt.datetime | None, zone: str | None = None) -> str:
    """Write an instant in a zone, that of the campaigns unless one is given."""
    if value is None:
        return unknown()
    place = babel_dates.get_timezone(zone or shown_zone())
    return babel_dates.format_datetime(value, "short", tzinfo=place, locale=reader_locale())


def duration(length: dt.timedelta) -> str:
    """Write a length of time in its largest unit."""
    return babel_dates.format_timedelta(length, locale=reader_locale())


def ago(value: dt.datetime | None, now: dt.datetime) -> str:
    """Write how long ago something happened."""
    if value is None:
        return unknown()
    return babel_dates.format_timedelta(value - now, add_direction=True, locale=reader_locale())


def interval(low: float | None, high: float | None, form: Callable[[float | None], str] = number) -> str:
    """Write a range; ``form`` says how each end is written."""
    if low is None or high is None:
        return unknown()
    return form(low) if form(low) == form(high) else f"{form(low)} – {form(high)}"  # noqa: RUF001 - a range


def note_text(note: Note) -> str:
    """Say a remark that came with a value, in the reader's language."""
    return remark(language(), note.text, **_written(note.values))


def _written(values: Mapping[str, Any]) -> dict[str, Any]:
    """Write numbers, dates and money among the values of a message; what names a thing stays as it is."""
    return {name: value if name in _NAMES else _form(value) for name, value in values.items()}


def _form(value: Any) -> Any:  # noqa: ANN401 - any value that can be shown
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return numbers.format_decimal(value, format="#,##0.####", locale=reader_locale())
    if isinstance(value, Money):
        return money(value)
    if isinstance(value, dt.datetime):
        return moment(value)
    return day(value) if isinstance(value, dt.date) else value
