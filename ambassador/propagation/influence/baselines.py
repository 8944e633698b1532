"""Simple ways to say who follows, for learned influence to be measured against."""

from collections.abc import Mapping

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.influence.exposures import Exposures
from ambassador.propagation.influence.learning import FittedInfluence
from ambassador.propagation.influence.tie_history import TieHistory
from ambassador.propagation.network import InfluenceNetwork

_SURE = 1.0 - 1e-9  # a plain guard: certainty has no hazard


def goyal_bernoulli(history: TieHistory) -> FloatArray:
    """Successes / trials by tie, 0 without: Goyal, Bonchi, Lakshmanan (WSDM 2010), section 4.1.

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0], [1], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 1], [0, 1, 0], [0.0, 1.0, 0.0])
    >>> goyal_bernoulli(TieHistory.of(network, log)).tolist()
    [0.5]
    """
    return _ratio(history.successes, np.maximum(history.trials, history.successes))


def goyal_partial_credit(history: TieHistory) -> FloatArray:
    """Shared credit / trials by tie (the same, section 4.1, partial credits).

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0, 0], [0, 1, 2], [0.0, 1.0, 2.0])
    >>> goyal_partial_credit(TieHistory.of(network, log)).tolist()
    [0.5, 0.5]
    """
    return _ratio(history.credit, np.maximum(history.trials, history.credit))


def constant_probability(history: TieHistory) -> FloatArray:
    """Credit of all over the trials of all, for every tie.

    Examples
    --------
    >>> from ambassador.propagation.cascades import CascadeLog
    >>> network = InfluenceNetwork.from_arrays([0, 0], [1, 2], 1.0)
    >>> log = CascadeLog.from_entries([0, 0], [0, 1], [0.0, 1.0])
    >>> constant_probability(TieHistory.of(network, log)).tolist()
    [0.5, 0.5]
    """
    whole = history.trials.sum()
    return np.full(history.trials.size, history.credit.sum() / whole if whole else 0.0)


def weighted_cascade(network: InfluenceNetwork) -> FloatArray:
    """1 / in-degree of the target (Kempe, Kleinberg, Tardos 2003, section 4).

    Examples
    --------
    >>> weighted_cascade(InfluenceNetwork.from_arrays([0, 1], [2, 2], 1.0)).tolist()
    [0.5, 0.5]
    """
    return np.asarray(network.with_probability(None).probability, dtype=np.float64)


def activity_only(history: TieHistory, exposures: Exposures) -> FloatArray:
    """Share of past cascades each person took part in, no network at all; one mean cascade more."""
    mean = history.active.sum() / max(history.active.size * history.cascades, 1.0)
    share: FloatArray = (history.active + mean) / (history.cascades + 1.0)
    hazard = -np.log1p(-np.minimum(share[exposures.node], _SURE))
    return np.asarray(-np.expm1(-exposures.own_by_the_end(hazard)))


def all_baselines(fitted: FittedInfluence, exposures: Exposures) -> Mapping[str, FloatArray]:
    """Predict who of the exposed follows in every simple way, from the same past."""
    history, network = fitted.history, fitted.around.network
    return {
        "activity_only": activity_only(history, exposures),
        "pooled_logistic": fitted.predict_pooled(exposures),
        "goyal_bernoulli": exposures.any_of(goyal_bernoulli(history)),
        "goyal_partial_credit": exposures.any_of(goyal_partial_credit(history)),
        "constant": exposures.any_of(constant_probability(history)),
        "weighted_cascade": exposures.any_of(weighted_cascade(network)),
    }


def _ratio(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 0.0)
