"""How long people wait for an answer, those still waiting included."""

import numpy as np
from numpy.typing import NDArray


def waiting_quantile(hours: NDArray[np.float64], answered: NDArray[np.bool_], share: float) -> float | None:
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
    times = np.unique(hours[answered])
    at_risk = (hours[None, :] >= times[:, None]).sum(axis=1)
    answers = ((hours == times[:, None]) & answered).sum(axis=1)
    waiting = np.cumprod(1.0 - answers / np.maximum(at_risk, 1))
    reached = np.flatnonzero(waiting <= 1.0 - share + _ROUNDING)
    return float(times[reached[0]]) if reached.size else None


_ROUNDING = 1e-12
