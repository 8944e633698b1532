"""How honest predictive distributions were: shares inside intervals, exact tests, scores."""

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.intervals import coverage_p_value

FloatArray = NDArray[np.float64]
LEVELS = (50, 80, 90)


def share_test(inside: int, of: int, level: int) -> float | None:
    """
    Test whether an interval holds as often as it says (exact binomial, two-sided).

    Parameters
    ----------
    inside, of : int
        How many observed values lay inside, of how many.
    level : int
        What the interval promises, in per cent.

    Returns
    -------
    float or None
        The p-value; None where there is nothing to test.

    Examples
    --------
    >>> round(share_test(8, 10, 80), 3), round(share_test(2, 10, 80), 5)
    (1.0, 8e-05)
    """
    if of == 0:
        return None
    return coverage_p_value(inside, of, level / 100)


def probability_transform(samples: FloatArray, observed: float, coin: float) -> float:
    """
    Say where an observed value falls in a predictive distribution: uniform in [0, 1] if that is right.

    Parameters
    ----------
    samples : ndarray of float, shape (n,)
        Drawn from the predictive distribution.
    observed : float
    coin : float
        In [0, 1]: how ties are split (Czado, Gneiting, Held, "Predictive model assessment for count data",
        Biometrics 2009, section 2.1).

    Examples
    --------
    >>> probability_transform(np.array([1.0, 2.0, 2.0, 5.0]), 2.0, 0.5)
    0.5
    """
    below, equal = np.mean(samples < observed), np.mean(samples == observed)
    return float(below + coin * equal)


def histogram(transforms: FloatArray, bins: int = 10) -> list[int]:
    """
    Count transforms in equal bins: flat where the distributions are right, a U where they are too narrow.

    Examples
    --------
    >>> histogram(np.array([0.05, 0.95, 1.0]), 2)
    [1, 2]
    """
    return [int(count) for count in np.histogram(transforms, bins, (0.0, 1.0))[0]]
