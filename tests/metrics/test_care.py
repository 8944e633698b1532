import numpy as np
import pytest

from ambassador.metrics.care import waiting_quantile


def twin(hours, answered, share):
    """Multiply the chances to go on waiting, one answer after the other."""
    waiting = 1.0
    for moment in sorted({h for h, a in zip(hours, answered, strict=True) if a}):
        at_risk = sum(h >= moment for h in hours)
        answers = sum(h == moment and a for h, a in zip(hours, answered, strict=True))
        waiting *= 1 - answers / at_risk
        if waiting <= 1 - share + 1e-12:
            return moment
    return None


def test_when_all_are_answered_the_median_is_the_usual_one():
    hours = np.array([5.0, 1.0, 2.0])
    assert waiting_quantile(hours, np.ones(3, bool), 0.5) == 2.0
    assert waiting_quantile(hours, np.ones(3, bool), 0.9) == 5.0


def test_those_still_waiting_make_the_median_longer():
    hours = np.array([1.0, 2.0, 10.0, 24.0, 24.0])
    assert waiting_quantile(hours, np.array([True, True, True, False, False]), 0.5) == 10.0


def test_a_median_nobody_has_reached_is_not_known():
    assert waiting_quantile(np.array([1.0, 9.0, 9.0]), np.array([True, False, False]), 0.5) is None
    assert waiting_quantile(np.array([]), np.array([], bool), 0.5) is None


@pytest.mark.parametrize("key", range(20))
def test_it_agrees_with_the_obvious_way(key):
    rng = np.random.default_rng(key)
    hours = rng.integers(0, 12, 30).astype(float)
    answered = rng.random(30) < rng.random()
    for share in (0.25, 0.5, 0.9):
        assert waiting_quantile(hours, answered, share) == twin(hours.tolist(), answered.tolist(), share)
