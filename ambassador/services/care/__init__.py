"""Customers who want an answer: cases opened, answered, solved, merged, in the order their promises break.

Public names: ``open_case``, ``open_from_mentions``, ``list_cases``, ``open_case_view``, ``answer_case``,
``move_case``, ``merge_cases``, ``set_calendar``.
Read in this order: ``timeline``, ``clocks``, ``opening``, ``bringing``, ``follow``, ``moves``, ``joining``,
``queue``, ``waiting``, ``rules``, ``hours_text``, ``holidays``, ``canned``, ``due_words``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.care.joining import merge_cases
    from ambassador.services.care.moves import answer_case, move_case
    from ambassador.services.care.opening import open_case, open_from_mentions
    from ambassador.services.care.queue import list_cases, open_case_view
    from ambassador.services.care.rules import set_calendar

__all__ = [
    "answer_case",
    "list_cases",
    "merge_cases",
    "move_case",
    "open_case",
    "open_case_view",
    "open_from_mentions",
    "set_calendar",
]
__getattr__ = offering(
    __name__,
    {
        "open_case": "opening",
        "open_from_mentions": "opening",
        "answer_case": "moves",
        "move_case": "moves",
        "merge_cases": "joining",
        "list_cases": "queue",
        "open_case_view": "queue",
        "set_calendar": "rules",
    },
)
