"""The baseline of a pick: the biggest accounts, as many as the pick and under the same demands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import islice

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.propagation.pick.demands import Demands
from ambassador.services.picks.pick_demands import demands_without_ties
from ambassador.services.picks.pick_problem import GroupLimit, PickProblem


def biggest_accounts(
    problem: PickProblem, listeners: Mapping[int, int], places: int
) -> tuple[tuple[int, ...], bool]:
    """Take the biggest accounts for as many places as the pick fills, within the same budget and demands.

    By followers where they are known of enough people, and then accounts without followers come last;
    else by listeners. Says second whether it was by followers. Somebody big is passed over only where the
    remaining places could not be filled any more.

    Examples
    --------
    >>> from ambassador.values.picks.picks import Objective
    >>> money = {"fees": {2: 90, 4: 60, 6: 10}, "budget": 100, "followers": {2: 900, 4: 500}}
    >>> problem = PickProblem(2, Objective.VIEWS, (2, 4, 6), 0, **money)
    >>> biggest_accounts(problem, {}, 2)
    ((2, 6), True)
    """
    taken = {*problem.must, *problem.already}
    candidates = [key for key in problem.candidates or tuple(listeners) if key not in taken]
    known = sum(key in problem.followers for key in candidates)
    by_followers = known >= problem.count or (known > 0 and not listeners)
    followers = problem.followers if by_followers else {}

    def size(key: int) -> tuple[float, float, float, int]:
        sizes = (followers.get(key, -1), listeners.get(key, 0), problem.values.get(key, 0.0))
        return (-sizes[0], -sizes[1], -sizes[2], key)

    ranked = sorted(candidates, key=size)
    if problem.groups or problem.apart:
        return _within_demands(problem, ranked, places), by_followers
    return _within_budget(problem, ranked, places), by_followers


def _within_budget(problem: PickProblem, ranked: Sequence[int], places: int) -> tuple[int, ...]:
    """Take them in order, keeping the money that the cheapest need for the places left."""
    if problem.budget is None:
        return (*problem.must, *ranked)[:places]
    cost = {key: problem.cost_of(key) or 0 for key in (*problem.must, *ranked)}
    cheapest = nsmallest(places + 1, ranked, key=cost.__getitem__)  # nobody dearer is ever kept money for
    taken, left = list(problem.must), problem.budget - sum(cost[key] for key in problem.must)
    for key in ranked:
        more = places - len(taken) - 1
        if more < 0:
            break
        others = (cost[one] for one in cheapest if one != key and one not in taken)
        if cost[key] + sum(islice(others, more)) <= left:
            taken.append(key)
            left -= cost[key]
    return tuple(taken)


def _within_demands(problem: PickProblem, ranked: Sequence[int], places: int) -> tuple[int, ...]:
    """Take whoever leaves it possible to meet all demands and to fill all places."""
    keys = list(dict.fromkeys((*problem.must, *ranked)))
    demands = _demands(replace(problem, count=places), keys)
    room, taken = demands.room(), list(problem.must)
    for node in range(len(problem.must), len(keys)):
        if room.slots <= 0:
            break
        if room.open(np.array([node]))[0] and room.can_take(node):
            room.take(node)
            taken.append(keys[node])
    return tuple(taken)


def _demands(problem: PickProblem, keys: list[int]) -> Demands:
    """Demand the number of people too, unless that cannot be shown to go together with the rest."""
    everybody = GroupLimit("", tuple(keys), at_least=problem.count)
    try:
        # twice, because pairs and money are only kept exactly where groups overlap
        groups = (*problem.groups, everybody, everybody)
        return demands_without_ties(replace(problem, groups=groups), keys)
    except InfeasibleError:
        return demands_without_ties(problem, keys)
