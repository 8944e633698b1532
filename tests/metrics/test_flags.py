"""Flags: evidence only where there is some."""

from datetime import UTC, datetime, timedelta

import numpy as np

from ambassador.metrics.flags import FlagRules, follows_many, largest_spike, ratio_deviations

_DAY = datetime(2026, 5, 1, tzinfo=UTC)


def test_growth_of_a_quarter_in_three_days_is_a_spike() -> None:
    readings = [(_DAY, 1_000), (_DAY + timedelta(days=3), 1_250), (_DAY + timedelta(days=6), 1_300)]
    spike = largest_spike(readings, FlagRules())
    assert spike is not None
    assert (spike.before, spike.after) == (1_000, 1_250)


def test_slow_growth_is_no_spike() -> None:
    assert largest_spike([(_DAY, 1_000), (_DAY + timedelta(days=60), 1_900)], FlagRules()) is None
    assert largest_spike([(_DAY, 0), (_DAY + timedelta(days=1), 1_900)], FlagRules()) is None


def test_an_unknown_figure_flags_nothing() -> None:
    assert not follows_many(None, FlagRules())


def test_a_small_group_has_no_outliers() -> None:
    assert np.isnan(ratio_deviations(np.array([1.0, 9e9]), np.ones(2), FlagRules())).all()


def test_a_group_without_spread_has_no_outliers() -> None:
    found = ratio_deviations(np.full(30, 10.0), np.ones(30), FlagRules())
    assert np.isnan(found).all()
