"""The report as a workbook: a summary and one sheet per table, numbers as numbers, formulas defused."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, cast

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ambassador.reports.headline import headline
from ambassador.reports.notes import notes_of
from ambassador.reports.plain_table import sheet_title, write_cell
from ambassador.reports.tables import ReportTable, report_tables, summary_rows
from ambassador.reports.words import Words
from ambassador.values.results.reports import Report

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_WIDEST = 48
_TEXT_WIDTH = 100


def report_xlsx(report: Report) -> bytes:
    """Write the report as a workbook."""
    words, book = Words(report.language), Workbook()
    book.remove(book.worksheets[0])
    _summary(book.create_sheet(sheet_title(words.t("Summary"))), report, words)
    for table in report_tables(report, words):
        _sheet(book.create_sheet(sheet_title(table.title)), table)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _summary(sheet: Worksheet, report: Report, words: Words) -> None:
    _line(sheet, report.results.name)
    sheet["A1"].font = Font(bold=True, size=16)
    _line(sheet, headline(report.results, words))
    _rows(sheet, summary_rows(report, words), first=4)
    end = sheet.max_row
    for place, line in enumerate(notes_of(report, words), start=2):
        _line(sheet, line, end + place)
    sheet.column_dimensions["A"].width = 44
    for column in "BCD":
        sheet.column_dimensions[column].width = 18


def _line(sheet: Worksheet, text: str, row: int | None = None) -> None:
    """Write a long line that runs over the first four columns."""
    place = row or (1 if sheet["A1"].value is None else sheet.max_row + 1)
    cell = cast("Cell", sheet.cell(place, 1))
    write_cell(cell, text)
    sheet.merge_cells(start_row=place, end_row=place, start_column=1, end_column=4)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[place].height = 15 * (1 + len(text) // _TEXT_WIDTH) if place > 1 else 24


def _sheet(sheet: Worksheet, table: ReportTable) -> None:
    sheet.append(list(table.headers))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    _rows(sheet, table.rows, first=2)
    sheet.freeze_panes = "B2"
    for place, header in enumerate(table.headers, start=1):
        longest = max([len(header), *(len(str(row[place - 1] or "")) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, _WIDEST)


def _rows(sheet: Worksheet, rows: Iterable[Sequence[object]], *, first: int) -> None:
    for line, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            write_cell(cast("Cell", sheet.cell(line, column)), value)
