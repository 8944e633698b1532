"""Shares that sum to one exactly."""

from collections.abc import Hashable, Mapping
from math import floor, fsum
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)

UNITS = 2**20
"""A share is a whole number of these parts of one; sums of such numbers are exact in floating point."""


def exact_shares(weights: Mapping[Key, float]) -> dict[Key, float]:
    """Cut one whole in proportion to weights, by largest remainder, so that the shares sum to exactly 1.

    Parameters
    ----------
    weights : mapping of anything to float
        Not negative, not all 0. Of equal remainders the one named first gets the unit left over.

    Returns
    -------
    dict
        Shares above 0, in the order of ``weights``.

    Examples
    --------
    >>> shares = exact_shares({"a": 1, "b": 1, "c": 1})
    >>> sum(shares.values()) == 1.0, max(shares.values()) - min(shares.values()) < 1e-6
    (True, True)
    >>> exact_shares({"a": 0.25, "b": 0.75})
    {'a': 0.25, 'b': 0.75}
    """
    total = fsum(weights.values())
    due = {key: UNITS * weight / total for key, weight in weights.items()}
    units = {key: floor(amount) for key, amount in due.items()}
    left = UNITS - sum(units.values())
    for key in sorted(due, key=lambda key: units[key] - due[key])[:left]:
        units[key] += 1
    return {key: count / UNITS for key, count in units.items() if count}
