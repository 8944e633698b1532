"""Merging: looked at first, reversible, nothing lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from ambassador.errors import BadInputError, ConflictError
from ambassador.services.people.merge_people import merge_people, preview_merge, undo_merge
from ambassador.services.people.people import list_people
from ambassador.services.people.person_card import open_person
from ambassador.services.work import UnitOfWork
from ambassador.values.people.people import PeopleFilter
from tests.people_samples import add_tie, campaign_with, made, person_with_account


def _two(work: UnitOfWork) -> tuple[int, int]:
    with work.writing() as session:
        anna, first = person_with_account(session, "anna", topics=["tech"])
        twin, second = person_with_account(
            session,
            "anna.tt",
            platform="tiktok",
            city="Bari",
            topics=["food"],
            fee_minor=900,
            fee_currency="EUR",
        )
        add_tie(session, first, second)
        campaign_with(session, "Q1", twin)
    return anna, twin


def test_a_preview_changes_nothing_and_says_what_would_go_over(work: UnitOfWork) -> None:
    anna, twin = _two(work)
    preview = preview_merge(work, anna, [twin])
    assert preview.accounts == ("tiktok:anna.tt",)
    assert preview.campaigns == ("Q1",)
    assert preview.filled == {"city": "Bari", "fee_minor": "900", "fee_currency": "EUR"}
    assert (preview.self_ties, preview.obstacles) == (1, ())
    assert list_people(work).everybody == 2


def test_a_merge_moves_accounts_deals_and_missing_facts(work: UnitOfWork) -> None:
    anna, twin = _two(work)
    merge_people(work, anna, [twin], "same phone number")
    card = open_person(work, anna)
    assert set(card.row.handles) == {"instagram:anna", "tiktok:anna.tt"}
    assert (card.row.city, card.row.topics) == ("Bari", ("tech", "food"))
    assert [part.campaign for part in card.campaigns] == ["Q1"]
    assert [row.name for row in list_people(work).rows] == ["Anna"]
    assert "came over" in str(card.history[0].what) + str(card.history[1].what)


def test_a_merge_taken_back_leaves_everything_as_it_was(work: UnitOfWork) -> None:
    anna, twin = _two(work)
    before = list_people(work).rows
    undo_merge(work, merge_people(work, anna, [twin]))
    assert list_people(work).rows == before
    assert [part.campaign for part in open_person(work, twin).campaigns] == ["Q1"]
    assert list_people(work, PeopleFilter(archived=True)).rows == ()


def test_a_merge_is_taken_back_only_once(work: UnitOfWork) -> None:
    anna, twin = _two(work)
    merges = merge_people(work, anna, [twin])
    undo_merge(work, merges)
    with pytest.raises(ConflictError, match="already taken back"):
        undo_merge(work, merges)


def test_two_deals_in_one_campaign_stand_in_the_way(work: UnitOfWork) -> None:
    anna, twin = made(work, "anna"), made(work, "twin")
    with work.writing() as session:
        campaign_with(session, "Q1", anna, twin)
    assert "Q1" in str(preview_merge(work, anna, [twin]).obstacles[0])
    with pytest.raises(ConflictError, match="Q1"):
        merge_people(work, anna, [twin])
    assert list_people(work).everybody == 2


def test_a_person_is_not_merged_with_themselves(sqlite_work: UnitOfWork) -> None:
    anna = made(sqlite_work, "anna")
    with pytest.raises(BadInputError, match="two different"):
        merge_people(sqlite_work, anna, [anna])


def test_three_become_one_and_three_again(work: UnitOfWork) -> None:
    ids = [made(work, handle) for handle in ("anna", "bea", "carla")]
    merges = merge_people(work, ids[0], ids[1:])
    assert len(open_person(work, ids[0]).accounts) == 3
    undo_merge(work, merges)
    assert [len(open_person(work, one).accounts) for one in ids] == [1, 1, 1]


def test_ten_people_merging_the_same_two_merge_them_once(work: UnitOfWork) -> None:
    anna, twin = _two(work)

    def attempt(_: int) -> bool:
        try:
            merge_people(work, anna, [twin])
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(10) as threads:
        won = list(threads.map(attempt, range(10)))
    assert sum(won) == 1
    assert len(open_person(work, anna).accounts) == 2
