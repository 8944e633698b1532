"""Which demands clash, where overlapping quotas cannot all be met: a smallest list of them, by name.

Found by leaving out one demand after the other for good where the rest still clash (the deletion filter
of Chinneck and Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal
on Computing 1991).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from ambassador.errors import InfeasibleError
from ambassador.i18n import mark
from ambassador.propagation.pick.completion import UNLIMITED, Shortage, Supply, complete
from ambassador.values.imports.imports import Note

if TYPE_CHECKING:
    from ambassador.propagation.pick.demands import Demands


@dataclass(frozen=True)
class Demand:
    """One of the demands, of a group where it is about one."""

    about: Literal["pairs", "money", "most", "count", "least"]
    group: int = -1


def clash_of(demands: "Demands") -> InfeasibleError:
    """Name demands that cannot be met together, of which no one could be spared."""
    kept = list(_demands(demands))
    for one in list(kept):
        fewer = [other for other in kept if other != one]
        if not _can_be_met(demands, fewer):
            kept = fewer
    told = _told(demands, kept[-1])
    for one in reversed(kept[:-1]):
        told = Note(mark("{one}; {others}"), {"one": _told(demands, one), "others": told})
    return InfeasibleError("These cannot be met together: {demands}.", demands=told)


def _demands(demands: "Demands") -> Iterator[Demand]:
    if demands.partners:
        yield Demand("pairs")
    if demands.budgeted:
        yield Demand("money")
    for number, group in enumerate(demands.groups):
        if group.at_most is not None:
            yield Demand("most", number)
    yield Demand("count")
    for number in np.flatnonzero(demands.at_least).tolist():
        yield Demand("least", number)


def _can_be_met(demands: "Demands", some: list[Demand]) -> bool:
    least = [number for number in range(len(demands.groups)) if Demand("least", number) in some]
    most = [number for number in range(len(demands.groups)) if Demand("most", number) in some]
    inside = demands.inside(demands.must)
    missing, left = np.zeros_like(inside), np.full_like(inside, UNLIMITED)
    missing[least] = np.maximum(demands.at_least - inside, 0)[least]
    left[most] = (demands.at_most - inside)[most]
    free = demands.available.copy()
    free[demands.must] = False
    paired = Demand("pairs") in some
    for node in demands.must.tolist() if paired else ():
        free[demands.partners.get(node, [])] = False
    budgeted = Demand("money") in some
    money = demands.budget - float(demands.costs[demands.must].sum()) if budgeted else float("inf")
    slots = demands.count - demands.must.size if Demand("count") in some else UNLIMITED
    if demands.kinds is None:
        return True
    costs, partners = demands.costs if budgeted else None, demands.partners if paired else {}
    supply = Supply(demands.kinds, costs, partners, free)
    return complete(supply, Shortage(missing, left, slots, money)) is not None


def _told(demands: "Demands", one: Demand) -> Note:
    group = demands.groups[one.group] if one.group >= 0 else None
    if group is not None and one.about == "least":
        return Note(mark("at least {least} in {name}"), {"least": group.at_least, "name": group.name})
    if group is not None:
        return Note(mark("at most {most} in {name}"), {"most": group.at_most, "name": group.name})
    if one.about == "count":
        return Note(mark("{count} people in all"), {"count": demands.count})
    if one.about == "money":
        return Note(mark("a budget of {budget}"), {"budget": demands.budget})
    return Note(mark("pairs that exclude each other"))
