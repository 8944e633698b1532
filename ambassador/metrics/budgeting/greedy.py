"""The budget spent from the top of a list down: by votes, or by votes for the money."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

Order = Callable[[int, int, int], tuple[Any, ...]]
"""How an idea is ranked by its cost, its votes and its place in the list: the smallest comes first."""


@dataclass(frozen=True, slots=True)
class IdeaTie:
    """Two ideas nothing but their order in the list told apart, one of them built and one not."""

    built: int
    left: int


@dataclass(frozen=True, slots=True)
class BuiltIdeas:
    """What is built, in the order it was decided, and the ties that were decided by the list alone."""

    built: tuple[int, ...]
    ties: tuple[IdeaTie, ...] = ()


def votes_first(cost: int, votes: int, place: int) -> tuple[Any, ...]:
    """Rank by votes; of equally many the cheaper comes first, then the one listed first.

    Examples
    --------
    >>> votes_first(100, 5, 0) < votes_first(10, 4, 1)
    True
    """
    return (-votes, cost, place)


def votes_per_cost_first(cost: int, votes: int, place: int) -> tuple[Any, ...]:
    """Rank by votes for each unit of money, exactly; of equals the one with more votes, then as listed.

    Examples
    --------
    >>> votes_per_cost_first(10, 4, 1) < votes_per_cost_first(100, 5, 0) < votes_per_cost_first(100, 0, 0)
    True
    """
    per_cost = Fraction(votes, cost) if cost else None
    return (per_cost is not None, -(per_cost or 0), -votes, place)


def by_votes(costs: Sequence[int], votes: Sequence[int], budget: int) -> BuiltIdeas:
    """
    Build the idea with the most votes, then the next that the rest of the budget pays, and so on.

    Parameters
    ----------
    costs : sequence of int
        In minor units of one currency, not negative.
    votes : sequence of int
        Of as many ideas; what nobody voted for is never built.
    budget : int
        In the same units.

    Returns
    -------
    BuiltIdeas
        Numbers of ideas by their place in ``costs``.

    Notes
    -----
    The rule most cities use ("knapsack voting"; Peters, Pierczyński, Skowron 2021, arXiv 2008.13276,
    section 1). It need not represent a minority of any size.

    Examples
    --------
    >>> by_votes([600, 500, 400], [9, 8, 7], 1_000).built
    (0, 2)
    """
    return spend(costs, votes, budget, votes_first)


def by_votes_per_cost(costs: Sequence[int], votes: Sequence[int], budget: int) -> BuiltIdeas:
    """
    Build the idea with the most votes for the money, then the next the rest of the budget pays.

    Parameters and result are those of ``by_votes``; fractions are compared exactly.

    Examples
    --------
    >>> by_votes_per_cost([600, 500, 400], [9, 8, 7], 1_000).built
    (2, 1)
    """
    return spend(costs, votes, budget, votes_per_cost_first)


def spend(
    costs: Sequence[int], votes: Sequence[int], budget: int, order: Order, built: Sequence[int] = ()
) -> BuiltIdeas:
    """
    Go down a ranking and build whatever the rest of the budget pays; what is ``built`` already stays.

    Examples
    --------
    >>> spend([3, 4], [1, 2], 5, votes_first, built=(0,)).built
    (0,)
    """
    chosen, left = list(built), budget - sum(costs[idea] for idea in built)
    wanted = [idea for idea in range(len(costs)) if votes[idea] and idea not in set(built)]
    for idea in sorted(wanted, key=lambda idea: order(costs[idea], votes[idea], idea)):
        if costs[idea] <= left:
            chosen.append(idea)
            left -= costs[idea]
    return BuiltIdeas(tuple(chosen), _ties(chosen[len(built) :], wanted, costs, votes, order))


def _ties(
    taken: Sequence[int], wanted: Sequence[int], costs: Sequence[int], votes: Sequence[int], order: Order
) -> tuple[IdeaTie, ...]:
    """Pair each idea taken with those left out that only their place in the list put behind it."""
    left_out = [idea for idea in wanted if idea not in set(taken)]
    return tuple(
        IdeaTie(one, other)
        for one in taken
        for other in left_out
        if order(costs[one], votes[one], 0) == order(costs[other], votes[other], 0)
    )


def votes_until_out(
    costs: Sequence[int],
    votes: Sequence[int],
    budget: int,
    idea: int,
    rule: Callable[[Sequence[int], Sequence[int], int], BuiltIdeas],
) -> int:
    """
    Count how many votes for a built idea must fall until it is built no more.

    Parameters
    ----------
    costs, votes, budget
        As for ``by_votes``.
    idea : int
        One that the rule builds.
    rule : callable
        ``by_votes`` or ``by_votes_per_cost``: with fewer votes an idea never does better under either, so
        that the number is found by halving.

    Returns
    -------
    int
        From 1 to all of its votes.

    Examples
    --------
    >>> votes_until_out([600, 500, 400], [11, 8, 7], 1_000, 0, by_votes)
    3
    """
    low, high = 0, votes[idea]  # built with so many fewer; not built with so many fewer
    while high - low > 1:
        middle = (low + high) // 2
        fewer = [count - middle * (place == idea) for place, count in enumerate(votes)]
        if idea in rule(costs, fewer, budget).built:
            low = middle
        else:
            high = middle
    return high


def unrepresented(supporters: Sequence[npt.NDArray[np.int64]], built: Collection[int], voters: int) -> int:
    """
    Count the voters none of whose ideas is built.

    Parameters
    ----------
    supporters : sequence of ndarray of int
        Of each idea the numbers of those who voted for it, from 0 to ``voters - 1``.
    built : collection of int
    voters : int

    Examples
    --------
    >>> unrepresented([np.array([0, 1]), np.array([1, 2])], [0], 3)
    1
    """
    has_one = np.zeros(voters, np.bool_)
    for idea in built:
        has_one[supporters[idea]] = True
    return voters - int(np.count_nonzero(has_one))
