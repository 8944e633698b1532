import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.growth.pooled import HYPERPARAMETERS, Cases, Pooled, _say
from ambassador.propagation.growth.rolling_origin import rolling_origin, say


@given(st.integers(1, 400))
def test_every_case_after_the_first_cut_is_foretold_once_and_from_earlier_ones_only(count):
    cuts = list(rolling_origin(count))
    foretold = [place for before, after in cuts for place in range(count)[after]]
    assert foretold == list(range(cuts[0][0].stop, count)) if cuts else count <= 2
    assert all(range(count)[before] == range(after.start) for before, after in cuts)


@given(
    st.lists(st.integers(1, 10_000), min_size=2, max_size=8),
    st.integers(0, 300),
    st.integers(1, 1000),
)
def test_who_was_less_off_has_more_say_whatever_the_unit(losses, cases, unit):
    loss = np.array(losses, dtype=np.float64)
    found = say(loss, cases)
    assert found.sum() == pytest.approx(1.0)
    order = np.argsort(loss, kind="stable")
    assert (np.diff(found[order]) <= 1e-12).all()
    assert say(loss * unit, cases) == pytest.approx(found)


def test_the_mix_is_never_much_worse_than_the_best_forecast():
    rng = np.random.default_rng(12)
    errors = np.abs(rng.normal(0, [[1.0], [1.3], [2.0], [5.0]], (4, 400)))
    mixed = say(errors[:, :200].sum(axis=1), 200) @ errors[:, 200:]
    assert mixed.mean() <= 1.05 * errors[:, 200:].mean(axis=1).min()


def cases_of(slope, rng):
    features = rng.uniform(-1, 1, (slope.size, 1))
    target = slope * features[:, 0] + rng.normal(0, 0.05, slope.size)
    everything = np.ones(slope.size)
    return Cases(features, target, np.arange(slope.size), everything, everything.astype(np.bool_))


def share_of_the_short_lived(cases):
    shortest = min(hyperparameters.half_life for hyperparameters in HYPERPARAMETERS)
    return _say(cases, ())[
        [hyperparameters.half_life == shortest for hyperparameters in HYPERPARAMETERS]
    ].sum()


def test_where_habits_change_the_recent_past_has_the_say():
    rng = np.random.default_rng(13)
    changing = cases_of(np.linspace(-2.0, 2.0, 120), rng)
    steady = cases_of(np.full(120, 2.0), rng)
    assert share_of_the_short_lived(changing) > 0.6
    assert share_of_the_short_lived(steady) < 0.4
    at_one = float(Pooled.learn(changing).centre(np.array([[1.0]]))[0])
    assert at_one > 0.5, "all cases alike would say 0"
