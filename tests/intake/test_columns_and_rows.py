"""What is read by column is what is read row by row: cells, lines, notes, refusals and posts."""

import random
from collections.abc import Sequence
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.intake import sources
from ambassador.intake.columnar import CellColumns, columns_of_lines
from ambassador.intake.files import Content
from ambassador.intake.mention_columns import MentionColumns
from ambassador.intake.sources import open_source
from ambassador.values.status import ImportKind
from tests.intake.reading import read
from tests.intake.test_fast_and_careful import CELLS, MENTIONS, PEOPLE, TIES, _told

_HEADERS = {
    MENTIONS: "post id,author,date,text,type,in reply to,likes,views,author followers,platform,labels",
    PEOPLE: "handle,platform,followers,avg likes,engagement rate,fee,city,read at",
    TIES: "source,target,weight",
}
_TEXTS = (
    "words", "", '"two, parted"', '"said ""yes"""', "RT @lia: yes", "@ugo hello", "Total", "grace", "#one",
    "\u20ac 5", "caf\u00e9\u00a0no", " begins", "\U0001f642\u200d", '"two\nlines"', '5" long', '"open',
    "a\tb",
    "na", '"" x', '"a" b', "%", "\u2028", '" kept"',
)  # fmt: skip

_IDS = (
    "", "", "m{}", "Ab-{}", "c_{}_x", "t3_1abc{}", "T1_1abc{}", "http{}", "https", "deleted", "Deleted{}",
    "removed by author", "na", "N-{}", "-{}", "_{}", "{}.0", "1E5", "1.2E+18", "0", "00{}", "nan{}",
    "https://x.com/anna/status/{}", "none", "urn:{}", "caf\u00e9{}",
)  # fmt: skip


def _sound(kind: ImportKind, number: int, rng: random.Random, ids: Sequence[str] = ("",)) -> list[str]:
    if kind is TIES:
        return [f"u{rng.randrange(9)}", f"@w{number}", str(rng.randrange(9))]
    if kind is PEOPLE:
        return [f"@u{number}", "x", f"{number}00", "3.5", "4%", "120", rng.choice(_TEXTS[:2]), "2026-05-02"]
    parent = rng.choice(("", "", f"{10**18 + rng.randrange(number + 1)}"))
    kinds = rng.choice(("", "post", "reply", "Retweet", "quote"))
    platform, labels = rng.choice(("x", "", "Instagram")), rng.choice(("", "", "good"))
    text = rng.choice(_TEXTS[:6])
    at = "2026-05-02T09:00:00Z"
    name, its_parent = rng.choice(ids), rng.choice(ids)
    if its_parent:
        parent = its_parent.format(rng.randrange(number + 1)) if parent else ""
    return [
        name.format(number) or f"{10**18 + number}",
        f"u{number % 7}",
        at,
        text,
        kinds,
        parent,
        "3",
        "",
        "12",
        platform,
        labels,
    ]


def _file(kind: ImportKind, rng: random.Random) -> bytes:
    rows = [_sound(kind, number, rng, _IDS) for number in range(40)]
    for _ in range(rng.choice((0, 0, 1, 3))):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice((*CELLS, *_TEXTS))
    lines = [",".join(row) for row in rows]
    for extra in rng.sample(("", _HEADERS[kind], "Total,,40", ",,", "a,b,c,d,e,f,g,h,i,j,k,l,m", "u1"), 2):
        if rng.random() < 0.3:
            lines.insert(rng.randrange(len(lines) + 1), extra)
    above = rng.choice(([], [], ["sep=,"], ["Posts of May"], ['"over', 'lines"']))
    end = rng.choice(("\n", "\n", "\r\n", "\r"))
    text = end.join([*above, _HEADERS[kind], *lines]) + rng.choice(("", end))
    return text.encode(rng.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16")), errors="surrogatepass")


@pytest.mark.parametrize("kind", _HEADERS, ids=lambda kind: kind.value)
def test_files_with_awkward_lines_give_the_same_by_column_and_by_row(kind, monkeypatch):
    by_column = chosen = 0
    taken = sources._DelimitedRows._columns

    def counted(*args):
        nonlocal by_column
        found = taken(*args)
        by_column += found is not None
        return found

    rng = random.Random(kind.value)
    for _ in range(15):
        data = _file(kind, rng)
        monkeypatch.setattr(sources, "_AT_ONCE", rng.choice((150, 600, 1 << 18)))
        monkeypatch.setattr(sources._DelimitedRows, "_columns", counted)
        quick = _told("a.csv", kind, data)
        monkeypatch.setattr(sources._DelimitedRows, "_columns", lambda *_: None)
        careful = _told("a.csv", kind, data)
        assert quick == careful
        chosen += not isinstance(quick, str)
    assert by_column
    assert chosen > 5


def test_most_posts_of_a_sound_file_are_read_by_column(monkeypatch):
    found = []
    taken = MentionColumns.read

    def kept(self, rows):
        found.extend(taken(self, rows))
        return found[-len(rows) :]

    monkeypatch.setattr(MentionColumns, "read", kept)
    rng = random.Random(1)
    rows = [_sound(MENTIONS, number, rng)[:10] for number in range(50)]
    text = "\n".join([_HEADERS[MENTIONS].removesuffix(",labels"), *map(",".join, rows)])
    drafts = read(text, MENTIONS, platform="x").rows
    assert len(drafts) == len(found) == 50
    assert sum(one is not None for one in found) > 15
    assert [one for one in found if one is not None] == [
        draft for draft, one in zip(drafts, found, strict=True) if one is not None
    ]


_SIGNS = "ab,;\t \"\n\r0'#=\u00a0\u20ac\u200b\x1f\x00"


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(_SIGNS), min_size=1, max_size=60), st.sampled_from(",;\t"), st.integers(0, 2))
def test_any_text_has_the_same_cells_by_column_and_by_row(text, delimiter, above):
    content = Content("a.csv", text.encode())
    source = sources._DelimitedRows(content, delimiter, comments=False)
    rows = _lists(source.rows())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "_AT_ONCE", 7)
        below = _lists(chain.from_iterable(_rows_of(part) for part in source.below(above)))
    if isinstance(rows, list) and isinstance(below, list):
        assert [row for row in below if row[0] > above] == [row for row in rows if row[0] > above]
    else:
        assert isinstance(rows, str) == isinstance(below, str)


def _rows_of(part):
    return part.rows() if isinstance(part, CellColumns) else [part]


def _lists(rows):
    try:
        return [(line, list(cells)) for line, cells in rows]
    except Exception as problem:  # noqa: BLE001 - whatever one says, the other has to say
        return str(problem)


def test_lines_that_are_no_sound_rows_are_not_parted():
    assert columns_of_lines("a,b\nc,d\n", 2, 5, ",") is not None
    for text in ("a,b\nc\n", 'a,"b\nc,d"\n', 'a"b,c\nd,e\n', "a, b\nc,d\n", "a,b\n\nc,d\n", "a,b\rc,d\n"):
        assert columns_of_lines(text, text.count("\n"), 5, ",") is None


def test_a_comment_is_passed_over_in_lists_of_ties_alone():
    content = Content("a.csv", b"#x,y\n#a,b\nc,d\n")
    loose = open_source(content, sources.FileFormat.DELIMITED, loose=True)
    assert [list(row[1]) for part in loose.below(0) for row in _rows_of(part)] == [["c", "d"]]
