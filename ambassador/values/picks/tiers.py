"""How big an account is, by its followers; where one tier ends is a setting, as public tables disagree."""

from collections.abc import Sequence
from enum import StrEnum

from ambassador.errors import BadInputError


class Tier(StrEnum):
    """From the smallest to the biggest accounts."""

    NANO = "nano"
    MICRO = "micro"
    MACRO = "macro"
    MEGA = "mega"


def tier_of(followers: int | None, first_of: Sequence[int]) -> Tier | None:
    """Give the tier of an account; ``first_of`` says from how many followers micro, macro and mega begin.

    Examples
    --------
    >>> cuts = (10_000, 100_000, 1_000_000)
    >>> tier_of(9_999, cuts).value, tier_of(100_000, cuts).value, tier_of(None, cuts)
    ('nano', 'macro', None)
    """
    if followers is None:
        return None
    return list(Tier)[sum(followers >= first for first in first_of)]


def tier_named(name: str) -> Tier:
    """Read a tier as it is typed."""
    folded = name.strip().casefold()
    if folded not in set(Tier):
        raise BadInputError("{value!r} is no tier: write nano, micro, macro or mega", value=name)
    return Tier(folded)
