from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.growth.conformal import Residuals
from ambassador.propagation.growth.past_sizes import PastSizes, predict_sizes, predict_sizes_by
from ambassador.propagation.growth.pooled import Cases, Plain, Pooled
from ambassador.propagation.growth.robust import fit_median, weighted_quantile
from tests import naive


def test_the_line_of_least_absolute_deviations_is_the_one_a_linear_programme_finds():
    rng = np.random.default_rng(2)
    features = rng.normal(size=(60, 3))
    target = features @ [1.0, -2.0, 0.5] + rng.standard_t(2, 60)
    line = fit_median(features, target, np.ones(60), 1e-9)
    design = np.column_stack([np.ones(60), features])
    programme = linprog(
        np.r_[np.zeros(4), np.ones(120)],
        A_eq=np.hstack([design, np.eye(60), -np.eye(60)]),
        b_eq=target,
        bounds=[(None, None)] * 4 + [(0, None)] * 120,
    )
    assert np.abs(target - line.at(features)).sum() <= 1.02 * programme.fun


@given(st.floats(0.1, 1e4), st.floats(-1e3, 1e3))
def test_the_line_follows_a_change_of_units(scale, shift):
    rng = np.random.default_rng(4)
    features, target = rng.normal(size=(30, 2)), rng.normal(size=30)
    line = fit_median(features, target, np.ones(30), 0.1)
    moved = fit_median(features * scale + shift, target, np.ones(30), 0.1)
    assert moved.at(features * scale + shift) == pytest.approx(line.at(features), rel=1e-5, abs=1e-5)


@given(
    st.lists(st.tuples(st.integers(-5, 5), st.integers(1, 4)), min_size=1, max_size=12), st.floats(0.05, 0.95)
)
def test_the_weighted_quantile_is_the_twins(pairs, share):
    values, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    assert weighted_quantile(values, weights, share) == naive.weighted_quantile(pairs, share)


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=40), st.floats(0.01, 0.98), st.floats(0.001, 0.01))
def test_a_larger_share_never_has_a_smaller_miss(errors, share, more):
    residuals = Residuals(np.array(errors), np.ones(len(errors)))
    assert residuals.quantile(share) <= residuals.quantile(share + more) or share < 0.5 <= share + more


def test_exchangeable_cases_are_held_exactly_as_often_as_said():
    rng = np.random.default_rng(8)
    inside = []
    for _ in range(2000):
        values = rng.exponential(size=20)
        residuals = Residuals(values[:19], np.ones(19))
        inside.append(residuals.quantile(0.1) <= values[19] <= residuals.quantile(0.9))
    assert abs(np.mean(inside) - 0.8) <= 4 * np.sqrt(0.8 * 0.2 / 2000)


def test_older_cases_that_count_less_do_not_widen_the_range():
    rng = np.random.default_rng(8)
    fading = 0.5 ** (np.arange(28)[::-1] / 28 / 0.4)
    inside = []
    for _ in range(2000):
        values = rng.exponential(size=29)
        residuals = Residuals(values[:28], fading)
        inside.append(residuals.quantile(0.1) <= values[28] <= residuals.quantile(0.9))
    assert abs(np.mean(inside) - 0.8) <= 4 * np.sqrt(0.8 * 0.2 / 2000)


def test_a_prediction_holds_inside_what_was_learned_from():
    rng = np.random.default_rng(1)
    features = rng.uniform(-1, 1, (80, 1))
    cases = Cases(features, features[:, 0] ** 2, np.arange(80), np.ones(80), np.ones(80, np.bool_))
    pooled = Pooled.learn(cases, (0,))
    inside, edge, far = pooled.centre(np.array([[0.5], [1.0], [50.0]]))
    assert inside == pytest.approx(0.25, abs=0.1)
    assert far == pytest.approx(edge, abs=0.1)


def test_where_nothing_but_a_factor_tells_the_simple_way_gets_the_say():
    rng = np.random.default_rng(5)
    features, target = rng.normal(size=(90, 6)), rng.normal(2.0, 0.5, 90)
    past, ahead = slice(0, 60), slice(60, 90)
    cases = Cases(features[past], target[past], np.arange(60), np.ones(60), np.ones(60, np.bool_))
    alone, mixed = Pooled.learn(cases, (0, 1, 2)), Pooled.learn(cases, (0, 1, 2), plain=((), (0,)))
    off = [np.abs(one.centre(features[ahead]) - target[ahead]).mean() for one in (alone, mixed)]
    best = np.abs(np.median(target[past]) - target[ahead]).mean()
    assert mixed.say.sum() == pytest.approx(1.0)
    assert mixed.say[-2:].sum() > 0.5
    assert off[1] < 1.05 * best
    assert off[1] < off[0]


def test_where_more_than_a_factor_tells_the_simple_ways_keep_still():
    rng = np.random.default_rng(6)
    features = rng.normal(size=(120, 3))
    target = features @ [1.0, -1.0, 0.5] + rng.normal(0, 0.1, 120)
    cases = Cases(features, target, np.arange(120), np.ones(120), np.ones(120, np.bool_))
    pooled = Pooled.learn(cases, plain=((), (0,)))
    assert len(pooled.lines) == pooled.say.size
    assert np.abs(pooled.centre(features) - target).mean() < 0.15


def test_simple_ways_learn_only_from_looks_like_the_one_asked_for():
    target = np.r_[np.zeros(30), np.full(30, 9.0)]
    judged = np.r_[np.ones(30, np.bool_), np.zeros(30, np.bool_)]
    cases = Cases(np.zeros((60, 1)), target, np.r_[np.arange(30), np.arange(30)], np.ones(60), judged)
    line = Plain(()).line(cases, np.ones(60, np.bool_), ())
    assert line.at(np.zeros((1, 1))).tolist() == [0.0]


def log_of(starters, sizes):
    cascade = np.repeat(np.arange(len(sizes)), sizes)
    place = np.concatenate([np.arange(size) for size in sizes])
    return CascadeLog.from_entries(
        cascade, np.where(place, 10_000 + place, np.repeat(starters, sizes)), np.arange(cascade.size)
    )


def drawn(rng, count):
    """Cascades of starters whose mean log size differs."""
    starters = rng.integers(0, 40, count)
    means = 3.5 + np.random.default_rng(0).normal(0, 0.8, 40)
    return starters, np.maximum(np.exp(rng.normal(means[starters], 0.5)).astype(int), 1)


def test_sizes_by_starter_hold_their_share_and_tell_starters_apart():
    rng = np.random.default_rng(9)
    starters, sizes = drawn(rng, 300)
    next_starters, next_sizes = drawn(rng, 300)
    low, middle, high = predict_sizes(log_of(starters, sizes), next_starters, [0.1, 0.5, 0.9]).T
    share = np.mean((low <= next_sizes) & (next_sizes <= high))
    assert abs(share - 0.8) <= 4 * np.sqrt(0.8 * 0.2 / 300)
    alike = np.abs(np.log(np.median(sizes) / next_sizes))
    assert np.abs(np.log(middle / next_sizes)).mean() < 0.85 * alike.mean()


def test_an_unknown_starter_is_foretold_from_everybody_and_nothing_from_nothing():
    starters, sizes = drawn(np.random.default_rng(3), 50)
    past = PastSizes.learn(log_of(starters, sizes))
    low, high = past.quantiles([999_999], [0.1, 0.9])[0]
    assert sizes.min() <= low < high <= sizes.max() * 2
    assert past.count.sum() == 50
    assert predict_sizes(CascadeLog.from_entries([], [], []), [1], [0.5]) is None


def test_a_handful_of_cascades_gives_a_wide_range():
    few = predict_sizes(log_of([1, 2, 3], [4, 9, 20]), [1], [0.1, 0.9])[0]
    assert 1 <= few[0] <= 4 and few[1] >= 20


def test_one_figure_alone_gives_ranges_that_hold_as_often_as_they_say():
    rng = np.random.default_rng(4)
    count = 2_000
    scores = rng.normal(0, 1, 2 * count)
    sizes = np.maximum(np.rint(np.exp(3 + 0.7 * scores + rng.gumbel(0, 0.6, 2 * count))), 1)
    past, asked = scores[:count], scores[count:]
    low, high = predict_sizes_by(past, sizes[:count], asked, [0.1, 0.9]).T
    held = np.mean((low <= sizes[count:]) & (sizes[count:] <= high))
    assert abs(held - 0.8) < 4 * np.sqrt(0.8 * 0.2 / count) + 0.02  # whole numbers: the ends are inside
    nothing = predict_sizes_by(np.zeros(count), sizes[:count], np.zeros(2), [0.1, 0.9])
    assert np.ptp(nothing, axis=0).tolist() == [0, 0]
    assert (high - low).mean() < np.diff(nothing[0])[0]


def test_starters_are_trusted_only_where_they_tell_what_came_next():
    rng = np.random.default_rng(21)
    starters, sizes = drawn(rng, 300)
    alike = np.maximum(np.exp(rng.normal(3.5, 0.9, 300)).astype(int), 1)
    telling, silent = PastSizes.learn(log_of(starters, sizes)), PastSizes.learn(log_of(starters, alike))
    assert telling.trust > 0.8
    assert silent.trust < 0.6
    ends = silent.quantiles(np.unique(starters), [0.1, 0.9])
    usual = np.quantile(alike, [0.1, 0.9])
    assert np.abs(np.log(ends / usual)).mean() < 0.2


def test_without_trust_every_starter_gets_what_is_usual():
    starters, sizes = drawn(np.random.default_rng(22), 120)
    distrusted = replace(PastSizes.learn(log_of(starters, sizes)), trust=0.0)
    ends = distrusted.quantiles([0, 1, 999_999], [0.1, 0.5, 0.9])
    assert (ends == ends[0]).all()
    low, _, high = ends[0]
    assert np.mean((low <= sizes) & (sizes <= high)) == pytest.approx(0.8, abs=0.06)


def test_trust_looks_at_the_order_of_time_not_of_numbers():
    rng = np.random.default_rng(23)
    starters, sizes = drawn(rng, 80)
    log = log_of(starters, sizes)
    renumbered = CascadeLog.from_entries(rng.permutation(80)[log.cascades], log.nodes, log.times)
    assert PastSizes.learn(renumbered).trust == pytest.approx(PastSizes.learn(log).trust)


@pytest.mark.parametrize("seed", range(6))
def test_extrapolated_rounds_come_nearer_to_the_median_line_than_twice_as_many_plain_ones(seed):
    rng = np.random.default_rng(seed)
    rows, columns = int(rng.integers(100, 900)), int(rng.integers(1, 50))
    features = rng.normal(size=(rows, columns))
    target = features @ rng.normal(size=columns) + rng.standard_t(2, rows)
    weight, penalty = rng.uniform(0.1, 1.0, rows), float(rng.choice([0.01, 0.1, 1.0]))
    share = weight / weight.sum()
    middle = share @ features
    spread = np.sqrt(share @ (features - middle) ** 2)
    scaled = np.column_stack([np.ones(rows), (features - middle) / spread])
    ridge = np.diag(np.r_[1e-9, np.full(columns, penalty)])

    def foretold(rounds):
        now = share
        for _ in range(rounds):
            found = np.linalg.solve(scaled.T @ (scaled * now[:, None]) + ridge, scaled.T @ (now * target))
            off = np.abs(target - scaled @ found)
            usual = weighted_quantile(off, share, 0.5)
            now = share / np.maximum(off / usual, 0.07)
        return scaled @ found, usual

    (limit, usual), (plain, _) = foretold(600), foretold(15)
    line = fit_median(features, target, weight, penalty).at(features)
    missed, missed_by_plain = (np.sqrt(share @ (one - limit) ** 2) / usual for one in (line, plain))
    assert missed < max(0.01, missed_by_plain)
