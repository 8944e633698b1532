"""One post is one mention whatever id a file gives it, and its words are the newest whole ones."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.imports.undo_import import undo_import
from ambassador.store.tables.imports import ImportChange
from ambassador.store.tables.mentions import Mention, MentionMetrics, PostAlias
from ambassador.store.tables.people import Account
from ambassador.values.status import ImportKind, MentionKind
from tests.services.brought import bring, counts, rows

MENTIONS, PEOPLE = ImportKind.MENTIONS, ImportKind.PEOPLE
ON_INSTAGRAM = ImportOptions(answers={"platform": "instagram"})
HEAD = "post id,url,author,date,text,likes\n"
BY_NUMBER = (
    HEAD + "17950000000000042,https://www.instagram.com/p/Cq1nAbCdEfG/,nina,2026-05-02T09:00:00Z,Day one,4\n"
)
BY_CODE = HEAD + "Cq1nAbCdEfG,,nina,2026-05-02T09:00:00Z,Day one,9\n"
BY_ADDRESS = (
    HEAD + ",https://www.instagram.com/reel/Cq1nAbCdEfG/?igsh=1,nina,2026-05-02T09:00:00Z,Day one,11\n"
)
BY_NUMBER_ALONE = HEAD + "17950000000000042,,nina,2026-05-02T09:00:00Z,Day one,12\n"
FORMS = {"number": BY_NUMBER, "code": BY_CODE, "address": BY_ADDRESS}


@pytest.mark.parametrize(
    "order", [("number", "code", "address"), ("code", "number", "address"), ("address", "code", "number")]
)
def test_a_post_comes_once_by_number_short_code_and_address(work, order):
    for week, form in enumerate(order):
        bring(work.at(work.now() + timedelta(days=week)), MENTIONS, FORMS[form], ON_INSTAGRAM, f"{form}.csv")
    report = bring(work.at(work.now() + timedelta(days=9)), MENTIONS, BY_NUMBER_ALONE, ON_INSTAGRAM, "z.csv")
    assert counts(report) == (0, 1, 0, 0)
    assert len(rows(work, Mention)) == 1
    assert sorted(one.likes for one in rows(work, MentionMetrics)) == [4, 9, 11, 12]


def test_the_number_of_a_post_is_its_short_code_written_otherwise(work):
    code = HEAD + "DNZCmWE8gAB,,nina,2026-05-02T09:00:00Z,Day one,9\n"
    number = HEAD + "3700000000000000001_88,,nina,2026-05-02T09:00:00Z,Day one,9\n"
    bring(work, MENTIONS, code, ON_INSTAGRAM)
    assert counts(bring(work, MENTIONS, number, ON_INSTAGRAM, "b.csv")) == (0, 0, 1, 0)


def test_an_answer_finds_the_post_by_any_of_its_ids(work):
    bring(work, MENTIONS, BY_NUMBER, ON_INSTAGRAM)
    answers = (
        "post id,author,date,text,in reply to\n"
        "81,ugo,2026-05-02T10:00:00Z,how long?,Cq1nAbCdEfG\n"
        "82,lia,2026-05-02T10:00:00Z,nice,17950000000000042\n"
    )
    bring(work, MENTIONS, answers, ON_INSTAGRAM, "answers.csv")
    post, *others = rows(work, Mention)
    assert [one.parent_observed_id for one in others] == [post.id, post.id]


def test_a_comment_never_takes_the_place_of_the_post_above_it(work):
    bring(work, MENTIONS, BY_CODE, ON_INSTAGRAM)
    comments = (
        "Username,Date,Likes,Comment,Link\n"
        "lia,2026-05-03T09:00:00Z,3,lovely,https://www.instagram.com/p/Cq1nAbCdEfG/c/1790/\n"
        "nina,2026-05-03T09:05:00Z,1,thanks,https://www.instagram.com/p/Cq1nAbCdEfG/c/1790/r/1791/\n"
    )
    assert counts(bring(work, MENTIONS, comments, ON_INSTAGRAM, "comments.csv")) == (2, 0, 0, 0)
    post, comment, reply = rows(work, Mention)
    assert (comment.parent_observed_id, reply.parent_observed_id) == (post.id, comment.id)
    assert {comment.kind, reply.kind} == {MentionKind.COMMENT}
    assert post.url == ""
    assert [one.likes for one in rows(work, MentionMetrics) if one.mention_id == post.id] == [9]


def test_an_address_under_many_ids_is_no_id_of_theirs(work):
    listing = HEAD + "".join(
        f"a{n},https://www.instagram.com/p/Cq1nAbCdEfG/,nina,2026-05-02T09:0{n}:00Z,Take {n},\n"
        for n in range(3)
    )
    assert counts(bring(work, MENTIONS, listing, ON_INSTAGRAM)) == (3, 0, 0, 0)
    assert rows(work, PostAlias) == []


def test_a_post_without_a_platform_joins_the_answer_that_names_it(work):
    bring(work, MENTIONS, "post id,author,date,text\nCq1nAbCdEfG,nina,2026-05-02T09:00:00Z,Day one\n")
    comment = (
        "Username,Date,Comment,Link\nlia,2026-05-03,ok,https://www.instagram.com/p/Cq1nAbCdEfG/c/1790/\n"
    )
    report = bring(work, MENTIONS, comment, name="comments.csv")
    post, answer = rows(work, Mention)
    assert (post.platform, answer.parent_observed_id) == ("instagram", post.id)
    assert {(one.platform, one.handle) for one in rows(work, Account)} == {
        ("instagram", "nina"),
        ("instagram", "lia"),
    }
    undo_import(work, report.batch_id)
    assert [one.platform for one in rows(work, Mention)] == ["unknown"]


def test_posts_follow_their_author_to_the_platform_a_list_states(work):
    bring(work, MENTIONS, "post id,author,date,text\n5,nina,2026-05-02T09:00:00Z,Day one\n")
    bring(work, PEOPLE, "handle,platform\nnina,tiktok\n")
    assert [one.platform for one in rows(work, Mention)] == ["tiktok"]


def test_a_post_that_is_here_as_somebody_elses_is_refused_by_name(work):
    bring(work, MENTIONS, BY_CODE, ON_INSTAGRAM)
    report = bring(work, MENTIONS, BY_CODE.replace("nina", "ugo"), ON_INSTAGRAM, "b.csv")
    assert counts(report) == (0, 0, 0, 1)
    assert "@nina, and of @ugo" in str(report.rejected_rows[0])


def test_edited_words_take_the_place_of_the_earlier_ones_which_are_kept(work):
    bring(work, MENTIONS, BY_CODE, ON_INSTAGRAM)
    edited = BY_CODE.replace("Day one", "Day one #q1")
    report = bring(work.at(work.now() + timedelta(days=2)), MENTIONS, edited, ON_INSTAGRAM, "b.csv")
    assert counts(report) == (0, 1, 0, 0)
    assert [(one.before, one.after) for one in report.changes] == [("Day one", "Day one #q1")]
    assert rows(work, Mention)[0].text == "Day one #q1"
    with work.reading() as session:
        kept = session.exec(select(ImportChange).where(col(ImportChange.table_name) == "mention")).one()
        assert kept.before["from"]["text"] == "Day one"
    undo_import(work, report.batch_id)
    assert rows(work, Mention)[0].text == "Day one"


def test_a_text_cut_short_never_takes_the_place_of_a_whole_one(work):
    bring(work, MENTIONS, BY_CODE.replace("Day one", "Day one with the Q1 in Lecce"), ON_INSTAGRAM)
    cut = BY_CODE.replace("Day one", "Day one with the Q1\u2026").replace(",9", ",10")
    assert counts(bring(work, MENTIONS, cut, ON_INSTAGRAM, "b.csv")) == (0, 1, 0, 0)
    assert rows(work, Mention)[0].text == "Day one with the Q1 in Lecce"


def test_another_time_for_a_post_is_told_and_the_first_stands(work):
    bring(work, MENTIONS, BY_CODE, ON_INSTAGRAM)
    report = bring(work, MENTIONS, BY_CODE.replace("2026-05-02", "2026-04-02"), ON_INSTAGRAM, "b.csv")
    told = [str(note) for note in report.notes if "the first stands" in str(note)]
    (told,) = told
    assert "Cq1nAbCdEfG is of 2026-05-02 09:00+00:00 here and of 2026-04-02 09:00+00:00" in told
