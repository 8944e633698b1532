"""How far a pick can be from the best: exact bounds for shares, and a Lagrangian dual for the choice.

Source for the two-sided scheme: OPIM-C (Tang, Tang, Xiao, Yuan, "Online processing algorithms for
influence maximization", SIGMOD 2018). Sets are independent and their number does not depend on what
is in them, so the sets a fixed pick hits are binomial: the bounds of Clopper and Pearson hold exactly,
where OPIM-C's own (a martingale's) need about twice the sets for the same certificate. The largest
coverage of the choosing sets is bounded by Lagrangian duality: for any multipliers in [0, 1], one per set,

    sum of (1 - multiplier) + largest feasible sum of w,   w(v) = sum of the multipliers of v's sets

is at least the coverage of every feasible pick. A relative for functions known exactly, under a limit on the
number: Balkanski, Qian, Singer (ICML 2021, arXiv 2102.11911). Exact solutions of the same covering problem by
integer programming: Li, Smith, Dinh, Thai 2017 (arXiv 1701.08462); Guney, Leitner, Ruthmair, Sinnl,
European Journal of Operational Research 2021.
"""

import math
from collections.abc import Callable

import numpy as np
from scipy.special import bdtr, bdtrik, betaincinv

from ambassador.propagation.arrays import FloatArray, Int32Array, Int64Array
from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.cover import CandidateNodes, Choice
from ambassador.propagation.pick.group_signatures import GroupSignatures

# Against going on for ever; PATIENCE ends it before.
MOST_STEPS = 400
# First step: half of the interval [0, 1] the multipliers lie in.
STEP = 0.5
# Steps that fall as 1 / n^p, 1/2 < p <= 1, make a subgradient converge (Polyak, "Introduction to
# Optimization", 1987).
STEP_POWER = 0.7
# The dual gives up after so many steps, none of which closed so large a part of the gap as WORTH.
PATIENCE = 12
# Sums of sets are whole: what is this close below a whole number is rounding, not a smaller bound.
ROUNDING = 1e-6
# Half a percent of the gap: less is not seen in a certificate of two digits.
WORTH = 0.005


def lower_bound(covered: int, sets: int, total: float, delta: float) -> float:
    """Bound from below the spread of a pick that hits ``covered`` of ``sets`` validating sets.

    Parameters
    ----------
    total : float
        Value of everybody; the spread is its share that is hit.
    delta : float
        Chance of being wrong.

    Examples
    --------
    >>> round(lower_bound(900, 1_000, 50.0, 0.01), 1)
    43.8
    """
    return least_share(covered, sets, delta) * total


def upper_bound(covered: float, sets: int, total: float, delta: float) -> float:
    """Bound from above the best spread, given that no pick covers more than ``covered`` choosing sets.

    Examples
    --------
    >>> round(upper_bound(900, 1_000, 50.0, 0.01), 1)
    46.0
    """
    return (1.0 - least_share(sets - whole(covered), sets, delta)) * total


def coverage_for(upper: float, sets: int, total: float, delta: float) -> float:
    """Largest coverage whose upper bound is at most ``upper``; below 0 if there is none.

    Examples
    --------
    >>> coverage_for(46.1, 1_000, 50.0, 0.01)
    901.0
    """
    return float(most_hits(min(1.0, upper / total), sets, delta))


def least_share(hits: int, draws: int, delta: float) -> float:
    """Largest share at which so many hits of independent draws still have at most chance ``delta``.

    Examples
    --------
    >>> round(least_share(1, 1, 0.05), 6), least_share(0, 9, 0.05)
    (0.05, 0.0)
    """
    return float(betaincinv(hits, draws - hits + 1, delta)) if hits else 0.0


def most_hits(share: float, draws: int, delta: float) -> int:
    """Most hits that have at most chance ``delta`` of being so few at that share; -1 if none have.

    Examples
    --------
    >>> most_hits(0.5, 10, 0.1), most_hits(0.5, 2, 0.1)
    (2, -1)
    """
    if share >= 1.0:
        return draws - 1
    if bdtr(0, draws, share) > delta:
        return -1
    found = math.floor(bdtrik(delta, draws, share))
    # the inverse is real: where it stands on a whole number rounding may put it on either side
    return max(one for one in (found - 1, found, found + 1) if one < 0 or bdtr(one, draws, share) <= delta)


def whole(covered: float) -> int:
    """Round a bound on a number of sets down: coverage is a whole number.

    Examples
    --------
    >>> whole(7.4), whole(6.9999999)
    (7, 7)
    """
    return math.floor(covered + ROUNDING)


def best_coverage(
    candidates: CandidateNodes,
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
        # plain averages at first, then of about the last 20 steps: older ones were too far off
        share = 1.0 if step == 0 else max(0.05, 1.0 / (step + 1))
        size, fade = STEP / (1 + step) ** STEP_POWER, 1.0 - max(0.05, 1.0 / (step + 2))
        dual.step(chosen, amounts * share, size, fade)
    return max(best, float(choice.covered))


class LinearBound:
    """The largest sum of weights over feasible picks, or somewhat more: exclusive pairs are forgotten.

    Nodes without an index count with all the sets they are in, which is at least their weight.
    """

    def __init__(self, candidates: CandidateNodes, demands: CheckedConstraints) -> None:
        self._demands = demands
        self._costs = demands.costs[candidates.nodes]
        self._group = demands.group_of[candidates.nodes]
        self._forced = np.isin(candidates.nodes, demands.must)
        self._slots = demands.count - int(self._forced.sum())
        self._money = demands.budget - float(self._costs[self._forced].sum())
        self._left_out = float(candidates.left_out)
        self._price = 0.0

    def largest(self, weights: FloatArray) -> tuple[float, Int64Array, FloatArray]:
        """Bound the sum; tell who makes it up, and how much of each."""
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
        # halvings: 24 find a price to a millionth, 8 are enough near the last one
        for _ in range(24 if self._price == 0.0 else 8):
            value, picked = self._top(np.where(self._forced, -1.0, free - price * self._costs))
            value += price * self._money
            if value < best:
                best, chosen, self._price = value, picked, price
            over = float(self._costs[picked].sum()) - self._money
            if over > 0:
                low = price
                # from a thousandth of the usual worth of money on, doubled until too high
                price = 2 * price + 1e-3 * self._unit(free) if math.isinf(high) else (low + high) / 2
            elif price == 0.0 or over == 0:
                break
            else:
                high = price
                price = (low + high) / 2
        return best, chosen

    def _unit(self, free: FloatArray) -> float:
        """Price in the middle of what people bring per unit of money."""
        return float(free.max(initial=1.0)) / max(float(self._costs.mean()), 1e-12)


# Keeps the linear program small; its prices give a bound for everybody (weak duality).
MOST_LOOKED_AT = 3000
# Below this a share in the linear program is the solver's rounding.
_WORTH_TELLING = 1e-9


class QuotaBound:
    """As ``LinearBound``, where groups overlap.

    Parameters
    ----------
    candidates : CandidateNodes
    demands : CheckedConstraints
    signatures : GroupSignatures
    picked : places among the candidates
        A pick that meets the demands, so that the linear program can be solved.
    """

    def __init__(
        self,
        candidates: CandidateNodes,
        demands: CheckedConstraints,
        signatures: GroupSignatures,
        picked: list[int],
    ) -> None:
        nodes = candidates.nodes
        self._forced = np.isin(nodes, demands.must)
        self._picked = np.array(picked, np.int64)
        self._costs = demands.costs[nodes]
        self._budgeted = demands.budgeted
        self._kind = signatures.of[nodes]
        self._inside = signatures.inside.astype(np.float64)
        self._slots = max(0, demands.count - int(self._forced.sum()))
        self._money = demands.budget - float(self._costs[self._forced].sum())
        inside = signatures.count(nodes[self._forced])
        self._least = np.maximum(demands.at_least - inside, 0).astype(np.float64)
        self._most = (demands.at_most - inside).astype(np.float64)
        most = np.where(signatures.inside, self._most, self._slots).min(axis=1, initial=self._slots)
        self._most_of_kind = most[self._kind]
        self._price_of_group = np.zeros(self._least.size)
        self._price = 0.0

    def largest(self, weights: FloatArray) -> tuple[float, Int64Array, FloatArray]:
        """Bound the sum; tell who makes it up, and how much of each."""
        base = float(weights[self._forced].sum())
        before = self._bound(weights)
        looked_at = self._looked_at(weights)
        amounts = self._reprice(weights, looked_at)
        if amounts is None:
            chosen = self._picked[~self._forced[self._picked]]
            amounts = np.ones(chosen.size)
        else:
            chosen = looked_at[amounts > _WORTH_TELLING]
            amounts = amounts[amounts > _WORTH_TELLING]
        forced = np.flatnonzero(self._forced)
        value = base + min(before, self._bound(weights))
        return value, np.concatenate([forced, chosen]), np.concatenate([np.ones(forced.size), amounts])

    def _priced(self, weights: FloatArray) -> FloatArray:
        """Take from each weight what the person costs at the prices; who is in anyway is not for sale."""
        of_kind = self._inside @ self._price_of_group
        worth = weights - of_kind[self._kind]
        if self._price:
            worth -= self._price * self._costs
        worth[self._forced] = -np.inf
        return worth

    def _bound(self, weights: FloatArray) -> float:
        worth = self._priced(weights)
        slots = min(self._slots, worth.size)
        best = np.partition(worth, worth.size - slots)[worth.size - slots :] if slots else worth[:0]
        prices = self._price_of_group
        limits = np.maximum(prices, 0) @ self._most - np.maximum(-prices, 0) @ self._least
        money = self._price * self._money if self._price else 0.0
        return float(best[best > 0].sum() + limits + money)

    def _looked_at(self, weights: FloatArray) -> Int64Array:
        """Name the best of each kind, as many as could be picked, those best at the last prices first."""
        worth = self._priced(weights)
        order = np.argsort(-worth, kind="stable")
        order = order[~self._forced[order]]
        best = order[rank_in_group(self._kind[order]) < self._most_of_kind[order]][:MOST_LOOKED_AT]
        return np.union1d(best, self._picked[~self._forced[self._picked]])

    def _reprice(self, weights: FloatArray, looked_at: Int64Array) -> FloatArray | None:
        """Solve the linear program, keep its prices and give how much of each it takes."""
        from scipy.optimize import linprog  # noqa: PLC0415 - it loads slowly, and few ask

        if not looked_at.size:
            return None
        by_group = self._inside[self._kind[looked_at]].T
        least, most = np.flatnonzero(self._least > 0), np.flatnonzero(self._most < self._slots)
        money = [self._costs[looked_at]] if self._budgeted else []
        rows = np.array([*by_group[most], *-by_group[least], *money, np.ones(looked_at.size)])
        limits = np.array(
            [*self._most[most], *-self._least[least], *([self._money] if money else []), self._slots]
        )
        solved = linprog(-weights[looked_at], rows, limits, bounds=(0, 1), method="highs")
        if solved.x is None:
            return None
        prices = np.maximum(-solved.ineqlin.marginals, 0.0)
        self._price_of_group = np.zeros(self._least.size)
        self._price_of_group[most] += prices[: most.size]
        self._price_of_group[least] -= prices[most.size : most.size + least.size]
        self._price = float(prices[-2]) if money else 0.0
        return np.asarray(solved.x, np.float64)


def rank_in_group(group: Int32Array) -> Int64Array:
    """Count the entries of each group in the order they stand.

    Examples
    --------
    >>> rank_in_group(np.array([7, 3, 7, 7])).tolist()
    [0, 0, 1, 2]
    """
    by_group = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[by_group], group[by_group], side="left")
    rank = np.empty(group.size, np.int64)
    rank[by_group] = np.arange(group.size) - starts
    return rank
