"""Exact bounds of a share, against the binomial distribution itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.kernels.cover import by_falling_count
from ambassador.propagation.pick.certificate import (
    coverage_for,
    least_share,
    lower_bound,
    most_hits,
    upper_bound,
)
from tests import naive
from tests.naive import tails
from tests.naive.tails import tail_from

DELTAS = st.sampled_from([0.2, 0.05, 0.0025, 1e-6])


@given(draws=st.integers(1, 60), data=st.data(), share=st.floats(0, 1))
def test_the_tail_is_the_sum_of_its_binomial_chances(draws: int, data: st.DataObject, share: float) -> None:
    hits = data.draw(st.integers(0, draws))
    expected = naive.chance_of_at_least(hits, draws, share) if hits > draws * share else 1.0
    assert tail_from(hits, draws, share) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(draws=st.integers(1, 60), data=st.data(), delta=DELTAS)
def test_bounds_are_wrong_with_chance_delta_and_no_wider_than_that(
    draws: int, data: st.DataObject, delta: float
) -> None:
    hits = data.draw(st.integers(0, draws))
    low, high = lower_bound(hits, draws, 1.0, delta), upper_bound(hits, draws, 1.0, delta)
    assert low <= hits / draws <= high
    if hits > 0:
        assert naive.chance_of_at_least(hits, draws, low) == pytest.approx(delta, rel=1e-6)
    if hits < draws:
        assert naive.chance_of_at_least(draws - hits, draws, 1 - high) == pytest.approx(delta, rel=1e-6)
    assert (low == 0.0) == (hits == 0)
    assert (high == 1.0) == (hits == draws)


@given(draws=st.integers(1, 200), upper=st.floats(0.01, 1), delta=DELTAS)
def test_the_coverage_that_is_enough_is_the_last_whose_bound_is_low_enough(
    draws: int, upper: float, delta: float
) -> None:
    enough = coverage_for(upper, draws, 1.0, delta)
    assert enough < 0 or upper_bound(enough, draws, 1.0, delta) <= upper + 1e-12
    assert enough == draws or upper_bound(enough + 1, draws, 1.0, delta) > upper - 1e-12


@given(draws=st.integers(1, 200_000), part=st.floats(0, 1), delta=DELTAS)
def test_the_least_share_is_the_one_found_by_halving(draws: int, part: float, delta: float) -> None:
    hits = round(part * draws)
    assert least_share(hits, draws, delta) == pytest.approx(tails.least_share(hits, draws, delta), abs=1e-12)


@given(draws=st.integers(1, 200_000), share=st.floats(0.001, 1), delta=DELTAS)
def test_the_most_hits_are_those_found_by_halving(draws: int, share: float, delta: float) -> None:
    assert most_hits(share, draws, delta) == tails.most_hits(share, draws, delta)


def test_bounds_hold_for_millions_of_sets() -> None:
    low, high = lower_bound(60_000, 1_000_000, 1.0, 0.005), upper_bound(60_000, 1_000_000, 1.0, 0.005)
    error = np.sqrt(0.06 * 0.94 / 1_000_000)
    assert 0.06 - low == pytest.approx(2.576 * error, rel=0.01)
    assert high - 0.06 == pytest.approx(2.576 * error, rel=0.01)


@given(
    counts=st.lists(st.integers(0, 6), max_size=40),
    closed=st.sets(st.integers(0, 39)),
)
def test_nodes_by_falling_count_are_sorted(counts: list[int], closed: set[int]) -> None:
    available = np.array([node not in closed for node in range(len(counts))], np.bool_)
    order = np.empty(len(counts), np.int64)
    found = by_falling_count(np.array(counts, np.int64), available, order)
    wanted = [node for node in range(len(counts)) if counts[node] and node not in closed]
    assert order[:found].tolist() == sorted(wanted, key=lambda node: (-counts[node], node))
