"""How far posts went, where running cascades are heading, and how parents were inferred.

Public names: CascadeOutlook, CascadeRow, CascadeTree, CascadesView, ParentBasis, ParentsEvaluation,
SizeEvaluation.
Read in this order: cascades, growth, parents, inference.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.cascades.cascades import CascadeRow, CascadesView, CascadeTree
    from ambassador.values.cascades.growth import CascadeOutlook, SizeEvaluation
    from ambassador.values.cascades.inference import ParentBasis
    from ambassador.values.cascades.parents import ParentsEvaluation

__all__ = [
    "CascadeOutlook",
    "CascadeRow",
    "CascadeTree",
    "CascadesView",
    "ParentBasis",
    "ParentsEvaluation",
    "SizeEvaluation",
]
__getattr__ = offering(
    __name__,
    {
        "CascadeRow": "cascades",
        "CascadesView": "cascades",
        "CascadeTree": "cascades",
        "CascadeOutlook": "growth",
        "SizeEvaluation": "growth",
        "ParentsEvaluation": "parents",
        "ParentBasis": "inference",
    },
)
