"""Cascades of one launch: whoever talks about it once was not asked in its others."""

import numpy as np
import pytest

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence.competing import excuse_those_who_talked
from ambassador.propagation.influence.exposures import list_exposures
from ambassador.propagation.influence.learning import learn
from ambassador.propagation.influence.tie_history import TieHistory, taken
from ambassador.propagation.network.network import InfluenceNetwork

TRUTH, PEOPLE, SEEDS, LAUNCHES = 0.25, 300, 20, 40


@pytest.fixture(scope="module")
def network():
    rng = np.random.default_rng(5)
    pairs = np.unique(rng.integers(0, PEOPLE, (900, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    return InfluenceNetwork.from_arrays(pairs[:, 0], pairs[:, 1], TRUTH, PEOPLE)


def launches(network, *, once):
    """Run launches of several starters each; people talk in one cascade of a launch, or in any number."""
    rng, entries, launch = np.random.default_rng(6), [], []
    for number in range(LAUNCHES):
        seeds = rng.choice(PEOPLE, SEEDS, replace=False).tolist()
        first, talked = len(launch), {}
        wave = [(seed, place) for place, seed in enumerate(seeds)]
        entries += [(first + place, seed, 1e7 * number + 0.01 * place) for seed, place in wave]
        talked = {(seed, place) for seed, place in wave}
        step = 0
        while wave:
            step += 1
            following = []
            for source, place in wave:
                out = range(network.out_offsets[source], network.out_offsets[source + 1])
                for target in network.out_targets[list(out)].tolist():
                    known = {who for who, _ in talked} if once else {w for w, p in talked if p == place}
                    if rng.random() < TRUTH and target not in known:
                        talked.add((target, place))
                        following.append((target, place))
                        entries.append((first + place, target, 1e7 * number + 3600.0 * step + 0.01 * place))
            wave = following
        launch += [number] * SEEDS
    return CascadeLog.from_entries(*zip(*entries, strict=True)), np.array(launch)


def test_ties_of_people_who_talk_once_are_learned_as_strong_as_they_are(network):
    log, launch = launches(network, once=True)
    excused = excuse_those_who_talked(network, log, launch)
    asked, everybody = (TieHistory.of(network, one) for one in (excused, log))
    assert asked.successes.tolist() == everybody.successes.tolist()
    assert (asked.trials <= everybody.trials).all()
    means = [learn(network, one).influence.network.probability.mean() for one in (excused, log)]
    assert means[0] == pytest.approx(TRUTH, rel=0.1)
    assert means[1] < 0.9 * TRUTH


def test_nobody_is_excused_where_people_talk_in_every_cascade_that_reaches_them(network):
    log, launch = launches(network, once=False)
    assert excuse_those_who_talked(network, log, launch) is log


def test_cascades_of_no_launch_excuse_nobody(network):
    log, launch = launches(network, once=True)
    assert excuse_those_who_talked(network, log, np.full(launch.size, -1)) is log
    mixed = excuse_those_who_talked(network, log, np.where(launch < LAUNCHES - 5, launch, -1))
    assert np.diff(mixed.excused.offsets)[launch >= LAUNCHES - 5].sum() == 0


def test_the_excused_are_those_who_stayed_silent_and_talked_elsewhere_in_the_launch(network):
    log, launch = launches(network, once=True)
    found = excuse_those_who_talked(network, log, launch)
    talked = set(zip(launch[log.cascades].tolist(), log.nodes.tolist(), strict=True))
    plain = list_exposures(network, log)
    columns = (plain.cascade, plain.node, plain.activated)
    expected = {
        (cascade, node)
        for cascade, node, joined in zip(*(column.tolist() for column in columns), strict=True)
        if not joined and (int(launch[cascade]), node) in talked
    }
    which = np.repeat(np.arange(log.cascade_count), np.diff(found.excused.offsets))
    assert set(zip(which.tolist(), found.excused.nodes.tolist(), strict=True)) == expected
    left = list_exposures(network, found)
    pairs = set(zip(left.cascade.tolist(), left.node.tolist(), strict=True))
    assert pairs == set(zip(plain.cascade.tolist(), plain.node.tolist(), strict=True)) - expected


def test_a_part_of_the_cascades_takes_its_excused_along(network):
    log, launch = launches(network, once=True)
    found = excuse_those_who_talked(network, log, launch)
    last = found.excused.nodes[found.excused.offsets[-2] :]
    part = taken(found, [log.cascade_count - 1, 0])
    assert part.excused.nodes[: part.excused.offsets[1]].tolist() == last.tolist()
    assert part.excused.longer(2).offsets.tolist() == [
        *part.excused.offsets.tolist(),
        *[part.excused.offsets[-1]] * 2,
    ]
