"""Forecasts of cascade sizes from what was known before."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.size_forecasts import fit_sizes, past_scores, pooling_strength

NUMBERS = st.floats(-3, 3).map(lambda value: round(value, 3))


@given(rows=st.lists(st.tuples(NUMBERS, NUMBERS), min_size=4, max_size=12))
def test_each_residual_is_that_of_a_line_fitted_without_it(rows: list[tuple[float, float]]) -> None:
    scores, logs = np.array(rows).T
    logs = np.abs(logs)
    if np.unique(scores).size < 3:
        return
    slow = []
    for place in range(scores.size):
        kept = np.arange(scores.size) != place
        if np.ptp(scores[kept]) < 0.01:
            return
        slope, level = np.polyfit(scores[kept], logs[kept], 1)
        slow.append(logs[place] - level - slope * scores[place])
    assert fit_sizes(scores, np.exp(logs)).residuals == pytest.approx(sorted(slow), abs=1e-5)


@given(starters=st.lists(st.integers(0, 3), min_size=1, max_size=12), strength=st.floats(0.1, 9))
def test_a_score_looks_at_earlier_cascades_alone(starters: list[int], strength: float) -> None:
    logs = np.arange(len(starters)) % 4 / 2
    found = past_scores(np.array(starters), np.exp(logs), strength)
    for place, starter in enumerate(starters):
        before = logs[:place]
        own = [log for log, one in zip(before, starters[:place], strict=True) if one == starter]
        common = before.mean() if place else 0.0
        assert found[place] == pytest.approx((sum(own) + strength * common) / (len(own) + strength))


def test_the_strength_is_recovered_from_simulated_starters() -> None:
    rng = np.random.default_rng(3)
    starters = np.repeat(np.arange(600), 5)
    logs = rng.normal(0, 0.5, 600)[starters] + rng.normal(0, 1.0, starters.size)
    assert pooling_strength(starters, logs) == pytest.approx(1.0 / 0.25, rel=0.25)


def test_predictive_samples_hold_new_cascades_as_often_as_they_say() -> None:
    rng = np.random.default_rng(4)
    count = 3_000
    scores = rng.normal(0, 1, 2 * count)
    sizes = np.exp(2 + 0.7 * scores + rng.gumbel(0, 0.6, 2 * count))
    fitted = fit_sizes(scores[:count], sizes[:count])
    ends = np.array([np.quantile(fitted.sample(score), [0.1, 0.9]) for score in scores[count:]])
    held = np.mean((np.round(sizes[count:]) >= ends[:, 0]) & (np.round(sizes[count:]) <= ends[:, 1]))
    assert abs(held - 0.8) < 4 * np.sqrt(0.8 * 0.2 / count) + 0.02  # whole numbers: the ends are inside


def test_a_single_past_cascade_is_repeated() -> None:
    assert fit_sizes(np.zeros(1), np.array([7.0])).sample(0.0).tolist() == [7.0]
