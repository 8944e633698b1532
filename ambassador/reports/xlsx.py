"""The report as a workbook: a summary and one sheet per table, numbers as numbers, formulas defused."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, cast

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ambassador.i18n import mark
from ambassador.reports.headline import headline
from ambassador.reports.notes import notes_of
from ambassador.reports.plain_table import print_on_one_width, sheet_title, write_cell
from ambassador.reports.tables import ReportTable, report_tables, summary_rows
from ambassador.reports.words import Words
from ambassador.values.definitions import DEFINITIONS
from ambassador.values.results.reports import Report

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell

_WIDEST = 48
_TEXT_WIDTH = 100
_TALKERS, _DAY_LINES = 7, (3, 5, 6, 7)
"""Columns of the tables of ambassadors and of days that are drawn."""
_DEFINED: Final = {
    "people-who-talk": mark("People who talk"),
    "may-see-it": mark("People who may see it"),
    "views": mark("Views"),
    "engagements": mark("Engagements"),
    "credit": mark("Ambassador"),
    "planned-delivered-observed": mark("Post rate"),
    "forecast": mark("Forecast"),
    "cost": mark("Cost"),
    "cost-per-order": mark("Cost per order"),
}
"""What the last sheet defines, by the name it has in the others."""


def report_xlsx(report: Report) -> bytes:
    """Write the report as a workbook."""
    words, book = Words(report.language), Workbook()
    book.remove(book.worksheets[0])
    _summary(book.create_sheet(sheet_title(words.t("Summary"))), report, words)
    tables = report_tables(report, words)
    sheets = [book.create_sheet(sheet_title(table.title)) for table in tables]
    for sheet, table in zip(sheets, tables, strict=True):
        _sheet(sheet, table)
    _draw_ambassadors(sheets[0], tables[0])
    _draw_days(sheets[1], tables[1])
    _read_me(book.create_sheet(sheet_title(words.t("Read me"))), words)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _draw_ambassadors(sheet: Worksheet, table: ReportTable) -> None:
    """Draw who made how many talk, as a chart of the workbook's own; the last two rows are no persons."""
    last = 1 + len(table.rows) - 2
    if last > 1:
        chart = BarChart()
        chart.type, chart.legend = "bar", None
        _put_chart(sheet, chart, table, (_TALKERS,), last)


def _draw_days(sheet: Worksheet, table: ReportTable) -> None:
    """Draw what was observed day by day beside the forecast and its range."""
    if len(table.rows) > 1:
        _put_chart(sheet, LineChart(), table, _DAY_LINES, 1 + len(table.rows))


def _put_chart(
    sheet: Worksheet, chart: BarChart | LineChart, table: ReportTable, columns: Sequence[int], last: int
) -> None:
    for column in columns:
        chart.add_data(Reference(sheet, column, 1, column, last), titles_from_data=True)
    chart.set_categories(Reference(sheet, 1, 2, 1, last))
    chart.title, chart.width, chart.height = table.headers[columns[0] - 1], 24, 10
    chart.x_axis.delete = chart.y_axis.delete = False
    sheet.add_chart(chart, f"A{len(table.rows) + 4}")


def _read_me(sheet: Worksheet, words: Words) -> None:
    """Say what each figure means."""
    _rows(sheet, [(words.t("Figure"), words.t("What it means"))], first=1)
    _rows(sheet, ((words.t(name), words.t(DEFINITIONS[key])) for key, name in _DEFINED.items()), first=2)
    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=cell.row == 1 or cell.column == 1)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, _TEXT_WIDTH
    sheet.freeze_panes = "A2"
    print_on_one_width(sheet)


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
    print_on_one_width(sheet)


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
    print_on_one_width(sheet)
    for place, header in enumerate(table.headers, start=1):
        longest = max([len(header), *(len(str(row[place - 1] or "")) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(place)].width = min(longest + 2, _WIDEST)


def _rows(sheet: Worksheet, rows: Iterable[Sequence[object]], *, first: int) -> None:
    for line, row in enumerate(rows, start=first):
        for column, value in enumerate(row, start=1):
            write_cell(cast("Cell", sheet.cell(line, column)), value)
