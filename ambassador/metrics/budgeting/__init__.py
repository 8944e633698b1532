"""What a budget pays for when people vote: by votes, by votes for the money, by equal shares; how sure it is.

Public names: ``equal_shares``, ``by_votes``, ``by_votes_per_cost``, ``unrepresented``, ``votes_until_out``,
``burst_votes``, ``ring_votes``.
Read in this order: ``greedy``, ``method_of_equal_shares``, ``bursts``, ``rings``.
"""

from typing import TYPE_CHECKING

from ambassador.front_door import offering

if TYPE_CHECKING:
    from ambassador.metrics.budgeting.bursts import burst_votes
    from ambassador.metrics.budgeting.greedy import (
        by_votes,
        by_votes_per_cost,
        unrepresented,
        votes_until_out,
    )
    from ambassador.metrics.budgeting.method_of_equal_shares import equal_shares
    from ambassador.metrics.budgeting.rings import ring_votes

__all__ = [
    "burst_votes",
    "by_votes",
    "by_votes_per_cost",
    "equal_shares",
    "ring_votes",
    "unrepresented",
    "votes_until_out",
]
__getattr__ = offering(
    __name__,
    {
        "by_votes": "greedy",
        "by_votes_per_cost": "greedy",
        "unrepresented": "greedy",
        "votes_until_out": "greedy",
        "equal_shares": "method_of_equal_shares",
        "burst_votes": "bursts",
        "ring_votes": "rings",
    },
)
