"""A budget pays for everything: fee, phone, shipping and other; and the baseline gets the same."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.services.picks.biggest_first import biggest_accounts
from ambassador.services.picks.page_state import campaign_money
from ambassador.services.picks.pick_problem import PickProblem, problem_from_json, problem_to_json
from ambassador.services.picks.picks import open_pick, pick_ambassadors
from ambassador.services.picks.recompute import recompute_pick
from ambassador.services.work import UnitOfWork
from ambassador.store.tables.devices import Device
from ambassador.values.money import Money
from ambassador.values.networks.network import ProbabilityRule
from ambassador.values.picks.costs import CostsPerPerson
from ambassador.values.picks.picks import Objective, PickRequest
from ambassador.values.picks.quotas import Quota
from ambassador.values.status import DeviceStatus
from tests.conftest import NOW
from tests.services.crowd import add_person, add_ties
from tests.services.launch import add_launch

COSTS = CostsPerPerson(device=Money(70_00), shipping=Money(5_00), other=Money(5_00))
ASK = PickRequest(2, budget=Money(500_00), costs=COSTS, objective=Objective.INTERACTIONS, key=1)


def _people(work: UnitOfWork) -> None:
    """Olga is too dear, Nils has no followers, nobody knows what Ugo takes."""
    for handle, followers, likes, fee in (
        ("olga", 90_000, 500.0, 450_00),
        ("pia", 60_000, 200.0, 300_00),
        ("rita", 40_000, 260.0, 200_00),
        ("nils", None, 300.0, 20_00),
        ("ugo", 1_000, 100.0, None),
    ):
        paid = {} if fee is None else {"fee_minor": fee, "fee_currency": "EUR"}
        add_person(work, handle, {"followers": followers, "average_likes": likes}, **paid)


def test_a_budget_pays_for_fee_phone_shipping_and_other(work: UnitOfWork) -> None:
    _people(work)
    answer = pick_ambassadors(work, ASK)
    assert {one.handle: one.cost for one in answer.picks} == {"nils": Money(100_00), "rita": Money(280_00)}
    assert (answer.cost, answer.left, answer.on_top) == (Money(380_00), Money(120_00), Money(80_00))
    assert answer.fees == Money(220_00)
    assert {(one.handle, str(one.reason)) for one in answer.left_out} == {
        ("olga", "over budget"),
        ("ugo", "the fee is not known"),
    }
    assert [one.handle for one in answer.reserve] == ["pia"]
    assert open_pick(work, answer.pick_id) == answer
    assert answer.asked is not None and answer.asked.costs == COSTS
    assert recompute_pick(work, answer.pick_id).expected == answer.expected


def test_biggest_first_gets_as_many_phones_and_accounts_without_followers_enter_it(work: UnitOfWork) -> None:
    _people(work)
    gain = pick_ambassadors(work, ASK).gain
    assert gain is not None
    assert (gain.handles, gain.cost, gain.biggest_first) == (("pia", "nils"), Money(480_00), 500)
    assert (gain.difference.mean, gain.share) == (60, pytest.approx(0.12))


def test_an_unknown_fee_can_be_assumed_and_is_not_invented_for_a_deal(work: UnitOfWork) -> None:
    _people(work)
    ask = replace(ASK, count=3, budget=Money(600_00), costs=replace(COSTS, assumed_fee=Money(60_00)))
    answer = pick_ambassadors(work, ask)
    ugo = next(one for one in answer.picks if one.handle == "ugo")
    assert (ugo.fee, ugo.cost) == (None, Money(140_00))
    assert any("A fee of 60 EUR is assumed for 1 people" in str(note) for note in answer.notes)


def test_without_a_budget_unknown_fees_are_counted_and_not_taken_for_nothing(work: UnitOfWork) -> None:
    _people(work)
    answer = pick_ambassadors(work, replace(ASK, count=5, budget=None))
    assert (answer.unknown_fees, answer.cost) == (1, Money(1_370_00))
    free = pick_ambassadors(work, replace(ASK, count=5, budget=Money(250_00), without_fee=True))
    assert (len(free.picks), free.cost) == (3, Money(240_00))


def test_the_certificate_on_a_network_counts_whole_costs(work: UnitOfWork) -> None:
    add_ties(
        work,
        [(one, f"{one}{number}") for one, size in (("a", 9), ("b", 7), ("c", 5)) for number in range(size)],
    )
    for handle, fee in (("a", 100_00), ("b", 20_00), ("c", 10_00)):
        add_person(work, handle, fee_minor=fee, fee_currency="EUR")
    certain = ProbabilityRule.parse("constant:1")
    ask = PickRequest(2, budget=Money(130_00), probabilities=certain, key=3, runs=50)
    assert {one.handle for one in pick_ambassadors(work, ask).picks} == {"a", "b"}
    whole = pick_ambassadors(work, replace(ask, costs=CostsPerPerson(device=Money(50_00))))
    assert {one.handle for one in whole.picks} == {"b", "c"}
    assert (whole.cost, whole.certificate) == (Money(130_00), pytest.approx(1, abs=0.1))
    assert [(one.handle, str(one.reason)) for one in whole.left_out] == [("a", "over budget")]
    assert whole.gain is not None and set(whole.gain.handles) == {"b", "c"}
    assert "a" not in {one.handle for one in whole.reserve}


def test_amounts_that_cannot_be_meant_are_refused_by_name(work: UnitOfWork) -> None:
    _people(work)
    with pytest.raises(BadInputError, match="costs in EUR and USD cannot be added up"):
        pick_ambassadors(work, replace(ASK, costs=CostsPerPerson(device=Money(1_00, "USD"))))
    with pytest.raises(BadInputError, match="a cost of -1 for each person"):
        pick_ambassadors(work, replace(ASK, costs=CostsPerPerson(other=Money(-1_00))))
    with pytest.raises(InfeasibleError, match="50 EUR pays nobody: the cheapest person costs 100 in all"):
        pick_ambassadors(work, replace(ASK, budget=Money(50_00)))


def test_a_campaign_gives_its_budget_and_what_phones_in_stock_cost(work: UnitOfWork) -> None:
    campaign_id = add_launch(work)
    with work.writing() as session:
        for cost in (60_00, 80_00, None):
            session.add(
                Device(
                    model="Q1", cost_minor=cost, currency="EUR", status=DeviceStatus.IN_STOCK, created_at=NOW
                )
            )
    known = campaign_money(work, campaign_id, CostsPerPerson(shipping=Money(9_00)))
    assert (known.left, known.costs) == (Money(5_000_00), CostsPerPerson(Money(70_00), Money(9_00)))
    _people(work)
    pick_ambassadors(work, replace(ASK, campaign_id=campaign_id))
    assert campaign_money(work, campaign_id, CostsPerPerson()).costs == COSTS


@pytest.mark.parametrize("limits", ["none", "groups", "pairs", "crossing"])
def test_the_baseline_fills_every_place_it_can_be_shown_to_fill(limits: str) -> None:
    """Whoever picks ``places`` people within the demands shows that the biggest can fill them too."""
    keys = tuple(range(2, 18, 2))
    fees = dict(zip(keys, (90, 80, 70, 60, 30, 20, 10, 5), strict=True))
    groups, apart = _limits(limits, keys)
    for budget in range(40, 300, 20):
        problem = PickProblem(
            3, Objective.INTERACTIONS, keys, 0, budget=budget, fees=fees, on_top=7, groups=groups,
            apart=apart, followers={key: 1_000 - key for key in keys[:6]},
        )  # fmt: skip
        possible = [one for one in combinations(keys, 3) if _meets(problem, one)]
        if possible:
            taken, by_followers = biggest_accounts(problem, {}, 3)
            assert by_followers and _meets(problem, taken)
            assert taken[0] == min(one[0] for one in possible)


@settings(max_examples=200)
@given(
    fees=st.lists(st.integers(0, 9), min_size=1, max_size=9),
    budget=st.integers(0, 30),
    places=st.integers(1, 6),
)
def test_the_baseline_within_a_budget_is_its_plain_twin(fees: list[int], budget: int, places: int) -> None:
    keys = tuple(2 * number for number in range(1, len(fees) + 1))
    costs = dict(zip(keys, fees, strict=True))
    if places > len(keys) or sum(sorted(fees)[:places]) > budget:
        return
    problem = PickProblem(places, Objective.VIEWS, keys, 0, budget=budget, fees=costs)
    assert biggest_accounts(problem, dict.fromkeys(keys, 1), places)[0] == _plain(costs, budget, places)


def _plain(costs: dict[int, int], budget: int, places: int) -> tuple[int, ...]:
    """Take each in turn if the cheapest others still fill the places left."""
    taken: list[int] = []
    for key, cost in costs.items():
        others = sorted(one_cost for one, one_cost in costs.items() if one != key and one not in taken)
        spent = sum(costs[one] for one in taken)
        if len(taken) < places and spent + cost + sum(others[: places - len(taken) - 1]) <= budget:
            taken.append(key)
    return tuple(taken)


def _limits(name: str, keys: tuple[int, ...]) -> tuple[tuple[Quota, ...], tuple[tuple[int, int], ...]]:
    odd, low = Quota.over("odd", keys[::2], at_most=2), Quota.over("low", keys[1::2], at_least=1)
    crossing = Quota.over("half", keys[:4], at_most=2)
    return {
        "none": ((), ()),
        "groups": ((odd, low), ()),
        "pairs": ((), ((keys[0], keys[1]), (keys[6], keys[7]))),
        "crossing": ((odd, low, crossing), ((keys[0], keys[7]),)),
    }[name]


def _meets(problem: PickProblem, taken: tuple[int, ...]) -> bool:
    inside = [len(set(group.members).intersection(taken)) for group in problem.groups]
    limits = zip(problem.groups, inside, strict=True)
    kept = all(
        group.at_least <= size <= (size if group.at_most is None else group.at_most) for group, size in limits
    )
    cost = sum(problem.cost_of(key) or 0 for key in taken)
    apart = not any(set(pair) <= set(taken) for pair in problem.apart)
    return len(set(taken)) == 3 and kept and apart and cost <= (problem.budget or 0)


def test_a_problem_with_whole_costs_is_kept_and_one_from_before_still_opens() -> None:
    problem = PickProblem(1, Objective.VIEWS, (2,), 5, fees={2: 10}, on_top=3, assumed_fee=4)
    kept = problem_to_json(problem)
    assert problem_from_json(kept) == problem
    del kept["on_top"], kept["assumed_fee"]
    assert problem_from_json(kept).cost_of(2) == 10
