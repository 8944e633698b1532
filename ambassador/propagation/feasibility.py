"""Demands that contradict each other, refused by name."""

from typing import TYPE_CHECKING

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.propagation.constraints import Constraints
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.room import Room

if TYPE_CHECKING:
    from ambassador.propagation.demands import Demands


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
    cheapest = needed + Room(demands).money_kept()
    if cheapest > demands.budget:
        raise InfeasibleError(
            "The cheapest people who meet the demands cost {cost}; the budget is {budget}.",
            cost=cheapest,
            budget=demands.budget,
        )


def _refuse_groups(demands: "Demands") -> None:
    room = Room(demands)
    for number, name in enumerate(demands.group_names):
        least, most = int(demands.at_least[number]), int(demands.at_most[number])
        exist = int(np.count_nonzero((demands.group_of == number) & demands.available))
        values = {"name": name, "least": least, "most": most, "exist": exist}
        if least > most:
            raise InfeasibleError("At least {least} and at most {most} in {name}.", **values)
        if least > exist:
            raise InfeasibleError("At least {least} in {name}: {exist} exist.", **values)
        together = int(room.in_group[number]) + room.together(number)
        if least > together:
            raise InfeasibleError(
                "At least {least} in {name}: {together} can be in together, the others exclude them.",
                together=together,
                **values,
            )
        if int(room.in_group[number]) > most:
            raise InfeasibleError("More than {most} of those who must be in are in {name}.", **values)
    if int(room.unmet().sum()) > room.slots:
        least = int(np.maximum(demands.at_least, room.in_group).sum()) + int(
            (demands.group_of[demands.must] < 0).sum()
        )
        raise InfeasibleError(
            "The groups ask for {least} people; {count} can be.", least=least, count=demands.count
        )
