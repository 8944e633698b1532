"""A traced cascade names who told whom, on the coins the simulation counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.simulate.spread import Simulation, seeds_of, simulated
from ambassador.propagation.simulate.traces import trace_spread

TIES = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 7), st.sampled_from([0.0, 0.3, 0.7, 1.0])), max_size=25
)


@given(ties=TIES, key=st.integers(0, 2**64 - 1), run=st.integers(0, 50))
def test_everybody_but_a_seed_was_told_by_somebody_active_one_step_before(
    ties: list[tuple[int, int, float]], key: int, run: int
) -> None:
    network = _network(ties)
    trace = trace_spread(network, [0, 1], key=key, run=run)
    step = dict(zip(trace.nodes, trace.steps, strict=True))
    branch = dict(zip(trace.nodes, trace.seeds, strict=True))
    real = {(s, t) for s, t, p in ties if p > 0}
    assert len(step) == len(trace.nodes)
    for node, parent in zip(trace.nodes[2:], trace.parents[2:], strict=True):
        assert (parent, node) in real
        assert step[node] == step[parent] + 1
        assert branch[node] == branch[parent]


@given(ties=TIES, key=st.integers(0, 2**64 - 1))
def test_one_more_seed_never_loses_anybody(ties: list[tuple[int, int, float]], key: int) -> None:
    network = _network(ties)
    few = set(trace_spread(network, [0], key=key, run=3).nodes)
    more = set(trace_spread(network, [0, 5], key=key, run=3).nodes)
    assert few <= more


def _network(ties: list[tuple[int, int, float]]) -> InfluenceNetwork:
    source, target, probability = (
        np.array(column) for column in (zip(*ties, strict=True) if ties else ([], [], []))
    )
    return InfluenceNetwork.from_arrays(
        source.astype(int), target.astype(int), probability.astype(float), node_count=8
    )


@pytest.mark.parametrize("probability", [None, 0.05, 0.3])
def test_a_trace_is_the_run_the_simulation_counts(probability: float | None) -> None:
    rng = np.random.default_rng(2)
    network = InfluenceNetwork.from_arrays(rng.integers(0, 90, 1500), rng.integers(0, 90, 1500), None, 90)
    network = network.with_probability(probability)
    spread = simulated(Simulation(network, seeds_of(network, [3, 4], None), 77), 20, 1, None)
    traced = [len(trace_spread(network, [3, 4], key=77, run=run).nodes) for run in range(20)]
    assert traced == spread.runs_active.tolist()
    assert len(set(traced)) > 1
