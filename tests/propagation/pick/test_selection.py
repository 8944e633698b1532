"""Picks and their certificates, against trying every choice."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.errors import BadInputError, CancelledError, InfeasibleError, UnknownNodeError
from ambassador.propagation.network.chunks import Progress
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.selection import Limits, Scenario, biggest_first
from ambassador.propagation.simulate.spread import estimate_spread
from ambassador.values.picks.quotas import Quota
from tests import naive
from tests.propagation.networks import built, networks, ties_of
from tests.propagation.picking import FEES, TEN, launch, pick

SLACK = 1e-9


def test_two_with_little_in_common_beat_the_two_biggest() -> None:
    network = launch()
    chosen = pick(network, 2)
    assert network.keys_of(chosen.nodes) == ["a", "c"]
    assert chosen.marginal_spread.tolist() == [11.0, 5.0]
    assert (chosen.spread, chosen.low, chosen.high) == (16.0, 16.0, 16.0)
    assert network.keys_of(chosen.reserve) == ["b"]
    biggest = biggest_first(network, 2)
    assert network.keys_of(biggest) == ["a", "b"]
    assert estimate_spread(network, biggest, runs=5, rng=np.random.default_rng(1)).mean == 12.0


def test_greedy_ends_when_nothing_is_gained() -> None:
    chosen = pick(launch(), 20)
    assert chosen.spread == 17.0
    assert chosen.nodes.size == 3


def test_nothing_to_pick_from_is_an_empty_pick() -> None:
    empty = InfluenceNetwork.from_arrays([], [], None)
    for network, count, more in (
        (empty, 3, {}),
        (built([], 2), 0, {}),
        (built([], 2), 2, {"constraints": Constraints(never=[0, 1])}),
        (built([], 2), 2, {"scenario": Scenario(value=[0.0, 0.0])}),
        (built([], 2), 2, {"already": [0, 1]}),
    ):
        chosen = pick(network, count, **more)
        assert (chosen.nodes.size, chosen.spread) == (0, 0.0)
        assert chosen.stopped_because in {"nothing to gain", "certificate"}


def test_one_node_alone_is_picked_with_certainty() -> None:
    chosen = pick(built([], 1), 1)
    assert (chosen.nodes.tolist(), chosen.spread, chosen.certificate) == ([0], 1.0, 1.0)


@pytest.mark.slow
@pytest.mark.parametrize("diffusion", ["ic", "lt"])
def test_certificates_hold_in_at_least_ninety_percent_of_a_thousand_picks(diffusion: Diffusion) -> None:
    network = built(TEN, 9)
    worth = {frozenset(pair): _spread(network, pair, diffusion) for pair in combinations(range(9), 2)}
    best = max(worth.values())
    held, bounds_held = 0, 0
    for key in range(1_000):
        chosen = pick(
            network, 2, key, certificate=0.75, limits=Limits(delta=0.1), diffusion=diffusion, threads=1
        )
        reached = worth[frozenset(chosen.nodes.tolist())]
        held += reached >= chosen.certificate * best - SLACK
        bounds_held += chosen.lower <= reached + SLACK and chosen.upper >= best - SLACK
    assert held >= 900
    assert bounds_held >= 900


def _spread(network: InfluenceNetwork, seeds: tuple[int, ...], diffusion: Diffusion) -> float:
    if diffusion == "ic":
        return naive.exact_spread(ties_of(network), seeds)
    # Linear threshold: every node keeps at most one in-tie (Kempe, Kleinberg, Tardos 2003, claim 2.6).
    return _threshold_spread(ties_of(network), network.node_count, seeds)


def _threshold_spread(ties: list[naive.Tie], nodes: int, seeds: tuple[int, ...]) -> float:
    outcomes: list[tuple[float, list[naive.Tie]]] = [(1.0, [])]
    shares = [weight / naive.CERTAIN for weight in naive.weights(ties)]
    for node in range(nodes):
        into = [(*tie[:2], share) for tie, share in zip(ties, shares, strict=True) if tie[1] == node]
        rest = 1.0 - sum(tie[2] for tie in into)
        outcomes = [
            (chance * share, kept + more)
            for chance, kept in outcomes
            for share, more in [(rest, []), *((tie[2], [tie]) for tie in into)]
            if share > 0
        ]
    return sum(chance * len(naive.descendants(kept, seeds)) for chance, kept in outcomes)


@pytest.mark.slow
def test_certificates_hold_under_every_constraint() -> None:
    network = built(TEN, 9)
    worth = {
        frozenset(chosen): naive.exact_spread(TEN, chosen, VALUE) for chosen in naive.subsets(range(9), 3)
    }
    for constraints in CONSTRAINTS:
        feasible = [chosen for chosen in naive.subsets(range(9), 3) if _fits(chosen, constraints, 3)]
        best = naive.best_of(feasible, worth)
        held = 0
        for key in range(100):
            chosen = pick(
                network,
                3,
                key,
                certificate=0.8,
                limits=Limits(delta=0.1),
                constraints=constraints,
                scenario=Scenario(value=VALUE),
                threads=1,
            )
            assert _fits(tuple(chosen.nodes.tolist()), constraints, 3)
            held += worth[frozenset(chosen.nodes.tolist())] >= chosen.certificate * best - SLACK
            assert chosen.certificate > 0.5
        assert held >= 90


VALUE = [1.0, 0.5, 2.0, 1.0, 0.0, 1.0, 3.0, 1.0, 1.0]


CONSTRAINTS = [
    Constraints(must=[8], never=[0]),
    Constraints(costs=FEES, budget=6.0),
    Constraints(costs=FEES, budget=7.0, must=[7]),
    Constraints(groups=[Quota.over("Bari", [2, 3, 8], at_least=1), Quota.over("Roma", [0, 1, 4], at_most=1)]),
    Constraints(
        costs=FEES,
        budget=8.0,
        groups=[Quota.over("Bari", [2, 3, 8], at_least=1), Quota.over("Roma", [0, 1, 4], at_most=1)],
    ),
    Constraints(exclusive=[(0, 1), (1, 5)]),
]


def _fits(chosen: tuple[int, ...], constraints: Constraints, count: int) -> bool:
    inside = set(chosen)
    fits = len(inside) <= count and inside >= set(constraints.must) and not inside & set(constraints.never)
    if constraints.costs is not None:
        fits &= sum(FEES[node] for node in chosen) <= constraints.budget
    for group in constraints.groups:
        most = count if group.at_most is None else group.at_most
        fits &= group.at_least <= len(inside & set(group.members)) <= most
    return fits and not any(inside >= set(pair) for pair in constraints.exclusive)


@settings(max_examples=30)
@given(network=networks(), key=st.integers(0, 2**31), diffusion=st.sampled_from(["ic", "lt"]), data=st.data())
def test_any_network_gives_a_pick(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, network.node_count + 2))
    chosen = pick(network, count, key, certificate=0.5, diffusion=diffusion, limits=Limits(bytes=2**21))
    assert chosen.nodes.size <= min(count, network.node_count)
    assert len(set(chosen.nodes.tolist())) == chosen.nodes.size
    assert 0 <= chosen.certificate <= 1
    assert chosen.marginal_spread.sum() == pytest.approx(chosen.spread)


def test_where_everybody_is_reached_already_the_search_ends() -> None:
    network = built([(0, node, 1.0) for node in range(1, 6)], 6)
    chosen = pick(network, 2, already=[0])
    assert (chosen.nodes.size, chosen.spread, chosen.stopped_because) == (0, 0.0, "nothing to gain")


def test_an_unknown_diffusion_a_half_person_and_a_budget_without_fees_are_refused() -> None:
    network = built(TEN, 9)
    with pytest.raises(BadInputError, match="'sir' is no diffusion"):
        pick(network, 2, diffusion="sir")
    with pytest.raises(InfeasibleError, match=r"2\.5 people"):
        pick(network, 2.5)
    with pytest.raises(BadInputError, match="budget of 5, but no fees"):
        pick(network, 2, constraints=Constraints(budget=5))


def test_threads_and_limits_do_not_change_the_pick() -> None:
    rng = np.random.default_rng(3)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 900, 6000), rng.integers(0, 900, 6000), None, 900)
    one, three = (pick(network, 10, threads=threads) for threads in (1, 3))
    assert one.nodes.tolist() == three.nodes.tolist()
    assert (one.certificate, one.spread) == (three.certificate, three.spread)
    assert one.stopped_because == "certificate"
    assert one.certificate >= 0.9


def test_limits_stop_a_pick_and_say_which() -> None:
    network = built([], 500)
    assert pick(network, 3, certificate=1.0, limits=Limits(bytes=2**20)).stopped_because == "memory"
    assert pick(network, 3, certificate=1.0, limits=Limits(seconds=0.0)).stopped_because == "time"
    with pytest.raises(BadInputError, match="delta"):
        pick(network, 3, limits=Limits(delta=0))
    with pytest.raises(UnknownNodeError):
        pick(network, 3, constraints=Constraints(must=[500]))


def test_a_giant_cascade_stays_within_memory() -> None:
    rng = np.random.default_rng(3)
    network = InfluenceNetwork.from_arrays(
        rng.integers(0, 3000, 60_000), rng.integers(0, 3000, 60_000), 0.3, 3000
    )
    chosen = pick(network, 5, certificate=0.999, limits=Limits(bytes=2**24))
    assert chosen.stopped_because == "memory"
    assert chosen.certificate > 0.5


def test_where_simulating_costs_more_than_the_pick_validating_sets_say_the_spread() -> None:
    crowd = 100_000
    network = InfluenceNetwork.from_arrays(np.zeros(crowd, np.int32), np.arange(1, crowd + 1), 0.5)
    chosen = pick(network, 1, certificate=0.5)
    assert (chosen.nodes.tolist(), chosen.runs) == ([0], 0)
    assert chosen.marginal_spread.sum() == pytest.approx(chosen.spread)
    assert abs(chosen.spread - crowd / 2) < 2 * (chosen.high - chosen.low)


def test_the_user_can_stop_a_pick() -> None:
    def stop(progress: Progress) -> None:
        raise CancelledError("Stopped at {stage}.", stage=progress.stage)

    with pytest.raises(CancelledError, match="Stopped at sampling"):
        pick(launch(), 2, progress=stop)
