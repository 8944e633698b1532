"""What an import tells beside its counts: columns not used, one e-mail on two people, ties that add up."""

import pytest

from ambassador.services.imports.import_files import ImportOptions, preview_import
from ambassador.store.tables.devices import Device
from ambassador.store.tables.network import Tie
from ambassador.store.tables.people import Account
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows

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
