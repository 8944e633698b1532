"""What a pick was asked is kept by id and read back with today's names."""

import json
from dataclasses import replace

from sqlmodel import select

from ambassador.services.people.erase_person import erase_person
from ambassador.services.picks.pick_asked import asked_from_json, people_asked
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.people import Account
from ambassador.store.tables.records import Pick
from ambassador.values.money import Money
from ambassador.values.picks.audience import TargetAudience
from ambassador.values.picks.picks import Candidates, Objective, PickRequest
from ambassador.values.picks.quotas import least_of, most_of
from tests.conftest import NOW
from tests.services.crowd import CERTAIN, add_person, add_ties, follower_file


def demanding(**more: object) -> PickRequest:
    asked = PickRequest(
        2,
        budget=Money(20_000, "EUR"),
        probabilities=CERTAIN,
        must=("c",),
        never=("m1",),
        candidates=Candidates.EVERYONE,
        objective=Objective.TALKERS,
        quotas=(most_of("city=3"), least_of("language:it=1")),
        audience=TargetAudience(cities=("Bari",)),
        apart=(("a", "b"),),
        days=9,
        without_fee=True,
    )
    return replace(asked, **more)  # type: ignore[arg-type]


def test_a_choice_says_what_it_was_asked(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "l01", city="Bari")
    add_person(work, "c", city="Bari", language="it")
    answer = pick_ambassadors(work, replace(demanding(), key=5, must=("x:c",)))
    assert open_pick(work, answer.pick_id).asked == demanding()
    assert pick_ambassadors(work, demanding()).asked == demanding()


def test_a_handle_of_several_accounts_is_named_with_its_platform(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    with work.writing() as session:
        session.add(Account(platform="instagram", handle="c", created_at=NOW))
    answer = pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, must=("x:c",), never=("a",)))
    assert answer.asked is not None
    assert (answer.asked.must, answer.asked.never) == (("x:c",), ("a",))


def test_somebody_named_in_two_ways_is_remembered_in_both_places(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    asked = PickRequest(2, probabilities=CERTAIN, must=("c",), apart=(("x:c", "a"),))
    found = pick_ambassadors(work, asked).asked
    assert found is not None
    assert (found.must, found.apart) == (("c",), (("c", "a"),))


def test_the_erased_are_no_longer_asked_for(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "l01", city="Bari")
    person = add_person(work, "c", city="Bari", language="it")
    answer = pick_ambassadors(work, demanding(apart=(("a", "c"),), must=("c",)))
    with work.reading() as session:
        kept = json.dumps(session.exec(select(Pick)).one().arguments["asked"])
    assert '"c"' not in kept
    erase_person(work, person)
    found = open_pick(work, answer.pick_id).asked
    assert found is not None
    assert (found.must, found.apart, found.never) == ((), (), ("m1",))


def test_a_choice_made_before_requests_were_kept_has_nothing_to_say() -> None:
    assert asked_from_json(None, {}, None) is None
    assert list(people_asked(None)) == []
