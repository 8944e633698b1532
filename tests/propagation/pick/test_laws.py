"""Laws of word of mouth, for every coin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.simulate.spread import (
    Simulation,
    Spread,
    compare_spread,
    estimate_spread,
    seeds_of,
    simulated,
)
from tests import naive
from tests.propagation.networks import built, networks, ties_of

KEYS = st.integers(0, 2**63 - 1)
DIFFUSIONS = st.sampled_from(["ic", "lt"])


def launches(network: InfluenceNetwork, seeds: list[int], key: int, diffusion: Diffusion = "ic") -> Spread:
    return simulated(Simulation(network, seeds_of(network, seeds, None), key, diffusion), 5, 1, None)


@given(network=networks(), key=KEYS, diffusion=DIFFUSIONS, data=st.data())
def test_one_more_seed_never_shrinks_a_launch(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, data: st.DataObject
) -> None:
    nodes = data.draw(st.lists(st.integers(0, network.node_count - 1), unique=True, min_size=1))
    fewer, more = (launches(network, seeds, key, diffusion) for seeds in (nodes[:-1], nodes))
    assert (more.runs_active >= fewer.runs_active).all()
    assert (more.runs_exposed >= fewer.runs_exposed).all()


@given(network=networks(largest=6), key=KEYS, diffusion=DIFFUSIONS)
def test_the_same_seed_adds_less_to_more(network: InfluenceNetwork, key: int, diffusion: Diffusion) -> None:
    if network.node_count < 3:
        return
    # Submodular in every run for live ties drawn once; linear threshold keeps it on average only.
    if diffusion == "lt":
        return
    spread = {
        seeds: launches(network, list(seeds), key, diffusion).runs_active
        for seeds in ((0,), (0, 1), (0, 2), (0, 1, 2))
    }
    assert (spread[0, 2] - spread[0,] >= spread[0, 1, 2] - spread[0, 1]).all()


@given(network=networks(chances=(1.0,)), key=KEYS)
def test_certain_ties_give_the_descendants(network: InfluenceNetwork, key: int) -> None:
    expected = naive.descendants(ties_of(network), [0])
    assert launches(network, [0], key).runs_active.tolist() == [len(expected)] * 5


@given(network=networks(chances=(0.0,)), key=KEYS, diffusion=DIFFUSIONS)
def test_impossible_ties_give_the_seeds(network: InfluenceNetwork, key: int, diffusion: Diffusion) -> None:
    assert launches(network, [0], key, diffusion).runs_active.tolist() == [1] * 5


def test_the_mean_is_the_exact_spread_within_four_standard_errors() -> None:
    ties = [(0, 1, 0.5), (0, 2, 0.3), (1, 3, 0.8), (2, 3, 0.2), (3, 4, 0.6), (4, 0, 0.9), (1, 4, 0.1)]
    spread = estimate_spread(built(ties, 5), [0], runs=20_000, rng=np.random.default_rng(5))
    error = (spread.high - spread.low) / 2 / 1.96
    assert abs(spread.mean - naive.exact_spread(ties, [0])) < 4 * error


def test_linear_threshold_on_a_chain_multiplies_the_weights() -> None:
    spread = estimate_spread(
        built([(0, 1, 0.5), (1, 2, 0.5)], 3), [0], runs=20_000, rng=np.random.default_rng(5), diffusion="lt"
    )
    assert spread.mean == pytest.approx(1.75, abs=0.03)


def test_threads_make_no_difference() -> None:
    rng = np.random.default_rng(3)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 300, 2000), rng.integers(0, 300, 2000), None, 300)
    one, three = (
        estimate_spread(network, [1, 2, 3], runs=2_000, rng=np.random.default_rng(9), threads=threads)
        for threads in (1, 3)
    )
    assert (one.runs_active == three.runs_active).all()
    assert (one.by_seed.active == three.by_seed.active).all()


def test_reach_and_exposure_of_two_neighbours_who_share_one() -> None:
    # you -> {A, B}; A -> C; B -> {C, D}: with you alone talking, two see it; with all talking, all.
    ties = [(0, 1, 1.0), (0, 2, 1.0), (1, 3, 0.0), (2, 3, 0.0), (2, 4, 0.0)]
    spread = estimate_spread(built(ties, 5), [0], runs=10, rng=np.random.default_rng(1))
    assert (spread.mean, spread.exposed.mean) == (3.0, 5.0)
    assert spread.by_step.active.tolist() == [1.0, 3.0]
    assert spread.by_step.exposed.tolist() == [3.0, 5.0]


def test_branches_sum_to_the_whole() -> None:
    rng = np.random.default_rng(3)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 80, 400), rng.integers(0, 80, 400), 0.2, 80)
    spread = estimate_spread(network, [5, 6, 7], runs=500, rng=rng, posting=[0.5, 1.0, 0.2])
    assert spread.by_seed.active.sum() == pytest.approx(spread.mean)
    assert spread.by_seed.exposed.sum() == pytest.approx(spread.exposed.mean)


def test_a_seed_that_seldom_posts_counts_seldom() -> None:
    spread = estimate_spread(
        built([], 2), [0, 1], runs=20_000, rng=np.random.default_rng(4), posting=[0.25, 1]
    )
    assert spread.mean == pytest.approx(1.25, abs=0.015)


def test_two_picks_are_compared_on_the_same_coins() -> None:
    rng = np.random.default_rng(3)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 80, 400), rng.integers(0, 80, 400), 0.2, 80)
    duel = compare_spread(network, [1, 2], [2, 1], runs=300, rng=rng)
    assert (duel.gain.mean, duel.gain.high, duel.wins, duel.draws) == (0.0, 0.0, 0.0, 1.0)


def test_nobody_reaches_nobody() -> None:
    spread = estimate_spread(built([(0, 1, 1.0)], 2), [], runs=3, rng=np.random.default_rng(1))
    assert (spread.mean, spread.exposed.mean, spread.by_step.active.tolist()) == (0.0, 0.0, [0.0])
