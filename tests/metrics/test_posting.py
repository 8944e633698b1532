"""How posting probabilities are learned and drawn."""

import numpy as np
import pytest

from ambassador.metrics.posting import PostingHabit, pool_habit, posting_probability, sample_posting

_NONE = np.zeros(1)


def test_without_any_history_the_common_rate_is_one_half() -> None:
    assert pool_habit(_NONE, _NONE).mean == 0.5


def test_somebody_new_has_the_common_rate() -> None:
    habit = pool_habit(np.array([12.0]), np.array([10.0]))
    assert posting_probability(habit, _NONE, _NONE)[0] == pytest.approx(11 / 14)


def test_own_history_moves_one_away_from_the_others_as_it_grows() -> None:
    habit = PostingHabit(90.0, 10.0)
    given = np.array([0.0, 2.0, 10.0, 1000.0])
    probability = posting_probability(habit, given, np.zeros(4))
    assert probability[0] == pytest.approx(0.9)
    assert np.all(np.diff(probability) < 0)
    assert probability[3] < 0.02


def test_draws_are_wider_than_coins_with_the_mean_because_the_common_rate_is_not_known() -> None:
    habit, nobody = PostingHabit(5.0, 3.0), np.zeros(40)
    drawn = sample_posting(habit, nobody, nobody, draws=4000, rng=np.random.default_rng(3))
    posts = np.random.default_rng(4).binomial(1, drawn).sum(axis=1)
    assert posts.mean() == pytest.approx(40 * habit.mean, rel=0.03)
    assert posts.var() > 2 * 40 * habit.mean * (1 - habit.mean)


def test_more_posts_than_devices_are_refused() -> None:
    with pytest.raises(ValueError, match="more posts"):
        pool_habit(np.array([1.0]), np.array([2.0]))
