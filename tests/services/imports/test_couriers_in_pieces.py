"""A courier's long file moves parcels piece by piece, in the order of what happened: the same comes out."""

import pytest

from ambassador.services.devices.devices import reserve_device
from ambassador.services.imports import pieces, write_rows
from ambassador.services.imports.undo_import import list_imports, undo_import
from ambassador.store.tables.devices import Custody, Device, DeviceEvent
from ambassador.values.status import ImportKind
from tests.services.brought import bring, counts, rows
from tests.services.launch import add_launch, add_phones, invite

NAMES = ("Lia Rossi", "Anna Bianchi", "Ugo Neri", "Ida Moro")


@pytest.fixture
def text(work):
    """Give what a courier says of four parcels, the last first, one of nobody's and one without a date."""
    campaign = add_launch(work)
    add_phones(work, len(NAMES))
    lia, anna, ugo, ida = (reserve_device(work, one).reference for one in invite(work, campaign, *NAMES))
    lines = [
        f"{ida};consegnato;",
        f"{ugo};reso al mittente;2026-05-04 10:00Z",
        f"{lia};consegnato;2026-05-03 10:00Z",
        "Q9-0001;spedito;2026-05-02 09:00Z",
        f"{ugo};spedito;2026-05-02 10:00Z",
        f"{anna};spedito;2026-05-01 12:00Z",
        f"{lia};spedito;2026-05-01 10:00Z",
    ]
    return "\n".join(["Riferimento;Esito;Data", *lines]) + "\n"


def stands(work):
    parcels = [
        (one.shipped_at, one.delivered_at, str(one.ended_as or ""), one.ended_at)
        for one in rows(work, Custody)
    ]
    moves = sorted((one.device_id, str(one.to_status)) for one in rows(work, DeviceEvent))
    return parcels, [str(one.status) for one in rows(work, Device)], moves


@pytest.mark.parametrize("size", [1, 2, 3])
def test_parcels_moved_in_pieces_are_where_one_go_puts_them(work, text, monkeypatch, size):
    before = stands(work)
    at = work.now()
    report = bring(work.at(at), ImportKind.COURIER, text)
    whole = stands(work)
    assert counts(report) == (0, 6, 0, 1)
    assert whole[1] == ["delivered", "shipped", "in_stock", "delivered"]
    undo_import(work, list_imports(work)[0].id)
    assert stands(work)[:2] == before[:2]
    monkeypatch.setattr(pieces, "AT_ONCE", {ImportKind.COURIER: size})
    again = bring(work.at(at), ImportKind.COURIER, text)
    assert (counts(again), stands(work)[:2]) == (counts(report), whole[:2])
    assert again.rejected_rows[0].line == 5
    undo_import(work, list_imports(work)[0].id)
    assert stands(work)[:2] == before[:2]


def test_what_goes_wrong_takes_back_the_parcels_before_it(work, text, monkeypatch):
    before = stands(work)[:2]
    monkeypatch.setattr(pieces, "AT_ONCE", {ImportKind.COURIER: 2})
    real, done = write_rows.PUT[ImportKind.COURIER], []

    def put(*arguments):
        if len(done) == 2:
            raise ValueError("nobody expected this")
        done.append(1)
        return real(*arguments)

    monkeypatch.setitem(write_rows.PUT, ImportKind.COURIER, put)
    with pytest.raises(ValueError, match="nobody expected this"):
        bring(work, ImportKind.COURIER, text)
    assert stands(work)[:2] == before
