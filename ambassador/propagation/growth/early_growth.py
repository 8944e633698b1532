"""Growth foretold by a self-exciting process, corrected by how far it was off before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from scipy.special import stdtrit

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.growth.self_exciting import Excitement
from ambassador.propagation.growth.windows import Course

_OFF: Final = 0.0  # the process is believed unbiased until cascades say otherwise
# How far the process is off before anything was seen, in logarithms of the further posts: audiences differ
# by powers of ten, second waves come or do not, so it is often wrong by a factor of six (exp(1.8)).
_SPREAD: Final = 1.8
# How many cascades these priors are worth: a handful, so that the first few seen already move them.
_CASES_FOR_OFF, _CASES_FOR_SPREAD = 3.0, 5.0


@dataclass(frozen=True, eq=False)
class EarlyGrowth:
    """A self-exciting process and the law of its residuals.

    Attributes
    ----------
    excitement : Excitement
    off : float
        By how much it is expected to be off.
    spread : float
        Scale of the t law of the residuals.
    freedom : float
        Degrees of freedom.
    """

    excitement: Excitement
    off: float
    spread: float
    freedom: float

    @classmethod
    def learn(cls, past: Sequence[Course], moment: Callable[[Course], float | None], horizon: float) -> Self:
        """Pool the few there are: normal residuals of unknown mean and variance, a conjugate prior on both.

        Examples
        --------
        >>> nothing = EarlyGrowth.learn([], lambda course: None, np.inf)
        >>> nothing.off, nothing.freedom
        (0.0, 5.0)
        """
        excitement = Excitement.learn(past)
        residuals = []
        for course in past:
            when = moment(course)
            if when is not None:
                seen = course.count_by(when)
                expected = excitement.further(course.times[:seen], when, horizon)
                residuals.append(np.log((course.count_by(horizon) - seen + 1) / (expected + 1)))
        return cls(excitement, *_posterior(np.array(residuals)))

    def quantiles(self, times: FloatArray, window: float, horizon: float, shares: FloatArray) -> FloatArray:
        """Quantiles of log((further posts + 1) / posts so far).

        Examples
        --------
        >>> growth = EarlyGrowth.learn([], lambda course: None, np.inf)
        >>> low, high = growth.quantiles(np.arange(9.0) * 60, 3600.0, np.inf, np.array([0.1, 0.9]))
        >>> bool(low < high)
        True
        """
        expected = self.excitement.further(times, window, horizon)
        off = self.off + self.spread * stdtrit(self.freedom, shares)
        return np.asarray(np.log((expected + 1) / times.size) + off, dtype=np.float64)


def _posterior(residuals: FloatArray) -> tuple[float, float, float]:
    count = residuals.size
    worth, freedom = _CASES_FOR_OFF + count, _CASES_FOR_SPREAD + count
    off = (_CASES_FOR_OFF * _OFF + residuals.sum()) / worth
    squares = _CASES_FOR_SPREAD * _SPREAD**2
    if count:
        mean = residuals.mean()
        squares += ((residuals - mean) ** 2).sum() + _CASES_FOR_OFF * count * (mean - _OFF) ** 2 / worth
    return float(off), float(np.sqrt(squares / freedom * (1 + 1 / worth))), freedom
