"""A mention: where it belongs and why, who is credited with it, what its text passes on.

Public names: CareFigures, CreditTable, MentionFilter, MentionRow, MentionsView, Reason, chain_of.
Read in this order: search_words, search, perimeter_rules, mentions, credit, text_chain.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.values.mentions.credit import CreditTable
    from ambassador.values.mentions.mentions import (
        CareFigures,
        MentionFilter,
        MentionRow,
        MentionsView,
        Reason,
    )
    from ambassador.values.mentions.text_chain import chain_of

__all__ = ["CareFigures", "CreditTable", "MentionFilter", "MentionRow", "MentionsView", "Reason", "chain_of"]
__getattr__ = offering(
    __name__,
    {
        "MentionRow": "mentions",
        "MentionFilter": "mentions",
        "MentionsView": "mentions",
        "Reason": "mentions",
        "CareFigures": "mentions",
        "CreditTable": "credit",
        "chain_of": "text_chain",
    },
)
