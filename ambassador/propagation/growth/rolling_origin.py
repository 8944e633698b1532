"""Which of several forecasts to believe: by how far off each would have been on what came next."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from ambassador.propagation.arrays import FloatArray

# Where the past is cut, as shares of it: first with enough to learn from, then in even steps.
_ORIGINS: Final = (0.4, 0.52, 0.64, 0.76, 0.88, 1.0)
# How fast a forecast that was further off loses its say; losses are
# in units of the usual one of a case, so that 1 is the plain choice.
_RATE: Final = 1.0
_TINY: Final = 1e-12  # a plain guard against dividing by nothing


def rolling_origin(count: int) -> Iterator[tuple[slice, slice]]:
    """Cut the past at several moments: what was known by then, and what came up to the next cut.

    Parameters
    ----------
    count : int
        Cases in the order of time.

    Examples
    --------
    >>> [(before.stop, after.stop) for before, after in rolling_origin(25)]
    [(10, 13), (13, 16), (16, 19), (19, 22), (22, 25)]
    """
    for start, end in pairwise(round(share * count) for share in _ORIGINS):
        if 0 < start < end:
            yield slice(0, start), slice(start, end)


def say(loss: npt.ArrayLike, cases: int) -> FloatArray:
    """Weigh forecasts by their past losses.

    Parameters
    ----------
    loss : array of float, shape (forecasts,)
        Summed over the cases, each not negative.
    cases : int
        How many were foretold; none: all have the same say.

    Returns
    -------
    float array, shape (forecasts,)
        Sums to 1; exp(-rate x loss in units of the usual loss of one case), the exponentially weighted
        average of Vovk 1990 and Littlestone, Warmuth 1994: never much worse than the best of them.

    Examples
    --------
    >>> say([5.0, 5.0], 10).tolist(), say([9.0, 10.0], 10).round(2).tolist()
    ([0.5, 0.5], [0.74, 0.26])
    """
    lost = np.asarray(loss, dtype=np.float64)
    behind = np.exp(-_RATE * cases * (lost - lost.min()) / max(float(lost.mean()), _TINY))
    return np.asarray(behind / behind.sum(), dtype=np.float64)
