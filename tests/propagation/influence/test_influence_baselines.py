"""The simple ways learned influence is measured against."""

import numpy as np
import pytest

from ambassador.propagation.influence.baselines import (
    constant_probability,
    goyal_bernoulli,
    goyal_partial_credit,
    weighted_cascade,
)
from ambassador.propagation.influence.tie_history import TieHistory
from tests.naive import exposures_of
from tests.propagation.influence.test_exposures import built

TIES = [(0, 2), (1, 2), (1, 3)]
CASCADES = [[0, 1, 2], [1, 3], [0], [1, 2]]


def test_each_rate_is_a_count_of_candidates_over_another():
    network, log = built(TIES, CASCADES)
    history = TieHistory.of(network, log)
    trials, wins, shares = np.zeros(3), np.zeros(3), np.zeros(3)
    for _, _, did, numbers in exposures_of(TIES, CASCADES):
        for number in numbers:
            trials[number] += 1
            wins[number] += did
            shares[number] += did / len(numbers)
    assert goyal_bernoulli(history).tolist() == (wins / trials).tolist() == [0.5, 2 / 3, 1 / 3]
    assert goyal_partial_credit(history) == pytest.approx(shares / trials)
    assert constant_probability(history) == pytest.approx(np.full(3, shares.sum() / trials.sum()))
    assert weighted_cascade(network).tolist() == [0.5, 0.5, 1.0]


def test_a_tie_that_was_never_tried_has_no_rate():
    network, log = built(TIES, [[3]])
    assert goyal_bernoulli(TieHistory.of(network, log)).tolist() == [0.0, 0.0, 0.0]
