"""Forecasts of how many people a post makes talk, each fitted on earlier cascades alone.

The size is taken on a logarithmic scale: a line on what the forecaster knows of the starter, with the
empirical residuals of the past around it. What it knows may be nothing but the starter's own past sizes.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]

LARGEST = 2_000
"""Residuals kept as predictive sample; more are thinned evenly."""


@dataclass(frozen=True, eq=False)
class SizeForecaster:
    """A line on one score, with the residuals of the past.

    Attributes
    ----------
    level, slope : float
        log size = level + slope x score.
    residuals : float array, sorted
        Of the past cascades, each predicted without itself.
    """

    level: float
    slope: float
    residuals: FloatArray

    def sample(self, score: float) -> FloatArray:
        """Give the predictive sample of a cascade's size, the starter included; never below 1."""
        return np.maximum(np.round(np.exp(self.level + self.slope * score + self.residuals)), 1.0)


def fit_sizes(scores: FloatArray, sizes: FloatArray) -> SizeForecaster:
    """Fit a forecaster by least squares on the logarithms.

    Parameters
    ----------
    scores : float array, shape (cascades,)
        What is known before; all alike: nothing is.
    sizes : float array, shape (cascades,)
        People who talked, at least 1.

    Notes
    -----
    Residuals are those of leaving each cascade out, e / (1 - h) with h its leverage (Allen 1974, PRESS), so
    that a short past does not look more certain than it is.

    Examples
    --------
    >>> fitted = fit_sizes(np.array([0.0, 1.0, 2.0]), np.exp(np.array([0.0, 1.0, 2.0])))
    >>> round(fitted.slope, 6), fitted.sample(3.0).tolist()
    (1.0, [20.0, 20.0, 20.0])
    """
    logs = np.log(np.maximum(sizes, 1.0))
    centre, middle = float(scores.mean()), float(logs.mean())
    spread = float(((scores - centre) ** 2).sum())
    slope = float(((scores - centre) * logs).sum()) / spread if spread > 0 else 0.0
    leverage = 1 / scores.size + ((scores - centre) ** 2 / spread if spread > 0 else 0.0)
    left = logs - middle - slope * (scores - centre)
    residuals = np.sort(left / np.maximum(1 - leverage, 1e-9)) if scores.size > 1 else np.zeros(1)
    if residuals.size > LARGEST:
        residuals = np.quantile(residuals, (np.arange(LARGEST) + 0.5) / LARGEST)
    return SizeForecaster(middle - slope * centre, slope, residuals)


def past_scores(starters: Int64Array, sizes: FloatArray, strength: float) -> FloatArray:
    """Score each cascade by its starter's earlier ones: the mean of log sizes so far, shrunk to that of all.

    Parameters
    ----------
    starters : int64 array, shape (cascades,)
        In the order of time.
    sizes : float array, shape (cascades,)
    strength : float
        How many cascades of one's own weigh as much as everybody's; see ``pooling_strength``.

    Returns
    -------
    float array, shape (cascades,)
        (sum of own earlier + strength x mean of all earlier) / (own earlier + strength): the best linear
        predictor of a random effect.

    Examples
    --------
    >>> past_scores(np.array([7, 7, 8]), np.exp(np.array([2.0, 2.0, 0.0])), 1.0).tolist()
    [0.0, 2.0, 2.0]
    """
    logs = np.log(np.maximum(sizes, 1.0))
    before = np.arange(logs.size)
    common = np.where(before > 0, (np.cumsum(logs) - logs) / np.maximum(before, 1), 0.0)
    own_sum: dict[int, float] = {}
    own_count: dict[int, int] = {}
    scores = np.empty(logs.size)
    for place, (starter, log) in enumerate(zip(starters.tolist(), logs.tolist(), strict=True)):
        total, count = own_sum.get(starter, 0.0), own_count.get(starter, 0)
        scores[place] = (total + strength * common[place]) / (count + strength)
        own_sum[starter], own_count[starter] = total + log, count + 1
    return scores


def pooling_strength(starters: Int64Array, logs: FloatArray) -> float:
    """Give variance within starters over variance between, by the moments of a one-way layout.

    Examples
    --------
    >>> alike = pooling_strength(np.array([1, 1, 2, 2]), np.array([0.0, 2.0, 0.0, 2.0]))
    >>> apart = pooling_strength(np.array([1, 1, 2, 2]), np.array([0.0, 0.1, 2.0, 2.1]))
    >>> alike > 100, apart < 0.01
    (True, True)
    """
    _, group = np.unique(starters, return_inverse=True)
    counts = np.bincount(group)
    means = np.bincount(group, logs) / counts
    groups, total = counts.size, logs.size
    if total <= groups or groups < 2:  # noqa: PLR2004 - two groups to compare
        return 1e3
    within = float(((logs - means[group]) ** 2).sum()) / (total - groups)
    between = float((counts * (means - logs.mean()) ** 2).sum()) / (groups - 1)
    size = (total - float((counts.astype(np.float64) ** 2).sum()) / total) / (groups - 1)
    variance = (between - within) / size
    return min(within / variance, 1e3) if variance > 0 else 1e3
