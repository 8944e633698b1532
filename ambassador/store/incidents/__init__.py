"""Incidents as rows: what is watched for, what departed, what happened to it; the posts it is about.

Public names: add_incident, add_event, get_incident, list_incidents, newest_watches, put_watch.
Read in this order: watches, incidents, posts.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.incidents.incidents import (
        add_event,
        add_incident,
        get_incident,
        list_incidents,
    )
    from ambassador.store.incidents.watches import newest_watches, put_watch

__all__ = [
    "add_event",
    "add_incident",
    "get_incident",
    "list_incidents",
    "newest_watches",
    "put_watch",
]
__getattr__ = offering(
    __name__,
    {
        "add_incident": "incidents",
        "add_event": "incidents",
        "get_incident": "incidents",
        "list_incidents": "incidents",
        "newest_watches": "watches",
        "put_watch": "watches",
    },
)
