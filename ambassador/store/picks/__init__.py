"""Rows of picks, and who can be considered for one.

Public names: ``add_pick``, ``get_pick``, ``list_picks``; ``candidate_keys``, ``account_keys``,
``status_by_node``, ``accounts_by_id``, ``people_by_id``.
Read in this order: picks, shortlists.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.picks.picks import add_pick, get_pick, list_picks
    from ambassador.store.picks.shortlists import (
        account_keys,
        accounts_by_id,
        candidate_keys,
        people_by_id,
        status_by_node,
    )

__all__ = [
    "account_keys",
    "accounts_by_id",
    "add_pick",
    "candidate_keys",
    "get_pick",
    "list_picks",
    "people_by_id",
    "status_by_node",
]
__getattr__ = offering(
    __name__,
    {
        "add_pick": "picks",
        "get_pick": "picks",
        "list_picks": "picks",
        "candidate_keys": "shortlists",
        "account_keys": "shortlists",
        "status_by_node": "shortlists",
        "accounts_by_id": "shortlists",
        "people_by_id": "shortlists",
    },
)
