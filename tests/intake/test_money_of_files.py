"""In which currency amounts are, how their marks are read: by the file where it says so, else told."""

import pytest

from ambassador.errors import AnswerNeededError, BadInputError
from ambassador.intake.currencies import currency_in, read_currency
from ambassador.intake.reading import ReadingOptions, inspect_file, read_drafts
from ambassador.values.imports.imports import QuestionKind
from ambassador.values.money import Money
from ambassador.values.status import ImportKind
from tests.intake.reading import read

PEOPLE, DEVICES, OUTCOMES = ImportKind.PEOPLE, ImportKind.DEVICES, ImportKind.OUTCOMES


def notes(drafts):
    return [str(note) for note in drafts.preview.notes]


def costs(text, **answers):
    return [row.cost for row in read(text, DEVICES, model="Q1", **answers).rows]


def test_a_list_of_devices_is_in_the_currency_of_its_column():
    text = "serial,cost,currency\nS1,120.250,KWD\nS2,99.90,usd\nS3,80,Euro\n"
    assert costs(text) == [Money(120_250, "KWD"), Money(9_990, "USD"), Money(8_000, "EUR")]
    assert not any("no currency" in one for one in notes(read(text, DEVICES, model="Q1")))


@pytest.mark.parametrize("heading", ["Currency", "Valuta", "Devise", "Währung", "Moneda", "Fee currency"])
def test_fees_are_in_the_currency_of_their_column(heading):
    (row,) = read(f"handle,fee,{heading}\n@ida,300,CHF\n", PEOPLE, platform="x").rows
    assert row.fee == Money(30_000, "CHF")


def test_a_heading_and_a_title_name_the_currency():
    assert costs("serial,Cost (GBP)\nS1,20\n") == [Money(2_000, "GBP")]
    assert costs("Prices in TRY;\nserial;cost\nS1;20\n") == [Money(2_000, "TRY")]


def test_a_sign_that_several_share_is_that_of_the_column():
    assert costs("serial,cost,currency\nS1,$20,CAD\nS2,$20,USD\n") == [
        Money(2_000, "CAD"),
        Money(2_000, "USD"),
    ]
    assert costs("serial,cost\nS1,$20\n") == [Money(2_000, "USD")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("S1,€20,USD", "column of currencies says USD"),
        ("S1,20,Xyz", "is no currency"),
        ("S1,20,", "names no currency, and the file has several"),
    ],
)
def test_an_amount_whose_currency_is_not_clear_is_refused_by_column(row, reason):
    drafts = read(f"serial,cost,currency\n{row}\nS2,10,USD\nS3,10,EUR\n", DEVICES, model="Q1")
    (refused,) = drafts.rejected
    assert refused.line == 2
    assert refused.column in ("cost", "currency")
    assert reason in str(refused)


def test_blank_cells_take_the_one_currency_of_their_column():
    assert costs("serial,cost,currency\nS1,20,BRL\nS2,30,\n") == [Money(2_000, "BRL"), Money(3_000, "BRL")]


def test_where_nothing_names_a_currency_the_usual_one_is_taken_and_told():
    text = b"serial,model,cost\nS1,Q1,20\n"
    usual = ReadingOptions(currency="PLN")
    drafts = read_drafts("d.csv", text, DEVICES, usual)
    assert drafts.rows[0].cost == Money(2_000, "PLN")
    assert "amounts that name no currency were taken as: PLN" in notes(drafts)
    (question,) = [one for one in drafts.preview.questions if one.kind is QuestionKind.CURRENCY]
    assert (question.proposed, question.necessary) == ("PLN", False)
    said = ReadingOptions(currency="PLN", answers={QuestionKind.CURRENCY: "sek"})
    assert read_drafts("d.csv", text, DEVICES, said).rows[0].cost == Money(2_000, "SEK")


def test_a_currency_that_is_none_is_no_answer():
    with pytest.raises(BadInputError, match="is no currency"):
        costs("serial,cost\nS1,20\n", currency="beans")


def test_what_was_only_taken_is_not_remembered_for_the_next_file():
    preview = inspect_file("d.csv", b"serial,model,cost\nS1,Q1,1.234\n", DEVICES)
    assert not {"currency", "decimal"} & set(preview.mapping.answers)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("1.234 KWD", "1.5 KWD"), [Money(1_234, "KWD"), Money(1_500, "KWD")]),
        (("12,500 KWD", "1,234.500 KWD"), [Money(12_500_000, "KWD"), Money(1_234_500, "KWD")]),
        (("1.234", "99,90"), [Money(123_400), Money(9_990)]),
        (("1,234", "99.90"), [Money(123_400), Money(9_990)]),
        (("1.234", "1.500"), [Money(123_400), Money(150_000)]),
        (("1,234 JPY", "500 JPY"), [Money(1_234, "JPY"), Money(500, "JPY")]),
    ],
)
def test_other_amounts_of_the_column_settle_a_mark_with_two_readings(cells, expected):
    rows = "".join(f'S{number},"{cell}"\n' for number, cell in enumerate(cells))
    assert costs(f"serial,cost\n{rows}") == expected


def test_an_open_mark_is_told_and_can_be_overruled():
    text = "serial,cost\nS1,1.234\nS2,1.500\n"
    assert "decimal mark used: the comma" in notes(read(text, DEVICES, model="Q1"))
    assert costs(text, decimal="point") == [Money(123), Money(150)]


def test_a_mark_against_which_the_column_speaks_is_asked():
    text = "serial,cost\nS1,1.234\nS2,99.90\n"
    with pytest.raises(AnswerNeededError, match=r"line 2 says 1\.234"):
        costs(text)
    assert costs(text, decimal="comma")[0] == Money(123_400)
    assert costs(text, decimal="point")[0] == Money(123)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Total (USD)", "USD"),
        ("US$ 20", "USD"),
        ("20 MAD", "MAD"),
        ("R$ 5", "BRL"),
        ("5 kč", "CZK"),
        ("12TL", "TRY"),
        ("importo in euro", "EUR"),
        ("Country", None),
        ("Industry", None),
        ("all fees", None),
        ("Loft", None),
        ("20", None),
    ],
)
def test_a_text_names_its_currency_or_none(text, code):
    assert currency_in(text) == code


@pytest.mark.parametrize(
    ("cell", "code"), [("all", "ALL"), ("Kwd", "KWD"), ("€", "EUR"), ("Sterline", "GBP")]
)
def test_a_cell_of_a_column_of_currencies(cell, code):
    assert read_currency(cell) == code


def test_an_order_is_in_its_currency():
    text = "Order ID,Code,Total,Valuta\n1,IDA5,10.5,TND\n2,IDA5,10,EUR\n"
    values = [row.value for row in read(text, OUTCOMES).rows]
    assert values == [Money(10_500, "TND"), Money(1_000, "EUR")]
