"""Improving a pick by swaps: one person out and one in, or one more in, while more sets are covered.

What greedy misses where fees, groups or pairs bind. Source for such local search under knapsacks and
matroids: Lee, Mirrokni, Nagarajan, Sviridenko, "Non-monotone submodular maximization under matroid and
knapsack constraints", STOC 2009.
"""

import numpy as np

from ambassador.propagation.arrays import BoolArray, Int64Array
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.group_signatures import GroupSignatures
from ambassador.propagation.pick.set_index import SetIndex

# Against going on for long: each swap gains at least one set.
MOST_SWAPS = 100
# Candidates looked at in each swap, best covered first: who covers less than them gains less too.
LOOKED_AT = 4096


class Swaps:
    """Swaps among candidates: their node numbers, in how many sets they are, and which.

    Parameters
    ----------
    nodes, counts : int64 arrays, shape (candidates,)
    index : SetIndex
    demands : CheckedConstraints
    """

    def __init__(
        self, nodes: Int64Array, counts: Int64Array, index: SetIndex, demands: CheckedConstraints
    ) -> None:
        self._nodes = nodes
        self._counts = counts
        self._index = index
        self._demands = demands
        self._costs = demands.costs[nodes]
        self._group = demands.group_of[nodes]
        self._paired = np.isin(nodes, list(demands.partners))

    def improved(self, picked: list[int]) -> list[int]:
        """Swap until nothing is gained; those who must be in come first in ``picked`` and stay."""
        picked = list(picked)
        for _ in range(MOST_SWAPS):
            found = self._best(np.array(picked, np.int64))
            if found is None:
                break
            leaves, comes = found
            picked[leaves : leaves + 1] = [comes]
        return picked

    def _best(self, picked: Int64Array) -> tuple[int, int] | None:
        """Place in ``picked`` that is left (past the end: nobody's) and who comes."""
        own = self._index.by_owner(picked, picked)
        loss = np.append(own[np.arange(picked.size), 1 + np.arange(picked.size)], 0)
        leavers = np.ones(loss.size, np.bool_)
        leavers[: self._demands.must.size] = False
        leavers[-1] = picked.size < self._demands.count and not self.short(picked.tolist())
        comers = self._comers(picked, int(loss[leavers].min(initial=self._counts.max(initial=0))))
        if not comers.size:
            return None
        table = self._index.by_owner(picked, comers)
        gain = table[:, :1] - loss
        gain[:, :-1] += table[:, 1:-1]
        gain[~(self._fits(picked, comers) & leavers)] = 0
        comer, leaves = divmod(int(gain.argmax()), loss.size)
        return (leaves, int(comers[comer])) if gain[comer, leaves] > 0 else None

    def _comers(self, picked: Int64Array, least: int) -> Int64Array:
        """Name those outside who are in more than ``least`` sets, best covered first."""
        outside = self._counts > least
        outside[picked] = False
        comers = np.flatnonzero(outside)
        return comers[np.argsort(-self._counts[comers], kind="stable")[:LOOKED_AT]]

    def _inside(self, picked: Int64Array) -> Int64Array:
        return self._demands.inside(self._nodes[picked])

    def short(self, picked: list[int]) -> bool:
        """Whether a group has fewer than it needs."""
        return bool((self._inside(np.array(picked, np.int64)) < self._demands.at_least).any())

    def _fits(self, picked: Int64Array, comers: Int64Array) -> BoolArray:
        """Say which comer (row) may take which place of the picked (column), or come as one more (last)."""
        spent = float(self._costs[picked].sum())
        freed = np.append(self._costs[picked], 0.0)
        fits = spent - freed + self._costs[comers][:, None] <= self._demands.budget
        if self._demands.at_least.size:
            fits &= self._fits_groups(picked, comers)
        self._part_pairs(picked, comers, fits)
        return fits

    def _fits_groups(self, picked: Int64Array, comers: Int64Array) -> BoolArray:
        inside = self._inside(picked)
        if self._demands.signatures is not None:
            return self._fits_kinds(picked, comers, inside, self._demands.signatures)
        leaving = np.append(self._group[picked], -1)
        coming = self._group[comers][:, None]
        same = leaving == coming
        spared = (leaving < 0) | (inside > self._demands.at_least)[leaving]
        open_group = (coming < 0) | (inside < self._demands.at_most)[coming]
        return same | (spared & open_group)

    def _fits_kinds(
        self, picked: Int64Array, comers: Int64Array, inside: Int64Array, kinds: GroupSignatures
    ) -> BoolArray:
        """Do the same where groups overlap: every group must stay within its limits."""
        fits = np.ones((comers.size, picked.size + 1), np.bool_)
        coming = kinds.inside[kinds.of[self._nodes[comers]]]
        leaving = np.append(kinds.inside[kinds.of[self._nodes[picked]]], [np.zeros(inside.size, np.bool_)], 0)
        least, most = inside <= self._demands.at_least, inside >= self._demands.at_most
        for group in np.flatnonzero(least | most).tolist():
            comes, leaves = coming[:, group][:, None], leaving[:, group]
            fits &= ~(least[group] & leaves & ~comes) & ~(most[group] & comes & ~leaves)
        return fits

    def _part_pairs(self, picked: Int64Array, comers: Int64Array, fits: BoolArray) -> None:
        """Let nobody come while somebody they exclude stays."""
        place = {node: number for number, node in enumerate(self._nodes[picked].tolist())}
        for row in np.flatnonzero(self._paired[comers]).tolist():
            partners = self._demands.partners[int(self._nodes[comers[row]])]
            met = {place[node] for node in partners if node in place}
            for leaves in range(fits.shape[1] if met else 0):
                fits[row, leaves] &= met == {leaves}
