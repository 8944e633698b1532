"""Imported files: their batches, the mappings people confirmed, and how one is taken back.

Public names: add_batch, moved_on_since, one_at_a_time, release, remove_mentions, restore_changed,
saved_mapping.
Read in this order: batches, undo.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.imports.batches import add_batch, one_at_a_time, saved_mapping
    from ambassador.store.imports.undo import moved_on_since, release, remove_mentions, restore_changed

__all__ = [
    "add_batch",
    "moved_on_since",
    "one_at_a_time",
    "release",
    "remove_mentions",
    "restore_changed",
    "saved_mapping",
]
__getattr__ = offering(
    __name__,
    {
        "one_at_a_time": "batches",
        "add_batch": "batches",
        "saved_mapping": "batches",
        "moved_on_since": "undo",
        "restore_changed": "undo",
        "remove_mentions": "undo",
        "release": "undo",
    },
)
