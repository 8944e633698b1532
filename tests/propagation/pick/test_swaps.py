"""Swaps: never worse, never against a demand, and nothing left that one exchange would gain."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from ambassador.errors import InfeasibleError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.certificate import ROUNDING, best_coverage
from ambassador.propagation.pick.constraints import CheckedConstraints, Constraints
from ambassador.propagation.pick.cover import candidates_of, choose, greedy
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.sampling import SetCollection
from ambassador.propagation.pick.selection import pick_seeds
from ambassador.values.picks.quotas import Quota
from tests import naive

NODES = 7
NETWORK = InfluenceNetwork.from_arrays([], [], None, NODES)
SETS = st.lists(st.lists(st.integers(0, NODES - 1), unique=True, max_size=4), min_size=1, max_size=20)
FEES = st.lists(st.integers(0, 5), min_size=NODES, max_size=NODES)
PAIRS = st.lists(st.tuples(st.integers(0, 2), st.integers(3, NODES - 1)), max_size=4)


def collected(sets: Sequence[Sequence[int]]) -> SetCollection:
    collection = SetCollection()
    members = np.array([node for inside in sets for node in inside], np.int32)
    collection.extend(members, np.cumsum([0, *map(len, sets)]))
    return collection


def covered(sets: Sequence[Sequence[int]], chosen: Sequence[int]) -> int:
    return sum(not set(chosen).isdisjoint(inside) for inside in sets)


@st.composite
def demands_of(draw: st.DrawFn) -> tuple[Constraints, int]:
    """Draw what may be demanded of a pick: fees, groups, pairs, somebody who must be in."""
    budgeted = draw(st.booleans())
    group = Quota.over("Bari", [0, 3, 4], draw(st.integers(0, 1)), draw(st.integers(1, 2)))
    constraints = Constraints(
        costs=draw(FEES) if budgeted else None,
        budget=draw(st.integers(0, 12)) if budgeted else None,
        groups=[group] if draw(st.booleans()) else (),
        must=draw(st.lists(st.integers(0, NODES - 1), max_size=1)),
        exclusive=draw(PAIRS),
    )
    return constraints, draw(st.integers(1, 4))


def demands_met(constraints: Constraints, count: int) -> CheckedConstraints:
    """Leave aside what nobody can meet."""
    try:
        return check_constraints(NETWORK, count, constraints)
    except InfeasibleError:
        reject()


def fits(chosen: Sequence[int], constraints: Constraints, count: int) -> bool:
    inside = set(chosen)
    good = len(inside) == len(chosen) <= count and inside >= set(constraints.must)
    if constraints.costs is not None:
        good &= sum(constraints.costs[node] for node in chosen) <= constraints.budget
    for group in constraints.groups:
        good &= group.at_least <= len(inside & set(group.members)) <= group.at_most
    return good and not any(inside >= set(pair) for pair in constraints.exclusive)


@given(sets=SETS, picked=st.lists(st.integers(0, NODES - 1), unique=True))
def test_sets_by_owner_are_their_twin(sets: list[list[int]], picked: list[int]) -> None:
    everybody = np.arange(NODES)
    collection = collected(sets)
    index = collection.index(everybody, collection.counts(NODES))
    table = index.by_owner(np.array(picked, np.int64), everybody)
    assert table.tolist() == naive.sets_by_owner(sets, picked, everybody.tolist())


@settings(max_examples=300)
@given(sets=SETS, asked=demands_of())
def test_a_choice_fits_and_no_single_exchange_would_gain(
    sets: list[list[int]], asked: tuple[Constraints, int]
) -> None:
    constraints, count = asked
    demands = demands_met(constraints, count)
    candidates, choice = choose(collected(sets), demands, 2)
    chosen = candidates.nodes[choice.picked].tolist()
    total = covered(sets, chosen)
    assert choice.covered == total
    assert total >= greedy(candidates, demands, 0).covered
    if fits(chosen, constraints, count) and not demands.only_counted:
        outside = [node for node in range(NODES) if node not in chosen]
        moved = [
            [*(one for one in chosen if one != leaves), comes]
            for leaves in [*chosen, None]
            for comes in outside
        ]
        near = [covered(sets, other) for other in moved if fits(other, constraints, count)]
        assert max(near, default=0) <= total
    else:
        assert demands.only_counted or constraints.groups


@settings(max_examples=200)
@given(sets=SETS, asked=demands_of())
def test_no_feasible_pick_covers_more_than_the_bound(
    sets: list[list[int]], asked: tuple[Constraints, int]
) -> None:
    constraints, count = asked
    demands = demands_met(constraints, count)
    feasible = [chosen for chosen in naive.subsets(range(NODES), count) if fits(chosen, constraints, count)]
    best = max((covered(sets, chosen) for chosen in feasible), default=0)
    candidates, choice = choose(collected(sets), demands, 0)
    assert best_coverage(candidates, demands, choice, 0.0, lambda: True) >= best - ROUNDING


def test_the_price_of_money_is_found_where_places_and_money_both_run_out() -> None:
    # Ten cost 10 and reach 8 each, ten cost 1 and reach 2, ten cost 4 and reach 6: five of the last fit.
    fees, worth = [10.0] * 10 + [1.0] * 10 + [4.0] * 10, [8] * 10 + [2] * 10 + [6] * 10
    sets = [[node] for node in range(30) for _ in range(worth[node])]
    demands = check_constraints(
        InfluenceNetwork.from_arrays([], [], None, 30), 5, Constraints(costs=fees, budget=20.0)
    )
    candidates = candidates_of(collected(sets), demands, None)
    assert greedy(candidates, demands, 0).covered == 16
    assert greedy(candidates, demands, 0, np.inf).covered == 10
    assert greedy(candidates, demands, 0, 1.0).covered == 30
    assert choose(collected(sets), demands, 0)[1].covered == 30


def test_a_pair_that_greedy_begins_wrongly_is_mended() -> None:
    rows = [("a", f"l{i:02}", 1.0) for i in range(1, 11)] + [("b", f"l{i:02}", 1.0) for i in range(1, 10)]
    network = InfluenceNetwork.from_ties(rows + [("c", f"m{i}", 1.0) for i in range(1, 5)])
    a, c = network.nodes_of(["a", "c"])
    pick = pick_seeds(network, 2, rng=np.random.default_rng(1), constraints=Constraints(exclusive=[(a, c)]))
    assert network.keys_of(pick.nodes) == ["b", "c"]
    assert pick.spread == pytest.approx(15.0)
