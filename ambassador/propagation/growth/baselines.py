"""What any forecast of growth has to beat: a multiplier, and a line through three counts."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray
from ambassador.propagation.growth.growth import Look
from ambassador.propagation.growth.robust import fit_median
from ambassador.propagation.growth.windows import Course

_PARTS: Final = (0.25, 0.5, 1.0)  # of the window: the three counts the line goes through
_TINY: Final = 1e-9  # a plain guard: the ridge only keeps a singular fit solvable


def multiplied(
    past: Sequence[Course], running: Sequence[Course], look: Look, shares: FloatArray
) -> FloatArray:
    """Multiply the posts seen by quantiles of how many times larger earlier cascades grew.

    Returns
    -------
    float array, shape (running, shares)

    Examples
    --------
    >>> past = [Course(np.array([0.0, 1.0, 9.0, 9.0])), Course(np.array([0.0, 1.0]))]
    >>> look = Look(window=5.0, least=2)
    >>> multiplied(past, past[:1], look, np.array([0.5])).tolist()
    [[3.0]]
    """
    seen, final = _counts(past, look)
    return _counts(running, look)[0][:, -1:] * np.quantile(final / seen[:, -1], shares)[None, :]


def regressed(
    past: Sequence[Course], running: Sequence[Course], look: Look, shares: FloatArray
) -> FloatArray:
    """Regress the log of the size on the logs of the counts at a quarter, half and all of the window.

    The quantiles are those of the residuals; shape (running, shares).

    Examples
    --------
    >>> past = [Course(np.linspace(0.0, 20.0, 10 * size)) for size in range(1, 9)]
    >>> regressed(past, past[3:4], Look(window=10.0), np.array([0.5])).round().tolist()
    [[40.0]]
    """
    seen, final = _counts(past, look)
    line = fit_median(np.log(seen), np.log(final), np.ones(final.size), _TINY)
    off = np.quantile(np.log(final) - line.at(np.log(seen)), shares)
    return np.asarray(np.exp(line.at(np.log(_counts(running, look)[0]))[:, None] + off), dtype=np.float64)


def _counts(courses: Sequence[Course], look: Look) -> tuple[FloatArray, FloatArray]:
    """Count the posts of those that can be looked at: at parts of the window, and at the horizon."""
    seen = [
        [max(course.count_by(part * moment), 1) for part in _PARTS] + [course.count_by(look.horizon)]
        for course in courses
        if (moment := look.moment(course)) is not None
    ]
    counts = np.array(seen, dtype=np.float64).reshape(len(seen), len(_PARTS) + 1)
    return counts[:, :-1], counts[:, -1]
