"""Shares inside intervals, exact tests, scores."""

from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.metrics.intervals import (
    calibration_error,
    calibration_error_by_chance,
    histogram,
    interval_scores,
    probability_transform,
    share_test,
)


@given(of=st.integers(1, 40), level=st.sampled_from([50, 80, 90]), data=st.data())
def test_the_exact_test_sums_all_outcomes_that_are_no_more_probable(
    of: int, level: int, data: st.DataObject
) -> None:
    inside = data.draw(st.integers(0, of))
    chance = [comb(of, k) * (level / 100) ** k * (1 - level / 100) ** (of - k) for k in range(of + 1)]
    slow = sum(one for one in chance if one <= chance[inside] * (1 + 1e-7))
    assert share_test(inside, of, level) == pytest.approx(slow)


def test_nothing_observed_is_not_tested() -> None:
    assert share_test(0, 0, 80) is None


def test_the_score_is_the_width_and_ten_times_what_lies_outside() -> None:
    low, high, seen = np.array([1.0, 1.0, 1.0]), np.array([3.0, 3.0, 3.0]), np.array([2.0, 4.0, 0.5])
    assert interval_scores(low, high, seen, 0.8) == pytest.approx([2.0, 12.0, 7.0])


def test_the_true_quantiles_have_the_best_score() -> None:
    seen = np.random.default_rng(1).standard_normal(20_000)
    scores = {
        end: interval_scores(-end + 0 * seen, end + 0 * seen, seen, 0.8).mean() for end in (0.9, 1.2816, 1.8)
    }
    assert min(scores, key=lambda end: scores[end]) == 1.2816


def test_transforms_of_counts_are_uniform_where_the_distribution_is_right() -> None:
    rng = np.random.default_rng(2)
    sample = rng.poisson(2.0, 20_000).astype(float)
    coins, seen = rng.random(4_000), rng.poisson(2.0, 4_000)
    found = np.array(
        [probability_transform(sample, one, coin) for one, coin in zip(seen, coins, strict=True)]
    )
    assert abs(found.mean() - 0.5) < 4 * np.sqrt(1 / 12 / found.size)
    assert max(abs(count - 400) for count in histogram(found)) < 4 * np.sqrt(400 * 0.9) + 20


def test_who_knows_all_that_can_be_known_is_off_by_what_chance_alone_makes():
    rng = np.random.default_rng(4)
    errors, chances = [], []
    for _ in range(60):
        stated = np.repeat(rng.choice([0.3, 0.5, 0.8], 80), 25)
        own = np.repeat(rng.beta(6, 6, 80) - 0.5, 25)
        happened = rng.random(stated.size) < np.clip(stated + own, 0, 1)
        cluster = np.arange(stated.size) // 25
        errors.append(calibration_error(stated, happened, 10))
        chances.append(calibration_error_by_chance(stated, happened, cluster, 10))
    assert np.mean(chances) == pytest.approx(np.mean(errors), rel=0.15)
    alone = calibration_error_by_chance(stated, happened, np.arange(stated.size), 10)
    assert alone < 0.75 * np.mean(errors)
