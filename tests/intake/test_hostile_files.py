import json

import pytest

from ambassador.errors import BadInputError, UnreadableFileError
from ambassador.intake import json_documents
from ambassador.intake.limits import LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS
from ambassador.intake.reading import read_drafts
from ambassador.values.status import ImportKind
from tests.intake.reading import read

PEOPLE, MENTIONS, TIES = ImportKind.PEOPLE, ImportKind.MENTIONS, ImportKind.TIES
POSTS = "post id,author,date,text\n"


def test_a_quotation_mark_that_never_closes_swallows_no_rows():
    text = POSTS + '1,lia,2026-05-02T09:00:00Z,"What a phone!\n2,anna,2026-05-02T09:10:00Z,yes\n'
    with pytest.raises(UnreadableFileError, match="from line 2 on"):
        read(text, MENTIONS, platform="x")


def test_a_quoted_text_of_several_lines_is_one_row():
    text = POSTS + '1,lia,2026-05-02T09:00:00Z,"one\ntwo"\n2,anna,2026-05-02T09:10:00Z,"last"'
    assert [row.text for row in read(text, MENTIONS, platform="x").rows] == ["one\ntwo", "last"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_line_ends_may_be_mixed(ends):
    text = f"handle,city\nlia,Bari{ends}anna,Roma\r\nugo,Pisa\rzoe,Lodi\n"
    assert [person.city for person in read(text, PEOPLE).rows] == ["Bari", "Roma", "Pisa", "Lodi"]


def test_a_nul_far_into_the_file_costs_its_row_and_is_told():
    text = "handle,city\n" + "lia,Bari\n" * 9_000 + "anna,Ro\0ma\nugo,Pisa\n"
    drafts = read(text, PEOPLE)
    assert [(row.line, row.column) for row in drafts.rejected] == [(9_002, "city")]
    assert "\0" not in drafts.rejected[0].value
    assert drafts.rows[-1].city == "Pisa"


def test_a_nul_in_a_heading_is_left_out_of_it():
    drafts = read("handle,city,no\0tes\n" + "lia,Bari,x\n" * 40, PEOPLE)
    assert not any("\0" in header for header in drafts.preview.headers)


def test_a_nul_in_json_costs_its_row():
    drafts = read(json.dumps([{"handle": "lia\0"}, {"handle": "anna"}]), PEOPLE, name="p.json")
    assert len(drafts.rejected) == len(drafts.rows) == 1


def test_half_a_character_becomes_the_replacement_character():
    text = r'[{"handle": "lia", "city": "cut \ud83d", "name": "whole \ud83d\ude00, \\ud83d"}]'
    person = read(text, PEOPLE, name="p.json").rows[0]
    assert person.city == "cut \ufffd"
    assert person.name == "whole \U0001f600, \\ud83d"


def test_a_cell_longer_than_any_text_costs_its_row():
    text = f"handle,city\nlia,{'x' * (LONGEST_CELL + 1)}\nanna,{'y' * LONGEST_CELL}\n"
    drafts = read(text, PEOPLE)
    assert [row.line for row in drafts.rejected] == [2]
    assert len(drafts.rows) == 1


@pytest.mark.parametrize("name", ["p.csv", "p.net"])
def test_a_line_that_never_ends_is_refused(name):
    with pytest.raises(UnreadableFileError, match=f"longer than {LONGEST_LINE}"):
        read("handle,city\n" + "x" * (LONGEST_LINE + 1), TIES, name=name)


def test_a_table_of_ten_thousand_columns_is_refused_by_its_width():
    text = ",".join(f"c{i}" for i in range(10_000)) + "\n" + ",".join("1" * 10_000) + "\n"
    with pytest.raises(UnreadableFileError, match=f"10000 columns: up to {MOST_COLUMNS}"):
        read(text, PEOPLE)


def test_more_rows_than_memory_holds_are_refused(monkeypatch):
    monkeypatch.setattr("ambassador.intake.limits.MOST_ROWS", 5)
    with pytest.raises(UnreadableFileError, match="more than 5 rows"):
        read("handle\n" + "".join(f"h{i}\n" for i in range(6)), PEOPLE)
    assert len(read("handle\n" + "".join(f"h{i}\n" for i in range(5)), PEOPLE).rows) == 5


def test_json_too_large_for_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr("ambassador.intake.json_documents.LARGEST_JSON", 10)
    with pytest.raises(UnreadableFileError, match="JSON of up to"):
        read('[{"handle": "lia"}]', PEOPLE, name="p.json")


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 100_000 + "]" * 100_000])
def test_json_nested_too_deep_is_refused(text):
    with pytest.raises(UnreadableFileError, match="nested too deep"):
        read(text + '"', PEOPLE, name="p.json")


@pytest.mark.parametrize("digits", ["9" * 5_000, "1e400", "-Infinity", "NaN", "1" + "0" * 400 + ".5"])
def test_a_number_beyond_all_measure_costs_its_row_at_most(digits):
    drafts = read(f'[{{"handle": "lia", "followers": {digits}}}]', PEOPLE, name="p.json")
    assert len(drafts.rows) + len(drafts.rejected) == 1


@pytest.mark.parametrize(
    "when",
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01",
        "9999-12-31",
        "31/12/9999",
        "0000-00-00",
        "1e308",
        "-1",
        "99999999999999999999",
        "2026-05-02T09:00:00+99:99",
        "02/05/2026 9:00 +2599",
    ],
)
def test_a_date_at_the_edge_of_the_calendar_costs_its_row_at_most(when):
    text = POSTS + f"1,lia,{when},x\n2,anna,2026-05-02T09:10:00Z,yes\n"
    for zone in ("Pacific/Kiritimati", "Etc/GMT+12"):
        drafts = read(text, MENTIONS, platform="x", zone=zone, day_first="day-first")
        assert len(drafts.rows) + len(drafts.rejected) == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "cp1252"])
def test_every_usual_encoding_reads_alike(encoding):
    text = "handle,city\n" + "lia,Forlì\n" * 30
    assert {person.city for person in read(text.encode(encoding), PEOPLE).rows} == {"Forlì"}


def test_bytes_that_are_no_characters_cost_nothing_but_themselves():
    data = b"handle,city\nlia,B\xff\xfe\x81ri\nanna,Roma\n"
    assert len(read_drafts("p.csv", data, PEOPLE).rows) == 2


def test_an_id_in_scientific_notation_is_not_taken_for_the_id():
    text = POSTS + "1.23E+18,lia,2026-05-02T09:00:00Z,x\n"
    drafts = read(text, MENTIONS, platform="x")
    assert [row.column for row in drafts.rejected] == ["post id"]


@pytest.mark.parametrize("kind", list(ImportKind))
def test_a_network_is_no_other_kind_of_file(kind):
    if kind is TIES:
        return
    with pytest.raises(BadInputError, match="is a network"):
        read("*Vertices 1\n1 olga\n", kind, name="g.net")


@pytest.mark.parametrize(
    "text", ["[" + "{}," * 2_000_001 + "{}]", "[" + "[]," * 2_000_001 + "[]]", '{"a":1}\n' * 2_000_001]
)
def test_json_of_more_objects_than_memory_holds_is_refused_before_it_is_taken_apart(text):
    with pytest.raises(UnreadableFileError, match="more than 2000000 records"):
        read(text, ImportKind.MENTIONS, name="a.json")


@pytest.mark.parametrize("form", ["[{}]", '{{"items": [{}]}}', "{}"])
def test_json_of_more_records_than_rows_are_held_is_refused(form, monkeypatch):
    monkeypatch.setattr(json_documents, "MOST_JSON_RECORDS", 2)
    records = ['{"id": "1", "author": "ida", "date": "2026-01-01", "text": "x"}'] * 3
    text = ("\n" if form == "{}" else ",").join(records)
    with pytest.raises(UnreadableFileError, match="more than 2 records"):
        read(form.format(text), ImportKind.MENTIONS, name="a.json")
