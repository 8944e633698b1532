"""What is left to take while people are picked, so that all demands can still be met."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from ambassador.propagation.pick.demands import Demands

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]


class Room:
    """What is left to take: slots, money and places in groups, those who must be in already taken."""

    def __init__(self, demands: "Demands") -> None:
        self._demands = demands
        self._free = demands.available.copy()
        self.slots = demands.count
        self.money = demands.budget
        self.in_group = np.zeros(demands.at_least.size, np.int64)
        for node in demands.must.tolist():
            self.take(node)

    def take(self, node: int) -> None:
        """Take one person in."""
        self.slots -= 1
        self.money -= float(self._demands.costs[node])
        self._free[node] = False
        self._free[self._demands.partners.get(node, [])] = False
        group = self._demands.group_of[node]
        if group >= 0:
            self.in_group[group] += 1

    def can_take(self, node: int) -> bool:  # noqa: ARG002 - who is open can be taken here
        """Say whether all demands can still be met once an open ``node`` is in."""
        return True

    def needed(self, nodes: Int64Array) -> int:
        """Give the place in ``nodes`` of somebody open whom a group still needs, -1 if there is none."""
        slots = self.slots
        self.slots = min(slots, int(self.unmet().sum()))
        found = np.flatnonzero(self.open(nodes))
        self.slots = slots
        return int(found[0]) if found.size else -1

    def keep(self, nodes: Int64Array) -> None:
        """Keep in mind people who together meet all demands and are about to be taken."""

    def unmet(self) -> Int64Array:
        """How many more each group needs at least."""
        return np.maximum(self._demands.at_least - self.in_group, 0)

    def together(self, group: int, without: Iterable[int] = ()) -> int:
        """Count how many more of a group can be in together, those with fewest partners first."""
        free = (self._demands.group_of == group) & self._free
        free[list(without)] = False
        left = set(np.flatnonzero(free).tolist())
        paired = {node: left.intersection(others) for node, others in self._demands.partners.items()}
        found = len(left) - len(left.intersection(paired))
        left.intersection_update(paired)
        while left:
            node = min(left, key=lambda one: (len(paired[one] & left), one))
            left -= {node, *paired[node]}
            found += 1
        return found

    def _spares(self, node: int, unmet: Int64Array) -> bool:
        """Say whether every group can still get what it needs once ``node`` is in and its partners out."""
        gone = (node, *self._demands.partners[node])
        own = self._demands.group_of[node]
        needed = ((group, unmet[group] - (group == own)) for group in np.flatnonzero(unmet).tolist())
        return all(self.together(group, gone) >= need for group, need in needed)

    def money_kept(self) -> float:
        """Sum the cost of the cheapest people who would still meet the groups' demands."""
        return float(sum(cheapest.sum() for cheapest in self._cheapest()))

    def _cheapest(self) -> list[FloatArray]:
        found = []
        for group, unmet in enumerate(self.unmet().tolist()):
            costs = (
                self._demands.costs[self._free & (self._demands.group_of == group)] if unmet else np.empty(0)
            )
            found.append(np.sort(costs)[:unmet])
        return found

    def open(self, nodes: Int64Array) -> BoolArray:
        """Say which of ``nodes`` can be taken so that everything else can still be met."""
        if self.slots <= 0:
            return np.zeros(nodes.size, np.bool_)
        free = self._free[nodes]
        if self._demands.at_least.size == 0:
            return free & (self._demands.costs[nodes] <= self.money) if self._demands.budgeted else free
        unmet, group = self.unmet(), self._demands.group_of[nodes]
        grouped = group >= 0
        free &= ~grouped | (self.in_group[group] < self._demands.at_most[group])
        if not unmet.any():
            return free & (self._demands.costs[nodes] <= self.money * (1 + 1e-12))
        wanted = grouped & (unmet[group] > 0)
        if self.slots <= int(unmet.sum()):
            free &= wanted
        cheapest = self._cheapest()
        spared = np.array([costs.max(initial=0.0) for costs in cheapest])
        kept = sum(float(costs.sum()) for costs in cheapest)
        relief = np.where(wanted, spared[group], 0.0)
        for place in np.flatnonzero(free & np.isin(nodes, list(self._demands.partners))).tolist():
            free[place] = self._spares(int(nodes[place]), unmet)
        return free & (self._demands.costs[nodes] + kept - relief <= self.money * (1 + 1e-12))
