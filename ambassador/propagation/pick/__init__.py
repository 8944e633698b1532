"""Whom to give a device: the people from whom word travels farthest, with a certificate of how good that is.

Public names: ``pick_seeds`` chooses under ``Constraints`` (budget, quotas, pairs), for a ``Scenario`` (who
counts, who posts, until when), until ``Limits`` stop it, and answers with a ``SeedSet``; ``spread_curve`` and
``price_demands`` say what else it could be; ``pick_additive`` chooses where no ties are known.
Read in this order: constraints, feasibility, remaining_capacity; selection, problem, search, sampling, cover,
swaps, certificate; what_if, additive; cluster, for several machines.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.propagation.pick.additive import pick_additive
    from ambassador.propagation.pick.constraints import Constraints
    from ambassador.propagation.pick.problem import Limits, Scenario
    from ambassador.propagation.pick.selection import SeedSet, pick_seeds
    from ambassador.propagation.pick.what_if import price_demands, spread_curve

__all__ = [
    "Constraints",
    "Limits",
    "Scenario",
    "SeedSet",
    "pick_additive",
    "pick_seeds",
    "price_demands",
    "spread_curve",
]
__getattr__ = offering(
    __name__,
    {
        "pick_seeds": "selection",
        "SeedSet": "selection",
        "Constraints": "constraints",
        "Limits": "problem",
        "Scenario": "problem",
        "spread_curve": "what_if",
        "price_demands": "what_if",
        "pick_additive": "additive",
    },
)
