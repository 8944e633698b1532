"""What is left to take while people are picked, so that all demands can still be met.

Where groups overlap, people who would end every shortage are always kept in mind.
"""

from collections.abc import Iterable

import numpy as np

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.pick.completion import TOLERANCE, Shortage, Supply, complete
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.group_signatures import GroupSignatures

# How often the solver is asked within one pick whether somebody can be taken; then only easy cases are.
MOST_SOLVED = 40


def remaining_capacity(demands: CheckedConstraints) -> "RemainingCapacity":
    """Say what can be taken before anybody is picked, those who must be in already taken.

    Examples
    --------
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> from ambassador.propagation.pick.constraints import Constraints
    >>> from ambassador.propagation.pick.feasibility import check_constraints
    >>> four = InfluenceNetwork.from_arrays([], [], None, 4)
    >>> demands = check_constraints(four, 2, Constraints([6, 5, 1, 1], 7.0, must=[2]))
    >>> capacity = remaining_capacity(demands)
    >>> capacity.slots, capacity.money, capacity.open(np.arange(4)).tolist()
    (1, 6.0, [True, True, False, True])
    """
    if demands.signatures is None:
        return RemainingCapacity(demands)
    return OverlappingCapacity(demands, demands.signatures)


class RemainingCapacity:
    """What is left to take: slots, money and places in groups, those who must be in already taken."""

    def __init__(self, demands: CheckedConstraints) -> None:
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
        """Whether all demands can still be met once an open ``node`` is in."""
        return True

    def needed(self, nodes: Int64Array) -> int:
        """Place in ``nodes`` of somebody open whom a group still needs, -1 if there is none."""
        slots = self.slots
        self.slots = min(slots, int(self.unmet().sum()))
        found = np.flatnonzero(self.open(nodes))
        self.slots = slots
        return int(found[0]) if found.size else -1

    def keep(self, nodes: Int64Array) -> None:
        """Keep in mind people who together meet all demands and are about to be taken."""

    def fill(self, nodes: Int64Array) -> list[int]:
        """Take whoever can be taken, in the order given, until all places are filled; give their places."""
        taken, left = list[int](), np.arange(nodes.size)
        while self.slots > 0 and left.size:
            for place in left[self.open(nodes[left])].tolist():
                node = int(nodes[place])
                # what could not be taken a moment ago may have closed it
                if self.open(nodes[place : place + 1])[0] and self.can_take(node):
                    self.take(node)
                    taken.append(place)
                    left = left[left > place]
                    break
            else:
                break
        return taken

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
        """Whether every group can still get what it needs once ``node`` is in and its partners out."""
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
            return free & (self._demands.costs[nodes] <= self.money * (1 + TOLERANCE))
        wanted = grouped & (unmet[group] > 0)
        if self.slots <= int(unmet.sum()):
            free &= wanted
        cheapest = self._cheapest()
        spared = np.array([costs.max(initial=0.0) for costs in cheapest])
        kept = sum(float(costs.sum()) for costs in cheapest)
        relief = np.where(wanted, spared[group], 0.0)
        for place in np.flatnonzero(free & np.isin(nodes, list(self._demands.partners))).tolist():
            free[place] = self._spares(int(nodes[place]), unmet)
        return free & (self._demands.costs[nodes] + kept - relief <= self.money * (1 + TOLERANCE))


class OverlappingCapacity(RemainingCapacity):
    """What is left under quotas that overlap.

    ``kept`` are people who, taken now, would meet all demands. Somebody can be taken if the kept can be
    mended with them in: by leaving out whom they make needless, by one exchange, or else by asking the
    solver. Who could not be taken once cannot later, nor can others of that kind who cost as much.
    """

    def __init__(self, demands: CheckedConstraints, signatures: GroupSignatures) -> None:
        self._signatures = signatures
        self.kept: Int64Array | None = None
        self._mended: tuple[int, Int64Array] | None = None
        self._too_dear = np.full(self._signatures.inside.shape[0], np.inf)
        self._solved = 0
        super().__init__(demands)
        self._close_full(np.ones(demands.at_most.size, np.bool_))
        first = demands.first
        stands = first is not None and bool(self._free[first].all()) and self._ends(first, self._after(None))
        self.kept = first if stands else self._completed(None)

    def take(self, node: int) -> None:
        """Take one person in, and mend whom is kept in mind."""
        if self.kept is not None and (self._mended is None or self._mended[0] != node):
            self.can_take(node)
        self.slots -= 1
        self.money -= float(self._demands.costs[node])
        self._free[node] = False
        self._free[self._demands.partners.get(node, [])] = False
        inside = self._signatures.inside[self._signatures.of[node]]
        self.in_group += inside
        self._close_full(inside)
        if self.kept is not None:
            self.kept = self._mended[1] if self._mended and self._mended[0] == node else None
        self._mended = None

    def _close_full(self, looked_at: BoolArray) -> None:
        full = looked_at & (self.in_group >= self._demands.at_most)
        if full.any():
            closed = self._signatures.inside @ full
            self._free &= ~closed[self._signatures.of]

    def money_kept(self) -> float:
        """Sum the cost of the people kept in mind."""
        return 0.0 if self.kept is None else float(self._demands.costs[self.kept].sum())

    def open(self, nodes: Int64Array) -> BoolArray:
        """Say which of ``nodes`` may be taken as far as one sees at once; ``can_take`` makes sure."""
        if self.slots <= 0 or (self.kept is None and self.unmet().any()):
            return np.zeros(nodes.size, np.bool_)
        costs = self._demands.costs[nodes]
        free = self._free[nodes] & (costs <= self.money * (1 + TOLERANCE))
        return free & (costs < self._too_dear[self._signatures.of[nodes]]) if self.unmet().any() else free

    def can_take(self, node: int) -> bool:
        """Whether all demands can still be met once ``node`` is in."""
        mended = self._mend(node)
        self._mended = None if mended is None else (node, mended)
        if mended is None:
            kind = self._signatures.of[node]
            self._too_dear[kind] = min(self._too_dear[kind], self._demands.costs[node])
        return mended is not None

    def needed(self, nodes: Int64Array) -> int:
        """Place in ``nodes`` of somebody kept in mind, -1 if there is none."""
        found = np.flatnonzero(np.isin(nodes, self.kept)) if self.kept is not None else np.empty(0, np.int64)
        return int(found[0]) if found.size else -1

    def keep(self, nodes: Int64Array) -> None:
        """Keep in mind people who together meet all demands and are about to be taken."""
        self.kept = nodes

    def _mend(self, node: int) -> Int64Array | None:
        if not self.unmet().any():
            return np.empty(0, np.int64)
        if self.kept is None:
            return None
        after = self._after(node)
        stay = self.kept[self.kept != node]
        stay = stay[~np.isin(stay, self._demands.partners.get(node, []))]
        for leaves in (-1, *range(stay.size)):
            tried = stay if leaves < 0 else np.delete(stay, leaves)
            if self._ends(tried, after):
                return self._without_needless(tried, after)
        return self._completed(node)

    def _after(self, node: int | None) -> Shortage:
        """Count what is missing once ``node`` is in."""
        demands = self._demands
        slack = TOLERANCE * demands.budget
        inside = (
            self.in_group
            if node is None
            else self.in_group + self._signatures.inside[self._signatures.of[node]]
        )
        return Shortage(
            np.maximum(demands.at_least - inside, 0),
            demands.at_most - inside,
            self.slots - (node is not None),
            self.money + slack - (0.0 if node is None else float(demands.costs[node])),
        )

    def _ends(self, nodes: Int64Array, shortage: Shortage) -> bool:
        count = self._signatures.count(nodes)
        fits = (count >= shortage.least).all() and (count <= shortage.most).all()
        payable = float(self._demands.costs[nodes].sum()) <= shortage.money
        return bool(fits and payable and nodes.size <= shortage.slots)

    def _without_needless(self, nodes: Int64Array, shortage: Shortage) -> Int64Array:
        """Leave out, the dearest first, whom no group needs."""
        count, stays = self._signatures.count(nodes), np.ones(nodes.size, np.bool_)
        for place in np.argsort(-self._demands.costs[nodes], kind="stable").tolist():
            fewer = count - self._signatures.inside[self._signatures.of[nodes[place]]]
            if (fewer >= shortage.least).all():
                count, stays[place] = fewer, False
        return nodes[stays]

    def _completed(self, node: int | None) -> Int64Array | None:
        """Ask the solver for people to keep in mind once ``node`` is in."""
        if node is not None:
            self._solved += 1
            if self._solved > MOST_SOLVED:
                return None
        demands, free = self._demands, self._free.copy()
        gone: Iterable[int] = () if node is None else (node, *demands.partners.get(node, ()))
        free[list(gone)] = False
        costs = demands.costs if demands.budgeted else None
        supply = Supply(self._signatures, costs, demands.partners, free)
        return complete(supply, self._after(node), prove=node is None)
