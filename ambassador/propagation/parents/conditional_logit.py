"""A conditional logit: weights under which the choices made are the likeliest.

Source: McFadden, "Conditional logit analysis of qualitative choice behavior", 1974.
"""

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.kernels.choices import weigh_choices

# Newton's steps at most; the gain of the likelihood, as a share, that ends them; a plain guard against 0.
ROUNDS, ENOUGH, TINY = 25, 1e-6, 1e-9
# Choices' worth of a standardised sign's weight at first: one, so that a handful of posts already move it.
RIDGE = 1.0


def newton(
    rows: FloatArray,
    offset: FloatArray,
    ends: Int64Array,
    true: BoolArray,
    first: FloatArray,
    counts: FloatArray,
) -> FloatArray:
    """Fit a conditional logit, drawn towards ``first``; one true row between each two ends.

    Parameters
    ----------
    rows : float64 array, shape (pairs, signs)
    offset : float64 array, shape (pairs,)
        Added to the worth of a row: the logarithm of how many it stands for.
    ends : int64 array, shape (choices + 1,)
    true : bool array, shape (pairs,)
    counts : float64 array, shape (choices,)
        How much each choice counts.

    Examples
    --------
    >>> rows, ends = np.array([[1.0], [0.0]] * 4), np.array([0, 2, 4, 6, 8])
    >>> true = np.array([1, 0, 1, 0, 1, 0, 0, 1], bool)
    >>> newton(rows, np.zeros(8), ends, true, np.zeros(1), np.ones(4)).round(2).tolist()
    [0.84]
    """
    hold = RIDGE * rows.var(axis=0)
    hold[hold < TINY] = RIDGE
    weight, worth = first.copy(), np.empty(offset.size)

    def measured(at: FloatArray) -> tuple[float, FloatArray, FloatArray]:
        slope, bend = np.zeros(at.size), np.zeros((at.size, at.size))
        likelihood = weigh_choices(rows, offset, ends, counts, true, at, worth, slope, bend)
        away = at - first
        return likelihood - 0.5 * float(hold @ away**2), slope - hold * away, bend + np.diag(hold)

    now = measured(weight)
    for _ in range(ROUNDS):
        move = np.linalg.solve(now[2], now[1])
        after = measured(weight + move)
        while after[0] < now[0] and float(np.abs(move).max()) > TINY:
            move /= 2
            after = measured(weight + move)
        gain, now, weight = after[0] - now[0], after, weight + move
        if gain < ENOUGH * abs(now[0]):
            break
    return weight
