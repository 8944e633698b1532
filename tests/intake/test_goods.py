from datetime import UTC, date, datetime

import pytest

from ambassador.errors import AnswerNeededError
from ambassador.values.money import Money
from ambassador.values.status import ImportKind, OutcomeKind
from tests.intake.reading import read, spreadsheet

DEVICES, COURIER, OUTCOMES = ImportKind.DEVICES, ImportKind.COURIER, ImportKind.OUTCOMES


def test_devices_with_one_and_two_imeis():
    text = (
        "Modello;Seriale;IMEI 1;IMEI 2;Colore;Costo\n"
        "Q1;SN1;490154203237518;35-693803-564380-9;nero;599,90 €\n"
        "Q1;SN4;490154203237518 / 356938035643809;;;1.099\n"
    )
    first, second = read(text, DEVICES).rows
    assert (first.imei1, first.imei2, first.cost) == ("490154203237518", "356938035643809", Money(59_990))
    assert (second.imei1, second.imei2, second.cost) == ("490154203237518", "356938035643809", Money(109_900))


def test_bad_imeis_are_refused_by_name():
    text = (
        "model,serial,imei,imei 2\nQ1,S1,490154203237519,\nQ1,S2,123,\nQ1,S3,4.90154E+14,\nQ1,,,\n"
        "Q1,S5,490154203237518,490154203237518\n"
    )
    rejected = read(text, DEVICES).rejected
    assert [row.line for row in rejected] == [2, 3, 4, 5, 6]
    assert "check digit" in str(rejected[0])
    assert "15 digits" in str(rejected[1])
    assert "rounded by a spreadsheet" in str(rejected[2])


def test_numbers_of_a_sheet_are_serials_as_text():
    data = spreadsheet([["Modello", "Matricola", "IMEI"], ["Q1", 12345, 490154203237518]])
    draft = read(data, DEVICES, name="d.xlsx").rows[0]
    assert (draft.serial, draft.imei1) == ("12345", "490154203237518")


def test_a_list_of_imeis_alone_is_recognised_by_its_check_digits():
    assert read("490154203237518\n356938035643809\n", DEVICES, model="Q1").rows[0].imei1 == "490154203237518"


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("CONSEGNATA", "delivered"),
        ("Delivered", "delivered"),
        ("In consegna", "shipped"),
        ("Spedito", "shipped"),
        ("Non consegnato: assente", "shipped"),
        ("Reso al mittente", "returned"),
        ("Returned", "returned"),
        ("Smarrita", "lost"),
        ("LOST", "lost"),
        ("In transito", "shipped"),
    ],
)
def test_couriers_words_become_states(word, status):
    text = f"Riferimento;Destinatario;Esito;Data\nA-1;Lia Rossi;{word};2024-03-12\n"
    draft = read(text, COURIER, zone="Europe/Rome").rows[0]
    assert (draft.reference, draft.status) == ("A-1", status)
    assert draft.happened_at == datetime(2024, 3, 11, 23, tzinfo=UTC)


def test_an_unknown_word_of_the_courier_is_refused():
    drafts = read("Riferimento;Esito\nA-1;boh\nA-2;consegnato\n", COURIER)
    assert [(row.line, row.value) for row in drafts.rejected] == [(2, "boh")]


def test_a_courier_file_needs_a_reference_or_a_recipient():
    with pytest.raises(AnswerNeededError):
        read("Esito;Data\nconsegnato;2024-03-12\n", COURIER)


def test_orders_by_code_with_quantities():
    lia, anna = read("Codice;Ordini;Valore\nLIA10;12;1.200,50 €\nANNA10;;\n", OUTCOMES).rows
    assert (lia.kind, lia.code, lia.quantity, lia.value) == (OutcomeKind.ORDERS, "LIA10", 12, Money(120_050))
    assert anna.quantity is None


def test_a_list_of_single_orders_counts_one_each():
    text = "order date,discount code,amount\n2024-03-01,LIA10,100\n2024-03-01,LIA10,100\n"
    rows = read(text, OUTCOMES).rows
    assert [(row.quantity, row.happened_on) for row in rows] == [(1, date(2024, 3, 1))] * 2


def test_visits_press_and_lessons():
    text = "tipo;codice;numero;nota\nvisite;LIA10;300;\nstampa;;;Corriere\nlezione;;;spedire prima\nboh;;;\n"
    drafts = read(text, OUTCOMES)
    assert [row.kind for row in drafts.rows] == [OutcomeKind.VISITS, OutcomeKind.PRESS, OutcomeKind.LESSON]
    assert drafts.rejected[0].value == "boh"


@pytest.mark.parametrize("header", ["Articolo;Descrizione;Matricola", "Artikel;Bezeichnung;Seriennummer"])
def test_the_description_of_an_article_is_the_model(header):
    (row,) = read(f"{header}\nA-77;Brezza Q1 nero;SER1\n", ImportKind.DEVICES).rows
    assert (row.model, row.serial) == ("Brezza Q1 nero", "SER1")
