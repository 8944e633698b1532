"""What the organisation's own past teaches: learned, checked, kept, shown.

Public names: ``learn_influence``, ``check_influence``, ``learn_overview``, ``read_own_past``, ``OwnPast``.
Read in this order: ``learn``, ``learning_data``, ``influence_check``, ``learned_view``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.learning.influence_check import check_influence
    from ambassador.services.learning.learn import learn_influence
    from ambassador.services.learning.learned_view import learn_overview
    from ambassador.services.learning.learning_data import OwnPast, read_own_past

__all__ = ["OwnPast", "check_influence", "learn_influence", "learn_overview", "read_own_past"]
__getattr__ = offering(
    __name__,
    {
        "learn_influence": "learn",
        "check_influence": "influence_check",
        "learn_overview": "learned_view",
        "read_own_past": "learning_data",
        "OwnPast": "learning_data",
    },
)
