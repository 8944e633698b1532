"""Choose people whose values simply add up: what a pick is where no ties are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from ambassador.propagation.arrays import FloatArray, Int64Array
from ambassador.propagation.network.network import InfluenceNetwork
from ambassador.propagation.pick.constraints import Constraints
from ambassador.propagation.pick.feasibility import check_constraints
from ambassador.values.picks import clashes
from ambassador.values.picks.quotas import check_quota

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint


# A reader waits; the bound then says how far the best found may be from the best there is.
_SECONDS = 20.0


@dataclass(frozen=True)
class AdditiveChoice:
    """The places chosen, best first, their total, and the most any choice could reach.

    Attributes
    ----------
    chosen : int64 array
    total, bound : float
    """

    chosen: Int64Array
    total: float
    bound: float

    @property
    def certificate(self) -> float:
        """The total as a share of the bound; 1 where the choice is proved best."""
        return 1.0 if self.bound <= 0 else min(1.0, self.total / self.bound)


def pick_additive(
    value: FloatArray, count: int, constraints: Constraints, already: Sequence[int] = ()
) -> AdditiveChoice:
    """
    Choose the places whose values sum to the most within the constraints.

    A knapsack with quotas, solved by branch and cut (HiGHS, through SciPy), which also gives the bound.

    Parameters
    ----------
    value : ndarray of float, shape (n,)
        What each brings, 0 or more.
    count : int
        At most so many in all.
    constraints : Constraints
        Over the places 0 to n - 1; ``never`` is not looked at. No cost may be NaN.
    already : sequence of int
        Who is in without being chosen, numbered from n on; they count towards quotas.

    Returns
    -------
    AdditiveChoice

    Raises
    ------
    InfeasibleError
        If the demands contradict each other; the message says which.
    BadInputError

    Examples
    --------
    Two at 60 beat the one at 100 when the budget is 10.

    >>> asked = Constraints(costs=[10.0, 5.0, 5.0], budget=10.0)
    >>> pick_additive(np.array([100.0, 60.0, 60.0]), 2, asked).chosen.tolist()
    [1, 2]
    """
    for quota in constraints.groups:
        check_quota(quota)
    solved = _solved(value, count, constraints, already) if value.size else None
    if solved is None:
        _refuse_clash(value.size, count, constraints, already)
        return AdditiveChoice(np.empty(0, np.int64), 0.0, 0.0)
    chosen, bound = solved
    chosen = chosen[np.argsort(-value[chosen], kind="stable")]
    total = float(value[chosen].sum())
    return AdditiveChoice(chosen, total, max(total, bound))


def _solved(
    value: FloatArray, count: int, constraints: Constraints, already: Sequence[int]
) -> tuple[Int64Array, float] | None:
    """Solve the program: who is chosen and the most anybody could reach; None if it has no solution."""
    from scipy.optimize import Bounds, milp  # noqa: PLC0415 - it loads slowly, and few ask

    lower = np.zeros(value.size)
    lower[list(constraints.must)] = 1.0
    solved = milp(
        -value,
        integrality=np.ones(value.size, np.int64),
        bounds=Bounds(lower, np.ones(value.size)),
        constraints=_rows(value.size, count, constraints, already),
        options={"time_limit": _SECONDS},
    )
    if solved.x is None:
        return None
    return np.flatnonzero(solved.x > 0.5), float(-solved.mip_dual_bound)  # noqa: PLR2004 - 0.9999 is 1


def _rows(
    size: int, count: int, constraints: Constraints, already: Sequence[int]
) -> "list[LinearConstraint]":
    from scipy.optimize import LinearConstraint  # noqa: PLC0415 - as above

    rows = [(np.arange(size), np.ones(size))]
    bounds = [(0.0, float(count))]
    if constraints.budget is not None and constraints.costs is not None:
        rows.append((np.arange(size), np.asarray(constraints.costs, np.float64)[:size]))
        bounds.append((0.0, constraints.budget))
    for quota in constraints.groups:
        members = np.asarray(quota.members, np.int64)
        before = int(np.isin(already, members).sum())
        most = count + quota.at_least if quota.at_most is None else quota.at_most
        rows.append((members[members < size], np.ones(int((members < size).sum()))))
        bounds.append((max(0.0, float(quota.at_least - before)), max(0.0, float(most - before))))
    pairs = [np.array(pair, np.int64) for pair in constraints.exclusive if max(pair) < size]
    rows += [(pair, np.ones(2)) for pair in pairs]
    bounds += [(0.0, 1.0) for _ in pairs]
    columns = np.concatenate([members for members, _ in rows])
    entries = np.concatenate([weights for _, weights in rows])
    offsets = np.concatenate([[0], np.cumsum([members.size for members, _ in rows])])
    matrix = csr_array((entries, columns, offsets), shape=(len(rows), size))
    return [LinearConstraint(matrix, [least for least, _ in bounds], [most for _, most in bounds])]


def _refuse_clash(size: int, count: int, constraints: Constraints, already: Sequence[int]) -> None:
    """Say by name which demands clash, where the program has no solution; of nobody, nobody is chosen."""
    nobody = InfluenceNetwork.from_arrays([], [], None, max([size, *(node + 1 for node in already)]))
    check_constraints(nobody, count, constraints, already)
    if size:
        raise clashes.all_together()
