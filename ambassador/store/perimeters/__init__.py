"""Perimeters as rows: what is watched, by which version of its rule; views of the mentions that are kept.

Public names: add_perimeter, find_perimeter, get_perimeter, list_perimeters, newest_rules, put_rule.
Read in this order: perimeters, views.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.perimeters.perimeters import (
        add_perimeter,
        find_perimeter,
        get_perimeter,
        list_perimeters,
        newest_rules,
        put_rule,
    )

__all__ = [
    "add_perimeter",
    "find_perimeter",
    "get_perimeter",
    "list_perimeters",
    "newest_rules",
    "put_rule",
]
__getattr__ = offering(__name__, dict.fromkeys(__all__, "perimeters"))
