"""A kept pick computed again: the same, or another answer, and what has changed since."""

from dataclasses import replace

import pytest

from ambassador import __version__
from ambassador.errors import NotFoundError
from ambassador.services.picks.picks import pick_ambassadors
from ambassador.services.picks.recompute import compare_recomputed
from ambassador.services.work import UnitOfWork
from ambassador.store.picks.picks import add_pick, get_pick, list_picks
from ambassador.store.tables.people import Person
from ambassador.store.tables.records import Pick
from ambassador.values.picks.picks import PickRequest
from ambassador.values.picks.quotas import most_of
from tests.services.crowd import ASK, CERTAIN, add_person, add_ties, follower_file, shortlist, three_cities


def test_a_kept_pick_comes_out_the_same_and_nothing_new_is_recorded(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    kept = pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=7, runs=50))
    found = compare_recomputed(work, kept.pick_id)
    assert (found.same, found.changed, found.before) == (True, (), found.now)
    assert (found.now.handles, found.now.value, found.now.version) == (("a", "c"), 16, __version__)
    with work.reading() as session:
        assert len(list_picks(session)) == 1
    with pytest.raises(NotFoundError, match="no pick 99"):
        compare_recomputed(work, 99)


@pytest.mark.parametrize("ties", [True, False])
def test_under_all_demands_too_and_without_ties(sqlite_work: UnitOfWork, ties: bool) -> None:
    if ties:
        three_cities(sqlite_work)
        asked = replace(ASK, quotas=(most_of("city=1"),), days=3, already=("b",), count=1)
    else:
        shortlist(sqlite_work)
        asked = PickRequest(2, key=3)
    found = compare_recomputed(sqlite_work, pick_ambassadors(sqlite_work, asked).pick_id)
    assert (found.same, found.changed) == (True, ())


def test_another_network_or_other_data_today_is_said_and_changes_no_kept_pick(
    sqlite_work: UnitOfWork,
) -> None:
    three_cities(sqlite_work)
    kept = pick_ambassadors(sqlite_work, ASK)
    add_ties(sqlite_work, [("a", "new")])
    with sqlite_work.writing() as session:
        session.get_one(Person, 1).fee_minor = 77_00
        session.get_one(Person, 1).fee_currency = "EUR"
    found = compare_recomputed(sqlite_work, kept.pick_id)
    assert found.same
    network, data = map(str, found.changed)
    assert network == "The network has changed: 23 ties then, 24 today."
    assert data == "Other data today: fees and costs."
    add_person(sqlite_work, "d")
    assert "who can be picked; fees and costs" in str(
        compare_recomputed(sqlite_work, kept.pick_id).changed[1]
    )


def test_what_an_older_version_said_otherwise_is_told_with_the_version(sqlite_work: UnitOfWork) -> None:
    add_ties(sqlite_work, follower_file())
    kept = pick_ambassadors(sqlite_work, PickRequest(2, probabilities=CERTAIN, key=7, runs=50))
    with sqlite_work.writing() as session:
        row = get_pick(session, kept.pick_id)
        other = {**row.result, "picks": row.result["picks"][::-1], "certificate": 0.5}
        fields = row.model_dump(exclude={"id", "code_version", "result"})
        older = add_pick(session, Pick(**fields, code_version="0.0.1", result=other)).id
    found = compare_recomputed(sqlite_work, older)
    assert not found.same
    assert (found.before.handles, found.now.handles) == (("c", "a"), ("a", "c"))
    assert (found.before.certificate, found.before.version) == (0.5, "0.0.1")
    assert [str(note) for note in found.changed] == [
        f"The pick was made by version 0.0.1; this is version {__version__}."
    ]


def test_a_pick_that_could_not_be_made_today_says_why(sqlite_work: UnitOfWork) -> None:
    shortlist(sqlite_work)
    kept = pick_ambassadors(sqlite_work, PickRequest(1, key=3))
    with sqlite_work.writing() as session:
        for number in range(1, 5):
            session.get_one(Person, number).is_candidate = False
    found = compare_recomputed(sqlite_work, kept.pick_id)
    assert found.same
    assert "Today" in str(found.changed[0]) or "who can be picked" in str(found.changed[0])
