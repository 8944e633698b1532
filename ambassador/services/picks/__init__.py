"""Picking ambassadors: from what is known to a recorded choice; what it rests on, what else it could be.

Public names: ``pick_ambassadors`` chooses and records, ``open_pick`` reads a record, ``compare_recomputed``
computes it again; ``what_if``, ``swap_effect`` and ``next_best`` say what else it could be;
``pick_page_state`` and ``campaign_money`` are what screens and shell start from.
Read in this order: ``picks``, ``preparation``, ``shortlist``, ``pick_problem``, ``pick_on_network``,
``pick_by_figures``, ``pick_solution``, ``pick_record``, ``pick_answer``; ``recompute``, ``alternatives``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.picks.alternatives import next_best, swap_effect, what_if
    from ambassador.services.picks.page_state import campaign_money, pick_page_state
    from ambassador.services.picks.picks import open_pick, pick_ambassadors
    from ambassador.services.picks.recompute import compare_recomputed

__all__ = [
    "campaign_money",
    "compare_recomputed",
    "next_best",
    "open_pick",
    "pick_ambassadors",
    "pick_page_state",
    "swap_effect",
    "what_if",
]
__getattr__ = offering(
    __name__,
    {
        "pick_ambassadors": "picks",
        "open_pick": "picks",
        "compare_recomputed": "recompute",
        "what_if": "alternatives",
        "swap_effect": "alternatives",
        "next_best": "alternatives",
        "pick_page_state": "page_state",
        "campaign_money": "page_state",
    },
)
