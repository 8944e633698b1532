"""What is true of one file is asked for each: the model of its phones, whose list it is."""

import json

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.services.imports.import_files import ImportOptions, import_file, preview_import
from ambassador.store.tables.devices import Device
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
