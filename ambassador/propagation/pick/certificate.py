"""How far a pick can be from the best: exact bounds for shares, and a Lagrangian dual for the choice.

Source for the two-sided scheme: OPIM-C (Tang, Tang, Xiao, Yuan, "Online processing algorithms for
influence maximization", SIGMOD 2018). Sets are independent and their number does not depend on what
is in them, so the sets a fixed pick hits are binomial: the bounds of Clopper and Pearson hold exactly,
where OPIM-C's own (a martingale's) need about twice the sets for the same certificate. The largest
coverage of the choosing sets is bounded by Lagrangian duality: for any multipliers in [0, 1], one per set,

    sum of (1 - multiplier) + largest feasible sum of w,   w(v) = sum of the multipliers of v's sets

is at least the coverage of every feasible pick. Exact solutions of the same covering problem by
integer programming: Li, Smith, Dinh, Thai 2017 (arXiv 1701.08462); Guney, Leitner, Ruthmair, Sinnl,
European Journal of Operational Research 2021.
"""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from ambassador.propagation.kernels.tails import least_share, most_hits
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.cover import Candidates, Choice
from ambassador.propagation.pick.quota_bound import QuotaBound
from ambassador.propagation.pick.ranks import rank_in_group

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]

MOST_STEPS = 400
STEP = 0.5
STEP_POWER = 0.7
PATIENCE = 12
ROUNDING = 1e-6
WORTH = 0.005
"""The dual gives up after so many steps, none of which closed so large a part of the gap."""


def lower_bound(covered: int, sets: int, total: float, delta: float) -> float:
    """Bound from below the spread of a pick that hits ``covered`` of ``sets`` validating sets."""
    return float(least_share(covered, sets, delta)) * total


def upper_bound(covered: float, sets: int, total: float, delta: float) -> float:
    """Bound from above the best spread, given that no pick covers more than ``covered`` choosing sets."""
    return (1.0 - float(least_share(sets - whole(covered), sets, delta))) * total


def coverage_for(upper: float, sets: int, total: float, delta: float) -> float:
    """Give the largest coverage whose upper bound is at most ``upper``; below 0 if there is none."""
    return float(most_hits(min(1.0, upper / total), sets, delta))


def whole(covered: float) -> int:
    """Round a bound on a number of sets down: coverage is a whole number."""
    return math.floor(covered + ROUNDING)


def best_coverage(
    candidates: Candidates,
    demands: CheckedConstraints,
    choice: Choice,
    enough: float,
    go_on: Callable[[], bool],
) -> float:
    """Bound the coverage of the best feasible pick, at most as tightly as ``enough`` asks.

    Starts where greedy left the sets (the bound of OPIM-C) and goes on by a projected subgradient
    whose answers are averaged.
    """
    if not candidates.nodes.size:
        return 0.0
    dual = candidates.index.dual(choice.picked)
    linear: LinearBound | QuotaBound
    if demands.signatures is None:
        linear = LinearBound(candidates, demands)
    else:
        linear = QuotaBound(candidates, demands, demands.signatures, choice.picked)
    best, since = math.inf, 0
    for step in range(MOST_STEPS):
        weights, left = dual.weights()
        value, chosen, amounts = linear.largest(weights)
        bound = min(left + value, float(candidates.set_count))
        since = 0 if bound < best - WORTH * (best - choice.covered) else since + 1
        best = min(best, bound)
        if whole(best) <= enough or since > PATIENCE or not go_on():
            break
        share = 1.0 if step == 0 else max(0.05, 1.0 / (step + 1))
        size, fade = STEP / (1 + step) ** STEP_POWER, 1.0 - max(0.05, 1.0 / (step + 2))
        dual.step(chosen, amounts * share, size, fade)
    return max(best, float(choice.covered))


class LinearBound:
    """The largest sum of weights over feasible picks, or somewhat more: exclusive pairs are forgotten.

    Nodes without an index count with all the sets they are in, which is at least their weight.
    """

    def __init__(self, candidates: Candidates, demands: CheckedConstraints) -> None:
        self._demands = demands
        self._costs = demands.costs[candidates.nodes]
        self._group = demands.group_of[candidates.nodes]
        self._forced = np.isin(candidates.nodes, demands.must)
        self._slots = demands.count - int(self._forced.sum())
        self._money = demands.budget - float(self._costs[self._forced].sum())
        self._left_out = float(candidates.left_out)
        self._price = 0.0

    def largest(self, weights: FloatArray) -> tuple[float, Int64Array, FloatArray]:
        """Give the bound, who makes it up, and how much of each."""
        base = float(weights[self._forced].sum())
        free = np.where(self._forced, -1.0, weights)
        if self._demands.budgeted:
            value, chosen = self._within_budget(free)
        else:
            value, chosen = self._top(free)
        picked = np.concatenate([np.flatnonzero(self._forced), chosen])
        return base + value, picked, np.ones(picked.size)

    def _top(self, worth: FloatArray) -> tuple[float, Int64Array]:
        """Take the best ``slots`` by worth, none below zero unless a group needs it."""
        if self._demands.at_least.size:
            return self._top_by_group(worth)
        slots = min(self._slots, worth.size)
        if slots <= 0:
            return 0.0, np.empty(0, np.int64)
        top = np.argpartition(-worth, slots - 1)[:slots]
        top = top[worth[top] > 0]
        value = float(np.maximum(worth[top], self._left_out).sum())
        return value + self._left_out * (self._slots - top.size), top

    def _top_by_group(self, worth: FloatArray) -> tuple[float, Int64Array]:
        """Do the same for a partition matroid: first what each group needs, then the best that fit."""
        order = np.argsort(-worth, kind="stable")
        order = order[~self._forced[order]]
        group = self._group[order]
        inside = np.bincount(
            self._group[self._forced & (self._group >= 0)], minlength=self._demands.at_least.size
        )
        rank = rank_in_group(group)
        least = np.append(self._demands.at_least - inside, 0)[group]
        most = np.append(self._demands.at_most - inside, order.size)[group]
        needed = rank < least
        others = np.flatnonzero(~needed & (rank < most) & (worth[order] > 0))
        rest = others[: max(0, self._slots - int(needed.sum()))]
        picked = order[np.concatenate([np.flatnonzero(needed), rest])]
        return float(worth[picked].sum()), picked

    def _within_budget(self, free: FloatArray) -> tuple[float, Int64Array]:
        """Price money: any price >= 0 gives a bound; move towards the best one from the last."""
        best, chosen = math.inf, np.empty(0, np.int64)
        low, high, price = 0.0, math.inf, self._price
        for _ in range(24 if self._price == 0.0 else 8):
            value, picked = self._top(np.where(self._forced, -1.0, free - price * self._costs))
            value += price * self._money
            if value < best:
                best, chosen, self._price = value, picked, price
            over = float(self._costs[picked].sum()) - self._money
            if over > 0:
                low = price
                price = 2 * price + 1e-3 * self._unit(free) if math.isinf(high) else (low + high) / 2
            elif price == 0.0 or over == 0:
                break
            else:
                high = price
                price = (low + high) / 2
        return best, chosen

    def _unit(self, free: FloatArray) -> float:
        """Give a price in the middle of what people bring per unit of money."""
        return float(free.max(initial=1.0)) / max(float(self._costs.mean()), 1e-12)
