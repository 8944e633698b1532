"""Shops, couriers and device managers: made-up files under the headings those programs write."""

import pytest

from ambassador.values.money import Money
from ambassador.values.status import ImportKind
from tests.intake.reading import read

OUTCOMES, COURIER, DEVICES, PEOPLE = (
    ImportKind.OUTCOMES,
    ImportKind.COURIER,
    ImportKind.DEVICES,
    ImportKind.PEOPLE,
)
SHOP = (
    "Name,Email,Financial Status,Currency,Total,Discount Code,Created at,Lineitem quantity,Lineitem name,"
    "Cancelled at\n"
    "#71,a@ex.org,paid,TRY,1250.50,IDA5,2026-03-01 10:00:00 +0300,4,Case,\n"
    "#71,a@ex.org,,,,,2026-03-01 10:00:00 +0300,2,Cable,\n"
    "#72,b@ex.org,refunded,TRY,900.00,IDA5,2026-03-02 10:00:00 +0300,1,Case,\n"
    "#73,c@ex.org,paid,TRY,80.00,IDA5,2026-03-02 11:00:00 +0300,1,Case,2026-03-03 10:00:00 +0300\n"
    "#74,d@ex.org,paid,TRY,50.00,,2026-03-02 12:00:00 +0300,3,Case,\n"
)


def told(drafts):
    return [str(note) for note in drafts.preview.notes]


def test_an_order_is_one_whatever_its_lines_and_keeps_its_currency():
    drafts = read(SHOP, OUTCOMES)
    assert [(row.order_id, row.quantity, row.value) for row in drafts.rows] == [
        ("#71", 1, Money(125_050, "TRY")),
        ("#74", 1, Money(5_000, "TRY")),
    ]
    assert drafts.left_out == 3
    assert "orders refunded, cancelled, failed or for a test, left out: 2" in told(drafts)
    assert "rows that are further lines of an order named before: 1" in told(drafts)


@pytest.mark.parametrize("header", ["Order number", "Numero ordine", "Order ID", "N. ordine", "Order no."])
def test_an_order_number_is_no_count(header):
    text = f"{header},Date,Discount code,Total\n5001,2026-03-01,IDA5,20\n5002,2026-03-01,IDA5,30\n"
    rows = read(text, OUTCOMES).rows
    assert [(row.order_id, row.quantity) for row in rows] == [("5001", 1), ("5002", 1)]


@pytest.mark.parametrize("header", ["House number", "Numero civico", "Phone number", "Street number"])
def test_other_numbers_are_no_count_either(header):
    text = f"Discount code,{header},Total\nIDA5,82,20\nIDA5,405,30\n"
    drafts = read(text, OUTCOMES)
    assert [row.quantity for row in drafts.rows] == [1, 1]
    assert header not in drafts.preview.mapping.columns.values()


def test_a_count_of_orders_is_still_one():
    (row,) = read("Codice;Numero ordini;Valore\nIDA5;12;300\n", OUTCOMES).rows
    assert (row.quantity, row.order_id) == (12, "")


def test_line_items_with_values_of_their_own_add_up():
    text = "Order ID,Discount code,Total\n1,IDA5,20\n1,IDA5,15\n2,IDA5,9\n2,IDA5,9\n"
    rows = read(text, OUTCOMES).rows
    assert [row.value for row in rows] == [Money(3_500), Money(900)]


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Signature missing", "shipped"),
        ("Missing address", "shipped"),
        ("Not yet delivered", "shipped"),
        ("Non ancora consegnata", "shipped"),
        ("To be delivered", "shipped"),
        ("With delivery courier", "shipped"),
        ("Shipment on hold", "shipped"),
        ("Destinatario assente", "shipped"),
        ("Zugestellt", "delivered"),
        ("Noch nicht zugestellt", "shipped"),
        ("Livré", "delivered"),
        ("Entregado", "delivered"),
        ("No entregado", "shipped"),
        ("Parcel missing", "lost"),
        ("Returned to sender", "returned"),
    ],
)
def test_what_couriers_deny_has_not_happened(word, status):
    (row,) = read(f"Reference,Status\nR-1,{word}\n", COURIER).rows
    assert row.status == status


def test_the_date_is_that_of_the_event():
    text = (
        "Waybill,Shipment date,Shipper reference,Receiver contact,Status,Status date\n"
        "7,2026-03-01,R-1,Ida Moro,Delivered,2026-03-04 11:20:00\n"
    )
    (row,) = read(text, COURIER).rows
    assert (row.happened_at.day, row.recipient) == (4, "Ida Moro")
    (row,) = read(
        "Riferimento;Data spedizione;Esito;Data stato\nR-1;2026-03-01;Consegnato;2026-03-04\n", COURIER
    ).rows
    assert row.happened_at.day == 4


def test_a_report_of_devices_keeps_both_imeis_and_minds_no_long_number():
    text = (
        "Display Name,Asset Tag,Serial Number,Wi-Fi MAC Address,Model,IMEI,IMEI2,ICCID,Purchase Price\n"
        "ida-q1,T-1,SER1,AA:BB,Q1,490154203237518,356938035643809,8939000000000000017,€410.00\n"
    )
    (row,) = read(text, DEVICES).rows
    assert (row.imei1, row.imei2, row.cost) == ("490154203237518", "356938035643809", Money(41_000))


@pytest.mark.parametrize(
    ("header", "row", "reference", "status", "day"),
    [
        (
            "Tracking Number,Reference Number(s),Ship To Name,Status,Shipped On,Date Delivered",
            "1Z,R-1,Ida Moro,Delivered,2026-03-01,2026-03-04",
            "R-1",
            "delivered",
            4,
        ),
        (
            "Numero spedizione;Riferimento cliente;Destinatario;Data partenza;Esito;Data esito",
            "G1;R-1;Ida Moro;2026-03-01;Destinatario assente;2026-03-03",
            "R-1",
            "shipped",
            3,
        ),
        (
            "Rif. mittente alfabetico;Destinatario;Data;Data evento;Evento;Segnacollo",
            "R-1;Ida Moro;2026-03-01;2026-03-05;CONSEGNATA;B9",
            "R-1",
            "delivered",
            5,
        ),
        (
            "LDV;Destinatario;Riferimento;Data spedizione;Stato;Data stato",
            "P9;Ida Moro;R-1;2026-03-01;In lavorazione presso il centro;2026-03-02",
            "R-1",
            "shipped",
            2,
        ),
        (
            "Paketscheinnummer;Referenz 1;Empfänger;Status;Scandatum",
            "D9;R-1;Ida Moro;Im Paketshop abholbereit;2026-03-06",
            "R-1",
            "shipped",
            6,
        ),
    ],
)
def test_each_courier_tells_what_happened_and_when(header, row, reference, status, day):
    (found,) = read(f"{header}\n{row}\n", COURIER).rows
    assert (found.reference, found.recipient) == (reference, "Ida Moro")
    assert (found.status, found.happened_at.day) == (status, day)


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Colis distribué", "delivered"),
        ("En cours d'acheminement", "shipped"),
        ("Avis de passage déposé", "shipped"),
        ("Retour à l'expéditeur", "returned"),
        ("Annahme verweigert", "returned"),
        ("Empfänger nicht angetroffen", "shipped"),
        ("Ausgeliefert", "delivered"),
        ("Destinatario ausente", "shipped"),
        ("En tránsito", "shipped"),
        ("Rechazado por el destinatario", "returned"),
        ("Perdido", "lost"),
    ],
)
def test_couriers_words_in_five_languages(word, status):
    (row,) = read(f"Reference,Status\nR-1,{word}\n", COURIER).rows
    assert row.status == status


def test_what_was_paid_back_comes_off_the_order():
    text = (
        "id,Amount,Amount Refunded,Currency,Status,Created (UTC),Coupon\n"
        "pi_1,80.00,0.00,usd,Paid,2026-03-01 10:00,IDA5\n"
        "pi_2,80.00,30.00,usd,Paid,2026-03-01 11:00,IDA5\n"
        "pi_3,80.00,80.00,usd,Refunded,2026-03-01 12:00,IDA5\n"
        "pi_4,80.00,0.00,usd,Failed,2026-03-01 12:00,IDA5\n"
    )
    drafts = read(text, OUTCOMES)
    assert [(row.order_id, row.value) for row in drafts.rows] == [
        ("pi_1", Money(8_000, "USD")),
        ("pi_2", Money(5_000, "USD")),
    ]
    assert [row.order_id for row in drafts.taken_back] == ["pi_3", "pi_4"]


@pytest.mark.parametrize("value", ["-20", "\u221220.00", "-€ 20", "€ -20", "(20)"])
def test_a_correction_is_below_zero(value):
    (row,) = read(f"Code,Order ID,Total\nIDA5,7,{value}\n", OUTCOMES).rows
    assert (row.quantity, row.value) == (-1, Money(-2_000))


def test_corrections_of_counts_are_below_zero():
    (row,) = read("Codice;Numero ordini;Valore\nIDA5;-3;-150\n", OUTCOMES).rows
    assert (row.quantity, row.value) == (-3, Money(-15_000))


@pytest.mark.parametrize("kind", [PEOPLE, DEVICES, OUTCOMES])
def test_a_long_number_refuses_no_file(kind):
    text = "handle,serial,code,some id\nida,S1,IDA5,1786543210987654321\nugo,S2,IDA5,1786543210987654322\n"
    assert len(read(text, kind, model="Q1").rows) == 2


def test_numbers_kept_as_text_for_a_spreadsheet_are_read():
    text = "serial;imei1;imei2\n=\"0012\";'490154203237518;'356938035643809\n"
    (row,) = read(text, DEVICES, model="Q1").rows
    assert (row.serial, row.imei1, row.imei2) == ("0012", "490154203237518", "356938035643809")


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("Not lost", "shipped"),
        ("Empfänger abwesend", "shipped"),
        ("Rücksendung an Absender", "returned"),
        ("Redelivery scheduled", "shipped"),
        ("Delivered to agent for final delivery", "shipped"),
        ("Delivered to sender", "returned"),
        ("On FedEx vehicle for delivery", "shipped"),
        ("Giacenza aperta", "shipped"),
        ("In dogana", "shipped"),
        ("ready_to_pickup", "shipped"),
        ("taken_by_courier", "shipped"),
        ("Gotowa do odbioru", "shipped"),
        ("Wydana do doręczenia", "shipped"),
        ("Odebrana", "delivered"),
        ("Doręczona", "delivered"),
        ("Nie doręczono", "shipped"),
        ("Zwrot do nadawcy", "returned"),
        ("pre_transit", "shipped"),
        ("FAILURE", "shipped"),
    ],
)
def test_words_of_parcel_lockers_and_of_programs_that_ship(word, status):
    (row,) = read(f"Reference,Status\nR-1,{word}\n", COURIER).rows
    assert row.status == status


def test_shippo_and_inpost_date_what_happened():
    text = (
        "Order Number,Order Date,Recipient Name,Tracking Number,Tracking Status,Tracking Status Date,Carrier,"
        "Service Level,Shipment Date\n"
        "R-1,2026-03-01,Ida Moro,9400,TRANSIT,2026-03-03 10:00,USPS,Priority,2026-03-01\n"
    )
    drafts = read(text, COURIER)
    (row,) = drafts.rows
    assert (row.reference, row.recipient, row.courier, row.status, row.happened_at.day) == (
        "R-1",
        "Ida Moro",
        "USPS",
        "shipped",
        3,
    )
    assert "read as: Shippo, shipments" in told(drafts)
    text = (
        "Numer przesyłki;Odbiorca;Status;Punkt docelowy;Referencje;Data statusu\n"
        "6200;Ida Moro;Odebrana;WAW01;R-1;2026-03-25 10:00\n"
    )
    (row,) = read(text, COURIER).rows
    assert (row.reference, row.status, row.happened_at.day) == ("R-1", "delivered", 25)


def test_supplier_lists_say_what_of_a_phone_is_not_kept():
    text = (
        "Asset tag,Serial,IMEI 1,IMEI 2,ICCID,Storage,Warranty,Model\n"
        "T-1,S1,490154203237518,356938035643809,8939000000000000017,128GB,24 months,Q1\n"
    )
    drafts = read(text, DEVICES)
    assert [(row.serial, row.imei1, row.imei2) for row in drafts.rows] == [
        ("S1", "490154203237518", "356938035643809")
    ]
    assert "columns not used: Asset tag, ICCID, Storage, Warranty" in told(drafts)
