from datetime import UTC, datetime

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.status import ImportKind, Label, MentionKind
from tests.intake.reading import read, spreadsheet

MENTIONS = ImportKind.MENTIONS


def test_an_export_with_roots_only_keeps_the_parent_unknown():
    text = (
        "post_id,platform,author_handle,created_at,kind,root_id,topic,text\n"
        "p0,stackexchange,u7,2013-06-27T00:00:00Z,original,,t1,\n"
        "p1,stackexchange,u8,2013-06-28T00:00:00Z,repost,p0,t1,\n"
    )
    root, child = read(text, MENTIONS).rows
    assert (root.platform, root.kind, root.root_id) == ("stackexchange", MentionKind.ORIGINAL, "")
    assert (child.kind, child.root_id, child.parent_id) == (MentionKind.REPOST, "p0", "")


def test_an_id_the_spreadsheet_rounded_comes_back_from_the_address():
    text = (
        "Tweet id,Tweet permalink,Tweet text,time,impressions,likes\n"
        '1.23E+18,https://x.com/Lia/status/1234567890123456789,RT @anna: x,2024-03-15 18:42 +0000,"1,200",3\n'
        "1.23E+18,https://x.com/Lia,x,2024-03-15 18:42 +0000,1,\n"
    )
    drafts = read(text, MENTIONS)
    mention = drafts.rows[0]
    assert (mention.platform, mention.post_id, mention.author) == ("x", "1234567890123456789", "lia")
    assert (mention.kind, mention.parent_author) == (MentionKind.REPOST, "anna")
    assert (mention.metrics.views, mention.metrics.likes) == (1_200, 3)
    assert drafts.rejected[0].line == 3


def test_a_long_number_in_a_sheet_is_never_taken_for_an_id():
    data = spreadsheet([["post id", "autore", "data"], [1.23456789012346e18, "lia", datetime(2024, 3, 1)]])  # noqa: DTZ001
    drafts = read(data, MENTIONS, name="m.xlsx")
    assert not drafts.rows
    assert drafts.rejected[0].column == "post id"


def test_a_long_id_in_json_is_exact():
    text = '[{"id": 1234567890123456789, "author": "lia", "created_at": "2024-03-01T10:00:00Z"}]'
    assert read(text, MENTIONS, name="m.json").rows[0].post_id == "1234567890123456789"


def test_day_or_month_first_is_asked_only_when_no_row_decides():
    head = "data;autore;testo;link\n"
    open_row = "03/04/2024 18:00;@lia;ciao;https://www.instagram.com/p/C1/\n"
    with pytest.raises(AnswerNeededError, match="line 2 says 03/04/2024 18:00") as caught:
        read(head + open_row, MENTIONS)
    assert caught.value.questions[0].kind is QuestionKind.DAY_FIRST
    decided = read(head + open_row + "25/04/2024;@anna;;https://www.instagram.com/p/C2/\n", MENTIONS)
    assert decided.rows[0].created_at == datetime(2024, 4, 3, 18, tzinfo=UTC)
    told = read(head + open_row, MENTIONS, day_first="month-first")
    assert told.rows[0].created_at == datetime(2024, 3, 4, 18, tzinfo=UTC)


def test_instants_without_a_zone_are_read_in_the_given_one_and_told():
    text = "created_at,author,url\n2024-07-01 18:00,lia,https://x.com/lia/status/1\n"
    drafts = read(text, MENTIONS, zone="Europe/Rome")
    assert drafts.rows[0].created_at == datetime(2024, 7, 1, 16, tzinfo=UTC)
    assert drafts.preview.mapping.answers["time_zone"] == "Europe/Rome"


def test_italian_names_of_columns_and_kinds():
    text = (
        "Data pubblicazione;Autore;Testo;Link;Tipo;Mi piace;Commenti;Condivisioni;Visualizzazioni;Etichetta\n"
        "2024-03-15 18:42Z;@lia;no;https://tiktok.com/@lia/video/73;Commento;1.200;3;N/D;1,2 mln;Reclamo\n"
    )
    mention = read(text, MENTIONS).rows[0]
    assert (mention.platform, mention.post_id, mention.kind) == ("tiktok", "73", MentionKind.COMMENT)
    assert mention.metrics.likes == 1_200
    assert mention.metrics.reposts is None
    assert mention.metrics.views == 1_200_000
    assert mention.labels == (Label.COMPLAINT,)


def test_parents_and_roots_are_kept_apart_and_a_post_is_not_its_own():
    text = (
        "id,author,created_at,in_reply_to_status_id,conversation_id,platform\n"
        "1,lia,2024-03-15T10:00:00Z,,1,x\n"
        "2,anna,2024-03-15T11:00:00Z,1,1,x\n"
    )
    root, reply = read(text, MENTIONS).rows
    assert (root.kind, root.root_id) == (MentionKind.ORIGINAL, "")
    assert (reply.kind, reply.parent_id, reply.root_id) == (MentionKind.REPLY, "1", "1")


def test_a_post_without_id_or_address_gets_the_same_key_every_time():
    text = "author,created_at,text,platform\nlia,2024-03-15T10:00:00Z,storia,instagram\n"
    first, again = read(text, MENTIONS).rows[0], read(text, MENTIONS).rows[0]
    assert first.post_id == again.post_id
    assert first.post_id


@pytest.mark.parametrize(
    ("row", "column"),
    [("1,,2024-03-15T10:00:00Z", "author"), ("1,lia,", "created_at"), ("1,lia,31/02/2024", "created_at")],
)
def test_a_row_without_author_or_date_is_refused(row, column):
    drafts = read(f"post_id,author,created_at\n{row}\n2,anna,2024-03-15T10:00:00Z\n", MENTIONS)
    assert [(bad.line, bad.column) for bad in drafts.rejected] == [(2, column)]
    assert len(drafts.rows) == 1
