"""Networks go in and out by one door, and bad input is refused by name."""

import math
from pathlib import Path

import networkx as nx
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from ambassador.errors import (
    AmbassadorError,
    BadInputError,
    BadProbabilityError,
    UnknownNodeError,
    UnreadableFileError,
)
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.network.network_file import fingerprint, from_bytes, to_bytes
from ambassador.propagation.network.probabilities import constant, from_counts, trivalency, weighted_cascade
from ambassador.propagation.network.row_views import binomial_thresholds
from tests.propagation.networks import networks, ties_of


def test_parallel_ties_combine_and_self_ties_are_counted() -> None:
    network = InfluenceNetwork.from_ties([("a", "b", 0.5), ("b", "b", 1.0), ("a", "b", 0.2), ("b", "a", 0.1)])
    assert ties_of(network) == [(0, 1, pytest.approx(0.6)), (1, 0, 0.1)]
    assert (network.self_ties, network.merged_ties, network.labels) == (1, 1, ["a", "b"])


def test_ties_stand_in_the_order_of_source_and_target_both_ways() -> None:
    network = InfluenceNetwork.from_arrays([2, 0, 1, 0], [0, 2, 0, 1], [0.1, 0.2, 0.3, 0.4])
    assert [tie[:2] for tie in ties_of(network)] == [(0, 1), (0, 2), (1, 0), (2, 0)]
    assert network.in_sources.tolist() == [1, 2, 0, 0]
    assert network.in_ties.tolist() == [2, 3, 0, 1]
    assert network.in_offsets.tolist() == [0, 2, 3, 4]


@pytest.mark.parametrize("wrong", [-0.1, 1.01, math.nan, math.inf])
def test_a_probability_outside_its_range_is_named(wrong: float) -> None:
    with pytest.raises(BadProbabilityError, match=r"tie 1 is .*between 0 and 1"):
        InfluenceNetwork.from_arrays([0, 0], [1, 2], [0.5, wrong])


def test_missing_probabilities_are_counted() -> None:
    with pytest.raises(BadProbabilityError, match="2 ties have no probability"):
        InfluenceNetwork.from_ties([("a", "b", 0.1), ("a", "c"), ("b", "c")])


def test_nodes_outside_the_network_are_named() -> None:
    with pytest.raises(UnknownNodeError, match="Node 7 is not among the 3 nodes"):
        InfluenceNetwork.from_arrays([0], [7], 0.5, 3)
    network = InfluenceNetwork.from_ties([("a", "b", 0.5)])
    with pytest.raises(UnknownNodeError, match="nina is not in the network"):
        network.nodes_of(["a", "nina"])
    with pytest.raises(UnknownNodeError, match="Node -1"):
        network.checked_nodes([-1])
    with pytest.raises(BadInputError, match="Node 1 is named twice"):
        network.checked_nodes([1, 0, 1])


def test_half_numbers_are_no_nodes() -> None:
    with pytest.raises(BadInputError, match="whole numbers"):
        InfluenceNetwork.from_arrays([0.5], [1.0], 0.5)


def test_keys_of_a_database_become_nodes_and_back() -> None:
    network = InfluenceNetwork.from_keys([700, 12], [12, 55], [0.1, 0.2], keys=[9, 12])
    assert network.keys_of(range(4)) == [9, 12, 55, 700]
    assert network.nodes_of([700, 9]).tolist() == [3, 0]


@given(network=networks())
def test_networkx_and_back_changes_nothing(network: InfluenceNetwork) -> None:
    again = InfluenceNetwork.from_networkx(network.to_networkx())
    assert ties_of(again) == ties_of(network)
    assert again.node_count == network.node_count


def test_an_undirected_graph_runs_both_ways() -> None:
    graph = nx.Graph([("a", "b")])
    network = InfluenceNetwork.from_networkx(graph, 0.5)
    assert ties_of(network) == [(0, 1, 0.5), (1, 0, 0.5)]


def test_a_tie_without_the_attribute_is_named() -> None:
    with pytest.raises(BadProbabilityError, match="a -> b has no 'p'"):
        InfluenceNetwork.from_networkx(nx.DiGraph([("a", "b")]), "p")


@given(network=networks(), labelled=st.booleans())
def test_a_saved_network_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, network: InfluenceNetwork, *, labelled: bool
) -> None:
    if labelled:
        keys = [("x", node) for node in range(network.node_count)]
        columns = zip(*ties_of(network), strict=True) if network.tie_count else [(), (), ()]
        network = InfluenceNetwork.from_arrays(*columns, network.node_count, labels=keys)
    path = tmp_path_factory.mktemp("network") / "n.ambassador"
    network.save(path)
    for again in (InfluenceNetwork.open(path), from_bytes(InfluenceNetwork, to_bytes(network))):
        assert ties_of(again) == ties_of(network)
        assert again.keys_of(range(again.node_count)) == network.keys_of(range(network.node_count))
        assert fingerprint(again) == fingerprint(network)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "n.ambassador"
    InfluenceNetwork.from_arrays([0, 1], [1, 2], [0.5, 0.25]).save(path)
    content = bytearray(path.read_bytes())
    content[-60] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match="damaged in 'given'"):
        InfluenceNetwork.open(path)
    path.write_bytes(content[:-64])
    with pytest.raises(UnreadableFileError, match="cut short"):
        InfluenceNetwork.open(path)
    path.write_bytes(b"a,b\n")
    with pytest.raises(UnreadableFileError, match="not a saved network"):
        InfluenceNetwork.open(path)
    path.write_bytes(b"")
    with pytest.raises(UnreadableFileError, match="not a saved network"):
        InfluenceNetwork.open(path)


def test_empty_networks_are_networks() -> None:
    assert InfluenceNetwork.from_arrays([], [], None).node_count == 0
    assert InfluenceNetwork.from_ties([]).tie_count == 0
    assert InfluenceNetwork.from_arrays([], [], [], 1).node_count == 1


def test_rules_give_their_probabilities() -> None:
    network = InfluenceNetwork.from_arrays([0, 1, 2, 0], [3, 3, 3, 1], 1.0)
    assert (
        weighted_cascade(network).probability.tolist()
        == [1.0, pytest.approx(1 / 3)] + [pytest.approx(1 / 3)] * 2
    )
    assert constant(network, 0.01).probability.tolist() == [0.01] * 4
    drawn = [trivalency(network, np.random.default_rng(8)).probability.tolist() for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert set(drawn[0]) <= {0.1, 0.01, 0.001}


def test_trivalency_takes_every_key() -> None:
    network = InfluenceNetwork.from_arrays([0, 1, 2, 0], [3, 3, 3, 1], 1.0)
    drawn = [trivalency(network, np.random.default_rng(key)).probability for key in range(20)]
    assert {float(value) for values in drawn for value in values} == {0.1, 0.01, 0.001}


def test_counts_become_shares_or_saturate() -> None:
    shares = from_counts([0, 1, 0, 2], [2, 2, 2, 2], [1, 1, 2, 9])
    assert shares.probability.tolist() == [0.75, 0.25]
    saturated = from_counts([0], [1], [10], formula="exponential", rate=0.1)
    assert saturated.probability[0] == pytest.approx(1 - math.exp(-1))


@given(degree=st.integers(1, 40), probability=st.floats(0, 0.1) | st.just(1.0))
def test_the_table_of_live_ties_is_binomial(degree: int, probability: float) -> None:
    table = binomial_thresholds(degree, probability)
    below, chance = 0.0, 0.0
    for count, entry in enumerate(table[:-1]):
        chance = math.comb(degree, count) * probability**count * (1 - probability) ** (degree - count)
        below += chance
        assert entry / 2**32 == pytest.approx(below, abs=1e-9)
    assert table[-1] == 2**32
    assert len(table) <= degree + 1


@given(ends=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=40))
def test_ties_without_probabilities_are_sorted_and_counted_as_those_with_them(
    ends: list[tuple[int, int]],
) -> None:
    source, target = (np.array([pair[side] for pair in ends], np.int32) for side in (0, 1))
    plain = InfluenceNetwork.from_arrays(source, target, None, 7)
    given_half = InfluenceNetwork.from_arrays(source, target, 0.5, 7)
    for name in ("out_offsets", "out_targets", "in_offsets", "in_sources"):
        assert getattr(plain, name).tolist() == getattr(given_half, name).tolist()
    assert (plain.self_ties, plain.merged_ties) == (given_half.self_ties, given_half.merged_ties)
    assert sorted({pair for pair in ends if pair[0] != pair[1]}) == list(
        zip(plain.out_sources.tolist(), plain.out_targets.tolist(), strict=True)
    )


def test_ties_come_from_parquet(tmp_path: Path) -> None:
    path = tmp_path / "ties.parquet"
    rows = {"from": [0, 0, 3, 2], "to": [1, 2, 1, 2], "p": [0.5, 0.25, 1.0, 0.5]}
    parquet.write_table(pa.table(rows), path, row_group_size=3)
    network = InfluenceNetwork.from_parquet(path, source="from", target="to", probability="p", node_count=5)
    assert network.out_sources.tolist() == [0, 0, 3]
    assert network.probability.tolist() == [0.5, 0.25, 1.0]
    assert (network.node_count, network.self_ties) == (5, 1)
    assert InfluenceNetwork.from_parquet(path, source="from", target="to").given is None


def test_a_number_far_beyond_the_ties_is_taken_for_damage_unless_it_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ties.parquet"
    parquet.write_table(pa.table({"source": [0, 1], "target": [1, 20_000_000]}), path)
    with pytest.raises(AmbassadorError, match="numbers people up to 20000000 for 2 ties"):
        InfluenceNetwork.from_parquet(path)
    assert InfluenceNetwork.from_parquet(path, node_count=20_000_001).node_count == 20_000_001


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"source": [0]}, "no column 'target'"),
        ({"source": [-1], "target": [0]}, "negative or above"),
        ({"source": [0.5], "target": [0]}, "whole numbers"),
        ({"source": [None, 1], "target": [0, 1]}, "whole numbers"),
        (None, "is not a Parquet file"),
    ],
)
def test_a_parquet_file_that_cannot_be_used_says_why(
    tmp_path: Path, rows: dict[str, list[float]] | None, words: str
) -> None:
    path = tmp_path / "ties.parquet"
    if rows is None:
        path.write_bytes(b"source,target\n0,1\n")
    else:
        parquet.write_table(pa.table(rows), path)
    with pytest.raises(AmbassadorError, match=words):
        InfluenceNetwork.from_parquet(path)


@pytest.mark.parametrize("column", ["source", "target", "p"])
@pytest.mark.parametrize("kind", [pa.duration("s"), pa.date32(), pa.timestamp("s")])
def test_a_parquet_column_of_times_is_no_column_of_numbers(
    tmp_path: Path, column: str, kind: pa.DataType
) -> None:
    rows = {"source": pa.array([0, 1]), "target": pa.array([1, 0]), "p": pa.array([0.5, 0.5])}
    rows[column] = pa.array([0, 1], pa.int64() if kind.bit_width == 64 else pa.int32()).cast(kind)
    parquet.write_table(pa.table(rows), tmp_path / "ties.parquet")
    with pytest.raises(BadInputError, match=r"are .*numbers, not"):
        InfluenceNetwork.from_parquet(
            tmp_path / "ties.parquet", source="source", target="target", probability="p"
        )
