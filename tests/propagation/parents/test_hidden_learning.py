"""What hidden parents are learned from: who was asked, how ties are pooled, who came from outside."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.parents.hidden_parents import learn_hidden_parents
from ambassador.propagation.parents.outside_rate import OutsideRate, OutsideWatch
from ambassador.propagation.parents.possible_parents import (
    CascadePosts,
    LogNormal,
    infer_parents,
    list_possible_parents,
)
from ambassador.propagation.parents.tie_pools import TiePools, TieTrials, attempts_within, drawn_terms
from tests import naive
from tests.propagation.parents.test_parents import LAW, accuracy, posts_and_network, simulated, talks


@given(talk=talks())
def test_who_was_asked_is_counted_as_its_twin_counts(talk):
    posts, network = posts_and_network(talk)
    trials = TieTrials.of(posts, network, list_possible_parents(posts, network)).count(LAW)
    cascade = np.repeat(np.arange(posts.offsets.size - 1), np.diff(posts.offsets)).tolist()
    ties = list(zip(network.out_sources.tolist(), network.out_targets.tolist(), strict=True))
    entries = (cascade, posts.nodes.tolist(), posts.times.tolist())
    assert trials.tolist() == pytest.approx(naive.tie_trials(*entries, ties, (LAW.median, LAW.sigma)))


def test_those_who_post_at_the_same_moment_did_not_ask_each_other():
    network = InfluenceNetwork.from_arrays([0, 1, 0], [1, 0, 2], 0.5, 3)
    log = CascadeLog.from_entries([0, 0, 1], [0, 1, 2], [0.5, 0.5, 1e9])
    trials = TieTrials.of(log, network, list_possible_parents(log, network)).count(LAW)
    assert trials.tolist() == pytest.approx([0.0, 1.0, 0.0]), "0 -> 1, 0 -> 2, 1 -> 0"


@pytest.mark.parametrize(("seen", "due", "spread"), [(0.0, 0.3, 1.0), (0.0, 40.0, 0.5), (7.0, 2.0, 1.5)])
def test_terms_are_drawn_as_often_as_they_are_likely(seen, due, spread):
    grid = np.linspace(-12, 12, 20_001)
    worth = np.exp(seen * grid - due * np.exp(grid) - grid**2 / 2 / spread**2)
    mean = float(worth @ grid / worth.sum())
    width = math.sqrt(float(worth @ (grid - mean) ** 2 / worth.sum()))
    rng, chains = np.random.default_rng(1), 4000
    terms = np.zeros(chains)
    for _ in range(15):
        terms = drawn_terms(terms, np.full(chains, seen), np.full(chains, due), spread, rng)
    assert abs(terms.mean() - mean) < 4 * width / math.sqrt(chains)
    assert terms.std() == pytest.approx(width, rel=0.08)


def test_attempts_that_got_through_are_counted_as_often_as_a_poisson_count_above_zero():
    hazard = np.repeat([0.01, 1.0, 4.0], 20_000)
    drawn = attempts_within(hazard, np.random.default_rng(1)).reshape(3, -1)
    assert drawn.min() == 1
    for one, rate in zip(drawn, (0.01, 1.0, 4.0), strict=True):
        assert abs(one.mean() - rate / -math.expm1(-rate)) < 4 * max(one.std(), 1e-3) / math.sqrt(one.size)


def test_pools_recover_how_much_sources_targets_and_pairs_differ():
    rng = np.random.default_rng(2)
    pairs = np.array([(a, b) for a in range(60) for b in range(60) if a != b])
    network = InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], 0.5, 60)
    source, target = network.out_sources, network.out_targets
    close = rng.normal(0, 0.6, (60, 60))
    close = np.triu(close) + np.triu(close, 1).T
    logs = np.log(0.02) + rng.normal(0, 0.8, 60)[source] + rng.normal(0, 0.4, 60)[target]
    logs += close[source, target] + rng.normal(0, 0.3, source.size)
    trials = np.full(source.size, 150.0)
    counts = rng.poisson(trials * np.exp(logs)).astype(float)
    pools = TiePools(network, 0.02)
    drawn = [pools.draw(counts, trials, rng) for _ in range(120)]
    learned = np.log(np.mean(drawn[40:], axis=0))
    raw = np.log((counts + 0.5) / trials)
    assert np.mean((learned - logs) ** 2) < 0.5 * np.mean((raw - logs) ** 2)
    sources, targets, _, close_, own = (kind.spread for kind in pools.kinds)
    assert sources == pytest.approx(0.8, rel=0.3)
    assert targets == pytest.approx(0.4, rel=0.4)
    assert math.hypot(close_, own) == pytest.approx(math.hypot(0.6, 0.3), rel=0.2)
    assert close_ > own


def small_network(rng):
    pairs = rng.permutation([(a, b) for a in range(30) for b in range(30) if a != b])[:200]
    return InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], rng.beta(0.8, 8, 200), 30)


def with_strangers(log, above, rate, window, rng):
    """Let people who are not in a cascade join it out of nowhere within a window."""
    rows = list(zip(log.cascades.tolist(), log.nodes.tolist(), log.times.tolist(), above, strict=True))
    starts = {cascade: at for cascade, _, at, _ in reversed(rows)}
    inside = {(cascade, node) for cascade, node, _, _ in rows}
    for cascade, start in starts.items():
        for node in range(30):
            at = rng.exponential(1 / rate)
            if at < window and (cascade, node) not in inside:
                rows.append((cascade, node, start + at, -1))
    cascade, node, time, parent = (np.array(column) for column in zip(*rows, strict=True))
    order = np.lexsort((time, cascade))
    return CascadeLog.from_entries(cascade[order], node[order], time[order]), parent[order]


def test_those_who_come_from_outside_are_told_apart_in_number_and_the_rate_is_found():
    rng = np.random.default_rng(5)
    network = small_network(rng)
    log, above = with_strangers(*simulated(network, 1500, rng), 5e-6, 6000.0, rng)
    learned = learn_hidden_parents(log, network, rng=rng)
    late = OutsideWatch.of(log, 30).joined
    unknown = learned.infer(log).unknown[late]
    true = above[late] < 0
    assert unknown.mean() == pytest.approx(true.mean(), abs=0.03)
    assert unknown[true].mean() > 2 * unknown[~true].mean()
    assert learned.draws[-1].outside.at(np.array([3000.0]))[0] == pytest.approx(5e-6, rel=0.25)


def test_where_everybody_hears_of_it_along_ties_next_to_nobody_is_said_to_come_from_outside():
    rng = np.random.default_rng(6)
    network = small_network(rng)
    log, above = simulated(network, 1500, rng)
    learned = learn_hidden_parents(log, network, rng=rng)
    assert learned.infer(log).unknown[above >= 0].mean() < 0.01


def test_a_rate_changes_only_where_enough_posts_tell():
    few = OutsideWatch.of(
        CascadePosts(np.array([0, 4]), np.zeros(4, np.int32), np.array([0.0, 1.0, 2.0, 3.0])), 9
    )
    assert few.until.tolist() == [3.0]
    assert few.watched.tolist() == [27.0]
    assert few.rate(np.array([1.0, 0.5, 0.0, 0.4])).rate.tolist() == pytest.approx([0.9 / 27])
    rate = OutsideRate(np.array([1.0, 5.0]), np.array([3.0, 2.0]))
    assert rate.at(np.array([0.0, 1.0, 1.1, 99.0])).tolist() == [3.0, 3.0, 2.0, 2.0]


def test_parents_that_were_seen_teach_about_those_that_are_hidden():
    network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
    entries = [(c, node, 1e6 * c + at) for c in range(60) for node, at in ((0, 0.5), (1, 5.5), (2, 600.5))]
    log = CascadeLog.from_entries(*zip(*entries, strict=True))
    seen = np.full(180, -1)
    seen[2:120:3] = np.arange(1, 120, 3)
    hidden = learn_hidden_parents(log, network, rng=np.random.default_rng(1)).infer(log)
    taught = learn_hidden_parents(log, network, rng=np.random.default_rng(1), seen=seen).infer(log)
    last = hidden.ends[179]
    assert hidden.probability[last] > 0.2
    assert taught.probability[last] < 0.1
    assert taught.probability[last + 1] > 0.9


def test_given_probabilities_stay_and_find_parents_as_whoever_knows_them():
    rng = np.random.default_rng(8)
    network = small_network(rng)
    log, above = simulated(network, 800, rng)
    learned = learn_hidden_parents(log, network, rng=rng, given=network.probability)
    assert learned.probability == pytest.approx(network.probability, rel=1e-6)
    best = accuracy(log, above, infer_parents(list_possible_parents(log, network), network.probability, LAW))
    hit, sure = accuracy(log, above, learned.infer(log))
    assert hit.mean() > best[0].mean() - 0.01
    assert abs(hit.mean() - sure.mean()) < 0.03


def test_where_some_probabilities_are_given_the_others_are_learned():
    rng = np.random.default_rng(9)
    network = small_network(rng)
    log, _ = simulated(network, 3000, rng)
    known = np.where(np.arange(200) % 2 == 0, network.probability, np.nan)
    learned = learn_hidden_parents(log, network, rng=rng, given=known)
    assert learned.probability[::2] == pytest.approx(network.probability[::2], rel=1e-6)
    assert np.corrcoef(learned.probability[1::2], network.probability[1::2])[0, 1] > 0.9


def test_a_running_cascade_does_not_make_the_silent_look_deaf():
    """Half of the delays are longer than what has passed since the last posts of all."""
    network = InfluenceNetwork.from_arrays([0] * 20, range(1, 21), 0.5)
    rng = np.random.default_rng(10)
    rows = []
    for cascade in range(60):
        rows.append((cascade, 0, 0.5))
        for node in range(1, 21):
            at = 0.5 + 600.0 * math.exp(0.3 * rng.standard_normal())
            if rng.random() < 0.4 and at < 600.5:
                rows.append((cascade, node, at))
    log = CascadeLog.from_entries(*zip(*rows, strict=True))
    trials = TieTrials.of(log, network, list_possible_parents(log, network))
    asked = trials.count(LogNormal(600.0, 0.3))
    answered = np.bincount(log.nodes, minlength=21)[1:]
    assert (answered / asked).mean() == pytest.approx(0.2 / (0.2 + 0.8 * 0.5), rel=0.1)


@settings(max_examples=10)
@given(talk=talks(), data=st.data())
def test_any_talk_with_some_parents_seen_can_be_learned_from(talk, data):
    posts, network = posts_and_network(talk)
    found = list_possible_parents(posts, network)
    seen = np.full(posts.nodes.size, -1)
    for post in range(seen.size):
        above = found.above[found.ends[post] : found.ends[post + 1]].tolist()
        seen[post] = data.draw(st.sampled_from([-1, *above]))
    learned = learn_hidden_parents(posts, network, rng=np.random.default_rng(1), seen=seen)
    posterior = learned.infer(posts)
    total = np.bincount(
        np.repeat(np.arange(seen.size), np.diff(found.ends)), posterior.probability, seen.size
    )
    assert (total + posterior.unknown).tolist() == pytest.approx([1.0] * seen.size)
