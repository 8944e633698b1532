"""Choosing people whose values add up, against trying every choice."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import InfeasibleError
from ambassador.propagation.pick.additive import pick_additive
from ambassador.propagation.pick.constraints import Constraints
from ambassador.values.picks.quotas import Quota


def _best_by_trying(value: np.ndarray, count: int, demands: Constraints) -> float:
    best = 0.0
    for size in range(count + 1):
        for chosen in combinations(range(value.size), size):
            if _fits(chosen, demands):
                best = max(best, float(value[list(chosen)].sum()))
    return best


def _fits(chosen: tuple[int, ...], demands: Constraints) -> bool:
    if not set(demands.must) <= set(chosen):
        return False
    if demands.budget is not None and demands.costs[list(chosen)].sum() > demands.budget:
        return False
    return all(np.isin(chosen, quota.members).sum() <= quota.at_most for quota in demands.groups)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_other_choice_is_better(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    whole = st.integers(0, 50)
    value = np.array(data.draw(st.lists(whole, min_size=size, max_size=size)), float)
    cost = np.array(data.draw(st.lists(whole, min_size=size, max_size=size)), float)
    city = np.array(data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    most = [data.draw(st.integers(0, 3)) for _ in range(3)]
    quotas = [Quota.over(str(one), np.flatnonzero(city == one), at_most=most[one]) for one in range(3)]
    count, budget = data.draw(st.integers(0, 5)), float(data.draw(st.integers(0, 120)))
    demands = Constraints(costs=cost, budget=budget, groups=quotas)
    choice = pick_additive(value, count, demands)
    assert _fits(tuple(choice.chosen.tolist()), demands)
    assert choice.total == pytest.approx(_best_by_trying(value, count, demands))
    assert choice.certificate == pytest.approx(1.0, abs=1e-3)


def test_somebody_who_must_be_in_is_in_even_with_nothing_to_bring() -> None:
    choice = pick_additive(np.array([5.0, 4.0, 0.0]), 2, Constraints(must=[2]))
    assert choice.chosen.tolist() == [0, 2]


def test_demands_that_cannot_be_met_are_named() -> None:
    value, tens = np.ones(3), np.full(3, 10.0)
    with pytest.raises(InfeasibleError, match="2 people must be in, but only 1"):
        pick_additive(value, 1, Constraints(must=[0, 1]))
    with pytest.raises(InfeasibleError, match=r"cost 20\.0, the budget is 15\.0"):
        pick_additive(value, 3, Constraints(costs=tens, budget=15.0, must=[0, 1]))
    with pytest.raises(InfeasibleError, match="More than 1 of those who must be in are in Bari"):
        pick_additive(value, 3, Constraints(must=[0, 1], groups=[Quota.over("Bari", [0, 1, 2], at_most=1)]))
    triangle = Constraints(exclusive=[(0, 1), (1, 2), (0, 2)], groups=[Quota.over("Bari", [0, 1, 2], 2)])
    with pytest.raises(InfeasibleError, match="At least 2 in Bari: 1 can be in together"):
        pick_additive(value, 3, triangle)


def test_who_is_in_already_counts_towards_quotas() -> None:
    bari = Quota.over("Bari", [0, 1, 3], at_least=2, at_most=2)
    assert pick_additive(np.array([1.0, 2.0, 3.0]), 2, Constraints(groups=[bari]), [3]).chosen.tolist() == [
        2,
        1,
    ]
    with pytest.raises(InfeasibleError, match="At least 4 in Bari: 3 exist"):
        pick_additive(np.ones(3), 3, Constraints(groups=[Quota.over("Bari", [0, 1, 3], 4)]), [3])


def test_of_nobody_nobody_is_chosen() -> None:
    assert pick_additive(np.empty(0), 3, Constraints()).chosen.size == 0
