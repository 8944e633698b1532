"""Live sources: what is followed, fetched once or for as long as somebody wants.

Public names: ``add_watch``, ``remove_watch``, ``list_watches``, ``list_sources``, ``fetch_watch``,
``fetch_due``, ``follow``, ``from_environment``.
Read in this order: ``watches``, ``fetching``, ``following``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.live.fetching import fetch_watch, from_environment
    from ambassador.services.live.following import fetch_due, follow
    from ambassador.services.live.watches import add_watch, list_sources, list_watches, remove_watch

__all__ = [
    "add_watch",
    "fetch_due",
    "fetch_watch",
    "follow",
    "from_environment",
    "list_sources",
    "list_watches",
    "remove_watch",
]
__getattr__ = offering(
    __name__,
    {
        "add_watch": "watches",
        "list_sources": "watches",
        "list_watches": "watches",
        "remove_watch": "watches",
        "fetch_watch": "fetching",
        "from_environment": "fetching",
        "fetch_due": "following",
        "follow": "following",
    },
)
