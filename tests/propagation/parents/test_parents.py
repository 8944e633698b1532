"""Parents the platform hides: the posterior, its parameters learned unseen, and trees drawn from it."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError
from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.parents.hidden_parents import learn_hidden_parents
from ambassador.propagation.parents.possible_parents import (
    CascadePosts,
    DelaysByPost,
    LogNormal,
    infer_parents,
    list_possible_parents,
)
from tests import naive

LAW = LogNormal(600.0, 1.2)


@st.composite
def talks(draw):
    """Give posts of a few cascades, people posting twice and strangers included, and ties."""
    people = draw(st.integers(2, 5))
    pairs = [(a, b) for a in range(people) for b in range(people) if a != b]
    tied = draw(st.lists(st.sampled_from(pairs), unique=True))
    ties = {pair: draw(st.floats(0.01, 0.9)) for pair in tied}
    cascades = []
    for _ in range(draw(st.integers(1, 3))):
        seconds = sorted(draw(st.lists(st.integers(0, 5000), max_size=6)))
        cascades.append([(draw(st.integers(-1, people - 1)), float(at) + 0.5) for at in seconds])
    return people, ties, cascades


def posts_and_network(talk):
    people, ties, cascades = talk
    offsets = np.cumsum([0, *map(len, cascades)])
    rows = [row for cascade in cascades for row in cascade]
    posts = CascadePosts(
        offsets, np.array([n for n, _ in rows], np.int32), np.array([t for _, t in rows], float)
    )
    source, target = ([pair[end] for pair in ties] for end in (0, 1))
    network = InfluenceNetwork.from_arrays(
        np.array(source, np.int64), np.array(target, np.int64), np.array(list(ties.values())), people
    )
    return posts, network


@given(talk=talks(), outside=st.sampled_from([0.0, 1e-6, 1e-3]))
def test_the_posterior_is_that_of_its_twin_and_sums_to_one(talk, outside):
    posts, network = posts_and_network(talk)
    cascade = np.repeat(np.arange(posts.offsets.size - 1), np.diff(posts.offsets))
    laws = DelaysByPost(600.0 + 500.0 * cascade, 1.2 - 0.3 * cascade)
    found = infer_parents(list_possible_parents(posts, network), network.probability, laws, outside)
    twin = naive.parent_posterior(
        cascade.tolist(),
        posts.nodes.tolist(),
        posts.times.tolist(),
        talk[1],
        list(zip(laws.median.tolist(), laws.sigma.tolist(), strict=True)),
        outside,
    )
    for post, expected in enumerate(twin):
        entries = range(found.ends[post], found.ends[post + 1])
        mine = {int(found.above[i]): float(found.probability[i]) for i in entries}
        mine[-1] = float(found.unknown[post])
        assert mine == pytest.approx(expected, rel=1e-9, abs=1e-12)
        assert math.fsum(mine.values()) == pytest.approx(1.0)
        assert all(posts.times[above] < posts.times[post] for above in mine if above >= 0)


@given(talk=talks(), key=st.integers(0, 2**63), run=st.integers(0, 5))
def test_drawn_parents_are_possible_and_the_same_for_the_same_key(talk, key, run):
    posts, network = posts_and_network(talk)
    found = infer_parents(list_possible_parents(posts, network), network.probability, LAW, 1e-4)
    parent = found.drawn(key, run)
    assert (parent == found.drawn(key, run)).all()
    for post, above in enumerate(parent.tolist()):
        assert above == -1 or above in found.above[found.ends[post] : found.ends[post + 1]]


def test_parents_are_drawn_as_often_as_they_are_likely():
    network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 0.5)
    log = CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.5, 400.0, 900.0])
    found = infer_parents(list_possible_parents(log, network), network.probability, LAW, 3e-4)
    drawn = np.array([found.drawn(7, run)[2] for run in range(4000)])
    for above, share in (*zip(found.above.tolist(), found.probability, strict=True), (-1, found.unknown[2])):
        error = math.sqrt(share * (1 - share) / drawn.size)
        assert abs((drawn == above).mean() - share) < 4 * error


def test_strangers_come_from_nobody_known_and_nothing_is_guessed():
    network = InfluenceNetwork.from_arrays([0], [1], 0.5, 4)
    log = CascadeLog.from_entries([0, 0, 0], [0, 2, 3], [0.0, 60.0, 90.0])
    parent, sure = infer_parents(list_possible_parents(log, network), network.probability, LAW).most_likely()
    assert parent.tolist() == [-1, -1, -1]
    assert sure.tolist() == [1.0, 1.0, 1.0]


def test_of_posts_in_the_same_second_neither_is_the_parent_but_within_the_same_minute_the_first_may_be():
    network = InfluenceNetwork.from_arrays([0, 1], [1, 0], 0.5)
    seconds = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [60.0, 60.0, 61.0])
    minutes = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [60.0, 60.0, 120.0])
    assert list_possible_parents(seconds, network).above.size == 0
    found = list_possible_parents(minutes, network)
    assert (found.above.tolist(), found.waited.tolist()) == ([0], [30.0])


def test_a_hub_is_found_among_the_posts_and_a_small_account_among_the_ties():
    hub = InfluenceNetwork.from_arrays(np.arange(1, 2000), np.zeros(1999, np.int64), 0.5)
    log = CascadeLog.from_entries([0, 0, 0], [700, 1999, 0], [0.5, 5.0, 9.0])
    assert list_possible_parents(log, hub).above.tolist() == [0, 1]


def test_authors_outside_the_network_are_refused_by_number():
    network = InfluenceNetwork.from_arrays([0], [1], 0.5)
    with pytest.raises(BadInputError, match="Node 7"):
        list_possible_parents(CascadeLog.from_entries([0], [7], [0.0]), network)


def simulated(network, cascades, rng, law=LAW):
    """Run cascades in continuous time; give the log and the true parent's node of each entry."""
    rows = []
    for cascade in range(cascades):
        waiting, done = [(0.0, int(rng.integers(network.node_count)), -1)], set()
        while waiting:
            waiting.sort(reverse=True)
            at, node, above = waiting.pop()
            if node in done:
                continue
            done.add(node)
            rows.append((cascade, node, 1e6 * cascade + at, above))
            for tie in range(network.out_offsets[node], network.out_offsets[node + 1]):
                if rng.random() < network.given[tie]:
                    delay = law.median * math.exp(law.sigma * rng.standard_normal())
                    waiting.append((at + delay, int(network.out_targets[tie]), node))
    cascade, node, time, above = (np.array(column) for column in zip(*rows, strict=True))
    return CascadeLog.from_entries(cascade, node, time), above


def accuracy(log, above, posterior):
    best, sure = posterior.most_likely()
    asked = above >= 0
    hit = np.where(best >= 0, log.nodes[best], -1)[asked] == above[asked]
    return hit, sure[asked]


def test_learned_unseen_it_is_nearly_as_right_as_knowing_the_truth_and_says_how_sure_it_is():
    rng = np.random.default_rng(3)
    pairs = rng.permutation([(a, b) for a in range(30) for b in range(30) if a != b])[:200]
    network = InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], rng.beta(0.8, 4, 200), 30)
    log, above = simulated(network, 3000, rng)
    best = infer_parents(list_possible_parents(log, network), network.probability, LAW)
    learned = learn_hidden_parents(log, network, rng=np.random.default_rng(4))
    hit, sure = accuracy(log, above, learned.infer(log))
    assert hit.mean() > accuracy(log, above, best)[0].mean() - 0.01
    assert abs(hit.mean() - sure.mean()) < 0.02
    assert learned.delay().median == pytest.approx(LAW.median, rel=0.1)
    assert learned.delay().sigma == pytest.approx(LAW.sigma, rel=0.1)
    assert np.corrcoef(learned.probability, network.probability)[0, 1] > 0.95


@settings(max_examples=20)
@given(talk=talks())
def test_any_talk_however_small_can_be_learned_from(talk):
    posts, network = posts_and_network(talk)
    learned = learn_hidden_parents(posts, network, rng=np.random.default_rng(1))
    assert np.isfinite(learned.probability).all()
    assert ((learned.probability > 0) & (learned.probability < 1)).all()
