"""Perimeters: what is watched among all mentions, a campaign's match rule among them; views that are kept.

Public names: ``add_perimeter``, ``edit_perimeter``, ``archive_perimeter``, ``preview_perimeter``,
``list_perimeters``, ``open_perimeter``, ``count_perimeters``, ``filter_of``.
Read in this order: ``perimeters``, ``reading``, ``counting``, ``views``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.perimeters.counting import count_perimeters, preview_perimeter
    from ambassador.services.perimeters.perimeters import add_perimeter, archive_perimeter, edit_perimeter
    from ambassador.services.perimeters.reading import filter_of, list_perimeters, open_perimeter

__all__ = [
    "add_perimeter",
    "archive_perimeter",
    "count_perimeters",
    "edit_perimeter",
    "filter_of",
    "list_perimeters",
    "open_perimeter",
    "preview_perimeter",
]
__getattr__ = offering(
    __name__,
    {
        "add_perimeter": "perimeters",
        "edit_perimeter": "perimeters",
        "archive_perimeter": "perimeters",
        "list_perimeters": "reading",
        "open_perimeter": "reading",
        "filter_of": "reading",
        "count_perimeters": "counting",
        "preview_perimeter": "counting",
    },
)
