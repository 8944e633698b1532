"""Words, numbers, dates and money of a report, in its language."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from babel import Locale, numbers
from babel import dates as babel_dates

from ambassador.i18n import PSEUDO, remark, translate, translate_count
from ambassador.values.imports.imports import Note
from ambassador.values.money import Money


@dataclass(frozen=True, slots=True)
class Words:
    """One language, and the forms of its region.

    Examples
    --------
    >>> Words("it").number(1234.5, 1), Words("en").percent(0.25), Words("en").money(Money(1250))
    ('1.234,5', '25%', '€12.50')
    """

    language: str

    @property
    def locale(self) -> Locale:
        """The region whose forms are used: English is written as Europeans write it."""
        return Locale.parse("en_GB" if self.language in {PSEUDO, "en"} else self.language)

    def t(self, message: str, /, **values: Any) -> str:  # noqa: ANN401 - any value that can be shown
        """Say a message."""
        return translate(self.language, message, **values)

    def t_count(self, one: str, many: str, count: int, /, **values: Any) -> str:  # noqa: ANN401 - as t
        """Say ``one`` or ``many``; ``{count}`` is the number written out."""
        return translate_count(self.language, one, many, count, **{"count": self.number(count), **values})

    def note(self, note: Note) -> str:
        """Say a remark that came with values."""
        written = {
            name: self.number(value) if type(value) is int and name != "number" else value
            for name, value in note.values.items()
        }
        return remark(self.language, note.text, **written)

    def unknown(self) -> str:
        """Say that a figure is not known; never 0."""
        return self.t("no data yet")

    def number(self, value: float | None, digits: int = 0) -> str:
        """Write a number."""
        if value is None:
            return self.unknown()
        pattern = "#,##0" + ("." + "0" * digits if digits else "")
        return numbers.format_decimal(value, format=pattern, locale=self.locale)

    def percent(self, share: float | None) -> str:
        """Write a share of one as a percentage."""
        return (
            self.unknown()
            if share is None
            else numbers.format_percent(share, format="#,##0%", locale=self.locale)
        )

    def money(self, amount: Money | None) -> str:
        """Write an amount; cents only where there are any."""
        if amount is None:
            return self.unknown()
        whole = amount.amount == amount.amount.to_integral_value()
        pattern = self.locale.currency_formats["standard"].pattern
        return numbers.format_currency(
            amount.amount,
            amount.currency,
            format=pattern.replace(".00", "") if whole else None,
            locale=self.locale,
            currency_digits=not whole,
        )

    def day(self, value: dt.date | None) -> str:
        """Write a calendar day."""
        if value is None:
            return self.unknown()
        return babel_dates.format_date(value, "medium", locale=self.locale)

    def moment(self, value: dt.datetime | None, zone: str) -> str:
        """Write an instant in a campaign's zone."""
        if value is None:
            return self.unknown()
        there = value.astimezone(babel_dates.get_timezone(zone))
        hour = babel_dates.format_time(there, "short", tzinfo=there.tzinfo, locale=self.locale)
        return f"{self.day(there.date())}, {hour}"

    def hours(self, value: float | None) -> str:
        """Write a length of time given in hours."""
        if value is None:
            return self.unknown()
        return babel_dates.format_timedelta(dt.timedelta(hours=value), locale=self.locale)

    def range(self, low: float | None, high: float | None) -> str:
        """Write a range, one number where both ends read the same."""
        if low is None or high is None:
            return self.unknown()
        ends = self.number(low), self.number(high)
        return ends[0] if ends[0] == ends[1] else f"{ends[0]} – {ends[1]}"  # noqa: RUF001 - a range
