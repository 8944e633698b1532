"""What a pick must respect: how many, at what cost, who must or must not be in, how many per group."""

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.propagation.network import InfluenceNetwork

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]
Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Group:
    """People of one kind (a city, a tier, a language): at least and at most so many of them."""

    name: str
    nodes: Sequence[int] | npt.NDArray[np.integer]
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True)
class Constraints:
    """What the user demands besides the number of devices.

    Attributes
    ----------
    costs : array of float, shape (node_count,), optional
        Fee of each person; NaN is unknown, and who has no known fee is left out of a budgeted pick.
    budget : float, optional
        Most the fees may sum to; fees without a budget change nothing.
    groups : sequence of Group
        Groups do not overlap.
    must, never : node numbers
        Who has to be in, who may not.
    exclusive : pairs of node numbers
        At most one of each pair.
    """

    costs: npt.ArrayLike | None = None
    budget: float | None = None
    groups: Sequence[Group] = ()
    must: Sequence[int] | npt.NDArray[np.integer] = ()
    never: Sequence[int] | npt.NDArray[np.integer] = ()
    exclusive: Sequence[tuple[int, int]] = ()


class Demands:
    """Constraints checked against a network and written as arrays over nodes."""

    def __init__(
        self, network: InfluenceNetwork, count: int, constraints: Constraints, already: Iterable[int] = ()
    ) -> None:
        if count < 0 or count != int(count):
            raise InfeasibleError("{count} people cannot be picked.", count=count)
        self.count = int(count)
        self.must = network.checked_nodes(constraints.must)
        self.already = network.checked_nodes(already)
        self.available = np.ones(network.node_count, np.bool_)
        self.available[network.checked_nodes(np.unique(np.asarray(constraints.never, dtype=np.int64)))] = (
            False
        )
        if not self.available[self.must].all():
            both = int(self.must[~self.available[self.must]][0])
            raise InfeasibleError("{node} must be in and must not be in.", node=network.keys_of([both])[0])
        self.available[self.already] = False
        self.must = self.must[self.available[self.must]]
        self._set_money(network, constraints)
        self._set_groups(network, constraints.groups)
        self.partners = _partners(network, constraints.exclusive)
        self._part_from_those_in(network)
        self._refuse_impossible(network, constraints)

    @property
    def only_counted(self) -> bool:
        """Say whether nothing but the number of people, must and never restricts the choice."""
        return not self.budgeted and self.at_most.size == 0 and not self.partners

    def of(self, count: int) -> "Demands":
        """Give the same demands for another number of people."""
        other = copy(self)
        other.count = count
        return other

    def least(self) -> Int32Array:
        """Give the fewest who meet the demands: those who must be in and the cheapest each group needs."""
        room, found = Room(self), self.must.tolist()
        while room.unmet().any():
            missing = int(np.flatnonzero(room.unmet())[0])
            nodes = np.flatnonzero(self.group_of == missing)
            nodes = nodes[room.open(nodes)]
            if not nodes.size:
                break
            found.append(int(nodes[np.argmin(self.costs[nodes])]))
            room.take(found[-1])
        return np.array(found, np.int32)

    def refuse_unmet(self, nodes: Int32Array) -> None:
        """Raise InfeasibleError where a group got fewer than it needs, which only pairs can bring about."""
        inside = np.bincount(self.group_of[nodes][self.group_of[nodes] >= 0], minlength=self.at_least.size)
        for number in np.flatnonzero(inside < self.at_least).tolist():
            raise InfeasibleError(
                "At least {least} in {name} cannot be met together with the other demands.",
                least=int(self.at_least[number]),
                name=self.group_names[number],
            )

    def _part_from_those_in(self, network: InfluenceNetwork) -> None:
        """Leave out who excludes somebody who is in already."""
        for node in self.already.tolist():
            for other in self.partners.get(node, ()):
                if other in self.must:
                    one, there = network.keys_of([other, node])
                    raise InfeasibleError(
                        "{one} must be in, but excludes {other}, who is in already.", one=one, other=there
                    )
                self.available[other] = False

    def _set_money(self, network: InfluenceNetwork, constraints: Constraints) -> None:
        self.budget = float("inf") if constraints.budget is None else float(constraints.budget)
        self.budgeted = constraints.budget is not None and constraints.costs is not None
        self.costs = np.zeros(network.node_count)
        if constraints.budget is not None and constraints.costs is None:
            raise BadInputError("There is a budget of {budget}, but no fees.", budget=constraints.budget)
        if not self.budgeted:
            return
        self.costs = np.asarray(constraints.costs, dtype=np.float64)
        if self.costs.shape != (network.node_count,):
            raise InfeasibleError(
                "{given} fees for {nodes} people.", given=self.costs.size, nodes=network.node_count
            )
        if (self.costs < 0).any() or not self.budget >= 0:
            raise InfeasibleError("Fees and budget cannot be negative.")
        unknown = np.isnan(self.costs)
        if unknown[self.must].any():
            node = int(self.must[unknown[self.must]][0])
            raise InfeasibleError(
                "{node} must be in, but their fee is not known.", node=network.keys_of([node])[0]
            )
        self.available &= ~unknown & (self.costs <= self.budget)
        self.available[self.must] = True

    def _set_groups(self, network: InfluenceNetwork, groups: Sequence[Group]) -> None:
        nowhere = np.full(network.node_count if groups else 1, -1, np.int32)
        self.group_of = nowhere if groups else np.broadcast_to(nowhere, network.node_count)
        self.group_names = [group.name for group in groups]
        for number, group in enumerate(groups):
            nodes = network.checked_nodes(np.asarray(group.nodes, dtype=np.int64))
            taken = self.group_of[nodes]
            if (taken >= 0).any():
                other = self.group_names[int(taken[taken >= 0][0])]
                raise InfeasibleError("'{one}' and '{other}' overlap.", one=group.name, other=other)
            self.group_of[nodes] = number
        self.at_least = np.array([group.at_least for group in groups], dtype=np.int64)
        unlimited = self.count + int(self.at_least.sum())
        most = [unlimited if group.at_most is None else group.at_most for group in groups]
        self.at_most = np.array(most, dtype=np.int64)

    def _refuse_impossible(self, network: InfluenceNetwork, constraints: Constraints) -> None:
        if self.must.size > self.count:
            raise InfeasibleError(
                "{must} people must be in, but only {count} can be.", must=self.must.size, count=self.count
            )
        inside = set(self.must.tolist())
        for one, other in constraints.exclusive:
            if one in inside and other in inside:
                keys = network.keys_of([one, other])
                raise InfeasibleError(
                    "{one} and {other} must both be in and exclude each other.", one=keys[0], other=keys[1]
                )
        self._refuse_groups()
        needed = float(self.costs[self.must].sum())
        if needed > self.budget:
            raise InfeasibleError(
                "Those who must be in cost {cost}; the budget is {budget}.", cost=needed, budget=self.budget
            )
        cheapest = needed + Room(self).money_kept()
        if cheapest > self.budget:
            raise InfeasibleError(
                "The cheapest people who meet the demands cost {cost}; the budget is {budget}.",
                cost=cheapest,
                budget=self.budget,
            )

    def _refuse_groups(self) -> None:
        room = Room(self)
        for number, name in enumerate(self.group_names):
            least, most = int(self.at_least[number]), int(self.at_most[number])
            exist = int(np.count_nonzero((self.group_of == number) & self.available))
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
            least = int(np.maximum(self.at_least, room.in_group).sum()) + int(
                (self.group_of[self.must] < 0).sum()
            )
            raise InfeasibleError(
                "The groups ask for {least} people; {count} can be.", least=least, count=self.count
            )


class Room:
    """What is left to take: slots, money and places in groups, those who must be in already taken."""

    def __init__(self, demands: Demands) -> None:
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


def _partners(network: InfluenceNetwork, pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    partners: dict[int, list[int]] = {}
    for one, other in pairs:
        network.checked_nodes([one, other])
        partners.setdefault(int(one), []).append(int(other))
        partners.setdefault(int(other), []).append(int(one))
    return partners
