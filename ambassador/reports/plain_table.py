"""A table as a file: CSV and XLSX, with spreadsheet formulas defused."""

import csv
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ambassador.errors import BadInputError
from ambassador.i18n import mark
from ambassador.values.money import Money, digits_of

Cell = object
_HARMLESS = re.compile(r"@[\w.\-]+|[+-]?\d+([.,]\d+)*%?")
# What XML 1.0 cannot hold (section 2.2): no workbook can be written with it, and no reader of CSV wants it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60
_MOST_LINES = 1_048_576


class PercentShare(float):
    """A share of one, which a sheet shows as a percentage."""


_FORMS = (
    (bool, "General"),
    (PercentShare, "0.0%"),
    (int, "#,##0"),
    (float, "#,##0.0##"),
    (date, "d mmm yyyy"),
)


def defused(value: str) -> str:
    r"""Keep a spreadsheet that opens a CSV from running a text from outside; a bare handle is harmless.

    Examples
    --------
    >>> defused('=HYPERLINK("x")'), defused("-3"), defused("@nina"), defused("@SUM(A1)")
    ('\'=HYPERLINK("x")', '-3', '@nina', "'@SUM(A1)")
    """
    harmless = _HARMLESS.fullmatch(value) is not None
    return "'" + value if value.startswith(_FORMULA_STARTS) and not harmless else value


def printable(value: str) -> str:
    r"""Mark what no file can hold: control characters and halves of characters.

    Examples
    --------
    >>> printable("Nina\x07").encode("ascii", "backslashreplace")
    b'Nina\\ufffd'
    """
    return _UNPRINTABLE.sub("\ufffd", value)


def csv_table(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as CSV: comma, UTF-8 with the mark spreadsheets look for; unknown is empty.

    Examples
    --------
    >>> csv_table(["Name", "Views"], [["Nina", None]]).decode("utf-8-sig").splitlines()
    ['Name,Views', 'Nina,']
    """
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([_for_csv(header) for header in headers])
    writer.writerows([_for_csv(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_table(title: str, headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write a table as a workbook of one sheet, its header frozen.

    Examples
    --------
    >>> xlsx_table("Results", ["Name"], [["Nina"]])[:2]
    b'PK'
    """
    book = Workbook()
    sheet = book.create_sheet(title=sheet_title(title))
    book.remove(book.worksheets[0])
    sheet.append([""] * len(headers))
    for column, header in enumerate(headers, start=1):
        write_cell(sheet.cell(1, column), header)
    for line, row in enumerate(rows, start=2):
        if line > _MOST_LINES:
            message = mark("a workbook holds {most} rows at most: take CSV or Parquet")
            raise BadInputError(message, most=_MOST_LINES - 1)
        for column, value in enumerate(row, start=1):
            write_cell(sheet.cell(line, column), value)
    sheet.freeze_panes = "A2"
    for column, cells in enumerate(sheet.iter_cols(), start=1):
        cells[0].font = Font(bold=True)
        longest = max(len(str(cell.value or "")) for cell in cells)
        sheet.column_dimensions[get_column_letter(column)].width = min(longest + 2, _WIDEST)
    print_on_one_width(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_title(title: str) -> str:
    r"""Make a title a spreadsheet accepts: 31 characters, none of ``[]:*?/\``.

    Examples
    --------
    >>> sheet_title("May: who talked?")
    'May  who talked '
    """
    return "".join(" " if character in "[]:*?/\\" else character for character in title)[:31] or "1"


def write_cell(cell: SheetCell, value: Cell) -> None:
    """Write one cell; a text that looks like a formula stays a text, also when it is edited."""
    cell.value = _plain(value)
    cell.number_format = number_format(value)
    if cell.data_type == "f":
        cell.data_type = "s"
        cell.quotePrefix = True


def number_format(value: Cell) -> str:
    """Say how a sheet writes a value: amounts with their currency, days with the month's name.

    Examples
    --------
    >>> number_format(Money(1250)), number_format(PercentShare(0.5)), number_format(1200), number_format("x")
    ('#,##0.00 "EUR"', '0.0%', '#,##0', 'General')
    """
    if isinstance(value, Money):
        digits = digits_of(value.currency)
        return "#,##0" + ("." + "0" * digits if digits else "") + f' "{value.currency}"'
    if isinstance(value, datetime):
        return "d mmm yyyy hh:mm"
    return next((form for kind, form in _FORMS if isinstance(value, kind)), "General")


def print_on_one_width(sheet: Worksheet, area: str = "") -> None:
    """Let a sheet print across one page's width, its header on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    sheet.print_area = area or sheet.dimensions


def _for_csv(cell: Cell) -> object:
    plain = _plain(cell)
    if isinstance(plain, datetime):
        return plain.isoformat()
    return defused(plain) if isinstance(plain, str) else plain


def _plain(cell: Cell) -> Any:  # noqa: ANN401 - what a sheet can hold: no zones, no classes of ours
    if isinstance(cell, Money):
        return float(cell.amount)
    if isinstance(cell, Enum):
        return printable(str(cell.value))
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None, microsecond=0)
    if isinstance(cell, tuple | list | set | frozenset):
        return printable(", ".join(str(part) for part in cell))
    return printable(cell) if isinstance(cell, str) else cell
