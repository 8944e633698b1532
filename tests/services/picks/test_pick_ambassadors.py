"""Picking: from rows in the database to a recorded choice."""

from dataclasses import replace

import numpy as np
import pytest
from sqlmodel import select

from ambassador.errors import BadInputError, CancelledError, InfeasibleError, UnknownHandleError
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.network import NetworkSnapshot
from ambassador.store.tables.people import Account, Person
from ambassador.store.tables.records import Pick
from ambassador.values.money import Money
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.picks import Candidates, Objective, PickRequest
from ambassador.values.picks.quotas import Quota, QuotaBy
from tests.conftest import NOW
from tests.services.crowd import CERTAIN, add_person, add_reply, add_ties, follower_file, shortlist


def test_the_second_phone_goes_to_another_audience_and_not_to_the_second_biggest(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    answer = pick_ambassadors(work, PickRequest(2, probabilities=CERTAIN, key=7))
    assert [one.handle for one in answer.picks] == ["a", "c"]
    assert [one.marginal_spread for one in answer.picks] == [11, 5]
    assert answer.spread is not None and answer.spread.mean == 16
    assert answer.gain is not None
    assert (answer.gain.biggest_first, answer.gain.handles) == (12, ("a", "b"))
    assert (answer.gain.difference.mean, answer.gain.wins_of_100) == (4, 100)
    assert [(one.first, one.second, one.jaccard) for one in answer.overlap] == [
        ("a", "b", pytest.approx(0.9))
    ]
    assert answer.audience is not None and (answer.audience.low, answer.audience.exact) == (14, True)
    assert answer.certificate is not None and answer.certificate >= 0.9
    assert answer.rung.number == 5
    assert [point.spread for point in answer.curve][:3] == [11, 16, 17]
    assert answer.reserve[0].handle == "b"


def test_a_recorded_pick_reads_the_same_and_can_be_computed_again(work: UnitOfWork) -> None:
    rng = np.random.default_rng(4)
    nodes = [f"n{number}" for number in range(60)]
    add_ties(work, sorted({(nodes[a], nodes[b]) for a, b in rng.integers(0, 60, (240, 2)) if a != b}))
    answer = pick_ambassadors(work, PickRequest(4, key=11, runs=400))
    assert open_pick(work, answer.pick_id) == answer
    add_ties(work, [("n1", "late"), ("late", "n2")])
    again = recompute_pick(work, answer.pick_id)
    assert [one.marginal_spread for one in again.picks] == [one.marginal_spread for one in answer.picks]
    assert again.spread == answer.spread
    assert again.certificate == answer.certificate


def test_a_pick_keeps_ids_only_and_the_erased_stay_unnamed(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "a")
    request = PickRequest(1, probabilities=CERTAIN, key=7, candidates=Candidates.EVERYONE)
    answer = pick_ambassadors(work, request)
    with work.writing() as session:
        row = session.exec(select(Pick)).one()
        assert row.random_key == "7"
        assert '"a"' not in str(row.result).replace("'", '"')
        assert session.exec(select(NetworkSnapshot)).one().tie_count == 23
        person = session.exec(select(Person)).one()
        account = session.exec(select(Account).where(Account.person_id == person.id)).one()
        person.name, person.erased_at = None, NOW
        account.handle, account.erased_at = "", NOW
    again = open_pick(work, answer.pick_id)
    assert (again.picks[0].handle, again.picks[0].erased) == ("erased", True)
    assert again.picks[0].marginal_spread == 11


def test_the_organisations_people_are_the_candidates_where_there_are_any(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "b")
    add_person(work, "c")
    add_person(work, "a", archived_at=NOW)
    answer = pick_ambassadors(work, PickRequest(1, probabilities=CERTAIN, key=1))
    assert [one.handle for one in answer.picks] == ["b"]
    everyone = PickRequest(1, probabilities=CERTAIN, key=1, candidates=Candidates.EVERYONE)
    assert [one.handle for one in pick_ambassadors(work, everyone).picks] == ["b"]


def test_an_unknown_fee_leaves_out_of_a_budgeted_pick_and_says_so(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "a")
    add_person(work, "b", fee_minor=300_00, fee_currency="EUR")
    add_person(work, "c", fee_minor=100_00, fee_currency="EUR")
    budget = Money(350_00)
    answer = pick_ambassadors(work, PickRequest(2, budget=budget, probabilities=CERTAIN, key=1))
    assert [one.handle for one in answer.picks] == ["b"]
    assert answer.cost == Money(300_00)
    assert [(one.handle, str(one.reason)) for one in answer.left_out] == [("a", "the fee is not known")]
    free = PickRequest(2, budget=budget, without_fee=True, probabilities=CERTAIN, key=1)
    assert [one.handle for one in pick_ambassadors(work, free).picks] == ["a", "c"]


def test_who_must_be_in_is_in_who_must_not_is_not_and_who_is_in_is_not_counted_again(
    work: UnitOfWork,
) -> None:
    add_ties(work, follower_file())
    ask = PickRequest(1, probabilities=CERTAIN, key=1, reserve=2)
    assert [one.handle for one in pick_ambassadors(work, _with(ask, must=("x:c",))).picks] == ["c"]
    assert [one.handle for one in pick_ambassadors(work, _with(ask, never=("a",))).picks] == ["b"]
    after = pick_ambassadors(work, _with(ask, already=("a",)))
    assert [(one.handle, one.marginal_spread) for one in after.picks] == [("c", 5)]
    assert after.already == 1


def test_demands_that_cannot_be_met_are_named_with_the_people(work: UnitOfWork) -> None:
    add_ties(work, follower_file())
    add_person(work, "a", fee_minor=500_00, fee_currency="EUR")
    add_person(work, "b")
    ask = PickRequest(1, budget=Money(100_00), probabilities=CERTAIN, key=1)
    with pytest.raises(InfeasibleError, match=r"cost 500 EUR, the budget is 100"):
        pick_ambassadors(work, _with(ask, must=("a",)))
    with pytest.raises(InfeasibleError, match="b must be in, but: the fee is not known"):
        pick_ambassadors(work, _with(ask, must=("b",)))
    with pytest.raises(InfeasibleError, match="a must be in and must not be in"):
        pick_ambassadors(work, _with(ask, must=("a",), never=("a",)))
    with pytest.raises(UnknownHandleError, match="nobody"):
        pick_ambassadors(work, _with(ask, must=("nobody",)))
    with pytest.raises(BadInputError, match="0 people"):
        pick_ambassadors(work, _with(ask, count=0))


def test_given_probabilities_with_gaps_are_an_error_that_counts_them(work: UnitOfWork) -> None:
    add_ties(work, follower_file(), given_probability=0.5)
    add_ties(work, [("c", "new"), ("c", "newer")])
    with pytest.raises(BadInputError, match="2 of 25 ties have no probability"):
        pick_ambassadors(work, PickRequest(1, probabilities=ProbabilityRule.parse("given")))
    automatic = pick_ambassadors(work, PickRequest(1, key=1, runs=50))
    assert automatic.probabilities == "weighted-cascade"


def test_auto_takes_given_probabilities_then_counts_then_an_assumption(work: UnitOfWork) -> None:
    add_ties(work, [("a", "b"), ("a", "c")], given_probability=0.5)
    ask = PickRequest(1, key=1, runs=50)
    assert pick_ambassadors(work, ask).probabilities == "given"
    add_ties(work, [("b", "c")], interactions=3, origin="mentions")
    with_mentions = pick_ambassadors(work, ask)
    assert with_mentions.probabilities == "given"
    assert any("derived from mentions" in str(note) for note in with_mentions.notes)


def test_reactions_alone_stand_on_rung_three_and_use_their_counts(work: UnitOfWork) -> None:
    add_ties(work, [("a", "b"), ("a", "c"), ("b", "c")], interactions=2, origin="mentions")
    add_reply(work, "b", "p1")
    answer = pick_ambassadors(work, PickRequest(1, key=1, runs=50))
    assert (answer.rung.number, answer.probabilities) == (3, "weights")
    assert any("relative ranking only" in str(note) for note in answer.notes)


def test_links_read_from_words_alone_carry_no_forecast_of_talk(work: UnitOfWork) -> None:
    shortlist(work)
    add_ties(work, [("l0", "x"), ("l0", "y")], interactions=1, origin="mentions")
    answer = pick_ambassadors(work, PickRequest(1, key=1, runs=50))
    assert answer.rung.number < 3
    assert not answer.rung.word_of_mouth


def test_with_ties_a_choice_can_be_spread_over_cities(work: UnitOfWork) -> None:
    add_ties(work, follower_file() + [("d", f"q{number}") for number in range(8)])
    for handle, city in (("a", "Bari"), ("c", "Rome"), ("d", "Bari")):
        add_person(work, handle, city=city)
    ask = PickRequest(2, probabilities=CERTAIN, key=1)
    assert [one.handle for one in pick_ambassadors(work, ask).picks] == ["a", "d"]
    spread = _with(ask, quotas=(Quota(QuotaBy.CITY, 1),))
    assert [one.handle for one in pick_ambassadors(work, spread).picks] == ["a", "c"]


def test_stopping_leaves_nothing_behind(work: UnitOfWork) -> None:
    add_ties(work, follower_file())

    def stop(_done: int, _total: int, _stage: str) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError):
        pick_ambassadors(work, PickRequest(1), progress=stop)
    with work.reading() as session:
        assert session.exec(select(Pick)).all() == []


def test_without_ties_the_pick_maximises_interactions_within_the_budget(work: UnitOfWork) -> None:
    shortlist(work)
    answer = pick_ambassadors(work, PickRequest(2, budget=Money(100_00), key=1))
    assert answer.rung.number == 1
    assert not answer.rung.word_of_mouth
    assert [one.handle for one in answer.picks] == ["small", "middle"]
    assert (answer.spread, answer.certificate) == (None, None)
    assert [one.marginal_spread for one in answer.picks] == [None, None]
    assert answer.expected is not None and answer.expected.mean == pytest.approx(180)
    assert answer.audience is not None and (answer.audience.low, answer.audience.high) == (2_000, 2_900)
    assert [(one.handle, str(one.reason)) for one in answer.left_out] == [
        ("blank", "no interactions are known")
    ]
    assert answer.gain is not None and answer.gain.handles == ("middle", "small")
    assert open_pick(work, answer.pick_id) == answer
    assert recompute_pick(work, answer.pick_id).expected == answer.expected


def test_without_ties_a_choice_can_be_spread_over_cities(work: UnitOfWork) -> None:
    shortlist(work)
    answer = pick_ambassadors(work, PickRequest(2, key=1, quotas=(Quota(QuotaBy.CITY, 1),)))
    assert [one.handle for one in answer.picks] == ["star", "small"]


def test_people_who_talk_cannot_be_asked_for_without_ties(work: UnitOfWork) -> None:
    shortlist(work)
    with pytest.raises(BadInputError, match="no ties are known"):
        pick_ambassadors(work, PickRequest(1, objective=Objective.TALKERS))


def _with(request: PickRequest, **changes: object) -> PickRequest:
    return replace(request, **changes)  # type: ignore[arg-type]
