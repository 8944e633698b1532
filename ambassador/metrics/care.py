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
