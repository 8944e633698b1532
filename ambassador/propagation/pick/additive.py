"""Choose people whose values simply add up: what a pick is where no ties are known."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from ambassador.errors import InfeasibleError

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

FloatArray = NDArray[np.float64]
_SECONDS = 20.0


@dataclass(frozen=True)
class Cap:
    """At most (and at least) so many of a group.

    Attributes
    ----------
    name : str
        What the group is, for errors.
    members : int array
        Places of those in the group.
    at_most, at_least : int
    already : int
        How many of the group are in without being chosen; they count towards both.
    """

    name: str
    members: NDArray[np.int64]
    at_most: int
    at_least: int = 0
    already: int = 0

    @property
    def bounds(self) -> tuple[float, float]:
        """How many more have to be chosen, and how many more can be."""
        least, most = self.at_least - self.already, self.at_most - self.already
        return max(0.0, float(least)), max(0.0, float(most))


@dataclass(frozen=True)
class Limits:
    """What a choice has to respect.

    Attributes
    ----------
    count : int
        At most so many in all.
    cost : float array, shape (n,), or None
        Fee of each; none may be NaN.
    budget : float or None
    must : sequence of int
        Places that are in, whatever they bring.
    caps : sequence of Cap
    """

    count: int
    cost: FloatArray | None = None
    budget: float | None = None
    must: Sequence[int] = ()
    caps: Sequence[Cap] = field(default_factory=tuple)


@dataclass(frozen=True)
class AdditiveChoice:
    """The places chosen, best first, their total, and the most any choice could reach.

    Attributes
    ----------
    chosen : int64 array
    total, bound : float
    """

    chosen: NDArray[np.int64]
    total: float
    bound: float

    @property
    def certificate(self) -> float:
        """The total as a share of the bound; 1 where the choice is proved best."""
        return 1.0 if self.bound <= 0 else min(1.0, self.total / self.bound)


def pick_additive(value: FloatArray, limits: Limits) -> AdditiveChoice:
    """
    Choose the places whose values sum to the most within the limits.

    A knapsack with group caps, solved by branch and cut (HiGHS, through SciPy), which also gives the bound.

    Parameters
    ----------
    value : ndarray of float, shape (n,)
        What each brings, 0 or more.
    limits : Limits

    Returns
    -------
    AdditiveChoice

    Raises
    ------
    InfeasibleError
        If those who must be in already break a limit; the message says which.

    Examples
    --------
    Two at 60 beat the one at 100 when the budget is 10.

    >>> import numpy as np
    >>> limits = Limits(count=2, cost=np.array([10.0, 5.0, 5.0]), budget=10.0)
    >>> pick_additive(np.array([100.0, 60.0, 60.0]), limits).chosen.tolist()
    [1, 2]
    """
    _refuse_impossible(limits)
    if value.size == 0:
        return AdditiveChoice(np.empty(0, np.int64), 0.0, 0.0)
    from scipy.optimize import Bounds, milp  # noqa: PLC0415 - it loads slowly, and few ask

    lower = np.zeros(value.size)
    lower[list(limits.must)] = 1.0
    solved = milp(
        -value,
        integrality=np.ones(value.size, np.int64),
        bounds=Bounds(lower, np.ones(value.size)),
        constraints=_constraints(value.size, limits),
        options={"time_limit": _SECONDS},
    )
    if solved.x is None:
        raise InfeasibleError("no choice meets all these demands together")
    chosen = np.flatnonzero(solved.x > 0.5)  # noqa: PLR2004 - solvers give 0.9999 for 1
    chosen = chosen[np.argsort(-value[chosen], kind="stable")]
    total = float(value[chosen].sum())
    return AdditiveChoice(chosen, total, max(total, float(-solved.mip_dual_bound)))


def _constraints(size: int, limits: Limits) -> "list[LinearConstraint]":
    from scipy.optimize import LinearConstraint  # noqa: PLC0415 - as above

    rows = [(np.arange(size), np.ones(size))]
    bounds = [(0.0, float(limits.count))]
    if limits.budget is not None and limits.cost is not None:
        rows.append((np.arange(size), limits.cost))
        bounds.append((0.0, limits.budget))
    rows += [(cap.members, np.ones(cap.members.size)) for cap in limits.caps]
    bounds += [cap.bounds for cap in limits.caps]
    columns = np.concatenate([members for members, _ in rows])
    entries = np.concatenate([weights for _, weights in rows])
    offsets = np.concatenate([[0], np.cumsum([members.size for members, _ in rows])])
    matrix = csr_array((entries, columns, offsets), shape=(len(rows), size))
    return [LinearConstraint(matrix, [least for least, _ in bounds], [most for _, most in bounds])]


def _refuse_impossible(limits: Limits) -> None:
    must = np.asarray(limits.must, dtype=np.int64)
    if must.size > limits.count:
        raise InfeasibleError(
            "{must} people must be in, but only {count} are to be picked", must=must.size, count=limits.count
        )
    cost = 0.0 if limits.cost is None else float(limits.cost[must].sum())
    if limits.budget is not None and cost > limits.budget:
        raise InfeasibleError(
            "the people who must be in cost {cost}, more than the budget of {budget}",
            cost=cost,
            budget=limits.budget,
        )
    for cap in limits.caps:
        if cap.at_least > cap.at_most:
            raise InfeasibleError(
                "At least {least} and at most {most} in {name}.",
                least=cap.at_least,
                most=cap.at_most,
                name=cap.name,
            )
        inside = int(np.isin(must, cap.members).sum())
        if inside > cap.bounds[1]:
            raise InfeasibleError(
                "at most {most} of {group}: {inside} of those who must be in are",
                most=cap.at_most,
                group=cap.name,
                inside=inside,
            )
        if cap.at_least > cap.members.size + cap.already:
            raise InfeasibleError(
                "at least {least} in {name}: {exist} exist",
                least=cap.at_least,
                name=cap.name,
                exist=cap.members.size + cap.already,
            )
