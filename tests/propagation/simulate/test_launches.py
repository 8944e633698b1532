"""Launches whose postings are not known, and audiences that overlap."""

import numpy as np
import pytest

from ambassador.errors import BadInputError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.overlap import direct_overlap
from ambassador.propagation.simulate.curve import gains_in_turn
from ambassador.propagation.simulate.launches import simulate_launches
from ambassador.propagation.simulate.spread import Simulation, seeds_of, simulated

_RNG = np.random.default_rng(5)
_NETWORK = InfluenceNetwork.from_arrays(_RNG.integers(0, 40, 160), _RNG.integers(0, 40, 160), 0.2, 40)


def test_with_certain_posting_a_launch_is_a_plain_run_on_the_same_coins() -> None:
    launches = simulate_launches(_NETWORK, [1, 2], np.ones((4, 2)), runs=200, key=9)
    plain = simulated(Simulation(_NETWORK, seeds_of(_NETWORK, [1, 2], None), 9), 200, None, None)
    np.testing.assert_array_equal(launches.spread.runs_active, plain.runs_active)
    np.testing.assert_array_equal(launches.branches.sum(axis=1), plain.runs_active)


def test_the_answer_does_not_depend_on_the_number_of_threads() -> None:
    postings = np.random.default_rng(1).random((8, 3))
    one, two = (
        simulate_launches(_NETWORK, [1, 2, 3], postings, runs=80, key=2, threads=threads)
        for threads in (1, 2)
    )
    np.testing.assert_array_equal(one.branches, two.branches)


def test_a_seed_that_does_not_post_has_no_branch() -> None:
    launches = simulate_launches(_NETWORK, [1, 2], np.array([[0.0, 1.0]]), runs=50, key=3)
    assert launches.branches[:, 0].max() == 0
    assert launches.branches[:, 1].min() >= 1


def test_not_knowing_the_common_rate_makes_the_interval_wider() -> None:
    seeds = np.arange(30)
    known = simulate_launches(_NETWORK, seeds, np.full((50, 30), 0.5), runs=2000, key=4)
    rates = np.random.default_rng(8).beta(2, 2, size=(50, 1)).repeat(30, axis=1)
    unknown = simulate_launches(_NETWORK, seeds, rates, runs=2000, key=4)
    low, high = (float(end) for end in known.spread.quantiles.interval(0.8))
    wide_low, wide_high = (float(end) for end in unknown.spread.quantiles.interval(0.8))
    assert wide_high - wide_low > 1.5 * (high - low)


def test_no_runs_are_refused() -> None:
    with pytest.raises(BadInputError):
        simulate_launches(_NETWORK, [1], np.ones((1, 1)), runs=0, key=1)


def test_overlap_is_that_of_the_sets_of_listeners() -> None:
    overlap = direct_overlap(_NETWORK, np.arange(40))
    listeners = [
        set(_NETWORK.out_targets[_NETWORK.out_offsets[v] : _NETWORK.out_offsets[v + 1]].tolist())
        for v in range(40)
    ]
    assert overlap.union == len(set().union(*listeners))
    for one in range(40):
        for other in range(40):
            union = listeners[one] | listeners[other]
            share = len(listeners[one] & listeners[other]) / len(union) if union else 0.0
            assert overlap.jaccard[one, other] == pytest.approx(share)


def test_gains_in_turn_sum_to_the_spread_of_every_prefix_on_the_same_coins() -> None:
    order = [3, 1, 2, 7]
    gains = gains_in_turn(_NETWORK, order, runs=60, key=6)
    for size in range(1, 5):
        plain = simulated(Simulation(_NETWORK, seeds_of(_NETWORK, order[:size], None), 6), 60, None, None)
        assert gains[:size].sum() == pytest.approx(plain.mean)
