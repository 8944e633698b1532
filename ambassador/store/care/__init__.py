"""Cases of customers: rows and events, the queue, opening hours and promises.

Public names: add_event, get_case, happened, queue, read_calendar, read_promises.
Read in this order: cases, events, rules, canned.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.care.cases import get_case, queue
    from ambassador.store.care.events import add_event, happened
    from ambassador.store.care.rules import read_calendar, read_promises

__all__ = ["add_event", "get_case", "happened", "queue", "read_calendar", "read_promises"]
__getattr__ = offering(
    __name__,
    {
        "get_case": "cases",
        "queue": "cases",
        "add_event": "events",
        "happened": "events",
        "read_calendar": "rules",
        "read_promises": "rules",
    },
)
