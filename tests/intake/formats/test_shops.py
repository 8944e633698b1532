"""Exports of shops: made-up orders under the headings those programs write."""

import pytest

from ambassador.errors import BadInputError
from ambassador.values.money import Money
from ambassador.values.status import ImportKind
from tests.intake.reading import read

OUTCOMES = ImportKind.OUTCOMES


def orders(drafts):
    return [(row.order_id, row.code, row.value) for row in drafts.rows]


def told(drafts):
    return [str(note) for note in drafts.preview.notes]


def taken_back(drafts):
    return [row.order_id for row in drafts.taken_back]


def test_orders_of_woocommerce_analytics_are_in_the_currency_of_their_formatted_column():
    text = (
        "Date,Order #,N. Revenue (formatted),Status,Customer,Customer type,Product(s),Items sold,Coupon(s),"
        "N. Revenue\n"
        "2026-03-01 10:00:00,501,zł1234.50,completed,A,new,3x Case,3,ida5,1234.5\n"
        '2026-03-01 11:00:00,502,zł80.00,processing,B,new,1x Case,1,"ida5, summer",80\n'
        "2026-03-01 12:00:00,503,zł70.00,wc-cancelled,B,new,1x Case,1,ida5,70\n"
    )
    drafts = read(text, OUTCOMES)
    assert orders(drafts) == [
        ("501", "ida5", Money(123_450, "PLN")),
        ("502", "ida5, summer", Money(8_000, "PLN")),
    ]
    assert taken_back(drafts) == ["503"]
    assert "read as: WooCommerce Analytics, orders" in told(drafts)


def test_a_plugins_coupon_cell_holds_the_code_among_other_words():
    text = (
        "order_id,order_number,date,status,order_total,order_currency,coupon_items\n"
        "11,501,2026-03-01,completed,80.00,GBP,code:ida5|description:|amount:8.00\n"
        "12,502,2026-03-01,failed,80.00,GBP,code:ida5|amount:8.00\n"
    )
    drafts = read(text, OUTCOMES)
    assert orders(drafts) == [("501", "ida5", Money(8_000, "GBP"))]


def test_an_order_of_tiendanube_is_one_and_in_its_currency():
    text = (
        "Número de orden;Email;Fecha;Estado de la orden;Estado del pago;Moneda;Total;Cupón de descuento;"
        "Nombre del producto;Cantidad del producto\n"
        "301;a@ex.org;14/03/2026;Abierta;Confirmado;ARS;$12.500,00;IDA5;Funda;2\n"
        "301;a@ex.org;;;;;;;Cable;1\n"
        "302;b@ex.org;14/03/2026;Cancelada;Confirmado;ARS;900,00;IDA5;Funda;1\n"
        "303;b@ex.org;14/03/2026;Abierta;Reintegrado;ARS;900,00;IDA5;Funda;1\n"
    )
    drafts = read(text, OUTCOMES)
    assert orders(drafts) == [("301", "IDA5", Money(1_250_000, "ARS"))]
    assert taken_back(drafts) == ["302", "303"]
    assert "rows that are further lines of an order named before: 1" in told(drafts)


def test_lines_of_an_amazon_order_add_up_also_where_two_are_alike():
    text = (
        "amazon-order-id\tpurchase-date\torder-status\tsku\tquantity\tcurrency\titem-price\tpromotion-ids\n"
        "A-1\t2026-03-01T10:00:00+00:00\tShipped\tC\t1\tEUR\t20.00\tIDA5\n"
        "A-1\t2026-03-01T10:00:00+00:00\tShipped\tD\t1\tEUR\t20.00\tIDA5\n"
        "A-2\t2026-03-01T10:00:00+00:00\tCancelled\tC\t1\tEUR\t20.00\tIDA5\n"
    )
    drafts = read(text, OUTCOMES, name="orders.txt")
    assert orders(drafts) == [("A-1", "IDA5", Money(4_000))]
    assert taken_back(drafts) == ["A-2"]


@pytest.mark.parametrize(
    "header",
    [
        "Bestellnummer;Datum;Gutscheincode;Gesamtbetrag;Währung;Status",
        "N° de commande;Date;Code promo;Montant total;Devise;Statut",
        "Número de pedido;Fecha;Cupón;Importe total;Moneda;Estado",
        "Numero ordine;Data ordine;Codice sconto;Totale ordine;Valuta;Stato",
        "Order no.;Ordered on;Discount codes;Order total;Currency;Order status",
    ],
)
def test_plain_lists_in_five_languages_are_orders_in_their_currency(header):
    text = f"{header}\n5001;14/03/2026;IDA5;80,50;CHF;ok\n5002;14/03/2026;IDA5;10,00;CHF;ok\n"
    drafts = read(text, OUTCOMES)
    assert orders(drafts) == [("5001", "IDA5", Money(8_050, "CHF")), ("5002", "IDA5", Money(1_000, "CHF"))]
    assert [row.happened_on.isoformat() for row in drafts.rows] == ["2026-03-14"] * 2


@pytest.mark.parametrize(
    "state",
    [
        "Refunded", "CANCELLED", "canceled by customer", "Payment failed", "Test", "Annullato", "Rimborsato",
        "Pagamento annullato", "Storniert", "Erstattet", "Remboursé", "Annulée", "Cancelado", "Reembolsado",
        "wc-refunded", "Returned", "Declined", "Voided", "Reso",
    ],
)  # fmt: skip
def test_an_order_that_came_to_nothing_is_left_out_and_told(state):
    drafts = read(f"Order ID,Code,Total,Status\n1,IDA5,20,{state}\n2,IDA5,30,paid\n", OUTCOMES)
    assert [row.order_id for row in drafts.rows] == ["2"]
    assert "orders refunded, cancelled, failed or for a test, left out: 1" in told(drafts)


@pytest.mark.parametrize(
    "state", ["Completed", "partially_refunded", "Partially refunded", "Not cancelled", "ok"]
)
def test_an_order_that_stands_is_kept(state):
    assert len(read(f"Order ID,Code,Total,Status\n1,IDA5,20,{state}\n", OUTCOMES).rows) == 1


def test_a_test_order_says_so_in_a_column_of_its_own():
    drafts = read("Order ID,Code,Total,Test\n1,IDA5,20,true\n2,IDA5,30,false\n", OUTCOMES)
    assert [row.order_id for row in drafts.rows] == ["2"]


@pytest.mark.parametrize("numbers", ["1001 1002 1003", "7 8 9"])
def test_numbers_in_a_row_are_ids_and_no_counts(numbers):
    rows = "".join(f"{one},IDA5,10\n" for one in numbers.split())
    drafts = read(f"Number,Code,Total\n{rows}", OUTCOMES)
    assert [row.quantity for row in drafts.rows] == [1, 1, 1]
    assert [row.order_id for row in drafts.rows] == numbers.split()


def test_counts_under_the_same_heading_stay_counts():
    drafts = read("Number,Code,Total\n4,IDA5,10\n4,UGO5,10\n9,PIA5,10\n", OUTCOMES)
    assert [row.quantity for row in drafts.rows] == [4, 4, 9]


PLAIN = "Name,Financial Status,Discount Code,Total,Currency\n#1,paid,IDA5,20,EUR\n"


def test_a_format_can_be_said_and_says_what_a_file_lacks_for_it():
    assert "read as: Shopify orders" in told(read(PLAIN, OUTCOMES, format="shopify-orders"))
    with pytest.raises(BadInputError, match="it has no column amazon-order-id"):
        read(PLAIN, OUTCOMES, format="amazon-orders")
    with pytest.raises(BadInputError, match="say one of"):
        read(PLAIN, OUTCOMES, format="beans")


def test_counts_by_code_are_counts_however_large_and_in_a_row():
    text = "Discount code,Orders,Revenue\nIDA5,1005,10\nUGO5,1006,10\n"
    assert [row.quantity for row in read(text, OUTCOMES).rows] == [1005, 1006]
    text = "Code,Number,Total\nIDA5,7,10\nUGO5,8,10\n"
    assert [row.quantity for row in read(text, OUTCOMES).rows] == [7, 8]
    text = "Coupon,Usage count,Total sales\nIDA5,12,100\n"
    assert [row.quantity for row in read(text, OUTCOMES).rows] == [12]
