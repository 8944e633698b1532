"""People who would still meet overlapping quotas: whether there are any, and who.

A small integer program over kinds of people (``group_signatures``), solved by branch and cut (HiGHS, through
SciPy): first over the kinds that serve most groups, which nearly always will do, then over all. Nobody is
in it who serves no group that is short, and of a kind no more than its shortest group lacks: who is more
could be left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from ambassador.propagation.arrays import BoolArray, FloatArray, Int64Array
from ambassador.propagation.pick.group_signatures import GroupSignatures

# No limit; sums of 2^20 of it are still exact in an int64.
UNLIMITED = 2**40
# Rounding in sums of fees must not refuse what costs exactly the budget.
TOLERANCE = 1e-12
# Keeps the integer program small enough to be asked often within one pick.
FEW_KINDS = 300
# Among few kinds the solver looks for people who cost little, to within this share.
NEAR_BEST = 0.05
# Nodes of the solver's search tree among few kinds, and where all are looked at for a proof.
FEW_NODES, MANY_NODES = 50, 2**31 - 1


@dataclass(frozen=True)
class Shortage:
    """What is missing and what is left.

    Attributes
    ----------
    least, most : int64 arrays, shape (groups,)
        How many more each group needs, and may have.
    slots : int
    money : float
    """

    least: Int64Array
    most: Int64Array
    slots: int
    money: float


@dataclass(frozen=True)
class Supply:
    """Who can be taken.

    Attributes
    ----------
    signatures : GroupSignatures
    costs : array of float, shape (node_count,), or None
    partners : who excludes whom
    free : bool array, shape (node_count,)
    """

    signatures: GroupSignatures
    costs: FloatArray | None
    partners: Mapping[int, Sequence[int]]
    free: BoolArray


@dataclass(frozen=True)
class Offer:
    """Who can be taken: nodes of one kind and one cost, as many as could be needed."""

    kind: int
    cost: float
    nodes: Int64Array


def complete(supply: Supply, shortage: Shortage, *, prove: bool = True) -> Int64Array | None:
    """People who end a shortage, at little cost or else few of them; None if there are none.

    Parameters
    ----------
    prove : bool
        Look at everybody before it is said that there are none; else only at those who serve most.

    Examples
    --------
    Node 1 is in both groups, and enough alone.

    >>> from ambassador.propagation.pick.group_signatures import group_signatures
    >>> costs = np.array([1.0, 1.5, 1.0])
    >>> signatures = group_signatures([np.array([0, 1]), np.array([1, 2])], costs)
    >>> supply = Supply(signatures, costs, {}, np.ones(3, np.bool_))
    >>> complete(supply, Shortage(np.array([1, 1]), np.array([2, 2]), slots=1, money=9.0)).tolist()
    [1]
    """
    if shortage.slots < 0 or (shortage.most < 0).any() or shortage.money < 0:
        return None
    if not shortage.least.any():
        return np.empty(0, np.int64)
    if (shortage.least > shortage.most).any() or int(shortage.least.max()) > shortage.slots:
        return None
    kinds = _useful(supply, shortage)
    few = _few(supply.signatures, shortage, kinds)
    found = _solved(supply, _offers(supply, shortage, few), shortage, thrifty=True)
    if found is None and (prove or few.size == kinds.size):
        found = _solved(supply, _offers(supply, shortage, kinds), shortage, thrifty=False)
    return found


def _useful(supply: Supply, shortage: Shortage) -> Int64Array:
    """Name the kinds somebody of whom is free and in a group that is short."""
    kinds = supply.signatures
    freed = np.concatenate([[0], np.cumsum(supply.free[kinds.order])])
    there = freed[kinds.starts[1:]] > freed[kinds.starts[:-1]]
    return np.flatnonzero(there & (kinds.inside @ (shortage.least > 0)))


def _few(kinds: GroupSignatures, shortage: Shortage, useful: Int64Array) -> Int64Array:
    """Keep the kinds that serve most groups that are short, and for each such group those that do."""
    if useful.size <= FEW_KINDS:
        return useful
    short = np.flatnonzero(shortage.least)
    inside = kinds.inside[useful][:, short]
    order = np.argsort(-inside.sum(axis=1), kind="stable")
    first = inside[order].cumsum(axis=0) <= shortage.least[short]
    kept = np.flatnonzero((first & inside[order]).any(axis=1))
    return np.sort(useful[order[np.union1d(kept, np.arange(FEW_KINDS))]])


def _offers(supply: Supply, shortage: Shortage, some: Int64Array) -> list[Offer]:
    kinds, costs = supply.signatures, supply.costs
    most = np.where(kinds.inside[some], shortage.least, 0).max(axis=1, initial=0)
    found = []
    for kind, enough in zip(some.tolist(), most.tolist(), strict=True):
        nodes = kinds.members(kind)
        nodes = nodes[supply.free[nodes]][:enough]
        prices = [1.0] * nodes.size if costs is None else costs[nodes].tolist()
        starts = [place for place in range(nodes.size) if place == 0 or prices[place] > prices[place - 1]]
        ends = [*starts[1:], nodes.size]
        found += [Offer(kind, prices[i], nodes[i:j]) for i, j in zip(starts, ends, strict=True)]
    return found


def _pairs(offers: Sequence[Offer], partners: Mapping[int, Sequence[int]]) -> list[tuple[int, int]]:
    """Pairs of offers of which at most one can be taken: who excludes somebody is alone."""
    if not partners:
        return []
    place = {int(offer.nodes[0]): number for number, offer in enumerate(offers) if offer.nodes.size == 1}
    found = []
    for node, number in place.items():
        found += [(number, place[other]) for other in partners.get(node, ()) if place.get(other, -1) > number]
    return found


def _solved(
    supply: Supply, offers: Sequence[Offer], shortage: Shortage, *, thrifty: bool
) -> Int64Array | None:
    """Solve the program: ``thrifty`` for a small sum, else for anybody, which is sooner proved impossible."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - it loads slowly, and few ask

    if not offers:
        return None
    size, budgeted = len(offers), supply.costs is not None
    price = np.array([offer.cost for offer in offers])
    rows = [*supply.signatures.inside[[offer.kind for offer in offers]].T.astype(np.float64), np.ones(size)]
    rows += [price] if budgeted else []
    pairs = _pairs(offers, supply.partners)
    rows += [np.isin(np.arange(size), pair).astype(np.float64) for pair in pairs]
    least = np.zeros(len(rows))
    least[: shortage.least.size] = shortage.least
    most = [*shortage.most, shortage.slots, *([shortage.money] if budgeted else []), *(1 for _ in pairs)]
    solved = milp(
        price if thrifty else np.zeros(size),
        integrality=np.ones(size, np.int64),
        bounds=Bounds(np.zeros(size), np.array([offer.nodes.size for offer in offers], np.float64)),
        constraints=LinearConstraint(csr_array(np.array(rows)), least, np.array(most, np.float64)),
        options={
            "mip_rel_gap": NEAR_BEST if thrifty else 0.0,
            "node_limit": FEW_NODES if thrifty else MANY_NODES,
        },
    )
    if solved.x is None:
        return None
    amounts = np.rint(solved.x).astype(np.int64)
    if budgeted and float(price @ amounts) > shortage.money:
        return None
    return np.concatenate([offer.nodes[:amount] for offer, amount in zip(offers, amounts, strict=True)])
