"""Every kernel agrees with its slow twin, to the last person, on the same coins."""

from functools import partial
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.propagation.kernels.reverse import Rules, sample_sets
from ambassador.propagation.network.chunks import Toolbox
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.row_views import Diffusion
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.cover import choose
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.sampling import SamplingModel, SetCollection
from ambassador.propagation.simulate.marginals import Picked, marginals_of
from ambassador.propagation.simulate.spread import Simulation, _totals, scratch_for, seeds_of, simulated
from ambassador.propagation.simulate.valued_spread import simulate_values
from tests import naive
from tests.propagation.networks import networks, ties_of

KEYS = st.integers(0, 2**63 - 1)
DIFFUSIONS = st.sampled_from(["ic", "lt"])
CHANCE = st.sampled_from([0.0, 0.3, 0.7, 1.0])
RUNS = 6


def some_nodes(data: st.DataObject, network: InfluenceNetwork) -> list[int]:
    nodes = st.integers(0, network.node_count - 1)
    return data.draw(st.lists(nodes, unique=True, max_size=4))


@given(
    network=networks(), key=KEYS, diffusion=DIFFUSIONS, deadline=st.none() | st.integers(0, 4), data=st.data()
)
def test_a_simulated_launch_is_its_twin(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, deadline: int | None, data: st.DataObject
) -> None:
    seeds = some_nodes(data, network)
    posting = data.draw(st.lists(CHANCE, min_size=len(seeds), max_size=len(seeds)))
    plan = Simulation(network, seeds_of(network, seeds, posting), key, diffusion, deadline)
    spread = simulated(plan, RUNS, 1, None)
    twins = [
        naive.Run(ties_of(network), seeds, key, run, diffusion=diffusion, posting=posting, deadline=deadline)
        for run in range(RUNS)
    ]
    totals = _totals(plan, Toolbox(partial(scratch_for, network, diffusion)), (0, RUNS))
    assert spread.runs_active.tolist() == [len(twin.active) for twin in twins] == totals.tolist()
    assert spread.runs_exposed.tolist() == [len(twin.exposed_by) for twin in twins]
    for step, active in enumerate(spread.by_step.active.tolist()):
        assert active == np.mean([sum(map(len, twin.levels[: step + 1])) for twin in twins])
    for place in range(len(seeds)):
        branches = [list(twin.branch.values()).count(place) for twin in twins]
        assert spread.by_seed.active[place] == np.mean(branches)
        exposed = [list(twin.exposed_by.values()).count(place) for twin in twins]
        assert spread.by_seed.exposed[place] == np.mean(exposed)


@pytest.mark.parametrize("probability", [0.0625, 0.02])
def test_gaps_between_live_ties_are_their_twins_and_as_many_as_coins_would_give(probability: float) -> None:
    rng = np.random.default_rng(4)
    ends = rng.integers(0, 40, (2, 1200))
    network = InfluenceNetwork.from_arrays(*ends, None, 40).with_probability(probability)
    ties, out = ties_of(network), np.diff(network.out_offsets)
    plan = Simulation(network, seeds_of(network, [1, 2], None), 9)
    twins = [naive.Run(ties, [1, 2], 9, run) for run in range(12)]
    assert simulated(plan, 12, 1, None).runs_active.tolist() == [len(twin.active) for twin in twins]
    runs = 2_000
    live = [
        len(naive.live_by_gaps(naive.run_key(5, run), 1, int(out[1]), probability)) for run in range(runs)
    ]
    error = np.sqrt(out[1] * probability * (1 - probability) / runs)
    assert abs(np.mean(live) - out[1] * probability) < 4 * error


@given(
    network=networks(), key=KEYS, diffusion=DIFFUSIONS, deadline=st.none() | st.integers(0, 4), data=st.data()
)
def test_the_value_of_who_talks_is_its_twin(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, deadline: int | None, data: st.DataObject
) -> None:
    seeds = some_nodes(data, network)
    posting = data.draw(st.lists(CHANCE, min_size=len(seeds), max_size=len(seeds)))
    value = np.arange(network.node_count, dtype=np.float64)
    found = simulate_values(
        network, seeds, np.array([posting]), value, runs=6, key=key, diffusion=diffusion, deadline=deadline
    )
    twins = [
        naive.Run(ties_of(network), seeds, key, run, diffusion=diffusion, posting=posting, deadline=deadline)
        for run in range(6)
    ]
    assert found.tolist() == [sum(twin.active) for twin in twins]


@given(
    network=networks(), key=KEYS, diffusion=DIFFUSIONS, deadline=st.none() | st.integers(0, 4), data=st.data()
)
def test_marginal_spreads_are_differences_of_twins(
    network: InfluenceNetwork, key: int, diffusion: Diffusion, deadline: int | None, data: st.DataObject
) -> None:
    seeds = some_nodes(data, network)
    posting = data.draw(st.lists(CHANCE, min_size=network.node_count, max_size=network.node_count))
    thresholds = np.array([naive.threshold(chance) for chance in posting], np.uint64)
    value = np.arange(network.node_count, dtype=np.float64)
    nobody = np.empty(0, np.int32)
    picked = Picked(network, nobody, np.array(seeds, np.int32), thresholds, value, deadline, diffusion)
    found = marginals_of(picked, key, work=0)

    def worth(run: int, count: int) -> float:
        first = seeds[:count]
        chances = [posting[seed] for seed in first]
        twin = naive.Run(
            ties_of(network), first, key, run, diffusion=diffusion, posting=chances, deadline=deadline
        )
        return float(sum(twin.active))

    for place in range(len(seeds)):
        gains = [worth(run, place + 1) - worth(run, place) for run in range(found.runs)]
        assert found.mean[place] == pytest.approx(np.mean(gains), abs=1e-12)


@settings(max_examples=60)
@given(
    network=networks(largest=12, most_ties=50),
    key=KEYS,
    diffusion=DIFFUSIONS,
    deadline=st.none() | st.integers(0, 3),
    lane_bits=st.sampled_from([0, 2, 6]),
    data=st.data(),
)
def test_reverse_reachable_sets_are_their_twins(
    network: InfluenceNetwork,
    key: int,
    diffusion: Diffusion,
    deadline: int | None,
    lane_bits: int,
    data: st.DataObject,
) -> None:
    nodes = network.node_count
    posting = data.draw(st.none() | st.lists(CHANCE, min_size=nodes, max_size=nodes))
    value = data.draw(st.none() | st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=nodes, max_size=nodes))
    blocked = data.draw(st.lists(st.integers(0, nodes - 1), max_size=2))
    marks = np.zeros(nodes if blocked else 0, np.bool_)
    marks[blocked] = True
    rules = Rules(
        roots=np.cumsum(value or []),
        posting=np.array([naive.threshold(chance) for chance in posting or []], np.uint64),
        blocked=marks,
        last_step=2**62 if deadline is None else deadline,
        lane_bits=lane_bits,
    )
    sampling = SamplingModel(network, diffusion, rules)
    ties = network.row_views.into(diffusion)
    flat, offsets = sample_sets(ties, rules, sampling.wave(), np.uint64(key), 3, 2)
    sets = [flat[a:b].tolist() for a, b in pairwise(offsets)]
    into, numbers = _reverse(network, diffusion)
    twins = [
        naive.Batch(
            into,
            numbers,
            key=key,
            batch=batch,
            lanes=1 << lane_bits,
            diffusion=diffusion,
            value=value,
            posting=posting,
            blocked=blocked,
            deadline=deadline,
        )
        for batch in (3, 4)
    ]
    assert sets == [members for twin in twins for members in twin.sets]


def _reverse(
    network: InfluenceNetwork, diffusion: Diffusion
) -> tuple[list[list[tuple[int, int]]], list[list[int] | None]]:
    ties = ties_of(network)
    levels = naive.weights(ties) if diffusion == "lt" else [naive.threshold(tie[2]) for tie in ties]
    into: list[list[tuple[int, int]]] = [[] for _ in range(network.node_count)]
    for (source, target, _), level in zip(ties, levels, strict=True):
        into[target].append((source, level))
    wired = network.row_views.into(diffusion)
    numbers: list[list[int] | None] = []
    for row in wired.row.tolist():
        table = wired.table[row:].tolist() if row >= 0 else []
        numbers.append(table[: table.index(naive.CERTAIN) + 1] if row >= 0 else None)
    return into, numbers


@given(
    sets=st.lists(st.lists(st.integers(0, 9), unique=True, max_size=5), min_size=1, max_size=30),
    count=st.integers(0, 5),
)
def test_lazy_greedy_picks_what_plain_greedy_picks(sets: list[list[int]], count: int) -> None:
    collection = SetCollection()
    sizes = np.cumsum([0, *map(len, sets)])
    collection.extend(np.array([node for members in sets for node in members], np.int32), sizes)
    network = InfluenceNetwork.from_arrays([], [], None, 10)
    candidates, choice = choose(collection, check_constraints(network, count, Constraints()), 0)
    assert candidates.nodes[choice.picked].tolist() == naive.greedy_cover(sets, 10, count)
