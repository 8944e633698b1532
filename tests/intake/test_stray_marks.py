"""A quotation mark that opens a cell by mistake and closes many lines below swallows no row."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ambassador.errors import UnreadableFileError
from ambassador.intake.files import Content, FileFormat
from ambassador.intake.sources import open_source
from ambassador.intake.stray_marks import literal_cells
from ambassador.values.status import ImportKind
from tests.intake.reading import read

MENTIONS, PEOPLE = ImportKind.MENTIONS, ImportKind.PEOPLE
HEADER = ["post id", "author", "date", "text", "likes"]
STRAY = "a quotation mark opens a cell"


def _post(number: int, text: str = "words") -> list[str]:
    return [str(1000 + number), f"u{number}", "2026-05-02T09:00:00Z", text, str(number)]


def _written(rows: list[list[str]], delimiter: str = ",") -> str:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def _rows(text: str) -> list[list[str]]:
    source = open_source(Content("a.csv", text.encode()), FileFormat.DELIMITED)
    return [list(cells) for _, cells in source.rows()]


def _told(drafts) -> list[str]:
    return [str(note) for note in drafts.preview.notes if STRAY in str(note)]


def test_a_stray_mark_closed_by_the_next_quoted_cell_swallows_nothing():
    lines = _written([HEADER, *map(_post, range(40))]).splitlines()
    lines[5] = lines[5].replace("words", '"so much')
    lines[30] = lines[30].replace("words", '"quoted, well"')
    drafts = read("\n".join(lines) + "\n", MENTIONS, platform="x")
    assert [row.post_id for row in drafts.rows] == [str(1000 + number) for number in range(40)]
    assert drafts.rows[4].text == '"so much'
    assert drafts.rows[29].text == "quoted, well"
    assert _told(drafts) == [
        "lines on which a quotation mark opens a cell and does not close it, read as any other sign: 6"
    ]


def test_a_stray_mark_closed_by_another_stray_mark_swallows_nothing():
    lines = _written([HEADER, *map(_post, range(40))]).splitlines()
    lines[5] = lines[5].replace("words", '"so much')
    lines[30] = lines[30].replace("words", 'a screen of 6"')
    drafts = read("\n".join(lines) + "\n", MENTIONS, platform="x")
    assert len(drafts.rows) == 40
    assert drafts.rows[29].text == 'a screen of 6"'


def test_each_of_several_stray_marks_is_told_by_its_line():
    lines = _written([HEADER, *map(_post, range(60))]).splitlines()
    for at in (5, 20, 33):
        lines[at] = lines[at].replace("words", '"so much')
    lines[50] = lines[50].replace("words", '"quoted, well"')
    drafts = read("\n".join(lines) + "\n", MENTIONS, platform="x")
    assert len(drafts.rows) == 60
    assert _told(drafts)[0].endswith(": 6, 21, 34")


def test_a_stray_mark_that_nothing_closes_is_still_refused_by_its_line():
    lines = _written([HEADER, *map(_post, range(40))]).splitlines()
    lines[5] = lines[5].replace("words", '"so much')
    with pytest.raises(UnreadableFileError, match="from line 6 on"):
        read("\n".join(lines), MENTIONS, platform="x")


def test_people_without_any_figure_are_not_swallowed_by_an_opening_mark():
    lines = ["handle,city,topics", *(f"u{number},Bari,food" for number in range(30))]
    lines[4] = 'u3,"Bari,food'
    lines[20] = 'u19,Bari,"food, travel"'
    drafts = read("\n".join(lines) + "\n", PEOPLE, platform="x")
    assert [person.accounts[0].handle for person in drafts.rows] == [f"u{number}" for number in range(30)]
    assert drafts.rows[19].topics == ("food", "travel")


_WORDS = st.sampled_from(["so", "nice", "wow", "#launch", "città", 'say ""', "a, b", "x;y", "", "ok, ok, ok"])
_TEXTS = st.lists(st.lists(_WORDS, max_size=5).map(" ".join), min_size=1, max_size=6).map("\n".join)


@settings(max_examples=40, deadline=None)
@given(st.lists(_TEXTS, min_size=3, max_size=12), st.integers(0, 4), st.sampled_from([",", ";", "\t"]))
@example(["", "", "ok, ok, ok ok, ok, ok\nso"], 0, ",").via("its two lines have as many cells as a row")
def test_texts_of_several_lines_stay_whole_wherever_they_stand(texts, place, delimiter):
    rows = []
    for number, text in enumerate(texts):
        row = [str(1000 + number), f"u{number}", "2026-05-02", str(number)]
        rows.append([*row[:place], text, *row[place:]])
    header = ["post id", "author", "date", "likes"]
    written = _written([[*header[:place], "text", *header[place:]], *rows], delimiter)
    assert _rows(written) == list(
        csv.reader(io.StringIO(written), delimiter=delimiter, skipinitialspace=True)
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(12, 60),
    st.integers(1, 5),
    st.integers(2, 6),
    st.integers(0, 4),
    st.sampled_from([",", ";", "\t"]),
)
def test_a_stray_mark_in_any_column_costs_at_most_its_row(count, first, gap, column, delimiter):
    rows = [_post(number, "words" if number % 3 else "two, words; here") for number in range(count)]
    lines = _written([HEADER, *rows], delimiter).splitlines()
    cells = lines[first].split(delimiter)
    if '"' in lines[first]:
        return
    cells[column] = f'"{cells[column]}'
    lines[first] = delimiter.join(cells)
    closing = delimiter.join(['"9"', "u9", "2026-05-02T09:00:00Z", '"last"', "9"])
    lines.insert(first + gap, closing)
    found = _rows("\n".join(lines) + "\n")
    assert len(found) == len(rows) + 2
    assert found[first] == cells
    others = [row for at, row in enumerate(found[1:], start=1) if at not in (first, first + gap)]
    assert others == [row for number, row in enumerate(rows, start=1) if number != first]


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b,c\n', ["a", '"b', "c"]),
        ('"a,b\r\n', ['"a', "b"]),
        ('"a, b","c,d', ["a, b", '"c', "d"]),
        ('a,"b ""x"" c","d', ["a", 'b "x" c', '"d']),
        ('a, "b', ["a", '"b']),
        ("a,b", ["a", "b"]),
    ],
)
def test_a_line_is_parted_with_its_stray_mark_as_a_sign(line, cells):
    assert literal_cells(line, ",") == cells
