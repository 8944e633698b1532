"""The trend-setter score: four percentiles, shrunk where little is known, joined by a geometric mean.

In the spirit of Klout [1]_: no single figure makes a trend-setter, and a high one does not hide a low one.

References
----------
.. [1] A. Rao, N. Spasojevic, Z. Li, T. Dsouza, "Klout score: measuring influence across multiple social
   networks", 2015, arXiv:1510.08487.
"""

from collections.abc import Mapping
from math import exp, log

import numpy as np

from ambassador.metrics.arrays import FloatArray

DEFAULT_WEIGHTS: Mapping[str, float] = {"reach": 1.0, "resonance": 1.0, "relevance": 1.0, "network": 1.0}
"""A setting of the organisation; equal until it says otherwise."""
PRIOR_READINGS = 0.5
"""Weight of the group in a shrunk sub-score, in readings: one of one's own counts two thirds."""


def percentile_scores(values: FloatArray) -> FloatArray:
    """
    Turn values into percentiles within their group.

    Parameters
    ----------
    values : ndarray of float, shape (n,)
        Larger is better; NaN where unknown.

    Returns
    -------
    ndarray of float, shape (n,)
        100 (below + equal / 2) / known, the account itself among the equal, so that the result lies strictly
        between 0 and 100 and its mean over the known is exactly 50; NaN where unknown.

    Examples
    --------
    >>> import numpy as np
    >>> percentile_scores(np.array([10.0, 20.0, 20.0, np.nan, 40.0]))
    array([12.5, 50. , 50. ,  nan, 87.5])
    """
    scores = np.full(values.shape, np.nan)
    known = ~np.isnan(values)
    kept = np.sort(values[known])
    if kept.size:
        below = np.searchsorted(kept, values[known], side="left")
        up_to = np.searchsorted(kept, values[known], side="right")
        scores[known] = 50.0 * (below + up_to) / kept.size
    return scores


def shrink(scores: FloatArray, evidence: FloatArray, prior: float = PRIOR_READINGS) -> FloatArray:
    """
    Pull scores that rest on little evidence towards the mean of the group.

    Parameters
    ----------
    scores : ndarray of float, shape (n,)
        NaN where unknown: such a score becomes the mean itself instead of a blank.
    evidence : ndarray of float, shape (n,)
        How many readings each rests on; infinity for a plain fact.
    prior : float
        How many readings the group's mean is worth, above 0.

    Returns
    -------
    ndarray of float, shape (n,)
        (evidence x score + prior x mean) / (evidence + prior); all 50 where nobody's score is known.

    Examples
    --------
    >>> import numpy as np
    >>> shrink(np.array([80.0, 20.0, np.nan]), np.array([1.0, np.inf, 0.0]), prior=1.0)
    array([65., 20., 50.])
    """
    known = ~np.isnan(scores)
    mean = float(scores[known].mean()) if known.any() else 50.0
    own = np.where(known, np.maximum(evidence, 0.0), 0.0)
    weight = np.where(np.isinf(own), 1.0, own / (np.where(np.isinf(own), 0.0, own) + prior))
    return weight * np.where(known, scores, mean) + (1.0 - weight) * mean


def trend_setter_score(
    sub_scores: Mapping[str, float], weights: Mapping[str, float] = DEFAULT_WEIGHTS
) -> float:
    """
    Join sub-scores into one figure from 0 to 100.

    Parameters
    ----------
    sub_scores : mapping of str to float
        Name -> 0 to 100.
    weights : mapping of str to float
        Name -> weight, 0 or more; a sub-score without a weight does not count.

    Returns
    -------
    float
        The weighted geometric mean; 0 if a sub-score that counts is 0.

    Raises
    ------
    ValueError
        If no sub-score has a weight above 0, or one lies outside 0 to 100.

    Examples
    --------
    >>> round(trend_setter_score({"reach": 90, "resonance": 40}), 6)
    60.0
    """
    counted = {name: weights.get(name, 0.0) for name in sub_scores}
    whole = sum(counted.values())
    if whole <= 0 or any(not 0 <= score <= 100 for score in sub_scores.values()):  # noqa: PLR2004 - the scale
        message = f"sub-scores {dict(sub_scores)} with weights {dict(weights)} make no score from 0 to 100"
        raise ValueError(message)
    if any(sub_scores[name] == 0 for name, weight in counted.items() if weight > 0):
        return 0.0
    return exp(sum(weight * log(sub_scores[name]) for name, weight in counted.items() if weight > 0) / whole)


def topic_fit(topics: frozenset[str], wanted: frozenset[str]) -> float | None:
    """
    Tell how many of the topics wanted a person covers.

    Parameters
    ----------
    topics : frozenset of str
        The person's; empty is unknown.
    wanted : frozenset of str
        The campaign's.

    Returns
    -------
    float or None
        Share of the wanted topics, 0 to 1; None where either is not known.

    Examples
    --------
    >>> topic_fit(frozenset({"tech", "food"}), frozenset({"tech", "travel"}))
    0.5
    """
    return len(topics & wanted) / len(wanted) if topics and wanted else None
