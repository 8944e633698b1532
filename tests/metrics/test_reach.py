"""Reach: the hand-computed case, overlaps, and signatures within their own error."""

import numpy as np
import pytest

from ambassador.metrics.reach import (
    estimate_jaccard,
    marginal_reach,
    minhash,
    overlap,
    reach_and_exposure,
    reach_range,
)


def test_two_shares_reach_four_people_with_five_deliveries() -> None:
    assert reach_and_exposure([["A", "B"], ["C"], ["C", "D"]]) == (4, 5)


def test_a_member_of_two_audiences_is_nobodys_own() -> None:
    audiences = {"a": set(range(10)), "b": set(range(1, 10)), "c": {99}}
    assert marginal_reach(audiences) == {"a": 1, "b": 0, "c": 1}


def test_nine_of_ten_followers_shared_is_90_percent_of_the_union_and_all_of_the_smaller() -> None:
    found = overlap(set(range(10)), set(range(9)))
    assert found is not None
    assert (found.jaccard, found.of_smaller) == (0.9, 1.0)


def test_an_empty_audience_overlaps_with_nothing_known() -> None:
    assert overlap(set(), {1}) is None


def test_unknown_sizes_are_left_out_of_the_range() -> None:
    assert reach_range([None, 5, 7]) == (7, 12)
    assert reach_range([None]) is None


def test_signatures_estimate_the_overlap_within_four_standard_deviations() -> None:
    rng = np.random.default_rng(5)
    everybody = rng.integers(0, 2**63, 30_000, dtype=np.uint64)
    one, other = minhash(everybody[:20_000], 1_024), minhash(everybody[10_000:], 1_024)
    share, deviation = estimate_jaccard(one, other)
    assert abs(share - 1 / 3) < 4 * deviation
    assert estimate_jaccard(one, one) == (1.0, 0.0)


def test_signatures_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="4 and 8"):
        estimate_jaccard(np.zeros(4, np.uint64), np.zeros(8, np.uint64))
    with pytest.raises(ValueError, match="empty"):
        minhash(np.empty(0, np.uint64))
