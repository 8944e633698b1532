"""How sure a median of few cases is, against counting every way coins can fall."""

from math import comb

import numpy as np
import pytest

from ambassador.metrics.intervals import interval_score, interval_scores, median_range


def held(cases: int, place: int) -> float:
    """Give how often the true median lies between the so-manieth smallest and largest case."""
    outside = sum(comb(cases, below) for below in range(place + 1))
    return 1 - 2 * outside / 2**cases


@pytest.mark.parametrize("cases", range(5, 60))
def test_the_range_of_a_median_is_the_narrowest_that_is_sure_enough(cases):
    low, high = median_range(np.arange(cases)[::-1], 0.9)
    assert low + high == cases - 1
    assert held(cases, int(low)) >= 0.9 > held(cases, int(low) + 1)


def test_the_median_of_too_few_cases_may_be_anywhere_they_are():
    assert median_range([3.0, 1.0], 0.9) == (1.0, 3.0)
    assert median_range([3.0], 0.9) == (3.0, 3.0)


def test_the_interval_score_is_the_mean_of_its_cases():
    low, high, came = np.array([[1.0, 2.0, 3.0], [4.0, 4.0, 4.0], [2.0, 9.0, 1.0]])
    each = interval_scores(low, high, came, 0.8)
    assert each.tolist() == pytest.approx([3, 2 + 10 * 5, 1 + 10 * 2])
    assert interval_score(low, high, came, 0.8) == pytest.approx(each.mean())
