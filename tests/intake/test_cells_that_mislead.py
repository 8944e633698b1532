from ambassador.intake.reading import inspect_file, read_drafts
from ambassador.values.status import ImportKind
from tests.intake.reading import read, spreadsheet
from tests.intake.workbook_parts import packed, parts

MENTIONS, PEOPLE, TIES = ImportKind.MENTIONS, ImportKind.PEOPLE, ImportKind.TIES
POSTS = "post id,author,date,text,in reply to\n"


def test_comments_by_address_are_posts_of_their_own_that_answer_the_video():
    video = "https://www.youtube.com/watch?v=aaaaaaaaaaa"
    text = (
        "author,date,url,text\n"
        f"lia,2026-05-02T09:00:00Z,{video},unboxed\n"
        f"anna,2026-05-02T09:20:00Z,{video}&lc=UgA1,how long?\n"
        f"ugo,2026-05-02T09:30:00Z,{video}&lc=UgA1.b2,a day\n"
    )
    rows = read(text, MENTIONS).rows
    assert [(row.post_id, row.parent_id, row.root_id) for row in rows] == [
        ("aaaaaaaaaaa", "", ""),
        ("UgA1", "aaaaaaaaaaa", "aaaaaaaaaaa"),
        ("UgA1.b2", "UgA1", "aaaaaaaaaaa"),
    ]


def test_an_id_given_to_two_authors_is_refused_the_second_time():
    text = (
        POSTS
        + "7,lia,2026-05-02T09:00:00Z,a,\n7,anna,2026-05-02T09:10:00Z,b,\n7,lia,2026-05-02T09:00:00Z,a,\n"
    )
    drafts = read(text, MENTIONS, platform="x")
    assert [(row.line, row.column) for row in drafts.rejected] == [(3, "post id")]
    assert len(drafts.rows) == 2


def test_an_id_a_spreadsheet_rounded_is_right_for_none_of_its_posts():
    text = POSTS + (
        "1810000000000000000,lia,2026-05-02T09:00:00Z,a,\n1810000000000000000,anna,2026-05-02T09:10:00Z,b,\n"
        "1810000000000010000,ugo,2026-05-02T09:11:00Z,c,\n"
    )
    drafts = read(text, MENTIONS, platform="x")
    assert [row.line for row in drafts.rejected] == [2, 3]
    assert [row.author for row in drafts.rows] == ["ugo"]


def test_an_id_with_point_zero_is_the_id():
    text = POSTS + "1001,lia,2026-05-02T09:00:00Z,a,\n1002,anna,2026-05-02T09:10:00Z,b,1001.0\n"
    assert [row.parent_id for row in read(text, MENTIONS, platform="x").rows] == ["", "1001"]


def test_namibia_and_nan_are_places():
    text = "handle,city,country\nlia,Windhoek,NA\nanna,Nan,TH\nugo,nan,DE\n"
    rows = read(text, PEOPLE).rows
    assert [(row.city, row.country) for row in rows] == [("Windhoek", "NA"), ("Nan", "TH"), (None, "DE")]


def test_na_says_nothing_where_countries_are_written_out():
    rows = read("handle,country\nlia,NA\nanna,Italy\n", PEOPLE).rows
    assert [row.country for row in rows] == [None, "Italy"]


def test_ties_on_several_rows_are_told():
    drafts = read("source,target\nlia,anna\nlia,anna\nlia,ugo\n", TIES, direction="as-listed")
    told = "rows that name a tie once more and were added up as its weight: 1"
    assert told in map(str, drafts.preview.notes)
    assert [tie.weight for tie in drafts.rows] == [1.0, 1.0, 1.0]


def test_following_somebody_twice_is_following_once():
    drafts = read("follower,followed\nlia,anna\nlia,anna\n", TIES, direction="reversed")
    assert "rows that name a tie once more, which was taken once: 1" in map(str, drafts.preview.notes)
    assert {tie.weight for tie in drafts.rows} == {None}


def test_the_sheets_of_a_workbook_are_offered_and_an_empty_first_one_is_passed_over():
    members = parts()
    members["xl/workbook.xml"] = members["xl/workbook.xml"].replace(
        "<sheets>", '<sheets><sheet name="Cover" sheetId="9" r:id="r9"/>'
    )
    members["xl/_rels/workbook.xml.rels"] = members["xl/_rels/workbook.xml.rels"].replace(
        '<Relationship Id="r1"',
        '<Relationship Id="r9" Type="x/worksheet" Target="worksheets/sheet9.xml"/><Relationship Id="r1"',
    )
    members["xl/worksheets/sheet9.xml"] = "<worksheet><sheetData/></worksheet>"
    preview = inspect_file("b.xlsx", packed(members), PEOPLE)
    assert (preview.sheets, preview.sheet) == (("Cover", "Maggio"), "Maggio")
    assert len(read_drafts("b.xlsx", packed(members), PEOPLE).rows) == 1


def test_other_files_have_no_sheets():
    assert inspect_file("a.csv", b"handle\nlia\n", PEOPLE).sheets == ()
    assert inspect_file("a.xlsx", spreadsheet([["handle"], ["lia"]]), PEOPLE).sheets == ("Sheet",)
