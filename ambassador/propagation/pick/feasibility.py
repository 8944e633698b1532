"""The one check of what is demanded of a pick: what contradicts itself is refused, by name.

Where overlapping quotas cannot all be met, the error lists a smallest set of demands that clash, found by
leaving out one after the other for good where the rest still clash (the deletion filter of Chinneck and
Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing 1991).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.propagation.arrays import Int32Array
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.completion import UNLIMITED, Shortage, Supply, complete
from ambassador.propagation.pick.constraints import CheckedConstraints, Constraints
from ambassador.propagation.pick.remaining_capacity import (
    OverlappingCapacity,
    RemainingCapacity,
    remaining_capacity,
)
from ambassador.values.imports.imports import Note
from ambassador.values.picks import clashes


def check_constraints(
    network: InfluenceNetwork, count: int, constraints: Constraints, already: Iterable[int] = ()
) -> CheckedConstraints:
    """Write constraints as arrays over the nodes of a network, and refuse those that nobody can meet.

    Parameters
    ----------
    count : int
        At most so many people.
    already : node numbers
        Who is in anyway: they are not picked, but count towards quotas.

    Raises
    ------
    InfeasibleError
        If the demands contradict each other; the message says which.
    BadInputError, UnknownNodeError

    Examples
    --------
    >>> from ambassador.values.picks.quotas import Quota
    >>> three = InfluenceNetwork.from_arrays([], [], None, 3)
    >>> asked = Constraints(groups=[Quota.over("Bari", [0, 1], at_least=1)], never=[0])
    >>> cheapest_feasible(check_constraints(three, 2, asked)).tolist()
    [1]
    >>> check_constraints(three, 1, Constraints(must=[0, 1]))
    Traceback (most recent call last):
    ambassador.errors.InfeasibleError: 2 people must be in, but only 1 can be.
    """
    demands = CheckedConstraints(network, count, constraints, already)
    if demands.must.size > demands.count:
        raise clashes.too_many_must(demands.must.size, demands.count)
    inside = set(demands.must.tolist())
    for one, other in constraints.exclusive:
        if one in inside and other in inside:
            raise clashes.both_must(*network.keys_of([one, other]))
    _refuse_groups(demands)
    needed = float(demands.costs[demands.must].sum())
    if needed > demands.budget:
        raise clashes.must_cost(demands.amount(needed), demands.amount(demands.budget))
    cheapest = needed + remaining_capacity(demands).money_kept()
    if cheapest > demands.budget:
        raise clashes.cheapest_cost(demands.amount(cheapest), demands.amount(demands.budget))
    return demands


def cheapest_feasible(demands: CheckedConstraints) -> Int32Array:
    """Name the fewest who meet the demands: those who must be in and the cheapest each group needs.

    Examples
    --------
    >>> from ambassador.values.picks.quotas import Quota
    >>> three = InfluenceNetwork.from_arrays([], [], None, 3)
    >>> asked = Constraints([9, 2, 1], 9.0, [Quota.over("Bari", [0, 1], at_least=1)])
    >>> cheapest_feasible(check_constraints(three, 2, asked)).tolist()
    [1]
    """
    if demands.signatures is not None:
        first = () if demands.first is None else demands.first
        return np.concatenate([demands.must, first]).astype(np.int32)
    capacity, found = RemainingCapacity(demands), demands.must.tolist()
    while capacity.unmet().any():
        missing = int(np.flatnonzero(capacity.unmet())[0])
        nodes = np.flatnonzero(demands.group_of == missing)
        nodes = nodes[capacity.open(nodes)]
        if not nodes.size:
            break
        found.append(int(nodes[np.argmin(demands.costs[nodes])]))
        capacity.take(found[-1])
    return np.array(found, np.int32)


def refuse_unmet(demands: CheckedConstraints, nodes: Int32Array) -> None:
    """Raise InfeasibleError where a group got fewer than it needs, which only pairs can bring about.

    Examples
    --------
    >>> from ambassador.values.picks.quotas import Quota
    >>> two = InfluenceNetwork.from_arrays([], [], None, 2)
    >>> demands = check_constraints(two, 2, Constraints(groups=[Quota.over("Bari", [0, 1], 2)]))
    >>> refuse_unmet(demands, np.array([0], np.int32))
    Traceback (most recent call last):
    ambassador.errors.InfeasibleError: At least 2 in Bari cannot be met together with the other demands.
    """
    for number in np.flatnonzero(demands.inside(nodes) < demands.at_least).tolist():
        raise clashes.least_unmet(demands.groups[number].name, int(demands.groups[number].at_least))


def _refuse_groups(demands: CheckedConstraints) -> None:
    capacity = remaining_capacity(demands)
    for number in range(len(demands.groups)):
        _refuse_alone(demands, number, capacity)
    if isinstance(capacity, OverlappingCapacity):
        if capacity.kept is None:
            raise smallest_clash(demands)
        demands.first = capacity.kept
    elif int(capacity.unmet().sum()) > capacity.slots:
        least = int(np.maximum(demands.at_least, capacity.in_group).sum())
        raise clashes.groups_ask(least + int((demands.group_of[demands.must] < 0).sum()), demands.count)


def _refuse_alone(demands: CheckedConstraints, number: int, capacity: RemainingCapacity) -> None:
    """Refuse what one group asks, whatever the others do."""
    group, already = demands.groups[number], int(demands.in_already[number])
    exist = int(demands.inside(np.flatnonzero(demands.available))[number]) + already
    if group.at_least > exist:
        raise clashes.too_few_exist(group.name, group.at_least, exist)
    inside = int(capacity.in_group[number])
    if demands.signatures is None:
        together = inside + capacity.together(number)
        if demands.at_least[number] > together:
            raise clashes.too_few_together(group.name, group.at_least, together + already)
    if inside > demands.at_most[number]:
        raise clashes.too_many_inside(group.name, group.at_most or 0, inside, already)


@dataclass(frozen=True)
class Demand:
    """One of the demands, of a group where it is about one."""

    about: Literal["pairs", "money", "most", "count", "least"]
    group: int = -1


def smallest_clash(demands: CheckedConstraints) -> InfeasibleError:
    """Name demands that cannot be met together, of which no one could be spared."""
    kept = list(_demands(demands))
    for one in list(kept):
        fewer = [other for other in kept if other != one]
        if not _can_be_met(demands, fewer):
            kept = fewer
    return clashes.these(clashes.listed([_told(demands, one) for one in kept]))


def _demands(demands: CheckedConstraints) -> Iterator[Demand]:
    if demands.partners:
        yield Demand("pairs")
    if demands.budgeted:
        yield Demand("money")
    for number, group in enumerate(demands.groups):
        if group.at_most is not None:
            yield Demand("most", number)
    yield Demand("count")
    for number in np.flatnonzero(demands.at_least).tolist():
        yield Demand("least", number)


def _can_be_met(demands: CheckedConstraints, some: list[Demand]) -> bool:
    least = [number for number in range(len(demands.groups)) if Demand("least", number) in some]
    most = [number for number in range(len(demands.groups)) if Demand("most", number) in some]
    inside = demands.inside(demands.must)
    missing, left = np.zeros_like(inside), np.full_like(inside, UNLIMITED)
    missing[least] = np.maximum(demands.at_least - inside, 0)[least]
    left[most] = (demands.at_most - inside)[most]
    free = demands.available.copy()
    free[demands.must] = False
    paired = Demand("pairs") in some
    for node in demands.must.tolist() if paired else ():
        free[demands.partners.get(node, [])] = False
    budgeted = Demand("money") in some
    money = demands.budget - float(demands.costs[demands.must].sum()) if budgeted else float("inf")
    slots = demands.count - demands.must.size if Demand("count") in some else UNLIMITED
    if demands.signatures is None:
        return True
    costs, partners = demands.costs if budgeted else None, demands.partners if paired else {}
    supply = Supply(demands.signatures, costs, partners, free)
    return complete(supply, Shortage(missing, left, slots, money)) is not None


def _told(demands: CheckedConstraints, one: Demand) -> Note:
    if one.group >= 0:
        group = demands.groups[one.group]
        if one.about == "least":
            return clashes.at_least(group.name, group.at_least)
        return clashes.at_most(group.name, group.at_most or 0)
    if one.about == "count":
        return clashes.in_all(demands.count)
    return clashes.within(demands.amount(demands.budget)) if one.about == "money" else clashes.pairs()
