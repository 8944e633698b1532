"""What learning is told of ties: nothing that what is to be learned has shown."""

import numpy as np
import pytest

from ambassador.propagation.cascade_log import CascadeLog
from ambassador.propagation.learning import Terms, learn
from ambassador.services.learning.learning_data import OwnPast
from ambassador.store.learning import LearningTies

PEOPLE, TIES, CASCADES, TRUTH = 400, 2_400, 250, 0.2


def own_past(*, listed: bool) -> OwnPast:
    """Simulate cascades over known ties; every answer also derives a tie, as imports of posts do."""
    rng = np.random.default_rng(3)
    pairs = np.unique(rng.integers(0, PEOPLE, (TIES, 2)), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    out = [pairs[pairs[:, 0] == one, 1] for one in range(PEOPLE)]
    entries, answered = [], {}
    for cascade in range(CASCADES):
        heard, wave, hour = {int(rng.integers(PEOPLE))}, [], 0.0
        wave = list(heard)
        entries.append((cascade, wave[0], 1e6 * cascade))
        while wave:
            hour += 3600.0
            following = []
            for source in wave:
                for target in out[source][rng.random(out[source].size) < TRUTH].tolist():
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
    )
    log = CascadeLog.from_entries(*(np.array(column) for column in zip(*entries, strict=True)))
    parents = np.full(log.nodes.size, -1, np.int64)
    return OwnPast(ties, np.arange(PEOPLE), log, parents, ("x",) * CASCADES, {})


def test_answers_that_also_made_ties_do_not_tell_which_ties_work() -> None:
    past = own_past(listed=True)
    log = past.with_silence(past.log)
    assert log.cascade_count == CASCADES
    influence = learn(past.network, log, Terms(past.columns(past.network))).influence
    mean = influence.alpha / (influence.alpha + influence.beta)
    assert past.columns(past.network) == {}
    assert float(mean.mean()) == pytest.approx(TRUTH, abs=0.02)


def test_where_answers_are_all_that_is_known_of_ties_each_source_was_silent_once_more() -> None:
    past = own_past(listed=False)
    sources = np.unique(past.ties.source_key).size
    assert past.with_silence(past.log).cascade_count == CASCADES + sources
    assert past.columns(past.network) == {}
