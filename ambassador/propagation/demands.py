"""What a pick must respect, checked against a network and written as arrays over nodes."""

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.propagation.constraints import Constraints, Group
from ambassador.propagation.feasibility import refuse_impossible
from ambassador.propagation.network import InfluenceNetwork
from ambassador.propagation.room import Room

Int32Array = npt.NDArray[np.int32]


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
        refuse_impossible(self, network, constraints)

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


def _partners(network: InfluenceNetwork, pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    partners: dict[int, list[int]] = {}
    for one, other in pairs:
        network.checked_nodes([one, other])
        partners.setdefault(int(one), []).append(int(other))
        partners.setdefault(int(other), []).append(int(one))
    return partners
