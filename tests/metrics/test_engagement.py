"""Engagement: hand-computed rates, and percentiles against a slow and obvious twin."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.metrics.engagement import (
    count_engagements,
    engagement_rate_by_followers,
    engagement_rate_by_impressions,
    engagement_rate_by_reach,
    percentile_among_nearest,
)


def test_the_three_rates_divide_by_three_different_things() -> None:
    assert engagement_rate_by_followers(50, 1_000) == 0.05
    assert engagement_rate_by_reach(50, 400) == 0.125
    assert engagement_rate_by_impressions(50, 2_000) == 0.025


@pytest.mark.parametrize(("part", "whole"), [(None, 10), (5, None), (5, 0)])
def test_a_rate_of_something_unknown_is_unknown(part: float | None, whole: float | None) -> None:
    assert engagement_rate_by_followers(part, whole) is None


def test_no_engagement_is_zero_not_unknown() -> None:
    assert engagement_rate_by_followers(0, 10) == 0


def test_a_blank_interaction_is_left_out_and_said() -> None:
    found = count_engagements({"likes": 100.0, "comments": None})
    assert found is not None
    assert (found.count, found.counted) == (100, ("likes",))


def test_a_lone_account_has_no_percentile() -> None:
    assert np.isnan(percentile_among_nearest(np.array([100.0]), np.array([0.1]), 5)).all()


def test_peers_are_near_in_size_by_logarithm() -> None:
    # 1,000's nearest by ratio is 1,900 (x 1.9), not 100 (x 10), although both are 900 away.
    followers = np.array([100.0, 1_000.0, 1_900.0])
    assert percentile_among_nearest(followers, np.array([0.9, 0.2, 0.1]), 1)[1] == 100


def test_unknown_accounts_are_nobodys_peers() -> None:
    followers = np.array([100.0, np.nan, 100.0])
    found = percentile_among_nearest(followers, np.array([0.2, 0.9, 0.1]), 5)
    assert found[0] == 100
    assert np.isnan(found[1])
    assert found[2] == 0


def _naive(followers: list[float], rates: list[float], nearest: int) -> list[set[float]]:
    """Every percentile some choice of nearest peers gives: ties in distance may be broken either way."""
    sizes = np.log(np.maximum(followers, 1.0))
    answers = []
    for mine, _ in enumerate(sizes):
        others = sorted((abs(sizes[one] - sizes[mine]), one) for one in range(len(sizes)) if one != mine)
        peers = min(nearest, len(others))
        reach = others[peers - 1][0]
        sure = [one for distance, one in others if distance < reach - 1e-12]
        tied = [one for distance, one in others if abs(distance - reach) <= 1e-12]
        free = peers - len(sure)
        points = sorted(1.0 if rates[o] < rates[mine] else 0.5 * (rates[o] == rates[mine]) for o in tied)
        fixed = sum(1.0 if rates[o] < rates[mine] else 0.5 * (rates[o] == rates[mine]) for o in sure)
        low, high = fixed + sum(points[:free]), fixed + sum(points[len(points) - free :])
        answers.append({100 * low / peers, 100 * high / peers})
    return answers


@settings(deadline=None, max_examples=150)
@given(
    st.lists(st.tuples(st.integers(1, 10_000), st.integers(0, 6)), min_size=2, max_size=25),
    st.integers(1, 8),
)
def test_percentiles_agree_with_a_slow_search(rows: list[tuple[int, int]], nearest: int) -> None:
    followers = [float(size) for size, _ in rows]
    rates = [rate / 10 for _, rate in rows]
    found = percentile_among_nearest(np.array(followers), np.array(rates), nearest)
    for value, allowed in zip(found, _naive(followers, rates, nearest), strict=True):
        assert min(allowed) - 1e-9 <= value <= max(allowed) + 1e-9
