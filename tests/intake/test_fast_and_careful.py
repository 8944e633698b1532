"""The quick ways through a file give what the careful ones give."""

import json
import random
import re
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import AmbassadorError, UnreadableFileError
from ambassador.intake import evidence, layout, mentions
from ambassador.intake.cells import CellError, is_unknown, is_whole, known, plain
from ambassador.intake.files import Content
from ambassador.intake.moments import read_moment, read_utc
from ambassador.intake.plain_xml import PlainRows, PlainTexts
from ambassador.intake.quantities import read_count, read_number
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.intake.sheet_rows import SheetCells, sheet_rows
from ambassador.intake.workbooks import Workbook, sheet_named
from ambassador.values.status import ImportKind
from tests.fuzz import seeds
from tests.fuzz.mutators import damage_parts
from tests.intake.workbook_parts import workbook

PEOPLE, MENTIONS, TIES = ImportKind.PEOPLE, ImportKind.MENTIONS, ImportKind.TIES

POSTS = "post id,author,date,text,type,in reply to,likes,views,author followers\n"
PERSONS = "handle,platform,followers,avg likes,engagement rate,fee,city,read at\n"
CELLS = (
    "1790000000000000123",
    "1.23E+18",
    "1,23E+18",
    "9" * 19,
    "9" * 18,
    "007",
    "12.0",
    "12,5",
    "1.234",
    "1,234",
    "1.2k",
    "4,8%",
    "na%",
    "n/d",
    "N/A",
    "-",
    "null",
    "0",
    "-3",
    "\u0664",
    "\u00b2",
    "\u200b12",
    "12\u200f",
    "\ufefflia",
    " lia ",
    "='12'",
    '"=""0012"""',
    "'0012",
    "'",
    "=",
    '"a, ""b"""',
    '"two\nlines"',
    "A\rB",
    "03/04/2024",
    "13/04/2024",
    "2024-03-15",
    "2024-03-15 18:42 +0000",
    "2024-03-15T18:42:00Z",
    "15 marzo 2024",
    "2024-03-15T18:42:00+02:00",
    "2024-02-30T00:00:00Z",
    "0001-01-01T00:00:00+14:00",
    "45000",
    "1710528120",
    "x\0y",
    "total",
    "Totale",
    "\u017fum",
    "handle",
    "@lia",
    "ig:lia",
    "https://x.com/lia/status/12",
    "\u20ac 5",
    "gratis",
    "RT @lia: yes",
    "reply",
    "",
    "   ",
    "None",
    "unknown",
    "e" * 40 + "%%",
)


def _line(cells: list[str]) -> str:
    return ",".join(cells) + "\n"


def _file(header: str, seed: int) -> str:
    """Put awkward cells at chance into a table that is sound otherwise."""
    rng = random.Random(seed)
    sound = {
        POSTS: lambda n: [
            f"{10**18 + n}",
            f"u{n}",
            "2026-05-02T09:00:00Z",
            "words",
            "",
            "",
            "3",
            "",
            "12",
        ],
        PERSONS: lambda n: [f"@u{n}", "x", f"{n}00", "3.5", "4%", "120", "Bari", "2026-05-02"],
    }[header]
    ends = rng.choice(("\n", "\r\n", "\r"))
    text = header
    for number in range(12):
        row = sound(number)
        for _ in range(rng.randrange(3)):
            row[rng.randrange(len(row))] = rng.choice(CELLS)
        text += _line(row).removesuffix("\n") + ends
    return text


def _told(name: str, kind: ImportKind, data: bytes) -> Any:
    """Say what comes of a file: drafts, refused rows and preview, or the refusal in words."""
    answers = {"platform": "x", "day_first": "day-first", "decimal": "comma", "author": "lia"}
    try:
        questions = inspect_file(name, data, kind).questions
        for question in questions:
            if question.answers:
                answers[question.kind.value] = question.answers[0]
        return read_drafts(name, data, kind, ReadingOptions(answers=answers))
    except AmbassadorError as refusal:
        return str(refusal)


def _be_careful(patch: pytest.MonkeyPatch) -> None:
    """Take every quick way off that can be taken off."""
    for module in (layout, evidence):
        patch.setattr(module, "is_whole", lambda _: False)
    for module in (layout, mentions):
        patch.setattr(module, "is_digits", lambda _: False)
    patch.setattr(layout, "read_utc", lambda _: None)
    patch.setattr(layout, "_is_sound", lambda _: False)
    patch.setattr(layout.Layout, "quantity", lambda _, __, ___, read, *____: read())
    patch.setattr(evidence, "_UTC", ("no such zone",))
    patch.setattr("ambassador.intake.tables._NO_TOTAL", frozenset())
    patch.setattr("ambassador.intake.sources._DelimitedRows._columns", lambda *_: None)
    patch.setattr("ambassador.intake.tables.FileTable._takes_all", lambda _: False)
    patch.setattr("ambassador.intake.graphs.MOST_KEPT_TIES", -1)
    patch.setattr("ambassador.intake.ties.TieReader._quick", lambda *_: None)
    for quick in ("pajek._PlainTies.tie", "pajek._PlainTies.block", "gdf._Edges.plain", "gdf._Edges.block"):
        patch.setattr(f"ambassador.intake.networks.{quick}", lambda *_: None)
    patch.setattr("ambassador.intake.evidence._AT_ONCE", 1)
    patch.setattr("ambassador.intake.evidence._MOST_REMEMBERED", 0)
    patch.setattr(layout, "_PLAIN_HANDLE", re.compile("(?!)"))
    patch.setattr(PlainRows, "take", lambda *at: at[2])
    patch.setattr(PlainTexts, "take", lambda *at: at[2])


def _both(name: str, kind: ImportKind, data: bytes) -> tuple[Any, Any]:
    quick = _told(name, kind, data)
    with pytest.MonkeyPatch.context() as patch:
        _be_careful(patch)
        return quick, _told(name, kind, data)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(("header", "kind"), [(POSTS, MENTIONS), (PERSONS, PEOPLE)])
def test_awkward_tables_give_the_same_drafts_either_way(header, kind, encoding):
    read = 0
    for seed in range(10 if encoding == "utf-8" else 3):
        quick, careful = _both("a.csv", kind, _file(header, seed).encode(encoding))
        assert quick == careful
        read += not isinstance(quick, str)
    assert read


@pytest.mark.parametrize("cell", CELLS)
def test_an_awkward_cell_reads_the_same_in_every_column(cell):
    for place in (0, 2, 4, 5, 6, 8):
        row = ["1", "lia", "2026-05-02T09:00:00Z", "words", "reply", "7", "3", "4", "12"]
        row[place] = cell
        other = ["2", "ugo", "2026-05-03T09:00:00Z", "", "", "", "", "", ""]
        quick, careful = _both("a.csv", MENTIONS, (POSTS + _line(row) + _line(other)).encode())
        assert quick == careful


@pytest.mark.parametrize("seed", seeds.TABLES, ids=lambda seed: seed.kind.value)
def test_usual_tables_give_the_same_either_way(seed):
    quick, careful = _both(seed.name, seed.kind, seed.text.encode())
    assert quick == careful


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("g.gexf", seeds.GEXF),
        ("g.graphml", seeds.GRAPHML),
        ("g.gml", seeds.GML),
        ("g.gdf", seeds.GDF),
        ("g.net", seeds.PAJEK),
        ("g.json", json.dumps(seeds.NODE_LINKS[0][2])),
    ],
)
def test_ties_that_are_kept_are_those_that_are_read_again(name, text):
    quick, careful = _both(name, TIES, text.encode())
    assert quick == careful
    assert not isinstance(quick, str)


_NODES = {"g.gdf": "nodedef>name VARCHAR,label VARCHAR\n", "g.net": "*Vertices 3\n"}
_EDGES = {"g.gdf": "edgedef>node1,node2,weight DOUBLE,directed BOOLEAN\n", "g.net": "*Arcs\n"}
_ROWS_OF = {
    "g.gdf": (
        "u{0},u{1},0.{0},true", "u{0},u{1},0.{0},false", "u{0},u{1},,true", "u{0},u{1}", "u{0}", "u{0},",
        ",u{1},1,true", ",,1,true", "u{0},u{0},1,true", " u{0} , u{1},1,true", '"u{0}","u,{1}",1,true',
        "'u{0}',u{1},2,true", "u{0},u{1},many,true,more", "u{0},u{1},1,true\t", "", "\ufeffu{0},u{1},1,true",
        "nodedef>name,label", "edgedef>node1,node2", "EDGEDEF>node1,node2,directed", "u{0},u{1},1>2,true",
        "u{0},\u20ac{1},1,true", "u{0},u{1},1e999,1",
    ),
    "g.net": (
        "{0} {1}", "{0} {1} 0.{0}", " {0}  {1} 3 ", "{0}", "{0} {1} 2 p Solid", '"{0}" {1} 1', "",
        "% {0} {1}", "*Edges", "*arcs", "*Arcslist", "*Matrix", "{0} {0}", "{0}\t{1}\t5", "{0} u\u20ac{1} 2",
        "{0} {1} 1e999", "*", "{0} {1} many", "{0}\x1f{1} 2",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", _ROWS_OF)
def test_blocks_of_lines_give_what_single_lines_give(name, monkeypatch):
    rng = random.Random(name)
    read = set()
    for number in range(120):
        monkeypatch.setattr("ambassador.intake.files._TEXT_PIECE", rng.choice((16, 64, 400, 1 << 16)))
        monkeypatch.setattr("ambassador.intake.networks.gdf._MOST_REMEMBERED", rng.choice((2, 50_000)))
        usual = _ROWS_OF[name][: rng.choice((1, 2, 3, len(_ROWS_OF[name])))]
        rows = [rng.choice(usual).format(rng.randrange(1, 9), rng.randrange(1, 9)) for _ in range(30)]
        for _ in range(rng.randrange(3)):
            rows[rng.randrange(30)] = rng.choice(_ROWS_OF[name]).format(1, 2)
        nodes = "".join(rng.sample(("u1,lia\n", "u2,\n", "u3,lia\n", "1 mia\n", '2 "ugo b"\n'), number % 4))
        text = _NODES[name] + nodes + _EDGES[name] + "\n".join(rows) + rng.choice(("", "\n"))
        data = text.replace("\n", rng.choice(("\n", "\n", "\r\n", "\r"))).encode()
        quick, careful = _both(name, TIES, data)
        assert quick == careful
        read.add(isinstance(quick, str))
    assert False in read


_SIGNS = "0123456789.,+-%eEkna/d \u200b\ufeff\u0664\u00b2='\"Z:T\u00df\u0130"
_AWKWARD = st.text(st.sampled_from(_SIGNS), max_size=30)


@settings(max_examples=150, deadline=None)
@given(_AWKWARD | st.text(max_size=12) | st.sampled_from(CELLS))
def test_a_known_cell_is_a_plain_one_that_is_no_word_for_unknown(text):
    bare = plain(text)
    assert known(text) == ("" if is_unknown(bare) else bare)
    assert is_unknown(bare) == (not bare or _is_word_for_unknown(bare))


def _is_word_for_unknown(text: str) -> bool:
    from ambassador.intake.cells import _UNKNOWN

    return text.rstrip("%").casefold().replace(" ", "_") in _UNKNOWN


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("0123456789\u0664\u00b2 "), max_size=22) | st.integers(-5, 2**64).map(str))
def test_digits_alone_are_the_number_they_are(text):
    if is_whole(text):
        assert int(text) == read_count(text, None) == read_number(text, "comma")
        assert plain(text) == known(text) == text
        assert not layout.is_mangled(text)


@settings(max_examples=150, deadline=None)
@given(
    st.datetimes(timezones=st.sampled_from([None, UTC])).map(str)
    | st.from_regex(r"\A\d{4}-[01]\d-[0-3]\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?\Z")
)
def test_an_instant_read_at_once_is_that_of_the_careful_reading(text):
    at = read_utc(text)
    if at is not None:
        assert read_moment(text).instant(UTC) == at
        assert at.tzinfo is UTC


def _sheet(data: bytes) -> Any:
    try:
        book = Workbook(Content("b.xlsx", data))
        sheet = sheet_named(book, None)
        rows = [(number, list(map(_typed, cells))) for number, cells in sheet_rows(book, sheet)]
        again = [(number, list(map(_typed, cells))) for number, cells in sheet_rows(book, sheet)]
    except AmbassadorError as refusal:
        return str(refusal)
    assert rows == again
    return rows, book.facts


def _typed(cell: Any) -> tuple[str, Any]:
    return type(cell).__name__, cell


def _both_sheets(data: bytes) -> tuple[Any, Any]:
    quick = _sheet(data)
    with pytest.MonkeyPatch.context() as patch:
        _be_careful(patch)
        return quick, _sheet(data)


_ODD = (
    '<c r="A3"><v>12</v></c>',
    '<c r="A3"><v>1.5E+3</v></c>',
    '<c r="A3" s="1"><v>0.5</v></c>',
    '<c r="A3" s="2"><v>45000</v></c>',
    '<c r="A3" s="2"><v>45000.25</v></c>',
    '<c r="A3" s="2"><v>9e9</v></c>',
    '<c r="A3" s="99"><v>7</v></c>',
    '<c r="A3" t="b"><v>1</v></c>',
    '<c r="A3" t="e"><v>#REF!</v></c>',
    '<c r="A3" t="str"><v>a b</v></c>',
    '<c r="A3" t="str"><v>a &amp; b</v></c>',
    '<c r="A3" t="s"><v>1</v></c>',
    '<c r="A3" t="s"><v>9</v></c>',
    '<c r="A3" t="s"><v>x</v></c>',
    '<c r="A3" t="s"/>',
    '<c r="A3"/>',
    '<c r="A3"></c>',
    '<c r="A3"><v></v></c>',
    '<c r="A3"><f>B1</f><v>3</v></c>',
    '<c r="A3"><f>B1</f></c>',
    '<c r="A3" t="inlineStr"><is><t>in</t></is></c>',
    '<c r="A3" t="inlineStr"><v>4</v></c>',
    '<c r="A3"><is><t>lost</t></is></c>',
    '<c r="A3" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="C3"><v>1</v></c><c r="A3"><v>2</v></c><c r="A3"><v>3</v></c>',
    "<c><v>1</v></c><c><v>2</v></c>",
    '<c r="a3"><v>1</v></c>',
    '<c r="ZZZ3"><v>1</v></c>',
    '<c r="XFE3"><v>1</v></c>',
    '<c r="A3"><v>1</v></c>x',
    '<c r="A3"><v>1</v></c><!-- </row> -->',
    '<!-- <row r="4"><c r="A4"><v>1</v></c></row> -->',
    '<c r="A3"><v>1</v><v>2</v></c>',
    '<c r="A3"><v>a>b</v></c>',
    '<c r="A3"><v>]]></v></c>',
    '<c r="A3" t="str"><v>tab\there\nline</v></c>',
    '<c r="A3" t="str"><v>\x01</v></c>',
    '<c r="A3" t="n"><v>99999999999999999999</v></c>',
    '<c r="A3" x="</row>"><v>1</v></c>',
    '<c r="A3" x=">"><v>1</v></c>',
    '<d r="A3"/>',
    '<c r="A3">',
    '</row><row r="9">',
)
_ROWS = (
    '<row r="{}" spans="1:2">',
    '<row r="{}" hidden="1">',
    '<row r="{}" ht="15" customHeight="1">',
    "<row>",
    '<row r="{}" r="8">',
    '<row r="4000000000">',
    '<row r="0">',
    '<row  r="{}">',
    '<row r="{}" spans="1&gt;2">',
)


@pytest.mark.parametrize("odd", _ODD)
def test_an_odd_cell_of_a_sheet_reads_the_same_either_way(odd):
    plain_row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}"><v>{0}</v></c></row>'
    around = [plain_row.format(number) for number in (1, 2, 4, 5)]
    for opening in _ROWS:
        rows = "".join([*around[:2], opening.format(3), odd, "</row>\n", *around[2:]])
        for after in ("", '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>'):
            quick, careful = _both_sheets(workbook(rows, after, texts=("lia", "a &amp; b\n&lt;c&gt;")))
            assert quick == careful


@pytest.mark.parametrize(
    "shared",
    [
        "a",
        "",
        "a &amp; b",
        "&#65;",
        "&nbsp;",
        "x005F_y",
        "two\nlines",
        "]]>",
        "a>b",
        "\x02",
        "<r/>",
        "&amp;lt;",
    ],
)
def test_an_odd_shared_text_reads_the_same_either_way(shared):
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>{n - 1}</v></c></row>' for n in (1, 2, 3))
    quick, careful = _both_sheets(workbook(rows, texts=("first", shared, "last")))
    assert quick == careful


def test_rows_and_texts_that_are_written_plainly_do_not_reach_the_parser(monkeypatch):
    met = []
    start = SheetCells.start
    monkeypatch.setattr(SheetCells, "start", lambda *told: met.append(told[1]) or start(*told))
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 201))
    assert len(_sheet(workbook(rows, texts=("lia",)))[0]) == 200
    assert met.count("row") == 1


_LAST = (
    '<c r="C{0}"><v>{0}</v></c>',
    '<c r="C{0}" t="s"><v>1</v></c>',
    '<c r="C{0}" t="s"><v>2</v></c>',
    '<c r="C{0}" t="s"><v>77</v></c>',
    '<c r="C{0}" t="str"><v>in</v></c>',
    '<c r="C{0}" s="1"><v>0.5</v></c>',
    '<c r="C{0}" s="2"><v>4500{0}</v></c>',
    '<c r="C{0}" s="2"/>',
    '<c r="C{0}" t="inlineStr"><is><t>x</t></is></c>',
    '<c r="C{0}"><v>123456789012345678</v></c>',
    '<c r="C{0}"><v>-1.5</v></c>',
    "",
)


def test_many_rows_at_once_read_as_one_by_one():
    """Rows of a shape, few or many, with cells that are missing, hidden rows and merged ranges among them."""
    rng = random.Random(11)
    read = set()
    for number in range(80):
        usual = rng.sample(_LAST, rng.choice((1, 1, 2, 4)))
        rows = ""
        for line in range(1, 60):
            hidden = ' hidden="1"' if rng.random() < 0.05 else ""
            first = f'<c r="A{line}" t="s"><v>0</v></c>' if rng.random() < 0.9 else ""
            cell = rng.choice(_LAST if rng.random() < 0.02 else usual).format(line)
            rows += f'<row r="{line if line != 33 or number % 7 else 4_000_000}"{hidden}>{first}{cell}</row>'
        after = '<mergeCells><mergeCell ref="A9:A12"/></mergeCells>' if number % 4 == 0 else ""
        quick, careful = _both_sheets(workbook(rows, after, texts=("lia", "ugo", "")))
        assert quick == careful
        read.add(isinstance(quick, str))
    assert read == {True, False}


def test_damaged_workbooks_read_the_same_either_way():
    for number in range(60):
        quick, careful = _both_sheets(damage_parts(seeds.WORKBOOK, random.Random(f"both:{number}")))
        assert quick == careful


_LONG = {
    "a.csv": POSTS + "".join(f"{n},lia,2026-05-02T09:00:00Z,x,,,,,\n" for n in range(17_000)),
    "a.jsonl": "".join(
        f'{{"post id": "{n}", "author": "lia", "date": "2026-05-02"}}\n' for n in range(17_000)
    ),
    "a.json": json.dumps([{"post id": str(n), "author": "lia", "date": "2026-05-02"} for n in range(17_000)]),
    "g.net": "*Vertices 2\n1 a\n2 b\n*Arcs\n" + "1 2\n" * 17_000,
    "g.gdf": "nodedef>name\na\nedgedef>node1,node2,directed\n" + "a,b,true\n" * 17_000,
    "g.gml": "graph [\n" + "edge [ source 1\ntarget 2 ]\n" * 17_000 + "]\n",
    "g.graphml": "<graphml><graph>" + '<edge source="a" target="b"/>' * 40_000 + "</graph></graphml>",
    "g.gexf": "<gexf><graph><edges>" + '<edge source="a" target="b"/>' * 40_000 + "</edges></graph></gexf>",
}


@pytest.mark.parametrize("name", _LONG)
def test_reading_that_takes_longer_than_any_may_is_refused_by_its_limit(name, monkeypatch):
    monkeypatch.setattr("ambassador.intake.limits.MOST_SECONDS", 0.0)
    monkeypatch.setattr("ambassador.intake.limits.MOST_SECONDS_A_MEGABYTE", 0.0)
    with pytest.raises(UnreadableFileError, match="takes more than 0 s to read, the limit for"):
        read_drafts(name, _LONG[name].encode(), TIES if name[0] == "g" else MENTIONS)


class _StoppedError(Exception):
    """Somebody pressed the button."""


@pytest.mark.parametrize("name", _LONG)
def test_the_stop_button_works_while_a_file_is_looked_at(name):
    def stop(*_: object) -> None:
        raise _StoppedError

    with pytest.raises(_StoppedError):
        inspect_file(name, _LONG[name].encode(), TIES if name[0] == "g" else MENTIONS, progress=stop)


def test_the_first_refused_cell_is_the_same_error_twice():
    for _ in range(2):
        with pytest.raises(CellError):
            read_number("many")
