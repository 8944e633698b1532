"""Activations: their drafts and states, their ideas or options, and the ballots given for them.

Public names: add_activation, find_activation, list_entries, put_ballots, put_entry, read_ballots.
Read in this order: activations, entries, ballots.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.activations.activations import add_activation, find_activation
    from ambassador.store.activations.ballots import put_ballots, read_ballots
    from ambassador.store.activations.entries import list_entries, put_entry

__all__ = [
    "add_activation",
    "find_activation",
    "list_entries",
    "put_ballots",
    "put_entry",
    "read_ballots",
]
__getattr__ = offering(
    __name__,
    {
        "add_activation": "activations",
        "find_activation": "activations",
        "list_entries": "entries",
        "put_entry": "entries",
        "put_ballots": "ballots",
        "read_ballots": "ballots",
    },
)
