"""A long list of phones is written in pieces, with few questions each: the same comes out."""

import pytest
from sqlalchemy import event

from ambassador.services.imports import pieces, write_rows
from ambassador.services.imports.import_files import import_file
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.store.tables.devices import Device, DeviceEvent
from ambassador.values.status import ImportKind
from tests.services.brought import rows

HEAD = "model,serial,imei,imei 2,colour,cost,currency"
LINES = [
    *(f"Q1,S{n},,,,{200 + n},EUR" for n in range(30)),
    "Q1,s 3,,,blue,,EUR",  # the fourth once more, which now has a colour
    "Q1,S40,352099001761481,,,,",
    "Q1,,35-209900-176148/1,,red,,",  # the same by its IMEI, written with dashes
    "Q1,S5,352099001761481,,,,",  # the serial of one and the IMEI of another
    ",S50,,,,1,EUR",
    "Q2,,,,,1,EUR",
    "Q2,,352099001761482,,,1,EUR",  # no IMEI: its last digit does not fit
]
FILE = "\n".join([HEAD, *LINES]).encode()


def bring(work, text=FILE):
    return import_file(work, ImportKind.DEVICES, "phones.csv", text)


def in_stock(work):
    phones = [
        (one.serial, one.imei1, one.colour, one.cost_minor, str(one.status)) for one in rows(work, Device)
    ]
    return sorted(phones), len(rows(work, DeviceEvent))


def test_phones_in_pieces_are_those_brought_in_one_go(work, monkeypatch):
    report = bring(work)
    whole = in_stock(work)
    assert (report.added, len(whole[0]), whole[1]) == (31, 31, 31)
    assert ("S3", "", "blue", 20_300, "in_stock") in whole[0]
    assert ("S40", "352099001761481", "red", None, "in_stock") in whole[0]
    undo_import(work, list_imports(work)[0].id)
    assert in_stock(work) == ([], 0)
    monkeypatch.setattr(pieces, "AT_ONCE", {ImportKind.DEVICES: 4})
    again = bring(work)
    assert in_stock(work) == whole
    assert (again.added, again.updated, again.duplicates) == (
        report.added,
        report.updated,
        report.duplicates,
    )
    assert again.rejected == report.rejected == 4
    assert bring(work).added == 0


def test_what_goes_wrong_takes_back_the_phones_before_it(work, monkeypatch):
    monkeypatch.setattr(pieces, "AT_ONCE", {ImportKind.DEVICES: 4})
    real, done = write_rows.PUT[ImportKind.DEVICES], []

    def put(*arguments):
        if len(done) == 3:
            raise ValueError("nobody expected this")
        done.append(1)
        return real(*arguments)

    monkeypatch.setitem(write_rows.PUT, ImportKind.DEVICES, put)
    with pytest.raises(ValueError, match="nobody expected this"):
        bring(work)
    assert in_stock(work) == ([], 0)


def test_a_list_of_phones_or_outcomes_asks_nothing_for_each_row(work):
    asked = []

    def note(*told):
        asked.extend([told[2]] if told[2].startswith("SELECT") else [])

    event.listen(work.engine, "before_cursor_execute", note)
    bring(work, "\n".join([HEAD, *(f"Q1,T{n},,,,1,EUR" for n in range(400))]).encode())
    assert len(rows(work, Device)) == 400
    assert len(asked) < 40
    asked.clear()
    lines = [f"order,1,{n},EUR,2026-04-01,C{n}" for n in range(400)]
    text = "\n".join(["kind,quantity,value,currency,date,code", *lines])
    import_file(work, ImportKind.OUTCOMES, "fates.csv", text.encode())
    assert len(asked) < 40
