"""What stands in a cell of a workbook and what it means: numbers, dates, shares, truths."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from ambassador.intake.cells import Cell
from ambassador.intake.plain_xml import ShapedCell

_LONGEST_INTEGER: Final = 2**63
_FEW_DIGITS: Final = 16
"""More than any number has that stands as it is in a sheet."""
_MOST_NUMBERS: Final = 50_000
"""Numbers of a sheet that are remembered with what their style makes of them."""


@dataclass(frozen=True, slots=True)
class CellForm:
    """What the number format of a cell makes of a number."""

    percent: bool = False
    date: bool = False
    span: bool = False
    hours: bool = False


_PLAIN: Final = CellForm()


class CellValues:
    """Reads the values of one sheet by the forms and the shared texts of its workbook."""

    def __init__(self, texts: Sequence[str], forms: Sequence[CellForm], epoch: datetime) -> None:
        self._texts, self._forms, self._epoch = texts, forms, epoch
        self._numbers: dict[tuple[str, str], Cell] = {}
        self._bare: dict[tuple[str, str], bool] = {}

    def read(self, kind: str, style: str, value: str) -> Cell:
        """Read a value that is no shared text."""
        if kind == "n":
            return self._number(style, value)
        if kind == "b":
            return "true" if value.strip() in {"1", "true"} else "false"
        if kind == "d":
            return _iso(value)
        return value

    def plain(self, kind: str, style: str, value: str) -> Cell:
        """Read a value that is written plainly, remembering numbers; the place of a shared text is sound."""
        if kind == "s":
            return self._texts[int(value)] or None
        if kind in {"", "n"}:
            found = self._numbers.get((style, value))
            if found is None:
                if len(self._numbers) >= _MOST_NUMBERS:
                    self._numbers.clear()
                found = self._numbers[style, value] = self._number(style or "0", value)
            return found
        return self.read(kind, style, value)

    def shaped(self, kind: str, style: str, value: str) -> Cell:
        """Read a value in a row of known shape."""
        if kind == "inlineStr":
            return value
        if len(value) < _FEW_DIGITS and value.isdecimal() and self._is_bare(kind, style):
            return int(value)
        return self.plain(kind, style, value)

    def column(self, cell: ShapedCell, values: Sequence[str]) -> Sequence[Cell]:
        """Read what one column holds in many rows of known shape; where there is nothing, None."""
        _, style, kind = cell
        if kind == "s":
            texts = self._texts
            return [texts[int(value)] or None if value else None for value in values]
        if kind == "inlineStr":
            return [value or None for value in values]
        if self._is_bare(kind, style) and "".join(values).isdecimal() and _are_short(values):
            return [int(value) if value else None for value in values]
        return [self.plain(kind, style, value) if value else None for value in values]

    def _is_bare(self, kind: str, style: str) -> bool:
        """Tell whether a number stands as it is: its style makes neither a date nor a share of it."""
        found = self._bare.get((style, kind))
        if found is None:
            form = self._form(style or "0")
            found = self._bare[style, kind] = kind in {"", "n"} and not (form.date or form.percent)
        return found

    def _number(self, style: str, text: str) -> Cell:
        number = _cast(text)
        if number is None:
            return text
        form = self._form(style)
        if form.date:
            return self._date(number, form)
        if form.percent:
            return f"{Decimal(str(number)) * 100}%"
        return str(number) if isinstance(number, int) and abs(number) >= _LONGEST_INTEGER else number

    def _form(self, style: str) -> CellForm:
        is_one = style.isdecimal() and len(style) < 7 and int(style) < len(self._forms)  # noqa: PLR2004 - no workbook has a million styles
        return self._forms[int(style)] if is_one else _PLAIN

    def _date(self, number: float, form: CellForm) -> Cell:
        try:
            value = from_excel(number, self._epoch, timedelta=form.span)
        except (OverflowError, ValueError):  # a serial outside the calendar stays the number it is
            return number
        if isinstance(value, datetime):
            return value.date() if value.time() == time() and not form.hours else value
        return str(value)


def _are_short(values: Sequence[str]) -> bool:
    return len(max(values, key=len)) < _FEW_DIGITS


def _cast(text: str) -> int | float | None:
    try:
        number: int | float = float(text) if any(mark in text for mark in ".eE") else int(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _iso(text: str) -> Cell:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return found.date() if found.time() == time() and len(text) == len("2024-03-15") else found


def form_numbered(number: str, codes: Mapping[str | None, str]) -> CellForm:
    """Return the form of a number format: the workbook's own, else one that every program knows."""
    code = codes.get(number) or _builtin(number)
    is_date = is_date_format(code)
    return CellForm(
        percent="%" in code,
        date=is_date,
        span=is_date and is_timedelta_format(code),
        hours="h" in code.casefold(),
    )


def _builtin(number: str) -> str:
    known: dict[int, str] = BUILTIN_FORMATS
    return known.get(int(number), "") if number.isdecimal() and len(number) < 4 else ""  # noqa: PLR2004 - there are 50
