"""The trend-setter score, by hand."""

import numpy as np
import pytest

from ambassador.metrics.score import percentile_scores, shrink, topic_fit, trend_setter_score


def test_the_score_is_the_weighted_geometric_mean() -> None:
    # (80^2 x 20)^(1/3) = 128000^(1/3)
    found = trend_setter_score({"reach": 80, "network": 20}, {"reach": 2, "network": 1})
    assert found == pytest.approx(128_000 ** (1 / 3))


def test_equal_sub_scores_give_themselves() -> None:
    assert trend_setter_score(
        dict.fromkeys(("reach", "resonance", "relevance", "network"), 37.0)
    ) == pytest.approx(37)


def test_a_sub_score_without_weight_does_not_count() -> None:
    assert trend_setter_score({"reach": 50, "network": 0}, {"reach": 1, "network": 0}) == pytest.approx(50)


def test_a_zero_that_counts_makes_zero() -> None:
    assert trend_setter_score({"reach": 0, "network": 90}) == 0


def test_a_score_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no score"):
        trend_setter_score({})
    with pytest.raises(ValueError, match="no score"):
        trend_setter_score({"reach": 101})


def test_percentiles_of_the_known_average_fifty() -> None:
    found = percentile_scores(np.array([3.0, np.nan, 1.0, 1.0, 9.0, 4.0]))
    assert np.nanmean(found) == pytest.approx(50)
    assert np.isnan(found[1])
    assert found[4] == 90


def test_nothing_known_becomes_the_middle_not_a_blank() -> None:
    assert shrink(np.array([np.nan, np.nan]), np.zeros(2)).tolist() == [50, 50]


def test_little_evidence_moves_a_score_towards_the_group() -> None:
    scores = np.array([90.0, 90.0, 30.0])  # mean 70
    found = shrink(scores, np.array([1.0, 9.0, np.inf]), prior=1.0)
    assert found.tolist() == [80, 88, 30]


def test_unknown_topics_have_no_fit() -> None:
    assert topic_fit(frozenset(), frozenset({"tech"})) is None
    assert topic_fit(frozenset({"tech"}), frozenset()) is None
    assert topic_fit(frozenset({"food"}), frozenset({"tech"})) == 0
