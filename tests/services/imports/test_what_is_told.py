"""What an import tells beside its counts: columns not used, one e-mail on two people, ties that add up."""

import json

import pytest

from ambassador.services.imports.import_files import ImportOptions, import_file, preview_import
from ambassador.store.tables.devices import Device
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account, Person
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows

COLUMN = ImportOptions(columns={"handle": "handle", "platform": "platform", "telephone": "telephone"})
LISTED = ImportOptions(answers={"direction": "as-listed", "platform": "x"})


def told(report):
    return [str(note) for note in report.notes]


def test_columns_that_are_not_used_are_named_before_and_after(sqlite_work):
    text = "handle,platform,shoe size,empty\nlia,ig,38,\n"
    expected = "columns not used: shoe size"
    preview = preview_import(sqlite_work, ImportKind.PEOPLE, "p.csv", text.encode())
    assert expected in map(str, preview.notes)
    assert expected in told(bring(sqlite_work, ImportKind.PEOPLE, text))


def test_one_e_mail_on_two_people_is_hinted(work):
    text = "handle,platform,name,email\nlia,ig,Lia,Lia@Posta.example\nlia.tt,tiktok,Lia R,lia@posta.example\n"
    hint = "one e-mail, lia@posta.example, stands with several people: Lia, Lia R. Merge them if they are one"
    assert hint in told(bring(work, ImportKind.PEOPLE, text))


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("from,to\na,b\na,b\na,b\na,c\n", [3.0, 1.0]),
        ("from,to,weight\na,b,2\na,b,4\na,c,1\n", [6.0, 1.0]),
        ("from,to\na,b\na,c\n", [None, None]),
    ],
)
def test_rows_of_one_tie_add_up(work, text, weights):
    report = bring(work, ImportKind.TIES, text, LISTED)
    assert [tie.weight for tie in rows(work, Tie)] == weights
    assert counts(bring(work, ImportKind.TIES, text, LISTED)) == (0, 0, report.added + report.duplicates, 0)


@pytest.mark.parametrize(
    ("ids", "kept"), [(("998877665544332211", "998877665544332212"), True), (("1", "2"), False)]
)
def test_an_id_is_a_platforms_only_where_it_is_long(sqlite_work, ids, kept):
    text = f"id,username,platform\n{ids[0]},lia,x\n{ids[1]},ugo,x\n"
    bring(sqlite_work, ImportKind.PEOPLE, text)
    assert [one.native_id for one in rows(sqlite_work, Account)] == (list(ids) if kept else ["", ""])


@pytest.mark.parametrize(
    "heading", ["Prezzo unit. (IVA escl.)", "Price (excl. VAT)", "Unit price", "Costo (EUR, netto)"]
)
def test_a_price_is_read_whatever_stands_in_brackets_behind_it(sqlite_work, heading):
    bring(sqlite_work, ImportKind.DEVICES, f"model;serial;{heading}\nQ1;S1;412,50\n")
    assert [one.cost_minor for one in rows(sqlite_work, Device)] == [41_250]


GEXF = """<gexf version="1.2"><graph defaultedgetype="{way}"><nodes><node id="1" label="lia"/>\
<node id="2" label="ugo"/><node id="3" label="zoe"/></nodes><edges><edge source="1" target="2"/>\
<edge source="1" target="3"/><edge source="3" target="2" type="undirected"/></edges></graph></gexf>"""
TWO_LISTS = """Post URL,Post Publish Date,Engagements,,Post URL,Post Publish Date,Impressions
{0}lia_q1-share-7000000000000000001-a,1/16/2024,3,,{0}lia_q1-share-7000000000000000002-b,1/17/2024,90
"""


@pytest.mark.parametrize(
    ("kind", "name", "text", "written"),
    [
        (ImportKind.TIES, "t.gexf", GEXF.format(way="directed"), 4),
        (ImportKind.TIES, "t.gexf", GEXF.format(way="undirected"), 3),
        (ImportKind.TIES, "t.net", '*Vertices 3\n1 "lia"\n2 "ugo"\n3 "zoe"\n*Arcslist\n1 2 3\n2 3\n', 3),
        (ImportKind.MENTIONS, "p.csv", TWO_LISTS.format("https://www.linkedin.com/posts/"), 2),
        (ImportKind.TIES, "t.json", '{"nodes": ["a", "b"], "links": [{"source": "a", "target": "b"}]}', 1),
    ],
)
def test_each_row_of_a_line_counts_and_the_counts_add_up(sqlite_work, kind, name, text, written):
    preview = preview_import(sqlite_work, kind, name, text.encode(), LISTED)
    report = import_file(sqlite_work, kind, name, text.encode(), LISTED)
    assert (preview.row_count, counts(report)) == (written, (written, 0, 0, 0))
    again = import_file(sqlite_work, kind, name, text.encode(), LISTED)
    assert counts(again) == (0, 0, written, 0)


def test_bad_rows_of_one_line_are_refused_one_by_one(sqlite_work):
    text = '*Vertices 2\n1 "lia"\n2 "ugo"\n*Arcslist\n1 1 2\n2 2 2 1\n'
    report = import_file(sqlite_work, ImportKind.TIES, "t.net", text.encode(), LISTED)
    assert counts(report) == (2, 0, 0, 3)
    assert [row.line for row in report.rejected_rows] == [5, 6, 6]


def test_rows_that_are_no_data_are_told_by_line(sqlite_work):
    header = "handle,platform,followers\n"
    text = f"Our list\n\nAs of May\n{header}lia,ig,10\n{header}ugo,ig,5\nTotal,,15\n"
    expected = [
        "rows above the headings that were left out: 2 (line 1, 3)",
        "rows that repeat the header and were left out: 1 (line 6)",
        "rows of totals or averages that were left out: 1 (line 8)",
    ]
    preview = preview_import(sqlite_work, ImportKind.PEOPLE, "p.csv", text.encode())
    assert [str(note) for note in preview.notes] == expected
    assert told(bring(sqlite_work, ImportKind.PEOPLE, text)) == expected


def test_a_headline_of_platforms_belongs_to_the_headings(sqlite_work):
    text = ",Instagram,,TikTok,\nname,handle,followers,handle,followers\nLia,lia,10,liat,20\n"
    report = bring(sqlite_work, ImportKind.PEOPLE, text)
    assert (counts(report), told(report)) == ((1, 0, 0, 0), [])


def test_many_lines_are_counted_and_the_first_named(sqlite_work):
    rows = "".join(f"handle,platform\nu{number},ig\n" for number in range(13))
    report = bring(sqlite_work, ImportKind.PEOPLE, rows)
    lines = ", ".join(str(line) for line in range(3, 23, 2))
    assert told(report) == [f"rows that repeat the header and were left out: 12 (line {lines}, \u2026)"]


def test_a_time_of_day_that_cannot_be_read_is_refused_and_never_midnight(sqlite_work):
    times = ("09:00 CET", "noonish", "10:30 EST", "11:00")
    posts = "".join(f"{n},lia,x,2026-05-02,{clock},words\n" for n, clock in enumerate(times))
    text = "post id,author,platform,date,time,text\n" + posts
    report = bring(sqlite_work, ImportKind.MENTIONS, text)
    assert [one.posted_at.strftime("%H:%M") for one in rows(sqlite_work, Mention)] == [
        "08:00",
        "15:30",
        "11:00",
    ]
    assert [(row.line, row.column, str(row)) for row in report.rejected_rows] == [
        (3, "time", "noonish is not a time of day")
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Phone number", "Phone", "Mobile", "Telefono", "Cellulare", "Numero di telefono", "Telefon",
        "Telefonnummer", "Handy", "Téléphone", "Portable", "Teléfono", "WhatsApp", "Tel.", "Phone (mobile)",
    ],
)  # fmt: skip
def test_a_telephone_number_is_read_whatever_its_column_is_called(sqlite_work, heading):
    text = f"handle;platform;{heading}\nlia;ig;+39 347 555 0100\nugo;ig;347 5550101 / 080 5550102\n"
    bring(sqlite_work, ImportKind.PEOPLE, text)
    assert [one.telephone for one in rows(sqlite_work, Person)] == [
        "+39 347 555 0100",
        "347 5550101 / 080 5550102",
    ]


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        ("Phone model", "Brezza Q1"), ("Telefono", "Brezza Q1"), ("Phone IMEI", "352099001761481"),
        ("Phone", "352099001761481"), ("Phone price", "899"), ("Telefono consegnato", "2026-05-01"),
        ("Phone serial", "BZQ10007"), ("IMEI telefono", "352099001761481"), ("Phone", ""),
    ],
)  # fmt: skip
def test_a_phone_is_no_telephone_number(sqlite_work, heading, value):
    bring(sqlite_work, ImportKind.PEOPLE, f"handle;platform;{heading}\nlia;ig;{value}\n")
    assert [one.telephone for one in rows(sqlite_work, Person)] == [None]


def test_a_list_of_phones_stays_one(sqlite_work):
    text = "Telefono,IMEI,Numero di telefono\nBrezza Q1,352099001761481,347 5550101\n"
    report = bring(sqlite_work, ImportKind.DEVICES, text)
    assert [one.model for one in rows(sqlite_work, Device)] == ["Brezza Q1"]
    assert "columns not used: Numero di telefono" in told(report)


def test_another_number_is_told_and_one_that_cannot_be_called_is_kept(work):
    head = "handle,platform,telephone\n"
    bring(work, ImportKind.PEOPLE, f"{head}lia,ig,347 5550101\nugo,ig,347 5550103\n")
    report = bring(work, ImportKind.PEOPLE, f"{head}lia,ig,347 5550102\nugo,ig,ask his agency\n", COLUMN)
    assert [(one.before, one.after) for one in report.changes][:1] == [("347 5550101", "347 5550102")]
    assert [one.telephone for one in rows(work, Person)] == ["347 5550102", "ask his agency"]
    kept = "line 3: ask his agency does not look like a telephone number and is kept as it is written"
    assert kept in told(report)


BY_PROGRAM = "id,author,created_at,text,source\n1,ann,2026-05-03T10:00:00Z,a,Twitter for iPhone\n"
BY_PROGRAM += "2,bob,2026-05-03T11:00:00Z,b,Hootsuite\n3,cia,2026-05-03T12:00:00Z,c,Buffer\n"


@pytest.mark.parametrize("line", ["", "4,dan,2026-05-03T13:00:00Z,d,twitter\n"])
def test_a_program_somebody_posted_with_is_no_platform(sqlite_work, line):
    report = bring(
        sqlite_work, ImportKind.MENTIONS, BY_PROGRAM + line, ImportOptions(answers={"platform": "x"})
    )
    assert report.added == 3 + bool(line)
    assert {one.platform for one in rows(sqlite_work, Mention)} == {"x"}


def test_a_platform_that_was_said_wins_over_a_program_and_not_over_a_column_of_platforms(sqlite_work):
    answers = ImportOptions(answers={"platform": "threads"})
    report = bring(sqlite_work, ImportKind.MENTIONS, BY_PROGRAM + "4,dan,2026-05-03,d,Instagram\n", answers)
    assert {one.platform for one in rows(sqlite_work, Mention)} == {"threads"}
    assert "platform taken as you said: threads, where 1 rows look like instagram" in told(report)
    named = "post id,author,created_at,text,platform\n9,ann,2026-05-03T10:00:00Z,a,instagram\n"
    report = bring(sqlite_work, ImportKind.MENTIONS, named, answers)
    assert rows(sqlite_work, Mention)[-1].platform == "instagram"
    assert "platform kept as its column has it, and not threads: instagram (1)" in told(report)


def test_a_post_of_which_only_the_day_is_known_is_told(sqlite_work):
    text = "id,author,date,text\n1,ann,2026-05-03,a\n2,bob,2026-05-04 10:00,b\n3,cia,2026-05-04 00:00,c\n"
    report = bring(sqlite_work, ImportKind.MENTIONS, text, ImportOptions(answers={"platform": "x"}))
    hint = "posts that name a day and no hour, taken as of its midnight: 1 (line 2)"
    assert [line for line in told(report) if "midnight" in line] == [hint]


def test_a_text_cut_short_is_told_beside_the_whole_one_that_stays(work):
    head = "id,author,created_at,text\n"
    options = ImportOptions(answers={"platform": "x"})
    whole, cut = "Two days with the new Q1", "Two days with\u2026"
    bring(work, ImportKind.MENTIONS, f"{head}1,ann,2026-05-03T10:00:00Z,{whole}\n", options)
    report = bring(work, ImportKind.MENTIONS, f"{head}1,ann,2026-05-03T10:00:00Z,{cut}\n", options, "b.csv")
    assert [(one.before, one.after, one.is_taken) for one in report.changes] == [(whole, cut, False)]
    both = f"{head}2,bob,2026-05-03T10:00:00Z,{whole}\n2,bob,2026-05-03T10:00:00Z,{cut}\n"
    report = bring(work, ImportKind.MENTIONS, both, options, "c.csv")
    assert [(one.before, one.after, one.is_taken) for one in report.changes] == [(whole, cut, False)]
    assert {one.text for one in rows(work, Mention)} == {whole}


def test_lists_of_a_json_file_that_are_not_read_are_told(sqlite_work):
    post = '{"id":"%s","user":"ann","created_at":"2026-05-01T10:00:00Z","text":"a"%s}'
    within = ',"comments":[{"id":"7","user":"zed","text":"hey"}]'
    text = f'{{"items":[{post % ("1", within)},{post % ("2", "")}],"more":[{post % ("3", "")}]}}'
    report = bring(
        sqlite_work, ImportKind.MENTIONS, text, ImportOptions(answers={"platform": "x"}), name="p.json"
    )
    assert counts(report) == (2, 0, 0, 0)
    assert "another list of records, more, is not read: 1" in told(report)
    assert "lists of records within records, comments, are not read: 1" in told(report)


X_POST = {
    "id": "1",
    "author_id": "7",
    "text": "a",
    "created_at": "2026-05-01T10:00:00Z",
    "public_metrics": {"like_count": 1},
}
X_PAGE = {
    "data": [X_POST],
    "includes": {"users": [{"id": "7", "username": "ann"}]},
    "errors": [{"title": "Not Found"}, {"title": "Forbidden"}],
}
APIFY_POST = {
    "shortCode": "C1a",
    "ownerUsername": "ann",
    "timestamp": "2026-05-01T10:00:00Z",
    "caption": "a",
    "latestComments": [{"id": "7", "text": "hey"}],
}
THREADS_POST = {"id": "1", "username": "ann", "permalink": "https://www.threads.net/@ann/post/1"} | {
    "timestamp": "2026-05-01T10:00:00+0000",
    "text": "a",
    "is_quote_post": False,
}
OLD_MEDIA = {
    "photos": [{"caption": "a", "taken_at": "2019-05-01T10:00:00", "path": "a.jpg"}],
    "videos": [{"caption": "b", "taken_at": "2019-05-02T10:00:00", "path": "b.mp4"}],
    "direct": [{"taken_at": "2019-05-02T10:00:00", "path": "c.jpg"}] * 3,
}


def _post(moment: int) -> dict[str, object]:
    media = {"uri": "a.jpg", "creation_timestamp": moment, "title": "words"}
    return {"media": [media], "title": "words", "creation_timestamp": moment}


NOT_READ = {
    "an X page with errors longer than its posts": (
        X_PAGE,
        1,
        ["another list of records, errors, is not read: 2"],
    ),
    "one X post that answers": (X_POST | {"referenced_tweets": [{"type": "replied_to", "id": "3"}]}, 1, []),
    "Apify posts with comments": (
        [APIFY_POST],
        1,
        ["lists of records within records, latestComments, are not read: 1"],
    ),
    "Threads with a second list": (
        {"data": [THREADS_POST] * 2, "drafts": [THREADS_POST]},
        1,
        ["another list of records, drafts, is not read: 1"],
    ),
    "an older Instagram download": (OLD_MEDIA, 2, ["another list of records, direct, is not read: 3"]),
    "a newer one with an archive": (
        {"ig_posts": [_post(1_746_000_000)], "ig_archived_post_media": [_post(1_746_000_060)] * 2},
        1,
        ["another list of records, ig_archived_post_media, is not read: 2"],
    ),
}


@pytest.mark.parametrize("case", NOT_READ)
def test_lists_that_a_named_format_leaves_are_told(sqlite_work, case):
    document, added, expected = NOT_READ[case]
    options = ImportOptions(answers={"author": "ann"})
    report = bring(sqlite_work, ImportKind.MENTIONS, json.dumps(document), options, name="p.json")
    assert counts(report)[0] == added
    assert [line for line in told(report) if "not read" in line] == expected
