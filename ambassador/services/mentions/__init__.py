"""What people wrote: matched, reviewed, labelled, answered, and credited to whoever started it.

Public names: ``list_mentions``, ``find_mentions``, ``review_mentions``, ``label_mentions``,
``take_down_mentions``, ``refresh_mentions``, ``bring_up_to_date``, ``care_figures``.
Read in this order: ``mentions``, ``refresh``, ``match_mentions``, ``match_rules``, ``credit_mentions``,
``credit_paths``, ``review``, ``care``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.services.mentions.care import care_figures
    from ambassador.services.mentions.mentions import find_mentions, list_mentions
    from ambassador.services.mentions.refresh import bring_up_to_date, refresh_mentions
    from ambassador.services.mentions.review import (
        label_mentions,
        review_mentions,
        take_down_mentions,
    )

__all__ = [
    "bring_up_to_date",
    "care_figures",
    "find_mentions",
    "label_mentions",
    "list_mentions",
    "refresh_mentions",
    "review_mentions",
    "take_down_mentions",
]
__getattr__ = offering(
    __name__,
    {
        "list_mentions": "mentions",
        "find_mentions": "mentions",
        "review_mentions": "review",
        "label_mentions": "review",
        "take_down_mentions": "review",
        "refresh_mentions": "refresh",
        "bring_up_to_date": "refresh",
        "care_figures": "care",
    },
)
