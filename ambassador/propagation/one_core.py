"""Products of long narrow tables with a vector, a few rows at a time, so that one core is asked and no other.

A whole table would be handed to all cores, which at this size takes several times as long in all as one core
alone: each waits for the others, and does so by counting.
"""

from typing import Final

import numpy as np

from ambassador.propagation.arrays import FloatArray

# Multiplications of one product up to which OpenBLAS keeps to one core (2 ** 18), less some.
ON_ONE_CORE: Final = 200_000


def rows_at_once(width: int) -> int:
    """Rows of so many columns that one core multiplies.

    Examples
    --------
    >>> rows_at_once(25), rows_at_once(0)
    (8000, 200000)
    """
    return max(1, ON_ONE_CORE // max(width, 1))


def times(table: FloatArray, weights: FloatArray) -> FloatArray:
    """Multiply each row with weights, shape (rows,).

    Examples
    --------
    >>> times(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 1.0])).tolist()
    [3.0, 7.0]
    """
    found, step = np.empty(len(table)), rows_at_once(table.shape[1])
    for first in range(0, len(table), step):
        found[first : first + step] = table[first : first + step] @ weights
    return found


def summed(values: FloatArray, table: FloatArray) -> FloatArray:
    """Add up rows, each times a value of its own, shape (columns,).

    Examples
    --------
    >>> summed(np.array([1.0, 10.0]), np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [31.0, 42.0]
    """
    found, step = np.zeros(table.shape[1]), rows_at_once(table.shape[1])
    for first in range(0, len(table), step):
        found += values[first : first + step] @ table[first : first + step]
    return found
