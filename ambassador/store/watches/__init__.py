"""What is followed live: made, read, gone on with, forgotten.

Public names: add_watch, forget_watches, get_watch, list_watches, remove_watch, watch_view.
Read in this order: watches.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.watches.watches import (
        add_watch,
        forget_watches,
        get_watch,
        list_watches,
        remove_watch,
        watch_view,
    )

__all__ = ["add_watch", "forget_watches", "get_watch", "list_watches", "remove_watch", "watch_view"]
__getattr__ = offering(
    __name__,
    {
        "add_watch": "watches",
        "forget_watches": "watches",
        "get_watch": "watches",
        "list_watches": "watches",
        "remove_watch": "watches",
        "watch_view": "watches",
    },
)
