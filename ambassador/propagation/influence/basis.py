"""Columns turned into a design matrix: each one straight, and with a bend at some of its quantiles."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from ambassador.propagation.arrays import FloatArray

Columns = Mapping[str, FloatArray]

# Rows of a design made at once: what is worked on then stays in a core's own memory.
_ROWS = 4_096
_SMALL = 1e-9  # a plain guard: knots at an end bend nothing, a column without spread has no scale


@dataclass(frozen=True, eq=False)
class SplineBasis:
    """A linear spline of every column, standardised, behind a column of ones; it ends where the data did.

    Examples
    --------
    >>> basis = SplineBasis.fitted({"a": np.array([0.0, 1.0, 2.0])}, (0.5,))
    >>> basis.matrix({"a": np.array([3.0])}).round(2).tolist()
    [[1.0, 1.22, 1.41]]
    """

    knots: Mapping[str, FloatArray]
    centre: FloatArray
    scale: FloatArray
    lowest: Mapping[str, float]
    highest: Mapping[str, float]

    @classmethod
    def fitted(cls, columns: Columns, quantiles: Sequence[float]) -> Self:
        """Place the bends at quantiles of these columns.

        Examples
        --------
        >>> SplineBasis.fitted({"a": np.arange(5.0)}, (0.25, 0.75)).knots["a"].tolist()
        [1.0, 3.0]
        """
        knots = {}
        for name, column in columns.items():
            found = np.unique(np.quantile(column, quantiles)) if column.size else np.empty(0)
            inside = (found > column.min(initial=0.0) + _SMALL) & (found < column.max(initial=0.0) - _SMALL)
            knots[name] = found[inside]
        lowest = {name: float(column.min(initial=0.0)) for name, column in columns.items()}
        highest = {name: float(column.max(initial=0.0)) for name, column in columns.items()}
        lowest |= {name: float(column.min()) for name, column in columns.items() if column.size}
        highest |= {name: float(column.max()) for name, column in columns.items() if column.size}
        plain = _bent(columns, knots, lowest, highest)
        spread = plain.std(axis=0) if len(plain) else np.ones(plain.shape[1])
        centre = plain.mean(axis=0) if len(plain) else np.zeros(plain.shape[1])
        return cls(knots, centre, np.where(spread > _SMALL, spread, 1.0), lowest, highest)

    @property
    def width(self) -> int:
        """How many columns a matrix has, the ones included."""
        return 1 + self.centre.size

    def matrix(self, columns: Columns) -> FloatArray:
        """Design matrix; beyond what was seen when fitted a column counts as its extreme.

        Examples
        --------
        >>> basis = SplineBasis.fitted({"a": np.array([0.0, 2.0])}, ())
        >>> basis.matrix({"a": np.array([1.0, 9.0])}).tolist()
        [[1.0, 0.0], [1.0, 1.0]]
        """
        rows = len(next(iter(columns.values()))) if self.knots else 0
        design = np.empty((rows, self.width))
        for first in range(0, rows, _ROWS):
            part = slice(first, first + _ROWS)
            design[part, 0] = 1.0
            parts = _bends(columns, self.knots, self.lowest, self.highest, part)
            for place, bent in enumerate(parts):
                np.subtract(bent, self.centre[place], out=bent)
                np.divide(bent, self.scale[place], out=bent)
                design[part, place + 1] = bent
        return design


def _bent(
    columns: Columns,
    knots: Mapping[str, FloatArray],
    lowest: Mapping[str, float],
    highest: Mapping[str, float],
) -> FloatArray:
    parts = list(_bends(columns, knots, lowest, highest, slice(None)))
    return np.stack(parts, axis=1) if parts else np.empty((0, 0))


def _bends(
    columns: Columns,
    knots: Mapping[str, FloatArray],
    lowest: Mapping[str, float],
    highest: Mapping[str, float],
    part: slice,
) -> Iterator[FloatArray]:
    """Some rows of every column, straight and then with each of its bends."""
    for name, bends in knots.items():
        column = np.clip(columns[name][part], lowest[name], highest[name])
        bent = [np.maximum(column - bend, 0.0) for bend in bends]
        yield column
        yield from bent
