"""What is left to take where groups overlap: people who would end every shortage are always kept in mind."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from ambassador.propagation.pick.completion import TOLERANCE, Shortage, Supply, complete
from ambassador.propagation.pick.group_signatures import Kinds
from ambassador.propagation.pick.remaining_capacity import Room

if TYPE_CHECKING:
    from ambassador.propagation.pick.demands import Demands

BoolArray = npt.NDArray[np.bool_]
Int64Array = npt.NDArray[np.int64]

MOST_SOLVED = 40
"""How often one room asks the solver whether somebody can be taken; then only easy cases are."""


class QuotaRoom(Room):
    """Room under quotas that overlap.

    ``kept`` are people who, taken now, would meet all demands. Somebody can be taken if the kept can be
    mended with them in: by leaving out whom they make needless, by one exchange, or else by asking the
    solver. Who could not be taken once cannot later, nor can others of that kind who cost as much.
    """

    def __init__(self, demands: "Demands", kinds: Kinds) -> None:
        self._kinds = kinds
        self.kept: Int64Array | None = None
        self._mended: tuple[int, Int64Array] | None = None
        self._too_dear = np.full(self._kinds.inside.shape[0], np.inf)
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
        inside = self._kinds.inside[self._kinds.of[node]]
        self.in_group += inside
        self._close_full(inside)
        if self.kept is not None:
            self.kept = self._mended[1] if self._mended and self._mended[0] == node else None
        self._mended = None

    def _close_full(self, looked_at: BoolArray) -> None:
        full = looked_at & (self.in_group >= self._demands.at_most)
        if full.any():
            closed = self._kinds.inside @ full
            self._free &= ~closed[self._kinds.of]

    def money_kept(self) -> float:
        """Sum the cost of the people kept in mind."""
        return 0.0 if self.kept is None else float(self._demands.costs[self.kept].sum())

    def open(self, nodes: Int64Array) -> BoolArray:
        """Say which of ``nodes`` may be taken as far as one sees at once; ``can_take`` makes sure."""
        if self.slots <= 0 or (self.kept is None and self.unmet().any()):
            return np.zeros(nodes.size, np.bool_)
        costs = self._demands.costs[nodes]
        free = self._free[nodes] & (costs <= self.money * (1 + TOLERANCE))
        return free & (costs < self._too_dear[self._kinds.of[nodes]]) if self.unmet().any() else free

    def can_take(self, node: int) -> bool:
        """Say whether all demands can still be met once ``node`` is in."""
        mended = self._mend(node)
        self._mended = None if mended is None else (node, mended)
        if mended is None:
            kind = self._kinds.of[node]
            self._too_dear[kind] = min(self._too_dear[kind], self._demands.costs[node])
        return mended is not None

    def needed(self, nodes: Int64Array) -> int:
        """Give the place in ``nodes`` of somebody kept in mind, -1 if there is none."""
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
        """Give what is missing once ``node`` is in."""
        demands = self._demands
        slack = TOLERANCE * demands.budget
        inside = self.in_group if node is None else self.in_group + self._kinds.inside[self._kinds.of[node]]
        return Shortage(
            np.maximum(demands.at_least - inside, 0),
            demands.at_most - inside,
            self.slots - (node is not None),
            self.money + slack - (0.0 if node is None else float(demands.costs[node])),
        )

    def _ends(self, nodes: Int64Array, shortage: Shortage) -> bool:
        count = self._kinds.count(nodes)
        fits = (count >= shortage.least).all() and (count <= shortage.most).all()
        payable = float(self._demands.costs[nodes].sum()) <= shortage.money
        return bool(fits and payable and nodes.size <= shortage.slots)

    def _without_needless(self, nodes: Int64Array, shortage: Shortage) -> Int64Array:
        """Leave out, the dearest first, whom no group needs."""
        count, stays = self._kinds.count(nodes), np.ones(nodes.size, np.bool_)
        for place in np.argsort(-self._demands.costs[nodes], kind="stable").tolist():
            fewer = count - self._kinds.inside[self._kinds.of[nodes[place]]]
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
        supply = Supply(self._kinds, costs, demands.partners, free)
        return complete(supply, self._after(node), prove=node is None)
