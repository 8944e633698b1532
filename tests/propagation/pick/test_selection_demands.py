"""What a pick has to respect: groups, pairs, fees, who is in already, deadlines, audiences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.remaining_capacity import RemainingCapacity
from ambassador.propagation.pick.selection import Limits, Scenario
from ambassador.values.picks.quotas import Quota
from tests import naive
from tests.propagation.networks import built
from tests.propagation.picking import FEES, TEN, launch, pick


@settings(max_examples=40)
@given(
    parts=st.lists(st.integers(0, 3), min_size=8, max_size=8),
    fees=st.lists(st.integers(0, 5), min_size=8, max_size=8),
    least=st.lists(st.integers(0, 2), min_size=3, max_size=3),
    budget=st.integers(0, 20),
    count=st.integers(0, 6),
)
def test_what_is_called_feasible_can_always_be_completed(
    parts: list[int], fees: list[int], least: list[int], budget: int, count: int
) -> None:
    groups = [
        Quota.over(
            str(name), [node for node in range(8) if parts[node] == name], least[name], max(2, least[name])
        )
        for name in range(3)
    ]
    constraints = Constraints(costs=fees, budget=budget, groups=groups)

    def fits(chosen: tuple[int, ...]) -> bool:
        counts = [sum(node in group.members for node in chosen) for group in groups]
        return (
            len(chosen) <= count
            and sum(fees[node] for node in chosen) <= budget
            and all(g.at_least <= c <= g.at_most for g, c in zip(groups, counts, strict=True) if g.at_most)
        )

    possible = any(fits(chosen) for chosen in naive.subsets(range(8), 6))
    try:
        demands = check_constraints(built([], 8), count, constraints)
    except InfeasibleError:
        assert not possible
        return
    assert possible
    room, taken = RemainingCapacity(demands), []
    while room.open(np.arange(8)).any():
        node = int(np.flatnonzero(room.open(np.arange(8)))[-1])
        room.take(node)
        taken.append(node)
    assert fits(tuple(taken))


def test_contradicting_demands_are_named() -> None:
    network = built(TEN, 9)
    for constraints, words in (
        (Constraints(must=[1], never=[1]), "1 must be in and must not be in"),
        (Constraints(must=[0, 1, 2, 3]), "4 people must be in, but only 3 can be"),
        (Constraints(groups=[Quota.over("Bari", [2, 3, 8], at_least=5)]), "At least 5 in Bari: 3 exist"),
        (Constraints(groups=[Quota.over("Bari", [2, 3], 2, 1)]), "At least 2 and at most 1 in Bari"),
        (
            Constraints(groups=[Quota.over("A", [0, 1], 2), Quota.over("B", [2, 3], 2)]),
            "ask for 4 people; 3 can be",
        ),
        (
            Constraints(must=[0, 1], groups=[Quota.over("A", [0, 1], at_most=1)]),
            "More than 1 of those who must",
        ),
        (Constraints(costs=FEES, budget=3.0, must=[0]), "cost 5.0, the budget is 3.0"),
        (
            Constraints(costs=FEES, budget=3.0, groups=[Quota.over("A", [0, 1], 1)]),
            "At least 1 in A: 0 exist",
        ),
        (
            Constraints(costs=FEES, budget=4.0, groups=[Quota.over("A", [1], 1), Quota.over("B", [2], 1)]),
            "cost 5.0; the",
        ),
        (Constraints(must=[0, 1], exclusive=[(0, 1)]), "0 and 1 must both be in and exclude"),
        (Constraints(costs=[np.nan, *FEES[1:]], budget=9.0, must=[0]), "their fee is not known"),
    ):
        with pytest.raises(InfeasibleError, match=words):
            pick(network, 3, constraints=constraints)


def test_pairs_never_leave_a_group_short() -> None:
    network = built([(0, node, 1.0) for node in range(3, 9)] + [(1, 8, 1.0)], 9)
    two = Quota.over("Bari", [1, 2], at_least=2)
    chosen = pick(network, 3, certificate=0.5, constraints=Constraints(groups=[two], exclusive=[(0, 1)]))
    assert set(chosen.nodes.tolist()) >= {1, 2}
    with pytest.raises(InfeasibleError, match="At least 2 in Bari: 1 can be in together"):
        pick(network, 3, constraints=Constraints(groups=[two], exclusive=[(1, 2)]))


def test_who_excludes_somebody_already_in_cannot_be_picked() -> None:
    network = built(TEN, 9)
    chosen = pick(network, 9, certificate=0.5, already=[0], constraints=Constraints(exclusive=[(0, 1)]))
    assert 1 not in chosen.nodes
    with pytest.raises(InfeasibleError, match="1 must be in, but excludes 0, who is in already"):
        pick(network, 2, already=[0], constraints=Constraints(must=[1], exclusive=[(0, 1)]))


def test_demands_are_met_even_where_nothing_can_be_gained() -> None:
    network = built(TEN, 9)
    groups = [Quota.over("Bari", [2, 3, 8], at_least=2)]
    demands = Constraints(costs=FEES, budget=9.0, must=[7], groups=groups)
    for scenario in (Scenario(value=[0.0] * 9), Scenario(posting=[0.0] * 9)):
        chosen = pick(network, 4, constraints=demands, scenario=scenario)
        assert (chosen.stopped_because, chosen.spread) == ("nothing to gain", 0.0)
        assert chosen.nodes.tolist() == [7, 2, 3]


def test_limits_and_quotas_that_cannot_be_meant_are_refused_by_name() -> None:
    network, nan = built(TEN, 9), float("nan")
    for more, words in (
        ({"limits": Limits(bytes=0)}, "memory limit of 0 bytes"),
        ({"limits": Limits(seconds=-1.0)}, "time limit of -1.0 seconds"),
        ({"limits": Limits(seconds=nan)}, "time limit of nan seconds"),
        ({"limits": Limits(delta=nan)}, "delta is nan"),
        ({"reserve": -1}, "reserve of -1 people"),
        ({"certificate": nan}, "certificate nan"),
        ({"scenario": Scenario(deadline=1.5)}, "deadline 1.5 is no whole step"),
        ({"scenario": Scenario(deadline=nan)}, "deadline nan"),
        ({"scenario": Scenario(value=[nan] * 9)}, "Values must be 9 numbers"),
        ({"constraints": Constraints(groups=[Quota.over("Bari", [1], -1)])}, "-1 people in Bari"),
        ({"constraints": Constraints(groups=[Quota.over("Bari", [1], 0, -1)])}, "-1 people in Bari"),
        ({"constraints": Constraints(groups=[Quota.over("Bari", [1], nan)])}, "nan people in Bari"),
        ({"constraints": Constraints(groups=[Quota.over("Bari", [1], 0, 1.5)])}, "1.5 people in Bari"),
    ):
        with pytest.raises(BadInputError, match=words):
            pick(network, 2, **more)
    for count in (nan, -1, float("inf")):
        with pytest.raises(InfeasibleError, match="people cannot be picked"):
            pick(network, count)
    with pytest.raises(InfeasibleError, match="cannot be negative"):
        pick(network, 2, constraints=Constraints(costs=FEES, budget=nan))


def test_who_has_no_known_fee_is_left_out_of_a_budgeted_pick() -> None:
    constraints = Constraints(costs=[np.nan, *FEES[1:]], budget=100.0)
    assert 0 not in pick(built(TEN, 9), 9, constraints=constraints).nodes


def test_somebody_already_in_makes_their_neighbours_worthless() -> None:
    network = launch()
    chosen = pick(network, 1, already=network.nodes_of(["a"]))
    assert network.keys_of(chosen.nodes) == ["c"]
    assert (chosen.spread, chosen.already_spread) == (5.0, 11.0)


def test_a_person_who_seldom_posts_is_worth_less() -> None:
    network = launch()
    posting = np.ones(network.node_count)
    posting[network.nodes_of(["a"])] = 0.1
    chosen = pick(network, 1, scenario=Scenario(posting=posting))
    assert network.keys_of(chosen.nodes) == ["b"]


def test_a_deadline_prefers_who_is_quick() -> None:
    slow = [(0, 1, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)]
    quick = [(5, 6, 1.0), (5, 7, 1.0)]
    network = built(slow + quick, 8)
    assert pick(network, 1).nodes.tolist() == [0]
    assert pick(network, 1, scenario=Scenario(deadline=1)).nodes.tolist() == [5]
    assert pick(network, 1, scenario=Scenario(deadline=1)).spread == 3.0


def test_only_the_target_audience_counts() -> None:
    network = launch()
    value = np.zeros(network.node_count)
    value[network.nodes_of(["m1", "m2"])] = 2.5
    chosen = pick(network, 1, scenario=Scenario(value=value))
    assert network.keys_of(chosen.nodes) == ["c"]
    assert chosen.spread == 5.0
