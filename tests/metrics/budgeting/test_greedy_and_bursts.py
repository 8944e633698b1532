"""The rules that go down a list, how many votes may fall, and votes that come too thick."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.budgeting import (
    burst_votes,
    by_votes,
    by_votes_per_cost,
    unrepresented,
    votes_until_out,
)

ROUNDS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 9)), min_size=1, max_size=6)
RULES = st.sampled_from((by_votes, by_votes_per_cost))


@given(ROUNDS, st.integers(0, 25), RULES)
def test_both_rules_spend_no_more_than_the_budget_and_leave_nothing_affordable(rounds, budget, rule) -> None:
    costs, votes = [one for one, _ in rounds], [two for _, two in rounds]
    built = rule(costs, votes, budget).built
    left = budget - sum(costs[idea] for idea in built)
    assert left >= 0
    assert not [i for i, cost in enumerate(costs) if votes[i] and i not in built and cost <= left]


@given(ROUNDS, st.integers(0, 25), RULES)
def test_the_margin_is_where_counting_down_one_by_one_loses_the_idea(rounds, budget, rule) -> None:
    costs, votes = [one for one, _ in rounds], [two for _, two in rounds]
    for idea in rule(costs, votes, budget).built:
        fewer = next(
            count
            for count in range(1, votes[idea] + 1)
            if idea not in rule(costs, [v - count * (i == idea) for i, v in enumerate(votes)], budget).built
        )
        assert votes_until_out(costs, votes, budget, idea, rule) == fewer


def test_votes_for_the_money_are_compared_exactly() -> None:
    costs, votes = [10**17 + 1, 10**17], [3, 3]
    assert by_votes_per_cost(costs, votes, 10**17 + 1).built == (1,)


def test_a_tie_is_told_only_where_it_decides() -> None:
    assert [(one.built, one.left) for one in by_votes([5, 5], [3, 3], 5).ties] == [(0, 1)]
    assert by_votes([5, 5], [3, 3], 10).ties == ()
    assert by_votes([5, 4], [3, 3], 5).ties == ()
    assert by_votes([5, 4], [3, 3], 5).built == (1,)


def test_whoever_has_no_idea_of_theirs_built_is_counted() -> None:
    supporters = [np.array([0, 1]), np.array([2]), np.array([], np.int64)]
    assert unrepresented(supporters, [0], 4) == 2
    assert unrepresented(supporters, [], 4) == 4


def test_steady_votes_are_no_burst_and_unknown_moments_are_left_alone() -> None:
    steady = np.arange(500) * 60.0
    assert not burst_votes(steady, 30_000).any()
    assert not burst_votes(np.full(30, np.nan), 0).any()
    assert not burst_votes(np.array([]), 0).any()


def test_a_burst_is_marked_wherever_it_stands_in_the_list() -> None:
    rng = np.random.default_rng(2)
    moments = np.concatenate((rng.uniform(0, 5e5, 60), 2.5e5 + rng.uniform(0, 120, 40)))
    order = rng.permutation(moments.size)
    marked = burst_votes(moments[order], 5e5)
    assert marked[np.argsort(order)][60:].all()
    assert marked.sum() < 45
