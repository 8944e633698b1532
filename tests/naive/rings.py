"""Rings of voters found by looking at every moment and counting with whole fractions."""

from collections.abc import Sequence
from fractions import Fraction
from math import comb


def naive_rings(
    ballots: Sequence[int], moments: Sequence[float | None], window: int, least: int, rare: Fraction
) -> list[bool]:
    """Mark who gave the same ballot as ``least`` at once, rarer than ``rare`` over all known voters."""
    known = [place for place, moment in enumerate(moments) if moment is not None]
    found = [False] * len(ballots)
    for first in known:
        begin = moments[first] or 0.0
        inside = [place for place in known if begin <= (moments[place] or 0.0) < begin + window]
        alike = [place for place in inside if ballots[place] == ballots[first]]
        same = sum(ballots[place] == ballots[first] for place in known)
        ways = sum(
            comb(same, many) * comb(len(known) - same, len(inside) - many)
            for many in range(len(alike), min(same, len(inside)) + 1)
        )
        if len(alike) >= least and Fraction(ways, comb(len(known), len(inside))) < rare / len(known):
            for place in alike:
                found[place] = True
    return found
