import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from ambassador.reports.plain_table import csv_table, defused, sheet_title, xlsx_table
from ambassador.values.money import Money

ROWS = [("@nina", Money(2550), None, datetime(2026, 5, 12, 9, 30, tzinfo=UTC)), ("=1+1", None, 3, None)]
HEADERS = ("Handle", "Fee", "Posts", "At")


def test_a_csv_can_be_read_back_and_unknown_stays_empty() -> None:
    data = csv_table(HEADERS, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(StringIO(data.decode("utf-8-sig"))))
    assert lines == [list(HEADERS), ["@nina", "25.5", "", "2026-05-12T09:30:00"], ["'=1+1", "", "3", ""]]


def test_a_workbook_holds_the_text_of_a_formula_and_not_the_formula() -> None:
    sheet = load_workbook(BytesIO(xlsx_table("People", HEADERS, ROWS))).active
    cell = sheet["A3"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)
    assert [cell.value for cell in sheet[2]] == ["@nina", 25.5, None, datetime(2026, 5, 12, 9, 30)]  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["=cmd|' /C calc'!A0", "@SUM(1)*cmd|'x'!A0", "+1+cmd|'x'!A0", "\t=1", "-1-1"]
)
def test_what_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["@nina.rossi", "-3", "+39", "-1,5%", "plain", ""])
def test_harmless_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


def test_any_title_makes_a_sheet() -> None:
    assert sheet_title("Q1/2026: people [all]?") == "Q1 2026  people  all  "
    assert sheet_title("") == "1"


DAMAGED = "Ni\x00na\x07 \ud83d\x1b[1m"


def test_what_no_file_can_hold_is_marked_and_the_rest_is_written() -> None:
    rows = [(DAMAGED, [DAMAGED, "Leo"]), ("tab\tand\nline", None)]
    lines = list(csv.reader(StringIO(csv_table((DAMAGED, "Who"), rows).decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(xlsx_table("People", (DAMAGED, "Who"), rows))).active
    marked = "Ni\ufffdna\ufffd \ufffd\ufffd[1m"
    assert lines == [[marked, "Who"], [marked, marked + ", Leo"], ["tab\tand\nline", ""]]
    assert [[cell.value for cell in row] for row in sheet] == [
        [marked, "Who"],
        [marked, marked + ", Leo"],
        ["tab\tand\nline", None],
    ]


def test_a_heading_from_outside_runs_no_formula_either() -> None:
    sheet = load_workbook(BytesIO(xlsx_table("People", ["=1+1"], []))).active
    assert csv_table(["=1+1"], []).decode("utf-8-sig").strip() == "'=1+1"
    assert sheet["A1"].data_type == "s"
