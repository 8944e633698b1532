"""What each thing cost, what only some posts state, and where a figure stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.cost import (
    cost_per,
    cost_per_engagement,
    cost_per_post,
    cost_per_thousand_impressions,
    return_on_investment,
)
from ambassador.metrics.spikes import LEAST, is_spike
from ambassador.metrics.tally import add_known, interval_position, people_who_may_see, weighted_sum
from ambassador.values.results.results import IntervalPosition

SIZES = st.lists(st.none() | st.integers(0, 10**9), max_size=8)


def test_half_a_cent_is_rounded_up() -> None:
    assert cost_per(5, 2) == 3
    assert cost_per(1, 3) == 0


def test_a_cost_of_nothing_is_nothing_each_but_nothing_bought_is_unknown() -> None:
    assert cost_per(0, 5) == 0
    assert cost_per(500, 0) is None
    assert cost_per_engagement(500, None) is None


def test_cost_per_thousand_views() -> None:
    assert cost_per_thousand_impressions(80_000, 91_000) == 879


def test_adding_up_what_is_known_tells_nothing_from_zero() -> None:
    assert add_known([4, None, 5]) == 9
    assert add_known([0, None]) == 0
    assert add_known([None, None]) is None
    assert add_known([]) is None


def test_cost_per_post_counts_goods_shipping_and_fees() -> None:
    assert cost_per_post(30_000, 1_000, 9_000, 4) == 10_000


def test_a_campaign_that_earned_nothing_lost_all_of_its_cost() -> None:
    assert return_on_investment(0, 100) == -1.0


@given(SIZES)
def test_people_who_may_see_it_are_at_least_the_largest_and_at_most_the_sum(sizes: list[int | None]) -> None:
    seen, known = people_who_may_see(sizes), [size for size in sizes if size is not None]
    assert (seen.low, seen.high) == ((max(known), sum(known)) if known else (None, None))
    assert (seen.known, seen.of) == (len(known), len(sizes))


def test_one_account_alone_is_exact_and_one_unknown_account_is_not() -> None:
    assert people_who_may_see([10]).exact
    assert not people_who_may_see([10, None]).exact
    assert not people_who_may_see([None], union=5, listed=1).exact


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**6), st.sampled_from([0.25, 0.5, 1.0]))))
def test_a_sum_is_unknown_exactly_when_no_post_states_it(pairs: list[tuple[int | None, float]]) -> None:
    found = weighted_sum(pairs)
    assert (found.value is None) == (found.stated == 0)
    assert found.of == len(pairs)


@pytest.mark.parametrize(
    ("observed", "over", "where"),
    [
        (1, True, IntervalPosition.BELOW),
        (1, False, IntervalPosition.OPEN),
        (2, True, IntervalPosition.INSIDE),
        (9, True, IntervalPosition.INSIDE),
        (10, False, IntervalPosition.ABOVE),
        (None, True, IntervalPosition.UNKNOWN),
    ],
)
def test_the_ends_of_an_interval_are_inside(
    observed: int | None, over: bool, where: IntervalPosition
) -> None:
    assert interval_position(observed, (2, 9), over=over) is where


def test_a_quiet_campaign_has_no_spikes_of_a_few_posts() -> None:
    assert not is_spike(LEAST - 1, [0] * 7)
    assert is_spike(LEAST + 5, [0] * 7)
