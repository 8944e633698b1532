"""What was said: read for lists and totals, matched to campaigns, credited.

Public names: first_answers, put_mentions, read_mentions, read_moments, read_shares,
write_matches, write_shares.
Read in this order: mentions, import_mentions, merge_posts, matching, credit, care, talkers.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.store.mentions.care import first_answers
    from ambassador.store.mentions.credit import read_shares, write_shares
    from ambassador.store.mentions.import_mentions import put_mentions
    from ambassador.store.mentions.matching import write_matches
    from ambassador.store.mentions.mentions import read_mentions, read_moments

__all__ = [
    "first_answers",
    "put_mentions",
    "read_mentions",
    "read_moments",
    "read_shares",
    "write_matches",
    "write_shares",
]
__getattr__ = offering(
    __name__,
    {
        "read_mentions": "mentions",
        "read_moments": "mentions",
        "put_mentions": "import_mentions",
        "write_matches": "matching",
        "read_shares": "credit",
        "write_shares": "credit",
        "first_answers": "care",
    },
)
