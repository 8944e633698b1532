"""Laws fitted to what was seen: how long things take, how often they recur, what one stands for another."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from ambassador.metrics.arrays import FloatArray

_NO_CLUSTERING: Final = 1e6  # a negative binomial with this shape is a Poisson to six digits
_LEAST_SHAPE: Final = 1e-3  # below, one person would post for all
_WIDEST: Final = 3.0  # a variance of logarithms above this is noise: its exponential passes 20


def fit_lognormal(values: npt.ArrayLike) -> tuple[float, float]:
    """
    Fit a log-normal law by the mean and the deviation of the logarithms.

    Parameters
    ----------
    values : array, shape (n,)
        Above 0, two at least; in any unit.

    Returns
    -------
    tuple of float
        The median in the unit of the values, and the standard deviation of the logarithm.

    Examples
    --------
    >>> median, sigma = fit_lognormal([1.0, 2.0, 4.0])
    >>> round(median, 6), round(sigma, 6)
    (2.0, 0.693147)
    """
    logs = np.log(np.asarray(values, dtype=np.float64))
    return float(np.exp(logs.mean())), float(logs.std(ddof=1))


def fit_negative_binomial(counts: Sequence[float] | FloatArray) -> tuple[float, float]:
    """
    Fit a negative binomial law by its moments.

    Parameters
    ----------
    counts : sequence of float
        Whole numbers, 0 or more; one at least.

    Returns
    -------
    tuple of float
        The mean, and the shape: mean^2 / (variance - mean), a million where the counts vary no more than
        those of a Poisson law.

    Examples
    --------
    >>> fit_negative_binomial([0, 0, 0, 4]), fit_negative_binomial([1, 1])
    ((1.0, 0.5), (1.0, 1000000.0))
    """
    seen = np.asarray(counts, dtype=np.float64)
    mean, variance = float(seen.mean()), float(seen.var())
    shape = mean * mean / (variance - mean) if variance > mean > 0 else _NO_CLUSTERING
    return mean, max(shape, _LEAST_SHAPE)


def ratio_from_logs(part: FloatArray, whole: FloatArray) -> tuple[float, float]:
    """
    Learn how much of one figure a unit of another stands for, where both vary by factors.

    Parameters
    ----------
    part, whole : ndarray of float, shape (n,)
        Above 0, two at least.

    Returns
    -------
    tuple of float
        The mean of a log-normal ratio, and its squared coefficient of variation.

    Examples
    --------
    >>> ratio_from_logs(np.array([50.0, 50.0]), np.array([200.0, 200.0]))
    (0.25, 0.0)
    """
    logs = np.log(part / whole)
    width = float(logs.var(ddof=1))
    return float(np.exp(logs.mean() + width / 2)), float(np.expm1(min(width, _WIDEST)))
