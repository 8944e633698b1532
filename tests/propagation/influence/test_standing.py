"""How much a record says, against sums over a grid."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.propagation.influence.shrunken_rates import WORTHS, counts_per_trial, successes_per_trial

GRID = np.linspace(0.00005, 0.99995, 10_000)


def by_grid(successes: list[int], trials: list[int]) -> tuple[list[float], list[float]]:
    """Add up prior times likelihood over a grid of rates, worth by worth."""
    rate = (sum(successes) + 0.5) / (sum(trials) + 1)
    weights, means, lows = [], [], []
    for worth in WORTHS:
        prior = GRID ** (rate * worth - 1) * (1 - GRID) ** ((1 - rate) * worth - 1)
        posts = [
            prior * GRID**won * (1 - GRID) ** (n - won) for won, n in zip(successes, trials, strict=True)
        ]
        weights.append(np.prod([one.sum() / prior.sum() for one in posts]))
        means.append([(GRID * one).sum() / one.sum() for one in posts])
        lows.append([GRID[np.searchsorted(one.cumsum() / one.sum(), 0.05)] for one in posts])
    share = np.array(weights) / sum(weights)
    return list(share @ np.array(means)), list(share @ np.array(lows))


def test_shares_are_what_a_sum_over_all_rates_gives():
    successes, trials = [1, 9, 4, 3], [10, 12, 9, 7]
    found = successes_per_trial(np.array(successes, float), np.array(trials, float))
    means, lows = by_grid(successes, trials)
    assert found.mean == pytest.approx(means, abs=0.01)
    assert found.at_least == pytest.approx(lows, abs=0.02)


def test_nineteen_in_twenty_lie_above_what_is_said_to_be_least():
    rng = np.random.default_rng(1)
    rate, trials = rng.gamma(0.8, 1.5, 4_000), rng.integers(1, 30, 4_000).astype(float)
    found = counts_per_trial(rng.poisson(rate * trials).astype(float), trials)
    assert (rate >= found.at_least).mean() == pytest.approx(0.95, abs=0.02)
    assert found.mean.mean() == pytest.approx(rate.mean(), rel=0.05)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=8))
@settings(deadline=None)
def test_the_least_is_below_the_mean_and_more_success_says_more(records):
    trials = np.array([max(one) for one in records], float)
    won = np.array([min(one) for one in records], float)
    for found in (counts_per_trial(won, trials), successes_per_trial(won, trials)):
        assert (found.at_least <= found.mean + 1e-12).all()
        order = np.lexsort((won, trials))
        same = np.diff(trials[order]) == 0
        assert (np.diff(found.mean[order])[same] >= -1e-12).all()
