"""Who was exposed to whom: kernels against their slow twins."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence.exposures import count_of_candidates, exposing_counts, list_exposures
from ambassador.propagation.influence.tie_history import TieHistory, in_order_of_time, taken
from ambassador.propagation.influence.tie_posterior import as_hazard, credit_of
from ambassador.propagation.influence.waits import asked
from ambassador.propagation.network.network import InfluenceNetwork
from tests.naive import exposures_of, shared_credit

NODES = 7


@st.composite
def pasts(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[list[int]]]:
    node = st.integers(0, NODES - 1)
    pairs = draw(st.sets(st.tuples(node, node).filter(lambda tie: tie[0] != tie[1]), max_size=20))
    cascades = draw(st.lists(st.lists(node, min_size=1, unique=True), min_size=1, max_size=6))
    return sorted(pairs), cascades


def built(ties: list[tuple[int, int]], cascades: list[list[int]]) -> tuple[InfluenceNetwork, CascadeLog]:
    heads, tails = [tie[0] for tie in ties], [tie[1] for tie in ties]
    network = InfluenceNetwork.from_arrays(heads, tails, 1.0, NODES)
    numbers = [number for number, members in enumerate(cascades) for _ in members]
    nodes = [node for members in cascades for node in members]
    return network, CascadeLog.from_entries(numbers, nodes, np.arange(len(nodes), dtype=float))


@given(pasts())
def test_candidates_are_those_a_search_finds(past):
    ties, cascades = past
    network, log = built(ties, cascades)
    found = list_exposures(network, log)
    listed = [
        (int(which), int(who), bool(did), found.ties[first:last].tolist())
        for which, who, did, first, last in zip(
            found.cascade, found.node, found.activated, found.offsets[:-1], found.offsets[1:], strict=True
        )
    ]
    assert listed == exposures_of(ties, cascades)
    assert count_of_candidates(network, log) == (found.node.size, found.ties.size)


@given(pasts())
def test_records_are_counts_of_candidates(past):
    ties, cascades = past
    network, log = built(ties, cascades)
    history = TieHistory.of(network, log)
    trials, successes, credit = np.zeros(len(ties)), np.zeros(len(ties)), np.zeros(len(ties))
    exposed, followed = np.zeros(NODES), np.zeros(NODES)
    for _, person, did, numbers in exposures_of(ties, cascades):
        exposed[person] += 1
        followed[person] += did
        for number in numbers:
            trials[number] += 1
            successes[number] += did
            credit[number] += did / len(numbers)
    together = [sum(source in one and target in one for one in cascades) for source, target in ties]
    assert history.trials.tolist() == trials.tolist()
    assert history.successes.tolist() == successes.tolist()
    assert history.credit == pytest.approx(credit)
    assert history.together.tolist() == together
    assert history.exposed.tolist() == exposed.tolist()
    assert history.followed.tolist() == followed.tolist()


@given(pasts())
def test_a_part_taken_away_leaves_the_other(past):
    ties, cascades = past
    network, log = built(ties, cascades)
    middle = log.cascade_count // 2
    first, second = taken(log, np.arange(middle)), taken(log, np.arange(middle, log.cascade_count))
    rest = TieHistory.of(network, log).without(TieHistory.of(network, first))
    other = TieHistory.of(network, second)
    assert rest.trials.tolist() == other.trials.tolist()
    assert rest.active.tolist() == other.active.tolist()
    assert rest.credit == pytest.approx(other.credit)


@given(pasts(), st.floats(0.01, 0.9), st.floats(0.0, 0.5))
@settings(max_examples=50)
def test_credit_is_shared_as_the_formula_says(past, chance, own):
    ties, cascades = past
    network, log = built(ties, cascades)
    chances = np.array([chance / (1 + number % 3) for number in range(len(ties))])
    owns = np.full(NODES, own)
    found = credit_of(network, log, as_hazard(chances), as_hazard(owns))
    assert found.successes == pytest.approx(shared_credit(ties, cascades, chances, owns), abs=1e-9)


@given(pasts(), st.randoms(use_true_random=False), st.floats(0.05, 0.9))
@settings(max_examples=50)
def test_where_the_log_was_cut_what_is_still_to_come_counts_for_its_part(past, rng, chance):
    ties, cascades = past
    network, log = built(ties, cascades)
    waited = [sorted((rng.random() for _ in members), reverse=True) for members in cascades]
    log = replace(log, waited=np.array([one for members in waited for one in members]))
    history, found = TieHistory.of(network, log), list_exposures(network, log)
    trials, exposed, hazards = np.zeros(len(ties)), np.zeros(NODES), []
    for cascade, person, _, numbers in exposures_of(ties, cascades):
        parts = [waited[cascade][cascades[cascade].index(ties[number][0])] for number in numbers]
        for number, part in zip(numbers, parts, strict=True):
            trials[number] += part
        exposed[person] += parts[0]
        hazards.append(sum(parts))
    assert history.trials == pytest.approx(trials)
    assert history.exposed == pytest.approx(exposed)
    assert found.summed(found.by_the_end(np.ones(found.ties.size))) == pytest.approx(hazards)
    assert asked(network, log, history).tolist() == TieHistory.of(network, built(*past)[1]).trials.tolist()
    chances, owns = np.full(len(ties), chance), np.zeros(NODES)
    credit = credit_of(network, log, as_hazard(chances), owns).successes
    assert credit == pytest.approx(shared_credit(ties, cascades, chances, owns, waited), abs=1e-6)


@given(pasts())
def test_exposing_people_are_counted_for_every_entry(past):
    ties, cascades = past
    network, log = built(ties, cascades)
    expected = [
        sum((before, node) in ties for before in members[:place])
        for members in cascades
        for place, node in enumerate(members)
    ]
    assert exposing_counts(network, log).tolist() == expected


def test_a_share_of_the_silent_stands_for_all_of_them():
    network = InfluenceNetwork.from_arrays(np.zeros(400, int), np.arange(1, 401), 1.0)
    log = CascadeLog.from_entries(np.arange(50), np.zeros(50, int), np.arange(50.0))
    found = list_exposures(network, log, share=0.25, key=5)
    assert found.weight.tolist() == [4.0] * found.node.size
    assert found.node.size == pytest.approx(5_000, abs=4 * np.sqrt(20_000 * 0.25 * 0.75))
    again = list_exposures(network, log, share=0.25, key=5)
    assert again.node.tolist() == found.node.tolist()


def test_the_chance_of_a_set_is_that_any_of_its_ties_works():
    network = InfluenceNetwork.from_arrays([0, 1], [2, 2], [0.5, 0.2])
    log = CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0])
    assert list_exposures(network, log).any_of(network.probability) == pytest.approx([0.6])


def test_cascades_are_put_in_the_order_of_their_start_and_empty_ones_left_out():
    log = CascadeLog.from_entries([0, 1, 2, 2], [1, -1, 3, 4], [9.0, 0.0, 5.0, 6.0])
    assert in_order_of_time(log).tolist() == [2, 0]
    assert taken(log, [2, 0]).nodes.tolist() == [3, 4, 1]
