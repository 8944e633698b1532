"""What a pick has to respect: limits, pairs, audiences and deadlines."""

from dataclasses import replace

import pytest

from ambassador.errors import BadInputError, InfeasibleError, UnknownHandleError
from ambassador.services.picks.alternatives import swap_effect, what_if
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.values.money import Money
from ambassador.values.picks.audience import TargetAudience
from ambassador.values.picks.picks import Candidates, Objective, PickRequest
from ambassador.values.picks.quotas import Quota, QuotaBy, least_of, most_of
from tests.services.crowd import ASK, add_person, add_ties, follower_file, three_cities


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_at_least_so_many_of_a_city_or_language_are_in(sqlite_work, objective):
    three_cities(sqlite_work)
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
    three_cities(sqlite_work)
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
    three_cities(sqlite_work)
    with pytest.raises(BadInputError, match=words):
        pick_ambassadors(sqlite_work, replace(ASK, **wrong))


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_of_a_pair_that_excludes_each_other_one_is_in_at_most(sqlite_work, objective):
    three_cities(sqlite_work)
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
    three_cities(sqlite_work)
    with pytest.raises(error, match=words):
        pick_ambassadors(sqlite_work, replace(ASK, objective=objective, **demands))


@pytest.mark.parametrize("objective", [Objective.TALKERS, Objective.INTERACTIONS])
def test_what_clashes_with_the_budget_is_said_in_its_currency(sqlite_work, objective):
    add_ties(sqlite_work, follower_file())
    for handle, language in (("a", "it"), ("b", "en"), ("c", "en")):
        paid = {"fee_minor": 80_50, "fee_currency": "EUR", "city": "Bari", "language": language}
        add_person(sqlite_work, handle, {"average_likes": 30.0}, **paid)
    ask = replace(ASK, objective=objective, budget=Money(100_00))
    with pytest.raises(InfeasibleError, match="meet the demands cost 161 EUR; the budget is 100 EUR"):
        pick_ambassadors(sqlite_work, replace(ask, quotas=(least_of("city:Bari=2"),)))
    crossing = (least_of("city:Bari=1"), least_of("language:it=1"), least_of("language:en=1"))
    with pytest.raises(InfeasibleError, match="a budget of 100 EUR; at least 1 in it; at least 1 in en"):
        pick_ambassadors(sqlite_work, replace(ask, quotas=crossing))


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
    three_cities(sqlite_work)
    answer = pick_ambassadors(sqlite_work, replace(ASK, already=("a",), apart=(("a", "c"),)))
    assert [one.handle for one in answer.picks] == ["b"]
    assert ("c", "not together with somebody who is in already") in [
        (one.handle, one.reason.text) for one in answer.left_out
    ]
    with pytest.raises(InfeasibleError, match="c must be in, but"):
        pick_ambassadors(sqlite_work, replace(ASK, already=("a",), must=("c",), apart=(("a", "c"),)))
