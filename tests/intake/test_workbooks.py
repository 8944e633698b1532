from datetime import UTC, date, datetime
from io import BytesIO

import openpyxl
import pytest

from ambassador.errors import UnreadableFileError
from ambassador.intake.cells import Cell
from ambassador.intake.files import Content
from ambassador.intake.reading import ReadingOptions, read_drafts
from ambassador.intake.sheet_rows import sheet_rows
from ambassador.intake.workbooks import Workbook, sheet_named
from ambassador.values.status import ImportKind
from tests.intake.reading import read
from tests.intake.workbook_parts import MAIN, PEOPLE, packed, parts, workbook

PEOPLE_KIND = ImportKind.PEOPLE


def rows_of(data: bytes) -> list[tuple[int, list[Cell]]]:
    book = Workbook(Content("b.xlsx", data))
    return list(sheet_rows(book, sheet_named(book, None)))


def notes_of(data: bytes) -> list[str]:
    return [str(note) for note in read(data, PEOPLE_KIND, name="b.xlsx").preview.notes]


def test_shared_and_own_texts_are_read_alike():
    assert rows_of(workbook()) == [(1, ["handle", "city"]), (2, ["lia", "Bari"])]


def test_numbers_shares_dates_and_truths_are_what_the_sheet_shows():
    cells = (
        '<c r="A1"><v>12</v></c><c r="B1" s="1"><v>0.048</v></c><c r="C1" s="2"><v>45366</v></c>'
        '<c r="D1" t="b"><v>1</v></c><c r="E1" t="str"><v>x</v></c>'
        '<c r="F1" t="d"><v>2024-03-15T09:30:00Z</v></c>'
        '<c r="G1" t="e"><v>#N/A</v></c><c r="I1"><v>1786543210987654321</v></c>'
    )
    (_, found), *_ = rows_of(workbook(f'<row r="1">{cells}</row>'))
    assert found == [
        12,
        "4.800%",
        date(2024, 3, 15),
        "true",
        "x",
        datetime(2024, 3, 15, 9, 30, tzinfo=UTC),
        "#N/A",
        None,
        1786543210987654321,
    ]


def test_rows_without_a_number_follow_each_other_and_prefixes_do_not_matter():
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="str"><x:v>handle</x:v></x:c></x:row>'
        "<x:row><x:c/><x:c><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    data = packed(parts() | {"xl/worksheets/sheet1.xml": sheet})
    assert rows_of(data) == [(1, ["handle"]), (2, [None, 7])]


def test_how_a_text_is_pronounced_is_no_part_of_it():
    members = parts()
    members["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}"><si><r><t>li</t></r><r><t>a</t></r><rPh><t>X</t></rPh></si>'
        "<si><t>Bari</t></si></sst>"
    )
    assert rows_of(packed(members))[1] == (2, ["lia", "Bari"])


def test_a_merged_cell_counts_for_every_row_it_covers_and_that_is_told():
    rows = PEOPLE + '<row r="3"><c r="A3" t="inlineStr"><is><t>anna</t></is></c><c r="B3"/></row><row r="4"/>'
    data = workbook(rows, '<mergeCells><mergeCell ref="B2:B4"/></mergeCells>')
    assert [person.city for person in read(data, PEOPLE_KIND).rows] == ["Bari", "Bari"]
    assert "cells that took the value of the merged cell they belong to: 1 (line 3)" in notes_of(data)


def test_a_hidden_row_is_read_and_told():
    data = workbook(PEOPLE.replace('<row r="2">', '<row r="2" hidden="1">'))
    assert "rows that are hidden in the sheet and were read all the same: 1 (line 2)" in notes_of(data)


def test_a_formula_without_its_result_is_told():
    rows = PEOPLE.replace('<c r="B2" t="s"><v>1</v></c>', '<c r="B2"><f>A1</f></c>')
    assert any(
        "formula without its result" in note and ": 1 (line 2)." in note for note in notes_of(workbook(rows))
    )


def test_other_sheets_are_named_unless_one_was_chosen():
    members = parts()
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        "</sheets>", '<sheet name="Giugno" sheetId="2" state="hidden" r:id="r1"/></sheets>'
    )
    data = packed(members)
    assert "the sheet Maggio was read; the file also has Giugno" in notes_of(data)
    chosen = read_drafts("b.xlsx", data, PEOPLE_KIND, ReadingOptions(sheet="Giugno"))
    assert not any("also has" in str(note) for note in chosen.preview.notes)


@pytest.mark.parametrize("number", ["1048577", "4000000000", "9" * 5_000])
def test_a_row_no_sheet_can_have_is_refused_at_once(number):
    with pytest.raises(UnreadableFileError, match="lies outside the 1048576 rows"):
        read(workbook(PEOPLE + f'<row r="{number}"><c t="str"><v>x</v></c></row>'), PEOPLE_KIND)


@pytest.mark.parametrize(
    "row",
    [
        '<row r="3"><c r="A3" t="s"><v>99</v></c></row>',
        '<row r="3"><c r="A3" t="s"><v>-1</v></c></row>',
        '<row r="3"><c r="3A"><v>1</v></c></row>',
        '<row r="x"/>',
        '<row r="3"><c r="ZZZ3"><v>1</v></c></row>',
    ],
)
def test_damage_in_a_sheet_names_the_row(row):
    with pytest.raises(UnreadableFileError, match=r"row (2|3)"):
        read(workbook(PEOPLE + row), PEOPLE_KIND)


@pytest.mark.parametrize("cell", ['s="99"', 's="x"', 's="2"'])
def test_a_wrong_style_or_a_date_outside_the_calendar_leaves_the_number(cell):
    rows = f'<row r="1"><c r="A1" {cell}><v>99999999</v></c></row>'
    assert rows_of(workbook(rows)) == [(1, [99999999])]


@pytest.mark.parametrize("value", ["", "x", "1e999", "--", "9" * 5_000])
def test_a_number_that_is_none_stays_a_text(value):
    found = rows_of(workbook(f'<row r="1"><c r="A1"><v>{value}</v></c><c r="B1"><v>1</v></c></row>'))
    assert found == [(1, [value or None, 1])]


@pytest.mark.parametrize("part", list(parts()))
@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"<",
        b"\x00\xff",
        b'<?xml version="1.0" encoding="x-nobody"?><a/>',
        b"<a/>",
        b"<!DOCTYPE a []><a/>",
    ],
)
def test_a_damaged_part_is_refused_or_done_without(part, damage):
    members = {name: data.encode() for name, data in parts().items()} | {part: damage}
    try:
        read(packed(members), PEOPLE_KIND, name="b.xlsx")
    except UnreadableFileError:
        return
    assert part in {"_rels/.rels", "xl/styles.xml"}


@pytest.mark.parametrize("at", range(0, 1_600, 40))
def test_a_changed_byte_of_the_archive_is_refused_or_harmless(at):
    data = bytearray(workbook())
    data[at % len(data)] ^= 0xFF
    try:
        drafts = read(bytes(data), PEOPLE_KIND, name="b.xlsx")
    except UnreadableFileError:
        return
    assert len(drafts.rows) == 1


def test_a_part_that_unpacks_to_more_than_fits_is_refused(monkeypatch):
    monkeypatch.setattr("ambassador.intake.workbooks.MOST_UNPACKED", 10_000)
    with pytest.raises(UnreadableFileError, match="would unpack to"):
        read(workbook(PEOPLE + " " * 20_000), PEOPLE_KIND)


def test_texts_that_fill_the_memory_are_refused(monkeypatch):
    monkeypatch.setattr("ambassador.intake.workbooks.MOST_SHARED_TEXT", 1_000)
    with pytest.raises(UnreadableFileError, match="MB of text"):
        read(workbook(texts=("lia", "Bari" * 500)), PEOPLE_KIND)


def test_merged_ranges_that_cover_everything_are_refused():
    ranges = "".join(f'<mergeCell ref="{letter}1:{letter}1048576"/>' for letter in "ABC")
    with pytest.raises(UnreadableFileError, match="merged ranges"):
        read(workbook(after=f"<mergeCells>{ranges}</mergeCells>"), PEOPLE_KIND)


def test_a_binary_workbook_is_refused_by_name():
    with pytest.raises(UnreadableFileError, match="binary workbook"):
        read(
            packed(
                {
                    "_rels/.rels": parts()["_rels/.rels"].replace("workbook.xml", "workbook.bin"),
                    "xl/workbook.bin": "x",
                }
            ),
            PEOPLE_KIND,
        )


def _book(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


COVER, LIST = [["Report"], ["of May"]], [["handle", "city"], ["lia", "Bari"]]


@pytest.mark.parametrize(
    ("sheets", "read_from"),
    [
        ({"Cover": COVER, "People": LIST}, "People"),
        ({"Cover": [], "Notes": COVER, "People": LIST}, "People"),
        ({"People": LIST, "More": LIST}, "People"),
        ({"Names": [["lia"], ["ugo"], ["eva"]], "Notes": COVER}, "Names"),
    ],
)
def test_the_sheet_that_has_a_header_is_read_and_not_the_cover(
    sheets: dict[str, list[list[object]]], read_from: str
) -> None:
    found = read(_book(**sheets), PEOPLE_KIND, name="b.xlsx")
    assert found.preview.sheet == read_from
    assert "lia" in str(found.rows[0])
    others = ", ".join(name for name in sheets if name != read_from)
    assert f"the sheet {read_from} was read; the file also has {others}" in map(str, found.preview.notes)
