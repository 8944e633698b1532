"""A courier's word that nobody has understood is asked once, and counts for every file after that."""

import pytest

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.intake.words import KNOWN_WORDS, courier_status
from ambassador.services.devices.courier_words import (
    forget_courier_word,
    list_courier_words,
    put_courier_word,
)
from ambassador.services.devices.devices import reserve_device
from ambassador.services.imports.import_files import ImportOptions, preview_import
from ambassador.services.people.erase_person import erase_person
from ambassador.services.undo import undo_of
from ambassador.store.tables.devices import Device
from ambassador.store.tables.people import Person
from ambassador.values.status import DeviceStatus, ImportKind, ParcelState
from tests.services.brought import bring, counts, rows
from tests.services.launch import add_launch, add_phones, invite

COURIER = ImportKind.COURIER


@pytest.fixture
def parcels(work):
    """Give the references of three reserved phones."""
    campaign = add_launch(work)
    add_phones(work, 3)
    people = invite(work, campaign, "Lia Rossi", "Anna Bianchi", "Zelda Verdi")
    return [reserve_device(work, one).reference for one in people]


def asked(work, text):
    found = preview_import(work, COURIER, "may.csv", text.encode())
    return [one for one in found.questions if one.kind == "state"]


def own(work):
    return {one.word: one.state for one in list_courier_words(work) if one.is_own}


def states(work):
    return [device.status for device in rows(work, Device)]


def test_a_word_nobody_has_understood_is_asked_with_its_row_and_the_others_are_not(work):
    text = "Reference,Status\nP-1,Delivered\nP-2,Left with neighbour\n"
    text += "P-3,LEFT WITH NEIGHBOUR\nP-4,4471\nP-5,\n"
    (question,) = asked(work, text)
    assert str(question).startswith('line 3 says "Left with neighbour", as 2 rows do in all')
    assert question.key == "state:left with neighbour"
    assert question.answers == tuple(ParcelState)


def test_the_answer_counts_for_this_file_and_for_every_later_one_whatever_its_layout(work, parcels):
    first, second, third = parcels
    answers = ImportOptions(answers={"state:Left with NEIGHBOUR": "delivered"})
    report = bring(work, COURIER, f"Reference,Status\n{first},Left with neighbour\n", answers)
    assert counts(report) == (0, 1, 0, 0)
    assert '"left with neighbour" is read from now on as: delivered' in map(str, report.notes)
    other = f"Riferimento;Destinatario;Esito;Data\n{second};;Left with neighbour;2026-05-02 10:00Z\n"
    assert asked(work, other) == []
    assert counts(bring(work, COURIER, other)) == (0, 1, 0, 0)
    assert states(work)[:2] == [DeviceStatus.DELIVERED] * 2
    forget_courier_word(work, "left with neighbour")
    again = f"Reference,Status\n{third},Left with neighbour\n"
    assert len(asked(work, again)) == 1
    assert counts(bring(work, COURIER, again)) == (0, 0, 0, 1)


def test_rows_whose_word_says_nothing_are_left_out_and_counted(work, parcels):
    text = f"Reference,Status\n{parcels[0]},Delivered\n{parcels[1]},Invoice made\n"
    report = bring(work, COURIER, text, ImportOptions(answers={"state:invoice made": "nothing"}))
    assert (counts(report), report.left_out) == ((0, 1, 0, 0), 1)
    assert "rows whose words say nothing about where the parcel is: 1" in map(str, report.notes)


def test_an_answer_that_is_no_state_is_refused(work):
    text = "Reference,Status\nP-1,Left with neighbour\n"
    with pytest.raises(BadInputError, match="gone is no answer"):
        bring(work, COURIER, text, ImportOptions(answers={"state:left with neighbour": "gone"}))


def test_a_word_of_ones_own_is_that_word_alone(work):
    put_courier_word(work, "Delivered", ParcelState.RETURNED)
    assert own(work) == {"delivered": ParcelState.RETURNED}
    words = own(work)
    assert courier_status("delivered", words) == "returned"
    assert courier_status("not yet delivered", words) == "shipped"
    assert courier_status("Delivered to neighbour", words) == "delivered"


def test_adding_and_forgetting_a_word_can_be_undone(work):
    noting = work.noting()
    put_courier_word(noting, "Al vicino", ParcelState.DELIVERED)
    undo_of(noting)()
    assert own(work) == {}
    put_courier_word(work, "Al vicino", ParcelState.DELIVERED)
    noting = work.noting()
    forget_courier_word(noting, "AL VICINO")
    assert own(work) == {}
    undo_of(noting)()
    assert own(work) == {"al vicino": ParcelState.DELIVERED}
    noting = work.noting()
    put_courier_word(noting, "al vicino", ParcelState.LOST)
    put_courier_word(work, "al vicino", ParcelState.RETURNED)
    with pytest.raises(ConflictError):
        undo_of(noting)()


@pytest.mark.parametrize("word", ["", "  ", "4471", "x" * 81])
def test_what_is_no_word_is_refused(work, word):
    with pytest.raises(BadInputError, match="no word of a courier"):
        put_courier_word(work, word, ParcelState.LOST)
    with pytest.raises(NotFoundError):
        forget_courier_word(work, word)


def test_the_words_shown_as_known_are_read_as_they_are_shown():
    for state, words in KNOWN_WORDS.items():
        assert {word: courier_status(word) for word in words} == dict.fromkeys(words, state)


def test_a_word_in_which_an_erased_person_is_named_goes_with_them(work, parcels):
    put_courier_word(work, "Signed: Zelda Verdi", ParcelState.DELIVERED)
    put_courier_word(work, "left at no. 4", ParcelState.DELIVERED)
    zelda = next(one.id for one in rows(work, Person) if one.name == "Zelda Verdi")
    erase_person(work, zelda)
    assert list(own(work)) == ["left at no 4"]
