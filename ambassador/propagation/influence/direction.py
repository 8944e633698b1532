"""Which way influence runs along ties whose direction nobody can tell: the past decides."""

from dataclasses import dataclass

import numpy as np

from ambassador.propagation.cascades import CascadeLog
from ambassador.propagation.influence.exposures import exposing_counts, list_exposures
from ambassador.propagation.influence.learning import FittedInfluence, learn
from ambassador.propagation.influence.tie_features import person_columns
from ambassador.propagation.influence.tie_history import in_order_of_time, taken
from ambassador.propagation.influence.unexposed import sample_unexposed
from ambassador.propagation.network import InfluenceNetwork

# Of the past is measured on, the rest learned from: as ``fitting`` keeps to choose by.
_LATE_SHARE = 0.2
_DRAWS = 50_000  # people exposed to nobody that stand for all of them, who are too many to list


@dataclass(frozen=True, eq=False)
class Halves:
    """A past in two parts: what is learned from and what it is measured on."""

    early: CascadeLog
    late: CascadeLog


def halves(log: CascadeLog, late_share: float = _LATE_SHARE) -> Halves:
    """Cut the last cascades off.

    Examples
    --------
    >>> log = CascadeLog.from_entries(np.arange(10), np.zeros(10, np.int64), np.arange(10.0))
    >>> parts = halves(log)
    >>> parts.early.cascade_count, parts.late.cascade_count
    (8, 2)
    """
    order = in_order_of_time(log)
    late = min(max(1, round(order.size * late_share)), max(order.size - 1, 0))
    return Halves(taken(log, order[: order.size - late]), taken(log, order[order.size - late :]))


def reversed_ties(network: InfluenceNetwork) -> InfluenceNetwork:
    """Turn every tie round.

    Examples
    --------
    >>> turned = reversed_ties(InfluenceNetwork.from_ties([("a", "b", 0.5)]))
    >>> turned.keys_of(turned.out_sources), turned.keys_of(turned.out_targets)
    (['b'], ['a'])
    """
    return InfluenceNetwork.from_arrays(
        network.out_targets, network.out_sources, 1.0, network.node_count, labels=network.labels
    )


def runs_reversed(network: InfluenceNetwork, log: CascadeLog) -> bool:
    """Whether the last fifth of the past is likelier with every tie turned round.

    What is compared is the log-likelihood of everybody, exposed or not, as the two directions expose
    different people.
    """
    parts = halves(log)
    scores = []
    for one in (network, reversed_ties(network)):
        fitted = learn(one, parts.early)
        scores.append(population_likelihood(fitted, parts.late, np.random.default_rng(1)))
    return scores[1] > scores[0]


def population_likelihood(fitted: FittedInfluence, log: CascadeLog, rng: np.random.Generator) -> float:
    """Log-likelihood of who joined and who did not, over all people of all cascades."""
    network, least = fitted.around.network, 1e-9
    exposures = list_exposures(network, log)
    others = sample_unexposed(network, log, exposing_counts(network, log), _DRAWS, rng)
    own = fitted.law.of_people(person_columns(fitted.around, fitted.history, others.node))
    stated = np.clip(np.concatenate([fitted.predict(exposures), -np.expm1(-own)]), least, 1 - least)
    happened = np.concatenate([exposures.activated, others.activated])
    weight = np.concatenate([exposures.weight, others.weight])
    return float((weight * np.where(happened, np.log(stated), np.log1p(-stated))).sum())
