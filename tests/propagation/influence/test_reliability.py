"""How stated probabilities are rated."""

import numpy as np
import pytest

from ambassador.propagation.influence.reliability import (
    area_under_curve,
    calibration_slope,
    rate_predictions,
    reliability_bins,
    top_error,
    top_group_error,
)


def test_the_area_counts_pairs_and_halves_ties():
    rng = np.random.default_rng(1)
    stated, happened = rng.integers(0, 5, 60) / 5, rng.random(60) < 0.4
    wins, losses = stated[happened], stated[~happened]
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in wins for b in losses]
    assert area_under_curve(stated, happened) == pytest.approx(np.mean(pairs))


def test_without_anybody_on_one_side_there_is_no_area():
    found = rate_predictions(np.array([0.2, 0.3]), np.array([False, False]))
    assert found.auc is None
    assert found.slope is None


def test_bins_hold_the_same_count_and_everybody():
    stated, happened = np.linspace(0, 1, 103), np.arange(103) % 2 == 0
    bins = reliability_bins(stated, happened)
    assert sum(one.count for one in bins) == 103
    assert {one.count for one in bins} <= {5, 6}


def test_true_probabilities_have_slope_one_and_bold_ones_less():
    rng = np.random.default_rng(2)
    odds = rng.normal(-2, 1.5, 20_000)
    true = 1 / (1 + np.exp(-odds))
    happened = rng.random(20_000) < true
    assert calibration_slope(true, happened) == pytest.approx(1.0, abs=0.08)
    bold = 1 / (1 + np.exp(-2 * odds))
    assert calibration_slope(bold, happened) == pytest.approx(0.5, abs=0.05)
    assert abs(top_error(true, happened) or 0.0) < 4
    assert (top_error(bold, happened) or 0.0) < -4


def test_the_top_is_off_by_as_much_as_its_groups_are():
    rng = np.random.default_rng(3)
    stated, group = rng.random(400), rng.integers(0, 9, 400).astype(np.int32)
    happened = rng.random(400) < stated
    top = sorted(range(400), key=lambda one: stated[one])[-20:]
    misses = [sum(happened[one] - stated[one] for one in top if group[one] == number) for number in range(9)]
    expected = sum(misses) / sum(miss**2 for miss in misses) ** 0.5
    assert top_group_error(stated, happened, group) == pytest.approx(expected)
    assert rate_predictions(stated, happened, group).top_group_error == pytest.approx(expected)
    assert rate_predictions(stated, happened).top_group_error is None
    assert top_group_error(stated, happened, np.zeros(400, np.int32)) is None


def test_where_groups_run_hot_and_cold_a_true_forecast_is_off_by_coins_but_not_by_groups():
    rng = np.random.default_rng(4)
    coins, groups = [], []
    for _ in range(200):
        group = np.repeat(np.arange(100, dtype=np.int32), 40)
        frailty = np.exp(0.9 * rng.standard_normal(100) - 0.9**2 / 2)[group]
        stated = np.full(4_000, 0.1)
        happened = rng.random(4_000) < np.minimum(stated * frailty, 1.0)
        coins.append(abs(top_error(stated, happened, 1.0) or 0.0) <= 2)
        groups.append(abs(top_group_error(stated, happened, group, 1.0) or 0.0) <= 2)
    assert np.mean(coins) < 0.7
    assert np.mean(groups) > 0.9
