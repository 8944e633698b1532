"""What is known of each exposure beforehand, from cascades other than its own."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.influence.tie_history import TieHistory
from ambassador.propagation.network import InfluenceNetwork

Columns = dict[str, FloatArray]

# Trials a rate starts with, at the mean of all; how much weight it gets beyond that is fitted.
_SOURCE_TRIALS, _TARGET_TRIALS, _TIE_TRIALS = 20.0, 20.0, 4.0
# Of a cascade, added before logarithms: somebody never seen is a little less than somebody seen once.
_PART = 0.3
_HALF = 0.5  # of a success in one trial beforehand: a rate of nothing has no logarithm
# Cascades added to those a person was not exposed in:
# joining alone is rare, and few cascades say little of it.
_OUTSIDE = 30.0


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What does not change with the cascades: degrees, reciprocity, and figures given by tie number."""

    network: InfluenceNetwork
    listens_to: FloatArray
    heard_by: FloatArray
    mutual: FloatArray
    given: Mapping[str, FloatArray]
    base: float
    """Share of the exposed who followed."""
    base_credit: float
    """Credit per exposing tie."""

    @classmethod
    def of(
        cls, network: InfluenceNetwork, whole: TieHistory, given: Mapping[str, FloatArray] | None = None
    ) -> "Surroundings":
        """Look at the network once.

        Examples
        --------
        >>> from ambassador.propagation.cascades import CascadeLog
        >>> network = InfluenceNetwork.from_arrays([0, 1, 0], [1, 0, 2], 1.0)
        >>> history = TieHistory.of(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
        >>> around = Surroundings.of(network, history)
        >>> around.mutual.tolist(), around.heard_by.tolist()
        ([1.0, 0.0, 1.0], [2.0, 1.0, 0.0])
        """
        nodes = network.node_count
        forth = network.out_sources.astype(np.int64) * nodes + network.out_targets
        back = network.out_targets.astype(np.int64) * nodes + network.out_sources
        found = np.minimum(np.searchsorted(forth, back), max(forth.size - 1, 0))
        mutual = (forth[found] == back).astype(np.float64) if forth.size else np.empty(0)
        return cls(
            network,
            np.diff(network.in_offsets).astype(np.float64),
            np.diff(network.out_offsets).astype(np.float64),
            mutual,
            given or {},
            float((whole.followed.sum() + _HALF) / (whole.exposed.sum() + 1.0)),
            float((whole.credit.sum() + _HALF) / (whole.trials.sum() + 1.0)),
        )


def person_columns(around: Surroundings, history: TieHistory, node: Int32Array) -> Columns:
    """Describe people: how active, how easily moved, how connected; logarithms.

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> history = TieHistory.of(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
    >>> columns = person_columns(Surroundings.of(network, history), history, np.array([0, 2]))
    >>> columns["started"].round(2).tolist(), columns["listens_to"].round(2).tolist()
    ([0.69, 0.0], [0.0, 0.69])
    """
    active, cascades = history.active[node], history.cascades
    exposed, followed = history.exposed[node], history.followed[node]
    alone = np.maximum(active - followed, 0.0) + _PART
    return {
        "activity": np.log((active + _PART) / (cascades + 1.0)),
        "alone": np.log(alone / (np.maximum(cascades - exposed, 0.0) + _OUTSIDE)),
        "moved": np.log((followed + around.base * _TARGET_TRIALS) / (exposed + _TARGET_TRIALS)),
        "exposed": np.log((exposed + 3.0) / (cascades + 3.0)),
        "started": np.log1p(history.started[node]),
        "listens_to": np.log1p(around.listens_to[node]),
        "heard_by": np.log1p(around.heard_by[node]),
    }


def tie_columns(around: Surroundings, history: TieHistory, ties: Int64Array) -> Columns:
    """Describe ties by what is known apart from their own record.

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0, 1], [1, 0], 1.0)
    >>> history = TieHistory.of(network, CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0]))
    >>> tie_columns(Surroundings.of(network, history), history, np.array([0]))["mutual"].tolist()
    [1.0]
    """
    network = around.network
    source, target = network.out_sources[ties], network.out_targets[ties]
    person = person_columns(around, history, target)
    told = np.bincount(network.out_sources, history.trials, network.node_count)
    earned = np.bincount(network.out_sources, history.credit, network.node_count)
    moving = (earned + around.base_credit * _SOURCE_TRIALS) / (told + _SOURCE_TRIALS)
    return {
        **{name: person[name] for name in ("activity", "moved", "exposed", "listens_to", "heard_by")},
        "moving": np.log(moving)[source],
        "source_activity": np.log((history.active[source] + 1.0) / (history.cascades + 1.0)),
        "source_heard_by": np.log1p(around.heard_by[source]),
        "source_listens_to": np.log1p(around.listens_to[source]),
        "mutual": around.mutual[ties],
        **{name: column[ties] for name, column in around.given.items()},
    }


def set_columns(around: Surroundings, history: TieHistory, exposures: Exposures) -> Columns:
    """Describe whole sets of exposing people: sums and extremes of their ties."""
    ties, count = exposures.ties, exposures.counts.astype(np.float64)
    source = around.network.out_sources[ties]
    known = tie_columns(around, history, ties)
    moving, record = np.exp(known["moving"]), own_record(around, history, ties)
    chance = (history.active[source] + 1.0) * (history.active[around.network.out_targets[ties]] + 1.0)
    lift = (history.together[ties] + _HALF) / (chance / (history.cascades + 1.0) + _HALF)
    summed, largest = exposures.summed, exposures.largest
    heard = around.heard_by[source]
    return {
        **person_columns(around, history, exposures.node),
        "count": np.log(count),
        "moving_sum": np.log(summed(moving)),
        "moving_mean": np.log(summed(moving) / count),
        "moving_most": np.log(largest(moving)),
        "record_sum": np.log(summed(record)),
        "record_most": np.log(largest(record)),
        "together": np.log(summed(history.together[ties]) + _PART),
        "lift_mean": np.log(summed(lift) / count),
        "lift_most": np.log(largest(lift)),
        "source_active": np.log1p(summed(history.active[source]) / count / (history.cascades + 1.0) * 500.0),
        "source_most_active": np.log1p(largest(history.active[source]) / (history.cascades + 1.0) * 500.0),
        "mutual": summed(around.mutual[ties]) / count,
        "source_heard": np.log(summed(1.0 / (heard + 1.0)) / count),
        "source_least_heard": -np.log(largest(1.0 / (heard + 1.0))),
        "source_listens": np.log1p(summed(around.listens_to[source]) / count),
        "share_exposing": np.log(count / np.maximum(around.listens_to[exposures.node], 1.0)),
    }


def own_record(around: Surroundings, history: TieHistory, ties: Int64Array) -> FloatArray:
    """Rate at which a tie's target followed its source, shrunk a little to the mean of all.

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 1, 1], [0, 1, 0, 1], [0.0, 1.0, 5.0, 6.0])
    >>> history = TieHistory.of(network, log)
    >>> own_record(Surroundings.of(network, history), history, np.arange(2)).round(2).tolist()
    [0.67, 0.33]
    """
    prior = around.base * _TIE_TRIALS
    return (history.successes[ties] + prior) / (history.trials[ties] + _TIE_TRIALS)
