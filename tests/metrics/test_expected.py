"""What one post is expected to bring."""

import numpy as np
import pytest

from ambassador.metrics.expected import (
    ExpectationBasis,
    expected_interactions,
    expected_views,
    pooled_variation,
    sample_totals,
)


def test_own_past_results_come_before_averages_and_averages_before_a_rate() -> None:
    assert expected_interactions(7.0, 90.0, 10.0, 0.1, 500.0) == (7.0, ExpectationBasis.OWN_PAST)
    assert expected_interactions(None, 90.0, None, 0.1, 500.0) == (90.0, ExpectationBasis.AVERAGES)
    assert expected_interactions(None, None, None, 0.1, 500.0) == (50.0, ExpectationBasis.RATE)


def test_what_is_not_known_is_not_zero() -> None:
    assert expected_interactions(None, None, None, 0.1, None) is None
    assert expected_views(None, None) is None
    assert expected_views(0.0, 10.0) == (0.0, ExpectationBasis.OWN_PAST)


def test_without_two_posts_of_anybody_nothing_is_said_about_variation() -> None:
    assert pooled_variation([1, 1], [5.0, 6.0], [25.0, 36.0]) is None


def test_the_variation_of_log_normal_posts_is_recovered() -> None:
    rng = np.random.default_rng(2)
    posts = rng.lognormal(3.0, 0.6, size=(400, 30))
    found = pooled_variation([30] * 400, posts.mean(axis=1).tolist(), (posts**2).mean(axis=1).tolist())
    assert found == pytest.approx(np.expm1(0.36), rel=0.1)


def test_totals_keep_their_mean_and_gain_the_variation_asked_for() -> None:
    totals = sample_totals(
        np.array([10.0]), np.array([[0.5]]), 0.5, runs=40_000, rng=np.random.default_rng(3)
    )[:, 0]
    posted = totals[totals > 0]
    assert totals.mean() == pytest.approx(5.0, rel=0.03)
    assert posted.var() / posted.mean() ** 2 == pytest.approx(0.5, rel=0.1)
