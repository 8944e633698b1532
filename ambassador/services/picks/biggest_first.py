"""The baseline of a pick: the biggest accounts, as many as the pick and under the same demands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.propagation.pick.remaining_capacity import remaining_capacity
from ambassador.services.picks.pick_demands import demands_without_ties
from ambassador.services.picks.pick_problem import PickProblem
from ambassador.values.picks.quotas import Quota


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
    if not (problem.groups or problem.apart or problem.budget is not None):
        return (*problem.must, *ranked)[:places], by_followers
    return _in_order(problem, ranked, places), by_followers


def _in_order(problem: PickProblem, ranked: Sequence[int], places: int) -> tuple[int, ...]:
    """Take whoever leaves it possible to meet all demands, to fill all places and to pay for them."""
    keys = list(dict.fromkeys((*problem.must, *ranked)))
    capacity = remaining_capacity(_demands(replace(problem, count=places), keys))
    free = keys[len(problem.must) :]
    taken = capacity.fill(np.arange(len(problem.must), len(keys)))
    return (*problem.must, *(free[place] for place in taken))


def _demands(problem: PickProblem, keys: list[int]) -> CheckedConstraints:
    """Demand the number of people too, unless that cannot be shown to go together with the rest."""
    everybody = Quota.over("", keys, at_least=problem.count)
    # twice, because pairs and money are only kept exactly where groups overlap
    full = (everybody, everybody) if problem.groups or problem.apart else (everybody,)
    try:
        return _checked(replace(problem, groups=(*problem.groups, *full)), keys)
    except InfeasibleError:
        return _checked(problem, keys)


def _checked(problem: PickProblem, keys: list[int]) -> CheckedConstraints:
    constraints, already = demands_without_ties(problem, keys)
    nobody = InfluenceNetwork.from_arrays([], [], None, len(keys) + len(already))
    return check_constraints(nobody, problem.count, constraints, already)
