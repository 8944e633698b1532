"""What few earlier cascades and general experience say together of how a cascade goes on."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.growth.early_growth import EarlyGrowth
from ambassador.propagation.growth.pooled import Pooled
from ambassador.propagation.growth.windows import describe_window

# So many comparable cascades count as much as general experience; more outweigh it.
ENOUGH: Final = 10
LEAST_PAST: Final = 4  # below so many, general experience alone speaks, moved by the few
# From so many on, they alone are asked: experience would have three hundredths of the say.
PLENTY: Final = 60


def say_of_the_past(comparable: int) -> float:
    """Give how much the organisation's own cascades count beside general experience.

    Examples
    --------
    >>> [round(say_of_the_past(count), 2) for count in (0, 3, 5, 10, 20, 59, 60)]
    [0.0, 0.0, 0.2, 0.5, 0.8, 0.97, 1.0]
    """
    if comparable < LEAST_PAST:
        return 0.0
    return 1.0 if comparable >= PLENTY else comparable**2 / (comparable**2 + ENOUGH**2)


@dataclass(frozen=True, eq=False)
class GrowthLaw:
    """Quantiles of what is to come: those of two laws averaged (Vincent 1912; Ratcliff 1979).

    Attributes
    ----------
    pooled : Pooled or None
        Learned from the comparable cascades; None where there are too few.
    early : EarlyGrowth or None
        A self-exciting process with a prior; None where there are plenty of cascades.
    say : float
        How much ``pooled`` counts, 0 to 1.
    """

    pooled: Pooled | None
    early: EarlyGrowth | None
    say: float

    def quantiles(self, times: FloatArray, window: float, horizon: float, shares: FloatArray) -> FloatArray:
        """Give quantiles of log((further posts + 1) / posts so far); ``times`` are those of the window."""
        ends = np.zeros(shares.size)
        if self.pooled is not None:
            described = describe_window(times, window)[None, :]
            ends += self.say * self.pooled.quantiles(described, shares)[0]
        if self.early is not None:
            ends += (1.0 - self.say) * self.early.quantiles(times, window, horizon, shares)
        return ends
