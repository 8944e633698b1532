"""Courier files move parcels; outcomes by code are logged once."""

from datetime import UTC, datetime, timedelta

import pytest

from ambassador.errors import ConflictError
from ambassador.services.devices.devices import deliver_device, reserve_device
from ambassador.services.imports.import_files import ImportOptions
from ambassador.services.imports.undo_import import undo_import
from ambassador.store.tables.campaigns import Ambassador
from ambassador.store.tables.devices import Custody, Device
from ambassador.store.tables.records import Outcome
from ambassador.values.status import CustodyEnd, DeviceStatus, ImportKind, OutcomeKind
from tests.services.brought import bring, counts, rows
from tests.services.launch import add_launch, add_phones, invite

COURIER, OUTCOMES = ImportKind.COURIER, ImportKind.OUTCOMES


@pytest.fixture
def parcels(work):
    """Give the references of two reserved phones, for Lia Rossi and Anna Bianchi."""
    campaign = add_launch(work)
    add_phones(work, 2)
    people = invite(work, campaign, "Lia Rossi", "Anna Bianchi")
    return [reserve_device(work, one).reference for one in people]


def states(work):
    return [device.status for device in rows(work, Device)]


def test_each_line_moves_one_parcel_by_our_reference_or_the_recipient(work, parcels):
    text = (
        "Riferimento;Destinatario;Esito;Data;LDV;Corriere\n"
        f"{parcels[0]};;CONSEGNATA;2026-05-02 10:00Z;X1;GLS\n"
        ";ANNA BIANCHI;In consegna;2026-05-02 11:00Z;X2;GLS\n"
        "nessuno;;Consegnato;2026-05-02 11:00Z;;\n"
    )
    report = bring(work, COURIER, text)
    assert counts(report) == (0, 2, 0, 1)
    assert report.rejected_rows[0].line == 4
    assert states(work) == [DeviceStatus.DELIVERED, DeviceStatus.SHIPPED]
    first = rows(work, Custody)[0]
    assert (first.tracking, first.courier) == ("X1", "GLS")
    assert first.delivered_at == datetime(2026, 5, 2, 10, tzinfo=UTC)


def test_the_same_courier_file_twice_moves_nothing(work, parcels):
    text = f"Riferimento;Esito\n{parcels[0]};Consegnato\n{parcels[1]};Spedito\n"
    bring(work, COURIER, text)
    assert counts(bring(work, COURIER, text)) == (0, 0, 2, 0)


def test_a_late_line_does_not_move_a_parcel_back(work, parcels):
    bring(work, COURIER, f"Riferimento;Esito\n{parcels[0]};Consegnato\n")
    assert counts(bring(work, COURIER, f"Riferimento;Esito\n{parcels[0]};Spedito\n")) == (0, 0, 1, 0)
    assert states(work)[0] is DeviceStatus.DELIVERED


def test_lost_and_returned_parcels_end_their_custody(work, parcels):
    text = f"Riferimento;Esito;Data\n{parcels[0]};Spedito;2026-05-01\n{parcels[0]};Smarrito;2026-05-03\n"
    report = bring(
        work, COURIER, text + f"{parcels[1]};Reso al mittente;2026-05-02\n{parcels[1]};Spedito;2026-05-01\n"
    )
    assert report.rejected == 0
    assert states(work) == [DeviceStatus.LOST, DeviceStatus.IN_STOCK]
    assert [one.ended_as for one in rows(work, Custody)] == [CustodyEnd.LOST, CustodyEnd.RETURNED]


def test_a_courier_file_can_be_undone_until_a_parcel_moves_on(work, parcels):
    report = bring(work, COURIER, f"Riferimento;Esito\n{parcels[0]};Spedito\n")
    undo_import(work, report.batch_id)
    assert states(work)[0] is DeviceStatus.RESERVED
    assert rows(work, Custody)[0].shipped_at is None
    again = bring(work, COURIER, f"Riferimento;Esito\n{parcels[0]};Spedito\n")
    deliver_device(work, rows(work, Custody)[0].id)
    with pytest.raises(ConflictError, match="has moved on since"):
        undo_import(work, again.batch_id)


@pytest.fixture
def carriers(work):
    """Give the number of a campaign in which Lia carries the code LIA10."""
    campaign = add_launch(work)
    lia, _ = invite(work, campaign, "Lia Rossi", "Anna Bianchi")
    with work.writing() as session:
        session.get(Ambassador, lia).code = "LIA10"
    return campaign


def test_orders_by_code_belong_to_whoever_carries_the_code(work, carriers):
    report = bring(work, OUTCOMES, "Codice;Ordini;Valore\nlia10;12;1.200,50 €\nALTRO;3;\n")
    assert counts(report) == (1, 0, 0, 1)
    outcome = rows(work, Outcome)[0]
    assert (outcome.kind, outcome.quantity, outcome.value_minor) == (OutcomeKind.ORDERS, 12, 120_050)
    assert (outcome.campaign_id, outcome.ambassador_id is not None) == (carriers, True)


def test_orders_twice_add_nothing_and_later_totals_update(work, carriers):
    options = ImportOptions(campaign_id=carriers)
    text = "Codice;Ordini;Valore\nLIA10;12;100 €\n"
    bring(work, OUTCOMES, text, options)
    assert counts(bring(work, OUTCOMES, text, options)) == (0, 0, 1, 0)
    later = work.at(work.now() + timedelta(days=7))
    assert counts(bring(later, OUTCOMES, text.replace(";12;", ";15;"), options, name="b.csv")) == (0, 1, 0, 0)
    assert [outcome.quantity for outcome in rows(work, Outcome)] == [15]


def test_two_equal_orders_of_one_day_are_two_orders(work, carriers):
    text = "order date,discount code,amount\n2026-05-01,LIA10,100\n2026-05-01,LIA10,100\n"
    assert counts(bring(work, OUTCOMES, text)) == (2, 0, 0, 0)
    assert counts(bring(work, OUTCOMES, text)) == (0, 0, 2, 0)


def test_an_outcome_of_tomorrow_is_refused(work, carriers):
    report = bring(work, OUTCOMES, "code,orders,date\nLIA10,1,2030-01-01\n")
    assert counts(report) == (0, 0, 0, 1)


def test_a_phone_with_a_row_for_each_of_its_imeis_is_one_phone(work):
    text = (
        "Model,Serial,IMEI\nQ1,S1,490154203237518\nQ1,S1,356938035643809\nQ1,S2,351234560010019\n"
        "Q1,S1,356938035643809\n"
    )
    report = bring(work, ImportKind.DEVICES, text)
    assert (report.added, report.rejected) == (2, 0)
    assert [(one.serial, one.imei1, one.imei2) for one in rows(work, Device)] == [
        ("S1", "490154203237518", "356938035643809"),
        ("S2", "351234560010019", ""),
    ]
    assert report.rows == report.added + report.updated + report.known + report.merged + report.rejected
    assert counts(bring(work, ImportKind.DEVICES, text))[0] == 0
    assert len(rows(work, Device)) == 2


def test_another_imei_for_a_phone_of_an_earlier_file_is_refused_and_a_third_one_too(work):
    bring(work, ImportKind.DEVICES, "Model,Serial,IMEI\nQ1,S1,490154203237518\n")
    later = bring(work, ImportKind.DEVICES, "Model,Serial,IMEI\nQ1,S1,356938035643809\n")
    assert later.rejected == 1
    text = "Model,Serial,IMEI\nQ1,S3,490154203237526\nQ1,S3,351234560010027\nQ1,S3,351234560010035\n"
    assert bring(work, ImportKind.DEVICES, text).rejected == 1
