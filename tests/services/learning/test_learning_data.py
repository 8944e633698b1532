"""What learning is told of ties: nothing that what is to be learned has shown."""

from dataclasses import replace

import numpy as np
import pytest

from ambassador.propagation.cascades.cascade_log import CascadeLog
from ambassador.propagation.influence.learning import LearningTerms, learn
from ambassador.services.learning.influence_check import check_influence
from ambassador.services.learning.learning_data import OwnPast
from ambassador.store.learning.learning import LearningTies
from ambassador.values.imports.imports import silent

PEOPLE, TIES, CASCADES, TRUTH = 400, 2_400, 250, 0.2


def own_past(*, listed: bool, truth: tuple[float, ...] = (TRUTH,)) -> OwnPast:
    """Simulate cascades over known ties; every answer also derives a tie, as imports of posts do.

    The probabilities of ``truth`` go round the ties, and files state them where they differ.
    """
    rng = np.random.default_rng(3)
    pairs = np.unique(rng.integers(0, PEOPLE, (TIES, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    likely = np.resize(truth, len(pairs))
    out = [(pairs[pairs[:, 0] == one, 1], likely[pairs[:, 0] == one]) for one in range(PEOPLE)]
    entries, answered = [], {}
    for cascade in range(CASCADES):
        heard, wave, hour = {int(rng.integers(PEOPLE))}, [], 0.0
        wave = list(heard)
        entries.append((cascade, wave[0], 1e6 * cascade))
        while wave:
            hour += 3600.0
            following = []
            for source in wave:
                targets, chance = out[source]
                for target in targets[rng.random(targets.size) < chance].tolist():
                    answered.setdefault((source, target), 1e6 * cascade + hour)
                    if target not in heard:
                        heard.add(target)
                        following.append(target)
                        entries.append((cascade, target, 1e6 * cascade + hour))
            wave = following
    derived = np.array(sorted(answered))
    moments = np.array([answered[one, other] for one, other in derived.tolist()])
    every = np.concatenate([pairs, derived]) if listed else derived
    from_file = np.arange(len(every)) < (len(pairs) if listed else 0)
    ties = LearningTies(
        every[:, 0],
        every[:, 1],
        from_file,
        tuple("follows" if one else "reply" for one in from_file),
        np.where(from_file, np.nan, np.concatenate([np.zeros(len(every) - len(derived)), moments])),
        np.concatenate([likely, np.full(len(derived), np.nan)])
        if len(truth) > 1
        else np.full(len(every), np.nan),
        np.full(len(every), np.nan),
    )
    log = CascadeLog.from_entries(*(np.array(column) for column in zip(*entries, strict=True)))
    parents = np.full(log.nodes.size, -1, np.int64)
    return OwnPast(ties, np.arange(PEOPLE), log, parents, ("x",) * CASCADES, {})


def test_answers_that_also_made_ties_do_not_tell_which_ties_work() -> None:
    past = own_past(listed=True)
    log = past.with_silence(past.log)
    assert log.cascade_count == CASCADES
    influence = learn(past.network, log, LearningTerms(past.columns(past.network))).influence
    mean = influence.alpha / (influence.alpha + influence.beta)
    assert past.columns(past.network) == {}
    assert float(mean.mean()) == pytest.approx(TRUTH, abs=0.02)


def test_where_answers_are_all_that_is_known_of_ties_each_source_was_silent_once_more() -> None:
    past = own_past(listed=False)
    sources = np.unique(past.ties.source_key).size
    assert past.with_silence(past.log).cascade_count == CASCADES + sources
    assert past.columns(past.network) == {}


def test_what_files_say_of_ties_is_a_figure_to_learn_from_and_a_way_to_be_beaten() -> None:
    past = own_past(listed=True, truth=(0.05, 0.4))
    stated = past.stated(past.network)
    assert stated is not None and stated.name == "given"
    assert {*stated.probability.tolist()} == {0.05, 0.4}
    influence = learn(past.network, past.log, LearningTerms(past.columns(past.network))).influence
    mean = influence.alpha / (influence.alpha + influence.beta)
    assert [float(mean[stated.probability == one].mean()) for one in (0.05, 0.4)] == pytest.approx(
        [0.05, 0.4], abs=0.06
    )
    found = check_influence(past, silent).found
    assert found is not None and "given" in found.baselines


def test_shares_of_reactions_are_those_of_the_target() -> None:
    past = own_past(listed=True)
    counted = np.where(past.ties.from_file, 2.0, np.nan)
    past = replace(past, ties=replace(past.ties, count=counted))
    stated = past.stated(past.network)
    assert stated is not None and stated.name == "share_of_reactions"
    listened_to = np.diff(past.network.in_offsets)[past.network.out_targets]
    assert stated.probability == pytest.approx(1 / listened_to)
    assert past.stated(past.network_before(0.0)) is not None
    assert own_past(listed=False).stated(past.network) is None


def test_the_order_in_which_ties_were_written_does_not_name_another_past() -> None:
    past = own_past(listed=True)
    turned = np.arange(past.ties.source_key.size)[::-1]
    ties = LearningTies(
        past.ties.source_key[turned],
        past.ties.target_key[turned],
        past.ties.from_file[turned],
        tuple(past.ties.kind[number] for number in turned),
        past.ties.first_seen[turned],
        past.ties.given[turned],
        past.ties.count[turned],
    )
    assert replace(past, ties=ties).data_hash() == past.data_hash()
    other = replace(ties, given=np.full(turned.size, 0.5))
    assert replace(past, ties=other).data_hash() != past.data_hash()
