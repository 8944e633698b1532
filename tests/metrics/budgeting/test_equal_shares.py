"""Equal shares: beside their slow twin, on examples worked out by hand, and under the laws they promise."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.budgeting.method_of_equal_shares import SharedBudget, buy, equal_shares
from tests.naive.equal_shares import bought_with, completed

Instance = tuple[list[int], list[list[int]], int, int]


def arrays(supporters: Sequence[Sequence[int]]) -> list[np.ndarray]:
    return [np.array(one, np.int64) for one in supporters]


def shared(instance: Instance, steps: int = 20) -> SharedBudget:
    costs, supporters, voters, budget = instance
    return equal_shares(costs, arrays(supporters), voters, budget, steps=steps)


@st.composite
def instances(draw: st.DrawFn, most_voters: int = 7, most_ideas: int = 6) -> Instance:
    """Draw small rounds with many equal costs, so that ties and exact fits are common."""
    voters, ideas = draw(st.integers(0, most_voters)), draw(st.integers(1, most_ideas))
    costs = [draw(st.sampled_from((0, 1, 2, 3, 4, 6, 10, 12))) for _ in range(ideas)]
    each = st.sets(st.integers(0, voters - 1)) if voters else st.just(set())
    supporters = [sorted(draw(each)) for _ in range(ideas)]
    return costs, supporters, voters, draw(st.integers(0, 20))


@given(instances())
def test_what_is_bought_and_paid_is_that_of_the_slow_twin(instance: Instance) -> None:
    costs, supporters, voters, budget = instance
    share = Fraction(budget, voters) if voters else Fraction(0)
    found = buy(costs, arrays(supporters), voters, share, budget)
    assert found is not None
    paid = [(one.idea, one.price) for one in found.purchases()]
    assert paid == bought_with(costs, supporters, voters, share)


@given(instances())
def test_the_completion_is_that_of_the_slow_twin(instance: Instance) -> None:
    found = shared(instance)
    assert (list(found.built), found.raised) == completed(*instance, 20)


def test_a_larger_round_with_round_costs_is_that_of_the_slow_twin() -> None:
    rng = np.random.default_rng(4)
    supporters = [sorted(rng.choice(60, rng.integers(0, 40), replace=False).tolist()) for _ in range(15)]
    costs = (100 * rng.integers(1, 9, 15)).tolist()
    found = shared((costs, supporters, 60, 2_000), steps=60)
    assert (list(found.built), found.raised) == completed(costs, supporters, 60, 2_000, 60)


@given(instances())
def test_the_budget_is_respected_and_nothing_affordable_that_somebody_wants_is_left(
    instance: Instance,
) -> None:
    costs, supporters, _, budget = instance
    built = shared(instance).built
    left = budget - sum(costs[idea] for idea in built)
    assert left >= 0
    assert len(set(built)) == len(built)
    assert not [i for i, cost in enumerate(costs) if cost <= left and supporters[i] and i not in built]


def groups_let_down(
    instance: Instance, built: Sequence[int]
) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Find by trying all of them the groups that deserve some ideas and have nobody who got nearly as much.

    A group deserves ideas all of it wants if its part of the budget pays for them; one of them at least must
    have as much of the budget spent on ideas they want, but for one more idea (EJR up to one project).
    """
    costs, supporters, voters, budget = instance
    got = [sum(costs[i] for i in built if one in supporters[i]) for one in range(voters)]
    failed = []
    for size in range(1, voters + 1):
        for group in combinations(range(voters), size):
            wanted = [i for i, who in enumerate(supporters) if costs[i] and set(group) <= set(who)]
            for count in range(1, len(wanted) + 1):
                for ideas in combinations(wanted, count):
                    worth = sum(costs[i] for i in ideas)
                    if worth * voters > size * budget:
                        continue
                    nearly = max((costs[i] for i in ideas if i not in built), default=0)
                    if not any(got[one] >= worth or got[one] + nearly > worth for one in group):
                        failed.append((group, ideas))
    return failed


@given(instances(most_voters=5, most_ideas=5))
def test_no_group_that_deserves_ideas_is_let_down(instance: Instance) -> None:
    assert not groups_let_down(instance, shared(instance).built)


def test_a_group_that_is_let_down_is_found() -> None:
    instance: Instance = ([10, 10, 10], [[0, 1, 2], [0, 1, 2], [3, 4]], 5, 20)
    assert groups_let_down(([10, 10, 8], *instance[1:]), [0, 1]) == [((3, 4), (2,))]


def test_half_and_half_split_the_budget_as_in_the_published_example() -> None:
    """51 of 100 want ten red ideas, 49 ten blue ones, and there is money for ten: five and five.

    The example most explanations of the method begin with (Peters, Pierczyński, Skowron 2021; electowiki).
    """
    red, blue = list(range(51)), list(range(51, 100))
    found = shared(([1_000] * 20, [red] * 10 + [blue] * 10, 100, 10_000), steps=100)
    assert sorted(found.built) == [0, 1, 2, 3, 4, 10, 11, 12, 13, 14]
    assert len(found.bought) == 10


def test_a_small_public_file_comes_out_as_worked_out_by_hand() -> None:
    """The example of the tool at equalshares.net: four voters, ideas of 5,000, 10,000 and 85,000.

    There are 100,000: each holds 25,000. The first is wanted by three: 1,666.67 each; the second by two:
    5,000 each; the third by two who hold 25,000 and 18,333.33: not enough. Raised 42 times by 500 they hold
    46,000 and 39,333.33: enough, and the richer of the two pays 45,666.67.
    """
    found = shared(([5_000, 10_000, 85_000], [[0, 1, 3], [0, 3], [2, 3]], 4, 100_000), steps=100)
    assert [one.idea for one in found.bought] == [0, 1, 2]
    assert [one.price for one in found.bought[:2]] == [Fraction(5_000, 3), Fraction(5_000)]
    assert found.raised == 42
    assert found.share == 46_000
    assert found.bought[2].price == Fraction(137_000, 3)


def test_the_first_example_of_the_public_format_is_worked_out_by_hand() -> None:
    """Ten voters and five ideas of the description of ``.pb`` files: 2,500 to spend, 250 each.

    Votes: idea 1 (600) has 4, 2 (800) 4, 4 (1,400) 6, 5 (1,000) 5, 7 (1,200) 3. First 4,
    wanted by six who hold 1,500: 233.33 each, which leaves them 16.67. No other idea can be paid then. By
    votes 5 (1,000) follows: 2,400 are spent.
    """
    votes = ["1,2,4", "1,2", "2,4,5", "5,7", "1,4,7", "1,7", "5", "4", "2,4,5", "4,5"]
    keys = ["1", "2", "4", "5", "7"]
    supporters = [[place for place, vote in enumerate(votes) if key in vote.split(",")] for key in keys]
    costs = [600, 800, 1_400, 1_000, 1_200]
    assert [len(one) for one in supporters] == [4, 4, 6, 5, 3]
    plain = shared((costs, supporters, 10, 2_500), steps=0)
    assert [(one.idea, one.price) for one in plain.bought] == [(2, Fraction(700, 3))]
    assert plain.completed == (3,)
    assert (
        list(shared((costs, supporters, 10, 2_500)).built) == completed(costs, supporters, 10, 2_500, 20)[0]
    )


def test_one_unit_at_a_time_is_the_completion_known_as_add1() -> None:
    """Two ideas of 6, three voters, budget 12: 4 each; the second is paid once two hold 3 each beside."""
    found = equal_shares([6, 6], arrays([[0, 1, 2], [0, 1]]), 3, 12, raise_by=Fraction(1))
    assert (found.raised, [one.idea for one in found.bought]) == (1, [0, 1])
    assert found.share == 5


def test_ties_that_the_list_alone_decided_are_told() -> None:
    found = shared(([10, 10], [[0, 1], [0, 1]], 2, 10))
    assert [(one.built, one.left) for one in found.ties] == [(0, 1)]
    assert not shared(([10, 10], [[0, 1], [0, 1]], 2, 20)).ties
    assert not shared(([10, 10], [[0, 1], [0]], 2, 10)).ties


@pytest.mark.parametrize("budget", [0, 7])
def test_nobody_voting_builds_nothing(budget: int) -> None:
    assert shared(([5, 0], [[], []], 0, budget)).built == ()


def test_what_costs_nothing_is_built_once_somebody_wants_it() -> None:
    assert shared(([0, 0, 5], [[0], [], [0]], 1, 0)).built == (0,)


def test_a_purse_that_holds_exactly_the_price_pays_and_is_empty() -> None:
    found = shared(([3, 3], [[0, 1, 2], [0, 1, 2]], 3, 3))
    assert [(one.idea, one.price, one.payers) for one in found.bought] == [(0, Fraction(1), 3)]
