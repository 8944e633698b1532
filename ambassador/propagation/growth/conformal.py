"""Intervals from how far earlier predictions were off: no law of errors is assumed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from scipy.special import stdtrit

from ambassador.propagation.arrays import FloatArray

# A plain guard: rounding of a running sum must not push a share past the last case.
_HAIR: Final = 1e-9


@dataclass(frozen=True, eq=False)
class Residuals:
    """By how much predictions made without a case missed that case.

    Attributes
    ----------
    error : float array, shape (cases,)
        Observed minus predicted.
    weight : float array, shape (cases,)
        How much each case counts beside the case to come, which counts 1.

    Examples
    --------
    >>> residuals = Residuals(np.arange(-4.0, 5.0), np.ones(9))
    >>> residuals.quantile(0.1), residuals.quantile(0.9)
    (-4.0, 4.0)
    """

    error: FloatArray
    weight: FloatArray

    def quantile(self, share: float) -> float:
        """Error not exceeded with probability ``share``.

        The case to come counts as one more, at the far end: conformal prediction (Vovk, Gammerman, Shafer
        2005). Weights are scaled to the number of even cases that would tell as much (Kish 1965, "Survey
        sampling"), and between two residuals the error rises evenly: the next of n even ones then lies below
        with just this probability, where the larger of the two would hold more often than it says. Where
        the residuals are too few for the share, Student's law of the next of them stands in, if it reaches
        further than the largest.

        Examples
        --------
        >>> Residuals(np.array([-1.0, 0.0, 2.0]), np.ones(3)).quantile(0.5)
        0.0
        """
        if share < 0.5:  # noqa: PLR2004 - the lower half mirrors the upper
            return -_upper(*self._falling, 1.0 - share)
        return _upper(*self._rising, share)

    @cached_property
    def _rising(self) -> tuple[FloatArray, FloatArray]:
        return _in_order(self.error, self.weight)

    @cached_property
    def _falling(self) -> tuple[FloatArray, FloatArray]:
        return _in_order(-self.error, self.weight)


def _in_order(error: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Sort once what every quantile asks for: errors, and the weight up to each."""
    order = np.argsort(error, kind="stable")
    return error[order], np.cumsum(weight[order] * (weight.sum() / (weight**2).sum()))


def _upper(error: FloatArray, passed: FloatArray, share: float) -> float:
    wanted = share * (passed[-1] + 1.0)
    if wanted <= passed[-1] + _HAIR:
        return float(np.interp(wanted, passed, error))
    return max(float(error[-1]), _students(error, share))


def _students(error: FloatArray, share: float) -> float:
    if error.size < 2:  # noqa: PLR2004 - one miss has no spread
        return float(error.max())
    reach = stdtrit(error.size - 1, share) * np.std(error, ddof=1) * np.sqrt(1 + 1 / error.size)
    return float(error.mean() + reach)
