"""Logs that end at a date: silence is no answer yet, and what is learned is what a whole log teaches."""

from heapq import heappop, heappush

import numpy as np
import pytest

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence.exposures import list_exposures
from ambassador.propagation.influence.learned import DelayLaw, LearnedInfluence, fit_delays
from ambassador.propagation.influence.learning import LearningTerms, learn
from ambassador.propagation.influence.waits import with_waits
from ambassador.propagation.network.network import InfluenceNetwork

PEOPLE, TIES, CASCADES, TRUTH = 400, 2_400, 250, 0.2
HOUR, CUT = 3600.0, 10 * 24 * 3600.0
DELAY = DelayLaw(median=24 * HOUR, sigma=1.2)


def begun_before(cut: float, seed: int) -> tuple[InfluenceNetwork, CascadeLog]:
    """Cascades along ties of one probability, begun at any time before a moment, each post with its delay."""
    rng = np.random.default_rng(seed)
    pairs = np.unique(rng.integers(0, PEOPLE, (TIES, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    heard_by = [pairs[pairs[:, 0] == one, 1] for one in range(PEOPLE)]
    entries = []
    for cascade in range(CASCADES):
        heap, seen = [(float(rng.uniform(0, cut)), int(rng.integers(PEOPLE)))], set()
        while heap:
            moment, person = heappop(heap)
            if person in seen:
                continue
            seen.add(person)
            entries.append((cascade, person, moment))
            moved = heard_by[person][rng.random(heard_by[person].size) < TRUTH]
            for target, delay in zip(moved.tolist(), DELAY.sample(rng, moved.size), strict=True):
                heappush(heap, (moment + float(delay), target))
    network = InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], 1.0, PEOPLE)
    return network, CascadeLog.from_entries(*(np.array(column) for column in zip(*entries, strict=True)))


def cut_at(log: CascadeLog, moment: float) -> CascadeLog:
    kept = log.times <= moment
    return CascadeLog.from_entries(log.cascades[kept], log.nodes[kept], log.times[kept])


@pytest.fixture(scope="module")
def cut() -> tuple[InfluenceNetwork, CascadeLog, LearnedInfluence]:
    network, whole = begun_before(CUT, 1)
    log = cut_at(whole, CUT)
    assert log.nodes.size < 0.7 * whole.nodes.size
    return network, log, learn(network, log, LearningTerms(until=CUT)).influence


def test_a_cut_log_teaches_what_is_true_where_silence_taken_whole_does_not(cut):
    network, log, influence = cut
    whole = learn(network, log).influence
    assert float(influence.network.probability.mean()) == pytest.approx(TRUTH, abs=0.02)
    assert float(whole.network.probability.mean()) < 0.8 * TRUTH
    assert influence.delay().median == pytest.approx(DELAY.median, rel=0.3)
    assert whole.delay().median < 0.8 * DELAY.median


def test_as_many_are_expected_by_the_end_as_came(cut):
    network, log, influence = cut
    exposures = list_exposures(network, with_waits(log, influence.delays, CUT))
    expected, came = float(influence.answered(exposures).sum()), int(exposures.activated.sum())
    assert expected == pytest.approx(came, rel=0.1)
    unbounded = list_exposures(network, log)
    assert float(influence.answered(unbounded).sum()) > 1.3 * came


def test_delays_longer_than_the_log_are_reckoned_with():
    rng = np.random.default_rng(2)
    delay, left = DELAY.sample(rng, 4_000), rng.uniform(0, 6 * 24 * HOUR, 4_000)
    seen = delay < left
    every = np.arange(int(seen.sum())), np.ones(int(seen.sum()))
    shown = fit_delays(delay[seen], *every)[""]
    found = fit_delays(delay[seen], *every, left=left[seen])[""]
    assert shown.median < 0.75 * DELAY.median
    assert found.median == pytest.approx(DELAY.median, rel=0.15)
    assert found.sigma == pytest.approx(DELAY.sigma, rel=0.1)


def test_a_log_without_an_end_is_learned_as_it_is():
    log = CascadeLog.from_entries([0, 1], [0, 0], [0.0, 5.0])
    assert with_waits(log, {"": DELAY}, np.inf).waited is None
    waited = with_waits(log, {"": DELAY, "x": DelayLaw(1.0, 1.0)}, 4.0, {0: "x"}).waited
    assert waited.tolist() == pytest.approx([DelayLaw(1.0, 1.0).cdf(4.0), 1.0], abs=1 / 128)
