"""Adding, editing, archiving: all or none, nothing overwritten unseen, everything can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from ambassador.errors import BadInputError, ConflictError, NotFoundError
from ambassador.services.people.edit_people import add_person, archive_people, edit_people, restore_people
from ambassador.services.people.people import list_people
from ambassador.services.people.person_card import open_person
from ambassador.services.undo import take_back
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Account
from ambassador.values.money import money
from ambassador.values.people.people import NewPerson, PeopleFilter, PersonEdit
from tests.conftest import NOW
from tests.people_samples import add, made


def test_a_person_added_by_hand_has_their_account_and_reading(work: UnitOfWork) -> None:
    new = NewPerson("Anna", "IG", "https://instagram.com/Anna/", followers=900, city="Bari", fee=money(150))
    card = open_person(work, add_person(work, new))
    assert card.row.handles == ("instagram:anna",)
    assert (card.row.figures.followers, card.row.figures.read_at) == (900, NOW)
    assert (card.row.fee, card.source) == (money(150), "by hand")


def test_an_account_that_was_nobodys_becomes_theirs(work: UnitOfWork) -> None:
    with work.writing() as session:
        add(session, Account(platform="x", handle="anna", created_at=NOW))
    add_person(work, NewPerson("Anna", "twitter", "@anna"))
    assert list_people(work).accounts_without_person == 0


def test_the_same_handle_twice_is_refused_by_name(work: UnitOfWork) -> None:
    add_person(work, NewPerson("Anna", "x", "anna"))
    with pytest.raises(ConflictError, match="x:anna already belongs to Anna"):
        add_person(work, NewPerson("Other", "x", "@ANNA"))
    assert list_people(work).everybody == 1


@pytest.mark.parametrize(
    ("new", "words"),
    [
        (NewPerson(" "), "name or a handle"),
        (NewPerson("Anna", handle="anna"), "which platform"),
        (NewPerson("Anna", "x", "anna", followers=-1), "-1"),
    ],
)
def test_what_cannot_be_a_person_is_refused(sqlite_work: UnitOfWork, new: NewPerson, words: str) -> None:
    with pytest.raises(BadInputError, match=words):
        add_person(sqlite_work, new)


def test_several_people_change_at_once_and_back(work: UnitOfWork) -> None:
    ids = [made(work, handle, city="Bari") for handle in ("anna", "bea")]
    noting = work.noting()
    edit_people(
        noting, [PersonEdit(one, {"city": "Roma", "fee": money(5), "topics": ("tech",)}) for one in ids]
    )
    assert {(row.city, row.fee, row.topics) for row in list_people(work).rows} == {
        ("Roma", money(5), ("tech",))
    }
    take_back(work, noting.kept or ())
    assert {(row.city, row.fee, row.topics) for row in list_people(work).rows} == {("Bari", None, ())}


def test_one_bad_edit_keeps_all_from_being_saved(work: UnitOfWork) -> None:
    anna, bea = made(work, "anna"), made(work, "bea")
    edits = [PersonEdit(anna, {"city": "Roma"}), PersonEdit(bea, {"score_by_hand": 50.0})]
    with pytest.raises(BadInputError, match="why the score of Bea"):
        edit_people(work, edits)
    with pytest.raises(NotFoundError):
        edit_people(work, [PersonEdit(anna, {"city": "Roma"}), PersonEdit(99, {"city": "Roma"})])
    assert open_person(work, anna).row.city == ""


def test_what_somebody_else_changed_in_between_is_not_overwritten(work: UnitOfWork) -> None:
    anna = made(work, "anna", city="Bari")
    edit_people(work, [PersonEdit(anna, {"city": "Lecce"}, was={"city": "Bari"})])
    with pytest.raises(ConflictError, match="city of Anna to Lecce"):
        edit_people(work, [PersonEdit(anna, {"city": "Roma"}, was={"city": "Bari"})])
    assert open_person(work, anna).row.city == "Lecce"


@pytest.mark.parametrize(
    "changes",
    [
        {"posting_probability": 1.2},
        {"fee": money(-1)},
        {"id": 4},
        {"score_by_hand": 101.0, "score_reason": "x"},
    ],
)
def test_impossible_values_are_refused(sqlite_work: UnitOfWork, changes: dict[str, object]) -> None:
    anna = made(sqlite_work, "anna")
    with pytest.raises(BadInputError):
        edit_people(sqlite_work, [PersonEdit(anna, changes)])


def test_an_objection_ends_candidacy_and_is_dated(work: UnitOfWork) -> None:
    anna = made(work, "anna")
    edit_people(work, [PersonEdit(anna, {"objected_on": date(2026, 5, 1)})])
    assert list_people(work, PeopleFilter(candidates_only=True)).rows == ()
    assert open_person(work, anna).objected_at is not None


def test_archiving_hides_and_restoring_shows_again(work: UnitOfWork) -> None:
    ids = [made(work, handle) for handle in ("anna", "bea")]
    assert archive_people(work, ids) == 2
    assert archive_people(work, ids) == 0
    assert list_people(work).rows == ()
    assert restore_people(work, ids[:1]) == 1
    assert [row.name for row in list_people(work).rows] == ["Anna"]


def test_ten_people_adding_the_same_handle_add_one_person(work: UnitOfWork) -> None:
    def attempt(_: int) -> bool:
        try:
            add_person(work, NewPerson("Anna", "x", "anna"))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(10) as threads:
        won = list(threads.map(attempt, range(10)))
    assert sum(won) == 1
    assert list_people(work).everybody == 1
