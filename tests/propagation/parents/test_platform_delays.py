"""Hidden parents where one platform is fast and another slow: each has delays of its own."""

import numpy as np
import pytest

from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.parents.hidden_parents import learn_hidden_parents
from ambassador.propagation.parents.platform_delays import FEWEST, SHRINK, WIDEST, PlatformDelays, places_of
from ambassador.propagation.parents.possible_parents import (
    CascadePosts,
    LogNormal,
    infer_parents,
    list_possible_parents,
)
from tests.propagation.parents.test_parents import accuracy, simulated

FAST, SLOW = LogNormal(60.0, 0.6), LogNormal(20_000.0, 0.6)
NAMES = ("fast", "slow")


@pytest.fixture(scope="module")
def world():
    """Give the same people's cascades on both platforms, their ties, and who heard it from whom."""
    rng = np.random.default_rng(3)
    pairs = rng.permutation([(a, b) for a in range(30) for b in range(30) if a != b])[:300]
    network = InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], rng.beta(0.8, 4, 300), 30)
    logs = [simulated(network, 600, rng, law) for law in (FAST, SLOW)]
    (first, above), (second, beyond) = logs
    posts = CascadePosts(
        np.concatenate([first.offsets[:-1], first.nodes.size + second.offsets]),
        np.concatenate([first.nodes, second.nodes]),
        np.concatenate([first.times, second.times]),
        np.repeat(NAMES, [first.nodes.size, second.nodes.size]),
    )
    return network, posts, np.concatenate([above, beyond])


def test_delays_of_each_platform_are_found_and_find_parents_as_whoever_knows_them(world):
    network, posts, above = world
    learned = learn_hidden_parents(posts, network, rng=np.random.default_rng(4))
    for name, true in zip(NAMES, (FAST, SLOW), strict=True):
        assert learned.delay(name).median == pytest.approx(true.median, rel=0.15)
        assert learned.delay(name).sigma == pytest.approx(true.sigma, rel=0.15)
    assert FAST.median < learned.delay("elsewhere").median < SLOW.median
    true = PlatformDelays(NAMES, np.array([60.0, 20_000.0, 1.0]), np.array([0.6, 0.6, 1.0]))
    law = true.at(places_of(posts, NAMES))
    best = accuracy(
        posts, above, infer_parents(list_possible_parents(posts, network), network.probability, law)
    )
    hit, sure = accuracy(posts, above, learned.infer(posts))
    assert hit.mean() > best[0].mean() - 0.015
    assert abs(hit.mean() - sure.mean()) < 0.02
    mixed = CascadePosts(posts.offsets, posts.nodes, posts.times)
    blurred = learn_hidden_parents(mixed, network, rng=np.random.default_rng(4)).infer(mixed)
    assert hit.mean() > accuracy(mixed, above, blurred)[0].mean() + 0.02


def test_few_delays_are_drawn_to_everybodys_and_none_change_nothing():
    before = PlatformDelays.alike(("a", "b", "c"), LogNormal(60.0, 1.0))
    assert before.fitted(np.ones(FEWEST - 1), np.zeros(FEWEST - 1, np.int64)) is before
    logs = np.r_[np.zeros(30), 3.0, 3.0]
    found = before.fitted(np.exp(logs), np.r_[np.zeros(30, np.int64), 1, 1])
    part = 2 / (2 + SHRINK)
    assert np.log(found.of("b").median) == pytest.approx(part * 3 + (1 - part) * logs.mean())
    assert found.of("b").sigma == pytest.approx(np.sqrt((1 - part) * logs.var()))
    assert found.of("c") == found.of("never seen") == found.of()
    wild = before.fitted(np.exp(np.r_[-40.0, 40.0, np.zeros(9)]), np.zeros(11, np.int64))
    assert wild.of("a").sigma == WIDEST


def test_one_platform_alone_has_everybodys_law():
    found = PlatformDelays.alike(("x",), LogNormal(1.0, 1.0)).fitted(
        np.arange(1.0, 30.0), np.zeros(29, np.int64)
    )
    assert found.of("x").median == pytest.approx(found.of().median)
    assert found.of("x").sigma == pytest.approx(found.of().sigma)
