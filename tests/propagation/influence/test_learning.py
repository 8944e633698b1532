"""Learned influence: known truths recovered, and thin pasts survived."""

from random import Random

import numpy as np
import pytest
from scipy.stats import spearmanr

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence import learning
from ambassador.propagation.influence.baselines import all_baselines
from ambassador.propagation.influence.direction import reversed_ties, runs_reversed
from ambassador.propagation.influence.exposures import list_exposures
from ambassador.propagation.influence.learned import fit_delays
from ambassador.propagation.influence.learning import FittedInfluence, LearningTerms, learn, learn_influence
from ambassador.propagation.influence.reliability import rate_predictions
from ambassador.propagation.influence.tie_history import TieHistory
from ambassador.propagation.network.network import InfluenceNetwork
from tests.naive import simulated_cascades
from tests.propagation.networks import ties_of

NODES, TIES = 40, 240


def made_up(rng: Random) -> InfluenceNetwork:
    """A network whose probabilities follow from source and target, with a part of their own."""
    loud = [rng.uniform(0.5, 2.0) for _ in range(NODES)]
    open_to = [rng.uniform(0.5, 2.0) for _ in range(NODES)]
    pairs = set()
    while len(pairs) < TIES:
        source, target = rng.randrange(NODES), rng.randrange(NODES)
        if source != target:
            pairs.add((source, target))
    ties = [(s, t, 0.06 * loud[s] * open_to[t] * rng.uniform(0.4, 1.6)) for s, t in sorted(pairs)]
    return InfluenceNetwork.from_arrays(*zip(*ties, strict=True), NODES)


def log_of(cascades: list[list[int]], delay: float = 60.0) -> CascadeLog:
    numbers = [number for number, members in enumerate(cascades) for _ in members]
    nodes = [node for members in cascades for node in members]
    times = [number * 1e6 + place * delay for number, ms in enumerate(cascades) for place in range(len(ms))]
    return CascadeLog.from_entries(numbers, nodes, times)


@pytest.fixture(scope="module")
def truth() -> InfluenceNetwork:
    return made_up(Random(1))


@pytest.fixture(scope="module")
def log(truth: InfluenceNetwork) -> CascadeLog:
    return log_of(simulated_cascades(ties_of(truth), NODES, 1_500, Random(2)))


def first_of(log: CascadeLog, count: int) -> CascadeLog:
    """Take the first cascades of a log alone."""
    end = log.offsets[count]
    return CascadeLog(log.offsets[: count + 1], log.nodes[:end], log.times[:end])


@pytest.fixture(scope="module")
def fitted(truth: InfluenceNetwork, log: CascadeLog) -> FittedInfluence:
    return learn(truth, log)


def test_known_probabilities_are_learned_back(truth, fitted):
    learned = np.asarray(fitted.influence.network.probability)
    assert spearmanr(learned, truth.probability).statistic > 0.8
    assert learned.mean() == pytest.approx(float(np.mean(truth.probability)), rel=0.1)


def test_the_intervals_hold_the_truth_as_often_as_they_say(truth, fitted):
    low, high = fitted.influence.interval(0.9)
    held = ((truth.probability >= low) & (truth.probability <= high)).mean()
    assert held == pytest.approx(0.9, abs=4 * np.sqrt(0.09 / TIES))


def test_few_cascades_still_give_honest_intervals(truth, log):
    low, high = learn_influence(truth, first_of(log, 60)).interval(0.9)
    held = ((truth.probability >= low) & (truth.probability <= high)).mean()
    assert held > 0.8


def test_where_nothing_comes_from_outside_none_is_found(fitted):
    assert fitted.influence.outside.share == 0.0
    assert fitted.influence.outside.by_node.max() < 0.01


def test_predictions_come_true_as_often_as_they_say(truth, fitted):
    later = log_of(simulated_cascades(ties_of(truth), NODES, 600, Random(3)))
    exposures = list_exposures(truth, later)
    found = rate_predictions(fitted.predict(exposures), exposures.activated)
    perfect = rate_predictions(exposures.any_of(truth.probability), exposures.activated)
    assert found.log_likelihood > perfect.log_likelihood - 0.005
    assert found.slope == pytest.approx(1.0, abs=0.15)
    for chance in all_baselines(fitted, exposures).values():
        assert found.log_likelihood > rate_predictions(chance, exposures.activated).log_likelihood


def test_activations_nobody_explains_are_not_blamed_on_ties(truth):
    rng = Random(4)
    cascades = simulated_cascades([(s, t, 0.0) for s, t, _ in ties_of(truth)], NODES, 800, rng)
    noisy = [[*one, *rng.sample([n for n in range(NODES) if n not in one], 2)] for one in cascades]
    learned = learn_influence(truth, log_of(noisy))
    assert float(np.mean(learned.network.probability)) < 0.03
    assert learned.outside.by_node.mean() == pytest.approx(2 / NODES, rel=0.3)


def test_a_longer_record_moves_a_tie_further_from_the_common_law():
    ties = ([0, 1, *range(2, 20)], [20, 21, *range(22, 40)])
    network = InfluenceNetwork.from_arrays(*ties, 1.0, 40)

    def learned_after(posts: int) -> np.ndarray:
        cascades = [[0, 20] for _ in range(posts)] + [[1] for _ in range(posts)]
        cascades += [[n, n + 20] if k % 5 == 0 else [n] for n in range(2, 20) for k in range(20)]
        return np.asarray(learn_influence(network, log_of(cascades)).network.probability)

    short, long = learned_after(3), learned_after(30)
    assert short[1] > long[1]
    assert short[0] < long[0]
    assert long[0] > 0.7


def test_the_direction_is_told_from_the_past(truth, log):
    past = first_of(log, 400)
    assert not runs_reversed(truth, past)
    assert runs_reversed(reversed_ties(truth), past)


def test_a_draw_from_the_posterior_has_its_mean_and_frailty_keeps_it_a_probability(fitted):
    rng = np.random.default_rng(0)
    draws = np.stack([fitted.influence.sampled(rng).probability for _ in range(400)])
    error = np.sqrt(draws.var(axis=0) / 400)
    assert (np.abs(draws.mean(axis=0) - fitted.influence.network.probability) < 5 * error + 1e-9).all()
    hot = fitted.influence.sampled(rng, frailty=True).probability
    assert ((hot >= 0) & (hot <= 1)).all()


@pytest.mark.parametrize(
    "cascades", [[], [[0]], [[0], [1]], [[0, 1]], [[0, 1, 2]] * 3, [[n] for n in range(10)]]
)
def test_thin_pasts_are_survived(cascades):
    network = InfluenceNetwork.from_arrays([0, 0, 1], [1, 2, 2], 1.0, 12)
    fitted = learn(network, log_of(cascades))
    assert np.isfinite(fitted.influence.alpha).all() and (fitted.influence.alpha > 0).all()
    exposures = list_exposures(network, log_of([[0, 2], [11, 0]]))
    predicted = fitted.predict(exposures)
    assert ((predicted >= 0) & (predicted <= 1)).all()


def test_a_network_without_ties_learns_the_outside_alone():
    learned = learn_influence(InfluenceNetwork.from_arrays([], [], 1.0, 5), log_of([[0, 1], [2]]))
    assert learned.outside.share == 1.0
    assert learned.network.tie_count == 0


def test_delays_are_told_apart_by_platform_and_found_behind_other_parents():
    rng = np.random.default_rng(5)
    quick, slow = rng.lognormal(4, 0.5, 2_000), rng.lognormal(9, 1.0, 2_000)
    names = ["x"] * 2_000 + ["blog"] * 2_000
    laws = fit_delays(np.concatenate([quick, slow]), np.arange(4_000), np.ones(4_000), names)
    assert np.log(laws["x"].median) == pytest.approx(4, abs=4 * 0.5 / np.sqrt(2_000) + 0.05)
    assert laws["blog"].sigma == pytest.approx(1.0, abs=0.1)
    others = np.exp(rng.uniform(0, 16, 2_000))
    mixed = fit_delays(np.concatenate([quick, others]), np.tile(np.arange(2_000), 2), np.ones(4_000))
    assert np.log(mixed[""].median) == pytest.approx(4, abs=0.3)


def test_the_same_past_is_learned_the_same_way(truth, log):
    past = first_of(log, 300)
    first, second = learn_influence(truth, past), learn_influence(truth, past)
    assert first.alpha.tolist() == second.alpha.tolist()


def test_columns_given_by_tie_matter_where_they_tell_something():
    rng = Random(6)
    network = made_up(rng)
    marked = np.array([rng.random() < 0.5 for _ in range(TIES)], dtype=np.float64)
    strong = network.with_probability(np.where(marked > 0, 0.2, 0.01))
    few = log_of(simulated_cascades(ties_of(strong), NODES, 150, rng))
    learned = learn_influence(strong, few, LearningTerms({"kind": marked})).network.probability
    unseen = TieHistory.of(strong, few).trials <= 3
    assert learned[unseen & (marked > 0)].mean() > 2 * learned[unseen & (marked == 0)].mean()


def test_people_told_a_few_at_a_time_are_told_the_same(truth, log, fitted, monkeypatch):
    exposures = list_exposures(truth, log)
    whole = fitted.predict(exposures), fitted.predict_pooled(exposures)
    monkeypatch.setattr(learning, "_AT_ONCE", 37)
    parts = fitted.predict(exposures), fitted.predict_pooled(exposures)
    for one, other in zip(whole, parts, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)
