"""The Pick page: what is asked, the answer first, its people, and what else it could be.

Public names: ``read_page_state``, ``draw_answer``, ``pick_buttons``, ``ask_for_pick``, ``draw_people``,
``swap_by_hand``, ``ask_what_if``, ``how_computed``.
Read in this order: actions, form, demands, views, tables.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.ui.picks.actions import (
        ask_for_pick,
        ask_what_if,
        pick_buttons,
        read_page_state,
        swap_by_hand,
    )
    from ambassador.ui.picks.views import draw_answer, draw_people, how_computed

__all__ = [
    "ask_for_pick",
    "ask_what_if",
    "draw_answer",
    "draw_people",
    "how_computed",
    "pick_buttons",
    "read_page_state",
    "swap_by_hand",
]
__getattr__ = offering(
    __name__,
    {
        "read_page_state": "actions",
        "ask_for_pick": "actions",
        "pick_buttons": "actions",
        "swap_by_hand": "actions",
        "ask_what_if": "actions",
        "draw_answer": "views",
        "draw_people": "views",
        "how_computed": "views",
    },
)
