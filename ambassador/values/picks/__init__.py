"""What crosses borders about picks: what is asked, under which demands, and the answer.

Public names: ``PickRequest`` asks, with an ``Objective`` among ``Candidates``, ``CostsPerPerson``, a
``TargetAudience`` and ``Quota`` after ``Quota``; ``PickAnswer`` of ``PickedPerson`` answers.
Read in this order: picks, quotas, costs, audience, clashes.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.picks.audience import TargetAudience
    from ambassador.values.picks.costs import CostsPerPerson
    from ambassador.values.picks.picks import Candidates, Objective, PickAnswer, PickedPerson, PickRequest
    from ambassador.values.picks.quotas import Quota

__all__ = [
    "Candidates",
    "CostsPerPerson",
    "Objective",
    "PickAnswer",
    "PickRequest",
    "PickedPerson",
    "Quota",
    "TargetAudience",
]
__getattr__ = offering(
    __name__,
    {
        "PickRequest": "picks",
        "PickAnswer": "picks",
        "PickedPerson": "picks",
        "Objective": "picks",
        "Candidates": "picks",
        "Quota": "quotas",
        "CostsPerPerson": "costs",
        "TargetAudience": "audience",
    },
)
