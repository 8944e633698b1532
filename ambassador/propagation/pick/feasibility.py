"""Demands that contradict each other, refused by name."""

from typing import TYPE_CHECKING

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.constraints import Constraints, Group
from ambassador.propagation.pick.infeasible_subset import clash_of
from ambassador.propagation.pick.overlapping_capacity import QuotaRoom
from ambassador.propagation.pick.remaining_capacity import Room

if TYPE_CHECKING:
    from ambassador.propagation.pick.demands import Demands


def refuse_impossible(demands: "Demands", network: InfluenceNetwork, constraints: Constraints) -> None:
    """Raise InfeasibleError where the demands contradict each other, by name."""
    if demands.must.size > demands.count:
        raise InfeasibleError(
            "{must} people must be in, but only {count} can be.", must=demands.must.size, count=demands.count
        )
    inside = set(demands.must.tolist())
    for one, other in constraints.exclusive:
        if one in inside and other in inside:
            keys = network.keys_of([one, other])
            raise InfeasibleError(
                "{one} and {other} must both be in and exclude each other.", one=keys[0], other=keys[1]
            )
    _refuse_groups(demands)
    needed = float(demands.costs[demands.must].sum())
    if needed > demands.budget:
        raise InfeasibleError(
            "Those who must be in cost {cost}; the budget is {budget}.", cost=needed, budget=demands.budget
        )
    cheapest = needed + demands.room().money_kept()
    if cheapest > demands.budget:
        raise InfeasibleError(
            "The cheapest people who meet the demands cost {cost}; the budget is {budget}.",
            cost=cheapest,
            budget=demands.budget,
        )


def _refuse_groups(demands: "Demands") -> None:
    room = demands.room()
    for number, group in enumerate(demands.groups):
        _refuse_alone(demands, number, group, room)
    if isinstance(room, QuotaRoom):
        if room.kept is None:
            raise clash_of(demands)
        demands.first = room.kept
    elif int(room.unmet().sum()) > room.slots:
        least = int(np.maximum(demands.at_least, room.in_group).sum())
        least += int((demands.group_of[demands.must] < 0).sum())
        raise InfeasibleError(
            "The groups ask for {least} people; {count} can be.", least=least, count=demands.count
        )


def _refuse_alone(demands: "Demands", number: int, group: Group, room: Room) -> None:
    """Refuse what one group asks, whatever the others do."""
    exist = int(demands.inside(np.flatnonzero(demands.available))[number] + demands.in_already[number])
    values = {"name": group.name, "least": group.at_least, "most": group.at_most, "exist": exist}
    if group.at_most is not None and group.at_least > group.at_most:
        raise InfeasibleError("At least {least} and at most {most} in {name}.", **values)
    if group.at_least > exist:
        raise InfeasibleError("At least {least} in {name}: {exist} exist.", **values)
    if demands.kinds is None:
        together = int(room.in_group[number]) + room.together(number)
        if demands.at_least[number] > together:
            raise InfeasibleError(
                "At least {least} in {name}: {together} can be in together, the others exclude them.",
                together=together + int(demands.in_already[number]),
                **values,
            )
    inside = int(room.in_group[number])
    if inside > demands.at_most[number] and not demands.in_already[number]:
        raise InfeasibleError("More than {most} of those who must be in are in {name}.", **values)
    if inside > demands.at_most[number]:
        raise InfeasibleError(
            "At most {most} in {name}: {inside} must be in or are in already.",
            inside=inside + int(demands.in_already[number]),
            **values,
        )
