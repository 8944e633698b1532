"""What a pick must respect: as a user demands it, and the same as arrays over a network's nodes."""

from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ambassador.errors import BadInputError, InfeasibleError
from ambassador.propagation.arrays import BoolArray, Int64Array
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.group_signatures import GroupSignatures, group_signatures
from ambassador.values.picks import clashes
from ambassador.values.picks.quotas import Quota, check_quota


@dataclass(frozen=True)
class Constraints:
    """What the user demands besides the number of devices.

    Attributes
    ----------
    costs : array of float, shape (node_count,), optional
        Fee of each person; NaN is unknown, and who has no known fee is left out of a budgeted pick.
    budget : float, optional
        Most the fees may sum to; fees without a budget change nothing.
    groups : sequence of Quota
        They may overlap: a city, a tier and a topic are three groups somebody can be in.
    must, never : node numbers
        Who has to be in, who may not.
    exclusive : pairs of node numbers
        At most one of each pair.
    amount : callable, optional
        How an amount of money is written in an error: costs may be in cents. A bare number unless said.
    """

    costs: npt.ArrayLike | None = None
    budget: float | None = None
    groups: Sequence[Quota] = ()
    must: Sequence[int] | npt.NDArray[np.integer] = ()
    never: Sequence[int] | npt.NDArray[np.integer] = ()
    exclusive: Sequence[tuple[int, int]] = ()
    amount: Callable[[float], object] = float


class CheckedConstraints:
    """Constraints as arrays over the nodes of a network; ``feasibility.check_constraints`` makes them.

    Where no two groups overlap, ``group_of`` says in which each node is (-1: in none); where some do,
    ``signatures`` says in which, and ``first`` are people who together meet all demands.
    """

    signatures: GroupSignatures | None = None
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
            raise clashes.must_and_never(network.keys_of([both])[0])
        self.available[self.already] = False
        self.must = self.must[self.available[self.must]]
        self._set_money(network, constraints)
        self.partners = _partners(network, constraints.exclusive)
        self._set_groups(network, constraints.groups)
        self._part_from_those_in(network)

    @property
    def only_counted(self) -> bool:
        """Whether nothing but the number of people, must and never restricts the choice."""
        return not self.budgeted and self.at_most.size == 0 and not self.partners

    def of(self, count: int) -> "CheckedConstraints":
        """Keep the demands for another number of people."""
        other = copy(self)
        other.count = count
        return other

    def inside(self, nodes: npt.NDArray[np.integer]) -> Int64Array:
        """Count how many of some nodes are in each group."""
        if self.signatures is not None:
            return self.signatures.count(nodes)
        group = self.group_of[nodes]
        return np.bincount(group[group >= 0], minlength=self.at_least.size)

    def grouped(self) -> BoolArray:
        """Mark who is in some group."""
        return self.group_of >= 0 if self.signatures is None else self.signatures.of > 0

    def _part_from_those_in(self, network: InfluenceNetwork) -> None:
        """Leave out who excludes somebody who is in already."""
        for node in self.already.tolist():
            for other in self.partners.get(node, ()):
                if other in self.must:
                    one, there = network.keys_of([other, node])
                    raise clashes.excludes_one_in(one, there)
                self.available[other] = False

    def _set_money(self, network: InfluenceNetwork, constraints: Constraints) -> None:
        self.amount = constraints.amount
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
            raise clashes.fee_unknown(network.keys_of([node])[0])
        self.available &= ~unknown & (self.costs <= self.budget)
        self.available[self.must] = True

    def _set_groups(self, network: InfluenceNetwork, groups: Sequence[Quota]) -> None:
        """Write the groups as arrays; who is in already counts towards them."""
        for group in groups:
            check_quota(group)
        self.groups = tuple(groups)
        members = [network.checked_nodes(np.asarray(group.members, dtype=np.int64)) for group in groups]
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
            self.signatures = group_signatures(members, self.costs, list(self.partners))
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
