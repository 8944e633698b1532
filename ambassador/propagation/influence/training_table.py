"""The table influence is learned from: candidates with what was known of them from other cascades.

Cascades are cut into blocks in the order of time. What is known of a candidate is counted without its block:
a count that holds the answer would teach the answer (leaving out one cascade alone lets a fit guess it from
the counts that are one short).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.exposures import (
    Exposures,
    count_of_candidates,
    exposing_counts,
    list_exposures,
)
from ambassador.propagation.influence.tie_features import (
    Columns,
    Surroundings,
    person_columns,
    set_columns,
    tie_columns,
)
from ambassador.propagation.influence.tie_history import TieHistory, taken
from ambassador.propagation.influence.unexposed import sample_unexposed
from ambassador.propagation.network import InfluenceNetwork

# Ten-fold, as usual (Kohavi 1995): what is known of each candidate is counted from nine tenths of the past.
BLOCKS = 10
# Candidates who stayed silent, and their ties, a law is fitted on; more would only take longer.
_SILENT, _SILENT_TIES = 100_000, 400_000
_LOUD, _LOUD_TIES = 100_000, 500_000  # the same of those who joined
# People exposed to nobody, drawn over all cascades, to tell the outside from the ties.
_UNEXPOSED = 40_000


@dataclass(frozen=True, eq=False)
class TrainingBlock:
    """One block of cascades: its exposures, and what was known of them and of the unexposed beforehand."""

    cascades: Int64Array
    listed: CascadeLog
    numbers: Int64Array
    """The number in the whole log of each cascade listed."""
    exposures: Exposures
    ties: Columns
    people: Columns
    sets: Columns
    trials: FloatArray
    credit: FloatArray
    other_people: Columns
    other_joined: BoolArray
    other_weight: FloatArray
    other_waited: FloatArray | None


@dataclass(frozen=True)
class SilentSampling:
    """Every how many cascades one is used, and which share of the silent."""

    step: int
    share: float

    @classmethod
    def for_log(cls, network: InfluenceNetwork, log: CascadeLog, whole: TieHistory) -> "SilentSampling":
        """Take everything of a small log and as much of a large one as helps."""
        candidates, pairs = count_of_candidates(network, log)
        loud, loud_ties = float(whole.followed.sum()), float(whole.successes.sum())
        step = max(1, int(np.ceil(max(loud / _LOUD, loud_ties / _LOUD_TIES))))
        silent, silent_ties = (candidates - loud) / step, (pairs - loud_ties) / step
        return cls(step, min(1.0, _SILENT / max(silent, 1.0), _SILENT_TIES / max(silent_ties, 1.0)))


def cut_blocks(cascades: Int64Array) -> list[Int64Array]:
    """Cut cascades, in the order of time, into blocks of about the same number; nothing makes one block.

    Examples
    --------
    >>> [part.tolist() for part in cut_blocks(np.arange(3))]
    [[0], [1], [2]]
    """
    return list(np.array_split(cascades, min(BLOCKS, max(cascades.size, 1))))


def make_block(
    around: Surroundings,
    whole: TieHistory,
    log: CascadeLog,
    part: Int64Array,
    sampling: SilentSampling,
    rng: np.random.Generator,
) -> TrainingBlock:
    """Describe the candidates of one block by what the other blocks say."""
    network = around.network
    numbers = part[:: sampling.step]
    listed = taken(log, numbers)
    elsewhere = whole.without(TieHistory.of(network, taken(log, part)))
    exposures = list_exposures(network, listed, share=sampling.share, key=int(rng.integers(2**62)))
    exposing = exposing_counts(network, listed)
    draws = int(_UNEXPOSED * listed.cascade_count * sampling.step / max(whole.cascades, 1.0))
    others = sample_unexposed(network, listed, exposing, draws, rng)
    return TrainingBlock(
        part,
        listed,
        numbers,
        exposures,
        tie_columns(around, elsewhere, exposures.ties),
        person_columns(around, elsewhere, exposures.node),
        set_columns(around, elsewhere, exposures),
        elsewhere.trials[exposures.ties],
        elsewhere.credit[exposures.ties],
        person_columns(around, elsewhere, others.node),
        others.activated,
        others.weight,
        others.waited,
    )


def stacked(columns: Sequence[Columns]) -> Columns:
    """Put the columns of several blocks under each other.

    Examples
    --------
    >>> stacked([{"a": np.array([1.0])}, {"a": np.array([2.0])}])["a"].tolist()
    [1.0, 2.0]
    """
    return {name: np.concatenate([one[name] for one in columns]) for name in columns[0]} if columns else {}


def stacked_offsets(blocks: Sequence[TrainingBlock], alone: int = 0) -> Int64Array:
    """Offsets of all candidates' ties, with ``alone`` candidates without any behind them.

    Examples
    --------
    >>> stacked_offsets([], alone=2).tolist()
    [0, 0, 0]
    """
    counts = [*(block.exposures.counts for block in blocks), np.zeros(alone, np.int64)]
    offsets = np.zeros(sum(count.size for count in counts) + 1, np.int64)
    np.cumsum(np.concatenate(counts), out=offsets[1:])
    return offsets
