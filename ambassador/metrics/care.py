"""How long people wait for an answer, those still waiting included."""

import numpy as np
from numpy.typing import NDArray

from ambassador.metrics.arrays import FloatArray


def waiting_quantile(hours: FloatArray, answered: NDArray[np.bool_], share: float) -> float | None:
    """Say within how many hours a share of the questions is answered, by the Kaplan-Meier estimator.

    A question still open counts as "longer than so far" (censored), so that a backlog cannot make
    the figure look good.

    Parameters
    ----------
    hours : array of shape (n,)
        Waited until the first answer, or until now where there is none; hours, not negative.
    answered : array of shape (n,)
        Whether the answer came.
    share : float
        In (0, 1): 0.5 for the median, 0.9 for the 90th percentile.

    Returns
    -------
    float or None
        Hours; None where too few are answered to know (the estimate never gets that far down).

    References
    ----------
    E. L. Kaplan, P. Meier: Nonparametric estimation from incomplete observations. JASA 53 (1958).

    Examples
    --------
    >>> waiting_quantile(np.array([1.0, 2.0, 3.0, 9.0]), np.array([True, True, True, False]), 0.5)
    2.0
    >>> waiting_quantile(np.array([1.0, 5.0, 5.0]), np.array([True, False, False]), 0.9) is None
    True
    """
    if not answered.any():
        return None
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415 - it loads slowly, and few ask

    sample = CensoredData(uncensored=hours[answered], right=hours[~answered])
    waiting = ecdf(sample).sf
    reached = np.flatnonzero(waiting.probabilities <= 1.0 - share + _ROUNDING)
    return float(waiting.quantiles[reached[0]]) if reached.size else None


_ROUNDING = 1e-12  # a share reached exactly is a product of fractions, and may miss by a last digit


def compare_waits(
    hours: FloatArray,
    ended: NDArray[np.bool_],
    other_hours: FloatArray,
    other_ended: NDArray[np.bool_],
) -> tuple[float, float] | None:
    """Test whether waits of two groups are equally long, by the log-rank test.

    Parameters
    ----------
    hours, other_hours : array of shape (n,) or (m,)
        Waited until the end, or so far; hours, not negative.
    ended, other_ended : array of shape (n,) or (m,)
        Whether the wait has ended.

    Returns
    -------
    tuple of float, or None
        ``(z, probability)``: ``z`` above 0 where the first group's waits end sooner, and the probability that
        chance alone takes ``z`` so far from 0. None where a group is empty or no wait of either has ended.

    References
    ----------
    N. Mantel: Evaluation of survival data and two new rank order statistics arising in its consideration.
    Cancer Chemotherapy Reports 50 (1966).

    Examples
    --------
    >>> soon, late = np.arange(1.0, 21.0), np.arange(21.0, 41.0)
    >>> z, probability = compare_waits(soon, soon > 0, late, late > 0)
    >>> z > 4, probability < 1e-4
    (True, True)
    """
    if not hours.size or not other_hours.size or not (ended.any() or other_ended.any()):
        return None
    times = np.concatenate([hours, other_hours])
    is_end = np.concatenate([ended, other_ended])
    is_first = np.arange(times.size) < hours.size
    moments = np.unique(times[is_end])
    left = np.searchsorted(np.sort(times), moments)
    waiting = times.size - left
    waiting_first = hours.size - np.searchsorted(np.sort(hours), moments)
    ends = np.searchsorted(np.sort(times[is_end]), moments, "right") - np.searchsorted(
        np.sort(times[is_end]), moments
    )
    share = waiting_first / waiting
    expected = float((ends * share).sum())
    several = waiting > 1
    varies = ends * share * (1 - share) * (waiting - ends) / np.where(several, waiting - 1, 1)
    variance = float(varies[several].sum())
    if variance <= 0:
        return None
    from scipy.stats import norm  # noqa: PLC0415 - it loads slowly, and few ask

    z = (float(is_end[is_first].sum()) - expected) / variance**0.5
    return z, float(2 * norm.sf(abs(z)))
