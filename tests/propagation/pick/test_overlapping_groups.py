"""Quotas over several dimensions at once: feasible exactly when they can be met, certified, named."""

import re
from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import InfeasibleError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.certificate import ROUNDING, best_coverage
from ambassador.propagation.pick.completion import FEW_KINDS, Shortage, Supply, complete
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.cover import choose, greedy
from ambassador.propagation.pick.feasibility import cheapest_feasible, check_constraints
from ambassador.propagation.pick.group_signatures import group_signatures
from ambassador.propagation.pick.selection import Limits, SeedSet, pick_seeds
from ambassador.values.picks.quotas import Quota
from tests import naive
from tests.propagation.networks import built
from tests.propagation.pick.test_swaps import collected, covered

NODES = 8
NOBODY = InfluenceNetwork.from_arrays([], [], None, NODES)
SETS = st.lists(st.lists(st.integers(0, NODES - 1), unique=True, max_size=4), min_size=1, max_size=20)
TEN = [(0, 2, 0.7), (0, 3, 0.4), (1, 3, 0.6), (1, 4, 0.9), (4, 5, 0.5), (5, 6, 0.8), (7, 6, 0.3), (2, 8, 0.2)]
FEES = [5.0, 4.0, 1.0, 1.0, 2.0, 2.0, 1.0, 1.0, 1.0]


@st.composite
def quotas(draw: st.DrawFn) -> tuple[Constraints, int, list[int]]:
    """Draw three to five groups that overlap, now and then with fees, pairs, people who must be or are in."""
    groups = []
    for name in range(draw(st.integers(3, 5))):
        nodes = draw(st.lists(st.integers(0, NODES - 1), unique=True, min_size=2, max_size=6))
        least = draw(st.integers(0, 3))
        most = draw(st.none() | st.integers(least, 4))
        groups.append(Quota.over(f"g{name}", nodes, least, most))
    budgeted = draw(st.booleans())
    fees = st.lists(st.integers(0, 5), min_size=NODES, max_size=NODES)
    pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(3, NODES - 1)), max_size=2)
    constraints = Constraints(
        costs=draw(fees) if budgeted else None,
        budget=draw(st.integers(0, 14)) if budgeted else None,
        groups=groups,
        must=draw(st.lists(st.integers(0, NODES - 1), max_size=1)),
        exclusive=draw(pairs),
    )
    already = draw(st.lists(st.integers(0, NODES - 1), max_size=1))
    return constraints, draw(st.integers(1, 5)), already


def fits(chosen: Sequence[int], constraints: Constraints, count: int, already: Sequence[int] = ()) -> bool:
    """Say in the plainest way whether a pick meets all demands."""
    inside, there = set(chosen), set(chosen) | set(already)
    good = len(inside) <= count and there >= set(constraints.must) and not inside & set(already)
    if constraints.costs is not None:
        good &= sum(constraints.costs[node] for node in chosen) <= constraints.budget
    for group in constraints.groups:
        before = len(set(already) & set(group.members))
        most = 99 if group.at_most is None else max(group.at_most, before)
        good &= group.at_least <= len(there & set(group.members)) <= most
    return good and not any(there >= set(pair) for pair in constraints.exclusive)


def overlaps(constraints: Constraints) -> bool:
    return any(set(one.members) & set(other.members) for one, other in combinations(constraints.groups, 2))


@settings(max_examples=400)
@given(sets=SETS, asked=quotas())
def test_a_pick_is_found_exactly_when_there_is_one_and_the_bound_holds(
    sets: list[list[int]], asked: tuple[Constraints, int, list[int]]
) -> None:
    constraints, count, already = asked
    if not overlaps(constraints):
        return
    everybody = [node for node in range(NODES) if node not in already]
    feasible = [
        chosen for chosen in naive.subsets(everybody, count) if fits(chosen, constraints, count, already)
    ]
    try:
        demands = check_constraints(NOBODY, count, constraints, already)
    except InfeasibleError:
        assert not feasible
        return
    assert feasible
    candidates, choice = choose(collected(sets), demands, 2)
    chosen = candidates.nodes[choice.picked].tolist()
    assert fits(chosen, constraints, count, already)
    assert fits(cheapest_feasible(demands).tolist(), constraints, count, already)
    assert choice.covered == covered(sets, chosen) >= greedy(candidates, demands, 0).covered
    best = max(covered(sets, one) for one in feasible)
    assert best_coverage(candidates, demands, choice, 0.0, lambda: True) >= best - ROUNDING


@settings(max_examples=100)
@given(
    groups=st.lists(st.lists(st.integers(0, 6), unique=True, min_size=1), min_size=2, max_size=4),
    least=st.lists(st.integers(0, 3), min_size=4, max_size=4),
    most=st.lists(st.integers(0, 5), min_size=4, max_size=4),
    fees=st.lists(st.integers(0, 9), min_size=7, max_size=7),
    slots=st.integers(0, 7),
    money=st.integers(0, 30),
)
def test_a_shortage_can_be_ended_exactly_when_it_can(
    groups: list[list[int]], least: list[int], most: list[int], fees: list[int], slots: int, money: int
) -> None:
    costs = np.array(fees, np.float64)
    kinds = group_signatures([np.array(nodes, np.int32) for nodes in groups], costs)
    short = Shortage(np.array(least[: len(groups)]), np.array(most[: len(groups)]), slots, money)

    def ends(chosen: Sequence[int]) -> bool:
        counts = [len(set(chosen) & set(nodes)) for nodes in groups]
        good = all(low <= count <= high for low, count, high in zip(least, counts, most, strict=False))
        return good and len(chosen) <= slots and sum(fees[node] for node in chosen) <= money

    found = complete(Supply(kinds, costs, {}, np.ones(7, np.bool_)), short)
    assert (found is not None) == any(ends(chosen) for chosen in naive.subsets(range(7), slots))
    assert found is None or ends(found.tolist())


def test_where_many_kinds_serve_only_few_are_looked_at_first_and_all_for_a_proof() -> None:
    rng = np.random.default_rng(4)
    groups = [np.flatnonzero(rng.random(2_000) < 0.3).astype(np.int32) for _ in range(14)]
    kinds = group_signatures(groups, np.zeros(2_000))
    free = np.ones(2_000, np.bool_)
    assert kinds.inside.shape[0] > 4 * FEW_KINDS
    least, most = np.full(14, 4), np.full(14, 9)
    found = complete(Supply(kinds, None, {}, free), Shortage(least, most, 10, np.inf), prove=False)
    assert found is not None
    assert (kinds.count(found) >= 4).all()
    # Who is in three groups or fewer is not among the few that serve most, but alone is free.
    free = kinds.inside.sum(axis=1)[kinds.of] <= 1
    assert complete(Supply(kinds, None, {}, free), Shortage(least, most, 55, np.inf)) is None
    assert complete(Supply(kinds, None, {}, free), Shortage(np.full(14, 1), most, 14, np.inf)) is not None


def pick(network: InfluenceNetwork, count: int, key: int = 1, **more: object) -> SeedSet:
    return pick_seeds(network, count, rng=np.random.default_rng(key), **more)


CITY = [Quota.over("Bari", [2, 3, 8], at_least=1), Quota.over("Roma", [0, 1, 4], at_most=1)]
TIER = [
    Quota.over("nano", [0, 2, 5, 6], at_least=1, at_most=2),
    Quota.over("macro", [1, 3, 4, 7], at_least=1),
]
TOPIC = [Quota.over("phones", [0, 1, 2, 7], at_most=1), Quota.over("games", [2, 5, 7, 8])]
OVERLAPPING = [
    Constraints(groups=[*CITY, *TIER, *TOPIC]),
    Constraints(groups=[*CITY, *TIER], costs=FEES, budget=7.0, exclusive=[(1, 5)]),
    Constraints(groups=[*TIER, *TOPIC], must=[7], never=[0]),
]


@pytest.mark.slow
@pytest.mark.parametrize("constraints", OVERLAPPING)
def test_certificates_hold_in_a_thousand_picks_under_overlapping_quotas(constraints: Constraints) -> None:
    network = built(TEN, 9)
    everybody = [node for node in range(9) if node not in constraints.never]
    feasible = [chosen for chosen in naive.subsets(everybody, 3) if fits(chosen, constraints, 3)]
    worth = {frozenset(chosen): naive.exact_spread(TEN, chosen) for chosen in feasible}
    best, held, bounds_held = max(worth.values()), 0, 0
    for key in range(1_000):
        chosen = pick(
            network,
            3,
            key,
            certificate=0.4,
            limits=Limits(delta=0.1),
            constraints=constraints,
            threads=1,
            reserve=0,
        )
        reached = worth[frozenset(chosen.nodes.tolist())]
        held += reached >= chosen.certificate * best - 1e-9
        bounds_held += chosen.lower <= reached + 1e-9 and chosen.upper >= best - 1e-9
    assert held >= 900
    assert bounds_held >= 900


def test_demands_that_clash_are_named_and_no_other() -> None:
    network = built(TEN, 9)
    bari, nano = [0, 1, 2, 3], [0, 1, 2, 3, 4]
    for constraints, words in (
        (
            Constraints(
                groups=[
                    Quota.over("Bari", bari, 3),
                    Quota.over("nano", nano, 0, 2),
                    Quota.over("x", [4, 5], 1),
                ]
            ),
            "at most 2 in nano; at least 3 in Bari",
        ),
        (
            Constraints(
                groups=[Quota.over("A", [0, 1, 2], 2), Quota.over("B", [2, 3], 2), Quota.over("C", [7, 8], 2)]
            ),
            "4 people in all; at least 2 in A; at least 2 in B; at least 2 in C",
        ),
        (
            Constraints(
                groups=[Quota.over("A", [0, 1], 1), Quota.over("B", [1, 0, 4], 1)], costs=FEES, budget=3.0
            ),
            "At least 1 in A: 0 exist",
        ),
        (
            Constraints(
                groups=[Quota.over("A", [2, 7], 2), Quota.over("B", [7, 4, 5], 2)], costs=FEES, budget=3.0
            ),
            "a budget of 3.0; at least 2 in A; at least 2 in B",
        ),
        (
            Constraints(
                groups=[Quota.over("A", [0, 1], 1), Quota.over("B", [1, 2, 3], 3)], exclusive=[(1, 2)]
            ),
            "pairs that exclude each other; at least 3 in B",
        ),
        (
            Constraints(groups=[Quota.over("A", [0, 1], 3), Quota.over("B", [1], 1)]),
            "At least 3 in A: 2 exist",
        ),
        (
            Constraints(groups=[Quota.over("A", [0, 1], 2, 1), Quota.over("B", [1])]),
            "At least 2 and at most 1 in A",
        ),
    ):
        with pytest.raises(InfeasibleError, match=re.escape(words)):
            pick(network, 4, constraints=constraints)


def test_who_is_in_already_counts_towards_quotas() -> None:
    network = built([(0, node, 1.0) for node in range(5, 12)], 12)
    disjoint = [Quota.over("Bari", [0, 1, 2, 3], at_least=3, at_most=3)]
    for groups in (disjoint, [*disjoint, Quota.over("nano", [1, 2, 3, 4])]):
        chosen = pick(network, 4, constraints=Constraints(groups=groups), already=[2, 3], certificate=0.5)
        assert 0 in chosen.nodes
        assert not {1, 2, 3} & set(chosen.nodes.tolist())
        with pytest.raises(InfeasibleError, match="At least 5 in Bari: 4 exist"):
            pick(
                network, 4, constraints=Constraints(groups=[Quota.over("Bari", [0, 1, 2, 3], 5)]), already=[2]
            )
    full = Constraints(groups=[Quota.over("Bari", [0, 1, 2, 3], at_most=1)])
    assert not {0, 1} & set(pick(network, 9, constraints=full, already=[2, 3]).nodes.tolist())
    with pytest.raises(InfeasibleError, match="At most 1 in Bari: 3 must be in or are in already"):
        pick(network, 9, constraints=Constraints(groups=full.groups, must=[0]), already=[2, 3])


def test_who_is_good_but_would_make_the_quotas_impossible_is_passed_over() -> None:
    # 0 reaches most, but both places are needed: one in A and B, one in C and D; 1 is in A alone.
    network = built([(0, node, 1.0) for node in range(6, 12)] + [(1, 7, 1.0)], 12)
    groups = [
        Quota.over("A", [1, 2], 1),
        Quota.over("B", [2, 3], 1),
        Quota.over("C", [4, 5], 1),
        Quota.over("D", [4, 3], 1),
    ]
    chosen = pick(network, 2, constraints=Constraints(groups=groups))
    assert sorted(chosen.nodes.tolist()) == [2, 4]
    assert chosen.certificate > 0.5
