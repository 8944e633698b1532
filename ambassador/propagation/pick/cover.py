"""Choosing people who cover the most sampled sets: lazy greedy, at several prices of money under a budget."""

import math
from copy import copy
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.kernels.cover import by_falling_count
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.remaining_capacity import RemainingCapacity, remaining_capacity
from ambassador.propagation.pick.set_index import SampledSets, SetIndex
from ambassador.propagation.pick.swaps import Swaps

# Indexing fewer saves nothing worth a second try.
FEWEST_INDEXED = 2048
# Greedy seldom looks beyond the best few for each place; where it would, more are indexed.
INDEXED_PER_PICK = 16
# Each costs one more greedy: how many of those who exclude somebody are left out once on trial.
MOST_PARTED = 10
# How often the price of money is moved: the factors 4, 2, 1.4, ... reach 15 times the first, or a 15th.
PRICES = 6
# By how much at first; then by the root of that.
FIRST_FACTOR = 4.0


@dataclass(frozen=True)
class CandidateNodes:
    """Nodes worth looking at, by falling coverage, with the sets they are in.

    ``left_out`` is the largest coverage of an available node that is not among them.
    """

    nodes: Int64Array
    counts: Int64Array
    index: SetIndex
    set_count: int
    left_out: int


@dataclass(frozen=True)
class Choice:
    """Picked candidates in order (the first ``must`` were demanded), their gains, and the reserve."""

    picked: list[int]
    gains: list[int]
    reserve: list[int]
    reserve_gains: list[int]

    @property
    def covered(self) -> int:
        """How many sets the picked ones cover."""
        return sum(self.gains)


def candidates_of(sets: SampledSets, demands: CheckedConstraints, limit: int | None) -> CandidateNodes:
    """Index the ``limit`` best covered available nodes (all of them where None) and those who must be in.

    Examples
    --------
    >>> from ambassador.propagation.pick.constraints import Constraints
    >>> from ambassador.propagation.pick.feasibility import check_constraints
    >>> from ambassador.propagation.network import InfluenceNetwork
    >>> from ambassador.propagation.pick.sampling import SetCollection
    >>> sets = SetCollection()  # of {2}, {0, 2} and {1}
    >>> sets.extend(np.array([2, 0, 2, 1], np.int32), np.array([0, 1, 3, 4]))
    >>> nobody = InfluenceNetwork.from_arrays([], [], None, 3)
    >>> found = candidates_of(sets, check_constraints(nobody, 1, Constraints()), 1)
    >>> found.nodes.tolist(), found.counts.tolist(), found.left_out
    ([2], [2], 1)
    """
    counts = sets.counts(demands.available.size)
    order = np.empty(counts.size, np.int64)
    useful = order[: by_falling_count(counts, demands.available, order)]
    left_out = 0 if limit is None or useful.size <= limit else int(counts[useful[limit]])
    nodes = useful[:limit]
    if demands.must.size or demands.at_least.any():
        needed = demands.available & demands.grouped() & demands.at_least.any()
        nodes = np.union1d(np.union1d(nodes, demands.must), np.flatnonzero(needed))
        nodes = nodes[np.lexsort((nodes, -counts[nodes]))]
    return CandidateNodes(nodes, counts[nodes], sets.index(nodes, counts), sets.size, left_out)


def choose(sets: SampledSets, demands: CheckedConstraints, reserve: int) -> tuple[CandidateNodes, Choice]:
    """Pick greedily, at several prices of money where a budget binds, and improve by swaps."""
    plain = not demands.budgeted and demands.at_most.size == 0
    limit = max(FEWEST_INDEXED, INDEXED_PER_PICK * (demands.count + reserve)) if plain else None
    while True:
        candidates = candidates_of(sets, demands, limit)
        choice = greedy(candidates, demands, reserve)
        if (
            limit is None
            or not choice.gains
            or min(choice.gains + choice.reserve_gains) >= candidates.left_out
        ):
            break
        limit *= 8  # few searches come here; each time costs about what all before did together
    if demands.only_counted or not candidates.nodes.size:
        return candidates, choice
    swaps = Swaps(candidates.nodes, candidates.counts, candidates.index, demands)
    start = _Start(0.0, choice, not swaps.short(choice.picked))
    if demands.budgeted:
        start = _priced(candidates, demands, swaps, start)
    if demands.partners:
        start = _parted(candidates, demands, swaps, start)
    better, price = swaps.improved(start.choice.picked), start.price
    if better == choice.picked:
        return candidates, choice
    return candidates, _in_order(candidates, demands, better, reserve, price)


class _Start(NamedTuple):
    """What greedy picks at some price of money, and whether every group has as many as it needs."""

    price: float
    choice: Choice
    meets: bool

    @property
    def worth(self) -> tuple[bool, int]:
        """Meeting the demands comes first, then how many sets are covered."""
        return self.meets, self.choice.covered


def _started(candidates: CandidateNodes, demands: CheckedConstraints, swaps: Swaps, price: float) -> _Start:
    choice = greedy(candidates, demands, 0, price)
    return _Start(price, choice, not swaps.short(choice.picked))


def _priced(candidates: CandidateNodes, demands: CheckedConstraints, swaps: Swaps, best: _Start) -> _Start:
    """Search the price of money at which greedy covers most, from what it picks at price 0.

    At price 1 each candidate counts with the share of the free places and of the free money they
    take; at an infinite price with the money alone (Khuller, Moss, Naor 1999). Where places run out
    first the price was too high, where money does it was too low.
    """
    best = max(best, _started(candidates, demands, swaps, math.inf), key=lambda one: one.worth)
    capacity = remaining_capacity(demands)
    price, factor = 1.0, FIRST_FACTOR
    for _ in range(PRICES):
        found = _started(candidates, demands, swaps, price)
        best = max(best, found, key=lambda one: one.worth)
        outside = found.choice.picked[demands.must.size :]
        spent = float(demands.costs[candidates.nodes[outside]].sum())
        scarce = spent * capacity.slots > len(outside) * capacity.money
        price *= factor if scarce else 1 / factor
        factor = math.sqrt(factor)
    return best


def _parted(candidates: CandidateNodes, demands: CheckedConstraints, swaps: Swaps, best: _Start) -> _Start:
    """Close in turn each whom greedy took and who keeps somebody out; keep what is better."""
    outside = candidates.nodes[best.choice.picked[demands.must.size :]].tolist()
    for node in [node for node in outside if node in demands.partners][:MOST_PARTED]:
        closed = copy(demands)
        closed.available = demands.available.copy()
        closed.available[node] = False
        found = _started(candidates, closed, swaps, best.price)
        if found.worth > best.worth:
            best, demands = found, closed
    return best


class Greedy:
    """Lazy greedy (Minoux 1978): a stale gain is an upper bound, so only the best is looked at again."""

    def __init__(self, candidates: CandidateNodes, demands: CheckedConstraints, price: float = 0.0) -> None:
        self._nodes = candidates.nodes
        self._counts = candidates.counts
        self._gains = candidates.counts.astype(np.float64)
        self._cover = candidates.index.cover()
        self._price = _prices(candidates, demands, price) if price else np.ones(candidates.nodes.size)

    def take(self, candidate: int) -> int:
        """Cover the candidate's sets; give how many were new."""
        self._gains[candidate] = 0.0
        return self._cover.take(candidate)

    def most(self, among: list[int]) -> int:
        """Take the one of several candidates who adds most."""
        return among[int(self._cover.gains(np.array(among, np.int64)).argmax())]

    def take_best(self, capacity: RemainingCapacity, slots: int) -> tuple[list[int], list[int]] | None:
        """Take up to ``slots`` of the open candidates in one go, where the sets are held here."""
        capacity.slots = slots
        return self._cover.take_best(self._counts, capacity.open(self._nodes), slots)

    def best(self, capacity: RemainingCapacity) -> tuple[int, int]:
        """Open candidate of largest gain (per cost) and the gain; (-1, 0) if none is open."""
        worth = np.where(capacity.open(self._nodes), self._gains / self._price, -1.0)
        fresh = np.zeros(worth.size, np.bool_)
        while worth.size:
            candidate = int(np.argmax(worth))
            if worth[candidate] < 0:
                break
            if fresh[candidate]:
                if capacity.can_take(int(self._nodes[candidate])):
                    return candidate, int(self._gains[candidate])
                worth[~capacity.open(self._nodes)] = -1.0
                continue
            ahead = self._cover.ahead(worth, fresh)
            self._gains[ahead] = self._cover.gains(ahead)
            worth[ahead] = self._gains[ahead] / self._price[ahead]
            fresh[ahead] = True
        return -1, 0


def _prices(candidates: CandidateNodes, demands: CheckedConstraints, price: float) -> FloatArray:
    """Say what each candidate takes of the free places and, times ``price``, of the free money."""
    costs, capacity = demands.costs[candidates.nodes], remaining_capacity(demands)
    if math.isinf(price):
        # who costs nothing would else be worth infinitely much
        return np.maximum(costs, 1e-9 * max(1.0, float(costs.max(initial=0.0))))
    share = costs / capacity.money if capacity.money > 0 else np.zeros(costs.size)
    return 1.0 + price * max(1, capacity.slots) * share


def greedy(
    candidates: CandidateNodes, demands: CheckedConstraints, reserve: int, price: float = 0.0
) -> Choice:
    """Take those who must be in, then the best open candidate until nothing is gained.

    People without gain are taken only where a group needs them. The reserve goes on in the same way
    with one more slot for each, under the same budget.
    """
    lazy = Greedy(candidates, demands, price)
    picked = [int(np.flatnonzero(candidates.nodes == node)[0]) for node in demands.must.tolist()]
    gains = [lazy.take(candidate) for candidate in picked]
    capacity = remaining_capacity(demands)
    slots = capacity.slots
    if demands.only_counted and (taken := lazy.take_best(capacity, slots + reserve)) is not None:
        best, new = taken
        return Choice(picked + best[:slots], gains + new[:slots], best[slots:], new[slots:])
    capacity.slots = slots
    _fill(lazy, capacity, candidates, picked, gains)
    return _with_reserve(Choice(picked, gains, [], []), lazy, capacity, candidates, demands, reserve)


def _with_reserve(
    choice: Choice,
    lazy: Greedy,
    capacity: RemainingCapacity,
    candidates: CandidateNodes,
    demands: CheckedConstraints,
    reserve: int,
) -> Choice:
    capacity.slots, capacity.money = reserve, demands.budget
    _fill(lazy, capacity, candidates, choice.reserve, choice.reserve_gains)
    return choice


def _in_order(
    candidates: CandidateNodes, demands: CheckedConstraints, members: list[int], reserve: int, price: float
) -> Choice:
    """Take those who must be in first, then whoever of the members adds most; and a reserve."""
    lazy, capacity = Greedy(candidates, demands, price), remaining_capacity(demands)
    must = demands.must.size
    picked, gains, left = members[:must], [lazy.take(one) for one in members[:must]], members[must:]
    capacity.keep(candidates.nodes[left])
    while left:
        best = lazy.most(left)
        left.remove(best)
        picked.append(best)
        gains.append(lazy.take(best))
        capacity.take(int(candidates.nodes[best]))
    return _with_reserve(Choice(picked, gains, [], []), lazy, capacity, candidates, demands, reserve)


def _fill(
    lazy: Greedy, capacity: RemainingCapacity, candidates: CandidateNodes, picked: list[int], gains: list[int]
) -> None:
    while capacity.slots > 0:
        candidate, gain = lazy.best(capacity)
        if gain == 0:
            candidate = capacity.needed(candidates.nodes) if capacity.unmet().any() else -1
        if candidate < 0:
            return
        picked.append(candidate)
        gains.append(lazy.take(candidate))
        capacity.take(int(candidates.nodes[candidate]))
