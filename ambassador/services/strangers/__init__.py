"""What the organisation's past says of strangers: whom a post brings, and nobody named before.

Public names: ``StarterLaw``, ``BesideTies``.
Read in this order: ``starter_law``, ``beside_ties``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.strangers.beside_ties import BesideTies
    from ambassador.services.strangers.starter_law import StarterLaw

__all__ = ["BesideTies", "StarterLaw"]
__getattr__ = offering(
    __name__,
    {
        "StarterLaw": "starter_law",
        "BesideTies": "beside_ties",
    },
)
