"""Places in a contest: points by votes and by jury, their weighted sum, and how safe the first place is."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST = 10
"""The highest mark of a juror, and the points of whoever has the most votes."""
WHOLE = 100
"""Weights are whole percents."""


@dataclass(frozen=True, slots=True)
class ContestPoints:
    """What one entry of a contest comes to, each part between 0 and 10."""

    by_votes: Fraction
    by_jury: Fraction | None
    """None: no juror has marked it."""
    total: Fraction | None
    """None: the jury has a say and has not marked it, so it has no place yet."""


def contest_points(
    votes: Sequence[int], marks: Sequence[Sequence[int]], weight: int
) -> tuple[ContestPoints, ...]:
    """
    Return the points of every entry, exactly.

    Parameters
    ----------
    votes : sequence of int, shape (entries,)
        People who voted for each.
    marks : sequence of sequences of int, shape (entries, jurors who marked it)
        From 1 to 10.
    weight : int
        Percent of the total that the jury decides.

    Returns
    -------
    tuple of ContestPoints, shape (entries,)
        By votes: ten times the votes divided by the most votes any entry has. By jury: the mean mark.

    Examples
    --------
    >>> [str(one.total) for one in contest_points([40, 20], [[6, 8], [9]], 50)]
    ['17/2', '7']
    """
    most = max(votes, default=0)
    found = []
    for count, given in zip(votes, marks, strict=True):
        by_votes = Fraction(MOST * count, most) if most else Fraction(0)
        by_jury = Fraction(sum(given), len(given)) if given else None
        jury_part = Fraction(0) if not weight else by_jury
        total = None if jury_part is None else (weight * jury_part + (WHOLE - weight) * by_votes) / WHOLE
        found.append(ContestPoints(by_votes, by_jury, total))
    return tuple(found)


def first_places(points: Sequence[ContestPoints]) -> tuple[int, ...]:
    """
    Return the places of the entries with the highest total: several where they tie, none without any points.

    Examples
    --------
    >>> first_places(contest_points([3, 3, 1], [[], [], []], 0))
    (0, 1)
    """
    totals = [one.total for one in points if one.total is not None]
    most = max(totals, default=Fraction(0))
    return tuple(place for place, one in enumerate(points) if most and one.total == most)


def votes_until_shared(votes: Sequence[int], marks: Sequence[Sequence[int]], weight: int) -> int | None:
    """
    Count how many votes of the first have to fall until it no longer stands first alone.

    Parameters
    ----------
    votes, marks, weight
        As for `contest_points`; one entry has to be first.

    Returns
    -------
    int or None
        None where it stays first without a single vote: the jury alone decides then.

    Examples
    --------
    >>> votes_until_shared([40, 26], [[], []], 0), votes_until_shared([40, 26], [[9], [5]], 100)
    (14, None)
    """
    (first,) = first_places(contest_points(votes, marks, weight))

    def is_alone(fallen: int) -> bool:
        left = [count - fallen * (place == first) for place, count in enumerate(votes)]
        return first_places(contest_points(left, marks, weight)) == (first,)

    # votes that fall never bring the first nearer to the others: its points go down, or theirs up
    low, high = 0, votes[first]
    if is_alone(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if is_alone(middle) else (low, middle)
    return high
