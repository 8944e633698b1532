"""What is true of one file is asked for each: the model of phones, whose list it is; whose posts, once."""

import json

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.services.imports.import_files import ImportOptions, import_file, preview_import
from ambassador.store.tables.devices import Device
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows

PHONES = "serial,colour\nSN1,black\nSN2,blue\n"
MODEL = ImportOptions(answers={"model": "Brezza Q1"})


def test_the_model_of_phones_is_asked_and_never_taken_from_the_name_of_the_file(work):
    with pytest.raises(AnswerNeededError, match="no column names the model"):
        import_file(work, ImportKind.DEVICES, "Brezza Q1.csv", PHONES.encode())
    report = import_file(work, ImportKind.DEVICES, "may.csv", PHONES.encode(), MODEL)
    assert (counts(report), {one.model for one in rows(work, Device)}) == ((2, 0, 0, 0), {"Brezza Q1"})
    assert "model taken, where the file names none: Brezza Q1" in map(str, report.notes)


def test_the_next_list_of_phones_is_asked_again(work):
    bring(work, ImportKind.DEVICES, PHONES, MODEL)
    preview = preview_import(work, ImportKind.DEVICES, "june.csv", b"serial,colour\nSN3,red\n")
    assert [one.kind for one in preview.open_questions] == ["model"]


def test_a_new_phone_without_a_model_is_refused_and_a_known_one_completed(work):
    bring(work, ImportKind.DEVICES, PHONES, MODEL)
    report = bring(work, ImportKind.DEVICES, "serial,model,cost\nSN1,,300\nSN9,,300\n")
    assert counts(report) == (0, 1, 0, 1)
    assert str(report.rejected_rows[0]) == "the row names no model: say which phone it is"


def entries(*handles):
    return [
        {"title": "", "media_list_data": [], "string_list_data": [{"href": "", "value": one, "timestamp": 1}]}
        for one in handles
    ]


@pytest.mark.parametrize(
    ("document", "ties"),
    [
        (entries("zoe", "ada"), {("nina", "zoe"), ("nina", "ada")}),
        ({"relationships_following": entries("zoe", "ada")}, {("zoe", "nina"), ("ada", "nina")}),
    ],
)
def test_a_list_of_followers_becomes_ties_once_it_is_said_whose_it_is(work, document, ties):
    data = json.dumps(document).encode()
    preview = preview_import(work, ImportKind.TIES, "list.json", data)
    assert [str(one) for one in preview.open_questions] == [
        "whose list is this: who is followed by these people, or follows them?"
    ]
    report = import_file(work, ImportKind.TIES, "list.json", data, ImportOptions(answers={"author": "@Nina"}))
    names = {one.id: one.handle for one in rows(work, Account)}
    assert counts(report) == (2, 0, 0, 0)
    assert {(names[tie.source_id], names[tie.target_id]) for tie in rows(work, Tie)} == ties
    assert "the list is of: @Nina" in map(str, report.notes)
    again = preview_import(work, ImportKind.TIES, "next.json", data)
    assert [one.kind for one in again.open_questions] == ["author"]


POSTS_OF_ONE = "id,timestamp,media_type,caption,like_count,permalink\n"
POST = "{0},2026-03-0{0}T08:00:00+0000,IMAGE,hello,5,https://www.instagram.com/p/Xyz{0}/\n"


def test_whose_posts_a_file_has_is_remembered_for_its_layout_and_can_be_changed(work):
    posts = ImportKind.MENTIONS
    first = POSTS_OF_ONE + POST.format(1)
    asked = preview_import(work, posts, "a.csv", first.encode()).open_questions
    assert [one.kind for one in asked] == ["author"]
    import_file(work, posts, "a.csv", first.encode(), ImportOptions(answers={"author": "@Ida"}))
    second = (POSTS_OF_ONE + POST.format(2)).encode()
    again = preview_import(work, posts, "b.csv", second)
    assert again.open_questions == ()
    assert "posts of: @Ida, as in the last file of this layout" in map(str, again.notes)
    report = import_file(work, posts, "b.csv", second)
    assert "posts of: @Ida, as in the last file of this layout" in map(str, report.notes)
    third = (POSTS_OF_ONE + POST.format(3)).encode()
    report = import_file(work, posts, "c.csv", third, ImportOptions(answers={"author": "ugo"}))
    assert "posts of: ugo" in map(str, report.notes)
    assert preview_import(work, posts, "d.csv", third).mapping.answers["author"] == "ugo"
    handles = {one.id: one.handle for one in rows(work, Account)}
    assert [handles[one.account_id] for one in rows(work, Mention)] == ["ida", "ida", "ugo"]
