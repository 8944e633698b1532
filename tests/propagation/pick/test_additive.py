"""Choosing people whose values add up, against trying every choice."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import InfeasibleError
from ambassador.propagation.pick.additive import Cap, Limits, pick_additive


def _best_by_trying(value: np.ndarray, limits: Limits) -> float:
    best = 0.0
    for size in range(limits.count + 1):
        for chosen in combinations(range(value.size), size):
            if _fits(chosen, limits):
                best = max(best, float(value[list(chosen)].sum()))
    return best


def _fits(chosen: tuple[int, ...], limits: Limits) -> bool:
    if not set(limits.must) <= set(chosen):
        return False
    if (
        limits.budget is not None
        and limits.cost is not None
        and limits.cost[list(chosen)].sum() > limits.budget
    ):
        return False
    return all(np.isin(chosen, cap.members).sum() <= cap.at_most for cap in limits.caps)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_no_other_choice_is_better(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 8))
    whole = st.integers(0, 50)
    value = np.array(data.draw(st.lists(whole, min_size=size, max_size=size)), float)
    cost = np.array(data.draw(st.lists(whole, min_size=size, max_size=size)), float)
    city = np.array(data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size)))
    caps = [Cap(str(one), np.flatnonzero(city == one), data.draw(st.integers(0, 3))) for one in range(3)]
    limits = Limits(data.draw(st.integers(0, 5)), cost, float(data.draw(st.integers(0, 120))), (), caps)
    choice = pick_additive(value, limits)
    assert _fits(tuple(choice.chosen.tolist()), limits)
    assert choice.total == pytest.approx(_best_by_trying(value, limits))
    assert choice.certificate == pytest.approx(1.0, abs=1e-3)


def test_somebody_who_must_be_in_is_in_even_with_nothing_to_bring() -> None:
    choice = pick_additive(np.array([5.0, 4.0, 0.0]), Limits(2, must=[2]))
    assert choice.chosen.tolist() == [0, 2]


def test_demands_that_cannot_be_met_are_named() -> None:
    value = np.ones(3)
    with pytest.raises(InfeasibleError, match="2 people must be in, but only 1"):
        pick_additive(value, Limits(1, must=[0, 1]))
    with pytest.raises(InfeasibleError, match=r"cost 20\.0, more than the budget of 15\.0"):
        pick_additive(value, Limits(3, np.full(3, 10.0), 15.0, [0, 1]))
    with pytest.raises(InfeasibleError, match="at most 1 of Bari: 2"):
        pick_additive(value, Limits(3, must=[0, 1], caps=[Cap("Bari", np.array([0, 1, 2]), 1)]))


def test_of_nobody_nobody_is_chosen() -> None:
    assert pick_additive(np.empty(0), Limits(3)).chosen.size == 0
