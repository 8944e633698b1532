"""The lift of some hours: against a plain twin, and recovered from simulated arrivals."""

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from ambassador.metrics.lift import law_from_earlier, lift_over, stated_law


@pytest.mark.parametrize(
    ("came", "usual"), [(0, [0, 0, 0]), (40, [10, 12, 9, 11]), (7, [1, 30, 2, 0, 5]), (900, [500] * 12)]
)
def test_the_range_is_that_of_the_law_written_plainly(came: int, usual: list[int]) -> None:
    hours, mean = len(usual), (sum(usual) + 0.5) / len(usual)
    middle = sum(usual) / hours
    dispersion = (sum((one - middle) ** 2 for one in usual) / mean + 2.0) / hours
    variance = max(dispersion, 1.0) * mean * (1 + 1 / hours) ** 2
    law = nbinom(mean**2 / (variance - mean), mean / variance) if variance > mean else poisson(mean)
    found = lift_over(came, usual)
    assert found.usual == mean
    assert found.lift == came - mean
    assert (found.low, found.high) == (came - law.ppf(0.9), came - law.ppf(0.1))


@pytest.mark.parametrize(
    ("mean", "shape", "hours"), [(2.0, 1e9, 4), (20.0, 5.0, 8), (8.0, 3.0, 5), (60.0, 1e9, 12)]
)
def test_the_range_holds_a_known_lift_eight_times_in_ten(mean: float, shape: float, hours: int) -> None:
    rng = np.random.default_rng(11)
    rates = mean * rng.gamma(shape, 1 / shape, (1500, hours + 1))
    counts, lift = rng.poisson(rates), rng.poisson(15.0, 1500)
    inside = 0
    for row, more in zip(counts.tolist(), lift.tolist(), strict=True):
        found = lift_over(row[0] + more, row[1:])
        inside += found.low <= more <= found.high
    assert 0.76 <= inside / 1500 <= 0.96


def test_what_earlier_moments_brought_is_learned_back() -> None:
    rng = np.random.default_rng(3)
    audiences = rng.uniform(1e4, 1e6, 60)
    lifts = rng.poisson(audiences * 1e-4 * rng.lognormal(0.0, 0.4, 60)).astype(float)
    law = law_from_earlier(lifts.tolist(), audiences.tolist(), [True] * 60, 500_000.0)
    assert np.exp(law.log_level) == pytest.approx(50.0, rel=0.2)
    assert law.width == pytest.approx(0.45, abs=0.12)


def test_few_earlier_moments_leave_the_range_wide_and_another_medium_counts_less() -> None:
    one = law_from_earlier([30.0], [1000.0], [True], 1000.0)
    many = law_from_earlier([30.0] * 20, [1000.0] * 20, [True] * 20, 1000.0)
    assert one.width > many.width
    mixed = ([100.0, 10.0, 10.0], [1000.0] * 3)
    television = law_from_earlier(*mixed, [True, False, False], 1000.0)
    radio = law_from_earlier(*mixed, [False, True, True], 1000.0)
    assert radio.log_level < television.log_level < np.log(100.0)
    assert stated_law(30.0).mean == pytest.approx(30.0)
