"""Picking: from rows in the database to a recorded choice."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest
from sqlmodel import Session, select

from ambassador.errors import BadInputError, CancelledError, InfeasibleError, UnknownHandleError
from ambassador.services.picks.next_best import swap_effect
from ambassador.services.picks.pick_ambassadors import open_pick, pick_ambassadors, recompute_pick
from ambassador.services.picks.what_if import what_if
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.mentions import Mention
from ambassador.store.tables.network import NetworkSnapshot, Tie
from ambassador.store.tables.people import Account, Person, Snapshot
from ambassador.store.tables.records import Pick
from ambassador.values.audience import TargetAudience
from ambassador.values.money import Money
from ambassador.values.network import ProbabilityRule
from ambassador.values.picks import Candidates, Objective, PickRequest
from ambassador.values.quotas import Quota, QuotaBy, least_of, most_of
from ambassador.values.status import MentionKind
from tests.conftest import NOW

CERTAIN = ProbabilityRule.parse("constant:1")


def kept(session: Session, row: object) -> int:
    session.add(row)
    session.flush()
    return row.id or 0  # type: ignore[attr-defined, no-any-return]


def add_ties(work: UnitOfWork, ties: Sequence[tuple[str, str]], **more: object) -> None:
    """Write ties source -> target between accounts without a person."""
    with work.writing() as session:
        known = {account.handle: account.id or 0 for account in session.exec(select(Account))}
        for handle in sorted({end for tie in ties for end in tie} - set(known)):
            known[handle] = kept(session, Account(platform="x", handle=handle, created_at=NOW))
        session.add_all(
            Tie(source_id=known[source], target_id=known[target], platform="x", **more)
            for source, target in ties
        )


def add_person(
    work: UnitOfWork, handle: str, figures: Mapping[str, object] | None = None, **more: object
) -> int:
    """Write a person with one account, made new or taken over, and what was read about it."""
    with work.writing() as session:
        person_id = kept(session, Person(name=handle.title(), created_at=NOW, **more))
        account = session.exec(select(Account).where(Account.handle == handle)).first()
        if account is None:
            account = Account(platform="x", handle=handle, created_at=NOW)
        account.person_id = person_id
        account_id = kept(session, account)
        if figures:
            session.add(Snapshot(account_id=account_id, read_at=NOW, **figures))
        return person_id


def add_reply(work: UnitOfWork, handle: str, parent: str) -> None:
    """Write an answer that names the post it answers."""
    with work.writing() as session:
        account = session.exec(select(Account).where(Account.handle == handle)).one()
        session.add(
            Mention(
                platform="x",
                post_id=f"answer-{handle}",
                account_id=account.id or 0,
                kind=MentionKind.REPLY,
                parent_post_id=parent,
                posted_at=NOW,
                recorded_at=NOW,
            )
        )


def follower_file() -> list[tuple[str, str]]:
    """l01..l10 follow a, l01..l09 follow b, m1..m4 follow c: influence runs to the followers."""
    listeners = [f"l{number:02d}" for number in range(1, 11)]
    ties = [("a", one) for one in listeners] + [("b", one) for one in listeners[:9]]
    return ties + [("c", f"m{number}") for number in range(1, 5)]


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
    _shortlist(work)
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


def _shortlist(work: UnitOfWork) -> None:
    add_person(work, "small", {"followers": 900, "average_likes": 90.0, "average_comments": 10.0},
               fee_minor=50_00, fee_currency="EUR", city="Bari")  # fmt: skip
    add_person(work, "middle", {"followers": 2_000, "engagement_rate": 0.04}, fee_minor=50_00,
               fee_currency="EUR", city="Bari")  # fmt: skip
    add_person(work, "star", {"followers": 400_000, "average_likes": 120.0}, fee_minor=100_00,
               fee_currency="EUR", city="Rome")  # fmt: skip
    add_person(work, "blank", {"followers": 5_000}, fee_minor=10_00, fee_currency="EUR")


def test_without_ties_the_pick_maximises_interactions_within_the_budget(work: UnitOfWork) -> None:
    _shortlist(work)
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
    assert answer.gain is not None and answer.gain.handles == ("star",)
    assert open_pick(work, answer.pick_id) == answer
    assert recompute_pick(work, answer.pick_id).expected == answer.expected


def test_without_ties_a_choice_can_be_spread_over_cities(work: UnitOfWork) -> None:
    _shortlist(work)
    answer = pick_ambassadors(work, PickRequest(2, key=1, quotas=(Quota(QuotaBy.CITY, 1),)))
    assert [one.handle for one in answer.picks] == ["star", "small"]


def test_people_who_talk_cannot_be_asked_for_without_ties(work: UnitOfWork) -> None:
    _shortlist(work)
    with pytest.raises(BadInputError, match="no ties are known"):
        pick_ambassadors(work, PickRequest(1, objective=Objective.TALKERS))


def _with(request: PickRequest, **changes: object) -> PickRequest:
    return replace(request, **changes)  # type: ignore[arg-type]


def _three_cities(work: UnitOfWork) -> None:
    """a, b and c with the follower file's ties: a in Roma, b and c in Bari."""
    add_ties(work, follower_file())
    for handle, city, language in (("a", "Roma", "it"), ("b", "Bari", "it"), ("c", "Bari", "en")):
        add_person(work, handle, {"average_likes": 30.0}, city=city, language=language)


ASK = PickRequest(2, probabilities=CERTAIN, key=3, runs=50)


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_at_least_so_many_of_a_city_or_language_are_in(sqlite_work, objective):
    _three_cities(sqlite_work)
    ask = replace(ASK, objective=objective)
    for quotas, wanted in (
        ((Quota(QuotaBy.CITY, name="bari", at_least=2),), {"b", "c"}),
        ((Quota(QuotaBy.LANGUAGE, name="en", at_least=1), Quota(QuotaBy.LANGUAGE, 1)), {"c"}),
        ((Quota(QuotaBy.CITY, 0, "Roma"),), {"b", "c"}),
    ):
        answer = pick_ambassadors(sqlite_work, replace(ask, quotas=quotas))
        assert wanted <= {one.handle for one in answer.picks}
        assert recompute_pick(sqlite_work, answer.pick_id).certificate == answer.certificate


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_limits_over_city_language_and_tier_hold_together(sqlite_work, objective):
    add_ties(sqlite_work, [*follower_file(), ("z", "z1")])
    for handle, city, language, followers in (
        ("a", "Roma", "it", 50_000),
        ("b", "Bari", "it", 2_000),
        ("c", "Bari", "en", 200_000),
        ("z", "Roma", "en", None),
    ):
        figures = {"average_likes": 30.0 if followers else 5.0, "followers": followers}
        add_person(sqlite_work, handle, figures, city=city, language=language, topics=["phones", "games"])
    ask = replace(ASK, objective=objective, count=2)
    for texts, wanted in (
        ((most_of("city=1"), most_of("language=1"), most_of("tier:micro=0")), {"b", "z"}),
        ((least_of("tier:macro=1"), least_of("city:Roma=1"), least_of("language:it=1")), {"a", "c"}),
        ((least_of("topic:phones=2"), most_of("topic:games=2"), most_of("tier:MICRO=0")), {"b", "c"}),
    ):
        answer = pick_ambassadors(sqlite_work, replace(ask, quotas=texts))
        assert {one.handle for one in answer.picks} == wanted
        assert recompute_pick(sqlite_work, answer.pick_id).certificate == answer.certificate
    clash = (least_of("city:Bari=2"), most_of("tier:macro=0"), least_of("language:it=1"))
    with pytest.raises(InfeasibleError, match=r"at most 0 in macro; at least 2 in Bari"):
        pick_ambassadors(sqlite_work, replace(ask, quotas=clash))


def test_only_the_people_one_wants_to_reach_count_and_the_pick_remembers_them(sqlite_work):
    add_ties(sqlite_work, follower_file())
    for handle, city in (("m1", "Bari"), ("m2", "Bari"), ("l01", "bari"), ("l02", "Roma"), ("l03", None)):
        add_person(sqlite_work, handle, city=city, language="it", is_candidate=False)
    asked = replace(ASK, count=1, candidates=Candidates.EVERYONE)
    assert [one.handle for one in pick_ambassadors(sqlite_work, asked).picks] == ["a"]
    aimed = replace(asked, audience=TargetAudience(cities=("Bari",), languages=("it", "en")))
    answer = pick_ambassadors(sqlite_work, aimed)
    assert [one.handle for one in answer.picks] == ["c"]
    assert (answer.spread.mean, answer.gain.biggest_first, answer.curve[0].spread) == (2.0, 1.0, 2.0)
    assert (answer.audience.low, answer.audience.exact) == (2, True)
    again = open_pick(sqlite_work, answer.pick_id)
    assert again.target == answer.target
    assert (again.target.people, again.target.unknown, again.target.everybody) == (3, 13, 17)
    assert recompute_pick(sqlite_work, answer.pick_id).spread == answer.spread
    effect = swap_effect(sqlite_work, answer.pick_id, "c", "a")
    assert (effect.before, effect.after) == (2.0, 1.0)
    late = pick_ambassadors(sqlite_work, replace(aimed, days=2))
    assert (late.spread.mean, late.curve[0].spread) == (2.0, 2.0)
    found = what_if(sqlite_work, pick_ambassadors(sqlite_work, replace(aimed, must=("a",))).pick_id, (1, 2))
    assert [round(point.spread) for point in found.curve] == [2, 3]
    assert [price.gain.mean for price in found.prices] == [1.0]


def test_an_audience_of_nobody_or_without_ties_is_refused(sqlite_work):
    add_person(sqlite_work, "a", {"average_likes": 3.0}, city="Bari")
    aimed = replace(ASK, audience=TargetAudience(cities=("Oslo",)))
    with pytest.raises(BadInputError, match="needs word of mouth"):
        pick_ambassadors(sqlite_work, aimed)
    add_ties(sqlite_work, follower_file())
    with pytest.raises(BadInputError, match=r"nobody in the network .*city: Oslo.*; of 16 it"):
        pick_ambassadors(sqlite_work, aimed)


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_who_is_in_already_counts_towards_limits(sqlite_work, objective):
    _three_cities(sqlite_work)
    ask = replace(ASK, objective=objective, already=("b",), count=1)
    least = replace(ask, quotas=(least_of("city:Bari=2"),))
    assert [one.handle for one in pick_ambassadors(sqlite_work, least).picks] == ["c"]
    most = replace(ask, quotas=(most_of("city=1"),), count=3)
    assert [one.handle for one in pick_ambassadors(sqlite_work, most).picks] == ["a"]
    more = replace(ask, quotas=(least_of("city:Bari=3"),))
    with pytest.raises(InfeasibleError, match="t least 3 in Bari: 2 exist"):
        pick_ambassadors(sqlite_work, more)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"quotas": (Quota(QuotaBy.CITY, name="Bari", at_least=-1),)}, "-1 people in Bari"),
        ({"quotas": (Quota(QuotaBy.CITY, -2),)}, "-2 people in city"),
        ({"quotas": (Quota(QuotaBy.CITY, float("nan"), "Bari"),)}, "nan people in Bari"),
        ({"quotas": (Quota(QuotaBy.TIER, 1, "huge"),)}, "'huge' is no tier"),
        ({"reserve": -1}, "A reserve of -1 people"),
        ({"certificate": float("nan")}, "certificate nan"),
        ({"runs": 0}, "0 runs"),
        ({"days": 0}, "0 is no deadline"),
        ({"count": float("nan")}, "nan people cannot be picked"),
        ({"budget": Money(-1, "EUR")}, "'-0.01' is no amount"),
    ],
)
def test_numbers_that_cannot_be_meant_are_refused_by_name(sqlite_work, wrong, words):
    _three_cities(sqlite_work)
    with pytest.raises(BadInputError, match=words):
        pick_ambassadors(sqlite_work, replace(ASK, **wrong))


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_of_a_pair_that_excludes_each_other_one_is_in_at_most(sqlite_work, objective):
    _three_cities(sqlite_work)
    ask = replace(ASK, count=3, objective=objective, apart=(("a", "b"), ("b", "c")))
    assert {one.handle for one in pick_ambassadors(sqlite_work, ask).picks} == {"a", "c"}


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
@pytest.mark.parametrize(
    ("demands", "error", "words"),
    [
        ({"quotas": (Quota(QuotaBy.CITY, name="Bari", at_least=5),)}, InfeasibleError, "5 in Bari: 2 exist"),
        ({"quotas": (Quota(QuotaBy.CITY, name="Oslo", at_least=1),)}, InfeasibleError, "1 in Oslo: 0 exist"),
        ({"quotas": (Quota(QuotaBy.CITY, at_least=1),)}, BadInputError, "at least 1 of which city"),
        ({"quotas": (Quota(QuotaBy.CITY, 1, "Bari", 2),)}, InfeasibleError, "2 and at most 1 in Bari"),
        ({"must": ("a", "b"), "apart": (("a", "b"),)}, InfeasibleError, "a and b must both be in"),
        ({"apart": (("a", "a"),)}, BadInputError, "same person"),
        ({"apart": (("a", "zoe"),)}, UnknownHandleError, "zoe"),
    ],
)
def test_demands_that_cannot_be_met_are_named(sqlite_work, objective, demands, error, words):
    _three_cities(sqlite_work)
    with pytest.raises(error, match=words):
        pick_ambassadors(sqlite_work, replace(ASK, objective=objective, **demands))


def test_a_deadline_prefers_who_is_quick_and_counts_nobody_later(sqlite_work):
    slow = [("s0", "s1"), ("s1", "s2"), ("s2", "s3"), ("s3", "s4")]
    add_ties(sqlite_work, [*slow, ("q", "q1"), ("q", "q2")])
    ask = replace(ASK, count=1, candidates=Candidates.EVERYONE)
    assert [one.handle for one in pick_ambassadors(sqlite_work, ask).picks] == ["s0"]
    answer = pick_ambassadors(sqlite_work, replace(ask, days=2))
    assert [(one.handle, one.marginal_spread) for one in answer.picks] == [("q", 3.0)]
    assert (answer.spread.mean, answer.curve[0].spread) == (3.0, 3.0)
    assert any("within {days} days" in note.text for note in answer.notes)
    assert recompute_pick(sqlite_work, answer.pick_id).spread == answer.spread
    effect = swap_effect(sqlite_work, answer.pick_id, "q", "s0")
    assert (effect.before, effect.after) == (3.0, 2.0)


def test_a_deadline_without_ties_is_refused(sqlite_work):
    add_person(sqlite_work, "a", {"average_likes": 30.0})
    with pytest.raises(BadInputError, match="a deadline needs word of mouth"):
        pick_ambassadors(sqlite_work, PickRequest(1, days=3))


def test_nobody_is_picked_beside_somebody_in_already_whom_they_exclude(sqlite_work):
    _three_cities(sqlite_work)
    answer = pick_ambassadors(sqlite_work, replace(ASK, already=("a",), apart=(("a", "c"),)))
    assert [one.handle for one in answer.picks] == ["b"]
    assert ("c", "not together with somebody who is in already") in [
        (one.handle, one.reason.text) for one in answer.left_out
    ]
    with pytest.raises(InfeasibleError, match="c must be in, but"):
        pick_ambassadors(sqlite_work, replace(ASK, already=("a",), must=("c",), apart=(("a", "c"),)))
