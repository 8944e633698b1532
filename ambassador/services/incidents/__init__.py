"""Incidents: posts of a perimeter that depart from its own past, found, kept, and what is done about them.

Public names: ``preview_incidents``, ``watch_incidents``, ``follow_now``, ``list_incidents``,
``open_incident``, ``close_incident``, ``dismiss_incident``, ``reopen_incident``.
Read in this order: ``streams``, ``detecting``, ``following``, ``watching``, ``moves``, ``reading``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.incidents.following import follow_now
    from ambassador.services.incidents.moves import close_incident, dismiss_incident, reopen_incident
    from ambassador.services.incidents.reading import list_incidents, open_incident
    from ambassador.services.incidents.watching import preview_incidents, watch_incidents

__all__ = [
    "close_incident",
    "dismiss_incident",
    "follow_now",
    "list_incidents",
    "open_incident",
    "preview_incidents",
    "reopen_incident",
    "watch_incidents",
]
__getattr__ = offering(
    __name__,
    {
        "preview_incidents": "watching",
        "watch_incidents": "watching",
        "follow_now": "following",
        "list_incidents": "reading",
        "open_incident": "reading",
        "close_incident": "moves",
        "dismiss_incident": "moves",
        "reopen_incident": "moves",
    },
)
