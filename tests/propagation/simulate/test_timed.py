"""Launches in continuous time: the kernel is its twin, and its laws hold."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion, gap_of
from ambassador.propagation.simulate.launch_facts import CrowdFacts, LaunchDraws, lognormal_table
from ambassador.propagation.simulate.spread import Simulation, seeds_of, simulated
from ambassador.propagation.simulate.timed import (
    TimedLaunches,
    simulate_launches_in_time,
)
from tests import naive
from tests.propagation.networks import built, networks, ties_of
from tests.propagation.simulate.test_twins import DIFFUSIONS, KEYS, some_nodes

RUNS = 4
DAYS = 3
FRAILTIES = st.sampled_from([0.4, 1.0, 1.7])
HOURS = st.sampled_from([0.0, 5.0, 30.0, np.inf])
ONE_DAY = CrowdFacts(lognormal_table(24.0, 0.0)[None, :])


def _matrix(data: st.DataObject, values: st.SearchStrategy[float], seeds: int) -> np.ndarray:
    rows = st.lists(values, min_size=seeds, max_size=seeds)
    return np.array(data.draw(st.lists(rows, min_size=RUNS, max_size=RUNS))).reshape(RUNS, seeds)


@settings(max_examples=80)
@given(network=networks(), key=KEYS, diffusion=DIFFUSIONS, known=st.booleans(), data=st.data())
def test_a_launch_in_time_is_its_twin(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, known: bool, data: st.DataObject
) -> None:
    seeds = some_nodes(data, network)
    draws = LaunchDraws(
        _matrix(data, HOURS, len(seeds)), _matrix(data, FRAILTIES, len(seeds)), np.linspace(0.5, 2.0, RUNS)
    )
    table = lognormal_table(9.0, 0.8)
    strength = np.full(network.tie_count, 3.0) if known else np.empty(0)
    views = np.arange(network.node_count, dtype=np.float64)
    facts = CrowdFacts(table[None, :], views=views, outside=10.0 * views, strength=strength, variation=0.5)
    found = simulate_launches_in_time(
        network, seeds, facts, draws, days=DAYS, key=key, diffusion=diffusion, threads=1
    )
    noise = facts.crowd(network).noise.tolist()
    for run in range(RUNS):
        twin = naive.TimedRun(
            ties_of(network),
            key,
            run,
            starts=dict(zip(seeds, draws.hours[run].tolist(), strict=True)),
            frailty=draws.frailty[run].tolist(),
            table=(draws.pace[run] * table).tolist(),
            deadline=24.0 * DAYS,
            diffusion=diffusion,
            strength=strength.tolist() or None,
        )
        _compare(found, run, twin, len(seeds))
        assert found.views[run, -1] == pytest.approx(twin.views(views.tolist(), noise))
        assert found.outside_sum[run, -1] == pytest.approx(sum(10.0 * node for node in twin.when))
        assert found.outside_most[run, -1] == max((10.0 * node for node in twin.when), default=0.0)


def _compare(found: TimedLaunches, run: int, twin: naive.TimedRun, seeds: int) -> None:
    for day in range(DAYS):
        assert found.active[run, day] == sum(hours < 24 * (day + 1) for hours in twin.when.values())
        assert found.exposed[run, day] == sum(hours < 24 * (day + 1) for hours in twin.exposed_at.values())
    for place in range(seeds):
        assert found.branch_active[run, place] == list(twin.branch.values()).count(place)
        assert found.branch_exposed[run, place] == list(twin.exposed_by.values()).count(place)
        assert found.branch_days[run, -1, place] == found.branch_active[run, place]


@given(network=networks(), key=KEYS, diffusion=DIFFUSIONS, data=st.data())
def test_without_frailty_and_with_time_enough_the_same_people_talk_as_without_a_clock(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, data: st.DataObject
) -> None:
    assume(diffusion == "lt" or gap_of(network.given) == 0)
    seeds = some_nodes(data, network)
    fast = CrowdFacts(lognormal_table(0.01, 0.5)[None, :])
    found = simulate_launches_in_time(
        network, seeds, fast, LaunchDraws.certain(RUNS, len(seeds)), days=1, key=key, diffusion=diffusion
    )
    steps = simulated(Simulation(network, seeds_of(network, seeds, None), key, diffusion), RUNS, 1, None)
    assert found.active[:, -1].tolist() == steps.runs_active.tolist()
    assert found.exposed[:, -1].tolist() == steps.runs_exposed.tolist()


@given(network=networks(), key=KEYS, data=st.data())
def test_more_frailty_never_makes_fewer_talk(
    network: InfluenceNetwork, key: int, data: st.DataObject
) -> None:
    seeds = some_nodes(data, network)
    plain = LaunchDraws.certain(RUNS, len(seeds))
    hot = LaunchDraws(plain.hours, 1.5 * plain.frailty, plain.pace)
    cold, warm = (
        simulate_launches_in_time(network, seeds, ONE_DAY, draws, days=DAYS, key=key).active
        for draws in (plain, hot)
    )
    assert (cold <= warm).all()


def test_ties_that_share_one_small_probability_are_tossed_one_by_one() -> None:
    """Without a clock their gaps are drawn; in time each has a coin, and a frailty of its own."""
    star = built([(0, leaf, 0.01) for leaf in range(1, 2001)], 2001)
    found = simulate_launches_in_time(star, [0], ONE_DAY, LaunchDraws.certain(400, 1), days=2, key=3)
    talked = found.active[:, -1] - 1
    assert abs(talked.mean() - 20) < 4 * np.sqrt(20 / 400)


def test_the_answer_is_the_same_on_any_number_of_threads() -> None:
    rng = np.random.default_rng(5)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 50, 400), rng.integers(0, 50, 400), 0.2, 50)
    draws = LaunchDraws(rng.exponential(9.0, (900, 3)), rng.lognormal(0, 0.3, (900, 3)), np.ones(900))
    one, two = (
        simulate_launches_in_time(network, [0, 1, 2], ONE_DAY, draws, days=5, key=9, threads=threads)
        for threads in (1, 2)
    )
    assert one.branch_days.tolist() == two.branch_days.tolist()


def test_a_beta_of_its_own_for_each_tie_is_integrated_exactly() -> None:
    """Draw every tie's probability anew in every run: the shares agree with the closed formula."""
    alpha, beta, frailty, runs = 0.6, 1.9, 1.8, 40_000
    star = built([(0, leaf, alpha / (alpha + beta)) for leaf in range(1, 11)], 11)
    draws = LaunchDraws(np.zeros((runs, 1)), np.full((runs, 1), frailty), np.ones(runs))
    facts = CrowdFacts(ONE_DAY.delays, strength=np.full(10, alpha + beta))
    found = simulate_launches_in_time(star, [0], facts, draws, days=2, key=3).active[:, -1] - 1
    rng = np.random.default_rng(4)
    drawn = 1 - (1 - rng.beta(alpha, beta, (runs, 10))) ** frailty
    direct = (rng.random((runs, 10)) < drawn).sum(axis=1)
    error = np.sqrt((found.var() + direct.var()) / runs)
    assert abs(found.mean() - direct.mean()) < 4 * error
    assert found.var() == pytest.approx(direct.var(), rel=0.05)


def test_arrays_that_do_not_fit_are_refused() -> None:
    star = built([(0, 1, 0.5)], 2)
    with pytest.raises(BadInputError, match="views"):
        simulate_launches_in_time(
            star, [0], CrowdFacts(ONE_DAY.delays, views=np.ones(3)), LaunchDraws.certain(1, 1), days=1, key=1
        )
    with pytest.raises(BadInputError, match="at least 1"):
        simulate_launches_in_time(star, [0], ONE_DAY, LaunchDraws.certain(0, 1), days=1, key=1)


def test_intervals_hold_their_share_where_launches_differ_and_too_few_where_that_is_ignored() -> None:
    """Simulate campaigns from a known truth, each with its own frailty and ties, and forecast them."""
    rng = np.random.default_rng(17)
    people, alpha, beta, sigma, campaigns = 300, 0.6, 9.0, 0.6, 600
    source, target = rng.integers(0, people, 2400), rng.integers(0, people, 2400)
    network = InfluenceNetwork.from_arrays(source, target, alpha / (alpha + beta), people)
    truth = np.empty(campaigns)
    for place, frailty in enumerate(_frailties(rng, sigma, campaigns)):
        drawn = 1 - (1 - rng.beta(alpha, beta, network.tie_count)) ** frailty
        plan = Simulation(
            network.with_probability(drawn), seeds_of(network, [0, 1], None), int(rng.integers(2**63))
        )
        truth[place] = simulated(plan, 1, 1, None).runs_active[0]
    facts = CrowdFacts(lognormal_table(0.1, 0.1)[None, :], strength=np.full(network.tie_count, alpha + beta))
    shares = {
        spread: _held(network, facts, _frailties(np.random.default_rng(3), spread, 6000), truth, 0.8)
        for spread in (sigma, 0.0)
    }
    error = np.sqrt(0.8 * 0.2 / campaigns)
    assert abs(shares[sigma] - 0.8) < 4 * error
    assert shares[0.0] < 0.8 - 4 * error


def _frailties(rng: np.random.Generator, sigma: float, count: int) -> np.ndarray:
    return np.exp(sigma * rng.standard_normal(count) - sigma**2 / 2)


def _held(
    network: InfluenceNetwork, facts: CrowdFacts, frailties: np.ndarray, truth: np.ndarray, level: float
) -> float:
    """Give the share of truths inside the central interval, ties split by chance."""
    shared = np.repeat(frailties[:, None], 2, axis=1)
    draws = LaunchDraws(np.zeros((frailties.size, 2)), shared, np.ones(frailties.size))
    sizes = simulate_launches_in_time(network, [0, 1], facts, draws, days=9, key=5).active[:, -1]
    coins = np.random.default_rng(8).random(truth.size)
    place = np.array([(sizes < one).mean() for one in truth])
    place += coins * np.array([(sizes == one).mean() for one in truth])
    return float(np.mean(np.abs(place - 0.5) <= level / 2))
