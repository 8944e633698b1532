"""The largest sum of weights under quotas that overlap, bounded by prices of groups, places and money.

For any price of each group (what one more of it brings, of either sign) and any price of money from 0 on,
what the best priced people bring, plus what the prices make of the limits, is at least what every
feasible pick brings (weak duality). The prices come from a linear program over the best people of each
kind (HiGHS, through SciPy); were they bad, the bound would only be loose.
"""

import numpy as np
import numpy.typing as npt

from ambassador.propagation.pick.constraints import CheckedConstraints
from ambassador.propagation.pick.cover import Candidates
from ambassador.propagation.pick.group_signatures import GroupSignatures
from ambassador.propagation.pick.ranks import rank_in_group

FloatArray = npt.NDArray[np.float64]
Int64Array = npt.NDArray[np.int64]

MOST_LOOKED_AT = 3000
_WORTH_TELLING = 1e-9


class QuotaBound:
    """As ``LinearBound``, where groups overlap.

    Parameters
    ----------
    candidates : Candidates
    demands : CheckedConstraints
    signatures : GroupSignatures
    picked : places among the candidates
        A pick that meets the demands, so that the linear program can be solved.
    """

    def __init__(
        self,
        candidates: Candidates,
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
        """Give the bound, who makes it up, and how much of each."""
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
