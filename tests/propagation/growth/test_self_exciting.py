import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from ambassador.propagation.growth import self_exciting
from ambassador.propagation.growth.self_exciting import RATES, Excitement
from ambassador.propagation.kernels.hazards import decay_sums
from tests import naive
from tests.propagation.branching import simulated_past


@given(
    st.lists(st.floats(0, 1e5), min_size=1, max_size=20).map(sorted),
    st.floats(0, 1e4),
    st.lists(st.floats(1e-8, 1.0), min_size=1, max_size=4),
)
def test_the_kernel_sums_what_the_twin_sums(times, longer, rates):
    window = times[-1] + longer
    before, after = np.empty((len(times), len(rates))), np.empty(len(rates))
    decay_sums(np.array(times), window, np.array(rates), before, after)
    wanted_before, wanted_after = naive.decay_sums(times, window, rates)
    assert before == pytest.approx(np.array(wanted_before), rel=1e-9, abs=1e-12)
    assert after == pytest.approx(np.array(wanted_after), rel=1e-9, abs=1e-12)


def test_the_likelihood_is_the_one_written_out():
    times, window = np.array([0.0, 40.0, 45.0, 400.0]), 900.0
    law, boost, branching = 6, 2, 3
    weights = self_exciting._LAWS[law]
    boosted, brings = self_exciting._BOOSTS[boost], self_exciting._BRANCHING[branching]

    def log_likelihood(kind_brings):
        total = 0.0
        for place, time in enumerate(times):
            mark = boosted if place == 0 else 1.0
            total -= kind_brings * mark * float(weights @ (1 - np.exp(-RATES * (window - time))))
            if place:
                marks = np.array([boosted, *np.ones(place - 1)])
                density = [float((weights * RATES) @ np.exp(-RATES * (time - s))) for s in times[:place]]
                total += np.log(kind_brings * float(marks @ np.array(density)))
        return total

    found = self_exciting._likelihood(times, window).reshape(self_exciting._SHAPE)
    other = self_exciting._BRANCHING[branching + 1]
    wanted = np.exp(log_likelihood(brings) - log_likelihood(other))
    assert found[law, boost, branching] / found[law, boost, branching + 1] == pytest.approx(wanted, rel=1e-6)


def test_what_is_to_come_is_what_the_differential_equation_says():
    times, window, ahead = np.array([0.0, 40.0, 45.0, 400.0]), 900.0, 5000.0
    kinds = np.array([0, 100, 500, 1000])
    found = self_exciting._further(times, window, ahead, kinds)
    for kind, mean in zip(kinds, found, strict=True):
        law, boost, branching = np.unravel_index(kind, self_exciting._SHAPE)
        rise = self_exciting._BRANCHING[branching] * self_exciting._LAWS[law] * RATES
        marks = np.array([self_exciting._BOOSTS[boost], 1.0, 1.0, 1.0])
        excitement = np.exp(-np.outer(RATES, window - times)) @ marks

        def slope(_, state, rise=rise):
            rate = rise @ state[:-1]
            return np.r_[-RATES * state[:-1] + rate, rate]

        solved = solve_ivp(slope, (0, ahead), np.r_[excitement, 0.0], method="LSODA", rtol=1e-8, atol=1e-10)
        assert mean == pytest.approx(solved.y[-1, -1], rel=1e-4)


def test_learning_from_simulated_cascades_brings_what_is_to_come_nearer():
    past, running = (simulated_past(np.random.default_rng(key), 25) for key in (1, 2))

    def error(excitement):
        return np.mean(
            [
                abs(np.log((excitement.further(one.times[: one.count_by(w)], w, 1e7) + 1) / (left + 1)))
                for one in running
                for w in (3600.0,)
                if one.count_by(w) >= 5
                for left in (one.times.size - one.count_by(w),)
            ]
        )

    learned = Excitement.learn(past)
    assert learned.weight.sum() == pytest.approx(1.0)
    assert error(learned) < error(Excitement.even())
