"""Picks that mind complaints, against every choice on small networks, and launches against their twin."""

from collections.abc import Iterable, Sequence
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.complaints import Minding, share_heard
from ambassador.propagation.pick.selection import Limits, Scenario
from ambassador.propagation.simulate.answers import simulate_shares
from ambassador.propagation.simulate.launches import simulate_launches
from ambassador.propagation.simulate.traces import trace_spread
from tests import naive
from tests.propagation.networks import built, networks
from tests.propagation.picking import TEN, pick

SHARE = np.array([0.9, 0.1, 0.5, 0.05, 0.2, 0.7, 0.3, 0.0, 0.4])
STRANGERS = 0.6
"""Strangers of somebody who joins."""
OWN = np.array([4.0, 1.0, 0.5, 3.0, 0.2, 0.9, 2.2, 0.4, 3.1])
"""Strangers of each one's own post."""
TREE = [(0, 2, 0.7), (0, 3, 0.4), (1, 4, 0.9), (4, 5, 0.5), (5, 6, 0.8), (2, 8, 0.2), (3, 7, 0.6)]
SLACK = 1e-9


def heard(ties: Sequence[naive.Tie], node: int) -> float:
    told = [(chance, SHARE[source]) for source, target, chance in ties if target == node]
    return sum(chance * share for chance, share in told) / sum(chance for chance, _ in told) if told else 0.0


def exact(ties: Sequence[naive.Tie], chosen: Iterable[int], weight: float) -> float:
    """Sum over every outcome of every coin what the choice counts, as docs/pick.md says it."""
    starters = list(chosen)
    reached = {
        one: naive.exact_spread(ties, starters, [float(one == node) for node in range(9)]) for one in range(9)
    }
    total = 0.0
    for node, chance in reached.items():
        own = max(1 - weight * SHARE[node], 0.0)
        if node in starters:
            total += 1 + OWN[node] * own
        else:
            total += chance * (max(1 - weight * heard(ties, node), 0.0) + STRANGERS * own)
    return total


def scenario(network: InfluenceNetwork, weight: float) -> Scenario:
    minding = Minding(weight, SHARE, share_heard(network, SHARE))
    return Scenario(value=minding.of_joining(STRANGERS), own=minding.of_starting(OWN, STRANGERS))


@pytest.mark.parametrize("weight", [1.0, 3.0])
def test_certificates_hold_and_the_best_is_found(weight: float) -> None:
    network = built(TEN, 9)
    worth = {frozenset(pair): exact(TEN, pair, weight) for pair in combinations(range(9), 2)}
    best, held, near = max(worth.values()), 0, 0
    for key in range(30):
        limits = Limits(delta=0.1)
        chosen = pick(
            network, 2, key, certificate=0.85, limits=limits, scenario=scenario(network, weight), threads=1
        )
        reached = worth[frozenset(chosen.nodes.tolist())]
        held += reached >= chosen.certificate * best - SLACK
        held += chosen.lower <= reached + SLACK and chosen.upper >= best - SLACK
        near += reached > 0.97 * best
        assert chosen.spread == pytest.approx(reached, rel=0.1)
    assert held >= 54
    assert near >= 27


def test_what_counts_is_submodular_and_never_falls() -> None:
    worth = {
        frozenset(some): exact(TEN, some, 3.0) for size in range(4) for some in combinations(range(9), size)
    }
    for pair in combinations(range(9), 2):
        for more in set(range(9)) - set(pair):
            small, large = frozenset(pair[:1]), frozenset(pair)
            gain = worth[large | {more}] - worth[large]
            assert -SLACK <= gain <= worth[small | {more}] - worth[small] + SLACK


def complainers(ties: Sequence[naive.Tie], chosen: Sequence[int]) -> float:
    """Sum over every outcome of the coins who complains: each answers whoever's word came first."""
    total = 0.0
    for outcome in product((False, True), repeat=len(ties)):
        chance = float(np.prod([p if live else 1 - p for live, (*_, p) in zip(outcome, ties, strict=True)]))
        alive = [(source, target) for live, (source, target, _) in zip(outcome, ties, strict=True) if live]
        talking, wave = set(chosen), list(chosen)
        while wave:
            fresh = []
            for source in wave:
                for target in (target for start, target in alive if start == source):
                    if target not in talking:
                        talking.add(target)
                        fresh.append(target)
                        total += chance * SHARE[source]
            wave = fresh
    return total


@pytest.mark.parametrize("chosen", [[0], [0, 1], [4, 3]])
def test_where_everybody_listens_to_one_choosing_counts_as_launches_do(chosen: list[int]) -> None:
    talkers = naive.exact_spread(TREE, chosen)
    value = [1 - heard(TREE, node) for node in range(9)]
    counted = naive.exact_spread(TREE, chosen, value) + sum(heard(TREE, node) for node in chosen)
    assert counted == pytest.approx(talkers - complainers(TREE, chosen))


@pytest.mark.parametrize("ties", [TREE, TEN])
def test_launches_count_those_who_complain(ties: list[naive.Tie]) -> None:
    network = built(ties, 9)
    found = simulate_shares(network, [0, 1], np.ones((1, 2)), SHARE, runs=20_000, key=4)
    assert found[:, 0].mean() == pytest.approx(complainers(ties, [0, 1]), abs=0.02)


@given(network=networks(), key=st.integers(0, 2**63 - 1), data=st.data())
def test_a_launch_is_its_twin(network: InfluenceNetwork, key: int, data: st.DataObject) -> None:
    seeds = data.draw(st.lists(st.integers(0, network.node_count - 1), unique=True, min_size=1, max_size=3))
    share: FloatArray = np.arange(1.0, network.node_count + 1) / 16
    found = simulate_shares(network, seeds, np.ones((1, len(seeds))), share, runs=4, key=key)
    for run in range(4):
        trace = trace_spread(network, seeds, key=key, run=run)
        joined = [(node, above) for node, above in zip(trace.nodes, trace.parents, strict=True) if above >= 0]
        assert found[run].tolist() == pytest.approx(
            [sum(share[above] for _, above in joined), sum(share[node] for node, _ in joined)]
        )


@pytest.mark.parametrize("diffusion", ["ic", "lt"])
@pytest.mark.parametrize("deadline", [None, 0, 1])
def test_everybody_who_joins_is_counted_once(diffusion: Diffusion, deadline: int | None) -> None:
    network, postings = built(TEN, 9), np.array([[0.5, 1.0], [1.0, 0.2]])
    more = {"runs": 40, "key": 3, "diffusion": diffusion, "deadline": deadline}
    found = simulate_shares(network, [0, 1], postings, np.ones(9), **more)
    launches = simulate_launches(network, [0, 1], postings, **more)
    joined = launches.spread.runs_active - (launches.branches > 0).sum(axis=1)
    assert found[:, 0].tolist() == found[:, 1].tolist() == joined.tolist()


def test_without_weight_everybody_counts_one() -> None:
    network = built(TEN, 9)
    minding = Minding(0.0, SHARE, share_heard(network, SHARE))
    assert minding.of_joining(0.5).tolist() == [1.5] * 9
    assert minding.of_starting(OWN, 0.5).tolist() == np.maximum(OWN - 0.5, 0).tolist()
    assert minding.of_figures(OWN).tolist() == pytest.approx(OWN.tolist())
