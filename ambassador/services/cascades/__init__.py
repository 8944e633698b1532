"""Who made whom talk: trees with seen and inferred parents, measured, drawn, and where they are heading.

Public names: ``observe_cascades``, ``observe_cascade``, ``observe_forest``, ``observe_growth``,
``cascade_alarms``, ``complaint_branch``, ``CascadeHistory``, ``read_history``.
Read in this order: ``forest``, ``cascade_measures``, ``plausible``, ``draw_cascades``, ``growth``,
``cascade_history``, ``complaints``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.cascades.cascade_history import CascadeHistory, read_history
    from ambassador.services.cascades.cascade_measures import observe_cascades
    from ambassador.services.cascades.complaints import complaint_branch
    from ambassador.services.cascades.draw_cascades import observe_cascade, observe_forest
    from ambassador.services.cascades.growth import cascade_alarms, observe_growth

__all__ = [
    "CascadeHistory",
    "cascade_alarms",
    "complaint_branch",
    "observe_cascade",
    "observe_cascades",
    "observe_forest",
    "observe_growth",
    "read_history",
]
__getattr__ = offering(
    __name__,
    {
        "observe_cascades": "cascade_measures",
        "observe_cascade": "draw_cascades",
        "observe_forest": "draw_cascades",
        "observe_growth": "growth",
        "cascade_alarms": "growth",
        "complaint_branch": "complaints",
        "CascadeHistory": "cascade_history",
        "read_history": "cascade_history",
    },
)
