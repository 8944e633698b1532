"""What a pick must respect, checked against a network and written as arrays over nodes."""

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.constraints import Constraints, Group, refuse_unusable
from ambassador.propagation.pick.feasibility import refuse_impossible
from ambassador.propagation.pick.group_signatures import Kinds, kinds_of
from ambassador.propagation.pick.overlapping_capacity import QuotaRoom
from ambassador.propagation.pick.remaining_capacity import Room

BoolArray = npt.NDArray[np.bool_]
Int32Array = npt.NDArray[np.int32]
Int64Array = npt.NDArray[np.int64]


class Demands:
    """Constraints checked against a network and written as arrays over nodes.

    Where no two groups overlap, ``group_of`` says in which each node is (-1: in none); where some do,
    ``kinds`` says in which, and ``first`` are people who together meet all demands.
    """

    kinds: Kinds | None = None
    first: Int64Array | None = None

    def __init__(
        self, network: InfluenceNetwork, count: int, constraints: Constraints, already: Iterable[int] = ()
    ) -> None:
        if not (count >= 0 and float(count).is_integer()):
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
        self.partners = _partners(network, constraints.exclusive)
        self._set_groups(network, constraints.groups)
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

    def room(self) -> Room:
        """Give the room there is before anybody is picked, those who must be in already taken."""
        return Room(self) if self.kinds is None else QuotaRoom(self, self.kinds)

    def inside(self, nodes: npt.NDArray[np.integer]) -> Int64Array:
        """Count how many of some nodes are in each group."""
        if self.kinds is not None:
            return self.kinds.count(nodes)
        group = self.group_of[nodes]
        return np.bincount(group[group >= 0], minlength=self.at_least.size)

    def grouped(self) -> BoolArray:
        """Say who is in some group."""
        return self.group_of >= 0 if self.kinds is None else self.kinds.of > 0

    def least(self) -> Int32Array:
        """Give the fewest who meet the demands: those who must be in and the cheapest each group needs."""
        if self.kinds is not None:
            first = () if self.first is None else self.first
            return np.concatenate([self.must, first]).astype(np.int32)
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
        for number in np.flatnonzero(self.inside(nodes) < self.at_least).tolist():
            raise InfeasibleError(
                "At least {least} in {name} cannot be met together with the other demands.",
                least=int(self.groups[number].at_least),
                name=self.groups[number].name,
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
        """Write the groups as arrays; who is in already counts towards them."""
        refuse_unusable(groups)
        self.groups = tuple(groups)
        members = [network.checked_nodes(np.asarray(group.nodes, dtype=np.int64)) for group in groups]
        self.in_already = np.array([np.isin(nodes, self.already).sum() for nodes in members], np.int64)
        least = np.array([group.at_least for group in groups], np.int64)
        self.at_least = np.maximum(least - self.in_already, 0)
        unlimited = self.count + int(least.sum())
        most = [unlimited if group.at_most is None else int(group.at_most) for group in groups]
        self.at_most = np.maximum(np.array(most, np.int64) - self.in_already, 0)
        self.at_most[[group.at_most is None for group in groups]] = unlimited
        nowhere = np.full(network.node_count if groups else 1, -1, np.int32)
        self.group_of = nowhere if groups else np.broadcast_to(nowhere, network.node_count)
        if members and np.unique(np.concatenate(members)).size < sum(nodes.size for nodes in members):
            self.kinds = kinds_of(members, self.costs, list(self.partners))
            return
        for number, nodes in enumerate(members):
            self.group_of[nodes] = number


def _partners(network: InfluenceNetwork, pairs: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    partners: dict[int, list[int]] = {}
    for one, other in pairs:
        network.checked_nodes([one, other])
        partners.setdefault(int(one), []).append(int(other))
        partners.setdefault(int(other), []).append(int(one))
    return partners
