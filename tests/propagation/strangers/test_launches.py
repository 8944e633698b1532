"""Launches in which ties and strangers both bring people, against one person at a time, and their ranges."""

import numpy as np
import pytest

from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.simulate import simulate_launches_in_time
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.strangers.launches import (
    StrangersBeside,
    arrivals,
    by_days,
    share_after_joining,
    share_by_day,
)
from ambassador.propagation.strangers.law import Branching, learn_strangers
from ambassador.propagation.strangers.record import PostRecord
from ambassador.propagation.strangers.unreached import reached_by_ties
from tests.naive.strangers import launch_of

SURE = 1e12
TIES = [(0, 2, 0.8), (0, 3, 0.5), (1, 3, 0.4), (2, 4, 0.6), (3, 4, 0.7)]


def test_ties_and_strangers_together_are_those_of_one_person_at_a_time() -> None:
    rng, runs, days = np.random.default_rng(1), 6_000, 3
    joined, branching = Branching(0.8, 0.6, SURE), Branching(0.4, 0.5, SURE)
    law = StrangersBeside(np.log([6.0, 2.0]), np.zeros(2), 1.5, joined, branching)
    network = InfluenceNetwork.from_arrays(
        *zip(*[tie[:2] for tie in TIES], strict=True), [t[2] for t in TIES]
    )
    facts = CrowdFacts(lognormal_table(12.0, 1.0)[None, :])
    found = simulate_launches_in_time(
        network, [0, 1], facts, LaunchDraws.certain(runs, 2), days=days, key=5, threads=1
    )
    ones = np.ones((runs, 2), np.bool_)
    brought = law.draw(ones, found.branch_active - 1, np.ones(runs), rng)
    arrived = arrivals(12.0, 1.0, 0.4, 24 * days)
    new = np.diff(found.active - 2, axis=1, prepend=0).astype(np.float64)
    late = share_after_joining(arrived, np.maximum(new, 0))
    beside = by_days(brought.started, share_by_day(arrived, np.zeros((runs, 2)), days), rng)
    beside += by_days(brought.joined, late[:, None, :], rng)
    fast = found.active + beside.sum(axis=1)
    laws = {"started": ([6.0, 2.0], 1.5), "joined": (0.8, 0.6), "branching": (0.4, 0.5)}
    slow = np.array([launch_of(TIES, [0, 1], (12.0, 1.0), days, rng, **laws) for _ in range(runs // 2)])
    error = np.hypot(fast.std(axis=0) / runs**0.5, slow.std(axis=0) / (runs / 2) ** 0.5)
    assert np.all(np.abs(fast.mean(axis=0) - slow.mean(axis=0)) < 4 * error + 0.02 * slow.mean(axis=0))
    assert np.quantile(fast[:, -1], [0.1, 0.5, 0.9]) == pytest.approx(
        np.quantile(slow[:, -1], [0.1, 0.5, 0.9]), rel=0.06, abs=1
    )


@pytest.mark.parametrize("known", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shape", [0.8, 3.0])
def test_totals_of_one_five_and_twenty_starters_are_foretold(known: float, shape: float) -> None:
    """A share of those who answer are known by ties, the others talk once; heavy tails and light ones."""
    rng, starters, fans, runs = np.random.default_rng(7), 60, 30, 800
    level = rng.lognormal(3.0, 0.8, starters)
    chance = np.minimum(known * level / fans, 0.9)
    author = np.repeat(np.arange(starters), 8)
    rate = (1 - known) * level

    def direct(who: np.ndarray) -> np.ndarray:
        return rng.poisson(rate[who] * rng.gamma(shape, 1 / shape, who.shape))

    record = PostRecord(author, direct(author).astype(float), np.empty((starters, 0)), np.zeros(500))
    law = learn_strangers(record)
    assert law is not None
    levels = law.levels_of(record)
    mean = (levels.weight * levels.at).sum(axis=1)
    width = np.sqrt(2 * (np.log(levels.mean) - mean))
    nobody = Branching(0.0, 1.0, SURE)
    inside, ratio = [], []
    for count in (1, 5, 20):
        for _ in range(30):
            who = rng.choice(starters, count, replace=False)
            beside = StrangersBeside(mean[who], width[who], law.shape, nobody, law.branching)
            along = rng.binomial(fans, chance[who], (runs, count))
            posted = np.ones((runs, count), np.bool_)
            drawn = beside.draw(posted, along, np.ones(runs), rng).started.sum(axis=1)
            total = count + along.sum(axis=1) + drawn
            many = np.tile(who, (200, 1))
            came = count + rng.binomial(fans, chance[many]).sum(axis=1) + direct(many).sum(axis=1)
            low, high = np.quantile(total, [0.1, 0.9])
            inside.append(((low <= came) & (came <= high)).mean())
            ratio.append(total.mean() / came.mean())
    assert 0.74 < np.mean(inside) < 0.88
    assert np.mean(ratio) == pytest.approx(1.0, abs=0.1)


def test_who_came_along_a_tie_is_found_as_one_looks_it_up() -> None:
    rng = np.random.default_rng(3)
    cascade, person = rng.integers(6, size=80), rng.integers(12, size=80)
    time = rng.random(80).round(1)
    ties = rng.integers(12, size=30), rng.integers(12, size=30), rng.choice([-np.inf, 0.0, 2.0], 30)
    began = np.array([0.0, 1.0, -1.0, 0.5, 3.0, 1.0])
    slow = [
        any(
            since < began[c]
            and any(k == c and q == u and s < t for k, q, s in zip(cascade, person, time, strict=True))
            for u, v, since in zip(*ties, strict=True)
            if v == p
        )
        for c, p, t in zip(cascade, person, time, strict=True)
    ]
    assert reached_by_ties(cascade, person, time, ties, began).tolist() == slow
    assert any(slow)
